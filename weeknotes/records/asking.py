"""Questions about one team or project, prepared for each kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import BigAutoField, DateField

from ddat.prepared import Asked, Prepared
from people.models import Team
from projects.models import Project
from weeknotes.digests.subjects import Subject

SUBJECT = Asked("subject", BigAutoField())
TODAY = Asked("today", DateField())


class About:
    """A question about `SUBJECT`, given by a function that makes its QuerySet for a kind."""

    def __init__(self, make: Callable[[type[Subject]], Any]) -> None:
        self._kinds = {kind: Prepared(partial(make, kind)) for kind in (Team, Project)}

    def __call__(self, subject: Subject, **values: Any) -> list[Any]:
        """Ask it about this team or project."""
        return self._kinds[type(subject)](subject=subject.pk, **values)
