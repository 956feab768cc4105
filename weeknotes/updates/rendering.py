"""An update as it will be read."""

from __future__ import annotations

from weeknotes.content.document import Document
from weeknotes.content.html import update_html
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update


def html_of(update: Update, document: Document, *, digest: Digest | None = None) -> str:
    """The article of one update, saying this document: what is previewed is what is published.

    In another digest than its own, `digest`, it says from which days it is held over.
    """
    home = digest or update.digest
    project = update.project
    return update_html(
        document.told,
        anchor=update.anchor_in(home),
        house_heading=update.house_heading,
        code=project.code if project else "",
        is_note=update.is_note,
        is_project=project is not None,
        held_over_from=update.digest.period if update.is_held_over_in(home) else "",
    )
