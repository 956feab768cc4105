"""Starting, moving and placing by the desk's buttons, and reading one update."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import ProjectFactory, TeamFactory
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.week import THURSDAY, editor, hand_in, open_digest, put_out, saying, write_note
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/2026-05-18/"
WEB = f"{ADDRESS}updates/team-web/"


@pytest.fixture
def digest() -> Digest:
    """Two updates are handed in and one is being written."""
    digest = open_digest()
    hand_in(digest, TeamFactory(name="Web", house_order=1), "We met the residents.")
    hand_in(digest, ProjectFactory(name="Data", team=TeamFactory(house_order=2)))
    writing.save_draft(
        digest=digest, subject=TeamFactory(name="Draft"), document=saying(), version=0, by=editor()
    )
    return digest


@pytest.fixture
def composed(digest: Digest) -> Digest:
    composing.start_composing(digest=digest, by=editor())
    return digest


def flash(client: Client, response: HttpResponse) -> tuple[str, str]:
    """How the page that an action leads to says what came of it."""
    message = read(client.get(response.url)).select_one(".flash li")
    return message["class"][0], spoken(message)


def order() -> list[str]:
    return [entry.update.anchor for entry in Digest.objects.get().entries.included()]


def test_starting_gives_everything_its_place(as_editor: Client, digest: Digest) -> None:
    response = as_editor.post(f"{ADDRESS}composing/")

    assert response.url == ADDRESS
    assert order() == ["team-web", "project-data"]
    assert flash(as_editor, response) == (
        "success",
        "Composing has started. Updates are in their usual order.",
    )


def test_starting_twice_is_one_start(as_editor: Client, digest: Digest) -> None:
    as_editor.post(f"{ADDRESS}composing/")
    as_editor.post(f"{ADDRESS}composing/")

    assert order() == ["team-web", "project-data"]


def test_starting_what_is_published_is_refused(as_editor: Client, digest: Digest) -> None:
    put_out(digest)

    response = as_editor.post(f"{ADDRESS}composing/")

    assert flash(as_editor, response)[0] == "error"


def test_moving_leads_back_to_the_row_and_says_where(as_editor: Client, composed: Digest) -> None:
    write_note(composed)

    response = as_editor.post(f"{WEB}position/", {"move": "down"})

    assert response.url == f"{ADDRESS}#o-team-web"
    assert order() == ["project-data", "team-web"]
    assert flash(as_editor, response) == ("success", "Web moved to position 3 of 3")


def test_leaving_out_and_including_say_so(as_editor: Client, composed: Digest) -> None:
    left_out = as_editor.post(f"{WEB}decision/", {"decision": "left_out"})

    assert order() == ["project-data"]
    assert flash(as_editor, left_out) == ("success", "Web is left out")

    included = as_editor.post(f"{WEB}decision/", {"decision": "included"})

    assert order() == ["project-data", "team-web"]
    assert flash(as_editor, included) == ("success", "Web is included at position 2 of 2")


@pytest.mark.parametrize(
    ("page", "sent"), [("position", {"move": "up"}), ("decision", {"decision": "included"})]
)
def test_refusals_are_said_on_the_desk(
    as_editor: Client, digest: Digest, page: str, sent: dict
) -> None:
    response = as_editor.post(f"{WEB}{page}/", sent)

    assert response.url == f"{ADDRESS}#o-team-web"
    assert flash(as_editor, response) == (
        "error",
        "Start composing first: then updates can be placed.",
    )
    assert order() == []


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("position", {}),
        ("position", {"move": "sideways"}),
        ("position", {"move": "\x00"}),
        ("decision", {}),
        ("decision", {"decision": "held"}),
    ],
)
def test_what_is_no_choice_is_a_bad_request(
    as_editor: Client, composed: Digest, page: str, sent: dict
) -> None:
    before = order()

    assert as_editor.post(f"{WEB}{page}/", sent).status_code == 400
    assert order() == before


@pytest.mark.parametrize("anchor", ["note", "team-draft", "team-none", "web", "project-web"])
@pytest.mark.parametrize("page", ["", "position/", "decision/"])
def test_what_was_not_handed_in_is_not_there(
    as_editor: Client, composed: Digest, anchor: str, page: str
) -> None:
    write_note(composed)
    address = f"{ADDRESS}updates/{anchor}/{page}"
    sent = {"move": "up", "decision": "included"}

    response = as_editor.post(address, sent) if page else as_editor.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("address", [f"{ADDRESS}composing/", f"{WEB}position/", f"{WEB}decision/"])
def test_reading_an_action_is_not_possible(as_editor: Client, digest: Digest, address: str) -> None:
    assert as_editor.get(address).status_code == 405
    assert Digest.objects.get().is_collecting


def test_one_update_reads_as_it_will_be_printed(as_editor: Client, digest: Digest) -> None:
    page = read(as_editor.get(WEB))

    assert spoken(page.select_one(".head .meta")) == (
        "Submitted by Di Rector Thursday 14 May at 9:12am 4 words what was published before"
    )
    assert spoken(page.select_one("article h2")) == "Web"
    assert spoken(page.select_one("article .prose")) == "We met the residents."
    assert spoken(page.select_one(".banner")) == (
        "You can include it or leave it out once composing has started."
    )
    assert page.select("main button") == []


@pytest.mark.parametrize(
    ("decision", "words", "pressed"),
    [
        ("", "It is new, and not in the digest yet.", ["false", "false"]),
        ("included", "It is in the digest.", ["true", "false"]),
        ("left_out", "It is left out. Its words are kept.", ["false", "true"]),
    ],
)
def test_one_update_is_placed_where_it_is_read(
    as_editor: Client, composed: Digest, decision: str, words: str, pressed: list
) -> None:
    hand_in(composed, TeamFactory(name="Late"))
    address = f"{ADDRESS}updates/team-late/"
    if decision:
        as_editor.post(f"{address}decision/", {"decision": decision})

    banner = read(as_editor.get(address)).select_one(".banner")

    assert spoken(banner.p) == words
    assert [button["aria-pressed"] for button in banner.select("button")] == pressed


def test_published_update_can_be_read_and_not_placed(as_editor: Client, digest: Digest) -> None:
    put_out(digest)

    page = read(as_editor.get(WEB))

    assert page.select("main button, .banner") == []
    assert spoken(page.select_one("article h2")) == "Web"


def test_buttons_carry_a_token(composed: Digest) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor())
    page = read(client.get(ADDRESS))
    form = page.select_one(f'form[action="{WEB}position/"]')
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]

    assert client.post(form["action"], {"move": "down"}).status_code == 403
    sent = {"move": "down", "csrfmiddlewaretoken": token}
    assert client.post(form["action"], sent).status_code == 302


@pytest.mark.parametrize("form", ["main form"])
@pytest.mark.parametrize("address", [ADDRESS, WEB, f"{ADDRESS}details/", "/desk/new/"])
def test_every_form_that_posts_has_a_token(
    as_editor: Client, composed: Digest, address: str, form: str, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    forms = read(as_editor.get(address)).select(form)

    assert forms
    assert [f for f in forms if not f.select_one("[name=csrfmiddlewaretoken]")["value"]] == []
