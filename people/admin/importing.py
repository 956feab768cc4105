"""People brought in from a file and taken out as one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from ddat import clock
from people.admin.exporting import ExportsTable
from people.backends import PortalBackend
from people.importing.admin import ImportsTables
from people.importing.forms import ConfirmPeopleForm
from people.importing.people import PersonResource
from people.importing.resources import TableResource
from people.mail import link_mail, reach_server, send_all_later
from people.models import Event, Role, User
from people.rights import signed_in

ON_THEIR_WAY = (
    "Each new person is being mailed a link to set their password. If somebody gets none within "
    "the hour, tick them in this list and send the link again."
)
NOT_REACHED = (
    "The mail server cannot be reached, so nobody was mailed a link. Ask whoever runs the portal "
    "to look at its mail settings, then tick the new people in this list and send the links."
)


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
        ("added", lambda person: clock.local(person.date_joined).date().isoformat()),
    ]

    def after_import(self, request: HttpRequest, resource: TableResource, confirm: Any) -> None:
        """Mail everybody new the link for their first password, if that was ticked."""
        welcome = PortalBackend().user_can_authenticate
        people = [person for person in resource.added if welcome(person)]
        if people and confirm.cleaned_data["mail_links"]:
            _mail_first_links(request, people)


def _mail_first_links(request: HttpRequest, people: list[User]) -> None:
    """Have the mails sent while the admin goes on: many of them would keep the page waiting.

    So the record tells what was asked: whether each mail is taken shows only later, in the log.
    """
    server = reach_server()
    if server is None:
        messages.error(request, NOT_REACHED)
        return
    server.close()
    by = signed_in(request)
    with transaction.atomic():
        for person in people:
            Event.objects.record(by=by, verb="asked for a link to", thing=person)
    send_all_later([link_mail(request, person, by=by) for person in people])
    messages.success(request, ON_THEIR_WAY)
