"""What an admin saves from a page read a moment ago turns nothing back that others did since."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.db import IntegrityError
from django.test import Client

from ddat import clock
from people.admin.users import PersonForm
from people.admin_site import SAVED_MEANWHILE, PortalModelAdmin
from people.importing.admin import ImportsTables
from people.importing.people import PersonResource
from people.leaving import leave
from people.models import Team, User, teams, users
from tests.factories import PASSWORD, TeamFactory, directorate
from tests.meanwhile import Meanwhile, without_transaction
from tests.people.test_importing import confirm, sent

BOTH_ENGINES = pytest.mark.django_db(transaction=True)
WITH_CONTROL = pytest.mark.parametrize("is_guarded", [True, False])
LIST = "/admin/people/user/"


def just_before(
    monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, task: Callable, *, is_held: bool
) -> Any:
    """Let somebody do a task once whoever saves has read everything, and has saved nothing."""
    other, method = Meanwhile(task, is_held=is_held), getattr(owner, name)

    def later(self: Any, *args: Any, **kwargs: Any) -> Any:
        other.begin()
        return method(self, *args, **kwargs)

    monkeypatch.setattr(owner, name, later)
    return other


def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save every column of the row as it was read, as Django does."""
    monkeypatch.setattr(users, "ACCESS", {"session_number"})
    without_transaction(monkeypatch, "django.contrib.admin.options")
    save = lambda page, request, obj, form, change: obj.save()  # noqa: E731
    monkeypatch.setattr("people.admin_site.PortalModelAdmin.save_model", save)


@pytest.mark.parametrize("field", ["password", "leaves_on", "is_superuser", "last_login"])
@pytest.mark.django_db
def test_older_copy_turns_no_access_back(contributor: User, field: str) -> None:
    other = {
        "password": "another",
        "leaves_on": clock.today(),
        "is_superuser": True,
        "last_login": clock.now(),
    }[field]
    User.objects.filter(pk=contributor.pk).update(**{field: other})

    contributor.job_title = "Head"
    contributor.save()

    stored = User.objects.get(pk=contributor.pk)
    assert (stored.job_title, getattr(stored, field)) == ("Head", other)


@pytest.mark.django_db
def test_password_that_was_just_set_is_saved(contributor: User) -> None:
    contributor.set_password("a long walk by the river")
    contributor.save()
    contributor.job_title = "Head"
    contributor.save()

    assert User.objects.get(pk=contributor.pk).check_password("a long walk by the river")


@BOTH_ENGINES
@WITH_CONTROL
def test_person_saved_while_they_leave_has_left(
    as_admin: Client,
    admin: User,
    contributor: User,
    monkeypatch: pytest.MonkeyPatch,
    is_guarded: bool,
) -> None:
    leaving = just_before(
        monkeypatch,
        PersonForm,
        "clean_email",
        lambda: leave(person=contributor, by=admin),
        is_held=is_guarded,
    )
    if not is_guarded:
        as_it_was(monkeypatch)
    form = {"email": contributor.email, "forename": "Con", "surname": "Other"}

    as_admin.post(f"{LIST}{contributor.pk}/change/", form)
    leaving.finish()

    person = User.objects.get(pk=contributor.pk)
    assert (leaving.errors, person.surname) == ([], "Other")
    today = clock.today() if is_guarded else None
    assert (person.leaves_on, person.check_password(PASSWORD)) == (today, not is_guarded)
    if is_guarded:
        assert person.history.latest("history_id").leaves_on == today


