"""Who writes for a team or a project, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ddat import clock
from people.models import Post, PostQuerySet, Team, TeamPost, User
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
    teams = {subject.pk: subject for subject in chosen if isinstance(subject, Team)}
    projects = {subject.pk: subject for subject in chosen if isinstance(subject, Project)}
    held: dict[Subject, list[Post]] = {subject: [] for subject in chosen}
    if teams:
        for post in _held(TeamPost.objects.filter(team__in=teams), day):
            held[teams[post.team_id]].append(post)
    if projects:
        for post in _held(ProjectPost.objects.filter(project__in=projects), day):
            held[projects[post.project_id]].append(post)
    return {subject: _writers(posts) for subject, posts in held.items()}


def _held(posts: PostQuerySet, day: date) -> PostQuerySet:
    return posts.held_on(day).select_related("person")


def _writers(posts: list[Post]) -> Writers:
    holder = next((post.person for post in posts if not post.is_deputy), None)
    deputies = [post.person for post in posts if post.is_deputy and post.person != holder]
    return Writers(holder=holder, deputies=tuple(dict.fromkeys(deputies)))
