"""Reaction bars: the seams of a digest's page, made by plain functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import BigAutoField, Exists, OuterRef
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ddat.icons import icon
from ddat.prepared import Asked, Prepared
from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.reactions.models import Reaction, ReactionCount, ReactionKind
from weeknotes.updates.models import Update


@dataclass
class Standing:
    """How one target stands: how many chose each kind, and what this reader chose."""

    counts: dict[str, int] = field(default_factory=dict)
    chosen: str = ""


Standings = dict[int | None, Standing]
Counted = tuple[int | None, str, int, bool]


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a bar is for: its heading, and where its reactions are posted."""

    heading: str
    address: str


def target_of(slug: str, anchor: str, heading: str) -> Target:
    """Where the reactions to a digest (no anchor) or to one of its updates are posted."""
    return Target(heading=heading, address=_address(slug, anchor))


@lru_cache(1000)
def _address(slug: str, anchor: str) -> str:
    if anchor:
        return reverse("weeknotes:update_reaction", args=[slug, anchor])
    return reverse("weeknotes:digest_reaction", args=[slug])


def counted(*, publication: int, person: User) -> list[Counted]:
    """How often each kind was chosen for a publication's digest and for its updates.

    Each with the update's id (None for the digest) and whether this person chose so. `publication`
    is its id. What nobody chose is not in it.
    """
    return _counts(publication=publication, person=person.pk)


def standing_of(target: Digest | Update, *, person: User) -> Standing:
    """How one digest or update stands."""
    name = "digest" if isinstance(target, Digest) else "update"
    rows = _counts_of[name](target=target.pk, person=person.pk)
    return next(iter(standings(rows).values()), Standing())


def standings(rows: list[Counted]) -> Standings:
    """How the digest (key None) and its updates (by id) stand, told from what was counted."""
    found: Standings = {}
    for update, kind, count, is_own in rows:
        standing = found.setdefault(update, Standing())
        standing.counts[kind] = count
        if is_own:
            standing.chosen = kind
    return found


def _counted() -> Any:
    """The counts of a publication's digest, then those of its updates."""
    published = PublishedUpdate.objects.filter(publication=Asked("publication", BigAutoField()))
    publication = Publication.objects.filter(pk=Asked("publication", BigAutoField()))
    of_digest = _with_own("digest", digest__in=publication.values("digest"))
    of_updates = _with_own("update", update__in=published.values("update"))
    return of_digest.union(of_updates, all=True)


def _counted_of(name: str) -> Prepared:
    """The counts of one digest, or of one update."""
    return Prepared(lambda: _with_own(name, **{name: Asked("target", BigAutoField())}))


def _with_own(name: str, **targets: Any) -> Any:
    """The counts of these targets, and which of them somebody is among."""
    own = Reaction.objects.filter(
        person=Asked("person", BigAutoField()), kind=OuterRef("kind"), **{name: OuterRef(name)}
    )
    counts = ReactionCount.objects.filter(count__gt=0, **targets).annotate(is_own=Exists(own))
    return counts.values_list("update", "kind", "count", "is_own")


_counts = Prepared(_counted)
_counts_of = {name: _counted_of(name) for name in ("digest", "update")}


def reaction_bar(target: Target, standing: Standing, *, csrf_token: str) -> SafeString:
    """The three buttons of one target; they work with scripts off.

    A digest has a bar for each update: the buttons are joined from words that need no escaping,
    and kept for as long as they stand as they stood.
    """
    address = escape(target.address)
    counts = tuple(standing.counts.get(kind.value, 0) for kind in ReactionKind)
    return mark_safe(
        f'<form class="react" method="post" action="{address}" data-react>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{csrf_token}"><fieldset>'
        f'<legend class="govuk-visually-hidden">React to {escape(target.heading)}</legend>'
        f"{_buttons(address, counts, standing.chosen)}</fieldset></form>"
    )


@lru_cache(1000)
def _buttons(address: str, counts: tuple[int, ...], chosen: str) -> str:
    told = zip(ReactionKind, counts, strict=True)
    return "".join(_button(address, kind, count, chosen) for kind, count in told)


def _button(address: str, kind: ReactionKind, count: int, chosen: str) -> str:
    is_chosen = chosen == kind
    pressed = "true" if is_chosen else "false"
    removal = f' formaction="{address}removal/"' if is_chosen else ""
    words = "Remove your " if is_chosen else "Change to " if chosen else ""
    hidden = f'<span class="govuk-visually-hidden">{words}</span>' if words else ""
    return (
        f'<button name="kind" value="{kind.value}" aria-pressed="{pressed}"{removal}>'
        f"{icon(kind.value)}{hidden}{kind.label}"
        f'<span class="govuk-visually-hidden">,</span> <span class="n">{count}</span></button>'
    )
