"""What is sent by whoever may no longer write there is handed back, and nothing else is shown."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from people.models import User
from projects.models import Project
from tests.factories import ProjectPostFactory, UserFactory
from tests.weeknotes.browse import read, sent_by, spoken
from tests.weeknotes.week import THURSDAY, editor, hand_in, saying
from weeknotes.digests.models import Digest
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db
TYPED = "We talked to <b>forty</b> residents.\nAnd wrote it up."
WHY = (
    "There is no page at this address, or it is not open to you any more. A role, or the time as "
    "lead, owner or deputy, may have ended; a team or project may have been closed or merged."
)


def address(project: Project) -> str:
    return f"/updates/2026-05-18/projects/{project.slug}/"


def shown(answer: HttpResponse) -> tuple[int, str, list[str]]:
    """The status, why, and the words in the boxes."""
    page: BeautifulSoup = read(answer)
    boxes = [area.text.removeprefix("\n").replace("\r", "") for area in page.select("textarea")]
    return answer.status_code, spoken(page.select_one(".trouble p")), boxes


@pytest.mark.parametrize("saved", [True, False])
def test_deputy_whose_days_end_while_typing_gets_their_words_back(
    client: Client, digest: Digest, project: Project, writer: User, saved: bool
) -> None:
    deputy = UserFactory(forename="Dee", surname="Puty")
    post = ProjectPostFactory(project=project, post="deputy", person=deputy)
    if saved:
        document = saying("What others may read.")
        writing.save_draft(digest=digest, subject=project, document=document, version=0, by=writer)
    client.force_login(deputy)
    typed = sent_by(read(client.get(address(project))))
    post.end(by=writer)

    answer = client.post(address(project), {**typed, "s0-text": TYPED, "do": "save"})

    status, why, boxes = shown(answer)
    assert (status, why) == (404, WHY)
    assert [words for words in boxes if words == TYPED] == [TYPED]
    assert set(boxes) <= {value.replace("\r", "") for value in typed.values()} | {TYPED}
    assert answer["Cache-Control"] == "private, no-store"


def test_others_draft_is_not_shown_to_whoever_may_not_read_it(
    client: Client, digest: Digest, project: Project, writer: User
) -> None:
    document = saying("What others may read.")
    writing.save_draft(digest=digest, subject=project, document=document, version=0, by=writer)
    client.force_login(UserFactory())

    answer = client.post(address(project), {"s0-text": TYPED, "do": "save"})

    assert shown(answer) == (404, WHY, [TYPED])


@pytest.mark.parametrize("sent", [{}, {"do": "save", "version": "3"}])
def test_without_words_the_page_is_not_found_as_ever(
    client: Client, digest: Digest, project: Project, sent: dict[str, Any]
) -> None:
    client.force_login(UserFactory())

    answer = client.post(address(project), sent)

    assert shown(answer) == (
        404,
        "There is no page at this address, or it is not open to you.",
        [],
    )


def test_editor_whose_role_ends_while_typing_gets_their_words_back(
    client: Client, digest: Digest, project: Project
) -> None:
    hand_in(digest, project)
    was = editor()
    client.force_login(was)
    desk = f"/desk/2026-05-18/updates/project-{project.slug}/"
    was.role_grants.update(ended_by=was, ended_at=THURSDAY)

    answers = [
        client.post(f"{desk}question/", {"question": TYPED, "version": "2"}),
        client.post("/desk/2026-05-18/note/", {"s0-text": TYPED, "do": "save"}),
    ]

    assert [shown(answer) for answer in answers] == [(404, WHY, [TYPED])] * 2
