"""Nothing unpublished is told by the records: the words of a draft stand on none of the pages."""

import pytest
from django.test import Client

from tests.weeknotes.browse import read
from tests.weeknotes.week import editor, hand_in, open_digest, project_of, put_out, saying, team_of
from weeknotes.content.document import Byline, Rag, RagColour
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.publications.article import compose_article
from weeknotes.publications.publishing import publish
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

CANARY = "Unpublished canary"


def test_words_of_a_draft_stand_on_no_page(as_reader: Client) -> None:
    person = editor()
    project, team = project_of(person, name="OneDrive"), team_of(person, name="Web")
    first = open_digest()
    green = Rag(colour=RagColour.GREEN, words="on track")
    hand_in(first, project, rag=green)
    hand_in(first, team)
    put_out(first)
    second = open_digest(weeks=1)
    draft = saying(
        CANARY,
        heading=CANARY,
        byline=(Byline(name=CANARY, job_title=CANARY, person_id=person.pk),),
        rag=Rag(colour=RagColour.RED, words=CANARY, reason=CANARY),
    )
    for subject, write in ((project, writing.submit), (team, writing.save_draft)):
        write(digest=second, subject=subject, document=draft, version=0, by=person)
    composing.start_composing(digest=second, by=person)
    pages = ["/projects/", *(thing.get_absolute_url() for thing in (project, team, person))]

    told = [as_reader.get(page) for page in pages]
    file = as_reader.post("/projects/export/")

    assert [page.status_code for page in told] == [200] * 4
    assert [page.content.decode().count(CANARY) for page in [*told, file]] == [0] * 5
    assert [len(read(page).select(".red")) for page in told] == [0] * 4
    assert as_reader.get("/projects/?rag=red").content.decode().count("OneDrive") == 0

    # The control: once they are published, the same pages and the file tell the same words.
    late = writing.submit(digest=second, subject=team, document=draft, version=1, by=person)
    composing.decide(digest=second, update=late, decision=Decision.INCLUDED, by=person)
    article = compose_article(second)
    publish(digest=second, article_hash=article.hash, seen=article.manifest, by=person)

    told = [*(as_reader.get(page) for page in pages), as_reader.post("/projects/export/")]
    assert [page.content.decode().count(CANARY) > 0 for page in told] == [True] * 5