@BOTH_ENGINES
@WITH_CONTROL
def test_person_imported_while_they_leave_has_left(
    as_admin: Client,
    admin: User,
    contributor: User,
    monkeypatch: pytest.MonkeyPatch,
    is_guarded: bool,
) -> None:
    preview = sent(as_admin, f"email,name\n{contributor.email},Con Other\n", f"{LIST}import/")
    leaving = just_before(
        monkeypatch,
        PersonResource,
        "_check_import_id_fields",
        lambda: leave(person=contributor, by=admin),
        is_held=is_guarded,
    )
    if not is_guarded:
        monkeypatch.setattr(users, "ACCESS", {"session_number"})
        monkeypatch.setattr("people.importing.resources.hold", list)
        monkeypatch.setattr("people.importing.admin.hold", list)
        monkeypatch.setattr(ImportsTables, "_run", ImportsTables._run.__wrapped__)

    confirm(as_admin, preview, f"{LIST}import/")
    leaving.finish()

    person = User.objects.get(pk=contributor.pk)
    assert (leaving.errors, person.surname) == ([], "Other")
    today = clock.today() if is_guarded else None
    assert (person.leaves_on, person.check_password(PASSWORD)) == (today, not is_guarded)


@BOTH_ENGINES
@WITH_CONTROL
@pytest.mark.parametrize(
    ("module", "path", "form", "second"),
    [
        (teams, "/admin/people/team/", {"name": "Web", "house_order": 7}, 302),
        (users, LIST, {"email": "ana@council.example", "forename": "Ana"}, 200),
    ],
    ids=["team", "person"],
)
def test_two_who_add_the_same_are_answered(
    as_admin: Client,
    monkeypatch: pytest.MonkeyPatch,
    is_guarded: bool,
    module: Any,
    path: str,
    form: dict[str, Any],
    second: int,
) -> None:
    rows = {"posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0, "parent": directorate().pk}
    answers, free_slug, model = [], module.free_slug, {teams: Team, users: User}[module]
    before = model.objects.count()

    def add() -> None:
        browser = Client()
        browser.cookies = as_admin.cookies
        answers.append(browser.post(f"{path}add/", form | rows).status_code)

    other = Meanwhile(add, is_held=is_guarded)
    monkeypatch.setattr(
        module, "free_slug", lambda *a, **named: (free_slug(*a, **named), other.begin())[0]
    )
    if not is_guarded:
        without_transaction(monkeypatch, "django.contrib.admin.options")
        monkeypatch.setattr(PortalModelAdmin, "changeform_view", ModelAdmin.changeform_view)
        with pytest.raises(IntegrityError):
            add()
        other.finish()
        return

    add()
    other.finish()

    assert (sorted(answers), other.errors) == (sorted([302, second]), [])
    assert model.objects.count() - before == [302, second].count(302)


@pytest.mark.django_db
def test_what_is_saved_again_and_again_meanwhile_is_told(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    TeamFactory(slug="taken")
    monkeypatch.setattr(teams, "free_slug", lambda *a, **named: "taken")
    form = {"name": "Web", "house_order": 7, "parent": directorate().pk}
    rows = {"posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}

    page = as_admin.post("/admin/people/team/add/", form | rows, follow=True)

    assert [str(message) for message in page.context["messages"]] == [SAVED_MEANWHILE]
    assert not Team.objects.filter(name="Web").exists()


@BOTH_ENGINES
@WITH_CONTROL
def test_team_saved_while_it_is_merged_stays_merged(
    as_admin: Client, admin: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    team, heir = TeamFactory(name="Web"), TeamFactory(name="Digital")
    merging = just_before(
        monkeypatch,
        Team,
        "clean",
        lambda: Team.objects.get(pk=team.pk).merge(into=heir, by=admin),
        is_held=is_guarded,
    )
    if not is_guarded:
        as_it_was(monkeypatch)
    rows = {"posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}
    form = {"name": "Web", "short_name": "W", "parent": directorate().pk, "house_order": 7}

    as_admin.post(f"/admin/people/team/{team.pk}/change/", form | rows)
    merging.finish()

    team.refresh_from_db()
    assert (merging.errors, team.house_order) == ([], 7)
    assert (team.merged_into, team.is_closed) == ((heir, True) if is_guarded else (None, False))
