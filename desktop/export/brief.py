"""What leaves the desk, wherever it comes from: plain values that every writer understands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise

from desktop.export.ledger import LedgerRow
from desktop.notebook.model import Color

OWN = "本单位所写"
"""The label of whatever is not the plan's."""

Watch = Callable[[int, int], None]
"""Told how many items are done, and of how many; may raise ``Stopped``."""


def unwatched(done: int, total: int) -> None:
    """For work that nobody waits for."""


class Kind(Enum):
    """What sort of paper it is."""

    MEETING = "会议材料"
    EXTRACT = "条目摘录"
    SECTION = "节选"
    ANNOTATED = "全文批注本"


class Order(Enum):
    """In which order the items follow each other."""

    AGENDA = "按议程"
    PLAN = "按方案顺序"


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader wants on paper. ``original_only`` overrides the three before it."""

    with_points: bool = True
    with_notes: bool = True
    with_rows: bool = True
    original_only: bool = False
    order: Order = Order.AGENDA
    large_type: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a passage that carry a highlighter's colour, half open."""

    start: int
    end: int
    color: Color


@dataclass(frozen=True, slots=True)
class Passage:
    """A measure's words exactly. ``citation`` is 《…》二、（三）第4句, ``place`` the same without the title.

    ``position`` counts the measures of the document from 0.
    """

    id: str
    text: str
    citation: str
    place: str
    position: int
    marks: tuple[Mark, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, Color | None]]:
        """The words in pieces of one colour each, the later mark above the earlier."""
        edges = {0, len(self.text), *(mark.start for mark in self.marks), *(mark.end for mark in self.marks)}
        for start, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= len(self.text))):
            over = [mark.color for mark in self.marks if mark.start <= start and end <= mark.end]
            yield self.text[start:end], over[-1] if over else None


@dataclass(frozen=True, slots=True)
class Remark:
    """A note or bookmark. ``name`` is what it is called (批注·问题), ``body`` its Markdown.

    ``measure`` is the id of the passage it stands behind, empty for one on the whole item. ``fit`` says how it was
    found where it is not 原位.
    """

    name: str
    body: str
    measure: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    quote: str = ""
    place: str = ""
    fit: str = ""

    @property
    def label(self) -> str:
        """What is said of it in one line: 批注·问题　张三　#口径　原文“零负担”. The place only where it stands elsewhere."""
        place = "" if self.measure else self.place
        quote = f"原文“{self.quote}”" if self.quote else ""
        tags = (f"#{tag}" for tag in self.tags)
        return "　".join(filter(None, (self.name, self.author, *tags, self.fit, place, quote)))


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda, or a part or section. ``label`` is its number as printed (一、), ``level`` 1 to 3.

    ``number`` is the number on the agenda, 0 where there is none. ``points`` and ``decision`` are Markdown.
    """

    heading: str
    label: str = ""
    level: int = 1
    number: int = 0
    passages: tuple[Passage, ...] = ()
    notes: tuple[Remark, ...] = ()
    points: str = ""
    decision: str = ""
    rows: tuple[LedgerRow, ...] = ()

    def notes_on(self, measure: str) -> tuple[Remark, ...]:
        """The notes that stand behind a passage; with an empty id those on the whole item."""
        return tuple(note for note in self.notes if note.measure == measure)

    def closing(self) -> Iterator[tuple[str, str]]:
        """What the unit says on the whole item, as label and Markdown, in the order in which it is printed."""
        if self.points:
            yield "发言要点", self.points
        for note in self.notes_on(""):
            yield note.label, note.body
        if self.decision:
            yield "议定事项", self.decision

    @property
    def has_own_words(self) -> bool:
        """Whether anything in it is the unit's."""
        return bool(self.notes or self.points or self.decision or self.rows)

    @property
    def position(self) -> int:
        """Where in the plan its first passage stands; -1 without one."""
        return min((passage.position for passage in self.passages), default=-1)


@dataclass(frozen=True, slots=True)
class Facts:
    """Time, place and participants of a meeting, as the unit wrote them."""

    time: str = ""
    place: str = ""
    participants: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What is known, a line each."""
        named = (("时间", self.time), ("地点", self.place), ("参会", self.participants))
        return tuple(f"{name}：{words}" for name, words in named if words)


@dataclass(frozen=True, slots=True)
class Source:
    """The document the words are from. ``short_name`` is 《方案》; ``notice`` says which editions have followed it."""

    title: str
    short_name: str
    number: str = ""
    edition: str = ""
    issuer: str = ""
    notice: str = ""

    @property
    def line(self) -> str:
        """原文引自《…》（沪府办发〔2023〕1号，2023 年版），以下简称《方案》。"""
        known = "，".join(dict.fromkeys(filter(None, (self.issuer, self.number, self.edition))))
        return f"原文引自《{self.title}》{f'（{known}）' if known else ''}，以下简称{self.short_name}。"


@dataclass(frozen=True, slots=True)
class Brief:
    """One paper. ``subtitle`` says what sort of paper it is or what part it holds; ``day`` is the day of export."""

    kind: Kind
    title: str
    subtitle: str
    day: date
    source: Source
    items: tuple[Item, ...]
    facts: Facts = Facts()

    @property
    def passages(self) -> Iterator[Passage]:
        """All original words in it."""
        return (passage for item in self.items for passage in item.passages)

    @property
    def has_own_words(self) -> bool:
        """Whether anything in it is the unit's."""
        return any(item.has_own_words for item in self.items)

    @property
    def closing_lines(self) -> tuple[str, ...]:
        """What every paper ends with: what is original and what is not, and the day."""
        name = self.source.short_name
        original = f"本材料所引{name}文字为原文，逐字照录，句后注明出处"
        own = f"标有“{OWN}”“本单位填写”的，不是{name}原文。" if self.has_own_words else "未附本单位所写内容。"
        return (f"{original}；{own}", f"{self.day.year}年{self.day.month}月{self.day.day}日从政策案头导出。")


def cited(passage: Passage, source: Source) -> str:
    """What stands behind a passage where the document's name has been given: （《方案》二、（三）第4句）."""
    return f"（{source.short_name}{passage.place}）"


def tailored(brief: Brief, options: Options) -> Brief:
    """The brief with what the reader wants of it, in the order wanted. No original word is ever left out."""
    items = [_tailored_item(item, options) for item in brief.items]
    if options.order is Order.PLAN and brief.kind in (Kind.MEETING, Kind.EXTRACT):
        items = _in_plan_order(items)
    return replace(brief, items=tuple(item for item in items if _says_something(item)))


def _says_something(item: Item) -> bool:
    return bool(item.passages or item.label or item.has_own_words)


def _tailored_item(item: Item, options: Options) -> Item:
    own = not options.original_only
    with_notes = own and options.with_notes
    passages = item.passages if with_notes else tuple(replace(one, marks=()) for one in item.passages)
    return replace(
        item,
        passages=passages,
        notes=item.notes if with_notes else (),
        points=item.points if own and options.with_points else "",
        decision=item.decision if own else "",
        rows=item.rows if own and options.with_rows else (),
    )


def _in_plan_order(items: list[Item]) -> list[Item]:
    """Items and their passages as they follow each other in the plan, numbered anew; those without passages last."""
    in_order = sorted(items, key=lambda item: (item.position < 0, item.position))
    labels = [item.label for item in items]
    return [
        replace(
            item,
            label=label,
            heading=f"{item.heading}（议程第{item.number}项）" if item.number else item.heading,
            passages=tuple(sorted(item.passages, key=lambda passage: passage.position)),
        )
        for item, label in zip(in_order, labels, strict=True)
    ]
