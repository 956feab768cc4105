"""Who is in a scene, each signed in."""

from ddat import clock
from people.models import RoleGrant, Team, User
from people.models.posts import PostKind
from projects.models import Project, ProjectPost


def person(name: str, *, is_editor: bool = False) -> User:
    """Somebody new, by one word."""
    made = User.objects.create_user(
        f"{name.lower()}@council.example", forename=name, surname="Hand"
    )
    if is_editor:
        RoleGrant.objects.create(
            person=made, role="editor", granted_by=made, granted_at=clock.now()
        )
    return made


def session_of(somebody: User) -> str:
    """The cookie of a browser in which somebody is signed in."""
    from django.test import Client

    client = Client()
    client.force_login(somebody)
    return str(client.session.session_key)


def team() -> Team:
    """A team that everybody's projects are of."""
    found = Team.objects.filter(parent__isnull=False).first()
    if found:
        return found
    parent, _ = Team.objects.get_or_create(name="Directorate", parent=None)
    return Team.objects.create(name="Everybody", parent=parent)


def project_of(name: str, *writers: User) -> Project:
    """A project that these people write for."""
    made = Project.objects.create(name=name, team=team())
    for place, writer in enumerate(writers):
        ProjectPost.objects.create(
            project=made,
            person=writer,
            post=PostKind.DEPUTY if place else PostKind.HOLDER,
            starts_on="2026-01-05",
        )
    return made
