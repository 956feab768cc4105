"""How often somebody may try, and how long they wait after that.

Allauth counts, in the cache that all processes share; ACCOUNT_RATE_LIMITS says how many.
"""

from math import ceil

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ddat.clock import now

APP = "allauth.account"
MINUTE = 60


def too_often(request: HttpRequest, action: str, *, key: str = "") -> HttpResponse | None:
    """Count one try; the 429 page when there have been too many."""
    if ratelimit.consume(request, app=APP, action=action, key=key):
        return None
    return too_many_tries(request, seconds_left(request, action, key=key))


def seconds_left(request: HttpRequest, action: str, *, key: str = "") -> int:
    """How long until one more try would be counted; a minute where nothing says."""
    waits = [MINUTE]
    for rate in ratelimit.get_rates(app=APP, action=action):
        address = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        tries = [at for at in cache.get(address, []) if at > now().timestamp() - rate.duration]
        if len(tries) >= rate.amount:
            waits.append(ceil(min(tries) + rate.duration - now().timestamp()))
    return max(waits)


def forget(request: HttpRequest, action: str, *, key: str) -> None:
    """Forget the tries with this key; those from the same place stay counted."""
    for rate in ratelimit.get_rates(app=APP, action=action):
        if rate.per == "key":
            cache.delete(
                ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
            )


def too_many_tries(request: HttpRequest, seconds: int = MINUTE) -> HttpResponse:
    """429: says how long to wait, on the page and to programs."""
    minutes = ceil(seconds / MINUTE)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * MINUTE)
    return response
