"""The portal with its logging, whose every page breaks: no page of its own does so to a server."""

from collections.abc import Callable, Iterable
from typing import Any

import ddat.wsgi  # noqa: F401 (it sets the logging up)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Fail as something between Django and the server might."""
    raise RuntimeError("Something broke.")
