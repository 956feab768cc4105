"""Whatever is typed, asked or sent: no fault of ours, and nothing active on any page.

The profile says how many hostile inputs are drawn (`make check` 50, `make test` 500, `make prove`
4,200); each test takes its share. With those that are always the same, `make prove` tries 5,000.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from ddat import prose
from tests.hostile import forms
from tests.hostile.pages import assert_harmless
from tests.hostile.words import (
    DAYS,
    HTML,
    MARKDOWN,
    MEGABYTE,
    NAMED,
    NUMBERS,
    either,
    encoded,
    hostile,
    pairs,
    quoted,
)
from tests.permissions.sending import sent
from tests.permissions.table import address_for
from tests.permissions.world import CAST, World, standing_world, undone
from tests.test_permissions import MODELS, ROWS
from weeknotes.desk import composing
from weeknotes.publications.article import compose_article
from weeknotes.publications.publishing import publish

pytestmark = pytest.mark.django_db

DRAWN = {"check": 50, "test": 500, "prove": 4200}[settings.get_current_profile_name()]
FORM = "application/x-www-form-urlencoded"
ADDRESSES = sorted({row.address for row in ROWS})
POSTED = sorted({row.address for row in ROWS if "POST" in row.methods})
ASKED = ["words", "year", "page", "next", "q", "o", "p", "e", "_popup", "_to_field", "all", "role"]
ASKED += ["by", "verb", "kind", "from_day", "to_day"]
ASKED += ["role__exact", "team__id__exact", "here", "state", "_changelist_filters"]
ROOMS = [
    ("contributor", "/updates/collecting/projects/drafted/", "drafted"),
    ("contributor", "/updates/collecting/teams/reporting/", "reporting"),
    ("director", "/desk/collecting/note/", "note"),
]  # who writes, where, and for whom


def share(of_fifty: int) -> Any:
    """This many of each fifty hostile inputs."""
    return settings(max_examples=max(1, DRAWN * of_fifty // 50))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        yield world


@contextmanager
def one_try() -> Iterator[None]:
    """What one example does is undone before the next, and no try is counted by the portal."""
    if tried := os.environ.get("TRIED"):  # by tests/prove/test_hostile_inputs.py
        with Path(tried).open("a") as file:
            file.write(".")
    cache.clear()
    with undone():
        yield


def send(client: Client, address: str, data: list[tuple[str, str]], **options: Any) -> HttpResponse:
    """Send a form, read what comes back, and what it leads to."""
    response = client.post(address, encoded(data), content_type=FORM, **options)
    assert_harmless(response)
    if response.status_code == 302:
        target = urljoin(f"http://testserver{address}", response["Location"])
        assert target.startswith("http://testserver/"), response["Location"]
        assert_harmless(client.get(target.removeprefix("http://testserver")))
    return response


def read_all(world: World, pages: list[tuple[str, str]]) -> None:
    for role, address in pages:
        response = world.client(role).get(address)
        assert response.status_code == 200, address
        assert_harmless(response)


@share(8)
@given(data=st.data())
def test_no_address_breaks_anything(world: World, data: Any) -> None:
    address = address_for(data.draw(st.sampled_from(ADDRESSES)))
    parts = address.strip("/").split("/")
    for place in data.draw(st.lists(st.integers(0, len(parts) - 1), max_size=2)):
        parts[place] = quoted(data.draw(hostile | st.just("a" * 5000)))
    query = encoded(data.draw(pairs(ASKED))) or data.draw(st.sampled_from(["", "%", "a=%ff;&&=="]))
    role, method = data.draw(st.sampled_from(CAST)), data.draw(st.sampled_from(["GET", "POST"]))

    with one_try():
        path = f"/{'/'.join(parts)}/?{query}"
        assert_harmless(world.client(role).generic(method, path, "", FORM))


LISTS = {"/digests/": "words year page", "/projects/": "words team rag show since page"}


@pytest.mark.parametrize(("address", "names"), LISTS.items())
def test_no_question_breaks_a_list(world: World, address: str, names: str) -> None:
    each = [[name] for name in names.split()] if DRAWN > 50 else [names.split()]
    for asking, value in product(each, [*NAMED, *NUMBERS, *DAYS]):
        asked = encoded([(name, value[:9000]) for name in asking])
        read_all(world, [("reader", f"{address}?{asked}")])
        assert_harmless(world.client("reader").post(f"{address}export/?{asked}"))


@share(3)
@given(
    email=either("reader@council.example"),
    password=hostile,
    target=either("//evil.example", "https://evil.example/", "javascript:alert(1)", "/desk/"),
    more=pairs(["login", "password", "remember", "next", "csrfmiddlewaretoken"]),
)
def test_no_sign_in_breaks_anything(
    world: World, email: str, password: str, target: str, more: list[tuple[str, str]]
) -> None:
    said = [("login", email), ("password", password), ("next", target), *more]
    with one_try():
        send(Client(), f"/account/sign-in/?{encoded([('next', target)])}", said)
        send(world.client("reader"), "/account/sign-out/", said)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "javascript:1", "\\\\x"]
)
def test_signing_in_leads_nowhere_else(world: World, target: str) -> None:
    person = world.people["reader"]
    person.set_password("a long walk by the river")
    with undone():
        person.save()
        said = {"login": person.email, "password": "a long walk by the river", "next": target}
        response = Client().post("/account/sign-in/", said)
    assert (response.status_code, response["Location"]) == (302, "/")


@share(6)
@given(room=st.sampled_from(ROOMS), said=forms.updates(), is_current=st.booleans())
def test_no_update_form_breaks_anything(
    world: World, room: Any, said: list[tuple[str, str]], is_current: bool
) -> None:
    role, address, subject = room
    if is_current:
        said = [*said, ("version", str(world.update("collecting", subject).version))]
    with one_try():
        send(Client(), address, said)  # a stranger's words are handed back
        send(world.client(role), address, said)
        preview = "/desk/collecting/preview/" if subject == "note" else f"{address}preview/"
        read_all(world, [(role, address), (role, preview), ("director", "/desk/collecting/")])


@share(3)
@given(said=forms.no_updates)
def test_no_reason_for_no_update_breaks_anything(world: World, said: Any) -> None:
    address = "/updates/collecting/projects/blank/"
    with one_try():
        send(world.client("contributor"), f"{address}no-update/", said)
        read_all(world, [("contributor", address), ("director", "/desk/collecting/")])


@share(4)
@given(data=st.data())
def test_no_desk_form_breaks_anything(world: World, data: Any) -> None:
    current = sent(world, "details", {"slug": "composing"})
    said = {
        "/desk/new/": forms.days,
        "/desk/composing/details/": forms.details(current=current),
        "/desk/composing/composing/": pairs(["x"]),
        "/desk/composing/updates/project-included/position/": pairs(["after", "seen"], either("9")),
        "/desk/composing/updates/project-included/decision/": pairs(["decision"], either("x")),
        "/desk/composing/updates/project-included/question/": pairs(["question", "version"]),
    }
    address = data.draw(st.sampled_from(sorted(said)))
    with one_try():
        send(world.client("director"), address, data.draw(said[address]))
        read_all(world, [("director", "/desk/"), ("director", "/desk/composing/preview/")])


@share(3)
@given(
    seen=forms.json_of_hostile.map(json.dumps) | hostile | st.just("[" * 9000),
    article_hash=hostile | st.just(""),
    state=st.sampled_from(["collecting", "composing", "published"]),
)
def test_no_hidden_field_of_publishing_breaks_anything(
    world: World, seen: str, article_hash: str, state: str
) -> None:
    with one_try():
        address = f"/desk/{state}/publication/"
        response = send(world.client("director"), address, [("hash", article_hash), ("seen", seen)])
        assert response.status_code in (400, {"collecting": 302}.get(state, 409))


@share(2)
@given(
    kind=either("like"),
    target=st.sampled_from(["", "note/"]),
    end=st.sampled_from(["", "removal/"]),
)
def test_no_reaction_breaks_anything(world: World, kind: str, target: str, end: str) -> None:
    address = f"/digests/published/{target}reaction/{end}"
    with one_try():
        send(world.client("reader"), address, [("kind", kind), ("kind", kind)])
        send(
            world.client("reader"), address, [("kind", kind)], headers={"X-Requested-With": "fetch"}
        )


@share(4)
@given(update=forms.updates(is_readable=True), note=forms.updates(is_readable=True), title=hostile)
def test_hostile_words_are_published_as_words(
    world: World, update: Any, note: Any, title: str
) -> None:
    digest = world.digests["composing"]
    with one_try():
        for role, address, said in (
            ("contributor", "/updates/composing/projects/drafted/", [*update, ("do", "submit")]),
            ("director", "/desk/composing/note/", [*note, ("do", "save")]),
        ):
            version = world.update("composing", address.split("/")[-2]).version
            send(world.client(role), address, [*said, ("version", str(version))])
        details = {**sent(world, "details", {"slug": "composing"}), "title": title[:150]}
        send(world.client("director"), "/desk/composing/details/", list(details.items()))
        _publish(world, digest)
        read_all(
            world,
            [
                ("reader", "/digests/composing/"),
                ("reader", "/"),
                ("reader", "/digests/"),
                ("director", "/desk/composing/"),
                ("contributor", "/updates/composing/projects/drafted/"),
            ],
        )
    digest.refresh_from_db()


def _publish(world: World, digest: Any) -> None:
    """All that was handed in, however it reads."""
    digest.refresh_from_db()
    by = world.people["director"]
    for update in composing.new_not_in_yet(digest):
        included = composing.Decision.INCLUDED
        composing.decide(digest=digest, update=update, decision=included, by=by)
    article = compose_article(digest)
    publish(digest=digest, article_hash=article.hash, seen=article.manifest, by=by)


@share(4)
@given(data=st.data())
def test_no_form_of_the_admin_breaks_anything(world: World, data: Any) -> None:
    model = data.draw(st.sampled_from(MODELS))
    tail = data.draw(st.sampled_from(["add/", "ONE/change/", "ONE/delete/", ""]))
    address = address_for(f"/admin/{model}/{tail}")
    client = world.client("admin")
    shown = client.get(address).context
    names = ["action", "_selected_action", "index", "post", "_save", "_continue", "_popup"]
    if shown and "adminform" in shown:
        names += list(shown["adminform"].form.fields)
        for inline in shown["inline_admin_formsets"]:
            formset = inline.formset
            names += [f"{formset.prefix}-TOTAL_FORMS", f"{formset.prefix}-INITIAL_FORMS"]
            names += [f"{formset.prefix}-0-{name}" for name in formset.empty_form.fields]
    said = data.draw(
        st.lists(st.tuples(st.sampled_from(names), either("1", "0", "on")), max_size=len(names))
    )
    with one_try():
        send(client, address, said)
        read_all(world, [("admin", f"/admin/{model}/"), ("admin", "/")])


BODIES = [
    (FORM, b"%"),
    (FORM, b"a" * 3 * 2**20),
    (FORM, b"&".join(b"a=1" for _ in range(6000))),
    (f"{FORM}; charset=utf-7", b"do=+ADw-script+AD4-"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="do"\r\n'),
    ("multipart/form-data; boundary=" + "x" * 500, b"--x"),
    ("multipart/form-data; boundary=\xff", b"--x"),
    ("application/json", b'{"do": "save"'),
    ("text/plain; charset=%00", b"do=save"),
    ("", b"do=save"),
]
CHARSETS = ["utf-8", "utf-7", "utf-16", "unicode_escape", "base64", "idna", "nothing", "\u0130"]
LETTERS = [b"\\ud800", b"\xff\xfe\x00", b"+ADw-x-hostile+AD4-"]


def in_parts(names: list[str], value: bytes) -> bytes:
    """A form as multipart, with one value in each field."""
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (name.encode(), value)
        for name in names
    )
    return b"".join(parts) + b"--x--\r\n"


@share(3)
@given(data=st.data())
def test_no_body_breaks_anything(world: World, data: Any) -> None:
    content_type, body = data.draw(st.sampled_from(BODIES))
    for address in data.draw(st.lists(st.sampled_from(POSTED), min_size=1, max_size=4)):
        role = "admin" if address.startswith("/admin/") else "director"
        role = "contributor" if address.startswith("/updates/") else role
        with one_try():
            client = world.client(role)
            assert_harmless(client.generic("POST", address_for(address), body, content_type))


@pytest.mark.parametrize("charset", CHARSETS)
def test_no_alphabet_breaks_anything(world: World, charset: str) -> None:
    content_type = f"multipart/form-data; boundary=x; charset={charset}"
    for role, address, longest in EVERY_FORM:
        for letters in LETTERS:
            with one_try():
                body = in_parts([longest, *FIELDS], letters)
                answer = world.client(role).generic("POST", address, body, content_type)
                assert_harmless(answer)
                assert charset == "utf-8" or answer.status_code == 400


# Who fills in each form, and its longest field.
EVERY_FORM = [
    ("anonymous", "/account/sign-in/", "login"),
    ("contributor", "/updates/collecting/projects/drafted/", "s0-text"),
    ("contributor", "/updates/collecting/projects/drafted/no-update/", "lines"),
    ("director", "/desk/collecting/note/", "s0-heading"),
    ("director", "/desk/composing/details/", "summary"),
    ("director", "/desk/composing/publication/", "seen"),
    ("director", "/desk/new/", "covers_from"),
    ("director", "/desk/composing/updates/project-included/position/", "before"),
    ("director", "/desk/composing/updates/project-included/decision/", "decision"),
    ("director", "/desk/composing/updates/project-included/question/", "question"),
    ("contributor", "/updates/collecting/projects/drafted/submission/", "version"),
    ("reader", "/digests/published/reaction/", "kind"),
    ("admin", "/admin/people/user/add/", "forename"),
    ("admin", "/admin/weeknotes/updatetemplate/add/", "name"),
]
FIELDS = [*forms.ProjectHeadForm.base_fields, *forms.SEEN, *forms.DAY_FIELDS, "do", "add_kind"]
FIELDS += ["returns", "returns_on", "s0-row-count", "hash", "email", "sections-TOTAL_FORMS"]
FIELDS += ["password", "version", *(longest for _, _, longest in EVERY_FORM)]


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form[1])
def test_every_form_stands_what_the_portal_promises_to_stand(world: World, form: Any) -> None:
    role, address, longest = form
    for value in NAMED:
        names = [longest] if value == MEGABYTE else FIELDS
        with one_try():
            said = [("sections", "s0:text"), *((name, value) for name in names)]
            send(world.client(role), address, said)


@pytest.mark.parametrize("words", HTML)
def test_what_stands_as_it_was_typed_would_be_noticed(words: str) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'"}
    noticed = 0
    for page in (f"<p>{words}</p>", f'<p title="{words}">', f"<p title='{words}'>"):
        try:
            assert_harmless(HttpResponse(page, headers=policy))
        except AssertionError:
            noticed += 1
    assert noticed > 0  # in one of these places it does harm


def test_a_link_to_a_script_would_be_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # The guards are what Markdown takes for a link, and nh3 after it.
    monkeypatch.setattr(prose.MARKDOWN, "validateLink", lambda url: True)
    monkeypatch.setattr(prose, "_sanitised", mark_safe)
    address = "/updates/collecting/projects/drafted/"
    version = str(world.update("collecting", "drafted").version)
    said = [("sections", "s0:text"), ("s0-text", MARKDOWN[0]), ("version", version)]
    with one_try():
        send(world.client("contributor"), address, said)
        with pytest.raises(AssertionError, match="javascript:"):
            assert_harmless(world.client("contributor").get(f"{address}preview/"))
