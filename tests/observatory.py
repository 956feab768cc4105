"""Scores an answer by the published rules of Mozilla's HTTP Observatory.

The rules: developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, and the score table in
the repository mdn/mdn-http-observatory (src/grader/charts.js), read in November 2026. Ours are
written anew and only know what this portal could do: no rule about preloading, other sites' scripts
or CORS by files. A scan begins at 100; what takes points away always counts, what gives them only
from 90.
"""

from django.http import HttpResponse

START = 100
EXTRA_FROM = 90
SIX_MONTHS = 15_768_000  # seconds
BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
OPENERS = {"same-origin", "same-origin-allow-popups", "noopener-allow-popups"}


def score(response: HttpResponse) -> int:
    """The score of an answer over https, in points."""
    points = modifiers(response).values()
    taken = START + sum(point for point in points if point < 0)
    given = sum(point for point in points if point > 0)
    return max(0, taken + (given if taken >= EXTRA_FROM else 0))


def modifiers(response: HttpResponse) -> dict[str, int]:
    """What each rule gives or takes."""
    said = {name.lower(): value.strip().lower() for name, value in response.headers.items()}
    policy = _policy(said.get("content-security-policy", ""))
    return {
        "content-security-policy": _csp(policy),
        "cookies": _cookies(response, is_held_to_https="strict-transport-security" in said),
        "cors": _cors(said),
        "cross-origin-opener-policy": _one_of(
            said.get("cross-origin-opener-policy"), dict.fromkeys(OPENERS, 10), missing=0
        ),
        "cross-origin-resource-policy": _one_of(
            said.get("cross-origin-resource-policy"),
            {"same-origin": 10, "same-site": 10, "cross-origin": 0},
            missing=0,
        ),
        "referrer-policy": _one_of(
            said.get("referrer-policy"), dict.fromkeys(PRIVATE, 5), missing=0
        ),
        "strict-transport-security": _hsts(said.get("strict-transport-security", "")),
        "x-content-type-options": _one_of(
            said.get("x-content-type-options"), {"nosniff": 0}, missing=-5
        ),
        "x-frame-options": _frames(said.get("x-frame-options"), policy),
    }


def _one_of(value: str | None, known: dict[str, int], *, missing: int) -> int:
    return missing if value is None else known.get(value, -5)


def _policy(text: str) -> dict[str, set[str]]:
    directives = [part.split() for part in text.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in directives}


def _csp(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    scripts = policy.get("script-src", default)
    styles = policy.get("style-src", default)
    objects = policy.get("object-src", default)
    loose = BROAD | {"'unsafe-inline'", "data:"}
    if scripts & loose or objects & BROAD:
        return -20
    if any(
        source.startswith(("http:", "ftp:")) for sources in policy.values() for source in sources
    ):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & loose:
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(response: HttpResponse, *, is_held_to_https: bool) -> int:
    """The worst of the cookies; none is worth nothing, all of them well made five points."""
    worst = 5 if response.cookies else 0
    for name, cookie in response.cookies.items():
        is_session = "sess" in name.lower() or "login" in name.lower()
        same_site = cookie["samesite"].lower()
        if not cookie["secure"]:
            open_ = (-40 if is_session else -20, -10 if is_session else -5)
            worst = min(worst, open_[is_held_to_https])
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
        if ("csrf" in name.lower() and not same_site) or same_site not in ("", "lax", "strict"):
            worst = min(worst, -20)
        if not same_site:
            worst = min(worst, 0)
    return worst


def _cors(said: dict[str, str]) -> int:
    is_open = "access-control-allow-origin" in said
    return -50 if is_open and said.get("access-control-allow-credentials") == "true" else 0


def _hsts(text: str) -> int:
    ages = [part.strip()[8:] for part in text.split(";") if part.strip().startswith("max-age=")]
    if not ages or not ages[0].isdigit():
        return -20
    return 0 if int(ages[0]) >= SIX_MONTHS else -10


def _frames(value: str | None, policy: dict[str, set[str]]) -> int:
    if "frame-ancestors" in policy or value in ("deny", "sameorigin"):
        return 5
    return -20
