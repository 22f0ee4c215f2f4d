"""The rows of the ledger as the table shows them: selected, ordered, under headings, in the reader's own terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from content import citation
from content.model import Document
from desktop.describing import Describing
from desktop.notebook.due import parse
from desktop.notebook.ledger import (
    Counts,
    Grouping,
    Ledger,
    Order,
    Timing,
    Wanted,
    counts,
    due_of,
    grouped,
    timing,
)
from desktop.notebook.model import Action, Progress
from desktop.shelf import Shelf
from desktop.views.ledger_line import Item, LedgerHeading, LedgerLine

_ALERTS = (Timing.OVERDUE, Timing.SOON)
_ORDERS = {"place": Order.TEXT, "due": Order.DUE, "lead": Order.LEAD, "status": Order.STATUS}
"""Columns whose order is more than that of their words."""
_WITHOUT_DATE = 2
"""The first of the ranks of ``Due.order`` without a day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are listed, and how. ``column`` is that by which they are sorted; empty for the order of the text."""

    wanted: Wanted = Wanted()  # noqa: RUF009 - frozen
    grouping: Grouping = Grouping.SECTION
    column: str = ""
    descending: bool = False

    def sorted_by(self, column: str) -> "Asked":
        """After a click on a column: up, then down, then as the text goes."""
        if column != self.column:
            return replace(self, column=column, descending=False)
        return (
            replace(self, descending=True)
            if not self.descending
            else replace(self, column="", descending=False)
        )


class Tabling:
    """Makes lines of rows; each is made once, however often it is shown."""

    def __init__(self, document: Document, shelf: Shelf, describing: Describing) -> None:
        self._document = document
        self._shelf = shelf
        self._describing = describing
        self._ledger = Ledger()
        self._counted: tuple[tuple[int, date], Counts] | None = None
        self._lines: dict[str, tuple[Action, Progress | None, date, LedgerLine]] = {}

    def rows(self, asked: Asked, day: date) -> list[Action]:
        """The rows that are wanted, in their order."""
        shelf = self._shelf
        order = _ORDERS.get(asked.column, Order.TEXT)
        found = self._ledger.select(shelf.actions, asked.wanted, order, day, shelf.position, shelf.progress)
        return self._sorted(found, asked, day) if asked.column else found

    def items(self, asked: Asked, day: date) -> list[Item]:
        """The lines to show, under headings where they are grouped."""
        found: list[Item] = []
        for group in grouped(self.rows(asked, day), asked.grouping, day, self.section):
            if asked.grouping is not Grouping.NONE:
                found.append(LedgerHeading(group.title, len(group.rows)))
            found += (self.line(row, day) for row in group.rows)
        return found

    def counts(self, day: date) -> Counts:
        """How many rows there are of each sort, whatever is listed."""
        asked = self._shelf.version, day
        if self._counted is None or self._counted[0] != asked:
            self._counted = asked, counts(self._shelf.actions, day)
        return self._counted[1]

    def section(self, action: Action) -> str:
        """The heading of the section that a row stands in."""
        place = self._document.places.get(self._shelf.measure_of(action))
        if place is None:
            return self._describing.place(action)
        return f"{citation.section_name(place.part, place.section)}{place.section.title}"

    def text(self, action: Action) -> str:
        """The measure that a row is about, as it stands in the plan now; what is lost as it was quoted."""
        place = self._document.places.get(self._shelf.measure_of(action))
        return place.measure.text if place is not None else action.anchor.quote

    def line(self, action: Action, day: date) -> LedgerLine:
        """A row as a line of the table."""
        entries = self._shelf.progress_of(action.id)
        last = entries[-1] if entries else None
        known = self._lines.get(action.id)
        if known is None or known[0] is not action or known[1] is not last or known[2] != day:
            known = self._lines[action.id] = (action, last, day, self._made(action, last, day))
        return known[3]

    def _made(self, action: Action, last: Progress | None, day: date) -> LedgerLine:
        cells = {
            "place": self._describing.place(action),
            "text": self.text(action),
            "lead": action.lead,
            "support": action.support,
            "due": due_of(action).display,
            "status": action.status.value,
            "latest": f"{_short_day(last.day, day)} {last.text}" if last else "",
            "problem": action.problem,
            "next_step": action.next_step,
            "person": action.person,
        }
        state = timing(action, day)
        is_changed = action.first_due and action.first_due != action.due
        first = parse(action.first_due).display if is_changed else ""
        return LedgerLine(action.id, cells, action.due, first, state.value if state in _ALERTS else "")

    def _sorted(self, rows: Sequence[Action], asked: Asked, day: date) -> list[Action]:
        """Sorted by a column; rows with nothing in it come last, upwards and downwards."""
        is_blank, value = self._key(asked.column, day)
        filled = [row for row in rows if not is_blank(row)]
        filled.sort(key=value, reverse=asked.descending) if value else None
        if value is None and asked.descending:
            filled.reverse()
        return [*filled, *(row for row in rows if is_blank(row))]

    def _key(self, column: str, day: date) -> tuple[Callable[[Action], bool], Callable[[Action], str] | None]:
        """What has nothing in a column, and what sorts the rest; None where they are sorted already."""
        if column == "due":
            return lambda row: due_of(row).order[0] >= _WITHOUT_DATE, None
        if column in _ORDERS:
            return lambda row: not self.line(row, day).cells[column], None
        if column == "latest":
            return lambda row: not self._shelf.progress_of(row.id), self._latest
        return lambda row: not self.line(row, day).cells[column], lambda row: self.line(row, day).cells[
            column
        ]

    def _latest(self, row: Action) -> str:
        last = self._shelf.progress_of(row.id)[-1]
        return f"{last.day} {last.text}"


def _short_day(day: str, today: date) -> str:
    """2023-11-20 as 11-20 within the year."""
    return day[5:] if day[:4] == str(today.year) else day
