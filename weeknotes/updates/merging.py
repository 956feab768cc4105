"""What an update that is not published yet means for merging its team or project."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject
from weeknotes.updates.models import Update


def refuse_while_unpublished(subject: Subject) -> None:
    """Raise ValidationError while an update of the subject waits for its digest.

    Its words would belong to nobody: whoever writes for the heir has an update of their own.
    """
    waiting = Update.objects.of(subject).filter(digest__in=Digest.objects.unpublished())
    update = waiting.select_related("digest").first()
    if update is not None:
        raise ValidationError(
            f"{subject} has an update for {update.digest.period}, which is not published yet. "
            "Merge it once that digest is published."
        )
