"""What becomes of a table's rows: the part that people and projects have in common."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from import_export.resources import ModelResource
from import_export.results import RowResult
from import_export.widgets import Widget
from tablib import Dataset

from people.holding import hold
from people.importing.tables import Columns, Row, Table
from people.models import Event, Team, User
from people.models.history import changing

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
OURS = "in our words"
KINDS = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: SAME,
}


@dataclass(frozen=True)
class Fact:
    """One cell as it will be kept, and what stands there now."""

    label: str
    value: str
    was: str = ""


@dataclass(frozen=True)
class Line:
    """What becomes of one row: something new, something changed, the same, or refused and why."""

    row: Row
    what: str
    name: str = ""
    facts: tuple[Fact, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it is refused, in one paragraph."""
        return " ".join(self.reasons)


@dataclass(frozen=True)
class Outcome:
    """What becomes of a table."""

    table: Table
    lines: list[Line]

    def _lines(self, what: str) -> list[Line]:
        return [line for line in self.lines if line.what == what]

    @cached_property
    def new(self) -> list[Line]:
        """What will be added."""
        return self._lines(NEW)

    @cached_property
    def changed(self) -> list[Line]:
        """What will be changed."""
        return self._lines(CHANGED)

    @cached_property
    def same(self) -> list[Line]:
        """What is here already as the file says."""
        return self._lines(SAME)

    @cached_property
    def refused(self) -> list[Line]:
        """What cannot be brought in."""
        return self._lines(REFUSED)

    @cached_property
    def to_do(self) -> Table:
        """The rows that change something, to be carried to the import."""
        return Table(self.table.columns, [line.row for line in (*self.new, *self.changed)])

    @cached_property
    def fingerprint(self) -> str:
        """Tells whether an import does what its preview showed."""
        said = [(line.row.number, line.what, line.facts) for line in (*self.new, *self.changed)]
        return sha256(repr(said).encode()).hexdigest()


