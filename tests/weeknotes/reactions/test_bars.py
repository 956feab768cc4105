"""The reaction bars of a digest's page, and what its buttons post."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from people.models import User
from tests.factories import TeamFactory, UserFactory
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.week import hand_in, open_digest
from weeknotes.digests.models import Digest
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.reactions.reacting import react

pytestmark = pytest.mark.django_db

PAGE = "/digests/2026-05-18/"
TARGETS = {"": "end", "note/": "note", "team-web/": "team-web"}


def bars(page: BeautifulSoup) -> dict[str, Tag]:
    """Each bar by what is reacted to."""
    return {form["action"]: form for form in page.select("form.react")}


def buttons(bar: Tag) -> list[tuple[str, str]]:
    """What each button says, and whether it is pressed."""
    return [(spoken(button), button["aria-pressed"]) for button in bar.select("button")]


def press(client: Client, bar: Tag, kind: str, **headers: Any) -> Any:
    """Press a button as a browser does."""
    button = bar.select_one(f"button[value={kind}]")
    address = button.get("formaction") or bar["action"]
    return client.post(address, {button["name"]: button["value"]}, **headers)


@pytest.fixture
def page(as_reader: Client, digest: Digest) -> BeautifulSoup:
    return read(as_reader.get(PAGE))


def test_digest_and_each_update_have_a_bar(page: BeautifulSoup) -> None:
    assert {address: spoken(bar.legend) for address, bar in bars(page).items()} == {
        f"{PAGE}note/reaction/": "React to Director’s weeknote",
        f"{PAGE}team-web/reaction/": "React to Web",
        f"{PAGE}reaction/": "React to the whole digest",
    }


def test_bar_says_its_counts_in_words(page: BeautifulSoup) -> None:
    assert buttons(bars(page)[f"{PAGE}reaction/"]) == [
        ("Like, 0", "false"),
        ("Love, 0", "false"),
        ("Haha, 0", "false"),
    ]


def test_bar_says_what_is_chosen_and_what_pressing_does(
    as_reader: Client, digest: Digest, reader: User
) -> None:
    for person in (reader, UserFactory(), UserFactory()):
        react(target=digest, kind="love", by=person)
    react(target=digest, kind="haha", by=UserFactory())

    bar = bars(read(as_reader.get(PAGE)))[f"{PAGE}reaction/"]

    assert buttons(bar) == [
        ("Change to Like, 0", "false"),
        ("Remove your Love, 3", "true"),
        ("Change to Haha, 1", "false"),
    ]
    assert [button.get("formaction") for button in bar.select("button")] == [
        None,
        f"{PAGE}reaction/removal/",
        None,
    ]


@pytest.mark.parametrize("anchor", TARGETS)
def test_pressing_sets_changes_and_removes(
    as_reader: Client, page: BeautifulSoup, reader: User, anchor: str
) -> None:
    address = f"{PAGE}{anchor}reaction/"
    for kind, expected in (("love", ["love"]), ("like", ["like"]), ("like", [])):
        response = press(as_reader, bars(read(as_reader.get(PAGE)))[address], kind)

        assert (response.status_code, response.url) == (302, f"{PAGE}#{TARGETS[anchor]}")
        assert [row.kind for row in Reaction.objects.filter(person=reader)] == expected
        assert sum(ReactionCount.objects.values_list("count", flat=True)) == len(expected)
    assert page.find(id=TARGETS[anchor]) is not None


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [("", "love", ["love"]), ("haha", "love", ["love"]), ("love", "love", [])],
)
def test_double_click_without_scripts_is_one_press(
    as_reader: Client, digest: Digest, reader: User, before: str, kind: str, after: list[str]
) -> None:
    if before:
        react(target=digest, kind=before, by=reader)
    bar = bars(read(as_reader.get(PAGE)))[f"{PAGE}reaction/"]

    answers = [press(as_reader, bar, kind) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, f"{PAGE}#end")] * 2
    assert list(Reaction.objects.values_list("kind", flat=True)) == after
    counts = ReactionCount.objects.filter(count__gt=0).values_list("kind", "count")
    assert list(counts) == [(one, 1) for one in after]


def test_bars_stand_apart(as_reader: Client, page: BeautifulSoup) -> None:
    press(as_reader, bars(page)[f"{PAGE}note/reaction/"], "haha")

    pressed = {
        address: [said for said, is_pressed in buttons(bar) if is_pressed == "true"]
        for address, bar in bars(read(as_reader.get(PAGE))).items()
    }
    assert pressed == {
        f"{PAGE}note/reaction/": ["Remove your Haha, 1"],
        f"{PAGE}team-web/reaction/": [],
        f"{PAGE}reaction/": [],
    }


@pytest.mark.parametrize("anchor", TARGETS)
def test_script_gets_the_new_bar(as_reader: Client, page: BeautifulSoup, anchor: str) -> None:
    address = f"{PAGE}{anchor}reaction/"

    response = press(as_reader, bars(page)[address], "love", headers={"X-Requested-With": "fetch"})

    bar = read(response)
    assert (response.status_code, len(bar.find_all(recursive=False))) == (200, 1)
    assert buttons(bars(bar)[address]) == [
        ("Change to Like, 0", "false"),
        ("Remove your Love, 1", "true"),
        ("Change to Haha, 0", "false"),
    ]
    assert spoken(bar.legend) == spoken(bars(page)[address].legend)

    gone = read(press(as_reader, bars(bar)[address], "love", headers={"X-Requested-With": "fetch"}))
    assert buttons(bars(gone)[address])[1] == ("Love, 0", "false")


@pytest.mark.parametrize("kind", [None, "", "Love", "hate", "like\x00", "9" * 5000])
def test_other_kinds_are_refused(as_reader: Client, digest: Digest, kind: str | None) -> None:
    response = as_reader.post(f"{PAGE}reaction/", {} if kind is None else {"kind": kind})

    assert response.status_code == 400
    assert Reaction.objects.count() == 0


@pytest.mark.parametrize("path", ["reaction/", "reaction/removal/", "note/reaction/removal/"])
def test_get_changes_nothing(as_reader: Client, digest: Digest, path: str) -> None:
    assert as_reader.get(PAGE + path, {"kind": "like"}).status_code == 405
    assert Reaction.objects.count() == 0


@pytest.mark.parametrize("path", ["reaction/", "reaction/removal/"])
def test_what_is_not_published_does_not_exist(as_reader: Client, digest: Digest, path: str) -> None:
    hand_in(open_digest(weeks=1), TeamFactory(name="Later"))
    nowhere = [
        "/digests/2026-05-25/",  # collecting
        "/digests/2026-05-25/team-later/",
        "/digests/2026-06-01/",
        f"{PAGE}team-later/",  # of another digest
        f"{PAGE}end/",
    ]

    answers = [as_reader.post(place + path, {"kind": "like"}) for place in nowhere]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert Reaction.objects.count() == 0


def test_update_left_out_does_not_exist(as_reader: Client, digest: Digest) -> None:
    digest.publications.get().published_updates.filter(anchor="team-web").delete()

    assert as_reader.post(f"{PAGE}team-web/reaction/", {"kind": "like"}).status_code == 404


@pytest.mark.parametrize("path", ["reaction/", "reaction/removal/"])
def test_without_the_token_nothing_is_changed(digest: Digest, reader: User, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    react(target=digest, kind="love", by=reader)

    refused = strict.post(PAGE + path, {"kind": "like"})
    token = bars(read(strict.get(PAGE)))[f"{PAGE}reaction/"].input["value"]
    done = strict.post(PAGE + path, {"kind": "like", "csrfmiddlewaretoken": token})

    assert [refused.status_code, done.status_code] == [403, 302]


def test_nobody_signed_in_reacts(client: Client, digest: Digest) -> None:
    response = client.post(f"{PAGE}reaction/", {"kind": "like"})

    assert response.url.partition("?")[0] == "/account/sign-in/"
    assert Reaction.objects.count() == 0
