// Writing pasted lines with the marks of a list: two levels of bullets, and in prose six levels and
// numbers.

// The mark before a line, and before it as much space as the mark of the line it belongs to.
const marker = (isProse) => {
  let open = [];
  return ({ kind, depth }) => {
    if (!depth) open = [];
    if (!depth) return kind === "heading" ? "# " : "";
    const parents = open.slice(0, Math.min(depth, isProse ? 6 : 2) - 1);
    const number = isProse && kind === "number" ? (open[parents.length]?.number ?? 0) + 1 : 0;
    const mark = number ? `${number}. ` : "- ";
    const indent = parents.map((parent) => " ".repeat(parent.width)).join("");
    open = [...parents, { number, width: mark.length }];
    return indent + mark;
  };
};

export const toText = (lines, isProse) => {
  const mark = marker(isProse);
  return lines.reduce((text, line, index) => {
    const isRun = line.depth && lines[index - 1]?.depth;
    const gap = index === 0 ? "" : isProse && !isRun ? "\n\n" : "\n";
    return text + gap + mark(line) + line.text;
  }, "");
};
