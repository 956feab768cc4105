"""What editors, readers and writers see of an update that is held over."""

import pytest
from django.test import Client

from people.models import Team, User
from tests.factories import UserFactory
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.desk.held_over.week import (
    ANCHOR,
    FIRST,
    HELD,
    LEFT_OUT,
    SECOND,
    decide,
    next_digest,
    order,
    put_out,
    start,
)
from tests.weeknotes.week import hand_in
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.models import PublishedUpdate
from weeknotes.publications.withdrawing import withdraw
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


def test_published_with_its_true_period_and_an_anchor_of_its_own(
    digest: Digest, update: Update, team: Team
) -> None:
    decide(digest, update, HELD)
    put_out(digest)
    following = next_digest()
    own = hand_in(following, team, "A new week.")
    start(following)

    publication = put_out(following)

    rows = {row.anchor: row for row in publication.published_updates.all()}
    assert {anchor: row.update for anchor, row in rows.items()} == {
        "team-web": own,
        ANCHOR: update,
    }
    held = rows[ANCHOR]
    assert (held.period, held.due_on, held.told_in) == (
        "11 to 15 May 2026",
        digest.due_on,
        "18 to 22 May 2026, held over from 11 to 15 May 2026",
    )
    assert (rows["team-web"].period, rows["team-web"].told_in) == ("18 to 22 May 2026",) * 2
    assert held.get_absolute_url() == f"/digests/2026-05-25/#{ANCHOR}"
    record = {told["anchor"]: told for told in publication.content["updates"]}
    assert record[ANCHOR]["held_over_from"] == ["2026-05-11", "2026-05-15"]
    assert "held_over_from" not in record["team-web"]
    told = PublishedUpdate.objects.current().told_by(Team, team.pk)
    assert list(told.newest_first()) == [
        rows["team-web"],
        held,
    ]


def test_readers_see_which_days_it_is_from(
    client: Client, digest: Digest, update: Update, team: Team
) -> None:
    decide(digest, update, HELD)
    put_out(digest)
    following = next_digest()
    hand_in(following, team, "A new week.")
    start(following)
    put_out(following)
    client.force_login(UserFactory())

    first = client.get("/digests/2026-05-18/").content.decode()
    assert "We met the residents" not in first
    page = read(client.get("/digests/2026-05-25/"))
    assert spoken(page.select_one(f"#{ANCHOR} .side")) == "Held over from 11 to 15 May 2026"
    assert [spoken(a) for a in page.select(".toc a")] == [
        "Web",
        "Web held over from 11 to 15 May 2026",
    ]
    form = page.select_one(f'form[action*="{ANCHOR}"]')
    assert client.post(form["action"], {"kind": "like"}).status_code == 302
    stories = read(client.get("/teams/web/")).select(".stories li")
    assert [spoken(story.select_one(".was")) for story in stories] == [
        "18 to 22 May 2026",
        "11 to 15 May 2026",
    ]
    assert stories[1].a["href"] == f"/digests/2026-05-25/#{ANCHOR}"
    assert spoken(stories[1].a) == (
        "Web, in the digest of 18 to 22 May 2026, held over from 11 to 15 May 2026"
    )


def test_held_over_words_are_nowhere_while_they_wait(
    client: Client, digest: Digest, update: Update
) -> None:
    decide(digest, update, HELD)
    put_out(digest)
    client.force_login(UserFactory())

    for address in ("/", "/digests/", "/digests/2026-05-18/", "/teams/web/", "/updates/"):
        assert "We met the residents" not in client.get(address).content.decode()


def held_of(client: Client, desk: str) -> list[str]:
    section = read(client.get(desk)).select_one("[aria-labelledby=held-h]")
    return [spoken(h3) for h3 in section.select("h3")] if section else []


