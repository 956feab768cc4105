"""What was backed up stands there again, row for row, or nothing does."""

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.validators import MaxValueValidator
from django.db import connection
from django.db.models import PositiveSmallIntegerField

from ddat.backup import BackupRefused
from ddat.backup.file import Total
from ddat.backup.restoring import restore_backup
from ddat.backup.tables import Table, line
from ddat.backup.taking import hash_of_everything, take_backup
from people.models import Team, User
from tests.ddat.backup.forging import forged, lines_of, written
from tests.ddat.backup.rows import ODD_JSON, empty, rows_of_everything
from weeknotes.updates.models import Revision


def test_every_row_is_restored_as_it_was(everything: None, tmp_path: Path) -> None:
    before, contents = rows_of_everything(), dict(Revision.objects.values_list("pk", "content"))
    total = take_backup(tmp_path / "taken")
    empty()

    assert User.objects.count() == 0
    assert restore_backup(tmp_path / "taken") == total == hash_of_everything()
    assert dict(Revision.objects.values_list("pk", "content")) == contents
    assert ODD_JSON in contents.values()
    after = rows_of_everything()
    different = [name for name in before if before[name] != after[name]]
    # SQLite keeps JSON as the text it was given: the text differs, what it says does not.
    text_kept = {f"weeknotes_{name}" for name in ("revision", "publication", "correctedupdate")}
    allowed = text_kept if connection.vendor == "sqlite" else set()
    assert set(different) - allowed == {"django_session"}


def test_odd_values_are_exact(everything: None, tmp_path: Path) -> None:
    take_backup(tmp_path / "taken")
    before = User.objects.order_by("pk").values().first()
    empty()
    restore_backup(tmp_path / "taken")

    assert User.objects.order_by("pk").values().first() == before
    assert before["date_joined"].microsecond == 123456


def test_sessions_do_not_come_back(emptied: Path) -> None:
    Session.objects.create(session_key="a" * 32, session_data="", expire_date="2030-01-01T00:00Z")

    restore_backup(emptied)

    assert Session.objects.count() == 0


def test_id_of_something_deleted_is_not_given_again(everything: None, tmp_path: Path) -> None:
    gone = Group.objects.create(name="Gone")
    last = gone.pk
    gone.delete()
    take_backup(tmp_path / "taken")
    empty()
    restore_backup(tmp_path / "taken")

    assert Group.objects.create(name="Next").pk == last + 1


def test_rows_added_after_restoring_take_new_ids(emptied: Path) -> None:
    restore_backup(emptied)
    last = User.objects.order_by("pk").last().pk

    assert User.objects.create_user("new@council.example", forename="New").pk == last + 1


def test_last_id_that_was_changed_gives_no_id_twice(emptied: Path) -> None:
    lines = [re.sub(r'"last_id":\d+', '"last_id":0', text) for text in lines_of(emptied)]

    restore_backup(written(emptied, lines))
    last = User.objects.order_by("pk").last().pk

    assert last > 0
    assert User.objects.create_user("new@council.example", forename="New").pk == last + 1


def test_place_with_data_is_refused(taken: Path) -> None:
    before = rows_of_everything()

    with pytest.raises(BackupRefused, match="There is data in this database"):
        restore_backup(taken)
    assert rows_of_everything() == before


def test_reference_to_nothing_undoes_everything(emptied: Path) -> None:
    def without_teams(name: str, rows: list[list[object]]) -> list[list[object]]:
        return [] if name == "people_team" else rows

    before = rows_of_everything()

    with pytest.raises(BackupRefused, match=r"^Nothing was restored"):
        restore_backup(forged(emptied, without_teams))
    assert rows_of_everything() == before


def test_value_that_does_not_fit_undoes_everything(emptied: Path) -> None:
    def with_words_for_a_day(name: str, rows: list[list[object]]) -> list[list[object]]:
        if name == "weeknotes_digest":
            rows[-1] = ["soon" if str(cell).startswith("2026-") else cell for cell in rows[-1]]
        return rows

    before = rows_of_everything()

    with pytest.raises(BackupRefused, match=r"^Nothing was restored"):
        restore_backup(forged(emptied, with_words_for_a_day))
    assert rows_of_everything() == before


def test_number_too_large_for_its_column_undoes_everything(emptied: Path) -> None:
    number = 70_000 if connection.vendor == "postgresql" else 2**63

    def with_a_large_number(name: str, rows: list[list[object]]) -> list[list[object]]:
        if name == "people_team":
            rows[0][Table(Team).columns.index("house_order")] = number
        return rows

    before = rows_of_everything()

    with pytest.raises(BackupRefused, match=r"^Nothing was restored: .*(70000|too large)"):
        restore_backup(forged(emptied, with_a_large_number))
    assert rows_of_everything() == before


def test_table_that_is_not_here_undoes_everything(emptied: Path) -> None:
    changed = [text.replace('"people_team"', '"people_squad"') for text in lines_of(emptied)]
    total = Total()
    for text in changed[:-1]:
        mark = json.loads(text)
        if isinstance(mark, dict) and "table" in mark:
            name = mark["table"]
        elif isinstance(mark, dict) and "rows" in mark:
            total.tables[name] = (mark["rows"], mark["hash"])
    before = rows_of_everything()

    with pytest.raises(BackupRefused, match=r"has a table people_squad that is not as it is here"):
        restore_backup(written(emptied, [*changed[:-1], line(total.last_line())]))
    assert rows_of_everything() == before


def test_numbers_that_people_type_fit_into_their_columns_on_both_engines() -> None:
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, PositiveSmallIntegerField) and not field.choices:
                limits = [each for each in field.validators if isinstance(each, MaxValueValidator)]
                assert [each.limit_value <= 32_767 for each in limits] == [True], field


def test_value_that_the_database_changes_undoes_everything(emptied: Path) -> None:
    def with_another_zero(name: str, rows: list[list[object]]) -> list[list[object]]:
        return [[f"{cell}0" if cell == "-1234567.000001" else cell for cell in row] for row in rows]

    before = rows_of_everything()

    with pytest.raises(BackupRefused, match=r"weeknotes_metricreading would not be what the"):
        restore_backup(forged(emptied, with_another_zero))
    assert rows_of_everything() == before
