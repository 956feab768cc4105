"""Who reports: a team or a project, treated alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Value

from people.models import Team, User
from projects.models import Project
from weeknotes.digests.models import Digest

Subject = Team | Project


def anchor_of(subject: Subject) -> str:
    """The permanent anchor of a subject's updates: "team-<slug>" or "project-<slug>"."""
    return f"{'project' if isinstance(subject, Project) else 'team'}-{subject.slug}"


def in_house_order(subjects: Iterable[Subject]) -> list[Subject]:
    """Teams in house order, each followed by its projects by name."""

    def place(subject: Subject) -> tuple[int, int, int, str]:
        if isinstance(subject, Project):
            return (subject.team.house_order, subject.team_id, 1, subject.house_heading)
        return (subject.house_order, subject.pk, 0, "")

    return sorted(subjects, key=place)


def expected_in(digest: Digest) -> list[Subject]:
    """Every active, unpaused project and every team that reports, in house order."""
    teams = Team.objects.reporting(digest.covers_to)
    projects = Project.objects.active(digest.covers_to).unpaused(digest.covers_to)
    return in_house_order([*teams, *projects.select_related("team")])


def expected_of(
    subjects: Sequence[Subject], digests: Iterable[Digest]
) -> dict[Digest, list[Subject]]:
    """Which of these subjects are expected in each digest, in their order, all in one query."""
    projects = Project.objects.filter(pk__in=[s.pk for s in subjects if isinstance(s, Project)])
    digests = list(digests)
    pairs = [
        projects.active(digest.covers_to)
        .unpaused(digest.covers_to)
        .order_by()
        .values_list(Value(digest.pk), "pk")
        for digest in digests
    ]
    reporting = set(pairs[0].union(*pairs[1:], all=True)) if pairs else set()

    def is_expected(subject: Subject, digest: Digest) -> bool:
        if isinstance(subject, Team):
            return subject.is_reporting and subject.is_active_on(digest.covers_to)
        return (digest.pk, subject.pk) in reporting

    return {digest: [s for s in subjects if is_expected(s, digest)] for digest in digests}


def written_by(person: User, *, on: date | None = None) -> list[Subject]:
    """The teams and projects a person writes for on a day (today), in house order.

    They lead the team, own the project, or are a deputy there.
    """
    teams = Team.objects.written_by(person, on=on)
    projects = Project.objects.written_by(person, on=on).select_related("team")
    return in_house_order([*teams, *projects])
