"""Starting, moving and placing by the desk's buttons, and reading one update."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from people.models import User
from tests.factories import ProjectFactory, RoleGrantFactory, TeamFactory, UserFactory
from tests.weeknotes.browse import read, sent_by, spoken
from tests.weeknotes.week import THURSDAY, editor, hand_in, open_digest, put_out, saying, write_note
from weeknotes.desk import composing, moving
from weeknotes.desk.models import Decision
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


def seen(**sent: str) -> dict[str, Any]:
    """What a button sends from a desk just read."""
    return {"seen": Digest.objects.get().version, **sent}


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

    response = as_editor.post(f"{WEB}position/", seen(after="project-data"))

    assert response.url == f"{ADDRESS}#o-team-web"
    assert order() == ["project-data", "team-web"]
    assert flash(as_editor, response) == ("success", "Web moved to position 3 of 3")


def test_leaving_out_and_including_say_so(as_editor: Client, composed: Digest) -> None:
    left_out = as_editor.post(f"{WEB}decision/", seen(decision="left_out"))

    assert order() == ["project-data"]
    assert flash(as_editor, left_out) == ("success", "Web is left out")

    included = as_editor.post(f"{WEB}decision/", seen(decision="included"))

    assert order() == ["project-data", "team-web"]
    assert flash(as_editor, included) == ("success", "Web is included at position 2 of 2")


@pytest.mark.parametrize(
    ("page", "sent"),
    [("position", {"before": "project-data"}), ("decision", {"decision": "included"})],
)
def test_refusals_are_said_on_the_desk(
    as_editor: Client, digest: Digest, page: str, sent: dict
) -> None:
    response = as_editor.post(f"{WEB}{page}/", seen(**sent))

    assert response.url == f"{ADDRESS}#o-team-web"
    assert flash(as_editor, response) == (
        "error",
        "Start composing first: then updates can be placed.",
    )
    assert order() == []


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("position", {"seen": 9}),
        ("position", {"after": "project-data"}),
        ("position", {"after": "project-data", "seen": "soon"}),
        ("position", {"after": "project-data", "seen": "-1"}),
        ("position", {"after": "project-data", "seen": "9" * 10_000}),
        ("position", {"after": "project-data", "before": "project-data", "seen": 9}),
        ("position", {"after": "\x00", "seen": 9}),
        ("decision", {"seen": 9}),
        ("decision", {"decision": "left_out"}),
        ("decision", {"decision": "nowhere", "seen": 9}),
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
    sent = {"before": "team-web", "decision": "included", "seen": 9}

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
        "You can include it or leave it out once composing has started. Edit Return with a question"
    )
    assert page.select("main button") == []


@pytest.mark.parametrize(
    ("decision", "words", "pressed"),
    [
        ("", "It is new, and not in the digest yet.", ["false", "false", "false"]),
        ("included", "It is in the digest.", ["true", "false", "false"]),
        ("left_out", "It is left out. Its words are kept.", ["false", "true", "false"]),
        (
            "held",
            "It is held over: not in this digest, but in the next, where you can edit it.",
            ["false", "false", "true"],
        ),
    ],
)
def test_one_update_is_placed_where_it_is_read(
    as_editor: Client, composed: Digest, decision: str, words: str, pressed: list
) -> None:
    hand_in(composed, TeamFactory(name="Late"))
    address = f"{ADDRESS}updates/team-late/"
    if decision:
        as_editor.post(f"{address}decision/", seen(decision=decision))

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

    assert client.post(form["action"], seen(after="project-data")).status_code == 403
    sent = seen(after="project-data", csrfmiddlewaretoken=token)
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


@pytest.fixture
def bea(composed: Digest) -> User:
    """The other editor."""
    person = UserFactory(forename="Bea", surname="<b>Long</b>")
    return RoleGrantFactory(person=person, role="editor").person


def test_opposite_decision_is_told_and_can_be_made_knowingly(
    as_editor: Client, composed: Digest, bea: User, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    sent = seen(decision="included")
    web = composed.updates.get(team__name="Web")
    composing.decide(digest=composed, update=web, decision=Decision.LEFT_OUT, by=bea)

    response = as_editor.post(f"{WEB}decision/", sent)

    told = read(response).select_one("#desk-told")
    assert response.status_code == 409
    assert order() == ["project-data"]
    assert [spoken(words) for words in told.select("h2, li, button")] == [
        "Not done: already decided",
        "Bea <b>Long</b> left out Web at 9:12am.",
        "Include it all the same",
    ]
    assert told.select_one("[name=seen]")["value"] == str(Digest.objects.get().version)

    assert as_editor.post(told.form["action"], sent_by(told, "form")).status_code == 400
    again = {**sent_by(told, "form"), "decision": told.button["value"]}
    assert as_editor.post(told.form["action"], again).url == f"{ADDRESS}#o-team-web"
    assert order() == ["project-data", "team-web"]


def test_move_that_would_undo_anothers_is_told_on_the_desk_as_it_is(
    as_editor: Client, composed: Digest, bea: User, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    late = hand_in(composed, TeamFactory(name="Late"))
    composing.decide(digest=composed, update=late, decision=Decision.INCLUDED, by=bea)
    sent = seen(after="project-data")
    data = composed.updates.get(project__name="Data")
    moving.move(digest=composed, update=data, side="after", other=late, by=bea)

    response = as_editor.post(f"{WEB}position/", sent)

    page = read(response)
    assert response.status_code == 409
    assert [spoken(words) for words in page.select("#desk-told :is(h2, li, button)")] == [
        "Not moved: the order changed",
        "Bea <b>Long</b> moved Data at 9:12am.",
    ]
    assert [row["id"] for row in page.select(".order li")][1:] == [
        "o-team-web",
        "o-team-late",
        "o-project-data",
    ]
    assert page.title.string.strip().startswith("Error: ")
    assert {tag["value"] for tag in page.select("[name=seen]")} == {
        str(Digest.objects.get().version)
    }


def test_what_others_did_elsewhere_is_told_after_a_move(
    as_editor: Client, composed: Digest, bea: User, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    sent = seen(after="project-data")
    updates = [hand_in(composed, TeamFactory(name=f"Late {n}")) for n in range(7)]
    for update in updates:
        composing.decide(digest=composed, update=update, decision=Decision.INCLUDED, by=bea)

    response = as_editor.post(f"{WEB}position/", sent)

    assert flash(as_editor, response) == (
        "success",
        "Web moved to position 2 of 9. Meanwhile: "
        + " ".join(f"Bea <b>Long</b> included Late {n} at 9:12am." for n in range(2, 7))
        + " And 2 more.",
    )


def test_move_beside_what_is_gone_is_told(as_editor: Client, composed: Digest) -> None:
    response = as_editor.post(f"{WEB}position/", seen(after="team-gone"))

    assert flash(as_editor, response) == (
        "error",
        "The update beside it is no longer in the digest.",
    )


def test_who_starts_second_is_told_who_was_first(
    as_editor: Client, digest: Digest, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    person = RoleGrantFactory(person=UserFactory(forename="Bea", surname="Long"), role="editor")
    composing.start_composing(digest=digest, by=person.person)

    response = as_editor.post(f"{ADDRESS}composing/")

    assert flash(as_editor, response) == (
        "success",
        "Bea Long started composing at 9:12am. Updates are in their usual order.",
    )


@pytest.mark.parametrize("count", [1, 30])
def test_moving_costs_the_same_however_many(
    as_editor: Client, composed: Digest, bea: User, count: int, django_assert_num_queries: Any
) -> None:
    stale = seen(before="team-web")
    for update in [hand_in(composed, TeamFactory()) for _ in range(count)]:
        composing.decide(digest=composed, update=update, decision=Decision.INCLUDED, by=bea)
    data = composed.updates.get(project__name="Data")
    moving.move(digest=composed, update=data, side="after", other=update, by=bea)

    with django_assert_num_queries(26):
        assert as_editor.post(f"{ADDRESS}updates/project-data/position/", stale).status_code == 409
    with django_assert_num_queries(22):
        as_editor.post(f"{ADDRESS}updates/project-data/position/", seen(before="team-web"))
