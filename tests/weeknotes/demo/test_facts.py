"""The facts of both seeds, read from the HTML and from the rows; numbers are line numbers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from ddat import prose
from tests.weeknotes.browse import headings, spoken
from weeknotes.publications.facts import (
    Item,
    MetricReading,
    PublishedByline,
    RagReading,
    Risk,
    StatusCount,
    WorkstreamReading,
)
from weeknotes.publications.models import Publication, PublishedUpdate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

SEEDS = Path(__file__).parents[2] / "seeds"
FULL = ["", *(SEEDS / "full_digest.txt").read_text(encoding="utf-8").split("\n")]

LOW_CODE, DST = "team-low-code-and-web", "team-digital-services-team-dst"
ONEDRIVE, FRONTLINE = "project-onedrive-user-adoption", "project-frontline-services"
PR910B, PURVIEW = "project-regulatory-services", "project-data-governance-purview-pilot"
WORKPLACE = "team-workplace-experience"
PEOPLE_SERVICES = "team-product-and-delivery-people-services"
ORDER = ["note", LOW_CODE, DST, ONEDRIVE, FRONTLINE, PR910B, PURVIEW, WORKPLACE, PEOPLE_SERVICES]

OUTCOMES = {
    LOW_CODE: [*range(22, 28), *range(29, 34)],
    ONEDRIVE: [51, 52, 54, 55, 57, 58, 60],
    FRONTLINE: [*range(89, 95)],
    PR910B: [*range(106, 111)],
    WORKPLACE: [*range(124, 135)],
    PEOPLE_SERVICES: [*range(138, 145)],
}
PLANS = {
    ONEDRIVE: [*range(79, 84)],
    FRONTLINE: [*range(96, 101)],
    PR910B: [*range(112, 117)],
    PEOPLE_SERVICES: [*range(146, 151)],
}
CHILDREN = {27: 26, **dict.fromkeys(range(126, 131), 125)}
STATES = {
    **dict.fromkeys((92, 93, 99, 107, 109, 112, 113, 115), "ongoing"),
    **dict.fromkeys((108, 110, 114, 116), "paused"),
    91: "planned",
    22: "in_progress",
}
PHRASES = {91: "in planning", 22: "started", 113: "Ongoing"}  # where they are no house words


def line(number: int) -> str:
    """A line of the full digest as it is kept."""
    return prose.clean_line(prose.strip_bullet(FULL[number]))


def outline(article: Tag) -> list[str]:
    """An article's blocks: headings, paragraphs, and lists by how many lines stand under each."""
    found = []
    for tag in article.select_one(".prose").find_all(recursive=False):
        if tag.name == "ul":
            items = tag.find_all("li", recursive=False)
            found.append("ul " + " ".join(str(len(item.find_all("li"))) for item in items))
        else:
            found.append(f"{tag.name} {spoken(tag)}" if tag.name[0] == "h" else tag.name)
    return found


def article(page: BeautifulSoup, anchor: str) -> Tag:
    return page.select_one(f"article#{anchor}")


# Read from the HTML


def test_articles_stand_in_the_seeds_order(full_digest: BeautifulSoup) -> None:
    assert [tag["id"] for tag in full_digest.select("article")] == ORDER


def test_updates_have_the_seeds_headings(full_digest: BeautifulSoup) -> None:
    numbers = (1, 17, 34, 41, 84, 101, 117, 122, 135)

    assert [spoken(tag) for tag in full_digest.select("article > h2")] == [
        line(number) for number in numbers
    ]


def test_note_has_one_sub_heading_and_lists_of_two_and_four(full_digest: BeautifulSoup) -> None:
    assert outline(article(full_digest, "note")) == [
        *("p", "p", "p", "ul 0 0", "p", "p"),
        "h3 Other key things of note this week",
        *("p", "p", "ul 0 0 0 0"),
    ]


def test_december_note_has_two_lists_of_three_and_no_heading(directors_note: BeautifulSoup) -> None:
    assert outline(article(directors_note, "note")) == [
        *("p", "p", "ul 0 0 0", "p", "ul 0 0 0", "p", "p")
    ]
    assert [tag["id"] for tag in directors_note.select("article")] == ["note"]


