"""An editor edits what was handed in: the writers' words are kept, and they see what changed."""

from typing import Any

import pytest
from django.test import Client

from people.models import Event, User
from projects.models import Project
from tests.factories import RoleGrantFactory, UserFactory
from tests.weeknotes.desk.edits import (
    EDITED,
    LATER,
    TYPED,
    address_of,
    edited,
    everything,
    form,
    parsed,
)
from tests.weeknotes.week import (
    DEADLINE,
    THURSDAY,
    editor,
    hand_in,
    open_digest,
    project_of,
    put_out,
    saying,
)
from weeknotes.content.document import Document
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.updates import writing
from weeknotes.updates.edits import edit, edits_of
from weeknotes.updates.models import EditKind, Update
from weeknotes.updates.returning import return_to_writers
from weeknotes.updates.starting import starting_document
from weeknotes.updates.writing import SavedSince, WritingRefused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(time_machine: Any) -> None:
    time_machine.move_to(THURSDAY, tick=False)


@pytest.fixture
def writer(db: None) -> User:
    return UserFactory(forename="Wren", surname="Writer")


@pytest.fixture
def project(writer: User) -> Project:
    return project_of(writer, name="Frontline")


@pytest.fixture
def digest(db: None) -> Digest:
    return open_digest()


@pytest.fixture
def update(digest: Digest, project: Project, writer: User) -> Update:
    """Handed in by its writer on Thursday morning."""
    words = {"digest": digest, "subject": project, "document": saying(TYPED)}
    return writing.submit(**words, version=0, by=writer, at=THURSDAY)


def test_an_edit_is_a_revision_beside_the_writers_own(update: Update, writer: User) -> None:
    before = update.revisions.values().get()

    edited(update)

    assert update.revisions.values().get(number=1) == before
    assert (update.state, update.version) == ("submitted", 3)
    after = update.latest
    assert (after.number, after.cause, after.document) == (2, "edited", saying(EDITED))
    assert (after.edit_kind, after.reason) == ("substance", "It is number 14.")
    assert (after.made_by, after.made_at) == (editor(), LATER)
    assert (after.sealed_by, after.sealed_at) == (editor(), LATER)
    assert update.original == update.revisions.get(number=1)
    last = Event.objects.filter(kind="update").latest("pk")
    assert (last.by, last.verb, last.name, last.at) == (editor(), "edited", str(update), LATER)


@pytest.mark.parametrize("then", ["", "taken back", "returned"])
def test_the_same_words_again_are_one_edit(update: Update, writer: User, then: str) -> None:
    stale = Update.objects.get()
    edited(update)
    if then == "taken back":
        writing.take_back(update=update, by=writer)
    elif then:
        return_to_writers(update=update, question="Which?", version=update.version, by=editor())
    before = everything()

    edited(stale, version=2, reason="Another reason.")

    assert everything() == before


def test_an_edit_of_words_that_changed_since_is_refused(update: Update) -> None:
    edited(update)
    before = everything()

    with pytest.raises(SavedSince, match="You edited it on Thursday 14 May at 10:12am"):
        edited(update, "Other words.", version=2)

    assert everything() == before


def test_what_was_taken_back_is_not_edited(update: Update, writer: User) -> None:
    writing.take_back(update=update, by=writer)
    before = everything()

    with pytest.raises(WritingRefused, match="no longer as it was submitted"):
        edited(update)

    assert everything() == before


def test_what_is_published_is_not_edited(update: Update, digest: Digest) -> None:
    put_out(digest)
    before = everything()

    with pytest.raises(WritingRefused, match="This digest is published"):
        edited(update)

    assert everything() == before


def test_an_edit_leaves_at_least_one_line(update: Update) -> None:
    before = everything()

    with pytest.raises(WritingRefused, match="at least one line"):
        edit(
            digest=update.digest,
            update=update,
            document=Document(),
            version=update.version,
            kind=EditKind.TYPO,
            reason="All of it.",
            by=editor(),
        )

    assert everything() == before


def test_what_prints_is_the_edit(update: Update, digest: Digest) -> None:
    edited(update)
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    (piece,) = compose_article(digest).pieces
    assert piece.document == saying(EDITED)

    edited(update, "Edited again.")

    (piece,) = compose_article(digest).pieces
    assert (piece.revision.number, piece.document) == (3, saying("Edited again."))


