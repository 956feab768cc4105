"""Where a subject's update for a digest is written."""

from __future__ import annotations

from django.urls import reverse

from projects.models import Project
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject


def address_of(digest: Digest, subject: Subject, page: str = "update") -> str:
    """The address of one page of writing: update, update_preview, no_update, submission …"""
    kind = "projects" if isinstance(subject, Project) else "teams"
    return reverse(f"weeknotes:{page}", args=[digest.slug, kind, subject.slug])
