"""What readers answered: each reaction a row, and the counts that the rows make."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from people.models import User
from weeknotes.publications.models import Publication
from weeknotes.reactions.models import Reaction, ReactionCount, ReactionKind

KINDS = (ReactionKind.LIKE,) * 5 + (ReactionKind.LOVE,) * 3 + (ReactionKind.HAHA,)


def react_to(publication: Publication, people: list[User], rng: Random, *, count: int) -> None:
    """So many reactions of different people, spread over the digest and its updates."""
    digest = publication.digest_id
    updates = list(publication.published_updates.values_list("update_id", flat=True))
    targets: list[dict[str, Any]] = [{"digest_id": digest}, *({"update_id": pk} for pk in updates)]
    rows, counts = [], []
    for place, target in enumerate(targets):
        share = count * (place + 1) // len(targets) - count * place // len(targets)
        chosen = [(one, rng.choice(KINDS)) for one in rng.sample(people, min(share, len(people)))]
        rows += [
            Reaction(
                person=person,
                kind=kind,
                reacted_at=publication.published_at + timedelta(minutes=minutes),
                **target,
            )
            for minutes, (person, kind) in enumerate(chosen, start=1)
        ]
        told = Counter(kind for _, kind in chosen)
        counts += [ReactionCount(kind=kind, count=told[kind], **target) for kind in sorted(told)]
    Reaction.objects.bulk_create(rows)
    ReactionCount.objects.bulk_create(counts)
