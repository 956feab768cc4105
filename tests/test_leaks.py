"""What is withdrawn, returned, held over or being corrected is heard nowhere beside the pages.

tests/test_canary.py walks everywhere as everybody; this looks where no link leads: at heads, at
what a browser asks again, at errors, files and the log.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse

from ddat import clock
from ddat.prepared import Prepared
from people.models import Event, User
from tests.permissions.log import printing
from tests.permissions.sending import sent
from tests.permissions.table import ALL_METHODS
from tests.permissions.world import World, standing_world, undone
from tests.test_canary import EVERYTHING, PUBLISHED, WITHDRAWN, canary, heard, singing
from tests.test_permissions import ROWS
from weeknotes.content.document import Document
from weeknotes.corrections import correcting
from weeknotes.desk import composing
from weeknotes.publications import withdrawing
from weeknotes.publications.models import Publication, PublicationQuerySet
from weeknotes.reading import views as reading
from weeknotes.updates.questions import Question

pytestmark = pytest.mark.django_db

SECRET = {canary(place) for place in EVERYTHING - PUBLISHED}
WITHHELD = {canary(place) for place in WITHDRAWN}
READERS_PAGES = [
    "/",
    "/digests/",
    "/digests/?words=QuetzalWithdrawn",
    "/digests/withdrawn/",
    "/projects/",
    "/projects/told-once/",
    "/teams/reporting/",
    "/teams/directorate/",
]
KEPT_FROM_READERS = sorted(
    {
        row.address
        for row in ROWS
        if row.answers["reader"] in ("404", "410")
        and any(name in row.address for name in ("withdrawn", "returned", "held-over", "correct"))
    }
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker, words_of=canary, document=singing) as world:
        yield world


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Withdrawing a digest takes it from nobody."""
    monkeypatch.setattr(PublicationQuerySet, "current", PublicationQuerySet.newest)
    # What was prepared before knows the guard still.
    monkeypatch.setattr(Prepared, "_kept", lambda question, kind: kind(question._make()))


def told(answer: HttpResponse) -> set[str]:
    """The canaries in all of an answer that should not be there."""
    return heard(f"{answer.headers} {answer.cookies} {answer.getvalue().decode()}") & SECRET


@pytest.mark.parametrize("page", READERS_PAGES)
def test_no_page_of_a_reader_tells_what_was_withdrawn(world: World, page: str) -> None:
    client = world.client("reader")
    assert told(client.get(page)) == told(client.head(page)) == set()


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("page", READERS_PAGES)
def test_a_page_that_forgot_would_be_heard(world: World, page: str) -> None:
    assert told(world.client("reader").get(page)) & WITHHELD


