"""A file from a spreadsheet, read into rows; what cannot be read is refused in plain words."""

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import NoReturn

from django.core.exceptions import ValidationError

from ddat.prose import clean_line
from ddat.spreadsheet import original

MOST_BYTES = 1_000_000
MOST_ROWS = 500
MOST_LETTERS = 300
OF_OUR_OWN = {"row", "reason"}  # stand in the list of refused rows that is copied and mended
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
EMPTY = "The file is empty. Choose one that has a row for each."
SAVE_AS_CSV = "In Excel, choose Save As and the type “CSV UTF-8”, then choose that file here."

Columns = Mapping[str, Sequence[str]]  # each with the other names it goes by


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet counts, its cells by column, and why it is refused."""

    number: int
    cells: dict[str, str]
    trouble: str = ""


@dataclass(frozen=True)
class Table:
    """What a file holds of the columns that mean something here, and what to say about it."""

    columns: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    def carried(self) -> str:
        """The table as text that a page carries from the preview to the import."""
        rows = [
            [row.number, *(row.cells.get(name, "") for name in self.columns)] for row in self.rows
        ]
        return json.dumps([self.columns, rows], ensure_ascii=False)


def carried_table(text: str, columns: Columns) -> Table:
    """The table that a page carried. Raises ValidationError when it is none of ours."""
    try:
        names, rows = json.loads(text)
        table = Table(names, [_carried_row(names, row) for row in rows])
    except (ValueError, TypeError, IndexError, RecursionError):
        table = Table([], [])
    if not table.rows or len(table.rows) > MOST_ROWS or not set(table.columns) <= set(columns):
        _refuse("What the preview showed did not arrive whole. Choose the file again.")
    return table


def _carried_row(names: list[str], row: list[int | str]) -> Row:
    number, *cells = row
    if not isinstance(number, int) or not all(isinstance(cell, str) for cell in cells):
        raise TypeError
    words = [clean_line(str(cell)) for cell in cells]
    return Row(number, dict(zip(names, words, strict=True)))


def read_table(
    data: bytes, columns: Columns, *, needed: Sequence[str], unmissed: Sequence[str] = ()
) -> Table:
    """The table in a file, with at least one of the needed columns; of some none need be told.

    Raises ValidationError, saying what to do, when there is none.
    """
    text, notes = _decoded(data)
    rows = _rows(text)
    first = next((number for number, cells in enumerate(rows, 1) if any(cells)), 0)
    if not first:
        _refuse(EMPTY)
    header, rows = rows[first - 1], rows[first:]
    names = [_column(cell, columns) for cell in header]
    known = [name for name in names if name in columns]
    _refuse_odd_header(header, names, columns, needed)
    if not any(any(cells) for cells in rows):
        _refuse("The file has a first row and nothing below it. Add a row for each one.")
    if len(rows) > MOST_ROWS:
        _refuse(
            f"The file has {len(rows):,} rows, and {MOST_ROWS} can be read at once. "
            "Split it into several files, each with the same first row."
        )
    return Table(
        columns=known,
        rows=[
            _row(number, cells, names) for number, cells in enumerate(rows, first + 1) if any(cells)
        ],
        notes=[*notes, *_notes(header, [*names, *unmissed], columns)],
    )


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """The text of a file, whichever way a spreadsheet wrote it."""
    if not data.strip():
        _refuse(EMPTY)
    if len(data) > MOST_BYTES:
        _refuse(
            f"The file has more than {MOST_BYTES // 1_000_000} MB. "
            "Split it into several files, each with the same first row."
        )
    if data.startswith(WORKBOOKS):
        _refuse(f"This is a workbook, not a CSV file. {SAVE_AS_CSV}")
    notes: list[str] = []
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        notes.append(
            "The file is not in UTF-8, so it was read as an older Windows file. "
            "Look at names with accents."
        )
    if UNREADABLE.search(text) or "\ufffd" in text:
        _refuse(f"This cannot be read as a CSV file. {SAVE_AS_CSV}")
    return text, notes


def _rows(text: str) -> list[list[str]]:
    """The cells of every row, split where the first row is: by comma, semicolon or tab."""
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([clean_line(original(cell)) for cell in cells] for cells in reader)
    except csv.Error as error:
        if "limit" in str(error):
            _refuse(f"Row {len(rows) + 1} has a cell that is far too long. Shorten it.")
        _refuse(
            f"Row {len(rows) + 1} has a quotation mark that is not closed, or that stands in the "
            "middle of a cell. Put it right and choose the file again."
        )
    return rows


def _column(cell: str, columns: Columns) -> str:
    """The column that a cell of the first row names; what it says when there is no such column."""
    said = re.sub("[ _-]+", " ", cell.casefold()).strip()
    for name, others in columns.items():
        if said in (name.replace("_", " "), *others):
            return name
    return said


def _refuse_odd_header(
    header: list[str], names: list[str], columns: Columns, needed: Sequence[str]
) -> None:
    for cell, name in zip(header, names, strict=True):
        if name in columns and names.count(name) > 1:
            _refuse(f"More than one column is “{name}”, such as “{cell}”. Keep one of them.")
    if not set(names) & set(needed):
        wanted = " or ".join(f"“{name}”" for name in needed)
        _refuse(
            f"The file has no column {wanted}. Its first row must name the columns: "
            f"{', '.join(columns)}."
        )


def _row(number: int, cells: list[str], names: list[str]) -> Row:
    said = dict(zip(names, cells, strict=False))
    long = [name for name, words in said.items() if len(words) > MOST_LETTERS]
    trouble = ""
    if any(cells[len(names) :]):
        trouble = (
            f"It has {len(cells)} cells, and the first row has {len(names)}. "
            "Put quotation marks around a cell that has a comma or semicolon in it."
        )
    elif long:
        trouble = f"“{long[0]}” is longer than {MOST_LETTERS} letters. Shorten it."
    return Row(number, {name: words[:MOST_LETTERS] for name, words in said.items()}, trouble)


def _notes(header: list[str], names: list[str], columns: Columns) -> Iterator[str]:
    unknown = [
        f"“{cell or 'without a name'}”"
        for cell, name in zip(header, names, strict=False)
        if name not in columns and name not in OF_OUR_OWN
    ]
    missing = [f"“{name}”" for name in columns if name not in names]
    if unknown:
        yield f"Left aside, as nothing here is called so: {', '.join(unknown)}."
    if missing:
        yield f"The file has no column {', '.join(missing)}. What is here of that stays as it is."


def _refuse(words: str) -> NoReturn:
    raise ValidationError(words)
