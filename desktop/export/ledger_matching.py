"""What a sheet coming in would do to the ledger, row by row, before anything is done.

A row is known by its id, or else by its measure: by the measure's id, its citation, its words. What the sheet has no
column for is left alone, and so is what is empty in a row that was not known by its id. Progress is only ever added.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from content import citation
from content.folding import fold
from content.model import Document
from desktop.export.ledger import COLUMNS, LedgerRow, Step
from desktop.export.prose import clean
from desktop.export.xlsx_reading import ReadRow
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.due import written
from desktop.notebook.ledger import due_of, status_of
from desktop.notebook.model import Action, Change, Edit, Progress, with_first_due

_OWN = ("lead", "support", "due", "state", "problem", "next_step", "person")
_TITLES = {column.key: column.header for column in COLUMNS}


class Standing(Enum):
    """What a row of the sheet is to the ledger."""

    NEW = "新增"
    CHANGED = "修改"
    SAME = "相同"
    UNKNOWN = "不识别"


@dataclass(frozen=True, slots=True)
class Difference:
    """Other words in a column, by its heading."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of the sheet; ``number`` is its number there.

    ``mine`` is the row of the ledger that it is, or None; ``values`` are the fields that it brings, ``steps`` the progress
    that is not known yet. ``remark`` says what was not understood.
    """

    number: int
    standing: Standing
    row: LedgerRow
    measure: str = ""
    mine: Action | None = None
    values: tuple[tuple[str, Any], ...] = ()
    differences: tuple[Difference, ...] = ()
    steps: tuple[Step, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """All rows of a sheet."""

    incoming: tuple[Incoming, ...]

    @property
    def counts(self) -> Counter[Standing]:
        """How many rows there are of each standing."""
        return Counter(one.standing for one in self.incoming)

    def change(
        self,
        document: Document,
        wanted: Collection[Standing],
        new_id: Callable[[], str],
        time: str,
        position: int,
    ) -> Change:
        """What taking in the rows of some standings does; new rows come after ``position``."""
        edits: list[Edit] = []
        for one in self.incoming:
            if one.standing not in wanted or one.standing in (Standing.SAME, Standing.UNKNOWN):
                continue
            values = dict(one.values)
            if one.mine is None:
                position += 1
                anchor = anchor_measure(document, one.measure)
                owner = replace(Action(new_id(), anchor, time, time, position), **values)
                edits.append(Edit(None, owner))
            else:
                owner = one.mine
                if values:
                    edits.append(Edit(owner, with_first_due(owner, replace(owner, **values, changed=time))))
            edits += (
                Edit(None, Progress(new_id(), owner.anchor, time, time, owner.id, step.date, step.words))
                for step in one.steps
            )
        return Change(tuple(edits))


def match(
    document: Document,
    actions: Sequence[Action],
    progress: Callable[[str], Sequence[Progress]],
    measure_of: Callable[[Action], str],
    rows: Iterable[ReadRow],
    mapped: Collection[str],
    day: date,
) -> Matched:
    """What each row is. ``mapped`` are the columns of ours that the sheet has; ``day`` is that of undated progress."""
    matching = _Matching(document, actions, measure_of)
    found = list(rows)
    matching.claim_ids(one.row.id for one in found)
    return Matched(tuple(_incoming(matching, one, progress, mapped, day) for one in found))


class _Matching:
    """Finds the row of the ledger that a row of a sheet is; each is found once."""

    def __init__(
        self, document: Document, actions: Sequence[Action], measure_of: Callable[[Action], str]
    ) -> None:
        self._document = document
        self._by_id = {one.id: one for one in actions}
        self._free: dict[str, list[Action]] = {}
        for one in actions:
            self._free.setdefault(measure_of(one), []).append(one)
        self._by_words: dict[str, list[str]] = {}
        for measure, place in document.places.items():
            self._by_words.setdefault(_plain(place.measure.text), []).append(measure)
        self._used: set[str] = set()

    def claim_ids(self, ids: Iterable[str]) -> None:
        """Rows that the sheet names by their ids are nobody else's."""
        named = set(ids)
        self._free = {
            measure: [one for one in some if one.id not in named] for measure, some in self._free.items()
        }

    def by_id(self, row_id: str) -> Action | None:
        """The row with this id, the first time it is asked for."""
        if row_id in self._used:
            return None
        self._used.add(row_id)
        return self._by_id.get(row_id)

    def by_measure(self, measure: str, lead: str) -> Action | None:
        """A row on a measure that is not found yet, one with the same lead if there is any."""
        free = self._free.get(measure, [])
        chosen = next((one for one in free if one.lead == lead), free[0] if free else None)
        if chosen is not None:
            free.remove(chosen)
        return chosen

    def measure(self, row: LedgerRow) -> tuple[str, str]:
        """The measure that a row names, or nothing and why not."""
        same = self._by_words.get(_plain(row.text), []) if row.text else []
        named = row.measure if row.measure in self._document.places else ""
        if not named and row.citation:
            target = citation.find(self._document, row.citation)
            named = target.measure_id if target is not None and target.sentence is not None else ""
        if named and same and named not in same:
            return "", "出处与举措原文不是同一条"
        if named:
            return named, ""
        if len(same) == 1:
            return same[0], ""
        return "", "原文中有几处相同的话" if same else "找不到这条举措：没有认得的出处，原文中也没有这句话"


