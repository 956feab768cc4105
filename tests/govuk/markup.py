"""Reads HTML into a tree that two renderings can be compared by, whatever their ids are called."""

from typing import Any

from bs4 import BeautifulSoup, Tag

# What either side adds for itself: govuk-frontend's script hooks, Django's own attributes.
IGNORED = {"class", "data-module", "data-error-summary", "aria-invalid", "required", "cols"}
POINTERS = {"id", "for", "aria-describedby", "href"}


def tree(html: str, only: str = "") -> Any:
    """Tags, classes, attributes, words and nesting; ids are numbered in the page's order."""
    soup = BeautifulSoup(html, "html.parser")
    root = soup.select_one(only) if only else soup.find(True)
    assert root, html
    ids = [str(tag["id"]) for tag in [root, *root.find_all(id=True)] if tag.get("id")]
    return _branch(root, {name: f"#{number}" for number, name in enumerate(ids)})


def _branch(tag: Tag, ids: dict[str, str]) -> Any:
    attrs = {}
    for name, value in tag.attrs.items():
        if name in IGNORED:
            continue
        attrs[name] = value
        if name in POINTERS:
            targets = str(value).replace("#", "").split()
            attrs[name] = [ids.get(target, "elsewhere") for target in targets]
    children = [
        _branch(child, ids) if isinstance(child, Tag) else " ".join(str(child).split())
        for child in tag.children
        if isinstance(child, Tag) or str(child).strip()
    ]
    return tag.name, sorted(tag.get_attribute_list("class")), attrs, children
