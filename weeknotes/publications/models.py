"""The frozen, numbered copy of a digest that readers see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from ddat import clock
from people.models import Team, User
from projects.models import Project
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject
from weeknotes.updates.models import Revision, Update


class ChangeKind(models.TextChoices):
    """What sort of change a correction makes."""

    TYPO = "typo", "Typo"
    SUBSTANCE = "substance", "Substantive correction"


# What lists do without: SQLite reads through the frozen page to come to all that stands behind it.
BEHIND_THE_PAGE = ("content", "body", "published_at", "published_by", "change_kind", "change_note")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions asked of many publications."""

    def current(self) -> PublicationQuerySet:
        """What readers may see: the newest publication of each digest that is not withdrawn.

        The one place that says so: pages, lists, records and reactions all ask here. Asked row by
        row: a list of all that is published would first be made, to find one page.
        """
        published = Digest.objects.published().filter(pk=models.OuterRef("digest"))
        return self.newest().filter(models.Exists(published))

    def newest(self) -> PublicationQuerySet:
        """The newest publication of each digest, of withdrawn ones too: for editors."""
        newer = Publication.objects.filter(
            digest=models.OuterRef("digest"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer))

    def newest_first(self) -> PublicationQuerySet:
        """As the archive lists them: the digest due out last comes first."""
        return self.order_by("-digest__due_on", "-digest_id")

    def for_lists(self) -> PublicationQuerySet:
        """Each with its digest alone; `with_heads` says what lists show of it."""
        return self.select_related("digest").defer(*BEHIND_THE_PAGE)

    def with_records(self) -> PublicationQuerySet:
        """Each with its record and who published it, without the frozen page."""
        return self.select_related("digest", "published_by").defer("body")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One correction, as its publication and every later one tell of it; `at` in ISO 8601."""

    kind: str
    note: str
    at: str

    @property
    def is_substantive(self) -> bool:
        """Whether it stands at the top of the page, and not in the list of changes."""
        return self.kind == ChangeKind.SUBSTANCE

    @property
    def day(self) -> date:
        """The day it was made, in London."""
        return clock.local(datetime.fromisoformat(self.at)).date()


class Publication(models.Model):
    """A digest as it was published.

    `content` is the record: title, summary, dates and each update's document with names, titles
    and RAG as they were. `body` is its HTML in pieces, see publications/article.py.
    """

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    body = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    change_kind = models.CharField(max_length=10, choices=ChangeKind.choices, blank=True)
    change_note = models.CharField(max_length=500, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "number"], name="one_publication_a_number"),
            models.CheckConstraint(
                condition=models.Q(number=1, change_kind="", change_note="")
                | models.Q(
                    ~models.Q(change_note=""), number__gt=1, change_kind__in=ChangeKind.values
                ),
                name="correction_says_what_changed",
            ),
        ]
        indexes = [
            # So that nobody reads through a frozen page to come to its moment.
            models.Index(fields=["digest", "number", "published_at"], name="when_it_came_out"),
        ]

    def __str__(self) -> str:
        return f"{self.digest}, publication {self.number}"

    @property
    def title(self) -> str:
        """The title as published."""
        return str(self.content["title"])

    @property
    def summary(self) -> str:
        """The summary as published, or nothing."""
        return str(self.content["summary"])

    @property
    def name(self) -> str:
        """What editors call it: "Publication 2"."""
        return f"Publication {self.number}"

    @property
    def made_moment(self) -> str:
        """When this one was published: "Wednesday 20 May at 9am"."""
        return clock.moment(self.published_at)

    @property
    def came_out_at(self) -> datetime:
        """When the digest first came out; a correction does not move it."""
        first = self.content.get("came_out_at")
        return datetime.fromisoformat(first) if first else self.published_at

    @property
    def changes(self) -> list[Change]:
        """Everything that was corrected since the digest came out, the newest last."""
        return [Change(**change) for change in self.content.get("changes", [])]

    def is_repeated_by(self, person: User, *, kind: str, note: str) -> bool:
        """Whether this person publishes once more what they published here."""
        return (self.published_by, self.change_kind, self.change_note) == (person, kind, note)

    @property
    def publisher_name(self) -> str:
        """Who published it, as they were called then."""
        return str(self.content["published_by"])

    @property
    def published_words(self) -> str:
        """The day the digest came out, in London: "18 May 2026"."""
        return clock.day(clock.local(self.came_out_at).date())

    @property
    def published_moment(self) -> str:
        """When the digest came out: "Monday 18 May at 9am"."""
        return clock.moment(self.came_out_at)

    @property
    def minutes(self) -> int:
        """How many minutes it takes to read."""
        return int(self.content["minutes"])


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Questions asked of many withdrawals."""

    def standing(self) -> WithdrawalQuerySet:
        """Those of digests that were not restored."""
        return self.filter(restored_at__isnull=True).select_related("withdrawn_by")

    def with_people(self) -> WithdrawalQuerySet:
        """Each with who withdrew and who restored it at hand, the latest first."""
        latest_first = self.order_by("-withdrawn_at", "-id")
        return latest_first.select_related("withdrawn_by", "restored_by")


