"""What a browser does with a page: read it, and send its forms as they stand."""

import re
from collections.abc import Mapping
from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def read(response: HttpResponse) -> BeautifulSoup:
    """The page as a tree."""
    return BeautifulSoup(response.content, "html.parser")


def sent_by(page: BeautifulSoup, form: str = "form.sheet") -> dict[str, str]:
    """What a form would send, no button pressed."""
    found = page.select_one(form)
    fields: dict[str, str] = {}
    for control in found.select("input[name], textarea[name], select[name]"):
        value = value_of(control)
        if value is not None and not control.has_attr("disabled"):
            fields[control["name"]] = value
    del fields["csrfmiddlewaretoken"]
    return fields


def value_of(control: Tag) -> str | None:
    """What one control sends; None for a box that is not ticked."""
    if control.name == "textarea":
        return re.sub("\r?\n", "\r\n", re.sub("^\r?\n", "", control.text))
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.select_one("option")
        return chosen.get("value", chosen.text)
    if control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
        return None
    return control.get("value", "on" if control.get("type") == "checkbox" else "")


def errors_of(page: BeautifulSoup) -> dict[str, str]:
    """The error summary: where each link leads, and what it says."""
    links = page.select(".govuk-error-summary a")
    return {link["href"]: " ".join(link.text.split()) for link in links}


def dangling(page: BeautifulSoup) -> list[str]:
    """Links of the error summary that lead to no control."""
    return [
        href
        for href in errors_of(page)
        if not href.startswith("#")
        or page.find(["input", "textarea", "select"], id=href[1:]) is None
    ]


def headings(page: BeautifulSoup | Tag) -> list[str]:
    """The headings in order, such as "h2 Looking ahead"."""
    return [
        f"{tag.name} {' '.join(tag.text.split())}"
        for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    ]


def skipped_levels(page: BeautifulSoup) -> list[str]:
    """Headings more than one level below the one before them."""
    found = page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    return [
        after.text
        for before, after in pairwise(found)
        if int(after.name[1]) > int(before.name[1]) + 1
    ]


def spoken(tag: Tag) -> str:
    """The words of a tag, spaces made plain."""
    return " ".join(tag.text.split())


def with_changes(fields: Mapping[str, str], **changes: str) -> dict[str, str]:
    """The same fields with some typed anew; "__" in a name stands for "-"."""
    return {**fields, **{name.replace("__", "-"): value for name, value in changes.items()}}
