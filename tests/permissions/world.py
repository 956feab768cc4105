"""A small house with somebody in every role, and something in every stage of a week.

Names say what stands there: `/updates/composing/projects/left-out/` is the contributor's update
for the project "Left out" in the digest "composing". Everything in it belongs to the contributor,
who took it over from the former owner; the colleague writes for another project.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler

from ddat.clock import LONDON
from people.leaving import leave
from people.models import Role, Team, User
from projects.models import Project
from tests.factories import (
    PASSWORD,
    ProductFactory,
    ProjectFactory,
    ProjectPostFactory,
    RoleGrantFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    directorate,
)
from weeknotes.content.document import Document, NoUpdate
from weeknotes.content.kinds.text import TextSection
from weeknotes.corrections import correcting
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.publishing import publish
from weeknotes.publications.withdrawing import withdraw
from weeknotes.updates import writing
from weeknotes.updates.models import Update
from weeknotes.updates.templates import UpdateTemplate

NOW = datetime(2026, 5, 20, 12, tzinfo=LONDON)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
HANDED_OVER = -16 * DAY  # from today
CAST = [
    "anonymous",
    "reader",
    "contributor",
    "colleague",
    "former_owner",
    "director",
    "admin",
    "superuser",
]
STANDING_IN = {  # deputies of all that is the contributor's, from when to when, from today
    "standing_in": (0 * DAY, DAY),  # for this one day
    "stood_in": (-19 * DAY, 0 * DAY),
    "to_stand_in": (DAY, None),
}
LEAVERS = {  # editors and admins until they left, who were signed in then
    "leaver": None,  # at once
    "leaver_by_date": 0 * DAY,  # from today, written down the day before
}
PROJECTS = [
    *("Blank", "Drafted", "Submitted", "Included", "Left out", "No update", "Taken back"),
    *("Returned", "Held over"),
    "Told once",  # in the digest "withdrawn" alone
]


def names_its_place(place: str) -> str:
    """What is said at a place, such as "composing left-out", unless a test gives other words."""
    return f"Words of {place}."


def one_paragraph(words: str) -> Document:
    """A document that says these words."""
    return Document(sections=(TextSection(text=words),))


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class World:
    """Everybody and everything, by the names in the addresses, as it stands at `now`."""

    now: datetime = NOW
    words_of: Callable[[str], str] = names_its_place
    document: Callable[[str], Document] = one_paragraph
    people: dict[str, User] = field(default_factory=dict)
    digests: dict[str, Digest] = field(default_factory=dict)
    subjects: dict[str, Project | Team] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    # One for thousands of browsers, each of which would set up all middleware of its own.
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    @property
    def today(self) -> date:
        """London's day; `now` is a moment on its clock."""
        return self.now.date()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Keep the report of a failing example short."""
        printer.text("world")

    def client(self, role: str, **options: bool) -> Client:
        """A fresh browser in which this person is signed in, or nobody."""
        client = Client(**options)
        if role == "anonymous":
            return client
        if role not in self.sessions:
            client.force_login(self.people[role])
            self.sessions[role] = client.session.session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def update(self, digest: str, subject: str) -> Update | None:
        """What a subject told a digest; `note` is the director's note."""
        if subject == "note":
            return self.digests[digest].updates.notes().first()
        return self.digests[digest].updates.of(self.subjects[subject]).first()


@contextmanager
def standing_world(blocker: Any, *, now: datetime = NOW, **options: Any) -> Iterator[World]:
    """The world, with its clock standing still and everybody signed in, for one test module."""
    with blocker.unblock(), time_machine.travel(now, tick=False), transaction.atomic():
        # A test's own transaction, inside this one, may then be durable as in life.
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True
        world = make_world(now=now, **options)
        for role in (*CAST, *STANDING_IN, *LEAVERS):
            world.client(role)
        _let_leave(world)
        yield world
        transaction.set_rollback(True)


