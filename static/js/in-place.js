// Rearranging the form of an update in place, by htmx. Nothing that was typed may be lost: while
// the answer is on its way the form takes no typing, and an answer without a form replaces nothing.
const REFUSED = "Not done. Copy your words, then sign in again in another tab.";
const LATER = "Not done: the portal cannot answer just now. Your words are still here. Try again.";
const said = document.querySelector("[data-said]");
const theForm = () => document.getElementById("update");
const sections = () => [...theForm().querySelectorAll(":scope > section:not(#add)")];
const heading = (section) => section.querySelector("h2");
let before = [];

const refuse = ({ detail }) => {
  const line = theForm().querySelector("[data-refused]");
  line.textContent = detail.xhr.status === 503 ? LATER : REFUSED;
  line.scrollIntoView({ block: "nearest" });
};

// Where to go on after each button, and what was done.
const DONE = {
  move(section, pressed) {
    const buttons = [...section.querySelectorAll(".seg button:enabled")];
    (buttons.find((button) => button.value === pressed) ?? buttons[0]).focus();
    const now = sections();
    return `${heading(section).textContent} moved to ${now.indexOf(section) + 1} of ${now.length}`;
  },
  remove(_, pressed) {
    const place = before.findIndex(({ id }) => pressed.endsWith(`:${id}`));
    const next = heading(sections()[place] ?? document.getElementById("add"));
    next.tabIndex = -1;
    next.focus();
    return `${before[place].name} removed`;
  },
  add() {
    sections().at(-1).querySelector("textarea, select, input:not([type=hidden])").focus();
    return `${heading(sections().at(-1)).textContent} added`;
  },
  row(section, pressed) {
    theForm().querySelector(`button[value="${pressed}"]`).focus();
    return `${[...section.querySelectorAll("fieldset.cells > legend")].at(-1).textContent} added`;
  },
};

document.addEventListener("htmx:beforeRequest", () => {
  before = sections().map((section) => ({ id: section.id, name: heading(section).textContent }));
  said.textContent = theForm().querySelector("[data-refused]").textContent = "";
  theForm().inert = true;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (!detail.shouldSwap || /\sid="update"/.test(detail.serverResponse)) return;
  detail.shouldSwap = false;
  refuse(event);
});
document.addEventListener("htmx:responseError", refuse);
document.addEventListener("htmx:sendError", refuse);
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  theForm().inert = false;
  detail.requestConfig.elt.focus({ preventScroll: true });
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const pressed = detail.requestConfig.elt.value;
  const [verb, key] = pressed.split(":");
  const tell = { ...DONE, up: DONE.move, down: DONE.move }[verb];
  said.textContent = tell(document.getElementById(key), pressed);
});