def test_desk_holds_over_and_includes_after_all(
    as_editor: Client, digest: Digest, update: Update
) -> None:
    digest.refresh_from_db()
    sent = {"decision": "held", "seen": digest.version}

    response = as_editor.post(f"{FIRST}updates/team-web/decision/", sent)

    message = read(as_editor.get(response.url)).select_one(".flash li")
    assert response.url == f"{FIRST}#o-team-web"
    assert spoken(message) == "Web is held over for the next digest"
    assert held_of(as_editor, FIRST) == ["Web"]
    page = read(as_editor.get(f"{FIRST}updates/team-web/"))
    assert spoken(page.select_one(".banner p")) == (
        "It is held over: not in this digest, but in the next, where you can edit it."
    )
    row = read(as_editor.get(FIRST)).select_one("#o-team-web")
    assert [spoken(b) for b in row.select("button[aria-pressed=true]")] == ["Hold over: Web"]
    digest.refresh_from_db()
    again = {"decision": "included", "seen": digest.version}
    as_editor.post(f"{FIRST}updates/team-web/decision/", again)
    assert (held_of(as_editor, FIRST), order(digest)) == (
        [],
        ["note", "team-data", "team-web"],
    )


def test_next_desk_shows_it_and_moves_it(as_editor: Client, digest: Digest, team: Team) -> None:
    update = digest.updates.get(team=team)
    decide(digest, update, HELD)
    following = next_digest()
    hand_in(following, team, "A new week.")
    start(following)

    row = read(as_editor.get(SECOND)).select_one(f"#o-{ANCHOR}")
    assert spoken(row.h3) == "2 Web"
    assert "Held over from 11 to 15 May 2026" in spoken(row)
    assert row.select(f'[href$="{ANCHOR}/question/"]') == []
    page = read(as_editor.get(row.select_one(".acts a")["href"]))
    assert spoken(page.select_one(f"article#{ANCHOR} .side")) == "Held over from 11 to 15 May 2026"
    assert read(as_editor.get(f"{SECOND}preview/")).select(f"article#{ANCHOR}") != []

    following.refresh_from_db()
    address = f"{SECOND}updates/{ANCHOR}/"
    moved = as_editor.post(f"{address}position/", {"before": "team-web", "seen": following.version})
    assert moved.url == f"{SECOND}#o-{ANCHOR}"
    assert order(following) == [ANCHOR, "team-web"]
    following.refresh_from_db()
    as_editor.post(f"{address}decision/", {"decision": "held", "seen": following.version})
    assert held_of(as_editor, SECOND) == ["Web"]
    assert as_editor.get(f"{address}question/").url == address
    refused = as_editor.post(f"{address}question/", {"question": "Why?", "version": update.version})
    assert refused.status_code == 409


@pytest.mark.parametrize(
    "anchor",
    [
        "held-",
        "held-2026-05-18",
        "held-2026-05-18-",
        "held-2026-05-18-note",
        "held-2026-05-25-team-web",
        "held-9999999999-team-web",
        "held-2026-05-18-team-data",
        f"held-{'9' * 300}",
    ],
)
def test_only_what_is_held_over_here_is_there(
    as_editor: Client, digest: Digest, update: Update, anchor: str
) -> None:
    decide(digest, update, HELD)
    start(next_digest())

    for desk in (FIRST, SECOND):
        assert as_editor.get(f"{desk}updates/{anchor}/").status_code == 404


def test_its_own_writers_see_how_it_stands(
    client: Client, digest: Digest, update: Update, writer: User
) -> None:
    address = "/updates/2026-05-18/teams/web/"
    client.force_login(writer)
    decide(digest, update, HELD)

    assert spoken(read(client.get(address)).select_one(".banner p")).startswith(
        "Held over for the next digest."
    )
    assert "Held over for the next digest." in spoken(read(client.get("/")).select_one(".mine li"))

    put_out(digest)
    assert "Held over for the next digest." in spoken(
        read(client.get(address)).select_one(".banner")
    )
    assert "Held over for a later digest." in spoken(
        read(client.get("/updates/")).select_one(".dated li")
    )

    following = next_digest()
    start(following)
    assert "Held over: it goes into the digest of 18 to 22 May 2026." in spoken(
        read(client.get(address)).select_one(".banner")
    )

    put_out(following)
    banner = read(client.get(address)).select_one(".banner")
    assert spoken(banner.p) == (
        "Published in the digest of 18 to 22 May 2026. What you write next goes into the next "
        "digest."
    )
    assert banner.a["href"] == "/digests/2026-05-25/"

    withdraw(digest=following, reason="Names.", by=UserFactory())
    assert spoken(read(client.get(address)).select_one(".banner p")) == (
        "This digest is published, and this update is not in it. Held over, and withdrawn since. "
        "What you write next goes into the next digest."
    )


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        (LEFT_OUT, HELD, "Hold it over all the same"),
        (HELD, LEFT_OUT, "Leave it out all the same"),
    ],
)
def test_whoever_decides_second_is_told_and_may_decide_all_the_same(
    as_editor: Client,
    digest: Digest,
    update: Update,
    first: Decision,
    second: Decision,
    again: str,
) -> None:
    digest.refresh_from_db()
    sent = {"decision": second, "seen": digest.version}
    decide(digest, update, first)

    response = as_editor.post(f"{FIRST}updates/team-web/decision/", sent)

    told = read(response).select_one("#desk-told")
    assert response.status_code == 409
    assert spoken(told.select_one("button")) == again
    seen = told.select_one("[name=seen]")["value"]
    as_editor.post(f"{FIRST}updates/team-web/decision/", {**sent, "seen": seen})
    assert digest.entries.get(update=update).decision == second


