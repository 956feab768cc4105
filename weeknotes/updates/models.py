"""What one subject reports, and every state of its words."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from ddat import clock
from people.models import Team, User
from projects.models import Project
from weeknotes.content.document import Document
from weeknotes.digests.models import CAME_OUT, Digest, DigestState
from weeknotes.digests.subjects import Subject, anchor_of
from weeknotes.updates.addresses import address_of

NOTE_ANCHOR = "note"
HELD = "held-"
NOTE_HEADING = "Director’s weeknote"


class UpdateState(models.TextChoices):
    """How far an update has come."""

    DRAFT = "draft", "Drafting"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    NO_UPDATE = "no_update", "No update"


REPORTED = (UpdateState.SUBMITTED, UpdateState.NO_UPDATE)


class UpdateQuerySet(models.QuerySet["Update"]):
    """Questions asked of many updates."""

    def of(self, subject: Subject) -> UpdateQuerySet:
        """The updates a team or project reported; notes are nobody's report."""
        if isinstance(subject, Project):
            return self.filter(project=subject)
        return self.filter(team=subject, is_note=False)

    def notes(self) -> UpdateQuerySet:
        """The directors' own words."""
        return self.filter(is_note=True)

    def reported(self) -> UpdateQuerySet:
        """What was handed in: submitted, or said to have no update."""
        return self.filter(state__in=REPORTED)

    def returned(self) -> UpdateQuerySet:
        """What was handed in and returned with a question that is not answered yet."""
        return self.filter(state=UpdateState.RETURNED)

    def seen_by_editors(self) -> UpdateQuerySet:
        """What was handed in, returned since or not; a draft is not theirs to see."""
        return self.filter(state__in=[*REPORTED, UpdateState.RETURNED])

    def telling_held(self) -> UpdateQuerySet:
        """Each with `is_held`: whether an editor held it over, out of the digest it is for."""
        held = Update.objects.filter(pk=models.OuterRef("pk"), entries__decision="held")
        return self.annotate(is_held=models.Exists(held))

    def held_till_published(self) -> UpdateQuerySet:
        """What is held over and did not come out yet, each with its entries at hand."""
        out = Update.objects.filter(
            pk=models.OuterRef("pk"),
            entries__decision="included",
            entries__digest__state__in=CAME_OUT,
        )
        is_held = Update.objects.filter(pk=models.OuterRef("pk"), entries__decision="held")
        held = self.filter(models.Exists(is_held), ~models.Exists(out))
        return held.with_subject().select_related("digest").prefetch_related("entries")

    def still_told(self) -> UpdateQuerySet:
        """Those that nobody took from readers: neither withdrawn nor taken out by a correction.

        What did not come out, or not yet, is among them. An update stands in one digest at most.
        """
        publication = "published_updates__publication"
        told = self.annotate(
            told_in=Max(f"{publication}__number"),
            newest=Max(f"{publication}__digest__publications__number"),
            where=Coalesce(Max(f"{publication}__digest__state"), F("digest__state")),
        )
        standing = told.filter(Q(told_in=None) | Q(told_in=F("newest")))
        return standing.exclude(where=DigestState.WITHDRAWN)

    def with_subject(self) -> UpdateQuerySet:
        """Each with its team or project at hand."""
        return self.select_related("team", "project", "project__team")


