"""Reaction bars: the seams of a digest's page, made by plain functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ddat.icons import icon
from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.reactions.models import Reaction, ReactionCount, ReactionKind


@dataclass
class Standing:
    """How one target stands: how many chose each kind, and what this reader chose."""

    counts: dict[str, int] = field(default_factory=dict)
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a bar is for: its heading, and where its reactions are posted."""

    heading: str
    address: str


def target_of(slug: str, anchor: str, heading: str) -> Target:
    """Where the reactions to a digest (no anchor) or to one of its updates are posted."""
    if anchor:
        return Target(
            heading=heading, address=reverse("weeknotes:update_reaction", args=[slug, anchor])
        )
    return Target(heading=heading, address=reverse("weeknotes:digest_reaction", args=[slug]))


def standings(
    *, digest: Digest, updates: Iterable[int], person: User
) -> Mapping[int | None, Standing]:
    """The standing of a digest (key None) and of its updates (by id), in one query."""
    own = Reaction.objects.filter(person=person, kind=OuterRef("kind"))
    rows = ReactionCount.objects.filter(
        Q(digest=digest) | Q(update__in=list(updates)), count__gt=0
    ).annotate(
        is_own=Exists(own.filter(digest=OuterRef("digest")))
        | Exists(own.filter(update=OuterRef("update")))
    )
    found: dict[int | None, Standing] = {}
    for row in rows:
        standing = found.setdefault(row.update_id, Standing())
        standing.counts[row.kind] = row.count
        if row.is_own:
            standing.chosen = row.kind
    return found


def reaction_bar(target: Target, standing: Standing, *, csrf_token: str) -> SafeString:
    """The three buttons of one target; they work with scripts off."""
    buttons = format_html_join(
        "", "{}", ((_button(target, kind, standing),) for kind in ReactionKind)
    )
    return format_html(
        '<form class="react" method="post" action="{}" data-react>'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><fieldset>'
        '<legend class="govuk-visually-hidden">React to {}</legend>{}</fieldset></form>',
        target.address,
        csrf_token,
        target.heading,
        buttons,
    )


def _button(target: Target, kind: ReactionKind, standing: Standing) -> SafeString:
    is_chosen = standing.chosen == kind
    removal = format_html(' formaction="{}removal/"', target.address) if is_chosen else ""
    words = "Remove your " if is_chosen else "Change to " if standing.chosen else ""
    hidden = format_html('<span class="govuk-visually-hidden">{}</span>', words) if words else ""
    return format_html(
        '<button name="kind" value="{}" aria-pressed="{}"{}>{}{}{}'
        '<span class="govuk-visually-hidden">,</span> <span class="n">{}</span></button>',
        kind.value,
        "true" if is_chosen else "false",
        removal,
        icon(kind.value),
        hidden,
        kind.label,
        standing.counts.get(kind.value, 0),
    )
