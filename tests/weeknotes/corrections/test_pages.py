"""The pages of a correction: what is refused keeps what was typed, and who was first is told."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import RoleGrantFactory, TeamFactory, UserFactory
from tests.weeknotes.browse import dangling, errors_of, read, sent_by, spoken, with_changes
from tests.weeknotes.week import editor, hand_in, open_digest, put_out, saying
from weeknotes.content.document import Document, NoUpdate
from weeknotes.corrections import correcting
from weeknotes.corrections.models import Correction
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication
from weeknotes.publications.withdrawing import restore, withdraw
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

DESK = "/desk/2026-05-18/"
HERE = f"{DESK}correction/"
PREVIEW = f"{HERE}preview/"
PUBLISH = f"{HERE}publication/"
NOTE = "21, not <b>20</b> & no more."


@pytest.fixture
def digest(db: None) -> Digest:
    """Two teams, of which one had no update, out on 18 May."""
    digest = open_digest()
    hand_in(digest, TeamFactory(name="Desk", slug="desk"), "We met 20 people.")
    writing.submit(
        digest=digest,
        subject=TeamFactory(name="Quiet", slug="quiet"),
        document=Document(no_update=NoUpdate(lines="On leave.")),
        version=0,
        by=editor(),
    )
    put_out(digest, title="Waffles")
    return digest


def correct(digest: Digest, words: str = "We met 21 people.", *, version: int = 0) -> Correction:
    """Correct the words of the first update, as another editor."""
    other = UserFactory(forename="Bea", surname="Long")
    RoleGrantFactory(person=other, role="editor")
    correction = correcting.start(digest=digest, by=other)
    update = digest.publications.latest("number").published_updates.get(anchor="team-desk").update
    document = saying(words)
    correcting.save_words(
        correction=correction, update=update, document=document, version=version, by=other
    )
    return correction


def typed(page: BeautifulSoup, **said: str) -> dict[str, str]:
    """What the form above the preview would send."""
    return with_changes(sent_by(page), **said)


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"note": NOTE}, ["Choose whether you corrected a typo or what the digest says"]),
        ({"kind": "substance", "note": " "}, ["Enter what was corrected"]),
        (
            {"kind": "other", "note": "é" * 501},
            [
                "Choose whether you corrected a typo or what the digest says",
                "Shorten it to 500 characters. It has 501 now.",
            ],
        ),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    as_editor: Client, digest: Digest, said: dict[str, str], errors: list[str]
) -> None:
    correct(digest)
    refused = as_editor.post(PUBLISH, typed(read(as_editor.get(PREVIEW)), **said))

    page = read(refused)
    assert refused.status_code == 422
    assert (list(errors_of(page).values()), dangling(page)) == (errors, [])
    assert page.select_one("#id_note")["value"] == said["note"]
    assert Publication.objects.count() == 1


def test_who_previewed_before_another_editor_changed_it_keeps_the_note(
    as_editor: Client, digest: Digest
) -> None:
    correct(digest)
    seen = typed(read(as_editor.get(PREVIEW)), kind="substance", note=NOTE)
    correct(digest, "We met 22 people.", version=1)

    refused = as_editor.post(PUBLISH, seen)

    page = read(refused)
    assert (refused.status_code, Publication.objects.count()) == (409, 1)
    assert page.select_one("#id_note")["value"] == NOTE
    assert page.select_one("[name=kind][checked]")["value"] == "substance"
    assert "We met 22 people." in spoken(page.select_one("article.update"))
    again = as_editor.post(PUBLISH, typed(page, kind="substance"))
    assert (again.status_code, Publication.objects.count()) == (302, 2)
    assert Publication.objects.latest("number").change_note == NOTE


def test_who_publishes_what_was_dropped_is_told_by_whom_and_keeps_the_note(
    as_editor: Client, digest: Digest
) -> None:
    correction = correct(digest)
    seen = typed(read(as_editor.get(PREVIEW)), kind="typo", note=NOTE)
    correcting.drop(correction=correction, by=correction.opened_by)

    refused = as_editor.post(PUBLISH, seen)

    words = [spoken(one) for one in read(refused).select(".trouble p")]
    assert refused.status_code == 409
    assert words[0].startswith("Bea Long dropped this correction on ")
    assert words[0].endswith(" Nothing was published by you.")
    assert words[2] == NOTE
    assert Publication.objects.count() == 1


def test_a_title_changed_by_two_keeps_both(as_editor: Client, digest: Digest) -> None:
    correction = correct(digest)
    mine = sent_by(read(as_editor.get(f"{HERE}title/")))
    correcting.set_details(
        correction=correction, title="Wafers", summary="", version=1, by=correction.opened_by
    )

    refused = as_editor.post(f"{HERE}title/", with_changes(mine, title="Mine & yours"))

    page = read(refused)
    assert refused.status_code == 409
    assert page.select_one("#id_title")["value"] == "Mine & yours"
    assert spoken(page.select_one("[aria-labelledby=now-h] bdi")) == "Wafers"
    assert as_editor.post(f"{HERE}title/", sent_by(page)).url == HERE
    correction.refresh_from_db()
    assert correction.title == "Mine & yours"


def test_the_page_tells_what_changes_in_the_title_and_summary(
    as_editor: Client, digest: Digest
) -> None:
    correction = correct(digest)
    before = [spoken(one) for one in read(as_editor.get(HERE)).select(".changes h3")]
    correcting.set_details(
        correction=correction, title="Wafers", summary="Thin.", version=1, by=correction.opened_by
    )

    changes = read(as_editor.get(HERE)).select_one(".changes")

    assert [spoken(one) for one in changes.select(":scope > h3")] == ["Title", "Summary", *before]
    assert [spoken(one) for one in changes.select(".diff")][1] == "[added: Thin.]"


def test_no_update_has_no_words_to_correct_and_may_be_taken_out(
    as_editor: Client, digest: Digest
) -> None:
    as_editor.post(HERE)
    row = read(as_editor.get(HERE)).select_one("#o-team-quiet")
    assert [link["href"] for link in row.select("a")] == []
    assert spoken(row.select_one(".meta")) == "No update. It can only be taken out"
    assert spoken(read(as_editor.get(HERE)).select_one("#parts-h + p")).endswith(
        "in place of a “no update”, goes into the next digest."
    )
    words = f"{HERE}updates/team-quiet/"
    answers = [as_editor.get(words), as_editor.post(words), as_editor.post(f"{words}presence/")]
    assert [one.status_code for one in answers] == [404, 404, 404]

    correct(digest)
    as_editor.post(PUBLISH, typed(read(as_editor.get(PREVIEW)), kind="typo", note="21."))
    kept = Publication.objects.latest("number").published_updates.get(anchor="team-quiet")
    assert kept.is_no_update
    as_editor.post(HERE)
    as_editor.post(f"{words}removal/", {"out": "yes"})
    as_editor.post(PUBLISH, typed(read(as_editor.get(PREVIEW)), kind="typo", note="Not needed."))
    last = Publication.objects.latest("number").published_updates
    assert list(last.values_list("anchor", flat=True)) == ["team-desk"]


def test_who_has_an_old_page_of_a_closed_correction_is_led_to_the_desk(
    as_editor: Client, digest: Digest
) -> None:
    assert as_editor.get(HERE).status_code == 404
    correction = correct(digest)
    correcting.drop(correction=correction, by=correction.opened_by)
    for where in (HERE, PREVIEW, f"{HERE}title/", f"{HERE}updates/team-desk/"):
        assert as_editor.get(where).url == DESK
    assert as_editor.post(f"{HERE}updates/team-desk/removal/", {"out": "yes"}).url == DESK
    assert as_editor.post(f"{HERE}updates/team-desk/removal/", {"out": "?"}).status_code == 400
    assert as_editor.get(f"{DESK}publications/9/").status_code == 404


def test_correction_of_a_withdrawn_digest_is_shown_and_waits(
    as_editor: Client, digest: Digest
) -> None:
    correct(digest)
    withdraw(digest=digest, reason="A name.", by=editor())

    link = read(as_editor.get(DESK)).select_one("#desk-rail .card p a[href$='/correction/']")
    assert (spoken(link.parent), link["href"]) == (
        "See the correction that Bea Long began. It waits until the digest is restored.",
        HERE,
    )
    page = read(as_editor.get(HERE))
    assert "[added: 21]" in spoken(page.select_one(".changes"))
    assert [spoken(one) for one in page.select("main button, main .acts a, main .btns a")] == [
        "Drop this correction"
    ]
    for where in (PREVIEW, f"{HERE}title/", f"{HERE}updates/team-desk/"):
        assert as_editor.get(where).url == HERE

    restore(digest=digest, by=editor())
    link = read(as_editor.get(DESK)).select_one("#desk-rail .card p a[href$='/correction/']")
    assert spoken(link.parent) == "Go on with the correction that Bea Long began."
    assert as_editor.get(PREVIEW).status_code == 200


def test_nobody_drops_what_another_editor_corrected_since(
    as_editor: Client, digest: Digest
) -> None:
    as_editor.post(HERE)
    seen = sent_by(read(as_editor.get(HERE)), f'form[action="{HERE}removal/"]')
    correction = correct(digest)

    answer = as_editor.post(f"{HERE}removal/", seen, follow=True)

    page = read(answer)
    assert answer.redirect_chain == [(HERE, 302)]
    assert spoken(page.select_one(".flash")).startswith(
        "The correction was not dropped: it changed"
    )
    assert Correction.objects.open().get() == correction
    again = sent_by(page, f'form[action="{HERE}removal/"]')
    assert [as_editor.post(f"{HERE}removal/", again).url for _ in range(2)] == [DESK, DESK]
    assert not Correction.objects.open()


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_however_many_updates(
    as_editor: Client, count: int, django_assert_num_queries: Any
) -> None:
    digest = open_digest()
    hand_in(digest, TeamFactory(name="Desk", slug="desk"))
    for _ in range(count):
        hand_in(digest, TeamFactory())
    put_out(digest)
    correct(digest)
    as_editor.get(HERE)
    with django_assert_num_queries(8):
        as_editor.get(HERE)
    with django_assert_num_queries(6):
        page = as_editor.get(PREVIEW)
    as_editor.post(PUBLISH, typed(read(page), kind="typo", note="21."))
    as_editor.get(f"{DESK}publications/")  # says that it is published
    with django_assert_num_queries(4):
        as_editor.get(f"{DESK}publications/")
    with django_assert_num_queries(3):
        as_editor.get(f"{DESK}publications/2/")
