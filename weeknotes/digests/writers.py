"""Who writes for a team or a project, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField

from ddat import clock
from ddat.prepared import Among, Asked, Prepared
from people.models import Post, Team, TeamPost, User
from projects.models import Project, ProjectPost
from weeknotes.digests.subjects import Subject


@dataclass(frozen=True, kw_only=True)
class Writers:
    """Who writes for a subject on a day: its lead or owner, and the deputies."""

    holder: User | None
    deputies: tuple[User, ...] = ()

    @property
    def words(self) -> str:
        """Who is asked and who stands in, or that there is nobody to ask."""
        if self.holder is None and not self.deputies:
            return "nobody writes for this: ask an admin to appoint somebody"
        asked = self.holder.name if self.holder else "nobody in the post"
        return ", ".join(filter(None, (asked, self.standing_in)))

    @property
    def standing_in(self) -> str:
        """Who stands in: "Ann Smith stands in", or nothing."""
        if not self.deputies:
            return ""
        names = " and ".join(deputy.name for deputy in self.deputies)
        return f"{names} {'stands' if len(self.deputies) == 1 else 'stand'} in"

    def told_to(self, person: User) -> str:
        """What one of them needs to know of the others, or nothing."""
        if person == self.holder:
            return self.standing_in
        return f"you stand in for {self.holder.name}" if self.holder else "you stand in"


def writers_of(subjects: Iterable[Subject], *, on: date | None = None) -> dict[Subject, Writers]:
    """Who writes for each of these on a day (today), in one query for each kind of subject."""
    chosen, day = list(subjects), on or clock.today()
    held: dict[Subject, list[Post]] = {subject: [] for subject in chosen}
    for kind, posts, field in _POSTS:
        own = {subject.pk: subject for subject in chosen if isinstance(subject, kind)}
        for post in posts(subjects=own, day=day) if own else ():
            held[own[getattr(post, field)]].append(post)
    return {subject: _writers(posts) for subject, posts in held.items()}


def _held(kind: type[Post]) -> Prepared:
    """The posts of these subjects that are held on a day, each with its person."""
    subjects, day = Among(kind.SUBJECT, "subjects"), Asked("day", DateField())
    return Prepared(lambda: kind.objects.held_on(day).filter(subjects).select_related("person"))


_POSTS = (
    (Team, _held(TeamPost), "team_id"),
    (Project, _held(ProjectPost), "project_id"),
)


def _writers(posts: list[Post]) -> Writers:
    holder = next((post.person for post in posts if not post.is_deputy), None)
    deputies = [post.person for post in posts if post.is_deputy and post.person != holder]
    return Writers(holder=holder, deputies=tuple(dict.fromkeys(deputies)))
