"""Where sessions are kept: Django's table, whose row for a cookie is asked for by prepared SQL."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField

from ddat import clock
from ddat.prepared import Asked, Prepared

SHORTEST = 8  # as Django has it


def _open() -> Any:
    """The session of a cookie, if it has not ended."""
    return SessionStore.get_model_class().objects.filter(
        session_key=Asked("key", CharField()), expire_date__gt=Asked("now", DateTimeField())
    )


_data = Prepared(lambda: _open().values_list("session_data"))


class SessionStore(db.SessionStore):
    """Django's, but for how the row is read; every page of somebody signed in begins with it."""

    def _validate_session_key(self, key: str | None) -> bool:
        """No key was ever anything but letters and figures; PostgreSQL takes no others, say NUL."""
        return bool(key and key.isascii() and key.isalnum() and len(key) >= SHORTEST)

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and a new key, when it has ended."""
        for (data,) in _data(key=self.session_key, now=clock.now()):
            return self.decode(data)
        self._session_key = None
        return {}