def test_opposite_decision_on_it_is_told_with_its_own_address(
    as_editor: Client, digest: Digest, update: Update
) -> None:
    decide(digest, update, HELD)
    following = next_digest()
    start(following)
    following.refresh_from_db()
    sent = {"decision": "included", "seen": following.version}
    decide(following, update, LEFT_OUT)

    response = as_editor.post(f"{SECOND}updates/{ANCHOR}/decision/", sent)

    form = read(response).select_one("#desk-told form")
    assert response.status_code == 409
    assert (form["action"], form["data-row"]) == (
        f"{SECOND}updates/{ANCHOR}/decision/",
        f"o-{ANCHOR}",
    )


def test_desk_says_what_comes_in_before_composing_starts(
    as_editor: Client, digest: Digest, update: Update
) -> None:
    following = next_digest()
    assert read(as_editor.get(SECOND)).select("[aria-labelledby=coming-h]") == []
    decide(digest, update, HELD)

    coming = read(as_editor.get(SECOND)).select("[aria-labelledby=coming-h] li")

    assert [(spoken(row), row.a["href"]) for row in coming] == [
        ("Web From 11 to 15 May 2026", f"{FIRST}updates/team-web/")
    ]
    start(following)
    assert read(as_editor.get(SECOND)).select("[aria-labelledby=coming-h]") == []


@pytest.mark.parametrize("is_out", [False, True], ids=["composing", "published"])
@pytest.mark.parametrize("is_started", [False, True], ids=["waiting", "entered"])
def test_writer_is_told_that_it_comes_into_the_next_one(
    client: Client, digest: Digest, update: Update, writer: User, is_out: bool, is_started: bool
) -> None:
    decide(digest, update, HELD)
    if is_out:
        put_out(digest)
    following = next_digest()
    if is_started:
        start(following)
    client.force_login(writer)
    address = "/updates/2026-05-25/teams/web/"
    told = (
        "An editor held your update of 11 to 15 May 2026 over: it comes into this digest, so you "
        "need not write it again."
    )

    rows = {a["href"]: a for a in read(client.get("/")).select(".mine li div > a")}
    form = read(client.get(address))

    words = [[spoken(p) for p in row.parent.select("p")] for row in rows.values()]
    assert [told in said for said in words] == ([True] if is_out else [False, True])
    assert [spoken(p) for p in form.select(".held-before")] == [told]


def test_writer_is_told_nothing_of_what_came_out_or_was_left_out(
    client: Client, digest: Digest, update: Update, writer: User
) -> None:
    decide(digest, update, HELD)
    put_out(digest)
    following = next_digest()
    start(following)
    decide(following, update, LEFT_OUT)
    client.force_login(writer)
    address = "/updates/2026-05-25/teams/web/"

    left_out = read(client.get(address)).select(".held-before")
    decide(following, update, Decision.INCLUDED)
    put_out(following)
    next_digest(2)
    came_out = read(client.get("/updates/2026-06-01/teams/web/")).select(".held-before")

    assert (left_out, came_out) == ([], [])