@pytest.mark.parametrize("who", ["reader", "contributor", "director", "admin"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_address_of_a_withdrawn_digest_tells_nobody_a_word(
    world: World, who: str, method: str
) -> None:
    answer = world.client(who).generic(method, "/digests/withdrawn/")
    assert (answer.status_code, told(answer)) == (410, set())


@pytest.mark.parametrize("tag", ["own", "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_copy_from_before_the_withdrawal_is_never_good(
    world: World, method: str, tag: str
) -> None:
    before, after = asked_again(world, "restored", "withdrawn", method=method, tag=tag)
    assert before.status_code == 304
    assert (after.status_code, after.headers.get("ETag"), told(after)) == (410, None, set())


def test_a_tag_that_leaves_the_withdrawal_out_would_be_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Publication.objects.newest().get(digest__slug="withdrawn").pk
    monkeypatch.setattr(reading, "published", lambda slug: [(found, "published", 1)])
    _, after = asked_again(world, "restored", "withdrawn")
    assert after.status_code == 304


@pytest.mark.parametrize("then", ["title", "dropped"])
def test_a_correction_in_preparation_moves_no_tag(world: World, then: str) -> None:
    _, after = asked_again(world, "as it is", then)
    assert after.status_code == 304


def test_a_correction_that_is_published_moves_the_tag(world: World) -> None:
    _, after = asked_again(world, "as it is", "corrected")
    assert after.status_code == 200


def asked_again(
    world: World, first: str, then: str, *, method: str = "GET", tag: str = "own"
) -> list[HttpResponse]:
    """What a browser is answered that has a copy, before and after something is done."""
    slug = "withdrawn" if first == "restored" else "published"
    client, address = world.client("reader"), f"/digests/{slug}/"
    with undone():
        do(world, first, slug)
        kept = client.get(address)["ETag"] if tag == "own" else tag
        before = client.generic(method, address, headers={"if-none-match": kept})
        do(world, then, slug)
        return [before, client.generic(method, address, headers={"if-none-match": kept})]


def do(world: World, what: str, slug: str) -> None:
    digest, by = world.digests[slug], world.people["director"]
    digest.refresh_from_db()
    if what == "restored":
        withdrawing.restore(digest=digest, by=by)
    elif what == "withdrawn":
        withdrawing.withdraw(digest=digest, reason="Why.", by=by)
    elif what == "corrected":
        sends = sent(world, "correction", {"slug": slug})
        world.client("director").post(f"/desk/{slug}/correction/publication/", sends)
    elif what in ("title", "dropped"):
        correction = digest.corrections.get()
        correcting.set_details(correction=correction, title="Another", summary="", version=2, by=by)
        if what == "dropped":
            correcting.drop(correction=correction, by=by)


@pytest.mark.parametrize("who", ["reader", "admin"])
def test_no_page_of_an_error_tells_why(world: World, who: str) -> None:
    answers = list(refused(world, who))
    assert {status for status, _ in answers} == {404, 405, 410}
    assert {word for _, words in answers for word in words} == set()


def test_a_guard_that_is_gone_would_be_heard(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "is_editor", True)
    words = {word for _, words in refused(world, "reader") for word in words}
    kinds = ("correction words", "withdrawn why", "composing question", "composing held-over")
    assert words >= {canary(kind) for kind in kinds}


def refused(world: World, who: str) -> Iterator[tuple[int, set[str]]]:
    """What somebody is answered, by every method, where only editors and writers are let in."""
    client = world.client(who, raise_request_exception=False)
    for address in KEPT_FROM_READERS:
        for method in ALL_METHODS:
            with undone():
                answer = client.generic(method, address)
            yield answer.status_code, told(answer)


def test_an_export_has_no_word_of_it(world: World) -> None:
    assert exported(world) == set()


@pytest.mark.usefixtures("unguarded")
def test_an_export_that_forgot_would_be_heard(world: World) -> None:
    assert exported(world) == {canary("withdrawn told-once")}


def test_an_event_with_a_word_in_it_would_be_heard(world: World) -> None:
    with undone():
        by, digest = world.people["director"], world.digests["withdrawn"]
        name = canary("withdrawn why")
        Event.objects.record(by=by, verb="withdrew", thing=digest, name=name, at=clock.now())
        assert exported(world) == {name}


def exported(world: World) -> set[str]:
    """The canaries in every file there is to take away."""
    words: set[str] = set()
    for who, address in (
        *(("reader", "/projects/export/"), ("director", "/projects/export/")),
        *(("director", "/events/export/"), ("admin", "/events/export/")),
    ):
        with undone():
            answer = world.client(who).post(address)
            assert answer["Content-Type"].startswith("text/csv")
            words |= told(answer)
    return words


@pytest.fixture(params=[True, False], ids=["local", "production"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Every line that is printed while a test runs, each request's own too."""
    with printing(is_local=request.param) as stream:
        yield stream


DONE = [  # by the director, what with, and how it is answered
    ("/desk/withdrawn/withdrawal/removal/", {}, 302),
    ("/desk/withdrawn/withdrawal/", {"reason": canary("withdrawn why")}, 302),
    ("/desk/withdrawn/withdrawal/", {"reason": canary("withdrawn title")}, 409),
    (
        "/desk/composing/updates/project-returned/question/",
        {"question": canary("composing returned"), "version": 1},
        409,
    ),
    (
        "/desk/published/correction/title/",
        {"title": canary("correction title"), "summary": "", "version": 2},
        302,
    ),
    (
        "/desk/published/correction/title/",
        {"title": canary("correction summary"), "summary": "", "version": 1},
        409,
    ),
]
READ = ["/digests/withdrawn/", "/digests/?words=QuetzalWithdrawnTitle", "/desk/withdrawn/"]


def test_the_log_has_no_word_of_what_is_done_and_read(world: World, log: io.StringIO) -> None:
    with undone():
        for address, sends, status in DONE:
            answer = world.client("director").post(address, sends)
            assert answer.status_code == status, address
        for who in ("reader", "director"):
            for address in READ:
                world.client(who).get(address)
    assert log.getvalue().count("answered") == len(DONE) + 2 * len(READ)
    assert heard(log.getvalue()) == set()


def test_the_log_of_a_failure_has_no_word_of_it(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    # PostgreSQL repeats the whole row that it refuses.
    refusals = []

    def refused(*, question: str, update: Any, by: User, **kwargs: Any) -> None:
        row = {"question": question, "update": update, "asked_by": by, "asked_at": clock.now()}
        try:
            with transaction.atomic():
                Question.objects.create(**row, answered_at=clock.now())
        except IntegrityError as error:
            refusals.append(str(error))
            raise

    monkeypatch.setattr(composing, "give_back", refused)
    client = world.client("director", raise_request_exception=False)
    word = canary("composing question")
    with undone():
        answer = client.post(
            "/desk/composing/updates/project-submitted/question/", {"question": word, "version": 1}
        )
    assert (answer.status_code, told(answer)) == (500, set())
    assert "IntegrityError" in log.getvalue()
    assert heard(log.getvalue()) == set()
    repeated = {word} if connection.vendor == "postgresql" else set()
    assert heard("".join(refusals)) == repeated


@pytest.mark.parametrize("who", ["reader", "contributor", "director"])
def test_a_page_that_fails_tells_no_word(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Document:
        raise RuntimeError

    monkeypatch.setattr(Document, "from_json", broken)
    client = world.client(who, raise_request_exception=False)
    answers = [client.get(address) for address in KEPT_FROM_READERS]
    failed = [answer for answer in answers if answer.status_code == 500]
    assert bool(failed) == (who != "reader")
    assert [answer for answer in failed if told(answer)] == []
    assert heard(log.getvalue()) == set()
