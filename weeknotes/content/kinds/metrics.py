"""Named measures with their values before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext
from typing import ClassVar

from weeknotes.content.kinds.counts import period_words
from weeknotes.content.kinds.section import Section

MOST_DECIMALS = 9
MINUS = "\u2212"
BEFORE_THE_NUMBER = ("£", "$", "€")
AGAINST_THE_NUMBER = ("%", "°C")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRow:
    """One measure: figures, words or both. Change and percentage are computed, never typed."""

    name: str
    unit: str = ""
    decimals: int = 0
    good: str = ""
    metric_id: int | None = None
    from_value: Decimal | None = None
    to_value: Decimal | None = None
    words: str = ""

    @property
    def has_figures(self) -> bool:
        """Whether at least one of the two values is known."""
        return self.from_value is not None or self.to_value is not None

    @property
    def change_percent(self) -> Decimal | None:
        """The change in per cent to one decimal, half up; None from 0 or without both values."""
        if not self.from_value or self.to_value is None:
            return None
        try:
            with localcontext(prec=200):
                change = (self.to_value - self.from_value) / abs(self.from_value) * 100
                return change.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        except DecimalException:
            return None

    @property
    def sentence(self) -> str:
        """What it says: "File syncing increased by 3.0%, from 1,356 to 1,397 users." """
        if not self.has_figures:
            return self.words or f"{self.name}: no figures given"
        return f"{self._figures()} {self.words}".rstrip()

    @property
    def change(self) -> str:
        """The change for a table: "+1.3%"; a plain difference where no percentage can be given."""
        if self.from_value is None or self.to_value is None:
            return "not known"
        if self.from_value == self.to_value:
            return "no change"
        sign = "+" if self.to_value > self.from_value else MINUS
        percent = self.change_percent
        if percent and self.unit != "%":
            return f"{sign}{abs(percent):,}%"
        with localcontext(prec=200):
            difference = self.number(abs(self.to_value - self.from_value))
        return f"{sign}{difference} points" if self.unit == "%" else f"{sign}{difference}"

    @property
    def verdict(self) -> str:
        """Whether the change is good news: "better" or "worse"; nothing where nobody said which."""
        if self.from_value is None or self.to_value is None or self.from_value == self.to_value:
            return ""
        is_up = self.to_value > self.from_value
        return {"up": ("worse", "better"), "down": ("better", "worse")}.get(self.good, ("", ""))[
            is_up
        ]

    def number(self, value: Decimal) -> str:
        """A value as it prints: thousands parted by commas, no typed decimal dropped."""
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(value.adjusted()) > 60:
            return str(value)
        places = max(0, min(self.decimals, MOST_DECIMALS), -exponent)
        return f"{value:,.{places}f}".replace("-", MINUS)

    def amount(self, value: Decimal) -> str:
        """A value with its unit: "2,136 users", "£1,200", "12%"."""
        if self.unit in BEFORE_THE_NUMBER:
            return f"{MINUS if value < 0 else ''}{self.unit}{self.number(abs(value))}"
        gap = "" if self.unit in AGAINST_THE_NUMBER else " "
        return f"{self.number(value)}{gap}{self.unit}".rstrip()

    def _figures(self) -> str:
        before, after = self.from_value, self.to_value
        if after is None:
            return f"{self.name}: no new figure, {self.amount(before or Decimal())} before"
        if before is None:
            return f"{self.name}: {self.amount(after)}"
        if before == after:
            return f"{self.name} stayed at {self.amount(after)}."
        verb = "increased" if after > before else "decreased"
        percent = self.change_percent
        by = f" by {abs(percent):,}%," if percent and self.unit != "%" else ""
        start = self.amount(before) if self._is_unit_tight else self.number(before)
        return f"{self.name} {verb}{by} from {start} to {self.amount(after)}."

    @property
    def _is_unit_tight(self) -> bool:
        return self.unit in BEFORE_THE_NUMBER or self.unit in AGAINST_THE_NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsSection(Section):
    """Measures for a period, each as a sentence and together as a table."""

    kind: ClassVar[str] = "metrics"
    label: ClassVar[str] = "Metrics"
    hint: ClassVar[str] = "Numbers that are followed over time; the change is worked out for you."

    from_on: date | None = None
    to_on: date | None = None
    rows: tuple[MetricRow, ...] = ()

    @property
    def period(self) -> str:
        """The days the figures are from: "3 to 10 May 2026"; nothing if not given."""
        return period_words(self.from_on, self.to_on)

    @property
    def period_sentence(self) -> str:
        """The same as a sentence: "Based on data from 3 to 10 May 2026."; nothing if not given."""
        if not self.period:
            return ""
        joint = "" if self.period.startswith(("from ", "to ")) else "from "
        return f"Based on data {joint}{self.period}."

    @property
    def has_figures(self) -> bool:
        """Whether there is anything for a table."""
        return any(row.has_figures for row in self.rows)

    def row_words(self) -> Iterator[str]:
        """The sentence of each row that has figures or words."""
        for row in self.rows:
            if row.has_figures or row.words:
                yield row.sentence
