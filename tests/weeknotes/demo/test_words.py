"""The words of both seeds, line by line, and no others under their authors' names."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from weeknotes.digests.models import Digest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

SEEDS = Path(__file__).parents[2] / "seeds"
DIGESTS = {"full_digest": "2026-05-18", "directors_note": "2024-12-20"}

# Lines whose words the page prints from data, and what stands there instead.
IN_OTHER_WORDS = {
    "full_digest": {
        70: "Overall status Green, on track",  # the colour in words, never a picture alone
        136: "Steven Scott Project manager",  # a byline is a name, then a job title
        151: "Like",  # buttons, after the last update
        152: "Love",
        153: "Haha",
    },
    "directors_note": {},
}
# Lines that stand there word for word, and not as one block of text: the same, cut in two.
IN_TWO_PARTS = {
    "full_digest": {
        **dict.fromkeys((2, 18, 42, 85, 102, 118), "a byline: the name, then the job title"),
        **dict.fromkeys((36, 37, 38, 39), "counts: the state, then the number"),
        **dict.fromkeys((71, 72, 73), "workstreams: the name, then the state in house words"),
    },
    "directors_note": {},
}
SAME_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u2011": "-", "\xa0": " "})
BLOCKS = ["h2", "h3", "h4", "p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "button"]


@pytest.fixture
def page(request: pytest.FixtureRequest, seed: str) -> BeautifulSoup:
    return request.getfixturevalue(seed)


def plain(text: str) -> str:
    """Quotes, hyphens and spaces of one sort; no bullet before."""
    return re.sub(r"^- ", "", " ".join(text.translate(SAME_SIGNS).split()))


def lines(seed: str) -> dict[int, str]:
    """The seed's lines that say something, by number."""
    text = (SEEDS / f"{seed}.txt").read_text(encoding="utf-8")
    return {n: plain(line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()}


def words(text: str) -> list[str]:
    """The words and signs of a text, with what only parts them left out, in one case."""
    return [word for word in re.split(r"[\s,:]+", text.casefold()) if word]


def blocks(part: Tag) -> list[str]:
    """The text of each block of a page in order, a list's own lists apart."""
    found = []
    for tag in part.find_all(BLOCKS):
        own = [str(bit) for bit in tag.find_all(string=True) if bit.find_parent(BLOCKS) is tag]
        found.append(plain("".join(own)))
    return [text for text in found if text]


def place_of(wanted: list[str], stream: list[str], *, start: int) -> int | None:
    """Where these words next stand together in the stream, if they do."""
    for place in range(start, len(stream) - len(wanted) + 1):
        if stream[place : place + len(wanted)] == wanted:
            return place
    return None


def missing(seed: str, stream: list[str]) -> dict[int, str]:
    """The seed's lines whose words do not stand in the stream, in order."""
    instead, left_out, place = IN_OTHER_WORDS[seed], {}, 0
    for number, line in lines(seed).items():
        wanted = words(instead.get(number, line))
        found = place_of(wanted, stream, start=place)
        if found is None:
            left_out[number] = line
        else:
            place = found + len(wanted)
    return left_out


@pytest.mark.parametrize("seed", DIGESTS)
def test_every_line_is_on_the_page_in_order(seed: str, page: BeautifulSoup) -> None:
    stream = words(" ".join(blocks(page.select_one(".updates"))))

    assert missing(seed, stream) == {}


@pytest.mark.parametrize("seed", DIGESTS)
def test_every_line_is_one_block_to_the_letter(seed: str, page: BeautifulSoup) -> None:
    apart = {*IN_OTHER_WORDS[seed], *IN_TWO_PARTS[seed]}
    texts = blocks(page.select_one(".updates"))

    left_out = []
    for number, line in lines(seed).items():
        if line in texts:
            del texts[: texts.index(line) + 1]
        elif number not in apart:
            left_out.append(number)

    assert left_out == []


@pytest.mark.parametrize("seed", DIGESTS)
def test_nothing_else_stands_under_an_authors_name(seed: str, page: BeautifulSoup) -> None:
    prose = [part for article in page.select("article") for part in article.select(".prose")]
    for made_of_data in page.select(".prose table, .prose dl, .prose figcaption"):
        made_of_data.clear()
    said = {text for part in prose for text in blocks(part)}

    assert sorted(said - set(lines(seed).values())) == []


@pytest.mark.parametrize("seed", DIGESTS)
def test_title_and_summary_are_the_directors_own_words(seed: str) -> None:
    digest = Digest.objects.get(slug=DIGESTS[seed])
    note = plain(" ".join(lines(seed).values())).casefold()

    assert [plain(text).casefold() in note for text in (digest.title, digest.summary)] == [True] * 2


def test_a_lost_line_is_noticed() -> None:
    """The comparison's own control: it lists a line that is gone, and one that moved."""
    all_words = [words(line) for line in lines("directors_note").values()]
    moved = [*all_words[1:4], all_words[0], *all_words[5:]]

    left_out = missing("directors_note", [word for line in moved for word in line])

    assert sorted(left_out) == [2, 3, 4, 5]
