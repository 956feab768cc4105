"""The figures of `make prove` find their place in docs/proof.md."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.prove import figures

HEAD = "# How it is proved\n\nBy measuring."


@pytest.fixture
def proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(figures, "circumstances", lambda: "today")
    path = tmp_path / "proof.md"
    path.write_text(HEAD + "\n")
    return path


def written(proof: Path) -> list[str]:
    return [line for line in proof.read_text().splitlines() if line]


def on(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "engine_name", lambda: engine)


def test_sections_stand_in_the_order_of_the_alphabet(
    proof: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on("SQLite", monkeypatch)
    figures.record("Backup", [("Rows", "10"), ("Time", "2 s")], proof=proof)
    figures.record("Aardvarks", [("Rows", "11")], proof=proof)

    assert written(proof) == [
        "# How it is proved",
        "By measuring.",
        "## Aardvarks",
        "| What | SQLite | PostgreSQL |",
        "| --- | --- | --- |",
        "| Measured | today | not measured |",
        "| Rows | 11 | not measured |",
        "## Backup",
        "| What | SQLite | PostgreSQL |",
        "| --- | --- | --- |",
        "| Measured | today | not measured |",
        "| Rows | 10 | not measured |",
        "| Time | 2 s | not measured |",
    ]


def test_each_engine_has_its_column_and_replaces_it_alone(
    proof: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for engine, rows in [
        ("SQLite", [("Rows", "10"), ("Old", "1")]),
        ("PostgreSQL", [("Rows", "12"), ("Locks", "0")]),
        ("SQLite", [("Rows", "11")]),
    ]:
        on(engine, monkeypatch)
        figures.record("Backup", rows, proof=proof)

    assert written(proof)[5:] == [
        "| Measured | today | today |",
        "| Rows | 11 | 12 |",
        "| Locks | not measured | 0 |",
    ]


def test_words_between_heading_and_table_stay(proof: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on("SQLite", monkeypatch)
    proof.write_text(f"{HEAD}\n\n## Backup\n\nWith 16 writers.\n")
    figures.record("Backup", [("Rows", "10")], proof=proof)
    once = proof.read_text()
    figures.record("Backup", [("Rows", "10")], proof=proof)

    assert written(proof)[2:5] == [
        "## Backup",
        "With 16 writers.",
        "| What | SQLite | PostgreSQL |",
    ]
    assert proof.read_text() == once


def test_circumstances_name_day_cores_and_engine(db: None, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 5, 20, 12, tzinfo=UTC), tick=False)
    day, cores, engine = figures.circumstances().split(", ")

    assert day == "20 May 2026"
    assert re.fullmatch(r"\d+ cores", cores)
    assert re.fullmatch(r"(SQLite|PostgreSQL) \d+\.[\d.]+", engine)
