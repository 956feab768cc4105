"""Writes what `make prove` measured into docs/proof.md."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from ddat import clock
from ddat.settings import BASE_DIR

PROOF = BASE_DIR / "docs" / "proof.md"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MISSING = "not measured"
MEASURED = "Measured"

Rows = dict[str, dict[str, str]]


def record(section: str, rows: Sequence[tuple[str, str]], *, proof: Path = PROOF) -> None:
    """Put figures into a section's table, in the column of the engine they were measured on.

    Each row is what was measured and its figure, with its unit. The other engine's column stays,
    as does text between the heading and the table; a new section takes its place by the alphabet.
    """
    head, sections = split(proof.read_text(encoding="utf-8"))
    words, table = sections.get(section, ("", {}))
    engine = engine_name()
    own = {MEASURED: circumstances(), **dict(rows)}
    others = {
        name: {other: figure for other, figure in figures.items() if other != engine}
        for name, figures in table.items()
    }
    names = [*own, *(name for name in others if name not in own and others[name])]
    sections[section] = (
        words,
        {
            name: {**others.get(name, {}), **({engine: own[name]} if name in own else {})}
            for name in names
        },
    )
    proof.write_text(join(head, sections), encoding="utf-8")


def circumstances() -> str:
    """When and on what: "22 November 2026, 2 cores, PostgreSQL 15.18"."""
    return f"{clock.day(clock.today())}, {os.cpu_count()} cores, {version()}"


def engine_name() -> str:
    """The engine of this run, and so the column its figures stand in."""
    return ENGINES[connection.vendor]


def version() -> str:
    """The engine with its version."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
        else:
            cursor.execute("SHOW server_version")
        number = cursor.fetchone()[0].split()[0]
    return f"{engine_name()} {number}"


def split(text: str) -> tuple[str, dict[str, tuple[str, Rows]]]:
    """What stands before the first section, and each section's words and table."""
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = {}
    for part in parts:
        heading, _, rest = part.partition("\n")
        words, bar, table = rest.partition("\n| ")
        sections[heading.strip()] = (words.strip(), table_of(bar + table))
    return head.rstrip(), sections


def table_of(text: str) -> Rows:
    """The rows of a table: what was measured, then the figure of each engine that has one."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    cells = [row for row in cells if not set(row[0]) <= {"-"}]
    engines = cells[0][1:] if cells else []
    return {
        row[0]: {
            engine: figure
            for engine, figure in zip(engines, row[1:], strict=True)
            if figure != MISSING
        }
        for row in cells[1:]
    }


def join(head: str, sections: dict[str, tuple[str, Rows]]) -> str:
    """The page, its sections in the order of the alphabet."""
    parts = [head]
    for heading in sorted(sections):
        words, table = sections[heading]
        lines = [["What", *ENGINES.values()], ["---"] * (1 + len(ENGINES))]
        lines += [
            [name, *(figures.get(engine, MISSING) for engine in ENGINES.values())]
            for name, figures in table.items()
        ]
        drawn = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        parts.append("\n\n".join([f"## {heading}", *([words] if words else []), drawn]))
    return "\n\n".join(parts) + "\n"
