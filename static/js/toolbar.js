// List, Indent, Outdent and Heading over a textarea[data-lines]. One tab stop, arrows inside.
// Tab is never taken over: Alt+Shift+Right and Left indent and outdent while typing.
import { changeLines, LINES } from "./lines.js";

const BULLET = /^(\s*)- /;
const HEADING = /^#+ */;

const allHave = (lines, pattern) => lines.every((line) => !line.trim() || pattern.test(line));
const indent = (line) => (line.trim() ? `  ${line}` : line);
const outdent = (line) => line.replace(/^( {1,2}|\t)/, "");
const list = (line, lines) => {
  if (allHave(lines, BULLET) && line.trim()) return line.replace(BULLET, "$1");
  const bare = line.replace(HEADING, "");
  return BULLET.test(bare) ? bare : bare.replace(/^(\s*)/, "$1- ");
};
const heading = (line, lines) => {
  if (allHave(lines, HEADING) && line.trim()) return line.replace(HEADING, "");
  return HEADING.test(line) ? line : `# ${line.trimStart().replace(BULLET, "")}`;
};

const TOOLS = [
  ["List", list],
  ["Indent", indent],
  ["Outdent", outdent],
  ["Heading", heading],
];

const makeButton = (area, [name, change], index) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.tabIndex = index ? -1 : 0;
  button.addEventListener("click", () => changeLines(area, change));
  return button;
};

const moveWithin = (buttons) => (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const here = buttons.indexOf(document.activeElement);
  if (!step || here < 0) return;
  event.preventDefault();
  const there = (here + step + buttons.length) % buttons.length;
  buttons.forEach((button, index) => (button.tabIndex = index === there ? 0 : -1));
  buttons[there].focus();
};

const makeToolbar = (area) => {
  const bar = document.createElement("div");
  const heading = area.closest("section")?.querySelector("h2");
  const names = [area.labels[0], heading].map((named) => named?.textContent.trim());
  const label = ["Formatting", ...names].filter(Boolean).join(": ");
  const buttons = TOOLS.map((tool, index) => makeButton(area, tool, index));
  bar.className = "tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label);
  bar.setAttribute("aria-controls", area.id);
  bar.append(...buttons);
  bar.addEventListener("keydown", moveWithin(buttons));
  return bar;
};

const enhance = (root) => {
  for (const area of root.querySelectorAll(LINES)) {
    if (!area.previousElementSibling?.matches(".tools")) area.before(makeToolbar(area));
  }
};

document.addEventListener("keydown", (event) => {
  const change = { ArrowRight: indent, ArrowLeft: outdent }[event.key];
  if (!change || !event.altKey || !event.shiftKey || !event.target.matches(LINES)) return;
  event.preventDefault();
  changeLines(event.target, change);
});

enhance(document);
// What htmx brings into the page later.
document.addEventListener("htmx:load", (event) => enhance(event.target));
