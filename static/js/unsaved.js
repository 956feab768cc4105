// Warns before leaving a form[data-unsaved] with typing that is not saved. A form that came back
// unsaved says data-unsaved="typed": what it holds is not saved either.
const selector = "form[data-unsaved]";
let isTyped = Boolean(document.querySelector(`${selector}[data-unsaved="typed"]`));

document.addEventListener("input", (event) => {
  if (event.target.closest(selector)) isTyped = true;
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