def test_low_code_has_two_products_and_one_child(full_digest: BeautifulSoup) -> None:
    assert outline(article(full_digest, LOW_CODE)) == [
        *("p", "p"),
        "h3 Product: Drupal",
        "ul 0 0 0 0 1",
        "h3 Product: Liberty Create",
        "ul 0 0 0 0 0",
    ]


def test_digital_services_counts(full_digest: BeautifulSoup) -> None:
    update = article(full_digest, DST)

    assert outline(update) == ["p", "figure", "p"]
    assert [(spoken(dt), spoken(dt.find_next("dd"))) for dt in update.select("dt")] == [
        ("not started", "14"),
        ("in progress", "17"),
        ("late", "0"),
        ("completed", "26"),
    ]
    assert spoken(update.select_one("figcaption")) == "Sprint 10, 11 to 29 May 2026"


def test_onedrive_has_every_section(full_digest: BeautifulSoup) -> None:
    assert outline(article(full_digest, ONEDRIVE)) == [
        *("h3 📌 Project overview", "p", "ul 0 0 0 0"),
        "h3 ✅ Key achievements this week",
        *("h4 User adoption monitoring continued", "ul 0 0"),
        *("h4 User support maintained", "ul 0 0"),
        *("h4 External sharing (Egress) clarification progressed", "ul 0 0"),
        *("h4 Change adoption manager transition preparation", "ul 0"),
        *("h3 📊 User adoption snapshot (week on week)", "p", "ul 0 0 0 0", "table", "p"),
        *("h3 📊 Current status", "dl", "p"),
        *("h3 ⚠️ Risks and issues", "ul 0 0"),
        *("h3 🔜 Planned activities", "ul 0 0 0 0 0"),
    ]


def test_emoji_of_headings_are_hidden_from_screen_readers(full_digest: BeautifulSoup) -> None:
    emoji = article(full_digest, ONEDRIVE).select("h3 > span[aria-hidden=true]")

    assert [tag.text for tag in emoji] == ["📌", "✅", "📊", "📊", "⚠️", "🔜"]


def test_metrics_as_table(full_digest: BeautifulSoup) -> None:
    rows = article(full_digest, ONEDRIVE).select("table.data tr")
    cells = [[spoken(cell) for cell in row.find_all(["th", "td"])] for row in rows]

    assert cells[:4] == [
        ["Users", "3 May", "10 May", "Change"],
        ["Active file viewing and editing", "2,109", "2,136", "+1.3%"],
        ["File syncing activity", "1,356", "1,397", "+3.0%"],
        ["Internal file sharing", "726", "760", "+4.7%"],
    ]
    assert [row[-1] for row in cells[4:]] == ["no figures given"]


def test_workstreams_come_after_the_overall_status(full_digest: BeautifulSoup) -> None:
    rows = article(full_digest, ONEDRIVE).select("dl.strands > div")

    assert [(spoken(row.dt), spoken(row.dd)) for row in rows] == [
        ("Overall status", "Green, on track"),
        ("Deployment", "Complete"),
        ("User adoption", "In progress"),
        ("Governance and policy", "In progress"),
    ]


@pytest.mark.parametrize(
    ("anchor", "reason", "headed", "lists"),
    [
        (FRONTLINE, 86, (88, 95), ("ul 0 0 0 0 0 0", "ul 0 0 0 0 0")),
        (PR910B, 104, (105, 111), ("ul 0 0 0 0 0", "ul 0 0 0 0 0")),
    ],
)
def test_two_projects_with_reason_outcomes_and_plans(
    full_digest: BeautifulSoup, anchor: str, reason: int, headed: tuple, lists: tuple
) -> None:
    update = article(full_digest, anchor)

    first, second = (f"h3 {line(number)}" for number in headed)
    assert outline(update) == ["p", first, lists[0], second, lists[1]]
    assert spoken(update.select_one(".prose > p")) == line(reason)


