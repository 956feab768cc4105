// Warns before leaving a form[data-unsaved] with typing that is not saved. A form that came back
// with errors says data-unsaved="typed": what it holds is not saved either.
const forms = [...document.querySelectorAll("form[data-unsaved]")];
const typed = new Set(forms.filter((form) => form.dataset.unsaved === "typed"));

for (const form of forms) {
  form.addEventListener("input", () => typed.add(form));
  form.addEventListener("submit", () => typed.delete(form));
}

window.addEventListener("beforeunload", (event) => {
  if (typed.size) event.preventDefault();
});
