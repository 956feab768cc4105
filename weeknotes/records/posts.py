"""What a person looks after: the teams they lead and the projects they own, or stand in for."""

from __future__ import annotations

from dataclasses import dataclass

from ddat import clock
from people.models import Post, TeamPost, User
from projects.models import Project, ProjectPost
from weeknotes.digests.subjects import Subject


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A post somebody holds today: what they do, of what, and since when."""

    does: str
    subject: Subject
    since: str


def posts_of(person: User) -> list[HeldPost]:
    """What a person looks after today: teams first, then projects that are not closed."""
    today = clock.today()
    teams = TeamPost.objects.held_on(today).filter(person=person).select_related("team")
    projects = (
        ProjectPost.objects.held_on(today)
        .filter(person=person, project__in=Project.objects.active())
        .select_related("project")
    )
    return [
        *(_held(post, post.team, "Leads") for post in teams.order_by("team__house_order", "pk")),
        *(_held(post, post.project, "Owns") for post in projects.order_by("project__name", "pk")),
    ]


def _held(post: Post, subject: Subject, does: str) -> HeldPost:
    does = "Stands in for" if post.is_deputy else does
    return HeldPost(does=does, subject=subject, since=clock.day(post.starts_on))