def _incoming(
    matching: _Matching,
    read: ReadRow,
    progress: Callable[[str], Sequence[Progress]],
    mapped: Collection[str],
    day: date,
) -> Incoming:
    row = read.row
    mine = matching.by_id(row.id) if row.id else None
    is_known = mine is not None
    measure = ""
    if mine is None:
        measure, why = matching.measure(row)
        if not measure:
            return Incoming(read.number, Standing.UNKNOWN, row, remark=why)
        mine = matching.by_measure(measure, row.lead)
    values, remark = _values(row, mapped, day, keep_empty=not is_known)
    changed, differences = _differences(mine, values)
    steps = _new_steps(row.progress, progress(mine.id) if mine else (), day)
    if mine is None:
        is_empty = not (any(values.values()) or steps)
        standing = Standing.SAME if is_empty else Standing.NEW
    else:
        standing = Standing.CHANGED if changed or steps else Standing.SAME
    return Incoming(
        read.number,
        standing,
        row,
        measure,
        mine,
        tuple(changed.items()),
        tuple(differences),
        steps,
        remark,
    )


def _values(
    row: LedgerRow, mapped: Collection[str], day: date, *, keep_empty: bool
) -> tuple[dict[str, Any], str]:
    """The fields of the ledger that a row brings, and what of it was not understood."""
    found: dict[str, Any] = {}
    remark = ""
    for key in _OWN:
        words = str(getattr(row, key)).strip()
        if key not in mapped or (not words and (keep_empty or key == "state")):
            continue
        if key == "state":
            status = status_of(words)
            if status is None:
                remark = f"状态“{words}”不识别，状态不动"
            else:
                found["status"] = status
        else:
            found[key] = written(words, day) if key == "due" else words
    return found, remark


def _differences(mine: Action | None, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Difference]]:
    if mine is None:
        return dict(values), []
    changed: dict[str, Any] = {}
    differences: list[Difference] = []
    for key, after in values.items():
        before = getattr(mine, key)
        if key == "status":
            is_same, shown = before is after, (before.value, after.value)
        elif key == "due":
            is_same, shown = after in (before, due_of(mine).display), (before, after)
        else:
            is_same, shown = _tabless(after) == _tabless(before), (before, after)
        if not is_same:
            changed[key] = after
            differences.append(Difference(_TITLES["state" if key == "status" else key], *shown))
    return changed, differences


def _new_steps(steps: Iterable[Step], known: Sequence[Progress], day: date) -> tuple[Step, ...]:
    """The progress that is not there yet; what has no day is of the day on which it comes in."""
    dated = {(one.day, _tabless(one.text)) for one in known}
    words = {text for _, text in dated}
    return tuple(
        step if step.date else Step(day.isoformat(), step.words)
        for step, said in ((step, _tabless(step.words)) for step in steps)
        if ((step.date, said) not in dated if step.date else said not in words)
    )


def _tabless(words: str) -> str:
    """The words as they are compared: LibreOffice drops the tabs of a cell that goes through its own format."""
    return clean(words).replace("\t", "").strip()


def _plain(words: str) -> str:
    return fold(words).strip("。.；; ")