def test_taking_back_goes_on_from_the_edited_words(update: Update, writer: User) -> None:
    edited(update)

    writing.take_back(update=update, by=writer)
    again = update.latest

    assert (again.cause, again.document) == ("taken_back", saying(EDITED))
    assert edits_of(update)[0].before.document == saying(TYPED)


def test_submitting_once_more_after_an_edit_is_one_submission(
    update: Update, project: Project, writer: User
) -> None:
    edited(update)
    before = everything()

    again = writing.submit(
        digest=update.digest, subject=project, document=saying(TYPED), version=0, by=writer
    )

    assert (again.state, everything()) == ("submitted", before)


def test_next_weeks_byline_is_the_writers_though_an_editor_edited(
    digest: Digest, project: Project, writer: User
) -> None:
    update = writing.submit(
        digest=digest, subject=project, document=saying(TYPED), version=0, by=writer, at=THURSDAY
    )
    edited(update)
    composing.start_composing(digest=digest, by=editor())

    start = starting_document(subject=project, digest=open_digest(weeks=1), person=writer)

    assert start.byline == ()


def test_the_form_shows_what_was_handed_in(as_editor: Client, update: Update) -> None:
    page = parsed(as_editor.get(address_of(update)))

    assert page.select_one("[name=s0-text]").get_text(strip=True) == TYPED
    assert page.select_one("[name=version]")["value"] == str(update.version)
    assert page.select("button[value=submit], button[value=preview]") == []


def test_pressing_save_edits_and_shows_what_changed(as_editor: Client, update: Update) -> None:
    answers = [as_editor.post(address_of(update), form(update)) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [
        (302, address_of(update, page=""))
    ] * 2
    assert update.revisions.count() == 2
    page = parsed(as_editor.get(answers[0]["Location"]))
    assert page.select_one("#edits-h + p").get_text(strip=True) == (
        "Edited by Di Rector, Thursday 14 May at 9:12am. Typo: It is number 14."
    )
    assert [page.select_one(f".diff {tag}").get_text() for tag in ("del", "ins")] == [
        "[removed: 12] ",
        "[added: 14] ",
    ]


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ({"edit_kind": ""}, "Choose whether you changed a typo or substance"),
        ({"edit_kind": "other"}, "Choose whether you changed a typo or substance"),
        ({"reason": " \x00"}, "Enter why you changed it"),
        ({"reason": "x" * 501}, "Shorten “Why?” to 500 characters. It has 501 now."),
        ({"s0-text": ""}, "Write at least one line, or choose No update this week."),
    ],
)
def test_an_edit_says_what_sort_it_is_and_why(
    as_editor: Client, update: Update, missing: dict[str, str], message: str
) -> None:
    before = everything()

    response = as_editor.post(address_of(update), form(update, **missing))

    page = parsed(response)
    assert (response.status_code, everything()) == (422, before)
    assert [link.get_text() for link in page.select(".govuk-error-summary a")] == [message]
    for link in page.select(".govuk-error-summary a"):
        assert page.find(id=link["href"].removeprefix("#"))


def test_adding_a_section_keeps_the_reason(as_editor: Client, update: Update) -> None:
    sent = form(update, do="add", add_kind="risks", edit_kind="substance", reason="<b>Why</b>")

    page = parsed(as_editor.post(address_of(update), sent))

    assert page.select_one("[name=reason]")["value"] == "<b>Why</b>"
    assert page.select_one("[name=edit_kind][checked]")["value"] == "substance"
    assert page.select_one("[name=sections]")["value"] == "s0:text,s1:risks"


def test_two_editors_at_once_choose_what_to_keep(as_editor: Client, update: Update) -> None:
    other = UserFactory(forename="Ed", surname="Itor")
    seen = form(update, "We met residents.", reason="Shorter.")
    edited(update, by=other)
    before = everything()

    response = as_editor.post(address_of(update), seen)

    page = parsed(response)
    assert (response.status_code, everything()) == (409, before)
    assert "Ed Itor edited it on Thursday 14 May at 10:12am" in page.get_text(" ", strip=True)
    sent = {one["name"]: one["value"] for one in page.select("form.settle input[type=hidden]")}
    settled = as_editor.post(address_of(update), {**sent, "keep-part0": "mine", "do": "save"})
    assert settled.status_code == 302
    latest = Update.objects.get().latest
    assert (latest.number, latest.document) == (3, saying("We met residents."))
    assert (latest.edit_kind, latest.reason) == ("typo", "Shorter.")