def _let_leave(world: World) -> None:
    """Each leaver leaves, from a browser that stays open."""
    by = world.people["admin"]
    for role, after in LEAVERS.items():
        on = None if after is None else world.today + after
        leave(person=world.people[role], by=by, on=on, at=world.now - DAY if on else world.now)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_world(**options: Any) -> World:
    """The house as it stands at `now`; `options` are the words that are said in it."""
    world = World(**options)
    world.people.update(_people())
    world.subjects.update(_subjects(world.people, world.today))
    UpdateTemplate.objects.create(name="Any").sections.create(kind="text", heading="Words")
    ProductFactory(name="Product", team=world.subjects["reporting"])
    _withdrawn(world)
    _published(world)
    _composing(world)
    _collecting(world)
    return world


def _people() -> dict[str, User]:
    people = {
        role: UserFactory(
            email=f"{role}@council.example",
            forename=role.replace("_", " ").capitalize(),
            surname="Person",
            is_superuser=role == "superuser",
            password=None if role == "deputy" else PASSWORD,
        )
        for role in (*CAST[1:], *STANDING_IN, *LEAVERS, "deputy")
    }
    for role, grant in (("director", "editor"), ("deputy", "editor"), ("admin", Role.ADMIN)):
        RoleGrantFactory(person=people[role], role=grant, granted_by=people["superuser"])
    for role in LEAVERS:
        for grant in Role.values:
            RoleGrantFactory(person=people[role], role=grant, granted_by=people["superuser"])
    return people


def _subjects(people: dict[str, User], today: date) -> dict[str, Project | Team]:
    handed_over_on = today + HANDED_OVER
    directorate()
    team = TeamFactory(name="Reporting")
    projects = [ProjectFactory(name=name, team=team) for name in PROJECTS]
    for project in projects:
        ProjectPostFactory(project=project, person=people["former_owner"], ends_on=handed_over_on)
        ProjectPostFactory(project=project, person=people["contributor"], starts_on=handed_over_on)
    other = ProjectFactory(name="Another", team=team)
    ProjectPostFactory(project=other, person=people["colleague"])
    TeamPostFactory(team=team, person=people["former_owner"], ends_on=handed_over_on)
    TeamPostFactory(team=team, person=people["contributor"], starts_on=handed_over_on)
    for role, (starts, ends) in STANDING_IN.items():
        ends_on = None if ends is None else today + ends
        post = {"post": "deputy", "starts_on": today + starts, "ends_on": ends_on}
        TeamPostFactory(team=team, person=people[role], **post)
        for project in projects:
            ProjectPostFactory(project=project, person=people[role], **post)
    return {subject.slug: subject for subject in (*projects, other, team)}


def _withdrawn(world: World) -> None:
    digest = _open(world, "withdrawn", weeks=-1)
    _hand_in(world, digest, "told-once", "left-out")
    _compose(world, digest)
    _publish(world, digest)
    why = world.words_of("withdrawn why")
    withdraw(digest=digest, reason=why, by=world.people["deputy"], at=world.now)


def _published(world: World) -> None:
    digest = _open(world, "published", weeks=0)
    _hand_in(world, digest, "included", "left-out", "no-update")
    _draft(world, digest, "drafted")
    _compose(world, digest)
    _publish(world, digest)
    _begin_to_correct(world, digest)


def _publish(world: World, digest: Digest) -> None:
    article = compose_article(digest)
    publish(
        digest=digest,
        article_hash=article.hash,
        seen=article.manifest,
        by=world.people["director"],
        at=world.now,
    )


def _begin_to_correct(world: World, digest: Digest) -> None:
    """The deputy has a correction open: nobody but editors knows."""
    by = world.people["deputy"]
    correction = correcting.start(digest=digest, by=by, at=world.now)
    update = world.update(digest.slug, "included")
    assert update
    correcting.save_words(
        correction=correction,
        update=update,
        document=world.document(world.words_of("correction words")),
        version=0,
        by=by,
        at=world.now,
    )
    title, summary = (world.words_of(f"correction {name}") for name in ("title", "summary"))
    correcting.set_details(correction=correction, title=title, summary=summary, version=1, by=by)


