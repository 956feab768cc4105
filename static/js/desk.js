// Moving and placing updates in place. Without this each button posts, and the desk comes back at
// the same update.
const PARTS = ["desk-head", "desk-board", "desk-order"];
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
  }
};

// The button that was pressed, or its twin where it is disabled now.
const focusAgain = (row, { name, value }) => {
  const buttons = [...(row?.querySelectorAll(`button[name="${name}"]:enabled`) ?? [])];
  (buttons.find((button) => button.value === value) ?? buttons[0])?.focus();
};

const tell = (page) => {
  const flash = page.querySelector(".flash");
  document.querySelector(".flash")?.parentElement.remove();
  if (flash?.querySelector(".error")) {
    document.getElementById("main").prepend(flash.parentElement);
    flash.scrollIntoView({ block: "center" });
  } else {
    said.textContent = flash?.textContent.trim() ?? "";
  }
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
    const { name, value } = button;
    const { id } = form.closest("li");
    show(page);
    tell(page);
    focusAgain(document.getElementById(id), { name, value });
  } catch {
    // No connection: the browser's own way says so.
    form.dataset.desk = "plain";
    form.requestSubmit(button);
  } finally {
    document.body.ariaBusy = null;
  }
});
