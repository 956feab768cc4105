"""A superuser without a role makes the first admin, and sees nothing of what is being written."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import CONTRIBUTOR, READER, press, save, tell
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

SECRET = "A draft that nobody else has read"


def make_superuser(database: Path, email: str) -> None:
    """As the command line makes one: no role, and every right of Django's own."""
    tell(database, "UPDATE people_user SET is_superuser = 1 WHERE email = ?", email)


def test_superuser_sees_no_draft_no_desk_and_no_preview(
    open_page: OpenPage, made: Made, tmp_path: Path
) -> None:
    digest, subject = made.known["collecting"], "projects/frontline-services"
    draft = f"/updates/{digest}/{subject}/"
    writer = open_page(draft, email=CONTRIBUTOR, scripts=False)
    writer.get_by_label("One line for each", exact=True).first.fill(SECRET)
    press(writer, "Save draft")
    expect(writer.locator(".flash")).to_be_visible()

    make_superuser(tmp_path / "site.sqlite3", READER)
    page = open_page("/", email=READER, scripts=False)
    expect(page.get_by_role("link", name="Desk")).to_have_count(0)
    hidden = ["/desk/", "/desk/new/", "/events/", "/roles/", draft, f"{draft}preview/"]
    hidden += [f"/desk/{digest}/{part}" for part in ("", "details/", "note/", "preview/")]
    hidden += [f"/desk/{digest}/updates/project-frontline-services/", f"/digests/{digest}/"]
    for path in hidden:
        answer = page.request.get(path)
        assert answer.status == 404, path
        assert SECRET not in answer.text()
    for path in ("/", "/digests/", "/updates/", "/projects/", "/projects/frontline-services/"):
        answer = page.request.get(path)
        assert answer.status == 200, path
        assert SECRET not in answer.text()

    page.goto("/admin/")
    models = page.locator("#content-main th a").evaluate_all("all => all.map(a => a.pathname)")
    assert models
    weeknotes = [path for path in models if path.startswith("/admin/weeknotes/")]
    assert weeknotes == ["/admin/weeknotes/updatetemplate/"]
    for path in models:
        answer = page.request.get(path)
        assert answer.status == 200, path
        assert SECRET not in answer.text()
    for model in ("update", "revision", "publication", "entry"):
        assert page.request.get(f"/admin/weeknotes/{model}/").status == 404

    # The control: where the rights come from a role, the same person may go on to the desk.
    page.goto("/admin/people/rolegrant/add/")
    page.get_by_label("Person").select_option(label=f"Jo Bennett ({CONTRIBUTOR})")
    page.get_by_label("Role").select_option(label="Editor")
    save(page, "successfully")
    writer.goto(f"/desk/{digest}/")
    expect(writer.get_by_role("heading", level=1)).not_to_have_text("Page not found")
