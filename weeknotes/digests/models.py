"""One issue of the weeknote, from opening to publication."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from ddat import clock
from people.models import Event, User
from people.models.events import kind_of
from weeknotes.digests.details import DETAILS, changes_of, clashes_of


class DigestState(models.TextChoices):
    """How far a digest has come."""

    COLLECTING = "collecting", "Collecting"
    COMPOSING = "composing", "Composing"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


CAME_OUT = (DigestState.PUBLISHED, DigestState.WITHDRAWN)


class OpeningRefused(Exception):
    """A digest cannot be opened; the message says what to do."""


class DetailsRefused(Exception):
    """A digest's details cannot be changed any more; the message says why."""


class DetailsClash(DetailsRefused):
    """Somebody else changed the same details: `names` says which, `mine` all that was changed."""

    def __init__(self, names: list[str], mine: dict[str, Any]) -> None:
        super().__init__("Somebody else changed the same details while you had them open.")
        self.names = names
        self.mine = mine


class DigestQuerySet(models.QuerySet["Digest"]):
    """Questions asked of many digests."""

    def published(self) -> DigestQuerySet:
        """Digests everyone may read."""
        return self.filter(state=DigestState.PUBLISHED)

    def came_out(self) -> DigestQuerySet:
        """Digests that were published, withdrawn since or not: for editors."""
        return self.filter(state__in=CAME_OUT)

    def withdrawn(self) -> DigestQuerySet:
        """Digests that were published and that only editors know now."""
        return self.filter(state=DigestState.WITHDRAWN)

    def unpublished(self) -> DigestQuerySet:
        """Digests still being collected or composed, the next one due first."""
        return self.exclude(state__in=CAME_OUT).order_by("due_on", "id")

    def open_for_writing(self) -> DigestQuerySet:
        """Digests an update may still be written for."""
        return self.unpublished()

    def newest_first(self) -> DigestQuerySet:
        """As the archive lists them."""
        return self.order_by("-due_on", "-id")

    @transaction.atomic
    def open_digest(
        self,
        *,
        covers_from: date,
        covers_to: date,
        due_on: date,
        deadline_at: datetime,
        by: User,
        at: datetime | None = None,
    ) -> Digest:
        """Open a digest for collecting; its slug is the day it is due out.

        The same days once more by whoever opened it are one opening, until it is published.
        Raises OpeningRefused when another digest is collecting or has had that day.
        """
        at = at or clock.now()
        days = {
            "slug": due_on.isoformat(),
            "covers_from": covers_from,
            "covers_to": covers_to,
            "due_on": due_on,
            "deadline_at": deadline_at,
        }
        try:
            with transaction.atomic():
                digest = self.create(**days)
        except IntegrityError as error:
            opened = self.unpublished().filter(**days).first()
            if opened and opened.was_opened_by(by):
                return opened
            raise self._opening_refusal(due_on) from error
        Event.objects.record(by=by, verb="opened", thing=digest, name=str(digest), at=at)
        return digest

    def _opening_refusal(self, due_on: date) -> OpeningRefused:
        if self.filter(slug=due_on.isoformat()).exists():
            return OpeningRefused(
                f"There is already a digest due out on {clock.day(due_on)}. Choose another day."
            )
        return OpeningRefused(
            "Another digest is still collecting. Start composing it before you open the next."
        )


