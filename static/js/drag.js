// Dragging an update on the desk, by mouse or finger: where it is dropped, its own Up or Down is
// pressed for that place, and desk.js does the rest.
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

const drop = ({ item, oldDraggableIndex, newDraggableIndex }) => {
  if (oldDraggableIndex === newDraggableIndex) return;
  const isUp = newDraggableIndex < oldDraggableIndex;
  const rows = [...item.parentElement.querySelectorAll(":scope > [data-drags]")];
  const neighbour = rows[rows.indexOf(item) + (isUp ? 1 : -1)];
  const button = item.querySelector(`[data-act="${isUp ? "up" : "down"}"]`);
  // An earlier move is still on its way: what it brings is not what was dragged over.
  if (document.body.ariaBusy === "true") return location.reload();
  button.value = neighbour.dataset.drags;
  button.disabled = false;
  button.form.requestSubmit(button);
};

const prepare = () => {
  const list = document.querySelector(".order:has([data-drags])");
  if (!list) return;
  list.classList.add("drags");
  window.Sortable.create(list, {
    draggable: "[data-drags]",
    handle: ".grip",
    ghostClass: "gap",
    forceFallback: true,
    fallbackTolerance: 4,
    animation: isCalm.matches ? 0 : 150,
    onEnd: drop,
  });
};

prepare();
document.addEventListener("desk:shown", prepare);
