"""Deleting somebody who was added by mistake. Whoever has done anything here stays."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ManyToOneRel

from people.models import Event, User

NOT_ONESELF = "You cannot delete yourself."
THEIR_OWN = (EmailAddress,)  # goes with a person, and tells nothing of what they did


def who_did_something(people: Iterable[User]) -> set[int]:
    """Those among `people` whom any row of any model names; asked once for all of them."""
    keys = [person.pk for person in people]
    named: set[int] = set()
    for model, field in _ties():
        rows = model._base_manager.filter(**{f"{field}__in": keys})  # noqa: SLF001 (documented)
        named.update(rows.values_list(field, flat=True).distinct())
    return named


def _ties() -> Iterator[tuple[Any, str]]:
    """Every field of every model that names a person."""
    for relation in User._meta.get_fields(include_hidden=True):  # noqa: SLF001 (documented)
        if isinstance(relation, ManyToOneRel) and relation.related_model not in THEIR_OWN:
            yield relation.related_model, relation.field.name


@transaction.atomic
def remove(*, person: User, by: User, at: datetime | None = None) -> None:
    """Delete somebody who did nothing here, and write it down. A second time does nothing.

    Raises ValidationError when they did something, have or had a role or a post, or are `by`.
    """
    held = User.objects.select_for_update().filter(pk=person.pk).first()  # nothing comes between
    if held is None:
        return
    if by.pk == held.pk:
        raise ValidationError(NOT_ONESELF)
    if who_did_something([held]):
        raise ValidationError(refusal(held))
    name = f"{held} ({held.email})"
    Event.objects.record(by=by, verb="deleted", thing=held, name=name, at=at)
    held.delete()


def refusal(person: User) -> str:
    """Why somebody stays, and what to do instead."""
    return (
        f"{person} has done something here, or has or had a role or a post. That stays, "
        "and so do they. If they no longer work here, let them leave."
    )
