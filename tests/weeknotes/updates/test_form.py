"""The form of an update: opened, saved, previewed, handed in."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from people.models import User
from tests.factories import UserFactory
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.updates.pen import Pen, everything
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import editor, put_out, saying, write_note
from weeknotes.content.document import Byline, Document
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Revision, Update

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(response: object) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def buttons(sheet: Sheet) -> list[str]:
    return [spoken(tag) for tag in sheet.page.select(".savebar button")]


def test_form_opens_with_the_sections_of_the_template(sheet: Sheet, writer: User) -> None:
    shown = [spoken(tag) for tag in sheet.page.select("form.sheet .section > .ends > h2")]

    assert sheet.order == "s0:outcomes,s1:plans,s2:risks"
    assert shown == ["Key outcomes", "Looking ahead", "Risks and issues"]
    assert [sheet.fields[f"s{n}-heading"] for n in range(3)] == [
        "Key outcomes",
        "Looking ahead",
        "",
    ]
    assert sheet.fields["heading"] == "PR1 Frontline Services"
    assert sheet.fields["byline"] == "Wren Writer, Project manager"
    assert sheet.fields["version"] == "0"


def test_opening_saves_nothing(sheet: Sheet) -> None:
    assert (Update.objects.count(), Revision.objects.count()) == (0, 0)


def test_page_says_what_it_is_and_when_it_is_due(sheet: Sheet) -> None:
    assert headings(sheet.page)[0] == "h1 PR1 Frontline Services"
    assert spoken(sheet.page.select_one(".head .meta")) == (
        "Due Friday 15 May at 11am Everyone in the directorate can read it once it is published"
    )
    assert spoken(sheet.page.select_one(".savebar [role=status]")) == "Nothing saved yet"
    assert skipped_levels(sheet.page) == []


def test_page_has_its_five_buttons(sheet: Sheet) -> None:
    assert buttons(sheet) == [
        *("Save draft", "Preview", "No update this week", "Submit update"),
    ]


def test_every_field_has_a_label(sheet: Sheet) -> None:
    for kind in ("text", "metrics", "counts", "workstreams", "dates", "thanks"):
        sheet.add(kind)

    labelled = {label["for"] for label in sheet.page.select("label[for]")}
    controls = sheet.page.select(
        "form.sheet select, form.sheet textarea, form.sheet input:not([type=hidden])"
    )

    assert [tag["name"] for tag in controls if tag.get("id") not in labelled] == []
    ids = [tag["id"] for tag in sheet.page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_saving_keeps_what_was_typed(sheet: Sheet, writer: User) -> None:
    response = sheet.press("save", s0__lines="- Met the residents\r\n- Tender: paused")

    update = Update.objects.get()
    document = update.latest.document
    assert (response.status_code, response.url) == (302, sheet.address)
    assert said(response) == ["PR1 Frontline Services: saved."]
    assert update.state == "draft"
    assert [item.text for item in document.sections[0].groups[0].items] == [
        "Met the residents",
        "Tender: paused",
    ]
    assert document.byline == (
        Byline(name="Wren Writer", job_title="Project manager", person_id=writer.pk),
    )


def test_saved_form_opens_as_it_was_saved(sheet: Sheet) -> None:
    sheet.press("save", s0__lines="Met the residents", s2__nil_return="Nothing new")

    sheet.open()

    assert sheet.fields["s0-lines"] == "- Met the residents"
    assert sheet.fields["s2-nil_return"] == "Nothing new"
    assert sheet.fields["version"] == "1"
    assert spoken(sheet.page.select_one(".savebar [role=status]")) == "Saved 9:12am"


def test_saving_twice_from_one_page_is_a_success(sheet: Sheet) -> None:
    first = sheet.press("save", s0__lines="Met the residents")
    second = sheet.press("save")

    assert [first.status_code, second.status_code] == [302, 302]
    assert Update.objects.get().version == 1


def test_enter_in_a_field_saves(sheet: Sheet) -> None:
    """The first button of the form is the one that Enter presses."""
    first = sheet.page.select_one("form.sheet button")

    assert (first["name"], first["value"]) == ("do", "save")


def test_a_form_without_a_button_saves(sheet: Sheet) -> None:
    response = sheet.client.post(sheet.address, sheet.fields)

    assert (response.status_code, Update.objects.get().state) == (302, "draft")


def test_preview_saves_and_shows_it_as_it_will_read(sheet: Sheet) -> None:
    response = sheet.press("preview", s0__lines="Met the residents")

    page = read(sheet.client.get(response.url))
    assert response.url == f"{sheet.address}preview/"
    assert headings(page.main) == [
        "h1 PR1 Frontline Services",
        "h2 PR1 Frontline Services",
        "h3 Key outcomes",
    ]
    assert [spoken(tag) for tag in page.select("article li")] == ["Met the residents"]
    assert spoken(page.select_one(".head .meta")) == (
        "Draft saved by Wren Writer, Thursday 14 May at 9:12am"
    )


def test_preview_before_anything_is_saved_leads_to_the_form(sheet: Sheet) -> None:
    response = sheet.client.get(f"{sheet.address}preview/")

    assert (response.status_code, response.url) == (302, sheet.address)


def test_submitting_from_the_form(sheet: Sheet) -> None:
    response = sheet.press("submit", s0__lines="Met the residents")

    assert (response.status_code, response.url) == (302, "/updates/")
    assert said(response) == ["PR1 Frontline Services: submitted."]
    assert Update.objects.get().state == "submitted"


def test_submitting_from_the_preview(sheet: Sheet) -> None:
    preview = sheet.press("preview", s0__lines="Met the residents").url
    form = read(sheet.client.get(preview)).select_one(".banner form")
    version = form.select_one("[name=version]")["value"]

    response = sheet.client.post(form["action"], {"version": version})

    assert form["action"] == f"{sheet.address}submission/"
    assert (response.status_code, response.url) == (302, "/updates/")
    assert Update.objects.get().state == "submitted"


def test_submitting_from_the_preview_twice_is_once(sheet: Sheet) -> None:
    sheet.press("preview", s0__lines="Met the residents")
    before = None

    for _ in range(2):
        response = sheet.client.post(f"{sheet.address}submission/", {"version": "1"})
        before = before or everything()

    assert (response.url, said(response)[-1:]) == (
        "/updates/",
        ["PR1 Frontline Services: submitted."],
    )
    assert everything() == before


def test_words_saved_since_the_preview_are_not_submitted(sheet: Sheet, pen: Pen) -> None:
    sheet.press("preview", s0__lines="Met the residents")
    pen.save(saying("Other words."), version=1)
    before = everything()

    for version in ("1", "", "x", "99"):
        response = sheet.client.post(f"{sheet.address}submission/", {"version": version})

        assert (response.url, everything()) == (f"{sheet.address}preview/", before)
        assert said(response)[-1] == "Other words were saved since. This is what is saved now."


def test_nothing_saved_is_not_submitted(sheet: Sheet) -> None:
    response = sheet.client.post(f"{sheet.address}submission/", {"version": "0"})

    assert (response.url, Update.objects.count()) == (sheet.address, 0)


def test_empty_draft_is_not_submitted_from_the_preview(sheet: Sheet, pen: Pen) -> None:
    pen.save(Document(), version=0)

    response = sheet.client.post(f"{sheet.address}submission/", {"version": "1"})

    assert said(response) == ["Write at least one line, or choose No update this week."]
    assert Update.objects.get().state == "draft"


def test_submitted_update_is_shown_and_can_be_taken_back(sheet: Sheet) -> None:
    sheet.press("submit", s0__lines="Met the residents")
    page = read(sheet.client.get(sheet.address))
    form = page.select_one(".banner form")

    response = sheet.client.post(form["action"])

    assert spoken(form.button) == "Take it back to change it"
    assert form["action"] == f"{sheet.address}submission/removal/"
    assert (response.status_code, response.url) == (302, sheet.address)
    assert said(response) == ["PR1 Frontline Services: taken back. You can change it now."]
    assert sheet.open().fields["s0-lines"] == "- Met the residents"


def test_after_composing_starts_nothing_is_taken_back(sheet: Sheet, digest: Digest) -> None:
    sheet.press("submit", s0__lines="Met the residents")
    composing.start_composing(digest=digest, by=editor())
    page = read(sheet.client.get(sheet.address))

    response = sheet.client.post(f"{sheet.address}submission/removal/")

    assert page.select("main form") == []
    assert [message[:22] for message in said(response)] == ["Composing has started,"]
    assert Update.objects.get().state == "submitted"


def test_nothing_saved_is_not_taken_back(sheet: Sheet) -> None:
    response = sheet.client.post(f"{sheet.address}submission/removal/")

    assert (response.url, Update.objects.count()) == (sheet.address, 0)


def test_submitted_update_is_not_changed_by_a_page_left_open(sheet: Sheet) -> None:
    sheet.press("save", s0__lines="Met the residents")
    sheet.open()
    sheet.press("submit")
    before = everything()

    response = sheet.press("save", s0__lines="Something else")

    assert (response.status_code, everything()) == (409, before)


@pytest.mark.parametrize("was_written", [True, False])
def test_published_digest_is_looked_at_only(
    sheet: Sheet, digest: Digest, was_written: bool
) -> None:
    if was_written:
        sheet.press("save", s0__lines="Met the residents")
    write_note(digest)
    put_out(digest)
    before = everything()

    page = read(sheet.client.get(sheet.address))
    response = sheet.press("save", s0__lines="Too late")

    assert page.select("main form") == []
    assert spoken(page.select_one(".banner p")) == (
        "This digest is published, and this update is not in it. "
        "What you write next goes into the next digest."
    )
    assert page.select_one(".banner a")["href"] == "/digests/2026-05-18/"
    assert spoken(page.select_one(".head .meta"))[:11] == (
        "Draft saved" if was_written else "Nothing was"
    )
    assert (response.status_code, everything()) == (422, before)
    assert sheet.fields["s0-lines"] == "Too late"


def test_to_others_it_does_not_exist(sheet: Sheet, client: Client) -> None:
    sheet.press("save", s0__lines="Met the residents")
    before = everything()
    client.force_login(UserFactory())
    nowhere = sheet.address.replace("frontline", "x")

    for path in ("", "preview/", "no-update/"):
        assert client.get(sheet.address + path).status_code == 404
        assert client.get(nowhere + path).status_code == 404
    for path in ("", "no-update/", "submission/", "submission/removal/"):
        assert client.post(sheet.address + path).status_code == 404
        assert client.post(nowhere + path).status_code == 404

    assert everything() == before


def test_other_addresses_do_not_exist(sheet: Sheet) -> None:
    for path in (
        "/updates/2026-05-19/projects/frontline-services/",
        "/updates/2026-05-18/teams/frontline-services/",
        "/updates/2026-05-18/people/frontline-services/",
    ):
        assert sheet.client.get(path).status_code == 404


def test_get_hands_nothing_in_and_takes_nothing_back(sheet: Sheet) -> None:
    for path in ("submission/", "submission/removal/"):
        assert sheet.client.get(sheet.address + path).status_code == 405


def test_team_is_not_rated(as_writer: Client, digest: Digest, team: object) -> None:
    sheet = Sheet(as_writer, "/updates/2026-05-18/teams/web/")

    assert [name for name in sheet.fields if name.startswith("rag")] == []
    assert sheet.order == "s0:text"
