"""Backups that somebody changed, with every hash in them made right again."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ddat.backup.file import Digested, Total
from ddat.backup.tables import line

Change = Callable[[str, list[list[Any]]], list[list[Any]]]


def lines_of(path: Path) -> list[str]:
    """The lines of a backup."""
    return gzip.decompress(path.read_bytes()).decode().removesuffix("\n").split("\n")


def written(path: Path, lines: list[str]) -> Path:
    """A file of these lines beside another."""
    changed = path.with_name("changed.jsonl.gz")
    changed.write_bytes(gzip.compress("".join(f"{text}\n" for text in lines).encode()))
    return changed


def forged(path: Path, change: Change) -> Path:
    """A backup whose rows went through `change(table, rows)`."""
    made, total = [], Total()
    name, digested, rows = "", Digested([]), []
    for text in lines_of(path):
        mark = json.loads(text)
        if isinstance(mark, list):
            rows.append(mark)
            continue
        if "table" in mark:
            name, digested, rows = mark["table"], Digested(mark["columns"]), []
        elif "rows" in mark and "tables" not in mark:
            for row in change(name, rows):
                digested.add(line(row))
                made.append(line(row))
            total.add(name, digested)
            mark = {"rows": digested.rows, "hash": digested.hash}
        elif "tables" in mark:
            mark = total.last_line()
        made.append(line(mark))
    return written(path, made)
