// Changing the lines of a textarea so that the browser's undo still works.

export const LINES = "textarea[data-lines]";

export const insert = (area, text) => {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

// Changes each line that the selection touches, and selects what came of it.
export const changeLines = (area, change) => {
  const { value, selectionStart, selectionEnd } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  const to = next < 0 ? value.length : next;
  const lines = value.slice(from, to).split("\n");
  const text = lines.map((line) => change(line, lines)).join("\n");
  area.setSelectionRange(from, to);
  insert(area, text);
  const end = from + text.length;
  area.setSelectionRange(lines.length > 1 ? from : end, end);
};
