"""Home and the archive: the latest digest, all of them, narrowed by year and words."""

from typing import Any

import pytest
from django.test import Client

from tests.weeknotes.browse import errors_of, headings, read, skipped_levels, spoken
from tests.weeknotes.week import editor, open_digest, put_out, write_note
from weeknotes.publications import heads

pytestmark = pytest.mark.django_db


def publish_weeks(count: int, *, start: int = 0) -> None:
    for week in range(start, start + count):
        digest = open_digest(weeks=week)
        write_note(digest)
        put_out(digest, title=f"Week {week}", summary=f"Summary {week}")


def listed(client: Client, **query: str) -> list[str]:
    """The titles that the archive lists."""
    response = client.get("/digests/", query)
    assert response.status_code == 200
    return [spoken(tag) for tag in read(response).select("ul.rows h3")]


def empty(client: Client, **query: str) -> str:
    return spoken(read(client.get("/digests/", query)).select_one(".empty .what"))


# Home


def test_home_before_anything_is_published(as_reader: Client) -> None:
    page = read(as_reader.get("/"))

    assert headings(page.main) == ["h1 DDaT Weeknotes"]
    assert spoken(page.select_one(".empty .what")) == "No digest is published yet."


def test_home_shows_the_latest_and_four_earlier(as_reader: Client) -> None:
    publish_weeks(7)

    page = read(as_reader.get("/"))

    earlier = ["h3 Week 5", "h3 Week 4", "h3 Week 3", "h3 Week 2"]
    assert headings(page.main) == [
        "h1 DDaT Weeknotes",
        "h2 Week 6",
        "h2 Earlier digests",
        *earlier,
    ]
    assert page.select_one(".mast h2 a")["href"] == "/digests/2026-06-29/"
    assert spoken(page.select_one(".mast .meta")) == (
        "Di Rector, published 18 May 2026 1 minute read"
    )
    assert page.select_one(".mast time")["datetime"][:10] == "2026-05-18"


def test_home_of_one_digest_has_no_earlier(as_reader: Client) -> None:
    publish_weeks(1)

    assert headings(read(as_reader.get("/")).main) == ["h1 DDaT Weeknotes", "h2 Week 0"]


def test_unpublished_digest_is_neither_on_home_nor_in_the_archive(as_reader: Client) -> None:
    publish_weeks(1)
    later = open_digest(weeks=1)
    later.set_details(seen={}, changed={"title": "Not yet"}, by=editor())

    pages = [as_reader.get(path).content.decode() for path in ("/", "/digests/")]

    assert [page.count("Not yet") for page in pages] == [0, 0]


# The archive


def test_archive_before_anything_is_published(as_reader: Client) -> None:
    page = read(as_reader.get("/digests/"))

    assert headings(page.main) == ["h1 Digests"]
    assert empty(as_reader) == "No digest is published yet."
    assert spoken(page.select_one(".head .meta")) == "0 digests"


def test_archive_of_one(as_reader: Client) -> None:
    publish_weeks(1)
    page = read(as_reader.get("/digests/"))

    assert headings(page.main) == ["h1 Digests", "h2 Published", "h3 Week 0"]
    assert spoken(page.select_one("ul.rows li")) == "11 to 15 May 2026 Week 0 Summary 0"
    assert spoken(page.select_one(".head .meta")) == "1 digest"
    assert page.select(".pages") == []


def test_archive_of_thirty_is_two_pages(as_reader: Client) -> None:
    publish_weeks(30)
    first = read(as_reader.get("/digests/"))
    older = first.select_one(".pages a[rel=next]")

    assert listed(as_reader) == [f"Week {week}" for week in range(29, 9, -1)]
    assert spoken(first.select_one(".head .meta")) == "30 digests, newest first"
    assert spoken(first.select_one(".pages")) == "Page 1 of 2 Older"
    second = read(as_reader.get(f"/digests/{older['href']}"))
    assert [spoken(tag) for tag in second.select("ul.rows h3")] == [
        f"Week {week}" for week in range(9, -1, -1)
    ]
    assert [spoken(link) for link in second.select(".filter a")] == []  # it is not narrowed
    assert skipped_levels(second) == []


