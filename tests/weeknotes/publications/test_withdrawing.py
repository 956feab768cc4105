"""Withdrawing a digest, what nobody learns of it then, and restoring it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.test import Client

from ddat.clock import LONDON
from people.models import Event
from tests.factories import ProjectFactory, RoleGrantFactory, TeamFactory, UserFactory
from tests.meanwhile import Meanwhile
from tests.weeknotes.browse import errors_of, read, sent_by, spoken
from tests.weeknotes.week import PUBLISHED_AT, editor, hand_in, open_digest, put_out, write_note
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication, Withdrawal
from weeknotes.publications.withdrawing import WithdrawingRefused, restore, withdraw
from weeknotes.reactions import reacting
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.reactions.reacting import NotReadable, react

pytestmark = pytest.mark.django_db

READ = "/digests/2026-05-18/"
DESK = "/desk/2026-05-18/"
WITHDRAW = f"{DESK}withdrawal/"
RESTORE = f"{WITHDRAW}removal/"
WEDNESDAY = datetime(2026, 5, 20, 9, tzinfo=LONDON)
TITLE = "Ochre pelicans"


@pytest.fixture
def digest() -> Digest:
    digest = open_digest()
    write_note(digest, "An umber heron.")
    hand_in(digest, ProjectFactory(name="Data"), "A teal plover.")
    hand_in(digest, TeamFactory(name="Web"))
    put_out(digest, title=TITLE, summary="A sienna stork.")
    return digest


@pytest.fixture
def as_reader(db: None) -> Client:
    client = Client()
    client.force_login(UserFactory(forename="Rea", surname="Der"))
    return client


def withdrawn(digest: Digest, reason: str = "It named a resident.") -> Withdrawal:
    return withdraw(digest=digest, reason=reason, by=editor(), at=WEDNESDAY)


def pages(client: Client) -> dict[str, bytes]:
    """Every page of a reader that knows of published digests."""
    addresses = ["/", "/digests/", READ, "/projects/", "/projects/data/", "/teams/web/"]
    found = {}
    for address in addresses:
        page = read(client.get(address))
        for token in page.select("[name=csrfmiddlewaretoken]"):
            del token["value"]
        found[address] = str(page).encode()
    return found


def test_its_address_answers_410_with_the_day_and_no_word_of_it(
    as_reader: Client, digest: Digest
) -> None:
    etag = as_reader.get(READ)["ETag"]
    withdrawn(digest)

    for response in (
        as_reader.get(READ),
        as_reader.get(READ, headers={"if-none-match": etag}),
        as_reader.get(READ, headers={"if-none-match": "*"}),
    ):
        assert response.status_code == 410
        assert "ETag" not in response
        assert [spoken(p) for p in read(response).select(".trouble p")] == [
            "It was withdrawn on 20 May 2026 and can no longer be read.",
            "See all digests",
        ]
        words = response.content.decode()
        assert [w for w in (TITLE, "heron", "plover", "stork", "resident") if w in words] == []
    head = as_reader.head(READ)
    assert (head.status_code, head.content) == (410, b"")


def test_no_page_knows_it_and_restoring_brings_all_of_it_back(
    as_reader: Client, digest: Digest
) -> None:
    as_reader.post(f"{READ}reaction/", {"kind": "like"})
    before = pages(as_reader)
    withdrawn(digest)

    meanwhile = pages(as_reader)
    told = ("pelican", "heron", "plover", "stork", "resident", "11 to 15")
    found = {a: [w for w in told if w.encode() in page] for a, page in meanwhile.items()}
    assert found == {address: [] for address in meanwhile}

    restore(digest=digest, by=editor())
    assert pages(as_reader) == before
    assert list(ReactionCount.objects.filter(count__gt=0).values_list("kind", "count")) == [
        ("like", 1)
    ]


@pytest.mark.parametrize("place", ["", "note/", "project-data/"])
@pytest.mark.parametrize("how", [{}, {"X-Requested-With": "fetch"}], ids=["form", "script"])
@pytest.mark.parametrize("what", ["reaction/", "reaction/removal/"])
def test_nobody_reacts_to_it(
    as_reader: Client, digest: Digest, place: str, what: str, how: dict[str, str]
) -> None:
    as_reader.post(f"{READ}{place}reaction/", {"kind": "like"})
    before = list(ReactionCount.objects.order_by("pk").values())
    withdrawn(digest)

    answer = as_reader.post(f"{READ}{place}{what}", {"kind": "love"}, headers=how)

    assert answer.status_code == 410
    assert read(answer).select_one("main") == read(as_reader.get(READ)).select_one("main")
    assert list(ReactionCount.objects.order_by("pk").values()) == before
    assert list(Reaction.objects.values_list("kind", flat=True)) == ["like"]


def test_reactions_tell_nothing_of_what_it_had(as_reader: Client, digest: Digest) -> None:
    withdrawn(digest)

    answers = [
        as_reader.post(f"{READ}{anchor}/reaction/", {"kind": "like"})
        for anchor in ("project-data", "project-nowhere", "team-web")
    ]

    assert [answer.status_code for answer in answers] == [410] * 3
    assert len({str(read(answer).select_one("main")) for answer in answers}) == 1


def test_records_and_lists_of_the_code_know_it_no_longer(digest: Digest) -> None:
    withdrawn(digest)

    assert list(Publication.objects.current()) == []
    assert list(Digest.objects.published()) == []
    assert list(Digest.objects.unpublished()) == []
    assert [p.digest for p in Publication.objects.newest()] == [digest]


def test_editor_is_asked_why_and_restores_from_the_desk(as_editor: Client, digest: Digest) -> None:
    refused = as_editor.post(WITHDRAW, {"reason": " \r\n"})
    assert refused.status_code == 422
    forms = [read(one).select_one("form.sheet") for one in (as_editor.get(WITHDRAW), refused)]
    assert [form["data-unsaved"] for form in forms] == ["", "typed"]  # asked before leaving
    assert errors_of(read(refused)) == {"#id_reason": "Enter why this digest is withdrawn"}

    done = as_editor.post(WITHDRAW, {"reason": "It named <b>a resident</b>."})
    assert (done.status_code, done.url) == (302, DESK)
    page = read(as_editor.get(DESK))
    assert spoken(page.select_one("#pub-h")) == "Withdrawn"
    assert spoken(page.select_one("[aria-labelledby=withdrawals-h] .words")) == (
        "It named <b>a resident</b>."
    )
    listed = page.select("#desk-rail form")
    assert [form["action"] for form in listed] == [RESTORE]
    assert read(as_editor.get("/desk/")).select("#withdrawn-h + p + ul a")[0]["href"] == DESK

    assert as_editor.get(WITHDRAW).url == DESK
    assert as_editor.post(RESTORE).url == DESK
    assert as_editor.post(RESTORE).url == DESK
    assert as_editor.get(READ).status_code == 200
    kept = Withdrawal.objects.get()
    assert (kept.withdrawn_by, kept.restored_by) == (editor(), editor())
    verbs = Event.objects.filter(kind="digest").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["withdrew", "restored"]


def test_desk_says_when_it_was_withdrawn_and_when_it_came_out(
    as_editor: Client, digest: Digest
) -> None:
    other = RoleGrantFactory(person=UserFactory(forename="Bea", surname="Long")).person
    withdraw(digest=digest, reason="Once.", by=editor(), at=PUBLISHED_AT + timedelta(hours=1))
    restore(digest=digest, by=editor())
    withdraw(digest=digest, reason="Twice.", by=other, at=WEDNESDAY)

    told = read(as_editor.get(DESK)).select("#pub-h ~ .was")

    assert [spoken(line) for line in told][:2] == [
        "By Bea Long, Wednesday 20 May at 9am.",
        "It was published by Di Rector, Monday 18 May at 9am.",
    ]


def test_the_second_of_two_editors_is_told_who_and_when(as_editor: Client, digest: Digest) -> None:
    other = RoleGrantFactory().person
    withdraw(digest=digest, reason="First.", by=other, at=WEDNESDAY)

    response = as_editor.post(WITHDRAW, {"reason": "Mine is <i>kept</i>."})

    page = read(response)
    assert response.status_code == 409
    assert next(iter(errors_of(page).values())).startswith(
        f"{other.name} withdrew this digest on {Withdrawal.objects.get().withdrawn_moment}."
    )
    assert page.select_one("#id_reason").text.strip() == "Mine is <i>kept</i>."
    assert Withdrawal.objects.get().reason == "First."


def test_the_same_withdrawal_twice_is_one(digest: Digest) -> None:
    assert withdrawn(digest) == withdrawn(digest)
    with pytest.raises(WithdrawingRefused):
        withdrawn(digest, "Another reason.")


def test_what_is_not_published_is_neither_withdrawn_nor_restored(
    as_editor: Client,
) -> None:
    digest = open_digest()

    assert as_editor.post(WITHDRAW, {"reason": "No."}).status_code == 404
    assert as_editor.post(RESTORE).status_code == 404
    for verb in (lambda: withdrawn(digest), lambda: restore(digest=digest, by=editor())):
        with pytest.raises(WithdrawingRefused):
            verb()


@pytest.mark.parametrize(
    "change", [{"reason": ""}, {"restored_at": WEDNESDAY}, {"pk": None}], ids=str
)
def test_constraints_of_a_withdrawal(digest: Digest, change: dict[str, Any]) -> None:
    row = withdrawn(digest)
    for name, value in change.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_no_earlier_version_shows_what_is_withdrawn(digest: Digest) -> None:
    migration = import_module("weeknotes.migrations.0011_withdrawals")
    withdrawn(digest)
    with pytest.raises(IrreversibleError, match="2026-05-18"):
        migration.refuse_while_something_is_withdrawn(apps, None)

    restore(digest=digest, by=editor())
    migration.refuse_while_something_is_withdrawn(apps, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_withdrawing_waits_for_a_reaction_or_comes_before_it(
    digest: Digest, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """The digest is withdrawn between a reaction's being asked for and its being counted."""
    reader, other = UserFactory(), UserFactory()
    by = editor()
    counted: list[int] = []

    def withdraw_meanwhile() -> None:
        withdraw(digest=Digest.objects.get(), reason="Now.", by=by)
        counted.append(Reaction.objects.count())

    withdrawing = Meanwhile(withdraw_meanwhile, is_held=is_guarded)
    monkeypatch.setattr(reacting, "_wait_for_own_tabs", lambda person: withdrawing.begin())
    doing: Callable[..., None] = react
    if not is_guarded:  # nothing asks, and on SQLite nothing keeps one writer at a time
        monkeypatch.setattr(reacting, "_keep_readable", lambda *where: None)
        doing = react.__wrapped__
    doing(target=digest, kind="like", by=reader)
    withdrawing.finish()

    assert withdrawing.errors == []
    # Counted after the withdrawal, and for good: no reaction comes after it.
    assert (counted == [Reaction.objects.count()]) is is_guarded
    if is_guarded:
        with pytest.raises(NotReadable):
            react(target=digest, kind="like", by=other)


def test_a_second_withdrawal_is_not_undone_by_a_page_that_showed_the_first(client: Client) -> None:
    digest = open_digest()
    write_note(digest)
    put_out(digest)
    withdraw(digest=digest, reason="Too early.", by=editor())
    client.force_login(editor())
    desk = read(client.get(f"/desk/{digest.slug}/"))
    sent = sent_by(desk, "form[action$='/withdrawal/removal/']")
    address = f"/desk/{digest.slug}/withdrawal/removal/"
    for _ in range(2):
        client.post(address, sent)
    second = withdraw(digest=digest, reason="A name.", by=UserFactory())

    client.post(address, sent)

    digest.refresh_from_db()
    assert (digest.is_withdrawn, digest.withdrawals.standing().get()) == (True, second)
    assert client.post(address, {"seen": "9" * 30}).status_code == 400
    client.post(address, {"seen": second.pk})
    digest.refresh_from_db()
    assert not digest.is_withdrawn
