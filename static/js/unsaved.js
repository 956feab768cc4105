// Warns before leaving a form[data-unsaved] with typing that is not saved. A form that came back
// unsaved says data-unsaved="typed": what it holds is not saved either.
const selector = "form[data-unsaved]";
const say = () => {
  const line = document.querySelector(`${selector} [data-saved]`);
  if (line && line.textContent.trim() !== "Not saved yet") line.textContent = "Not saved yet";
};
let isTyped = Boolean(document.querySelector(`${selector}[data-unsaved="typed"]`));

document.addEventListener("input", (event) => {
  if (!event.target.closest(selector)) return;
  isTyped = true;
  say();
});
document.addEventListener("submit", (event) => {
  if (event.target.matches(selector) && !event.defaultPrevented) isTyped = false;
});
// Sections added or moved in place are not saved.
document.addEventListener("htmx:afterSwap", () => {
  isTyped = true;
});
window.addEventListener("beforeunload", (event) => {
  if (isTyped) event.preventDefault();
});