class Update(models.Model):
    """What a team or a project, or the director in the note, says in one digest."""

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="updates")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="updates"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="updates"
    )
    is_note = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=UpdateState.choices, default=UpdateState.DRAFT)
    version = models.PositiveIntegerField(default=1)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=True) ^ Q(project__isnull=True),
                name="update_has_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(is_note=False) | Q(team__isnull=False), name="note_is_of_a_team"
            ),
            models.CheckConstraint(
                condition=Q(is_note=False) | Q(state="draft"), name="note_is_never_submitted"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UpdateState.values), name="update_state_is_known"
            ),
            models.UniqueConstraint(fields=["digest", "project"], name="one_update_a_project"),
            models.UniqueConstraint(fields=["digest", "team", "is_note"], name="one_update_a_team"),
            models.UniqueConstraint(
                fields=["digest"], condition=Q(is_note=True), name="one_note_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.house_heading}, {self.digest.period}"

    @property
    def subject(self) -> Subject:
        """The team or project it is about."""
        subject = self.project or self.team
        assert subject is not None  # held by update_has_one_subject
        return subject

    @property
    def anchor(self) -> str:
        """Its permanent place on the digest's page."""
        return NOTE_ANCHOR if self.is_note else anchor_of(self.subject)

    def is_held_over_in(self, digest: Digest) -> bool:
        """Whether it stands there though it was written for an earlier digest."""
        return self.digest_id != digest.pk

    def anchor_in(self, digest: Digest) -> str:
        """Its permanent place in a digest; held over it has one of its own, with its digest's day.

        So it never stands where the subject's update for that digest does: "held-2026-05-18-…".
        """
        if self.is_held_over_in(digest):
            return f"{HELD}{self.digest.slug}-{self.anchor}"
        return self.anchor

    @property
    def house_heading(self) -> str:
        """The heading it has unless its writer changes it."""
        return NOTE_HEADING if self.is_note else self.subject.house_heading

    @property
    def address(self) -> str:
        """Where its contributors write it, and find it again later."""
        return address_of(self.digest, self.subject)

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.state == UpdateState.DRAFT

    @property
    def is_returned(self) -> bool:
        """Whether an editor returned it with a question that is not answered yet."""
        return self.state == UpdateState.RETURNED

    @property
    def is_open(self) -> bool:
        """Whether it is with its writers: a draft, or returned to them."""
        return self.is_draft or self.is_returned

    @property
    def latest(self) -> Revision:
        """Its newest words, sealed or not."""
        newest: Revision = self.revisions.newest_first()[0]
        return newest

    def revise(
        self,
        content: dict[str, Any],
        *,
        cause: RevisionCause,
        by: User,
        at: datetime,
        is_sealed: bool = False,
        **why: str,
    ) -> Revision:
        """Add its next revision, a draft unless sealed; `why` is an edit's kind and reason."""
        numbers = self.revisions.order_by("-number").values_list("number", flat=True)
        seal = {"sealed_by": by, "sealed_at": at} if is_sealed else {}
        return self.revisions.create(
            number=(numbers.first() or 0) + 1,
            content=content,
            cause=cause,
            made_by=by,
            made_at=at,
            **seal,
            **why,
        )

    @property
    def original(self) -> Revision | None:
        """Its newest words as its own writers handed them in, if they ever did."""
        return self.revisions.handed_in().newest_first().first()

    def edits(self) -> list[tuple[Revision, Revision]]:
        """What editors changed since it was handed in, oldest first: (the words before, after)."""
        original = self.original
        if original is None:
            return []
        later = self.revisions.filter(cause__in=BY_EDITORS, number__gt=original.number)
        chain = [original, *later.newest_first().reverse()]
        return list(pairwise(chain))

    @property
    def shown_to_editors(self) -> Revision:
        """Its newest words as they were handed in or edited, whatever its writers type now."""
        newest: Revision = self.revisions.shown_to_editors().newest_first()[0]
        return newest


class RevisionCause(models.TextChoices):
    """Why a revision was made."""

    WRITTEN = "written", "Written"
    TAKEN_BACK = "taken_back", "Taken back"
    RETURNED = "returned", "Returned"
    RESTORED = "restored", "Restored"
    SET_ASIDE = "set_aside", "Set aside"  # a draft, kept when earlier words took its place
    EDITED = "edited", "Edited"
    CORRECTED = "corrected", "Corrected"


# What editors made of words that were handed in, or published.
BY_EDITORS = (RevisionCause.EDITED, RevisionCause.CORRECTED)
# What its writers did not hand in, though it is sealed.
NOT_HANDED_IN = (RevisionCause.SET_ASIDE, *BY_EDITORS)
SHOWN_TO_EDITORS = Q(sealed_at__isnull=False) & ~Q(cause=RevisionCause.SET_ASIDE)


class EditKind(models.TextChoices):
    """How much an editor changed in somebody's words."""

    TYPO = "typo", "Typo"
    SUBSTANCE = "substance", "Substance"


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Questions asked of many revisions."""

    def sealed(self) -> RevisionQuerySet:
        """Those whose words never change any more."""
        return self.filter(sealed_at__isnull=False)

    def handed_in(self) -> RevisionQuerySet:
        """The words as their writers handed them in, before any editor's change."""
        return self.sealed().exclude(cause__in=NOT_HANDED_IN)

    def shown_to_editors(self) -> RevisionQuerySet:
        """The words as they were handed in, and as editors changed them; no draft, ever."""
        return self.filter(SHOWN_TO_EDITORS)

    def newest_first(self) -> RevisionQuerySet:
        """As a history lists them, each with the people at hand."""
        return self.order_by("-number").select_related("made_by", "sealed_by")

    def with_version(self) -> models.QuerySet[Any]:
        """Each with its update's `version` at the moment in which the words are read."""
        return self.annotate(version=F("update__version"))

    def latest_of(self, updates: models.QuerySet[Update]) -> RevisionQuerySet:
        """The newest revision of each of these updates, in one query."""
        newest = (
            Revision.objects.filter(update=models.OuterRef("update"))
            .order_by("-number")
            .values("number")[:1]
        )
        return self.filter(update__in=updates, number=models.Subquery(newest))

    def shown_of(self, updates: models.QuerySet[Update]) -> RevisionQuerySet:
        """What the desk shows of each: what editors may read, and of the note the newest."""
        is_shown = SHOWN_TO_EDITORS | Q(update__is_note=True)
        newest = (
            Revision.objects.filter(is_shown, update=models.OuterRef("update"))
            .order_by("-number")
            .values("number")[:1]
        )
        return self.filter(update__in=updates, number=models.Subquery(newest))


class Revision(models.Model):
    """An update's whole document at one moment; once sealed it never changes."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    cause = models.CharField(max_length=10, choices=RevisionCause.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edit_kind = models.CharField(max_length=10, choices=EditKind.choices, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["update", "number"], name="one_revision_a_number"),
            models.UniqueConstraint(
                fields=["update"],
                condition=Q(sealed_at__isnull=True),
                name="one_draft_revision_an_update",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) ^ Q(sealed_by__isnull=False),
                name="revision_sealed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(reason=""),
                    cause__in=["edited", "corrected"],
                    edit_kind__in=EditKind.values,
                    sealed_at__isnull=False,
                )
                | Q(~Q(cause__in=["edited", "corrected"]), edit_kind="", reason=""),
                name="edit_is_sealed_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.update}"

    @property
    def is_edit(self) -> bool:
        """Whether an editor made it of words that were handed in, or corrected what came out."""
        return self.cause in BY_EDITORS

    @property
    def edit_words(self) -> str:
        """Who changed it, when and why: "Edited by Ann Fox, Friday 15 May at 11am. Typo: …"."""
        who, when = self.made_by.name, clock.moment(self.made_at)
        done = f"{self.get_cause_display()} by {who}, {when}"
        return f"{done}. {self.get_edit_kind_display()}: {self.reason}"

    @property
    def last_hand(self) -> tuple[User, datetime]:
        """Who stands for these words, and since when: the submitter, else who saved them last."""
        if self.sealed_by and self.sealed_at:
            return self.sealed_by, self.sealed_at
        return self.made_by, self.made_at

    @property
    def document(self) -> Document:
        """The words as typed objects."""
        return Document.from_json(self.content)
