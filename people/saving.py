"""Saving what an admin's form says, and nothing that it does not ask."""

from typing import Any

from django.core.exceptions import ValidationError

from people.holding import hold

GONE = "Somebody deleted it a moment ago."


def changed_fields(thing: Any, form: Any) -> list[str]:
    """Hold the row of a thing, and tell which of its fields the form changes there.

    The others become what they are now: whatever somebody did since the page was read stays, be
    it a leaving, another password or a merger.
    """
    stored = next(iter(hold(type(thing).objects.filter(pk=thing.pk))), None)
    if stored is None:
        raise ValidationError(GONE)
    changed = []
    for field in thing._meta.concrete_fields:  # noqa: SLF001 (documented)
        now = getattr(stored, field.attname)
        if field.name not in form.changed_data:
            setattr(thing, field.attname, now)
        elif getattr(thing, field.attname) != now:
            changed.append(field.name)
    return changed
