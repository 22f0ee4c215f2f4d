"""台账: which rows a reader wants to see, in what order and in which groups, how many are late, and filling down.

Everything in a row is the unit's own, nothing of the plan. Pure functions on rows and the progress that belongs to them;
``day`` is the day for which is asked, usually today.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from content.folding import fold
from desktop.notebook.due import SOON_DAYS, Due, Scale, parse
from desktop.notebook.model import Action, Progress, Status, with_first_due

LABEL = "本单位填写，非方案原文"
"""What stands over the ledger wherever it is shown or printed."""
FILLABLE = ("lead", "support", "due", "status", "problem", "next_step", "person")
"""The columns of a row that can be filled down."""
_STATUS_WORDS = {
    Status.NOT_STARTED: ("未启动", "未开始", "尚未启动", "待启动", "未开展"),
    Status.UNDER_WAY: (
        "推进中",
        "进行中",
        "正在推进",
        "推进",
        "正在办理",
        "办理中",
        "实施中",
        "已启动",
        "有序推进",
    ),
    Status.DONE: ("已完成", "完成", "办结", "已办结", "已落实", "全部完成", "销号", "已销号"),
    Status.PAUSED: ("暂缓", "暂停", "搁置", "暂缓推进"),
    Status.DROPPED: ("已取消", "取消", "终止", "已终止", "不再实施"),
}
_STATUS_OF = {fold(word): status for status, words in _STATUS_WORDS.items() for word in words}
_NOBODY = "未填"


class Timing(Enum):
    """How a row stands to its due date on a day."""

    OVERDUE = "逾期"
    SOON = "临期"
    LATER = "未到期"
    OPEN_ENDED = "长期"
    UNDATED = "无时限"
    CLOSED = "已了结"
    """Done, paused or dropped: no longer late, however old its date is."""


class Order(Enum):
    """The orders of the ledger. What is alike stays in the order of the text."""

    TEXT = "按原文顺序"
    DUE = "按时限"
    LEAD = "按牵头单位"
    STATUS = "按状态"
    CHANGED = "最近改过的在前"


class Grouping(Enum):
    """What the rows of a group have in common."""

    NONE = "不分组"
    SECTION = "按节分组"
    LEAD = "按牵头单位分组"
    STATUS = "按状态分组"
    TIMING = "按时限分组"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row has to be to be listed. Empty values ask for nothing.

    ``words`` are sought as in the search of the text: folded, all of them, in everything the unit has written in the
    row and its progress, and in the quoted measure. ``unit`` is one of those that lead or support, as ``units`` gives it.
    """

    words: str = ""
    document: str = ""
    status: Status | None = None
    timing: Timing | None = None
    unit: str = ""

    @property
    def asks_nothing(self) -> bool:
        """Whether every row is wanted."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow each other under one heading."""

    title: str
    rows: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are, and how many of them are what; a row can count twice."""

    total: int
    done: int
    overdue: int
    soon: int
    not_started: int

    @property
    def words(self) -> str:
        """全部 24 · 完成 5 · 逾期 1 · 临期 2 · 未启动 6."""
        pairs = (
            ("全部", self.total),
            ("完成", self.done),
            ("逾期", self.overdue),
            ("临期", self.soon),
            ("未启动", self.not_started),
        )
        return " · ".join(f"{name} {count}" for name, count in pairs)


def due_of(action: Action) -> Due:
    """What the due date of a row means; one without a year is of the year in which the row was made."""
    return parse(action.due, _made_on(action))


def timing(action: Action, day: date, soon_days: int = SOON_DAYS) -> Timing:
    """How a row stands to its due date."""
    if action.status in (Status.DONE, Status.PAUSED, Status.DROPPED):
        return Timing.CLOSED
    due = due_of(action)
    if due.is_overdue(day):
        return Timing.OVERDUE
    if due.is_soon(day, soon_days):
        return Timing.SOON
    if due.last is not None:
        return Timing.LATER
    return Timing.OPEN_ENDED if due.scale is Scale.LONG else Timing.UNDATED


def counts(actions: Iterable[Action], day: date, soon_days: int = SOON_DAYS) -> Counts:
    """How many rows are done, late, soon due, not begun."""
    rows = list(actions)
    timings = Counter(timing(one, day, soon_days) for one in rows)
    statuses = Counter(one.status for one in rows)
    return Counts(
        len(rows),
        statuses[Status.DONE],
        timings[Timing.OVERDUE],
        timings[Timing.SOON],
        statuses[Status.NOT_STARTED],
    )


class Ledger:
    """Selects, orders and groups rows; each is folded once, however often it is asked for.

    ``place`` gives where in the text a row stands, as something that sorts.
    """

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Action, tuple[Progress, ...], str]] = {}

    def select(
        self,
        actions: Sequence[Action],
        wanted: Wanted,
        order: Order,
        day: date,
        place: Callable[[Action], Any],
        progress: Mapping[str, Sequence[Progress]] | None = None,
    ) -> list[Action]:
        """The wanted rows in an order; ``progress`` is that of each row by its id, see ``belonging``."""
        terms = [fold(word) for word in wanted.words.split()]
        found = [one for one in actions if _fits(one, wanted, day)]
        if terms:
            known = progress or {}
            found = [
                one
                for one in found
                if all(term in self._words(one, tuple(known.get(one.id, ()))) for term in terms)
            ]
        found.sort(key=lambda one: (place(one), one.position))
        _sort(found, order)
        return found

    def _words(self, action: Action, progress: tuple[Progress, ...]) -> str:
        known = self._folded.get(action.id)
        if known is None or known[0] is not action or known[1] != progress:
            # No term can reach over a NUL: what is found stands in one of the parts.
            own = (action.lead, action.support, action.due, action.first_due, action.status.value)
            more = (action.problem, action.next_step, action.person, action.author, action.anchor.quote)
            text = "\0".join((*own, *more, *(one.text for one in progress)))
            known = self._folded[action.id] = (action, progress, fold(text))
        return known[2]


def grouped(
    ordered: Iterable[Action], grouping: Grouping, day: date, section: Callable[[Action], str]
) -> list[Group]:
    """Rows under headings; the groups come in the order of their first rows, those of a status or a time in theirs.

    ``section`` gives the heading of the section in which a row stands.
    """
    title = _TITLES[grouping]
    found: dict[str, list[Action]] = {}
    for one in ordered:
        found.setdefault(title(one, day, section), []).append(one)
    titles = list(found)
    if grouping in _FIXED:
        titles.sort(key=_FIXED[grouping].index)
    return [Group(one, tuple(found[one])) for one in titles]


def units(text: str) -> list[str]:
    """The units named in a cell: 市发展改革委、各区政府 as two."""
    for mark in "，,；;\n":
        text = text.replace(mark, "、")
    return [one for one in (piece.strip() for piece in text.split("、")) if one]


def units_in_use(actions: Iterable[Action]) -> list[str]:
    """All units that lead or support, those of the most rows first."""
    named = Counter(unit for one in actions for unit in dict.fromkeys(units(one.lead) + units(one.support)))
    return sorted(named, key=lambda unit: (-named[unit], unit))


def status_of(text: str) -> Status | None:
    """The status that another office's word stands for; None for a word that is not known."""
    return _STATUS_OF.get(fold(text))


