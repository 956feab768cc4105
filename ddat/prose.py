"""Typed words: made clean, and a small Markdown of them made safe HTML.

Each line is a paragraph, unless it starts with "#" (a heading), "-" or "1." (a list). A block
parser of full Markdown drops what is nested too deep and glues a line to the list above it; ours
reads line by line and loses nothing. Emphasis and links are markdown-it's, the whole is nh3's.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# What has more of either prints as plain paragraphs, no word lost. Each "[" may begin a link, for
# which the rest of its line is read.
MOST_MARKDOWN = 20_000  # characters
MOST_BRACKETS = 500
DEEPEST_LIST = 6
SCHEMES = ("http", "https", "mailto")
TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br", "span", "h2", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "span": {"aria-hidden"}} | {
    tag: {"dir"} for tag in ("p", "li", "h2", "h3", "h4", "h5", "h6")
}

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
ODD_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
ROUND_BULLETS = "•▪◦‣●○■□▸►➢➤❖\uf0a7\uf0b7\uf0d8"  # the last three are Word's, from its symbol font
# Word writes the bullets of an inner list as the letter "o".
WORDS_INNER_BULLET = re.compile(r"^(?:[ \t]*o\t\s*|[ \t]+o +)(?=\S)", re.MULTILINE)
ODD_BULLET = re.compile(rf"^( *)(?:[{ROUND_BULLETS}] *|[·–—*] +)(?=\S)", re.MULTILINE)
BULLETS = re.compile(rf"^\s*(?:(?:[-*+·–—]|o(?=\t))(?:\s+|$)|[{ROUND_BULLETS}]\s*)+")
LIST_LINE = re.compile(r"(?:[-*+]|(\d{1,3})[.)])\s+(?=\S)")
HEADING_LINE = re.compile(r"(#{1,6})\s+(.*)$")
# A bare web address: from its first letter to a space, a dash between words, a quotation mark, or a
# bracket that it did not open. The full stop or comma after it is the sentence's.
IN_AN_ADDRESS = r"[^\s()<>\[\]\"“”\\|—\x00-\x1f]"
ADDRESS = re.compile(rf"//(?=[^\W_])(?:{IN_AN_ADDRESS}|\({IN_AN_ADDRESS}*\))++")
WEB_HOST = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
HOST = re.compile(rf"//(?=[^\W_])(?:(?![/?#]){IN_AN_ADDRESS}){{1,300}}")
SCHEME = re.compile(r"(?<![^\W_])https?\Z", re.IGNORECASE)
AFTER_AN_ADDRESS = ".,;:!?'‘’…*_"
# What may be Markdown, an address or HTML, or is rare.
MARKS = re.compile(r"[^\w ,.;:'’!?/()%£–—-]|_|://")
EMOJI = re.compile(
    "([\u2190-\u21ff\u2300-\u2bff\u3030\u303d\U0001f000-\U0001faff\ufe0f\u200d]+) *(?=.)"
)
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Line(NamedTuple):
    """One typed line: its kind ("p", "h", "ul", "ol"), depth or level, number and words."""

    kind: str
    depth: int
    number: int
    words: str


def _is_safe_link(url: str) -> bool:
    """Whether it leads to the web or to mail; no link is made to a host that there cannot be."""
    if url.lower().startswith("mailto:"):
        return True
    found = WEB_HOST.match(url)
    return found is not None and _is_kept(found[0])


@lru_cache(500)
def _is_kept(address: str) -> bool:
    """Whether the sanitiser leaves it in a link."""
    return "href" in nh3.clean(f'<a href="{escape(address)}"></a>', url_schemes=set(SCHEMES))


def _bare_address(state: StateInline, silent: bool) -> bool:
    """Markdown's rule for "https://…" typed as it is: a link that shows what was typed.

    Its host is looked at first: a line full of hosts that there cannot be is read once, not from
    each of them on.
    """
    start = state.pos
    if state.linkLevel or state.src[start] != ":":
        return False
    scheme = SCHEME.search(state.src, max(0, start - 6), start)
    host = HOST.match(state.src, start + 1) if scheme else None
    if not (scheme and host) or not _is_kept(f"{scheme[0]}:{host[0].rstrip(AFTER_AN_ADDRESS)}"):
        return False
    found = ADDRESS.match(state.src, start + 1)
    if found is None or state.src[found.end() : found.end() + 1] in ("\x02", "\x03"):
        return False
    address = scheme[0] + ":" + found[0].rstrip(AFTER_AN_ADDRESS)
    if not silent:
        state.pending = state.pending.removesuffix(scheme[0])
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(address)}
        opening.info = "auto"
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme[0])
    return True


MARKDOWN = MarkdownIt("zero", {"maxNesting": 20}).enable(["emphasis", "link", "autolink"])
MARKDOWN.inline.ruler.after("text", "bare_address", _bare_address)
MARKDOWN.validateLink = _is_safe_link  # type: ignore[method-assign]


def clean(text: str) -> str:
    """Typed or pasted words as they are kept: plain line ends, spaces, hyphens and bullets."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", LINE_ENDS.sub("\n", text)))
    text = WORDS_INNER_BULLET.sub("  - ", text)
    text = ODD_SPACES.sub(" ", text.replace("\t", "  ")).replace("\u2011", "-")
    text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", ODD_BULLET.sub(r"\1- ", text)).strip("\n")


def clean_line(text: str) -> str:
    """The same for a field of one line: lines are joined by a space."""
    if _is_clean_line(text):
        return text
    return " ".join(clean(text).split())


def _is_clean_line(text: str) -> bool:
    """Whether it surely is clean already: most lines are, and this is quick to see."""
    return (
        text.isprintable()
        and text[:1].isalnum()
        and text[-1] != " "
        and "  " not in text
        and "\u2011" not in text
        and unicodedata.is_normalized("NFC", text)
    )


