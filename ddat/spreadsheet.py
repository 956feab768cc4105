"""Tables as CSV files that open well in a spreadsheet and do nothing there."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"  # the last four are their full-width variants
UNSEEN = "\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
QUOTES = "\"'`\u2018\u2019\u201c\u201d\uff02\uff07"
BREAKS = ";\t\r\n"  # where lists are parted by semicolons, these begin a cell, even between quotes
# A spreadsheet may drop spaces and quotes before it looks for a sign.
FIRST = f"(?=[{UNSEEN}{QUOTES}]*[{SIGNS}]|'*[\t\r\n])"
INSIDE = f"(?=(?:(?![{BREAKS}])[{UNSEEN}{QUOTES}])*[{SIGNS}])"
FORMULA = re.compile(f"^{FIRST}|(?<=[{BREAKS}]){INSIDE}")
MADE_HARMLESS = re.compile(f"^'{FIRST}|(?<=[{BREAKS}])'{INSIDE}")


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A table to download: UTF-8 with the mark that Excel looks for, lines ended by CR LF.

    Words that a spreadsheet would take for a formula get an apostrophe; numbers stay numbers.
    """
    response = HttpResponse(
        csv_text(header, rows).encode("utf-8-sig", errors="replace"),
        content_type="text/csv; charset=utf-8",
    )
    # The second argument is never None for an attachment.
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    return response


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The same table as text, without the mark."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def harmless(cell: object) -> object:
    """A cell that no spreadsheet calculates; None is empty, other things are their words."""
    if cell is None:
        return ""
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return cell
    words = str(cell)
    return FORMULA.sub("'", words)


def original(cell: str) -> str:
    """A cell of words without the apostrophes that `harmless` may have given it."""
    return MADE_HARMLESS.sub("", cell)
