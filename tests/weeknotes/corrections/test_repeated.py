"""What is sent twice because an answer was lost, or a button clicked twice, is done once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import UserFactory
from tests.weeknotes.browse import read, sent_by, spoken, with_changes
from tests.weeknotes.corrections.test_correcting import correct, digest, put_out_correction
from tests.weeknotes.week import editor
from weeknotes.corrections import correcting
from weeknotes.corrections.models import CorrectedUpdate, Correction
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication
from weeknotes.publications.withdrawing import withdraw
from weeknotes.updates.models import Revision

pytestmark = pytest.mark.django_db

__all__ = ["digest"]  # the fixture

DESK = "/desk/2026-05-18/"
HERE = f"{DESK}correction/"
WORDS = f"{HERE}updates/team-desk/"
OUT = f"{HERE}updates/project-web/removal/"
TITLE = f"{HERE}title/"
PUBLISH = f"{HERE}publication/"

Sent = dict[str, dict[str, Any]]


@pytest.fixture
def sent(as_editor: Client, digest: Digest) -> Sent:
    """All that an editor sent to prepare a correction, by where it went."""
    as_editor.post(HERE)

    def form(address: str, **said: str) -> dict[str, Any]:
        return with_changes(sent_by(read(as_editor.get(address))), **said)

    words = {**form(WORDS), "s0-text": "We met 21 people.", "do": "save"}
    sent = {WORDS: words, TITLE: form(TITLE, title="Wafers"), OUT: {"out": "yes"}}
    for address, typed in sent.items():
        assert as_editor.post(address, typed).url == HERE
    sent[PUBLISH] = form(f"{HERE}preview/", kind="typo", note="21.")
    return sent


def everything() -> list[Any]:
    kept = (Digest, Correction, CorrectedUpdate, Publication, Revision)
    return [list(model.objects.order_by("pk").values()) for model in kept]


def publish(client: Client, sent: Sent) -> None:
    assert client.post(PUBLISH, sent[PUBLISH]).url == "/digests/2026-05-18/"


def publish_and_begin_anew(client: Client, sent: Sent) -> None:
    publish(client, sent)
    correcting.start(digest=Digest.objects.get(), by=UserFactory())


def take_away(client: Client, sent: Sent) -> None:
    withdraw(digest=Digest.objects.get(), reason="Later.", by=editor())


@pytest.mark.parametrize("what", [WORDS, TITLE, OUT])
@pytest.mark.parametrize("then", [publish, publish_and_begin_anew, take_away])
def test_what_is_sent_again_is_a_success_whatever_came_of_the_correction(
    as_editor: Client, sent: Sent, what: str, then: Callable[[Client, Sent], None]
) -> None:
    then(as_editor, sent)
    as_editor.get(DESK)  # shows what there is to say till now
    before = everything()

    answer = as_editor.post(what, sent[what])

    assert (answer.status_code, answer["Location"], everything()) == (302, HERE, before)
    page = read(as_editor.get(HERE, follow=True))
    assert page.select(".flash .error, .error-summary") == []
    assert len(page.select(".flash li")) == 1


@pytest.mark.parametrize("what", [WORDS, TITLE])
@pytest.mark.parametrize("then", [publish, publish_and_begin_anew, take_away])
def test_other_words_are_refused_and_kept(
    as_editor: Client, sent: Sent, what: str, then: Callable[[Client, Sent], None]
) -> None:
    then(as_editor, sent)
    before = everything()
    name = "s0-text" if what == WORDS else "title"

    answer = as_editor.post(what, {**sent[what], name: "Typed for an hour"})

    assert answer.status_code in (409, 422)
    assert "Typed for an hour" in answer.content.decode()
    assert everything() == before


def test_what_was_dropped_since_is_not_kept(as_editor: Client, sent: Sent) -> None:
    correcting.drop(correction=Correction.objects.get(), by=editor())
    before = everything()

    answers = [as_editor.post(what, sent[what]) for what in (WORDS, TITLE)]
    away = as_editor.post(OUT, sent[OUT])

    assert [answer.status_code for answer in answers] == [422, 409]
    assert spoken(read(as_editor.get(away.url)).select_one(".flash li")).startswith(
        "Di Rector dropped this correction on "
    )
    assert everything() == before


def test_what_is_out_by_now_is_not_put_back(as_editor: Client, sent: Sent) -> None:
    publish_and_begin_anew(as_editor, sent)
    as_editor.get(DESK)

    answer = as_editor.post(OUT, {"out": "no"})

    assert spoken(read(as_editor.get(answer.url)).select_one(".flash li")) == (
        "Web was taken out of the digest already."
    )


def test_published_twice_is_once_though_the_next_correction_has_begun(
    as_editor: Client, sent: Sent
) -> None:
    publish_and_begin_anew(as_editor, sent)
    before = everything()

    publish(as_editor, sent)

    assert everything() == before


def test_same_words_as_another_editor_published_are_nobodys_loss(
    as_editor: Client, digest: Digest
) -> None:
    as_editor.post(HERE)
    opened = sent_by(read(as_editor.get(WORDS)))
    put_out_correction(correct(digest, "team-desk", "We met 21 people."))
    correcting.start(digest=digest, by=UserFactory())

    typed = {**opened, "s0-text": "We met 21 people.", "do": "save"}

    assert as_editor.post(WORDS, typed).status_code == 302
    assert as_editor.post(WORDS, {**typed, "heading": "Mine"}).status_code == 409
