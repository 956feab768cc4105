"""The rows that a publication tells from its documents."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet

from people.models import Team
from projects.models import Project
from tests.factories import (
    MetricFactory,
    ProjectFactory,
    TeamFactory,
    UserFactory,
    WorkstreamFactory,
)
from tests.weeknotes.week import editor, open_digest, put_out
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour, Section
from weeknotes.content.kinds import (
    CountRow,
    CountsSection,
    DateRow,
    DatesSection,
    MetricRow,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RiskKind,
    RiskRow,
    RisksSection,
    TextSection,
    Thanked,
    ThanksRow,
    ThanksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.content.lines import groups_from_lines
from weeknotes.publications import facts
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

HUGE = 10**30


def publish(subject: Team | Project, *sections: Section, **fields: Any) -> None:
    """A digest of one update that says this."""
    digest = open_digest()
    document = Document(sections=sections, **fields)
    writing.submit(digest=digest, subject=subject, document=document, version=0, by=editor())
    put_out(digest)


def rows(kind: Any, *names: str) -> list[tuple]:
    found: QuerySet = kind.objects.order_by("position")
    return list(found.values_list(*names))


def test_lines_are_items_in_order_with_their_groups_parents_and_states() -> None:
    publish(
        ProjectFactory(),
        OutcomesSection(groups=groups_from_lines("# Drupal\nMoved: done\n  Tested\n# \nTidied")),
        PlansSection(groups=groups_from_lines("Hand over: paused")),
    )

    assert rows(facts.Item, "position", "kind", "group", "text", "state", "parent__text") == [
        (1, "outcomes", "Drupal", "Moved: done", "done", None),
        (2, "outcomes", "Drupal", "Tested", "", "Moved: done"),
        (3, "outcomes", "", "Tidied", "", None),
        (4, "plans", "", "Hand over: paused", "paused", None),
    ]


def test_very_long_lines_and_groups_fit() -> None:
    publish(
        ProjectFactory(), OutcomesSection(groups=groups_from_lines(f"# {'g' * 900}\n{'t' * 9000}"))
    )

    assert rows(facts.Item, "group", "text") == [("g" * 900, "t" * 9000)]


def test_metrics_are_readings() -> None:
    metric = MetricFactory()
    known = MetricRow(
        name="Files",
        unit="users",
        metric_id=metric.pk,
        from_value=Decimal(2109),
        to_value=Decimal("2136.5"),
    )
    section = MetricsSection(
        from_on=date(2026, 5, 3),
        to_on=date(2026, 5, 10),
        rows=(known, MetricRow(name="Mood", words="Better")),
    )
    publish(metric.project, section)

    names = ("name", "unit", "metric", "project", "from_value", "to_value", "words")
    assert rows(facts.MetricReading, *names) == [
        ("Files", "users", metric.pk, metric.project_id, Decimal(2109), Decimal("2136.5"), ""),
        ("Mood", "", None, metric.project_id, None, None, "Better"),
    ]
    assert set(rows(facts.MetricReading, "from_on", "to_on")) == {
        (date(2026, 5, 3), date(2026, 5, 10))
    }


def test_counts_are_rows_by_state() -> None:
    section = CountsSection(
        name="Sprint 10",
        from_on=date(2026, 5, 11),
        as_of=date(2026, 5, 15),
        rows=(CountRow(label="done", number=26), CountRow(label="late", number=0)),
    )
    publish(TeamFactory(), section)

    names = ("name", "label", "number", "from_on", "to_on", "as_of")
    assert rows(facts.StatusCount, *names) == [
        ("Sprint 10", "done", 26, date(2026, 5, 11), None, date(2026, 5, 15)),
        ("Sprint 10", "late", 0, date(2026, 5, 11), None, date(2026, 5, 15)),
    ]


def test_workstreams_are_readings() -> None:
    strand = WorkstreamFactory(name="Deployment")
    section = WorkstreamsSection(
        rows=(
            WorkstreamRow(
                name="Deployment", state=WorkstreamState.COMPLETE, workstream_id=strand.pk
            ),
            WorkstreamRow(name="Training", state=WorkstreamState.IN_PROGRESS),
        )
    )
    publish(strand.project, section)

    assert rows(facts.WorkstreamReading, "name", "state", "workstream", "project") == [
        ("Deployment", "complete", strand.pk, strand.project_id),
        ("Training", "in_progress", None, strand.project_id),
    ]


def test_risks_and_the_nil_return_stand_side_by_side() -> None:
    risk = RiskRow(
        text="Egress: unclear", kind=RiskKind.RISK, owner="Ada", opened_on=date(2026, 5, 1)
    )
    section = RisksSection(rows=(risk, RiskRow(text="Staff", kind=None)), nil_return="No blockers")
    publish(ProjectFactory(), section)

    names = ("text", "kind", "owner", "opened_on", "is_nil_return")
    assert sorted(rows(facts.Risk, *names)) == [
        ("Egress: unclear", "risk", "Ada", date(2026, 5, 1), False),
        ("No blockers", "", "", None, True),
        ("Staff", "", "", None, False),
    ]


def test_dates_are_rows_in_the_order_of_the_diary() -> None:
    day = date(2026, 5, 18)
    known = DateRow(
        what="Kick-off",
        when="10:30am",
        from_on=day,
        to_on=date(2026, 5, 20),
        where="Town Hall",
        for_whom="everyone",
    )
    publish(TeamFactory(), DatesSection(rows=(DateRow(what="Pilot", when="June"), known)))

    names = ("position", "what", "when", "from_on", "to_on", "where", "for_whom")
    assert rows(facts.DiaryDate, *names) == [
        (1, "Kick-off", "10:30am", day, date(2026, 5, 20), "Town Hall", "everyone"),
        (2, "Pilot", "June", None, None, "", ""),
    ]


def test_thanks_are_a_row_for_each_who_is_thanked() -> None:
    person = UserFactory()
    people = (
        Thanked(name="Ada Min", person_id=person.pk),
        Thanked(name="Gone", person_id=person.pk + 999),
        Thanked(name="the service desk"),
    )
    publish(
        TeamFactory(),
        ThanksSection(
            rows=(
                ThanksRow(who="Ada Min, Gone, the service desk", for_what="tea", people=people),
                ThanksRow(who="Everyone"),
            )
        ),
    )

    assert rows(facts.Thanks, "position", "person", "name", "for_what") == [
        (1, person.pk, "Ada Min", "tea"),
        (2, None, "Gone", "tea"),
        (3, None, "the service desk", "tea"),
        (4, None, "Everyone", ""),
    ]


def test_rag_of_a_project_is_a_reading() -> None:
    project = ProjectFactory()
    publish(project, rag=Rag(colour=RagColour.AMBER, words="late", reason="Supplier"))

    assert rows(facts.RagReading, "project", "colour", "words", "reason") == [
        (project.pk, "amber", "late", "Supplier")
    ]


def test_project_without_rag_has_no_reading() -> None:
    publish(ProjectFactory(), TextSection(text="We met."))

    assert rows(facts.RagReading, "colour") == []


def test_byline_is_as_printed_with_the_people_known() -> None:
    person = UserFactory()
    byline = (
        Byline(name="Ada Min", job_title="Lead", person_id=person.pk),
        Byline(name="Guest"),
        Byline(name="Gone", person_id=person.pk + 999),
    )
    publish(TeamFactory(), TextSection(text="We met."), byline=byline)

    assert rows(facts.PublishedByline, "position", "person", "name", "job_title") == [
        (1, person.pk, "Ada Min", "Lead"),
        (2, None, "Guest", ""),
        (3, None, "Gone", ""),
    ]


def test_no_update_tells_nothing_but_its_byline() -> None:
    publish(
        ProjectFactory(),
        OutcomesSection(groups=groups_from_lines("Kept for later")),
        byline=(Byline(name="Ada Min"),),
        rag=Rag(colour=RagColour.GREEN),
        no_update=NoUpdate(lines="On leave."),
    )

    assert rows(facts.PublishedByline, "name") == [("Ada Min",)]
    assert (rows(facts.Item, "text"), rows(facts.RagReading, "colour")) == ([], [])


@pytest.mark.parametrize("pk", [HUGE, -1, 0, 10**9])
def test_ids_that_are_none_of_ours_are_dropped(pk: int) -> None:
    publish(
        ProjectFactory(),
        MetricsSection(rows=(MetricRow(name="Files", metric_id=pk, to_value=Decimal(1)),)),
        WorkstreamsSection(
            rows=(WorkstreamRow(name="A", state=WorkstreamState.PAUSED, workstream_id=pk),)
        ),
    )

    assert rows(facts.MetricReading, "name", "metric") == [("Files", None)]
    assert rows(facts.WorkstreamReading, "name", "workstream") == [("A", None)]


def test_measures_of_another_project_stay_its_own() -> None:
    metric, strand = MetricFactory(), WorkstreamFactory()
    publish(
        ProjectFactory(),
        MetricsSection(rows=(MetricRow(name="Files", metric_id=metric.pk, to_value=Decimal(1)),)),
        WorkstreamsSection(
            rows=(WorkstreamRow(name="A", state=WorkstreamState.PAUSED, workstream_id=strand.pk),)
        ),
    )

    assert rows(facts.MetricReading, "metric") == [(None,)]
    assert rows(facts.WorkstreamReading, "workstream") == [(None,)]


def test_rows_typed_by_hand_are_the_projects_own_of_that_name() -> None:
    project = ProjectFactory()
    metric = MetricFactory(project=project, name="File syncing")
    WorkstreamFactory(project=project, name="Deployment", closed_on=date(2026, 3, 1))
    strand = WorkstreamFactory(project=project, name="Deployment")
    closed = WorkstreamFactory(project=project, name="Training", closed_on=date(2026, 4, 1))
    MetricFactory(name="Mood")  # another project's
    WorkstreamFactory(name="Policy")
    states = {"state": WorkstreamState.PAUSED}
    publish(
        project,
        MetricsSection(
            rows=(
                MetricRow(name="FILE syncing", to_value=Decimal(1)),
                MetricRow(name="Mood", words="Better"),
            )
        ),
        WorkstreamsSection(
            rows=(
                WorkstreamRow(name="deployment", **states),
                WorkstreamRow(name="Training", **states),
                WorkstreamRow(name="Policy", **states),
            )
        ),
    )

    assert rows(facts.MetricReading, "metric") == [(metric.pk,), (None,)]
    assert rows(facts.WorkstreamReading, "workstream") == [(strand.pk,), (closed.pk,), (None,)]


def test_id_goes_before_the_name() -> None:
    project = ProjectFactory()
    metric, other = (MetricFactory(project=project, name=name) for name in ("Files", "Syncing"))
    section = MetricsSection(
        rows=(MetricRow(name=other.name, metric_id=metric.pk, to_value=Decimal(1)),)
    )
    publish(project, section)

    assert rows(facts.MetricReading, "metric") == [(metric.pk,)]


def test_team_has_no_measures_to_mean() -> None:
    MetricFactory(name="Files")
    publish(TeamFactory(), MetricsSection(rows=(MetricRow(name="Files", to_value=Decimal(1)),)))

    assert rows(facts.MetricReading, "metric", "project") == [(None, None)]
