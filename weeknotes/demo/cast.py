"""Who is in the demonstration: the seeds' authors until 18 May 2026, invented people after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ddat import clock
from people.models import Role, RoleGrant, Team, TeamPost, User
from projects.models import GoodDirection, Metric, Product, Project, ProjectPost, Workstream
from weeknotes.digests.subjects import Subject

DOMAIN = "ddat.example"
PASSWORD = "weeknotes"  # noqa: S105 - the demonstration's accounts sign in with it, by design
BEGAN_ON = date(2024, 10, 1)
HANDED_OVER_ON = date(2026, 5, 18)

# The seeds' authors, with the job titles printed there. They cannot sign in.
AUTHORS = [
    ("Atika", "Mohammed", "DDaT Luton Director"),
    ("Kevin", "Rowe", "Head of Digital Development"),
    ("Carol", "Osborne", "Project Manager, DDaT Luton"),
    ("Ian", "Pavitt", "Project Manager DDaT Luton"),
    ("Steven", "Scott", "Project manager"),
]
# Invented people. Those with an account sign in with it; the others cannot.
INVENTED = [
    ("Morgan", "Ellis", "Director", "director"),
    ("Sam", "Okafor", "Business support manager", "admin"),
    ("Priya", "Nair", "Service designer", "reader"),
    ("Jo", "Bennett", "Project manager", "contributor"),
    ("Dev", "Patel", "Workplace experience lead", "lead"),
    ("Lee", "Grant", "Head of web and low code", ""),
    ("Mina", "Shah", "Delivery manager", ""),
]
# Name, short name, house order, whether it reports, its lead until May 2026, and after.
TEAMS = [
    ("Low code and web", "Web", 10, True, "Kevin Rowe", "Lee Grant"),
    ("Digital Services team (DSt)", "DSt", 20, True, "Kevin Rowe", "Lee Grant"),
    ("Product and Delivery", "", 30, False, "Atika Mohammed", "Morgan Ellis"),
    ("Workplace experience", "", 40, True, "Atika Mohammed", "Dev Patel"),
    (
        "Product and Delivery – People Services",
        "People Services",
        50,
        True,
        "Steven Scott",
        "Mina Shah",
    ),
]
# Who belongs to which team; everybody else to the directorate.
MEMBERS = {
    "Kevin Rowe": "Low code and web",
    "Lee Grant": "Low code and web",
    "Priya Nair": "Digital Services team (DSt)",
    "Carol Osborne": "Product and Delivery",
    "Ian Pavitt": "Product and Delivery",
    "Jo Bennett": "Product and Delivery",
    "Dev Patel": "Workplace experience",
    "Steven Scott": "Product and Delivery – People Services",
    "Mina Shah": "Product and Delivery – People Services",
}
# Name, code, its owner until May 2026, and after; all of Product and Delivery.
PROJECTS = [
    ("OneDrive user adoption", "", "Carol Osborne", "Jo Bennett"),
    ("Frontline Services", "", "Ian Pavitt", "Jo Bennett"),
    ("Regulatory Services", "PR910B", "Ian Pavitt", "Jo Bennett"),
    ("Data Governance Purview Pilot", "", "Ian Pavitt", "Mina Shah"),
]
# What OneDrive user adoption is followed by.
STRANDS = ["Deployment", "User adoption", "Governance and policy"]
METRICS = ["Active file viewing and editing", "File syncing activity", "Internal file sharing"]


@dataclass(frozen=True)
class Cast:
    """Everybody, and everything that reports, by the names they are called in the demonstration."""

    people: dict[str, User]
    subjects: dict[str, Subject]


def make_cast() -> Cast:
    """Make the people, their roles, the teams and projects, and who holds them when."""
    directorate = Team.objects.create(
        name="Digital, Data and Technology", short_name="DDaT", house_order=0, is_reporting=False
    )
    teams = _teams(directorate)
    people = _people(directorate, teams)
    _grant_roles(people)
    _appoint_leads(teams, people)
    projects = _projects(teams["Product and Delivery"], people)
    for name in ("Drupal", "Liberty Create"):
        Product.objects.create(name=name, team=teams["Low code and web"])
    return Cast(people, {**teams, **projects})


def _people(directorate: Team, teams: dict[str, Team]) -> dict[str, User]:
    rows = [(forename, surname, title, "") for forename, surname, title in AUTHORS] + INVENTED
    people = {}
    for forename, surname, title, account in rows:
        name = f"{forename} {surname}"
        email = account or f"{forename}.{surname}".lower()
        people[name] = User.objects.create_user(
            f"{email}@{DOMAIN}",
            PASSWORD if account else None,
            forename=forename,
            surname=surname,
            job_title=title,
            team=teams[MEMBERS[name]] if name in MEMBERS else directorate,
        )
    return people


def _grant_roles(people: dict[str, User]) -> None:
    director, admin, author = (
        people[name] for name in ("Morgan Ellis", "Sam Okafor", "Atika Mohammed")
    )
    began, handed_over = _morning(BEGAN_ON), _morning(HANDED_OVER_ON, hour=12)
    RoleGrant.objects.grant(person=admin, role=Role.ADMIN, by=director, at=began)
    first = RoleGrant.objects.grant(person=author, role=Role.EDITOR, by=admin, at=began)
    RoleGrant.objects.grant(person=director, role=Role.EDITOR, by=admin, at=handed_over)
    first.end(by=admin, at=handed_over)


def _teams(directorate: Team) -> dict[str, Team]:
    return {
        name: Team.objects.create(
            name=name,
            short_name=short_name,
            house_order=order,
            is_reporting=is_reporting,
            parent=directorate,
        )
        for name, short_name, order, is_reporting, _, _ in TEAMS
    }


def _appoint_leads(teams: dict[str, Team], people: dict[str, User]) -> None:
    by = people["Sam Okafor"]
    for name, _, _, _, before, after in TEAMS:
        for person, day in ((before, BEGAN_ON), (after, HANDED_OVER_ON)):
            TeamPost.objects.appoint(
                team=teams[name], person=people[person], by=by, on=day, at=_morning(day)
            )


def _projects(team: Team, people: dict[str, User]) -> dict[str, Project]:
    projects = {}
    by = people["Sam Okafor"]
    for name, code, before, after in PROJECTS:
        project = projects[name] = Project.objects.create(name=name, code=code, team=team)
        for person, day in ((before, BEGAN_ON), (after, HANDED_OVER_ON)):
            ProjectPost.objects.appoint(
                project=project, person=people[person], by=by, on=day, at=_morning(day)
            )
    _follow(projects["OneDrive user adoption"])
    return projects


def _follow(adoption: Project) -> None:
    """What the adoption project is followed by."""
    for position, name in enumerate(STRANDS):
        Workstream.objects.create(project=adoption, name=name, position=position)
    for position, name in enumerate(METRICS):
        Metric.objects.create(
            project=adoption,
            name=name,
            unit="users",
            good_direction=GoodDirection.UP,
            position=position,
        )


def _morning(day: date, *, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.LONDON)