class Withdrawal(models.Model):
    """That a published digest was taken from readers: why, by whom, and until when."""

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(null=True)
    restored_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["withdrawn_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(restored_at__isnull=True),
                name="one_standing_withdrawal_a_digest",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="withdrawal_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(restored_at__isnull=True) ^ models.Q(restored_by__isnull=False),
                name="restored_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of {self.digest}"

    @property
    def withdrawn_on(self) -> date:
        """The day, in London."""
        return clock.local(self.withdrawn_at).date()

    @property
    def withdrawn_words(self) -> str:
        """The day in words: "20 May 2026"."""
        return clock.day(self.withdrawn_on)

    @property
    def withdrawn_moment(self) -> str:
        """When it was withdrawn: "Wednesday 20 May at 9am"."""
        return clock.moment(self.withdrawn_at)

    @property
    def restored_moment(self) -> str:
        """When it was restored, or nothing."""
        return clock.moment(self.restored_at) if self.restored_at else ""


def field_of(kind: type[Subject]) -> str:
    """The field of a published update that says which team or project it is of."""
    return "project" if kind is Project else "team"


class PublishedUpdateQuerySet(models.QuerySet["PublishedUpdate"]):
    """What was published, asked by whom it is of; the records read it and nothing unpublished."""

    def current(self) -> PublishedUpdateQuerySet:
        """What each digest's newest publication says; asked row by row, for the newest of some."""
        current = Publication.objects.current().filter(pk=models.OuterRef("publication"))
        return self.filter(models.Exists(current))

    def all_current(self) -> PublishedUpdateQuerySet:
        """The same for going through many: the list of what is published is made once.

        Row by row, SQLite would turn the leaf of a frozen page for each.
        """
        return self.filter(publication__in=Publication.objects.current())

    def told_by(self, kind: type[Subject], pk: Any) -> PublishedUpdateQuerySet:
        """What the team or project of that id told; the directorate tells the director's note."""
        return self.filter(**{field_of(kind): pk})

    def newest_first(self) -> PublishedUpdateQuerySet:
        """As the archive lists the digests: the one due out last comes first."""
        return self.order_by("-due_on", "-publication_id", "position")

    def taken_out_words(self) -> str:
        """Who corrected the digest without these, when, and what readers are told; or nothing."""
        last = (
            Publication.objects.filter(published_updates__in=self)
            .order_by("-pk")
            .for_lists()
            .first()
        )
        if last is None:
            return ""
        after = Publication.objects.filter(digest=last.digest_id, number=last.number + 1)
        correction = after.select_related("published_by").defer("content", "body").first()
        if correction is None:
            return ""
        who, when = correction.published_by.name, correction.made_moment
        return f"{who} took it out with a correction, {when}: “{correction.change_note}”"

    def with_digest(self) -> PublishedUpdateQuerySet:
        """Each with the digest it stands in, without its pages."""
        behind = (f"publication__{name}" for name in BEHIND_THE_PAGE)
        return self.select_related("publication__digest").defer(*behind)

    def with_days(self) -> PublishedUpdateQuerySet:
        """Each with when its digest first came out at hand."""
        first = Publication.objects.filter(
            digest=models.OuterRef("publication__digest"), number=1
        ).values("published_at")
        # It stands before what each would ask for itself.
        return self.annotate(came_out_at=models.Subquery(first))  # type: ignore[no-redef]


class PublishedUpdate(models.Model):
    """One update in one publication; the rows told from it hang here."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="published_updates"
    )
    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="published_updates")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    # Whom it is of, once more, and when the digest that it was written for was due out and which
    # days that covers: what is held over stands in the records where it belongs.
    team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    project = models.ForeignKey(
        Project, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_on = models.DateField()
    covers_from = models.DateField()
    covers_to = models.DateField()
    position = models.PositiveIntegerField()
    anchor = models.CharField(max_length=120)
    heading = models.CharField(max_length=300)
    is_no_update = models.BooleanField(default=False)

    objects = PublishedUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["project", "-due_on", "-publication"], name="told_by_project"),
            models.Index(fields=["team", "-due_on", "-publication"], name="told_by_team"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(team__isnull=True) ^ models.Q(project__isnull=True),
                name="published_update_has_one_subject",
            ),
            models.UniqueConstraint(
                fields=["publication", "update"], name="one_published_update_each"
            ),
            models.UniqueConstraint(fields=["publication", "anchor"], name="one_anchor_each"),
            models.UniqueConstraint(fields=["publication", "position"], name="one_position_each"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        """Where it is read: its place in the digest."""
        return f"{self.publication.digest.get_absolute_url()}#{self.anchor}"

    @property
    def period(self) -> str:
        """The days it tells of, in words; held over, they are not its digest's."""
        return clock.period(self.covers_from, self.covers_to)

    @property
    def told_in(self) -> str:
        """The days of the digest it stands in, and from which it is held over, if it is."""
        digest, held = self.publication.digest, self.held_over_from
        return f"{digest.period}, held over from {held}" if held else str(digest.period)

    @property
    def held_over_from(self) -> str:
        """The days it is from, where they are not those of the digest it stands in."""
        digest = self.publication.digest
        own = (self.covers_from, self.covers_to) == (digest.covers_from, digest.covers_to)
        return "" if own else self.period

    @cached_property
    def came_out_at(self) -> datetime:
        """When its digest first came out; of many, ask it once by `with_days`."""
        first: Publication = self.publication.digest.publications.get(number=1)
        return first.published_at

    @property
    def came_out_on(self) -> date:
        """The day its digest first came out, in London; a correction does not move it."""
        return clock.local(self.came_out_at).date()

    @property
    def came_out_words(self) -> str:
        """The same in words: "18 May 2026"."""
        return clock.day(self.came_out_on)
