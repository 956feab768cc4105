"""People brought in from a file and taken out as one."""

from typing import Any

from django.http import HttpRequest

from people.admin.exporting import ExportsTable
from people.importing.admin import ImportsTables
from people.importing.forms import ConfirmPeopleForm
from people.importing.people import PersonResource
from people.importing.resources import TableResource
from people.models import Role, User


def _roles(person: User) -> str:
    held = [(person.is_editor, Role.EDITOR), (person.is_admin, Role.ADMIN)]
    return ", ".join(role.label for has_it, role in held if has_it)


class ImportsPeople(ImportsTables, ExportsTable):
    """The import and the download on the list of people."""

    import_resource = PersonResource
    import_confirm_form = ConfirmPeopleForm
    export_columns = [
        ("email", lambda person: person.email),
        ("forename", lambda person: person.forename),
        ("surname", lambda person: person.surname),
        ("job_title", lambda person: person.job_title),
        ("team", lambda person: person.team),
        ("roles", _roles),
        ("active", lambda person: "yes" if person.is_active else "no"),
        ("added", lambda person: person.date_joined.date().isoformat()),
    ]

    def after_import(self, request: HttpRequest, resource: TableResource, confirm: Any) -> None:
        """Mail everybody new the link for their first password, if that was ticked."""