def test_purview_is_one_quiet_block(full_digest: BeautifulSoup) -> None:
    update = article(full_digest, PURVIEW)

    assert update["class"] == ["update", "brief"]
    assert outline(update) == ["h3 Project summary", "p", "p"]
    assert [spoken(tag) for tag in update.select(".prose > p")] == [line(120), line(121)]
    assert [tag["id"] for tag in full_digest.select("article.brief")] == [PURVIEW]


def test_workplace_experience_has_five_children_and_no_heading(full_digest: BeautifulSoup) -> None:
    assert outline(article(full_digest, WORKPLACE)) == ["p", "ul 0 5 0 0 0 0"]


def test_people_services_has_two_lists(full_digest: BeautifulSoup) -> None:
    assert outline(article(full_digest, PEOPLE_SERVICES)) == [
        *("h3 General updates", "ul 0 0 0 0 0 0 0"),
        *("h3 Looking ahead", "ul 0 0 0 0 0"),
    ]


def test_ratings_in_words(full_digest: BeautifulSoup) -> None:
    rated = {
        tag["id"]: spoken(tag.select_one(".side .rag"))
        for tag in full_digest.select("article")
        if tag.select_one(".side .rag:not(.unrated)")
    }
    glance = [(spoken(li.a), spoken(li.span)) for li in full_digest.select(".glance li")]

    assert rated == {ONEDRIVE: "Green, on track", FRONTLINE: "Green", PR910B: "Green"}
    assert glance == [
        ("OneDrive user adoption", "Green, on track"),
        ("Frontline Services", "Green"),
        ("PR910B Regulatory Services", "Green"),
        ("Data Governance Purview Pilot", "No update this week"),
    ]


def test_missing_reason_is_said_once(full_digest: BeautifulSoup) -> None:
    said = full_digest.find_all(string="No reason given")

    assert [text.find_parent("article")["id"] for text in said] == [ONEDRIVE]


def test_states_are_marked_as_typed(full_digest: BeautifulSoup) -> None:
    marked = [(spoken(tag.find_parent("li")), tag.text) for tag in full_digest.select("em.st")]

    assert marked == [
        (line(number), PHRASES.get(number, STATES[number])) for number in sorted(STATES)
    ]


def test_contents_lists_every_update(full_digest: BeautifulSoup) -> None:
    assert [link["href"] for link in full_digest.select(".toc a")] == [f"#{a}" for a in ORDER]


def test_opening_says_title_dates_and_time_to_read(full_digest: BeautifulSoup) -> None:
    times = [(tag["datetime"][:10], tag.text) for tag in full_digest.select(".mast time")]

    assert headings(full_digest)[0] == "h1 An exciting start to this week"
    assert spoken(full_digest.select_one(".mast .meta")) == (
        "Covers 11 to 15 May 2026, published 18 May 7 minute read"
    )
    assert times == [
        ("2026-05-11", "11"),
        ("2026-05-15", "15 May 2026"),
        ("2026-05-18", "18 May"),
    ]


# Read from the rows


@pytest.fixture
def published() -> Publication:
    return Publication.objects.get(digest__slug="2026-05-18")


def of(publication: Publication) -> dict[str, Publication]:
    return {"published_update__publication": publication}


def test_rows_of_updates(published: Publication) -> None:
    rows = PublishedUpdate.objects.filter(publication=published)

    assert [row.anchor for row in rows] == ORDER
    assert [row.anchor for row in rows if row.is_no_update] == [PURVIEW]


def test_rows_of_ratings(published: Publication) -> None:
    rows = RagReading.objects.filter(**of(published)).order_by("published_update__position")

    assert [(row.project.name, row.colour, row.words, row.reason) for row in rows] == [
        ("OneDrive user adoption", "green", "on track", ""),
        ("Frontline Services", "green", "", line(86)),
        ("Regulatory Services", "green", "", line(104)),
    ]


