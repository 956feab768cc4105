import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ddat import prose

HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [
                *("# ", "##### ", "- ", "  - ", "\t- ", "1. ", "12) ", "\n", "\n\n", "*", "**"),
                *("_", "[", "](", ")", "<", ">", "`", "&amp;", "\r\n", "\x00", "\u202e", "📊 "),
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt&colon;alert(1))",
                "[x](data:text/html,<b>)",
                "[x](//example.org)",
                "<javascript:alert(1)>",
                "<https://example.org/?a=1&b=2>",
                *("https://example.org/a_(b)?c=1&d=2", "http://", "://", "HTTPS://é.example/*x*,"),
                '[a](https://example.org "style=x onclick=y")',
                "<p style='color:red'>",
                "שלום עולם",
            ]
        ),
    ),
    max_size=25,
).map("".join)


class Reader(HTMLParser):
    """The tags, attributes and words of a piece of HTML; fails where it is not well formed."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.open, self.words = [], [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attributes]
        if tag not in ("br", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def assert_nothing_active(html):
    reader = Reader(html)
    assert set(reader.tags) <= prose.TAGS
    for tag, name, value in reader.attributes:
        assert name in {"href", "rel", "start", "dir", "aria-hidden", "title"}
        if name == "href":
            assert tag == "a"
            assert value.lower().startswith(("http://", "https://", "mailto:"))
    return reader


def letters(text):
    return re.findall(r"[^\W_]", text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("steady\u2011state", "steady-state"),
        ("a\xa0b\u2009c\u3000d", "a b c d"),
        ("• one\n·  two\n▪three\n  ◦ four", "- one\n- two\n- three\n  - four"),
        (
            "– five\n— six\n* seven\no\teight\n\uf0b7\tnine",
            "- five\n- six\n- seven\n  - eight\n- nine",
        ),
        (
            "**bold** stays\n*so* does this\nof – course",
            "**bold** stays\n*so* does this\nof – course",
        ),
        ("\tin", "  in"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a  \n\n\n\n b\n\n", "a\n\n b"),
        ("e\u0301", "é"),
        ("n\x00u\x07l\ud800 \u202eb\u2066i\ufeffd\u200bi", "nul bidi"),
        ("👩\u200d💻 at work", "👩\u200d💻 at work"),
    ],
)
def test_clean_keeps_words_and_drops_oddities(typed, kept):
    assert prose.clean(typed) == kept


def test_clean_line_joins_lines():
    assert prose.clean_line(" one\n\n  two\tthree ") == "one two three"


@given(HOSTILE)
@example("\u0387 a")
def test_clean_twice_is_clean_once(text):
    once = prose.clean(text)

    assert prose.clean(once) == once
    once.encode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- one", "one"),
        ("- • – one", "one"),
        ("–", ""),
        ("-5 degrees", "-5 degrees"),
        ("*a*", "*a*"),
    ],
)
def test_strip_bullet_takes_all_bullets(line, words):
    assert prose.strip_bullet(line) == words


def test_each_line_is_a_paragraph_and_lists_are_tight():
    html = prose.block_html("One\nTwo:\n- a\n\n- b\nThree", level=3)

    assert html == "<p>One</p><p>Two:</p><ul><li>a</li><li>b</li></ul><p>Three</p>"


def test_lists_nest_by_indent_and_a_line_further_in_goes_on():
    html = prose.block_html("- a\n  more\n - b\n    1. c\n    2. d\n- e", level=3)

    assert html == (
        "<ul><li>a<br>more<ul><li>b<ol><li>c</li><li>d</li></ol></li></ul></li><li>e</li></ul>"
    )


def test_numbered_list_goes_on_counting():
    html = prose.block_html("1. a\nAside\n2. b", level=3)

    assert html == '<ol><li>a</li></ol><p>Aside</p><ol start="2"><li>b</li></ol>'


def test_list_of_another_kind_is_another_list():
    assert prose.block_html("- a\n1. b", level=3) == "<ul><li>a</li></ul><ol><li>b</li></ol>"


def test_headings_start_at_the_level_and_never_skip():
    html = prose.block_html("##### a\n# b\n### c\n## d\n###### e ##", level=4)

    assert html == "<h4>a</h4><h4>b</h4><h5>c</h5><h5>d</h5><h6>e</h6>"


def test_leading_emoji_of_a_heading_is_hidden_from_screen_readers():
    assert prose.block_html("# ⚠️ Risks", level=3) == (
        '<h3><span aria-hidden="true">⚠️</span> Risks</h3>'
    )
    assert prose.heading_html("📌 R&D") == '<span aria-hidden="true">📌</span> R&amp;D'
    assert prose.heading_html("📌") == "📌"


def test_words_from_right_to_left_ask_for_their_direction():
    assert prose.block_html("שלום\nhello", level=3) == '<p dir="auto">שלום</p><p>hello</p>'


def test_links_go_to_the_web_or_to_mail_only():
    html = prose.inline_html(
        "[a](https://a.example/?b=1&c=2) <https://d.example> [e](mailto:f@g.example)"
    )

    assert html == (
        '<a href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer">a</a> '
        '<a href="https://d.example" rel="noopener noreferrer">https://d.example</a> '
        '<a href="mailto:f@g.example" rel="noopener noreferrer">e</a>'
    )
    assert prose.inline_html("[x](javascript:alert(1))") == "[x](javascript:alert(1))"
    assert prose.inline_html("[x](/admin/)") == "[x](/admin/)"


@pytest.mark.parametrize(
    ("typed", "address", "around"),
    [
        ("See https://a.example/b_c_d?e=1&f=2.", "https://a.example/b_c_d?e=1&f=2", "See {}."),
        ("(HTTP://A.example/b_(c)), d", "HTTP://A.example/b_(c)", "({}), d"),
        ("“https://a.example/b”", "https://a.example/b", "“{}”"),
        ("**https://a.example**", "https://a.example", "<strong>{}</strong>"),
        ("[https://a.example b]", "https://a.example", "[{} b]"),
        ("- https://a.example: done", "https://a.example", "- {}: done"),
        ("<i>https://a.example</i>", "https://a.example", "&lt;i&gt;{}&lt;/i&gt;"),
        ("javascript:https://a.example", "https://a.example", "javascript:{}"),
        ("https://a.example—or https", "https://a.example", "{}—or https"),
        ("http://10.0.0.1:8080/b|c", "http://10.0.0.1:8080/b", "{}|c"),
    ],
)
def test_bare_web_address_is_a_link_that_says_what_was_typed(typed, address, around):
    shown = address.replace("&", "&amp;")
    link = f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'

    assert prose.inline_html(typed) == around.format(link)
    assert prose.plain(typed) == typed.replace("**", "")


@pytest.mark.parametrize(
    "typed",
    [
        *("https://", "https:// a", "xhttps://a.example", "https:/a.example", "www.a.example"),
        *("javascript://a.example", "ftp://a.example", "file:///etc", "http://…"),
        *(
            "https://localhost:port/x",
            "http://1.2.3.999/",
            "http://a:99999",
            "[x](http://1.2.3.999)",
        ),
    ],
)
def test_what_is_no_web_address_is_no_link(typed):
    assert prose.inline_html(typed) == typed


def test_link_within_a_link_is_the_typed_one():
    assert prose.inline_html("[https://a.example](https://b.example)") == (
        '<a href="https://b.example" rel="noopener noreferrer">https://a.example</a>'
    )


def test_paths_and_snake_case_stay_as_typed():
    assert prose.inline_html(r"\\server\share a_b_c 3 * 4 * 5") == r"\\server\share a_b_c 3 * 4 * 5"


def test_plain_drops_the_marks_and_keeps_the_words():
    typed = "## Head\n- **a** and *b*\n  - [c](https://d.example) <https://e.example>"

    assert prose.plain(typed) == "Head\n- a and b\n  - c (https://d.example) https://e.example"


@given(HOSTILE, st.integers(2, 6))
def test_nothing_active_comes_out_and_no_letter_is_lost(text, level):
    typed = prose.clean(text)
    reader = assert_nothing_active(prose.block_html(typed, level=level))
    levels = [int(tag[1]) for tag in reader.tags if tag[0] == "h"]

    assert all(a + 1 >= b for a, b in zip([level, *levels], levels, strict=False))
    assert all(found >= level for found in levels)
    assert_nothing_active(prose.inline_html(typed))
    if "](" not in typed and "\n" not in typed and not re.match(r"\s*\d", typed):
        assert letters("".join(reader.words)) == letters(typed)


@pytest.mark.parametrize(
    "bomb",
    [
        *("[" * 20_000, "*" * 20_000, "- " * 10_000, "> " * 10_000, "![[" * 6_000, "*a_" * 6_600),
        *("http://a " * 2_200, "http://" * 2_800, "http://a(" * 2_200, "http://a()" * 2_000),
        *(
            "http" * 5_000,
            "http:" * 4_000,
            "://" * 6_600,
            "[http://a" * 2_200,
            "http://1.2.3.999/" * 1_170,
            "http://1.2.3.999 " * 1_170,
            "*http://a_" * 2_000,
        ),
        *("[a](" * 5_000, "[x](http://a " * 1_500, "`" * 20_000, "# a" + " #" * 9_000),
        "\n".join("  " * depth + "- x" for depth in range(140)),
        "x" + " " * 19_990 + "x",
        "[" * 1_000_000,
        "*" * 100_000,
        "- " * 500_000,
        " " * 1_000_000 + "x",
        "•" * 1_000_000,
    ],
    ids=lambda bomb: f"{bomb[:6]!r}x{len(bomb)}",
)
def test_bombs_are_rendered_quickly(bomb):
    start = time.process_time()
    typed = prose.clean(bomb)
    prose.clean_line(bomb)
    prose.strip_bullet(bomb)
    prose.plain(typed)
    prose.block_html(typed, level=3)
    prose.inline_html(typed)

    assert time.process_time() - start < 5  # each far below a second; a slow machine may be slow


@pytest.mark.parametrize(
    "many",
    ["c" * prose.MOST_MARKDOWN, "[" * (prose.MOST_BRACKETS + 1)],
    ids=["letters", "brackets"],
)
def test_what_is_too_long_for_markdown_keeps_every_word(many: str):
    typed = f"# a\n\n- **b** <i>\n{many}"

    assert prose.block_html(typed, level=3) == (f"<p># a</p><p>- **b** &lt;i&gt;</p><p>{many}</p>")
    assert prose.inline_html(typed).startswith("# a")
    assert prose.plain(typed) == typed


@given(text=st.text(st.sampled_from("ab  \t\u2011•*-o\u0301_[]<>.'’é\u200d:/")))
def test_what_is_seen_to_be_plain_reads_as_when_it_is_looked_at_closely(text: str) -> None:
    line = prose.clean_line(text)

    assert line == " ".join(prose.clean(text).split())
    if not prose.MARKS.search(line):
        assert prose.MARKDOWN.renderInline(line) == line