def fill_down(rows: Sequence[Action], columns: Sequence[str]) -> list[tuple[Action, Action]]:
    """What the first row has in some columns put into all below it: only rows that change. Raises KeyError."""
    if not rows:
        return []
    unknown = [name for name in columns if name not in FILLABLE]
    if unknown:
        raise KeyError(unknown[0])
    values: dict[str, Any] = {name: getattr(rows[0], name) for name in columns}
    filled = [(one, with_first_due(one, replace(one, **values))) for one in rows[1:]]
    return [(old, new) for old, new in filled if new != old]


def moved(rows: Sequence[Action], action_id: str, step: int) -> list[tuple[Action, Action]]:
    """A row of those on one measure moved up (-1) or down (1) among them."""
    ordered = sorted(rows, key=lambda one: one.position)
    at = next((number for number, one in enumerate(ordered) if one.id == action_id), -1)
    if at < 0 or not 0 <= at + step < len(ordered):
        return []
    places = sorted(one.position for one in ordered)
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    ordered.insert(at + step, ordered.pop(at))
    return [
        (one, replace(one, position=position))
        for one, position in zip(ordered, places, strict=True)
        if one.position != position
    ]


def _made_on(action: Action) -> date | None:
    try:
        return date.fromisoformat(action.created[:10])
    except ValueError:
        return None


def _fits(action: Action, wanted: Wanted, day: date) -> bool:
    return (
        (not wanted.document or action.anchor.document == wanted.document)
        and (wanted.status is None or action.status is wanted.status)
        and (not wanted.unit or wanted.unit in units(action.lead) + units(action.support))
        and (wanted.timing is None or timing(action, day) is wanted.timing)
    )


def _sort(rows: list[Action], order: Order) -> None:
    match order:
        case Order.DUE:
            rows.sort(key=lambda one: due_of(one).order)
        case Order.LEAD:
            rows.sort(key=lambda one: (not one.lead, one.lead))
        case Order.STATUS:
            rows.sort(key=lambda one: _STATUSES.index(one.status))
        case Order.CHANGED:
            rows.sort(key=lambda one: one.changed, reverse=True)


_STATUSES = list(Status)
_Title = Callable[[Action, date, Callable[[Action], str]], str]
_TITLES: dict[Grouping, _Title] = {
    Grouping.NONE: lambda action, day, section: "",
    Grouping.SECTION: lambda action, day, section: section(action),
    Grouping.LEAD: lambda action, day, section: action.lead or _NOBODY,
    Grouping.STATUS: lambda action, day, section: action.status.value,
    Grouping.TIMING: lambda action, day, section: timing(action, day).value,
}
_FIXED: dict[Grouping, list[str]] = {
    Grouping.STATUS: [one.value for one in Status],
    Grouping.TIMING: [one.value for one in Timing],
}