def test_what_was_taken_back_meanwhile_keeps_the_words_of_the_edit(
    as_editor: Client, update: Update, project: Project, writer: User
) -> None:
    sent = form(update)
    writing.take_back(update=update, by=writer)
    secret = saying("Not for editors yet.")
    writing.save_draft(
        digest=update.digest, subject=project, document=secret, version=update.version, by=writer
    )

    response = as_editor.post(address_of(update), sent)

    page = parsed(response)
    assert response.status_code == 422
    assert page.select_one("[name=s0-text]").get_text(strip=True) == EDITED
    assert "Not for editors yet." not in response.content.decode()
    assert [link.text.strip() for link in page.select(".back a, .savebar a")] == [
        "The desk",
        "Go to the desk",
    ]
    assert as_editor.get(address_of(update)).status_code == 404


def test_an_edit_that_comes_after_publication_is_told(
    as_editor: Client, update: Update, digest: Digest
) -> None:
    sent = form(update)
    put_out(digest)

    response = as_editor.post(address_of(update), sent)

    page = parsed(response)
    assert response.status_code == 422
    assert page.select_one(".govuk-error-summary a").get_text() == (
        "This digest is published. It can no longer be edited, only corrected."
    )
    assert page.select_one("[name=s0-text]").get_text(strip=True) == EDITED
    assert as_editor.get(address_of(update))["Location"] == address_of(update, page="")


def test_the_desk_says_by_whom_it_was_edited(
    as_editor: Client, update: Update, digest: Digest, writer: User
) -> None:
    hand_in(digest, project_of(writer, name="Other"))
    edited(update)
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)

    page = parsed(as_editor.get(f"/desk/{digest.slug}/"))

    told = [bdi.get_text() for bdi in page.select(".was bdi")]
    assert told == ["edited by Di Rector"]


def test_its_writer_sees_what_was_changed_by_whom_and_why(
    client: Client, update: Update, writer: User
) -> None:
    edited(update, reason="<b>14</b> & not 12")
    client.force_login(writer)

    page = parsed(client.get(update.address))

    said = "Edited by Di Rector, Thursday 14 May at 10:12am. Substance: <b>14</b> & not 12"
    assert page.select_one("#edits-h + p").get_text(strip=True) == said
    assert page.select_one(".diff del").get_text() == "[removed: 12] "
    assert page.select_one(".head .meta").get_text(strip=True).startswith("Submitted by Wren")
    assert page.select_one(".updates").get_text(" ", strip=True).endswith(EDITED)


@pytest.mark.parametrize("is_published", [False, True])
def test_mine_this_week_has_a_line_of_it(
    client: Client, update: Update, writer: User, is_published: bool
) -> None:
    edited(update)
    if is_published:
        put_out(update.digest)
    client.force_login(writer)

    page = parsed(client.get("/updates/"))

    lines = [line.get_text(" ", strip=True) for line in page.select(".was[dir=auto]")]
    assert [line.removesuffix(" See what changed in Frontline") for line in lines] == [
        "Edited by Di Rector, Thursday 14 May at 10:12am. Substance: It is number 14."
    ]


def test_once_it_is_handed_in_again_old_edits_are_history(
    update: Update, project: Project, writer: User
) -> None:
    edited(update)
    writing.take_back(update=update, by=writer)

    writing.submit(
        digest=update.digest,
        subject=project,
        document=saying("New."),
        version=update.version,
        by=writer,
    )

    assert edits_of(Update.objects.get()) == []


def test_two_editors_see_each_other_and_not_its_writers(
    as_editor: Client, client: Client, update: Update, writer: User
) -> None:
    other = UserFactory(forename="Ed", surname="Itor")
    RoleGrantFactory(person=other, role="editor")
    second, writing_now = Client(), Client()
    second.force_login(other)
    writing_now.force_login(writer)
    as_editor.post(address_of(update, "edit/presence/"))
    writing_now.post(f"{update.address}presence/")

    seen = second.post(address_of(update, "edit/presence/")).content.decode()

    assert seen == "Di Rector is also editing, since 9:12am."
    second.post(address_of(update), form(update))
    assert as_editor.post(address_of(update, "edit/presence/")).content == b""