class Digest(models.Model):
    """One issue of the weeknote: the days it covers and the updates it gathers."""

    slug = models.SlugField(max_length=10, unique=True, editable=False)
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    covers_from = models.DateField()
    covers_to = models.DateField()
    due_on = models.DateField()
    deadline_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=DigestState.choices, default=DigestState.COLLECTING
    )
    version = models.PositiveIntegerField(default=1)

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_to__gte=F("covers_from")), name="digest_covers_some_days"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DigestState.values), name="digest_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=DigestState.COLLECTING),
                name="one_digest_collecting",
            ),
        ]

    def __str__(self) -> str:
        return f"Digest of {self.period}"

    def get_absolute_url(self) -> str:
        """Where it is read once it is published."""
        return reverse("weeknotes:digest", args=[self.slug])

    @property
    def period(self) -> str:
        """The days it covers in words, such as "11 to 15 May 2026"."""
        return clock.period(self.covers_from, self.covers_to)

    @property
    def period_parts(self) -> tuple[str, str]:
        """The same for a large and a small line: "11 to 15", "May 2026"."""
        return clock.period_parts(self.covers_from, self.covers_to)

    @property
    def deadline_words(self) -> str:
        """When updates are due: "Friday 15 May at 11am"."""
        return clock.moment(self.deadline_at)

    @property
    def due_words(self) -> str:
        """The day it is due out: "Monday 18 May"."""
        return clock.coming_day(self.due_on)

    @property
    def display_title(self) -> str:
        """Its title, or what stands in for one."""
        return self.title or f"Weeknotes for {self.period}"

    @property
    def is_collecting(self) -> bool:
        """Whether composing has not started yet."""
        return self.state == DigestState.COLLECTING

    @property
    def is_composing(self) -> bool:
        """Whether an editor is putting it together."""
        return self.state == DigestState.COMPOSING

    @property
    def is_published(self) -> bool:
        """Whether it came out, withdrawn since or not: nothing is composed any more."""
        return self.state in CAME_OUT

    @property
    def is_withdrawn(self) -> bool:
        """Whether it came out, and only editors know it now."""
        return self.state == DigestState.WITHDRAWN

    def was_opened_by(self, person: User) -> bool:
        """Whether this person opened it."""
        openings = Event.objects.filter(verb="opened", kind=kind_of(self), object_id=self.pk)
        return openings.filter(by=person).exists()

    @property
    def closed_words(self) -> str:
        """Why a published digest takes no change: who published it, and when."""
        event = Event.objects.last_of(verb="published", thing=self)
        if event is None:
            return "This digest is published. It can no longer be changed, only corrected."
        return (
            f"{event.by.name} published this digest on {clock.moment(event.at)}. "
            "It can no longer be changed, only corrected."
        )

    def move_to(self, *, state: DigestState, come_from: DigestState) -> bool:
        """Change the state if it still is `come_from`; False tells the loser of a race."""
        moved = Digest.objects.filter(pk=self.pk, state=come_from).update(
            state=state, version=F("version") + 1
        )
        self.refresh_from_db()
        return bool(moved)

    def hold(self, *states: DigestState) -> bool:
        """Take this digest's row till the transaction ends, if it is in one of these states.

        Whoever moves it on at the same moment comes before or after, on both engines.
        """
        held = Digest.objects.filter(pk=self.pk, state__in=states).update(state=F("state"))
        self.refresh_from_db()
        return bool(held)

    def stays(self, state: DigestState) -> bool:
        """Whether it is in this state, and stays in it till the transaction ends.

        Many may rely on it at once; whoever moves it on waits for them. On SQLite the
        transaction is the only one that writes.
        """
        table = connection.ops.quote_name(Digest._meta.db_table)
        share = " FOR SHARE" if connection.vendor == "postgresql" else ""
        asked = f"SELECT 1 FROM {table} WHERE id = %s AND state = %s{share}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(asked, [self.pk, state])
            return cursor.fetchone() is not None

    def touch(self) -> None:
        """Hold this digest's row till the transaction ends, so that desk changes queue up.

        Raises DetailsRefused once it came out: then it is corrected, not changed.
        """
        held = Digest.objects.unpublished().filter(pk=self.pk).update(version=F("version") + 1)
        self.refresh_from_db()
        if not held:
            raise DetailsRefused(self.closed_words)

    @transaction.atomic
    def set_details(
        self,
        *,
        seen: dict[str, Any],
        changed: dict[str, Any],
        by: User,
        at: datetime | None = None,
    ) -> None:
        """Change title, summary or days, each if it still is what the editor saw.

        `seen` and `changed` map field names to values; what is as it was seen stays as it is now.
        Raises DetailsClash when somebody changed the same in between, or days that no longer go
        together; DetailsRefused when the digest is published. The same change twice is one.
        """
        at = at or clock.now()
        is_open = self.hold(DigestState.COLLECTING, DigestState.COMPOSING)
        now = {name: getattr(self, name) for name in DETAILS}
        mine = changes_of(changed, seen=seen, now=now)
        if not mine:
            return
        if not is_open:
            raise DetailsRefused(self.closed_words)
        if clashes := clashes_of(changed, seen=seen, now=now):
            raise DetailsClash(clashes, mine)
        Digest.objects.filter(pk=self.pk).update(version=F("version") + 1, **mine)
        self.refresh_from_db()
        Event.objects.record(by=by, verb="changed details of", thing=self, name=str(self), at=at)
