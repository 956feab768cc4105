"""An update as it will be read."""

from __future__ import annotations

from weeknotes.content.document import Document
from weeknotes.content.html import update_html
from weeknotes.updates.models import Update


def html_of(update: Update, document: Document) -> str:
    """The article of one update, saying this document: what is previewed is what is published."""
    project = update.project
    return update_html(
        document.told,
        anchor=update.anchor,
        house_heading=update.house_heading,
        code=project.code if project else "",
        is_note=update.is_note,
        is_project=project is not None,
    )
