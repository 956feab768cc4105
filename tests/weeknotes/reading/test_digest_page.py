"""A published digest: frozen, whole, the same cost for one update and for thirty."""

import gzip
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db.models import F
from django.test import Client

from ddat import clock
from people.models import Team, User
from projects.models import Product, Project
from tests.factories import (
    ProductFactory,
    ProjectFactory,
    RoleGrantFactory,
    TeamFactory,
    UserFactory,
)
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.week import (
    editor,
    hand_in,
    open_digest,
    put_out,
    saying,
    write_note,
)
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import KINDS, OutcomesSection, TextSection
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication
from weeknotes.reactions.reacting import react
from weeknotes.updates import writing
from weeknotes.updates.templates import UpdateTemplate

pytestmark = pytest.mark.django_db

PAGE = "/digests/2026-05-18/"
KILOBYTE = 1024


def publish_some(count: int) -> Digest:
    """A digest of the note and so many updates of projects."""
    digest = open_digest()
    write_note(digest)
    for _ in range(count):
        hand_in(digest, ProjectFactory(), rag=Rag(colour=RagColour.AMBER))
    put_out(digest)
    return digest


def test_editors_alone_are_led_to_the_desk(as_reader: Client) -> None:
    publish_some(1)
    as_editor = Client()
    as_editor.force_login(editor())

    links = [read(one.get(PAGE)).select(".to-desk a") for one in (as_reader, as_editor)]

    assert [[(link["href"], link.text) for link in found] for found in links] == [
        [],
        [("/desk/2026-05-18/", "Correct or withdraw it on the desk")],
    ]


@pytest.mark.parametrize("is_another", [True, False])
def test_what_a_process_keeps_is_of_one_publication(as_reader: Client, is_another: bool) -> None:
    """After a restore another may have its id; with the same moment, the control, it is missed."""
    publish_some(0)
    etag = [as_reader.get(path) for path in ("/", "/digests/", PAGE)][-1]["ETag"]
    one = Publication.objects.get()
    later = one.published_at + timedelta(minutes=int(is_another))
    first, second = one.body["opening"]
    body = {**one.body, "opening": [first, f"{second}<p>Another one.</p>"]}
    content = {**one.content, "title": "Another one"}
    Publication.objects.update(published_at=later, body=body, content=content)
    Digest.objects.update(version=F("version") + int(is_another))

    pages = [as_reader.get(path) for path in ("/", "/digests/")]
    pages.append(as_reader.get(PAGE, headers={"If-None-Match": etag}))

    assert ["Another one" in spoken(read(page)) for page in pages] == [is_another] * 3


def test_whoever_becomes_an_editor_gets_another_page(as_reader: Client) -> None:
    publish_some(1)
    etag = as_reader.get(PAGE)["ETag"]
    RoleGrantFactory(person=User.objects.get(forename="Rhea"))

    answer = as_reader.get(PAGE, headers={"If-None-Match": etag})

    assert (answer.status_code, len(read(answer).select(".to-desk"))) == (200, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_page_costs_at_most_five_queries(
    as_reader: Client, count: int, django_assert_num_queries: Any
) -> None:
    digest = publish_some(count)
    for update in digest.updates.all():
        react(target=update, kind="like", by=editor())

    with django_assert_num_queries(5):
        page = read(as_reader.get(PAGE))

    assert len(page.select("article")) == count + 1


def test_note_alone_is_a_digest(as_reader: Client) -> None:
    publish_some(0)

    page = read(as_reader.get(PAGE))

    assert headings(page.main) == [
        "h1 Weeknotes for 11 to 15 May 2026",
        "h2 In this digest",
        "h2 Director’s weeknote",
        "h2 That is all",
    ]


def test_empty_note_is_left_away(as_reader: Client) -> None:
    digest = open_digest()
    write_note(digest, "")
    hand_in(digest, TeamFactory(name="Web"))
    put_out(digest, title="Waffles", summary="And diaries.")

    page = read(as_reader.get(PAGE))

    assert [article["id"] for article in page.select("article")] == ["team-web"]
    assert spoken(page.select_one(".standfirst")) == "And diaries."
    assert spoken(page.title) == "Waffles: 11 to 15 May 2026 - DDaT Weeknotes"


def test_days_in_the_title_are_not_said_twice(as_reader: Client) -> None:
    publish_some(0)

    page = read(as_reader.get(PAGE))

    assert spoken(page.title) == "Weeknotes for 11 to 15 May 2026 - DDaT Weeknotes"


@pytest.mark.parametrize("slug", ["2026-05-25", "2026-05-18x", "x"])
def test_what_is_not_published_does_not_exist(as_reader: Client, slug: str) -> None:
    hand_in(open_digest(weeks=1), TeamFactory())

    assert as_reader.get(f"/digests/{slug}/").status_code == 404


def test_nobody_reads_without_signing_in(client: Client) -> None:
    publish_some(0)

    response = client.get(PAGE)

    assert response.url == f"/account/sign-in/?next={PAGE}"


def test_page_is_only_read(as_reader: Client) -> None:
    publish_some(0)

    answers = [getattr(as_reader, method)(PAGE) for method in ("post", "put", "delete")]

    assert [answer.status_code for answer in answers] == [405, 405, 405]


def test_links_within_the_page_lead_somewhere(as_reader: Client) -> None:
    publish_some(3)
    page = read(as_reader.get(PAGE))

    links = [link["href"][1:] for link in page.select("a[href^='#']")]
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert [anchor for anchor in links if anchor not in ids] == []
    assert sorted(ids) == sorted(set(ids))


def test_days_are_said_with_time(as_reader: Client) -> None:
    publish_some(0)
    page = read(as_reader.get(PAGE))

    assert [(tag["datetime"], tag.text) for tag in page.select(".mast time")] == [
        ("2026-05-11", "11"),
        ("2026-05-15", "15 May 2026"),
        ("2026-05-18T08:00:00+00:00", "18 May"),
    ]
    assert spoken(page.select_one(".end .meta")) == (
        "Composed and published by Di Rector on Monday 18 May at 9am."
    )


def test_page_is_in_british_english_with_one_first_heading(as_reader: Client) -> None:
    publish_some(1)
    page = read(as_reader.get(PAGE))

    assert page.html["lang"] == "en-GB"
    assert [heading[:3] for heading in headings(page)].count("h1 ") == 1


def test_no_level_is_skipped_whatever_was_typed(as_reader: Client) -> None:
    digest = open_digest()
    typed = "##### Deep\n- a\n# Top\nwords\n###### Deepest"
    groups = (Group(heading="A group", items=(Item(text="a"),)),)
    for heading in ("", "A heading"):
        writing.submit(
            digest=digest,
            subject=TeamFactory(),
            document=Document(
                sections=(
                    TextSection(heading=heading, text=typed),
                    OutcomesSection(heading=heading, before=typed, after=typed, groups=groups),
                )
            ),
            version=0,
            by=editor(),
        )
    put_out(digest)

    page = read(as_reader.get(PAGE))

    assert skipped_levels(page) == []
    assert len(headings(page.main)) == 1 + 1 + 1 + 2 * (1 + 3 + 3 + 3 + 1) + 2


# Frozen


def everything_said() -> Document:
    """A document with everything that names something of the house."""
    product, person = ProductFactory(name="Drupal"), UserFactory(forename="Au", surname="Thor")
    return Document(
        byline=(Byline(name="Au Thor", job_title="Writer", person_id=person.pk),),
        rag=Rag(colour=RagColour.GREEN, words="on track"),
        sections=(
            *saying("Words.").sections,
            *(
                kind(heading=name, before="Before.")
                for name, kind in KINDS.items()
                if name != "text"
            ),
            TextSection(text="About it.", product_id=product.pk, product_name="Drupal"),
        ),
    )


def without_tokens(html: bytes) -> bytes:
    """The page's own part, without what is made anew for each request."""
    body = html[html.index(b"<main") : html.index(b"</main>")]
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)