def _composing(world: World) -> None:
    digest = _open(world, "composing", weeks=1)
    _hand_in(world, digest, "included", "left-out", "no-update", "returned", "held-over")
    _draft(world, digest, "drafted", "reporting")
    _compose(world, digest)
    _hand_in(world, digest, "submitted")
    _return(world, digest)
    _hold_over(world, digest)


def _return(world: World, digest: Digest) -> None:
    update = world.update(digest.slug, "returned")
    assert update
    composing.give_back(
        digest=digest,
        update=update,
        question=world.words_of(f"{digest.slug} question"),
        version=update.version,
        by=world.people["deputy"],
        at=world.now,
    )


def _hold_over(world: World, digest: Digest) -> None:
    """Nothing later is being composed, so it waits."""
    by, update = world.people["deputy"], world.update(digest.slug, "held-over")
    assert update
    composing.decide(digest=digest, update=update, decision=Decision.HELD, by=by, at=world.now)


def _collecting(world: World) -> None:
    digest = _open(world, "collecting", weeks=2)
    _hand_in(world, digest, "submitted", "no-update", "taken-back")
    _draft(world, digest, "drafted", "reporting")
    update = world.update("collecting", "taken-back")
    assert update
    writing.take_back(update=update, by=world.people["contributor"], at=world.now)
    _note(world, digest)
    _set_details(world, digest)


def _open(world: World, name: str, *, weeks: int) -> Digest:
    monday = world.today - world.today.weekday() * DAY + (weeks - 1) * WEEK
    friday = monday + 4 * DAY
    digest = Digest.objects.open_digest(
        covers_from=monday,
        covers_to=friday,
        due_on=monday + WEEK,
        deadline_at=datetime(friday.year, friday.month, friday.day, 11, tzinfo=LONDON),
        by=world.people["director"],
        at=world.now,
    )
    Digest.objects.filter(pk=digest.pk).update(slug=name)  # so that addresses name the stage
    digest.refresh_from_db()
    world.digests[name] = digest
    return digest


def _draft(world: World, digest: Digest, *slugs: str) -> None:
    for slug in slugs:
        writing.save_draft(
            digest=digest,
            subject=world.subjects[slug],
            document=world.document(world.words_of(f"{digest.slug} {slug}")),
            version=0,
            by=world.people["contributor"],
            at=world.now,
        )


def _hand_in(world: World, digest: Digest, *slugs: str) -> None:
    for slug in slugs:
        document = world.document(world.words_of(f"{digest.slug} {slug}"))
        if slug == "no-update":
            why = world.words_of(f"{digest.slug} reason")
            reason = NoUpdate(lines=why, heading=why, returns=why)
            # Its heading and byline are printed; what was drafted before is not.
            document = replace(document, heading="", byline=(), no_update=reason)
        writing.submit(
            digest=digest,
            subject=world.subjects[slug],
            document=document,
            version=0,
            by=world.people["contributor"],
            at=world.now,
        )


def _compose(world: World, digest: Digest) -> None:
    by = world.people["director"]
    composing.start_composing(digest=digest, by=by, at=world.now)
    left_out = world.update(digest.slug, "left-out")
    assert left_out
    composing.decide(
        digest=digest, update=left_out, decision=Decision.LEFT_OUT, by=by, at=world.now
    )
    _note(world, digest)
    _set_details(world, digest)


def _note(world: World, digest: Digest) -> None:
    """To the director it is another editor's draft."""
    writing.save_draft(
        digest=digest,
        subject=directorate(),
        document=world.document(world.words_of(f"{digest.slug} note")),
        version=0,
        by=world.people["deputy"],
        at=world.now,
        is_note=True,
    )


def _set_details(world: World, digest: Digest) -> None:
    changed = {name: world.words_of(f"{digest.slug} {name}") for name in ("title", "summary")}
    digest.set_details(seen={}, changed=changed, by=world.people["deputy"], at=world.now)
