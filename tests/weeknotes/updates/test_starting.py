"""What an update starts from: its template, its byline, last time's figures and strands."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people.models import Team, User
from projects.models import Project
from tests.factories import MetricFactory, ProductFactory, WorkstreamFactory
from tests.weeknotes.week import THURSDAY, editor, open_digest
from weeknotes.content.document import Byline, Document, NoUpdate
from weeknotes.content.kinds import MetricsSection, TextSection, WorkstreamsSection
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.starting import starting_document, template_of
from weeknotes.updates.templates import TemplateUse, UpdateTemplate

pytestmark = pytest.mark.django_db


def template(name: str, *kinds: str, starts: str = "") -> UpdateTemplate:
    made = UpdateTemplate.objects.create(name=name, starts=starts)
    for position, kind in enumerate(kinds):
        made.sections.create(position=position, kind=kind, heading=f"{name}, {kind}")
    return made


def started(digest: Digest, subject: Team | Project, person: User) -> Document:
    return starting_document(subject=subject, digest=digest, person=person)


def told(
    digest: Digest, subject: Project, *sections: Any, by: User | None = None, **fields: Any
) -> None:
    """What somebody handed in for a subject."""
    writing.submit(
        digest=digest,
        subject=subject,
        document=Document(sections=sections, **fields),
        version=0,
        by=by or editor(),
        at=THURSDAY,
    )


def following(digest: Digest) -> Digest:
    """The digest of the week after."""
    composing.start_composing(digest=digest, by=editor())
    return open_digest(weeks=Digest.objects.count())


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(section.kind, section.heading) for section in document.sections]


# The template


def test_without_a_template_it_is_one_blank_text(
    digest: Digest, project: Project, writer: User
) -> None:
    assert started(digest, project, writer) == Document(
        heading="PR1 Frontline Services",
        byline=(Byline(name="Wren Writer", job_title="Project manager", person_id=writer.pk),),
        sections=(TextSection(),),
    )


def test_template_gives_the_sections_in_order(
    digest: Digest, project: Project, writer: User
) -> None:
    product = ProductFactory(name="Drupal")
    made = template("Project", "plans", "risks", starts="projects")
    made.sections.create(position=0, kind="outcomes", product=product)

    sections = started(digest, project, writer).sections

    assert [(s.kind, s.heading, s.product_id, s.product_name) for s in sections] == [
        ("plans", "Project, plans", None, ""),
        ("outcomes", "", product.pk, "Drupal"),
        ("risks", "Project, risks", None, ""),
    ]


def test_teams_and_projects_have_each_their_own_default(project: Project, team: Team) -> None:
    of_projects = template("Project", starts="projects")
    of_teams = template("Team", starts="teams")
    template("Spare")

    assert (template_of(project), template_of(team)) == (of_projects, of_teams)


def test_chosen_template_goes_before_the_default(project: Project, team: Team) -> None:
    template("Project", starts="projects")
    template("Team", starts="teams")
    own = template("Own", "text")
    TemplateUse.objects.create(template=own, project=project)
    TemplateUse.objects.create(template=own, team=team)

    assert (template_of(project), template_of(team)) == (own, own)
    assert [str(use) for use in own.uses.order_by("pk")] == ["PR1 Frontline Services", "Web"]


def test_template_without_sections_gives_none(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Bare", starts="projects")

    assert started(digest, project, writer).sections == ()


def test_there_is_one_default_each(project: Project) -> None:
    template("Project", starts="projects")
    template("Spare")
    template("Spare too")

    with pytest.raises(IntegrityError), transaction.atomic():
        template("Another", starts="projects")


@pytest.mark.parametrize("chosen", [(), ("team", "project")])
def test_use_is_of_a_team_or_a_project(project: Project, team: Team, chosen: tuple) -> None:
    subjects = {"team": team, "project": project}

    with (
        pytest.raises(IntegrityError, match="template_use_has_one_subject"),
        transaction.atomic(),
    ):
        TemplateUse.objects.create(
            template=template("Own"), **{name: subjects[name] for name in chosen}
        )


def test_changing_a_template_changes_no_update(
    digest: Digest, project: Project, writer: User
) -> None:
    made = template("Project", "plans", starts="projects")
    before = started(digest, project, writer)
    writing.save_draft(digest=digest, subject=project, document=before, version=0, by=writer)

    made.delete()

    saved = writing.find_update(digest=digest, subject=project)
    assert kinds(saved.latest.document) == [("plans", "Project, plans")]


# Last time


def test_byline_is_ones_own_of_last_time(digest: Digest, project: Project, writer: User) -> None:
    byline = (Byline(name="Somebody", job_title="Manager"), Byline(name="Else"))
    told(digest, project, TextSection(text="Met."), by=writer, byline=byline)

    assert started(following(digest), project, writer).byline == byline


def test_byline_left_out_stays_out(digest: Digest, project: Project, writer: User) -> None:
    told(digest, project, TextSection(text="Met."), by=writer)

    assert started(following(digest), project, writer).byline == ()


def test_byline_of_somebody_else_is_not_taken_over(
    digest: Digest, project: Project, writer: User, colleague: User
) -> None:
    told(digest, project, TextSection(text="Met."), by=colleague, byline=(Byline(name="Col"),))

    assert [line.name for line in started(following(digest), project, writer).byline] == [
        "Wren Writer"
    ]


def test_metrics_come_from_the_project_at_first(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    metric = MetricFactory(
        project=project, name="Active use", unit="users", good_direction="up", decimals=1
    )
    MetricFactory(name="Of another project")

    section = started(digest, project, writer).sections[0]

    row = MetricRow(name="Active use", unit="users", good="up", decimals=1, metric_id=metric.pk)
    assert section == MetricsSection(heading="Project, metrics", rows=(row,))


def test_metrics_start_from_the_values_they_had_reached(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    use = MetricRow(
        name="Active use", unit="users", from_value=Decimal(2109), to_value=Decimal(2136)
    )
    told(
        digest,
        project,
        MetricsSection(
            from_on=date(2026, 5, 3),
            to_on=date(2026, 5, 10),
            rows=(use, MetricRow(name="", words="Slightly more."), MetricRow(name="Syncing")),
        ),
    )

    section = started(following(digest), project, writer).sections[0]

    assert (section.from_on, section.to_on) == (date(2026, 5, 10), None)
    assert section.rows == (
        replace(use, from_value=Decimal(2136), to_value=None),
        MetricRow(name="Syncing"),
    )


def test_workstreams_stand_as_last_time(digest: Digest, project: Project, writer: User) -> None:
    template("Project", "workstreams", starts="projects")
    strands = [
        WorkstreamFactory(project=project, name=name, position=position)
        for position, name in enumerate(("Deployment", "Adoption", "Nobody has told"))
    ]
    WorkstreamFactory(project=project, closed_on=date(2026, 5, 1))
    told(
        digest,
        project,
        WorkstreamsSection(
            rows=(
                WorkstreamRow(name="Adoption", state=WorkstreamState.PAUSED),
                WorkstreamRow(name="Deployment", state=WorkstreamState.COMPLETE),
                WorkstreamRow(name="Gone since", state=WorkstreamState.COMPLETE),
            )
        ),
    )

    section = started(following(digest), project, writer).sections[0]

    assert [(row.name, row.state.value, row.workstream_id) for row in section.rows] == [
        ("Deployment", "complete", strands[0].pk),
        ("Adoption", "paused", strands[1].pk),
    ]


def test_workstream_stands_as_it_did_under_its_old_name(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "workstreams", starts="projects")
    strand = WorkstreamFactory(project=project, name="Roll-out")
    row = WorkstreamRow(name="Deployment", state=WorkstreamState.PAUSED, workstream_id=strand.pk)
    told(digest, project, WorkstreamsSection(rows=(row,)))

    section = started(following(digest), project, writer).sections[0]

    assert section.rows == (replace(row, name="Roll-out"),)


def test_week_without_an_update_resets_nothing(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", "workstreams", starts="projects")
    strand = WorkstreamFactory(project=project, name="Deployment")
    stands = WorkstreamRow(
        name="Deployment", state=WorkstreamState.COMPLETE, workstream_id=strand.pk
    )
    told(
        digest,
        project,
        MetricsSection(rows=(MetricRow(name="Syncing", to_value=Decimal(12)),)),
        WorkstreamsSection(rows=(stands,)),
    )
    quiet = following(digest)
    drafted = MetricsSection(rows=(MetricRow(name="Drafted", to_value=Decimal(99)),))
    told(quiet, project, drafted, no_update=NoUpdate(lines="On leave."))

    metrics, workstreams = started(following(quiet), project, writer).sections

    assert metrics.rows == (MetricRow(name="Syncing", from_value=Decimal(12)),)
    assert workstreams.rows == (stands,)


def test_each_kind_starts_from_the_last_update_that_tells_of_it(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", "workstreams", starts="projects")
    WorkstreamFactory(project=project, name="Deployment")
    told(
        digest,
        project,
        MetricsSection(rows=(MetricRow(name="Syncing", to_value=Decimal(12)),)),
        WorkstreamsSection(
            rows=(WorkstreamRow(name="Deployment", state=WorkstreamState.NOT_STARTED),)
        ),
    )
    later = following(digest)
    told(
        later,
        project,
        MetricsSection(before="No figures this week."),
        WorkstreamsSection(
            rows=(WorkstreamRow(name="deployment", state=WorkstreamState.COMPLETE),)
        ),
    )

    metrics, workstreams = started(following(later), project, writer).sections

    assert [(row.name, row.from_value) for row in metrics.rows] == [("Syncing", Decimal(12))]
    assert [row.state.value for row in workstreams.rows] == ["complete"]


def test_metric_without_a_new_figure_keeps_its_value(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    row = MetricRow(name="Syncing", from_value=Decimal(1356))
    days = {"from_on": date(2026, 5, 3), "to_on": date(2026, 5, 10)}
    told(digest, project, MetricsSection(rows=(row, MetricRow(name="Mood", words="Up")), **days))

    section = started(following(digest), project, writer).sections[0]

    assert section.rows == (row, MetricRow(name="Mood"))
    assert (section.from_on, section.to_on) == (date(2026, 5, 3), None)


def test_values_of_different_days_leave_the_day_open(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    rows = (
        MetricRow(name="Syncing", from_value=Decimal(1356)),
        MetricRow(name="Sharing", from_value=Decimal(726), to_value=Decimal(760)),
    )
    days = {"from_on": date(2026, 5, 3), "to_on": date(2026, 5, 10)}
    told(digest, project, MetricsSection(rows=rows, **days))

    section = started(following(digest), project, writer).sections[0]

    assert [row.from_value for row in section.rows] == [Decimal(1356), Decimal(760)]
    assert section.from_on is None


def test_metric_added_since_appears_after_those_told(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    renamed = MetricFactory(project=project, name="New name", position=1)
    typed = MetricFactory(project=project, name="Syncing", position=2)
    told(
        digest,
        project,
        MetricsSection(
            rows=(
                MetricRow(name="syncing", to_value=Decimal(12)),
                MetricRow(name="Old name", metric_id=renamed.pk, to_value=Decimal(3)),
                MetricRow(name="By hand", to_value=Decimal(4)),
            )
        ),
    )
    added = MetricFactory(project=project, name="Sharing", unit="users", position=0)

    section = started(following(digest), project, writer).sections[0]

    assert [(row.name, row.metric_id, row.from_value) for row in section.rows] == [
        ("syncing", typed.pk, Decimal(12)),
        ("Old name", renamed.pk, Decimal(3)),
        ("By hand", None, Decimal(4)),
        ("Sharing", added.pk, None),
    ]


def test_start_costs_the_same_for_one_week_and_for_ten(
    digest: Digest, project: Project, writer: User, django_assert_num_queries: Any
) -> None:
    template("Project", "metrics", "workstreams", starts="projects")
    for weeks in (1, 9):
        for _ in range(weeks):
            told(digest, project, TextSection(text="Met."), by=writer)
            digest = following(digest)
        with django_assert_num_queries(6):
            started(digest, project, writer)


def test_team_has_neither_metrics_nor_workstreams(digest: Digest, team: Team, writer: User) -> None:
    template("Team", "metrics", "workstreams", starts="teams")

    assert [section.rows for section in started(digest, team, writer).sections] == [(), ()]


def test_only_what_was_handed_in_for_an_earlier_digest_counts(
    digest: Digest, project: Project, writer: User
) -> None:
    byline = (Byline(name="Somebody"),)
    told(digest, project, TextSection(text="Met."), by=writer, byline=byline)
    later = following(digest)
    told(later, project, TextSection(text="Later."), by=writer, byline=(Byline(name="Later"),))

    assert started(later, project, writer).byline == byline
    assert started(digest, project, writer).byline[0].name == "Wren Writer"


def test_draft_of_last_time_counts_for_nothing(
    digest: Digest, project: Project, writer: User
) -> None:
    document = Document(byline=(Byline(name="Nobody"),), sections=(TextSection(text="Half."),))
    writing.save_draft(digest=digest, subject=project, document=document, version=0, by=writer)

    assert started(following(digest), project, writer).byline[0].name == "Wren Writer"
