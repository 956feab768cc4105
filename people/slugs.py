"""The short names that stand in addresses."""

from collections.abc import Container, Iterable
from typing import Any

from django.utils.text import slugify

SLUG_LENGTH = 80
ROOM_FOR_NUMBER = 8


def free_slug(model: Any, name: str, *, otherwise: str = "", reserved: Container[str] = ()) -> str:
    """Make a slug from `name` that no `model` has: "web-team", or "web-team-2" when taken.

    A name without a letter from a to z goes by `otherwise`, or by what the model is called.
    """
    room = SLUG_LENGTH - ROOM_FOR_NUMBER
    base = slugify(name)[:room].strip("-_") or otherwise or model.__name__.lower()
    starts_the_same = model.objects.filter(slug__startswith=base)
    taken: Iterable[str] = set(starts_the_same.values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken or slug in reserved:
        number += 1
        slug = f"{base}-{number}"
    return slug
