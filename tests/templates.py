"""Makes an undefined variable in one of our own templates an error."""

import inspect
from pathlib import Path

from django.conf import settings
from django.template.base import Node


class UndefinedVariableError(Exception):
    """A template of ours printed, passed on or looped over a variable that nobody gave it."""


class Undefined(str):
    """Stands in for `string_if_invalid`, where Django asks whether it is empty.

    In Django's own templates and other packages' it is the empty text that Django uses.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        """Answer as the empty text does, unless one of our templates is asking."""
        frame = inspect.currentframe()
        expression = frame.f_back.f_locals.get("self") if frame and frame.f_back else None
        while frame:
            node = frame.f_locals.get("self")
            if isinstance(node, Node) and hasattr(node, "origin"):
                break
            frame = frame.f_back
        else:
            return False
        name = Path(node.origin.name)
        if any(name.is_relative_to(folder) for folder in settings.TEMPLATES[0]["DIRS"]):
            where = f"{name}, line {node.token.lineno}" if node.token else str(name)
            raise UndefinedVariableError(f"{expression} is not defined in {where}")
        return False
