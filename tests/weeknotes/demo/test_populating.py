"""Ten years at a small size: the rows publication would have left, the same ones each time."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client

from people.models import User
from tests.factories import TeamFactory, UserFactory
from tests.weeknotes.browse import read
from weeknotes.content.document import Document
from weeknotes.demo.populating.populating import Sizes, populate
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.facts import Fact
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.publications.telling import tell
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.updates.models import Revision, Update

pytestmark = pytest.mark.django_db

SMALL = Sizes(digests=3, subjects=12, people=20, updates=31, reactions=100)


@pytest.fixture
def house(db: None) -> None:
    populate(SMALL)


def facts() -> list[Any]:
    """Every row told from what was published, without its key."""
    return [
        (model.__name__, row)
        for model in sorted(Fact.__subclasses__(), key=lambda model: model.__name__)
        for row in model.objects.order_by("published_update_id", "position").values_list(
            *[field.attname for field in model._meta.concrete_fields if not field.primary_key]
        )
    ]


def everything() -> list[Any]:
    """What was made, by names rather than by keys, which a database gives as it likes."""
    told = Publication.objects.order_by("digest__slug")
    reactions = Reaction.objects.order_by("pk")
    where = ("digest__slug", "update__digest__slug", "update__team__slug", "update__project__slug")
    return [
        *told.values_list("digest__slug", "published_at"),
        *reactions.values_list("person__email", "kind", "reacted_at", *where),
    ]


def without_keys(content: Any, people: dict[int, str]) -> Any:
    """A record with the email address of each person it names in place of their key."""
    if isinstance(content, list):
        return [without_keys(part, people) for part in content]
    if not isinstance(content, dict):
        return content
    return {
        name: people[part] if name == "person_id" else without_keys(part, people)
        for name, part in content.items()
    }


def test_sizes_are_exact(house: None) -> None:
    counted = {model: model.objects.count() for model in (User, Publication, Reaction)}

    assert counted == {User: 20, Publication: 3, Reaction: 100}
    assert Digest.objects.unpublished().count() == 1
    assert Update.objects.filter(is_note=False).count() == 31
    assert Revision.objects.count() == PublishedUpdate.objects.count() == 31 + 3


def test_same_rows_each_time() -> None:
    made = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            populate(Sizes(**{**vars(SMALL), "seed": seed}))
            people = dict(User.objects.values_list("pk", "email"))
            contents = Publication.objects.order_by("pk").values_list("content", flat=True)
            said = [without_keys(content, people) for content in contents]
            made.append([*everything(), *said])
            transaction.set_rollback(True)

    assert (made[0] == made[1], made[0] == made[2]) == (True, False)


def test_facts_are_those_that_publication_tells(house: None) -> None:
    populated = facts()
    for model in Fact.__subclasses__():
        models.QuerySet(model).delete()

    for published in PublishedUpdate.objects.select_related("update__project", "revision"):
        tell(published, published.revision.document)

    assert facts() == populated
    assert {name for name, _ in populated} == {"Item", "PublishedByline", "RagReading", "Risk"}


def test_article_is_what_composing_makes(house: None) -> None:
    for publication in Publication.objects.select_related("digest"):
        article = compose_article(publication.digest)

        assert article.body() == publication.body
        assert {**article.record(), "published_by": "Cora Clarke 2"} == publication.content


def test_documents_are_those_that_were_kept(house: None) -> None:
    for revision in Revision.objects.all():
        assert Document.from_json(revision.content).to_json() == revision.content


def test_counts_are_the_rows(house: None) -> None:
    rows = Counter(Reaction.objects.values_list("digest", "update", "kind"))
    counted = ReactionCount.objects.values_list("digest", "update", "kind", "count")

    assert rows == {tuple(key): count for *key, count in counted}


def test_pages_are_read(client: Client, house: None) -> None:
    client.force_login(User.objects.get(slug="person-9"))
    latest = Publication.objects.current().newest_first().first()
    assert latest is not None

    pages = {
        path: client.get(path)
        for path in ("/", "/digests/", "/projects/", "/projects/project-1/", "/updates/")
    }
    digest = read(client.get(latest.digest.get_absolute_url()))

    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
    assert len(digest.select("article")) == latest.published_updates.count()


@pytest.mark.parametrize("factory", [UserFactory, TeamFactory])
def test_a_database_with_anything_in_it_is_refused(factory: Any) -> None:
    factory()

    with pytest.raises(CommandError, match="Use an empty database"):
        call_command("populate", verbosity=0)

    assert Digest.objects.count() == 0


def test_command_fills_an_empty_one(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("populate", digests=2, subjects=4, people=6, updates=8, reactions=9)

    assert capsys.readouterr().out == "2 of 2 digests\n"
    assert (Update.objects.count(), Reaction.objects.count()) == (10, 9)


@pytest.mark.parametrize("sizes", [{"digests": 0}, {"people": 1}, {"subjects": 0}])
def test_too_small_a_house_is_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="Give one digest"):
        call_command("populate", **sizes)
