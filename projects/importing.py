"""Projects brought in from a table, matched by their code or name; and taken out as one."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import get_format
from import_export.fields import Field

from ddat import clock
from people.admin.exporting import ExportsTable
from people.importing.admin import ImportsTables
from people.importing.resources import TableResource, TeamWidget, WordsWidget
from people.models import User
from projects.models import Project, ProjectPost


class DayWidget(WordsWidget):
    """A day, as a spreadsheet or a person writes it."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The day. Raises ValueError when it is none."""
        for written in get_format("DATE_INPUT_FORMATS"):
            try:
                return datetime.strptime(value, written).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
        raise ValueError(f"“{value}” is no day. Write it like 29/05/2026.")

    def render(self, value: date | None, obj: Any = None, **kwargs: Any) -> str:
        return clock.day(value) if value else ""


class OwnerWidget(WordsWidget):
    """Somebody who works here, by their email address."""

    people: dict[str, User]

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The person. Raises ValueError when nobody here has the address."""
        person = self.people.get(value.lower())
        if person is None:
            raise ValueError(
                f"Nobody here has the address “{value}”. Check it, or add the person first."
            )
        if not person.is_active:
            raise ValueError(f"{person} has left. Choose an owner who works here.")
        return person


class ProjectResource(TableResource):
    """Adds projects, corrects those that are here, and appoints their owners.

    Closing, reopening and merging are never done by a file.
    """

    COLUMNS = {
        "code": ("project code",),
        "name": ("project", "project name"),
        "team": ("team name",),
        "owner": ("owner email", "project owner"),
        "paused_until": ("paused until day",),
    }
    NEEDED = ("code", "name")
    EXAMPLE = [
        ["PR417C", "Mobile devices", "Web", "michael.rae@example.com", ""],
        ["", "Telephony replacement", "Web", "", "29/05/2026"],
    ]
    HELP = [
        "Projects are matched by their code, or by their name where the row has no code: one that "
        "is here already is changed, and none is added twice.",
        "A team is known by its name, its short name or its slug.",
        "An owner is known by their email address, and owns the project from today on.",
        "A pause is told by its last day, such as 29/05/2026.",
    ]

    code = Field("code", "code", WordsWidget("code", 20))
    name = Field("name", "name", WordsWidget("name", 120))
    team = Field("team", "team", TeamWidget())
    owner = Field("owner_now", "owner", OwnerWidget("owner", 254))
    paused_until = Field("paused_until", "paused_until", DayWidget("day", 40))

    class Meta(TableResource.Meta):
        model = Project
        fields = ("code", "name", "team", "owner", "paused_until")
        import_id_fields = ["name"]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read every project with its owner, and everybody whom the file names, at once."""
        named = [words.lower() for words in dataset["owner"]] if "owner" in dataset.headers else []
        people = self.read(User.objects.filter(email__in={*named}))
        self.fields["owner"].widget.people = {person.email: person for person in people}
        self.projects: list[Any] = self.read(Project.objects.select_related("team"))
        posts = ProjectPost.objects.holders().held_on(clock.today()).select_related("person")
        self.owners = {post.project_id: post.person for post in posts}
        for project in self.projects:
            project.owner_now = self.owners.get(project.pk)

    def keys(self, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        """No two rows have the same code or name."""
        for column in ("code", "name"):
            if column in row:
                yield column, row[column]

    def find(self, row: dict[str, str]) -> Project | None:
        """The project with this code; without one, that with this name."""
        code, name = row.get("code", "").casefold(), row.get("name", "").casefold()
        found = [project for project in self.projects if code and project.code.casefold() == code]
        named = [project for project in self.projects if name and project.name.casefold() == name]
        if not found and code and any(project.code for project in named):
            raise ValidationError(
                f"“{row['name']}” is here with the code “{named[0].code}”. "
                "Write that code, or change it on the project’s page first."
            )
        found = found or named
        if len(found) > 1:
            raise ValidationError(
                f"{len(found)} projects are called “{row.get('code') or row['name']}”. "
                "Change this one on its own page."
            )
        if found and named and found[0] not in named:
            raise ValidationError(
                f"The code is that of “{found[0].name}”, and the name that of another project. "
                "Put one of them right."
            )
        return found[0] if found else None

    def refusals(self, instance: Any, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        """A project has a name and a team; one that is closed is opened on its own page."""
        if not instance.name:
            yield "name", "The name is missing, and no project here has this code."
        if instance.team_id is None:
            yield "team", "The team is missing. A new project needs one."
        if instance.is_closed:
            yield "closed_at", f"{instance} is closed. Reopen it on its page first."
        elif instance.pk and instance.owner_now not in (None, self.owners.get(instance.pk)):
            post = ProjectPost(project=instance, person=instance.owner_now, starts_on=clock.today())
            try:
                ProjectPost.objects.refuse_appointment(post)
            except ValidationError as error:
                yield "owner", " ".join(error.messages)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if not is_create and not kwargs["dry_run"]:
                instance.rename(to=instance.name, code=instance.code, by=self.by)  # keeps the old
            super().save_instance(instance, is_create, row, **kwargs)
            if "owner" in row and not kwargs["dry_run"]:
                ProjectPost.objects.appoint(project=instance, person=instance.owner_now, by=self.by)


def _owner(project: Any) -> str | None:
    """The address of whoever owns a project of the list today."""
    held = [post.person.email for post in project.posts_today if not post.is_deputy]
    return held[0] if held else None


class ImportsProjects(ImportsTables, ExportsTable):
    """The import and the download on the list of projects."""

    import_resource = ProjectResource
    export_columns = [
        ("code", lambda project: project.code),
        ("name", lambda project: project.name),
        ("team", lambda project: project.team),
        ("owner", _owner),
        ("paused_until", lambda project: project.paused_until),
        ("closed", lambda project: "yes" if project.is_closed else "no"),
    ]
