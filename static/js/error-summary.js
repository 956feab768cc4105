// Puts the reader at the summary of errors, and shows a field's label with the field it leads to.
const summary = document.querySelector("[data-error-summary]");

const leadTo = (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const legend = field.closest("fieldset")?.querySelector("legend");
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const isChoice = field.type === "radio" || field.type === "checkbox";
  ((isChoice && legend) || label || field).scrollIntoView();
  field.focus({ preventScroll: true });
};

if (summary) {
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener("click", leadTo);
}