def test_rows_of_metrics(published: Publication) -> None:
    rows = MetricReading.objects.filter(**of(published))
    days = {(row.from_on, row.to_on, row.project.slug) for row in rows}

    assert [(row.name, row.unit, row.from_value, row.to_value, row.words) for row in rows] == [
        ("Active file viewing and editing", "users", Decimal(2109), Decimal(2136), ""),
        ("File syncing activity", "users", Decimal(1356), Decimal(1397), ""),
        ("Internal file sharing", "users", Decimal(726), Decimal(760), ""),
        ("Users not actively using OneDrive", "", None, None, line(66)),
    ]
    assert days == {(date(2026, 5, 3), date(2026, 5, 10), "onedrive-user-adoption")}
    assert [row.metric and (row.metric.name, row.metric.good_direction) for row in rows] == [
        *((row.name, "up") for row in rows[:3]),
        None,
    ]


def test_rows_of_counts(published: Publication) -> None:
    rows = StatusCount.objects.filter(**of(published))

    assert [(row.label, row.number) for row in rows] == [
        ("not started", 14),
        ("in progress", 17),
        ("late", 0),
        ("completed", 26),
    ]
    assert {(row.name, row.from_on, row.to_on, row.as_of) for row in rows} == {
        ("Sprint 10", date(2026, 5, 11), date(2026, 5, 29), None)
    }


def test_rows_of_workstreams(published: Publication) -> None:
    rows = WorkstreamReading.objects.filter(**of(published))

    assert [(row.name, row.state) for row in rows] == [
        ("Deployment", "complete"),
        ("User adoption", "in_progress"),
        ("Governance and policy", "in_progress"),
    ]
    assert {row.project.slug for row in rows} == {"onedrive-user-adoption"}
    assert [row.workstream.name for row in rows] == [row.name for row in rows]


def test_rows_of_risks(published: Publication) -> None:
    rows = Risk.objects.filter(**of(published))

    assert [(row.text, row.is_nil_return) for row in rows] == [
        (line(74), True),
        (line(76), False),
        (line(77), False),
    ]


@pytest.mark.parametrize(("kind", "expected"), [("outcomes", OUTCOMES), ("plans", PLANS)])
def test_rows_of_items_by_line(published: Publication, kind: str, expected: dict) -> None:
    said: dict[str, list[tuple[str, str, str]]] = {}
    for row in Item.objects.filter(kind=kind, **of(published)).select_related("parent"):
        parent = row.parent.text if row.parent else ""
        said.setdefault(row.published_update.anchor, []).append((row.text, row.state, parent))

    assert said == {
        anchor: [
            (line(n), STATES.get(n, ""), line(CHILDREN[n]) if n in CHILDREN else "")
            for n in numbers
        ]
        for anchor, numbers in expected.items()
    }


def test_rows_of_items_in_four_groups(published: Publication) -> None:
    rows = Item.objects.filter(kind="outcomes", published_update__anchor=ONEDRIVE, **of(published))

    assert [row.group for row in rows] == [line(number) for number in (50, 50, 53, 53, 56, 56, 59)]


def test_rows_of_bylines(published: Publication) -> None:
    rows = PublishedByline.objects.filter(**of(published)).order_by("published_update__position")

    assert [
        (row.published_update.anchor, row.name, row.job_title, row.person and row.person.name)
        for row in rows
    ] == [
        ("note", "Atika Mohammed", "DDaT Luton Director", "Atika Mohammed"),
        (LOW_CODE, "Kevin Rowe", "Head of Digital Development", "Kevin Rowe"),
        (ONEDRIVE, "Carol Osborne", "Project Manager, DDaT Luton", "Carol Osborne"),
        (FRONTLINE, "Ian Pavitt", "Project Manager DDaT Luton", "Ian Pavitt"),
        (PR910B, "Ian Pavitt", "Project Manager DDaT Luton", "Ian Pavitt"),
        (PURVIEW, "Ian Pavitt", "Project Manager DDaT Luton", "Ian Pavitt"),
        (PEOPLE_SERVICES, "Steven Scott", "Project manager", "Steven Scott"),
    ]


def test_no_row_tells_what_only_the_note_says() -> None:
    note = {"published_update__anchor": "note"}
    told = (Item, MetricReading, StatusCount, WorkstreamReading, Risk, RagReading)

    assert [model.objects.filter(**note).count() for model in told] == [0] * 6