def test_published_page_never_changes(as_reader: Client) -> None:
    digest = open_digest()
    write_note(digest)
    UpdateTemplate.objects.create(name="Project", starts="projects").sections.create(kind="text")
    quiet = Document(no_update=NoUpdate(lines="Waiting.", heading="Summary", returns="June"))
    for subject, document in (
        (ProjectFactory(name="Frontline", code="PR1"), everything_said()),
        (TeamFactory(name="Web"), saying("Words.")),
        (ProjectFactory(name="Purview"), quiet),
    ):
        writing.submit(digest=digest, subject=subject, document=document, version=0, by=editor())
    put_out(digest)
    before = without_tokens(as_reader.get(PAGE).content)

    for project in Project.objects.all():
        project.close(by=editor())
    Product.objects.update(name="Renamed")
    Project.objects.update(name="Renamed", code="X")
    Team.objects.update(name="Renamed", short_name="R", house_order=1)
    for person in User.objects.exclude(surname="Der"):
        User.objects.filter(pk=person.pk).update(
            forename="Renamed", surname="Leaver", job_title="Gone", leaves_on=clock.today()
        )
    UpdateTemplate.objects.all().delete()

    assert without_tokens(as_reader.get(PAGE).content) == before
    assert before.count(b"Renamed") == 0


def test_page_is_joined_of_the_frozen_pieces(as_reader: Client) -> None:
    digest = publish_some(2)
    body = digest.publications.get().body

    html = as_reader.get(PAGE).content.decode()

    places = [
        html.index(piece) for piece in [*body["opening"], *(p["html"] for p in body["pieces"])]
    ]
    assert places == sorted(places)


# Weight


@pytest.fixture
def full(client: Client, settings: Any, demo: None) -> bytes:
    settings.DEMO = True
    client.force_login(User.objects.get(email="director@ddat.example"))
    return client.get(PAGE).content


def test_full_digest_is_light(full: bytes) -> None:
    assert len(gzip.compress(full, 6)) <= 11 * KILOBYTE


def test_first_view_is_light_and_of_our_own_host(full: bytes) -> None:
    page = BeautifulSoup(full, "html.parser")
    linked = [tag["href"] for tag in page.select("link[href]")]
    linked += [tag["src"] for tag in page.select("[src]")]

    files = [Path(finders.find(address.removeprefix("/static/"))) for address in linked]
    sizes = [len(gzip.compress(path.read_bytes(), 6)) for path in files]
    assert [address for address in linked if not address.startswith("/static/")] == []
    assert len(linked) + 1 <= 6
    assert len(gzip.compress(full, 6)) + sum(sizes) <= 60 * KILOBYTE


def test_reading_needs_neither_htmx_nor_the_scripts_of_govuk(full: bytes) -> None:
    assert re.findall(rb"htmx|govuk-frontend[\w.]*\.js", full) == []
