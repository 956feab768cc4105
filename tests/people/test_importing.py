"""Staff come in from a spreadsheet's file: seen first, then confirmed; bad rows stay out."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.admin.importing import NOT_REACHED, ON_THEIR_WAY
from people.importing.resources import Fact
from people.models import Event, RoleGrant, User
from tests.factories import TeamFactory, UserFactory
from tests.people import mailing

pytestmark = pytest.mark.django_db

LIST = "/admin/people/user/"
PAGE = f"{LIST}import/"


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, text: str | bytes, page: str = PAGE):
    data = text.encode() if isinstance(text, str) else text
    return client.post(page, {"file": SimpleUploadedFile("staff.csv", data)})


def confirm(client: Client, preview, page: str = PAGE, **more: str):
    shown = {field["name"]: field["value"] for field in soup(preview).select("form [type=hidden]")}
    return client.post(page, {"rows": shown["rows"], "shown": shown["shown"], **more})


def counts(preview) -> list[int]:
    outcome = preview.context["outcome"]
    return [len(lines) for lines in (outcome.new, outcome.changed, outcome.same, outcome.refused)]


def refused(preview) -> list[str]:
    return [" ".join(row.get_text().split()) for row in soup(preview).select(".refused li")]


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def staff(good: int, bad: int = 0) -> str:
    rows = [f'p{n}@council.example,"Person{n}, Given",Officer,Web' for n in range(good)]
    rows[5:5] = ["bad,Somebody,Officer,Web"] * bad
    return "\n".join(["email,name,job_title,team", *rows])


def test_150_good_rows_come_in_and_5_bad_ones_stay_out(as_admin: Client, admin: User) -> None:
    team = TeamFactory(name="Web team", short_name="Web")

    here = User.objects.count()
    preview = sent(as_admin, staff(150, 5))
    shown = User.objects.count()
    with CaptureQueriesContext(connection) as caught:
        done = confirm(as_admin, preview)

    assert (preview.status_code, counts(preview)) == (200, [150, 0, 0, 5])
    assert refused(preview) == [
        f"Row {number}: “bad” is no email address. Write it like name@example.com."
        for number in range(7, 12)
    ]
    assert (shown - here, done.status_code, done["Location"]) == (0, 302, LIST)
    assert told(done) == ["150 people added."]
    people = User.objects.filter(surname__startswith="Person", forename="Given", team=team)
    assert people.count() == 150
    assert not any(person.has_usable_password() for person in people)
    assert Event.objects.filter(by=admin, verb="added", kind="user").count() == 150
    assert len(caught) < 150 * 12


def test_cost_of_a_row_is_the_same_for_few_and_many(as_admin: Client) -> None:
    TeamFactory(name="Web")

    def queries(rows: int) -> int:
        text = staff(rows).replace("@council", f"@of{rows}.council")
        with CaptureQueriesContext(connection) as caught:
            preview = sent(as_admin, text)
        assert counts(preview) == [rows, 0, 0, 0]
        return len(caught)

    assert queries(11) - queries(1) == 2 * (queries(8) - queries(3))


def test_people_are_matched_by_their_address_in_any_case(as_admin: Client, admin: User) -> None:
    web = TeamFactory(name="Web")
    sam = UserFactory(email="sam@council.example", forename="Sam", surname="Old", job_title="Boss")
    same = UserFactory(email="same@council.example", forename="Same", surname="Still")
    text = (
        "Email,First name,Last name,Job title,Team\n"
        " SAM@Council.example ,Sam,Okafor,,WEB\n"
        "same@council.example,Same,Still,,\n"
    )

    preview = sent(as_admin, text)
    done = confirm(as_admin, preview)

    sam.refresh_from_db()
    assert counts(preview) == [0, 1, 1, 0]
    facts = preview.context["outcome"].changed[0].facts
    assert facts == (Fact("surname", "Okafor", "Old"), Fact("team", "Web"))
    assert told(done) == ["1 person changed."]
    assert (sam.name, sam.job_title, sam.team) == ("Sam Okafor", "Boss", web)
    assert list(Event.objects.values_list("by", "verb", "object_id")) == [
        (admin.pk, "changed", sam.pk)
    ]
    assert [row.history_user for row in sam.history.filter(surname="Okafor")] == [admin]
    assert not LogEntry.objects.filter(object_id=same.pk).exists()
    assert LogEntry.objects.get().get_change_message() == "Imported from a file."


def test_an_import_touches_no_rights_and_no_password(as_admin: Client, director: User) -> None:
    before = User.objects.filter(pk=director.pk).values().get()
    text = (
        "email,forename,is_superuser,is_active,password,roles,id,slug\n"
        f"{director.email},Diana,1,0,secret,admin,99,other\n"
    )

    preview = sent(as_admin, text)
    confirm(as_admin, preview)

    assert User.objects.filter(pk=director.pk).values().get() == before | {"forename": "Diana"}
    assert list(RoleGrant.objects.filter(person=director).values_list("role")) == [("editor",)]
    assert preview.context["outcome"].table.notes == [
        "Left aside, as nothing here is called so: “is_superuser”, “is_active”, “password”, "
        "“roles”, “id”, “slug”.",
        "The file has no column “job_title”, “team”. What is here of that stays as it is.",
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("bad,Rae", "“bad” is no email address. Write it like name@example.com."),
        (",Rae", "The email address is missing. Write it like name@example.com."),
        ("a@b.example,", "The name is missing. Write it like “Rae, Michael” or “Michael Rae”."),
        ('a@b.example,"Rae, M, Dr"',
         "“Rae, M, Dr” has several commas. Write “Rae, Michael” or “Michael Rae”."),
        ("a@b.example,Rae,Nowhere",
         "There is no team “Nowhere”. Check its name, or add the team first."),
        ("a@b.example,Rae,Twice", "2 teams are called “Twice”. Write “twice” or “twice-2”."),
        ("a@b.example,Rae,Old", "The team “Old” was merged into “New”. Write that."),
        ("a@b.example,Rae,Shut", "The team “Shut” is closed. Write another."),
        ("lea@council.example,Lea",
         "Lea Ver has left. Make them active again on their page first."),
        ("a@b.example,Rae,,x,y",
         "It has 5 cells, and the first row has 3. Put quotation marks around a cell that has a "
         "comma or semicolon in it."),
        (f"a@b.example,{'x' * 101} y", "The forename has more than 100 letters. Shorten it."),
        (f"a@b.example,{'x' * 301}", "“name” is longer than 300 letters. Shorten it."),
        ("bad,,Nowhere",
         "“bad” is no email address. Write it like name@example.com. "
         "There is no team “Nowhere”. Check its name, or add the team first. "
         "The name is missing. Write it like “Rae, Michael” or “Michael Rae”."),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_the_reason(
    as_admin: Client, admin: User, leaver: User, row: str, reason: str
) -> None:
    TeamFactory(name="Old").merge(into=TeamFactory(name="New"), by=admin)
    TeamFactory(name="Shut").close(by=admin)
    TeamFactory(name="Twice")
    TeamFactory(name="twice")
    here = User.objects.count()

    preview = sent(as_admin, f"email,name,team\n\ngood@b.example,Good One\n{row}\n")
    done = confirm(as_admin, preview)

    assert counts(preview) == [1, 0, 0, 1]
    assert refused(preview) == [f"Row 4: {reason}"]
    assert told(done) == ["1 person added."]
    assert User.objects.count() == here + 1


def test_a_row_told_twice_is_refused_the_second_time(as_admin: Client) -> None:
    preview = sent(as_admin, "email,name\na@b.example,A B\nA@B.example,A C\n")

    assert refused(preview) == [
        "Row 3: “A@B.example” is in row 2 already. Keep one of the two rows."
    ]
    assert counts(preview) == [1, 0, 0, 1]


def test_refused_rows_are_there_to_copy_and_come_in_once_mended(as_admin: Client) -> None:
    preview = sent(as_admin, 'email,name\nbad,"Rae, Michael"\n=bad,Eve\n')

    copied = soup(preview).select_one("textarea").get_text().lstrip("\n")

    assert copied.splitlines() == [
        '"row","reason","email","name"',
        '2,"“bad” is no email address. Write it like name@example.com.","bad","Rae, Michael"',
        '3,"\'“=bad” is no email address. Write it like name@example.com.","\'=bad","Eve"',
    ]
    mended = sent(as_admin, copied.replace('"bad"', '"michael@b.example"'))
    assert counts(mended) == [1, 0, 0, 1]
    assert mended.context["outcome"].new[0].name == "Michael Rae"
    assert mended.context["outcome"].refused[0].row.cells["email"] == "=bad"
    assert len(mended.context["outcome"].table.notes) == 1


def test_nothing_is_offered_when_every_row_is_refused(as_admin: Client) -> None:
    preview = sent(as_admin, "email\nbad\n")

    assert preview.context["confirm"] is None
    assert soup(preview).select("input[type=submit]") == []


def test_confirming_twice_has_one_effect(as_admin: Client) -> None:
    preview = sent(as_admin, "email,name\na@b.example,Ann Bee\n")

    first = confirm(as_admin, preview)
    second = confirm(as_admin, preview)

    assert (told(first), told(second)[-1:]) == (
        ["1 person added."],
        ["Everything in the file is here already. Nothing was changed."],
    )
    assert Event.objects.filter(verb="added").count() == 1


def test_an_import_that_would_do_something_else_by_now_asks_again(as_admin: Client) -> None:
    sam = UserFactory(email="sam@b.example", forename="Sam", surname="Old")
    preview = sent(as_admin, "email,name\nsam@b.example,Sam New\nnew@b.example,Ann Bee\n")
    User.objects.filter(pk=sam.pk).update(surname="Other")

    asked = confirm(as_admin, preview)

    sam.refresh_from_db()
    assert (asked.status_code, sam.surname) == (409, "Other")
    assert not User.objects.filter(email="new@b.example").exists()
    assert "Something here changed after the preview" in told(asked)[0]
    assert told(confirm(as_admin, asked))[-1] == "1 person added. 1 person changed."


def test_one_row_that_fails_by_now_keeps_the_others_out_until_seen(as_admin: Client) -> None:
    web = TeamFactory(name="Web")
    preview = sent(as_admin, "email,name,team\na@b.example,Ann,\nb@b.example,Bea,Web\n")
    web.delete()

    asked = confirm(as_admin, preview)

    assert (asked.status_code, counts(asked)) == (409, [1, 0, 0, 1])
    assert not User.objects.filter(email__endswith="@b.example").exists()


@pytest.mark.parametrize(
    "rows",
    ["", "x", "[]", "{}", "null", "[[],[]]", '[["email"],[]]', '[["email"],[[2]]]', "[" * 9000,
     '[["email"],[[2,3]]]', '[["email"],[["2","a@b.example"]]]', '[["id"],[[2,"9"]]]', '["a","b"]',
     '[[["email"]],[[2,"a"]]]', '[{"email":1},[[2,"a"]]]', "1e999", '[["email"],5]',
     '[["email","email"],[[2,"a@b.example","b@b.example"]]]'],
)  # fmt: skip
def test_odd_rows_from_a_preview_break_nothing(as_admin: Client, rows: str) -> None:
    here = User.objects.count()

    response = as_admin.post(PAGE, {"rows": rows, "shown": "0"})

    assert response.status_code in (409, 422)
    assert User.objects.count() == here


def test_names_of_the_file_are_shown_and_not_run(as_admin: Client) -> None:
    preview = sent(
        as_admin,
        "email,forename,surname,<b>x</b>\n"
        "a@b.example,<script>alert(1)</script>,\u202eשלום & co,x\n<i>bad</i>,x,y,z\n",
    )

    page = soup(preview)
    assert page.select("#content script, #content b b b, #content i") == []
    assert page.select_one("tbody th bdi").get_text() == "<script>alert(1)</script> שלום & co"
    assert "“<b>x</b>”" in page.select_one("#content-main > .help").get_text()


def test_only_admins_import(director: User, client: Client) -> None:
    client.force_login(director)

    assert client.get(PAGE).status_code == 403
    assert sent(client, "email,name\na@b.example,A").status_code == 403
    assert client.get(f"{PAGE}example/").status_code == 403


def test_the_example_can_be_imported(as_admin: Client) -> None:
    TeamFactory(name="Web")

    preview = sent(as_admin, as_admin.get(f"{PAGE}example/").content)

    assert counts(preview) == [2, 0, 0, 0]
    assert [line.name for line in preview.context["outcome"].new] == [
        "Michael Rae",
        "Ana Maria de la Cruz",
    ]


def test_list_leads_to_the_import(as_admin: Client) -> None:
    links = [link["href"] for link in soup(as_admin.get(LIST)).select(".object-tools a")]

    assert links == [PAGE, f"{LIST}add/"]


def test_new_people_are_mailed_their_link_and_sign_in_by_it(as_admin: Client) -> None:
    UserFactory(email="here@council.example", forename="Here")
    text = "email,name\nann@b.example,Ann Bee\nhere@council.example,Old Hand\nbea@b.example,Bea\n"
    preview = sent(as_admin, text)

    done = confirm(as_admin, preview, mail_links="on")

    mails = mailing.sent()
    assert [mail.to for mail in mails] == [["ann@b.example"], ["bea@b.example"]]
    assert told(done) == ["2 people added. 1 person changed.", ON_THEIR_WAY]
    mailing.set_password(Client(), mailing.link_in(mails[0]))
    assert mailing.sign_in(Client(), "ann@b.example")["Location"] == "/"
    assert list(
        Event.objects.filter(verb__contains="link").order_by("id").values_list("verb", "name")
    ) == [("asked for a link to", "Ann Bee"), ("asked for a link to", "Bea")]


def test_box_to_mail_links_is_ticked_and_may_be_emptied(as_admin: Client) -> None:
    preview = sent(as_admin, "email,name\nann@b.example,Ann Bee\n")

    done = confirm(as_admin, preview)

    box = soup(preview).select_one("[name=mail_links]")
    assert (box["type"], box.has_attr("checked")) == ("checkbox", True)
    assert (mailing.sent(), told(done)) == ([], ["1 person added."])


def test_unreachable_mail_server_is_told_and_people_are_kept(
    as_admin: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    preview = sent(as_admin, "email,name\nann@b.example,Ann Bee\n")

    done = confirm(as_admin, preview, mail_links="on")

    assert told(done) == ["1 person added.", NOT_REACHED]
    assert User.objects.filter(email="ann@b.example").exists()