@pytest.mark.parametrize("page", ["0", "-1", "3", "x", "", "9" * 30, "\x00", "1.5"])
def test_archive_has_a_page_for_every_number(as_reader: Client, page: str) -> None:
    publish_weeks(1)

    assert listed(as_reader, page=page) == ["Week 0"]


def test_archive_by_words_of_title_or_summary(as_reader: Client) -> None:
    publish_weeks(3, start=9)

    assert listed(as_reader, words="week 1") == ["Week 11", "Week 10"]
    assert listed(as_reader, words="SUMMARY 9") == ["Week 9"]
    assert listed(as_reader, words="  ") == listed(as_reader)


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "waffle", "week 1 ✨", "\\"])
def test_archive_takes_words_as_they_are(as_reader: Client, words: str) -> None:
    publish_weeks(1)

    assert listed(as_reader, words=words) == []
    assert empty(as_reader, words=words) == "No digest matches."


def test_archive_by_year(as_reader: Client) -> None:
    publish_weeks(1)
    publish_weeks(1, start=34)  # due in January

    assert listed(as_reader, year="2026") == ["Week 0"]
    assert listed(as_reader, year="2027") == ["Week 34"]
    assert listed(as_reader, year="2025") == []
    assert listed(as_reader, year="2027", words="week 0") == []


def test_archive_offers_all_again_when_narrowed(as_reader: Client) -> None:
    publish_weeks(1)

    links = read(as_reader.get("/digests/", {"year": "2026"})).select(".filter a")

    assert [(link["href"], spoken(link)) for link in links] == [("/digests/", "Show all")]


NOT_A_YEAR = "Enter a year, like 2026"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"year": "twenty"}, NOT_A_YEAR),
        ({"year": "10000"}, NOT_A_YEAR),
        ({"year": "-2026"}, NOT_A_YEAR),
        ({"year": "1e9"}, NOT_A_YEAR),
        ({"year": "NaN"}, NOT_A_YEAR),
        ({"year": "9" * 400}, NOT_A_YEAR),
        ({"words": "w" * 101}, "Enter at most 100 characters"),
        ({"words": "a\x00b"}, "Enter words without a null character"),
    ],
)
def test_nonsense_is_explained_and_kept(
    as_reader: Client, query: dict[str, str], told: str
) -> None:
    publish_weeks(1)

    response = as_reader.get("/digests/", query)

    page = read(response)
    ((href, message),) = errors_of(page).items()
    field = page.find("input", id=href[1:])
    assert response.status_code == 200
    assert field["name"] == next(iter(query))
    assert message == told
    assert field["value"].replace("\x00", "") == query[field["name"]].replace("\x00", "")


def test_unknown_questions_are_ignored(as_reader: Client) -> None:
    publish_weeks(1)

    assert listed(as_reader, colour="red", words="", year="") == ["Week 0"]


def test_pages_cost_the_same_for_one_and_for_thirty(
    as_reader: Client, django_assert_max_num_queries: Any
) -> None:
    paths = ("/", "/digests/", "/digests/?words=week&year=2026")

    def costs() -> dict[str, int]:
        found = {}
        for path in paths:
            heads.kept.clear()  # as in a new process
            with django_assert_max_num_queries(9) as queries:
                as_reader.get(path)
            found[path] = len(queries)
        return found

    publish_weeks(1)
    one = costs()
    publish_weeks(29, start=1)

    assert costs() == one


@pytest.mark.parametrize("path", ["/", "/digests/"])
def test_pages_are_only_read(as_reader: Client, path: str) -> None:
    assert as_reader.post(path).status_code == 405
    assert as_reader.head(path).status_code == 200
