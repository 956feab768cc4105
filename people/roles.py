"""The page about roles: who has which, since when, and who gave it."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ddat import clock
from people.models import Role, RoleGrant
from people.rights import editors_and_admins_only

ENDED_A_PAGE = 50
DOES = {
    Role.EDITOR: "They compose and publish digests.",
    Role.ADMIN: "They manage people, projects and settings.",
}


@editors_and_admins_only
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Everybody who has a role, and everybody who had one, the latest first."""
    held = (
        RoleGrant.objects.open().with_people().order_by("person__surname", "person__forename", "id")
    )
    ended = RoleGrant.objects.ended().with_people().order_by("-ended_at", "-id")
    page = Paginator(ended, ENDED_A_PAGE).get_page(request.GET.get("page"))
    groups: dict[str, list[dict[str, str]]] = {role: [] for role in Role.values}
    for grant in held:
        groups[grant.role].append(_told(grant))
    context = {
        "groups": [
            (Role(role).label + "s", DOES[Role(role)], rows) for role, rows in groups.items()
        ],
        "ended": [_told(grant) for grant in page.object_list],
        "page": page,
    }
    return render(request, "people/roles.html", context)


def _told(grant: RoleGrant) -> dict[str, str]:
    """A grant in words."""
    return {
        "name": grant.person.name,
        "role": grant.get_role_display(),
        "since": _day(grant.granted_at),
        "by": grant.granted_by.name,
        "until": _day(grant.ended_at) if grant.ended_at else "",
        "ended_by": grant.ended_by.name if grant.ended_by else "",
        "left": "" if grant.person.is_active else "They have left.",
    }


def _day(at: datetime) -> str:
    return clock.day(clock.local(at).date())
