"""What an update starts from once last week's was corrected, taken out, withdrawn or held over."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from people.models import User
from projects.models import Project
from tests.factories import WorkstreamFactory
from tests.weeknotes.updates.start import started, template, told
from tests.weeknotes.week import editor, open_digest, put_out, write_note
from weeknotes.content.kinds import DateRow, DatesSection, MetricsSection, WorkstreamsSection
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.corrections import correcting
from weeknotes.corrections.composing import Corrected
from weeknotes.corrections.publishing import publish
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.models import ChangeKind
from weeknotes.publications.withdrawing import restore, withdraw
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

KEPT = DateRow(what="Kick-off", when="June")
WRONG = DateRow(what="A party", when="June")


@pytest.fixture
def weeks(digest: Digest, project: Project) -> tuple[Digest, Digest]:
    """Two weeks of figures that came out: 12, complete and a party in the second."""
    template("Project", "metrics", "workstreams", "dates", starts="projects")
    WorkstreamFactory(project=project, name="Deployment")
    told(digest, project, *figures(10, WorkstreamState.NOT_STARTED))
    write_note(digest)
    put_out(digest)
    second = open_digest(weeks=1)
    told(second, project, *figures(12, WorkstreamState.COMPLETE, WRONG))
    write_note(second)
    put_out(second)
    return digest, second


def figures(syncing: int, state: WorkstreamState, *dates: DateRow) -> list[Any]:
    strand = WorkstreamRow(name="Deployment", state=state)
    return [
        MetricsSection(rows=(MetricRow(name="Syncing", to_value=Decimal(syncing)),)),
        WorkstreamsSection(rows=(strand,)),
        DatesSection(rows=(KEPT, *dates)),
    ]


def shown(digest: Digest, project: Project, person: User) -> list[Any]:
    metrics, strands, dates = started(digest, project, person).sections
    return [
        [row.from_value for row in metrics.rows],
        [row.state.value for row in strands.rows],
        [row.what for row in dates.rows],
    ]


SECOND = [[Decimal(12)], ["complete"], ["Kick-off", "A party"]]
FIRST = [[Decimal(10)], ["not_started"], ["Kick-off"]]


def correct(digest: Digest, *sections: Any) -> None:
    """Publish other words for the project's update, or take it out where there are none."""
    correction = correcting.start(digest=digest, by=editor())
    (line,) = (one for one in Corrected.of(correction).lines if one.published.project)
    by, update = editor(), line.published.update
    if sections:
        document = replace(line.before, sections=sections)
        version = correcting.version_out_of(update)
        words = {"document": document, "version": version}
        correcting.save_words(correction=correction, update=update, by=by, **words)
    else:
        out = {"published": line.record["document"], "is_out": True}
        correcting.take_out(correction=correction, update=update, by=by, **out)
    article = Corrected.of(correction).article
    publish(
        correction=correction,
        article_hash=article.hash,
        seen=article.manifest,
        kind=ChangeKind.SUBSTANCE,
        note="It was wrong.",
        by=by,
    )


def test_corrected_figures_are_where_the_next_form_starts(
    weeks: tuple[Digest, Digest], project: Project, writer: User
) -> None:
    third = open_digest(weeks=2)
    assert shown(third, project, writer) == SECOND

    correct(weeks[1], *figures(11, WorkstreamState.PAUSED))

    assert shown(third, project, writer) == [[Decimal(11)], ["paused"], ["Kick-off"]]


def test_figures_that_a_correction_took_out_of_an_update_are_as_before_it(
    weeks: tuple[Digest, Digest], project: Project, writer: User
) -> None:
    correct(weeks[1], figures(12, WorkstreamState.COMPLETE)[1], DatesSection())

    assert shown(open_digest(weeks=2), project, writer) == [[Decimal(10)], ["complete"], []]


def test_update_that_a_correction_took_out_starts_nothing(
    weeks: tuple[Digest, Digest], project: Project, writer: User
) -> None:
    correct(weeks[1])
    assert shown(open_digest(weeks=2), project, writer) == FIRST


def test_update_that_a_second_correction_leaves_starts_the_next(
    weeks: tuple[Digest, Digest], project: Project, writer: User
) -> None:
    correct(weeks[1], *figures(11, WorkstreamState.COMPLETE))
    correct(weeks[0])
    correct(weeks[1], *figures(12, WorkstreamState.COMPLETE, WRONG))

    assert shown(open_digest(weeks=2), project, writer) == SECOND


def test_withdrawn_digest_starts_nothing_till_it_is_restored(
    weeks: tuple[Digest, Digest], project: Project, writer: User
) -> None:
    withdraw(digest=weeks[1], reason="Names.", by=editor())
    third = open_digest(weeks=2)
    assert shown(third, project, writer) == FIRST

    restore(digest=weeks[1], by=editor())
    assert shown(third, project, writer) == SECOND


def test_held_over_it_stands_with_the_digest_that_it_came_out_in(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", "workstreams", "dates", starts="projects")
    WorkstreamFactory(project=project, name="Deployment")
    told(digest, project, *figures(12, WorkstreamState.COMPLETE, WRONG))
    write_note(digest)
    composing.start_composing(digest=digest, by=editor())
    update = Update.objects.get(project=project)
    composing.decide(digest=digest, update=update, decision=Decision.HELD, by=editor())
    put_out(digest)
    second = open_digest(weeks=1)
    put_out(second)
    third = open_digest(weeks=2)

    withdraw(digest=digest, reason="The note.", by=editor())
    assert shown(third, project, writer) == SECOND

    withdraw(digest=second, reason="Names.", by=editor())
    assert shown(third, project, writer) == [[], [], []]
