"""Names as people type them, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable

from people.models import User


def people_named(names: Iterable[str]) -> dict[str, int]:
    """The person of each name that exactly one has; other names stay words."""
    people: dict[str, list[int]] = {}
    for person in User.objects.named(sorted(set(names))):
        people.setdefault(person.name, []).append(person.pk)
    return {name: found[0] for name, found in people.items() if len(found) == 1}
