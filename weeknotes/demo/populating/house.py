"""The people, teams and projects of a large house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ddat import clock
from people.models import Role, RoleGrant, Team, TeamPost, User
from projects.models import Project, ProjectPost
from weeknotes.digests.subjects import Subject

DOMAIN = "populated.example"
NO_PASSWORD = "!nobody signs in with it"  # noqa: S105 (as Django marks an unusable one)
PROJECTS_A_TEAM = 4
FORENAMES = ("Ada", "Ben", "Cora", "Dan", "Esi", "Femi", "Gwen", "Hari", "Ines", "Jon", "Kit")
SURNAMES = (
    "Ahmed",
    "Baker",
    "Clarke",
    "Diaz",
    "Evans",
    "Fofana",
    "Grant",
    "Hughes",
    "Ito",
    "Jones",
)
ADMIN, DIRECTOR = 0, 1


@dataclass(frozen=True, kw_only=True)
class House:
    """Everybody, and everything that reports, in house order."""

    directorate: Team
    people: list[User]
    subjects: list[Subject]

    @property
    def director(self) -> User:
        """Who composes and publishes every digest."""
        return self.people[DIRECTOR]

    def writer_of(self, place: int) -> User:
        """Who writes for the subject at that place."""
        return self.people[place % len(self.people)]


def build(*, people: int, subjects: int, began_on: date) -> House:
    """A directorate, teams with four projects each, an admin, a director, and everybody else."""
    began = datetime(began_on.year, began_on.month, began_on.day, 9, tzinfo=clock.LONDON)
    directorate = Team.objects.create(name="Directorate", short_name="DDaT", is_reporting=False)
    teams = _teams(directorate, -(-subjects // (PROJECTS_A_TEAM + 1)))
    everybody = _people(people, [directorate, *teams], began)
    house = House(
        directorate=directorate,
        people=everybody,
        subjects=_in_order(teams, _projects(teams, subjects - len(teams))),
    )
    _grant_roles(house, began)
    _appoint(house, began_on)
    return house


def _teams(directorate: Team, count: int) -> list[Team]:
    return Team.objects.bulk_create(
        Team(
            name=f"Team {number}",
            slug=f"team-{number}",
            parent=directorate,
            house_order=number,
            is_reporting=True,
        )
        for number in range(1, count + 1)
    )


def _projects(teams: list[Team], count: int) -> list[Project]:
    return Project.objects.bulk_create(
        Project(
            name=f"Project {number}",
            slug=f"project-{number}",
            code=f"PR{number:03}" if number % 3 else "",
            team=teams[(number - 1) // PROJECTS_A_TEAM],
        )
        for number in range(1, count + 1)
    )


def _in_order(teams: list[Team], projects: list[Project]) -> list[Subject]:
    own: dict[int, list[Subject]] = {team.pk: [team] for team in teams}
    for project in projects:
        own[project.team_id].append(project)
    return [subject for subjects in own.values() for subject in subjects]


def _people(count: int, teams: list[Team], began: datetime) -> list[User]:
    """Nobody has a password: none can be signed in with but by a session made for it."""
    everybody: list[User] = User.objects.bulk_create(
        User(
            email=f"person{number}@{DOMAIN}",
            forename=FORENAMES[number % len(FORENAMES)],
            surname=f"{SURNAMES[number % len(SURNAMES)]} {number}",
            slug=f"person-{number}",
            job_title="Officer",
            team=teams[number % len(teams)],
            password=NO_PASSWORD,
            date_joined=began,
        )
        for number in range(1, count + 1)
    )
    return everybody


def _grant_roles(house: House, began: datetime) -> None:
    admin = house.people[ADMIN]
    for person, role, by in (
        (admin, Role.ADMIN, house.director),
        (house.director, Role.EDITOR, admin),
    ):
        RoleGrant.objects.grant(person=person, role=role, by=by, at=began)


def _appoint(house: House, began_on: date) -> None:
    """Everything that reports has a lead or an owner from the first day on."""
    pairs = [(subject, house.writer_of(place)) for place, subject in enumerate(house.subjects)]
    TeamPost.objects.bulk_create(
        TeamPost(team=team, person=person, starts_on=began_on)
        for team, person in pairs
        if isinstance(team, Team)
    )
    ProjectPost.objects.bulk_create(
        ProjectPost(project=project, person=person, starts_on=began_on)
        for project, person in pairs
        if isinstance(project, Project)
    )
