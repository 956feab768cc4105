"""An admin has links mailed; no admin types or sees a password or a link."""

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.backends import PortalBackend
from people.limits import MINUTE, seconds_left, too_often
from people.mail import link_mail, send_all
from people.models import Event, User
from people.rights import signed_in

if TYPE_CHECKING:
    Pages = admin.ModelAdmin
else:
    Pages = object

SENT = "A link to set a password is on its way to {}. It works once."
NOT_SENT = (
    "{} is kept, but the mail to them could not be sent. Ask whoever runs the portal to look at "
    "its mail settings, then send the link again."
)
NOT_WELCOME = "{} cannot sign in any more, so no link was sent to them."
TOO_OFTEN = "Several links were sent to {} just now. Wait {} minutes before you send another one."
MOST_AT_ONCE = 50  # the admin waits for each mail, and a page of the list has as many
TOO_MANY = (
    f"Choose at most {MOST_AT_ONCE} people at a time. You chose {{}}, and nobody was sent a link."
)


def mail_links(
    request: HttpRequest, people: Iterable[User], *, have_come_back: bool = False
) -> None:
    """Mail each person a link, and tell the admin what became of it. Not inside a transaction."""
    by = signed_in(request)
    waiting = [person for person in people if may_be_sent(request, person)]
    mails = [link_mail(request, person, by=by, has_come_back=have_come_back) for person in waiting]
    for person, is_sent in zip(waiting, send_all(mails), strict=True):
        if is_sent:
            Event.objects.record(by=by, verb="sent a link to", thing=person)
            messages.success(request, SENT.format(person.email))
        else:
            messages.error(request, NOT_SENT.format(person))


def may_be_sent(request: HttpRequest, person: User) -> bool:
    """Whether this person may be sent a link now; if not, the admin is told why."""
    key = str(person.pk)
    if not PortalBackend().user_can_authenticate(person):
        messages.error(request, NOT_WELCOME.format(person))
        return False
    if too_often(request, "send_link", key=key):
        minutes = ceil(seconds_left(request, "send_link", key=key) / MINUTE)
        messages.error(request, TOO_OFTEN.format(person, minutes))
        return False
    return True


class SendsLinks(Pages):
    """Mails a link to whoever is added, and again from their page or the list."""

    change_form_template = "admin/people/user/change_form.html"
    actions = ["send_links"]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Once the new person is kept, mail them their first link."""
        transaction.on_commit(lambda: mail_links(request, [obj]))
        return super().log_addition(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """After “Save and send the link”: mail it once the changes are kept."""
        if "_send_link" not in request.POST:
            return super().response_change(request, obj)
        transaction.on_commit(lambda: mail_links(request, [obj]))
        return redirect(request.get_full_path())

    @admin.action(description="Send a link to set a password")
    def send_links(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Mail each of the selected people a link, if they are not too many for one request."""
        if (number := people.count()) > MOST_AT_ONCE:
            messages.error(request, TOO_MANY.format(number))
            return
        mail_links(request, people)
