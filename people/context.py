"""What every template may know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demonstration."""
    return {"is_demo": settings.DEMO}
