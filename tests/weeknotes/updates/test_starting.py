"""What an update starts from: its template, and the byline of last time."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Team, User
from projects.models import Project
from tests.factories import ProductFactory
from tests.weeknotes.updates.start import following, started, template, told
from weeknotes.content.document import Byline, Document
from weeknotes.content.kinds import TextSection
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.starting import template_of
from weeknotes.updates.templates import TemplateUse

pytestmark = pytest.mark.django_db


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
