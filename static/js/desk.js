// Moving and placing updates in place. Without this each button posts, and the desk comes back at
// the same update.
const PARTS = ["desk-head", "desk-told", "desk-board", "desk-order", "desk-rail"];
const said = document.getElementById("desk-said");

const send = async (form, button) => {
  const body = new FormData(form);
  body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("desk-order") && page;
};

const show = (page) => {
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
    else document.getElementById(id)?.remove();
  }
  document.dispatchEvent(new Event("desk:shown"));
};

// The button that was pressed, or its neighbour where it is disabled now.
const focusAgain = (row, act) => {
  const button = row?.querySelector(`[data-act="${act}"]`);
  (button?.disabled ? button.parentElement.querySelector(":enabled") : button)?.focus();
};

// What was done is spoken; why something was not done is shown, and read from its start.
const tell = (page) => {
  const flash = page.querySelector(".flash");
  const told = document.querySelector("#desk-told section");
  document.querySelector(".flash")?.parentElement.remove();
  said.textContent = (told?.querySelector("ul") ?? flash)?.textContent.trim() ?? "";
  told?.focus();
  if (flash?.querySelector(".error")) {
    document.getElementById("main").prepend(flash.parentElement);
    flash.scrollIntoView({ block: "center" });
  }
  return Boolean(told);
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-desk]") || !button || form.dataset.desk === "plain") return;
  event.preventDefault();
  if (document.body.ariaBusy === "true") return;
  document.body.ariaBusy = "true";
  try {
    const page = await send(form, button);
    // Signed out, or the page was open too long: loading it again shows what is the matter.
    if (!page) return location.reload();
    const { act } = button.dataset;
    const id = form.closest("li")?.id ?? form.dataset.row;
    show(page);
    if (!tell(page)) focusAgain(document.getElementById(id), act);
  } catch {
    // No connection: the browser's own way says so.
    form.dataset.desk = "plain";
    form.requestSubmit(button);
  } finally {
    document.body.ariaBusy = null;
  }
});
