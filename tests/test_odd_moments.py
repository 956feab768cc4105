"""A week at the moments where dates go wrong: every page and verb tells London's day in words."""

import calendar
import re
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from ddat.clock import LONDON
from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

pytestmark = [pytest.mark.django_db, pytest.mark.everywhere]

MOMENTS = [
    (datetime(2026, 12, 28, 9, tzinfo=LONDON), "28 December 2026", "9am"),
    (datetime(2026, 12, 31, 23, 30, tzinfo=LONDON), "31 December 2026", "11:30pm"),
    (datetime(2027, 1, 4, 9, tzinfo=LONDON), "4 January 2027", "9am"),
    (datetime(2027, 3, 28, 0, 59, tzinfo=LONDON), "28 March 2027", "12:59am"),  # in winter
    (datetime(2027, 3, 28, 2, tzinfo=LONDON), "28 March 2027", "2am"),  # a minute later
    (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON), "25 October 2026", "1:30am"),  # summer's
    (datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON), "25 October 2026", "1:30am"),  # winter's
    (datetime(2026, 7, 6, 0, 30, tzinfo=LONDON), "6 July 2026", "12:30am"),  # Sunday in UTC
]
WEEKDAYS, MONTHS = list(calendar.day_name), list(calendar.month_name)[1:]
DAY = re.compile(rf"({'|'.join(WEEKDAYS)}) (\d+) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")
PAGES = {
    "reader": ["/", "/digests/", "/projects/", "/projects/frontline-services/"],
    "contributor": ["/", "/updates/"],
    "director": ["/desk/", "/desk/new/", "/events/", "/roles/"],
    "admin": ["/admin/", "/admin/people/user/"],
}


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@ddat.example"))
    return client


def words_of(client: Client, path: str) -> str:
    """What a page says; each weekday on it is the one of its date."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))
    for weekday, number, month, year in DAY.findall(words):
        month_number = MONTHS.index(month) + 1
        years = [int(year)] if year else [2026, 2027]  # without a year it is of this one
        said = {date(each, month_number, int(number)).weekday() for each in years}
        assert WEEKDAYS.index(weekday) in said, (path, weekday, number, month, year)
    return words


def file_and_publish(digest: Digest) -> None:
    """The verbs of a week, each by whoever does it."""
    contributor, director, reader = (
        client_of(name) for name in ("contributor", "director", "reader")
    )
    update = Update.objects.filter(digest=digest, project__slug="frontline-services").first()
    contributor.post(
        f"/updates/{digest.slug}/projects/frontline-services/",
        {
            "version": update.version if update else 0,
            "sections": "s0:text",
            "s0-text": "Said at an odd hour.",
            "do": "submit",
        },
    )
    director.post(f"/desk/{digest.slug}/composing/")
    preview = director.get(f"/desk/{digest.slug}/preview/")
    director.post(f"/desk/{digest.slug}/publication/", preview.context["form"].initial)
    digest.refresh_from_db()
    assert digest.state == "published"
    assert reader.post(f"/digests/{digest.slug}/reaction/", {"kind": "like"}).status_code == 302


@pytest.mark.parametrize(("moment", "day", "time"), MOMENTS, ids=str)
def test_pages_and_verbs_tell_londons_day(
    settings: Any, moment: datetime, day: str, time: str
) -> None:
    settings.DEMO = True
    with time_machine.travel(moment, tick=False):
        call_command("load_demo", verbosity=0)
        digest = Digest.objects.get(state="collecting")
        file_and_publish(digest)
        pages = {
            (who, path): words_of(client_of(who), path)
            for who, paths in PAGES.items()
            for path in [*paths, f"/digests/{digest.slug}/"]
        }

    weekday, short_day = f"{moment:%A}", day.rsplit(" ", 1)[0]
    digest_page = pages["reader", f"/digests/{digest.slug}/"]
    assert f"published {day} " in pages["reader", "/"]
    assert f"by Morgan Ellis on {weekday} {short_day} at {time}." in digest_page
    assert f"{weekday} {day} {time} Morgan Ellis published" in pages["director", "/events/"]
