"""Whether a page does only what the portal made it do."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse

ACTIVE = {"iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "template"}
ACTIVE |= {"portal", "marquee", "math", "foreignobject", "animate", "set", "x-hostile"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "background"}
ADDRESSES |= {"srcset", "ping", "cite", "longdesc", "manifest", "hx-post", "hx-get"}
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-\x00-\x20]*):", re.IGNORECASE)
OUR_SCRIPTS = ("/static/", "/admin/jsi18n/")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def assert_harmless(response: HttpResponse) -> None:
    """No fault of ours, one heading, and nothing active that was typed."""
    assert response.status_code < 500, response.status_code
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    _assert_harmless(TOKEN.sub("", response.getvalue().decode()))


@lru_cache(maxsize=1000)
def _assert_harmless(html: str) -> None:
    """The same page, which many inputs leave as it was, is looked at once."""
    assert "<x-hostile" not in html.lower(), "typed HTML stands as it was typed"
    page = BeautifulSoup(html, "html.parser")
    faults = [fault for tag in page.find_all() for fault in _faults(tag)]
    assert faults == [], faults[:3]
    main = page.find("main", id="main")
    assert main is None or len(main.find_all("h1")) == 1, "not one heading"


def _faults(tag: Tag) -> Iterator[str]:
    """What could do something that the portal did not mean."""
    if tag.name in ACTIVE or (tag.name == "meta" and tag.has_attr("http-equiv")):
        yield f"<{tag.name}>"
    if tag.name == "script" and not (
        tag.get("src", "").startswith(OUR_SCRIPTS) and not tag.text.strip()
    ):
        yield f"<script>{tag.text[:50]}"
    for name, value in tag.attrs.items():
        if name.startswith(("on", "hx-on", "data-hx", "x-")) or name in ("style", "srcdoc"):
            yield f"{tag.name} {name}={value}"
        if name in ADDRESSES and not _is_plain(tag, str(value)):
            yield f"{tag.name} {name}={value}"


def _is_plain(tag: Tag, address: str) -> bool:
    """Whether an address is one of ours, or in a link one of the web or of mail."""
    scheme = SCHEME.match(address)
    if scheme is None and not address.lstrip().startswith("//"):
        return True
    is_link = tag.name == "a" and "noopener" in tag.get("rel", [])
    return is_link and scheme is not None and scheme[1].lower() in ("http", "https", "mailto")
