"""What was published stays as it was, byte for byte, whatever becomes of everybody in it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from ddat import clock
from people.leaving import key_of, leave, posts_left_open
from people.models import RoleGrant, Team, User
from projects.models import Metric, Product, Project, Workstream
from tests.factories import RoleGrantFactory, UserFactory
from weeknotes.desk.composing import start_composing
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.publications.publishing import publish
from weeknotes.updates.templates import TemplateUse, UpdateTemplate, UpdateTemplateSection

# What the reader and the moment put between the frozen pieces.
SEAMS = re.compile(
    r', published <time datetime="[^"]*">[^<]*</time>|<form class="react".*?</form>', re.DOTALL
)


@pytest.fixture
def reader(demo: None, db: None) -> Client:
    """Somebody who stays, in a portal where the demonstration's third digest is out too."""
    editor = RoleGrant.objects.open().filter(role="editor").first().person
    digest = Digest.objects.unpublished().get()
    start_composing(digest=digest, by=editor)
    article = compose_article(digest)
    publish(digest=digest, article_hash=article.hash, seen=article.manifest, by=editor)
    client = Client()
    client.force_login(UserFactory(forename="Rhea", surname="Der"))
    return client


@pytest.fixture
def admin(demo: None, db: None) -> User:
    """Somebody who does it all, and wrote nothing."""
    return UserFactory(forename="Ad", surname="Min")


def articles(reader: Client) -> dict[str, str]:
    """Every published page's own words, as they are sent, without its seams."""
    found = {}
    for slug in Digest.objects.published().values_list("slug", flat=True):
        html = reader.get(f"/digests/{slug}/").content.decode()
        main = re.search(r"<main.*?</main>", html, re.DOTALL)
        found[slug], seams = SEAMS.subn("", main[0])
        assert seams == PublishedUpdate.objects.filter(publication__digest__slug=slug).count() + 2
    return found


def rename_everything(admin: User) -> None:
    for thing in (*Team.objects.all(), *Project.objects.all()):
        also = {"code": "NEW1"} if isinstance(thing, Project) else {"short_name": "Other"}
        thing.rename(to=f"Another name {thing.pk}", by=admin, **also)
    for model in (Product, Workstream, Metric):
        for thing in model.objects.all():
            thing.name = f"Another name {thing.pk}"
            thing.save()
    Metric.objects.update(unit="other units", decimals=3)
    for person in User.objects.exclude(pk=admin.pk):
        person.forename, person.surname, person.job_title = "Another", "Person", "Another job"
        person.save()


def merge_what_can_be(admin: User) -> None:
    merged = 0
    for model in (Project, Team):
        things = list(model.objects.order_by("-pk"))
        heir = things[0]
        for thing in things[1:]:
            try:
                merged += thing.merge(into=heir, by=admin) is None
            except ValidationError:
                assert isinstance(thing, Team)  # the directorate, or one the heir belongs to
    assert merged > 5


def close_everything(admin: User) -> None:
    for thing in (*Project.objects.all(), *Product.objects.all()):
        thing.close(by=admin)
    for team in Team.objects.exclude(parent=None):
        team.close(by=admin)
    Workstream.objects.update(closed_on="2026-06-01")


def let_everybody_leave(admin: User) -> None:
    # Somebody must be admin, and editor.
    grants = [RoleGrantFactory(role=role, granted_by=admin) for role in ("admin", "editor")]
    reader = User.objects.get(forename="Rhea")
    staying = [admin, reader, *(grant.person for grant in grants)]
    for person in User.objects.exclude(pk__in=[one.pk for one in staying]):
        posts = posts_left_open(person, on=clock.today())
        leave(person=person, by=admin, vacant={key_of(post) for post in posts})
        assert not person.is_active


def delete_templates(admin: User) -> None:
    for model in (TemplateUse, UpdateTemplateSection, UpdateTemplate):
        model.objects.all().delete()


@pytest.mark.parametrize(
    "changes",
    [
        [rename_everything],
        [merge_what_can_be],
        [close_everything],
        [let_everybody_leave],
        [delete_templates],
        [
            merge_what_can_be,
            close_everything,
            let_everybody_leave,
            delete_templates,
            rename_everything,
        ],
    ],
    ids=["renamed", "merged", "closed", "left", "no-templates", "all"],
)
def test_past_pages_stay_byte_for_byte(
    reader: Client, admin: User, settings: Any, changes: list[Callable[[User], None]]
) -> None:
    settings.DEMO = True
    before, bodies = articles(reader), dict(Publication.objects.values_list("pk", "body"))

    for change in changes:
        change(admin)

    assert len(before) == 3
    assert articles(reader) == before
    assert dict(Publication.objects.values_list("pk", "body")) == bodies


def test_page_made_anew_would_not_stay(reader: Client, admin: User) -> None:
    """The control: each of those changes does reach what is written from now on."""
    digest = Digest.objects.get(slug="2026-05-18")
    before = compose_article(digest).html

    rename_everything(admin)

    assert compose_article(Digest.objects.get(pk=digest.pk)).html != before
