// Pasting from Word, Outlook or Teams into a textarea[data-lines]: lists stay lists, headings
// become "# ". data-lines="prose" keeps paragraphs apart by an empty line, six levels of a list and
// its numbers. Anything without lists or headings is pasted as plain text by the browser.
import { insert, LINES } from "./lines.js";
import { toText } from "./marks.js";

const SKIP = new Set(["STYLE", "SCRIPT", "TITLE", "META", "LINK", "HEAD"]);
const BLOCK = new Set(["P", "DIV", "LI", "TR", "BR", "BLOCKQUOTE", "UL", "OL", "TABLE"]);
const HEADING = /^H[1-6]$/;

// A parsed document inherits our content policy, which refuses style attributes: rename them.
const parse = (html) => {
  const fragment = html.split("<!--StartFragment-->").pop().split("<!--EndFragment-->")[0];
  const plain = fragment.replace(/\sstyle\s*=/gi, " data-style=");
  return new DOMParser().parseFromString(plain, "text/html").body;
};

const style = (node) => node.dataset?.style ?? "";

// Word says the level in its own style; Word for the web in an attribute; others by nesting.
const level = (node, depth) => {
  const word = /mso-list:[^;]*level(\d)/.exec(style(node));
  if (word) return Number(word[1]);
  if (node.tagName !== "LI") return 0;
  const said = Number(node.dataset.ariaLevel ?? node.getAttribute("aria-level") ?? 0);
  return Math.max(said, depth, 1);
};

const isNumbered = (node) =>
  node.parentElement?.tagName === "OL" ||
  /^\s*\w{1,4}[.)]/.test(node.querySelector("[data-style*='mso-list:ignore' i]")?.textContent);

export const toLines = (html) => {
  const lines = [];
  const start = (kind, depth = 0) => {
    const last = lines.at(-1);
    if (!last || last.text.trim()) lines.push({ kind, depth, text: "" });
    else if (kind !== "plain") Object.assign(last, { kind, depth });
  };
  const walk = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!lines.length) start("plain");
      lines.at(-1).text += node.textContent.replace(/[\s\u00a0]+/g, " ");
    }
    if (node.nodeType !== Node.ELEMENT_NODE || SKIP.has(node.tagName)) return;
    if (/mso-list:\s*ignore/i.test(style(node))) return;
    const item = level(node, depth);
    if (item) start(isNumbered(node) ? "number" : "item", item);
    else if (HEADING.test(node.tagName)) start("heading");
    else if (BLOCK.has(node.tagName)) start("plain");
    const isList = node.tagName === "UL" || node.tagName === "OL";
    node.childNodes.forEach((child) => walk(child, depth + (isList ? 1 : 0)));
    if (item || HEADING.test(node.tagName) || BLOCK.has(node.tagName)) start("plain");
  };
  walk(parse(html), 0);
  return lines.map((line) => ({ ...line, text: line.text.trim() })).filter((line) => line.text);
};

document.addEventListener("paste", (event) => {
  const area = event.target;
  if (!area.matches(LINES)) return;
  const lines = toLines(event.clipboardData.getData("text/html"));
  if (lines.every((line) => line.kind === "plain")) return;
  event.preventDefault();
  insert(area, toText(lines, area.dataset.lines === "prose"));
});