def strip_bullet(line: str) -> str:
    """A line without the bullets it starts with; a line of bullets alone becomes empty."""
    return BULLETS.sub("", line).strip()


def direction(text: str) -> str:
    """The attribute ` dir="auto"` for a block whose words run from right to left, else nothing."""
    return ' dir="auto"' if RIGHT_TO_LEFT.search(text) else ""


def inline_html(text: str) -> SafeString:
    """One line's emphasis, strong words, links and bare web addresses as safe HTML."""
    if _is_too_much(text):
        return escape(text)
    return _sanitised(MARKDOWN.renderInline(text))


def heading_html(text: str) -> SafeString:
    """A heading's words, escaped; an emoji before them is kept and hidden from screen readers."""
    emoji, words = split_emoji(text)
    if not emoji:
        return escape(words)
    return mark_safe(f'<span aria-hidden="true">{emoji}</span> {escape(words)}')


def isolated_html(text: str) -> SafeString:
    """A heading within a line of others: one from right to left runs so by itself."""
    words = heading_html(text)
    return mark_safe(f"<bdi>{words}</bdi>") if RIGHT_TO_LEFT.search(text) else words


def split_emoji(text: str) -> tuple[str, str]:
    """A heading as (leading emoji or "", the words); emoji without words are the words."""
    found = EMOJI.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def block_html(text: str, *, level: int) -> SafeString:
    """Paragraphs, lists and headings as safe HTML; the first heading is of the given level."""
    if _is_too_much(text):
        return mark_safe(
            "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
        )
    pieces: list[str] = []
    typed: list[int] = []
    for is_list, lines in groupby(_lines(text), lambda line: line.kind in ("ul", "ol")):
        if is_list:
            pieces.append(_list_html(list(lines)))
            continue
        for line in lines:
            tag = "p" if line.kind == "p" else f"h{_renumbered(line.depth, typed, level)}"
            inner = _inline(line.words) if tag == "p" else _inline_heading(line.words)
            pieces.append(f"<{tag}{direction(line.words)}>{inner}</{tag}>")
    return _sanitised("".join(pieces))


def plain(text: str) -> str:
    """Markdown's words without its marks; bullets and numbers stay, a link's address follows it."""
    if _is_too_much(text):
        return text
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _is_too_much(text: str) -> bool:
    return len(text) > MOST_MARKDOWN or text.count("[") > MOST_BRACKETS


def _sanitised(html: str) -> SafeString:
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=set(SCHEMES),
            link_rel="noopener noreferrer",
        )
    )


def _lines(text: str) -> Iterator[Line]:
    """The typed lines that have words; a list's depth follows the indents above it."""
    indents: list[int] = []
    for typed in text.split("\n"):
        words = typed.strip()
        indent = len(typed) - len(typed.lstrip())
        if not words:
            continue
        if found := LIST_LINE.match(words):
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            kind = "ol" if found[1] else "ul"
            depth = min(len(indents), DEEPEST_LIST)
            yield Line(kind, depth, int(found[1] or 0), words[found.end() :])
        elif heading := HEADING_LINE.match(words):
            indents = []
            yield Line("h", len(heading[1]), 0, _without_closing_marks(heading[2]))
        elif indents and indent > indents[-1]:
            yield Line("ul", 0, 0, words)
        else:
            indents = []
            yield Line("p", 0, 0, words)


def _list_html(lines: Sequence[Line]) -> str:
    """Nested lists, always tight; a line of depth 0 goes on with the item above it."""
    html: list[str] = []
    open_lists: list[str] = []
    for line in lines:
        if not line.depth:
            html.append(f"<br>{_inline(line.words)}")
            continue
        while len(open_lists) > line.depth:
            html.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == line.depth and open_lists[-1] != line.kind:
            html.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == line.depth:
            html.append("</li>")
        else:
            open_lists.append(line.kind)
            start = f' start="{line.number}"' if line.kind == "ol" and line.number != 1 else ""
            html.append(f"<{line.kind}{start}>")
        html.append(f"<li{direction(line.words)}>{_inline(line.words)}")
    html.extend(f"</li></{kind}>" for kind in reversed(open_lists))
    return "".join(html)


def _renumbered(depth: int, typed: list[int], level: int) -> int:
    """The level a typed heading prints at, below those it stands under: none is skipped."""
    while typed and typed[-1] >= depth:
        typed.pop()
    typed.append(depth)
    return min(level + len(typed) - 1, 6)


def _inline(words: str) -> str:
    if not MARKS.search(words):
        return words
    return str(MARKDOWN.renderInline(words))


def _without_closing_marks(heading: str) -> str:
    """A heading's words without the "#" marks that may close it."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare != heading and bare[-1:].isspace() else heading


def _inline_heading(words: str) -> str:
    emoji, rest = split_emoji(words)
    return f'<span aria-hidden="true">{emoji}</span> {_inline(rest)}' if emoji else _inline(words)


def _plain_line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    words = line.strip()
    if heading := HEADING_LINE.match(words):
        words = _without_closing_marks(heading[2])
    tokens = MARKDOWN.parseInline(words)[0].children or []
    return indent + "".join(_plain_tokens(tokens))


def _plain_tokens(tokens: Sequence[Token]) -> Iterator[str]:
    address, label, is_said = "", "", False
    for token in tokens:
        if token.type == "link_open":
            address, label = str(token.attrGet("href") or ""), ""
            is_said = token.info == "auto"
        elif token.type == "link_close":
            is_said = is_said or label in (address, address.removeprefix("mailto:"))
            if not is_said:
                yield f" ({address})"
        label += token.content
        yield token.content