class TableResource(ModelResource):  # type: ignore[misc]  # import-export has no types
    """Brings rows in, each whole or not at all. Deletes nothing; an empty cell changes nothing."""

    COLUMNS: ClassVar[Columns]
    NEEDED: ClassVar[tuple[str, ...]]  # columns of which a file must have one
    UNMISSED: ClassVar[tuple[str, ...]] = ()  # columns that stand in for one another
    EXAMPLE: ClassVar[list[list[str]]]  # a row for each line under the columns
    HELP: ClassVar[list[str]]  # what an admin has to know of the columns, a sentence each

    class Meta:
        store_instance = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True

    def __init__(self, *, by: User) -> None:
        super().__init__()
        self.by = by
        self.read: Callable[[Any], list[Any]] = list
        self.rows: list[Row] = []
        self.seen: dict[tuple[str, str], int] = {}
        self.added: list[Any] = []
        self.changed: list[Any] = []

    def run(self, table: Table, *, is_preview: bool) -> Outcome:
        """Bring the table in, or find out what that would do: a preview writes nothing.

        An import is for one transaction, which its caller begins.
        """
        self.read = list if is_preview else hold
        self.rows = [row for row in table.rows if not row.trouble]
        headers = list(table.columns)
        dataset = Dataset(
            *[tuple(row.cells.get(name, "") for name in headers) for row in self.rows],
            headers=headers,
        )
        result = self.import_data_inner(
            dataset,
            dry_run=is_preview,
            raise_errors=False,
            using_transactions=not is_preview,
            collect_failed_rows=False,
        )
        for error in (
            *result.base_errors,
            *(e for _, errors in result.row_errors() for e in errors),
        ):
            raise error.error  # no row's fault, but ours or the database's
        lines = [
            *(self._line(row, told) for row, told in zip(self.rows, result.rows, strict=True)),
            *(Line(row, REFUSED, reasons=(row.trouble,)) for row in table.rows if row.trouble),
        ]
        return Outcome(table, sorted(lines, key=lambda line: line.row.number))

    def _line(self, row: Row, told: RowResult) -> Line:
        if told.validation_error:
            return Line(row, REFUSED, reasons=tuple(self._reasons(told.validation_error)))
        facts = tuple(self._facts(told.original, told.instance))
        return Line(row, KINDS[told.import_type], str(told.instance), facts)

    def _facts(self, before: Any, after: Any) -> Iterator[Fact]:
        for field in self.get_import_fields():
            value = field.export(after) or ""
            was = field.export(before) or "" if before else ""
            if value != was:
                yield Fact(_label(field.column_name), value, was)

    def _reasons(self, error: ValidationError) -> Iterator[str]:
        by_column = hasattr(error, "error_dict")
        errors = error.error_dict if by_column else {NON_FIELD_ERRORS: error.error_list}
        for name, found in errors.items():
            for one in found:
                words = " ".join(one.messages)
                is_told = name == NON_FIELD_ERRORS or one.code == OURS
                yield words if is_told else f"{_label(name).capitalize()}: {words}"

    # What import-export asks, in its order.

    def _check_import_id_fields(self, headers: list[str]) -> None:
        """Rows are matched by `find`; which columns that needs is told row by row."""

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Leave out empty cells, and refuse what an earlier row tells already."""
        number = self.rows[kwargs["row_number"] - 1].number
        self.tidy(row)
        for name in [name for name, words in row.items() if not words]:
            del row[name]
        for key, words in self.keys(row):
            first = self.seen.setdefault((key, words.casefold()), number)
            if first != number:
                raise ValidationError(
                    f"“{words}” is in row {first} already. Keep one of the two rows."
                )

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        return self.find(row)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                errors[name] = [ValidationError(words, code=OURS) for words in messages]
        for name, words in self.refusals(instance, row):
            if name not in errors:
                errors[name] = [ValidationError(words, code=OURS)]
        if errors:
            raise ValidationError(errors)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        try:
            # What is new gets its slug when it is saved; a team was just read.
            instance.full_clean(exclude={"slug", "team", *errors}, validate_unique=validate_unique)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Save the row, and write down who did it."""
        if kwargs["dry_run"]:
            return
        with changing(instance, by=self.by):
            super().save_instance(instance, is_create, row, **kwargs)
        verb, done = ("added", self.added) if is_create else ("changed", self.changed)
        Event.objects.record(by=self.by, verb=verb, thing=instance)
        done.append(instance)

    # What each table says of itself.

    def tidy(self, row: dict[str, str]) -> None:
        """Change cells into the columns that are kept."""

    def keys(self, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        """What no two rows of a file may have in common, by name."""
        return iter(())

    def find(self, row: dict[str, str]) -> Model | None:
        """The one that the row is about, if it is here. Raises ValidationError for several."""
        return None

    def refusals(self, instance: Any, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Why this row cannot be brought in: a column, and what to do about it."""
        return iter(())


class WordsWidget(Widget):  # type: ignore[misc]  # import-export has no types
    """Words of a limited length."""

    def __init__(self, label: str, most: int) -> None:
        super().__init__()
        self.label, self.most = label, most

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """The words. Raises ValueError when there are too many."""
        if len(value) > self.most:
            raise ValueError(f"The {self.label} has more than {self.most} letters. Shorten it.")
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class TeamWidget(WordsWidget):
    """A team, by its name, short name or slug in any case."""

    def __init__(self) -> None:
        super().__init__("team", 120)

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The team. Raises ValueError when there is none, or more than one."""
        said = value.casefold()
        found = [
            team
            for team in self.teams
            if said in (team.name.casefold(), team.short_name.casefold(), team.slug)
        ]
        if not found:
            raise ValueError(f"There is no team “{value}”. Check its name, or add the team first.")
        open_ones = [team for team in found if not team.is_closed]
        if not open_ones:
            heir = found[0].merged_into
            told = f"was merged into “{heir}”. Write that" if heir else "is closed. Write another"
            raise ValueError(f"The team “{found[0]}” {told}.")
        if len(open_ones) > 1:
            slugs = " or ".join(f"“{team.slug}”" for team in open_ones)
            raise ValueError(f"{len(open_ones)} teams are called “{value}”. Write {slugs}.")
        return open_ones[0]

    @cached_property
    def teams(self) -> list[Team]:
        """Every team, read once for a file."""
        return list(Team.objects.select_related("merged_into"))


def _label(column: str) -> str:
    return column.replace("_", " ")
