"""Anchors: made where the reader points. ``desktop.notebook.attaching`` finds them again when the text has changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from content.model import Document
from desktop.notebook.model import CONTEXT, Anchor, Reach


@dataclass(frozen=True)
class Flow:
    """A document's measures run together without anything between them, and the way back to each.

    ``starts`` has one offset for each measure and one more, the length of ``text``.
    """

    ids: tuple[str, ...]
    text: str
    starts: tuple[int, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> "Flow":
        """The flow of a document, made once for the documents asked for last."""
        return _flow(_Itself(document))

    def offset(self, measure_id: str, at: int) -> int:
        """Where the character ``at`` of a measure stands in the flow. Raises KeyError for an unknown id."""
        return self.starts[self.numbers[measure_id]] + at

    def holds(self, measure_id: str, at: int) -> bool:
        """Whether ``at`` is an offset in a measure, or its length. Raises KeyError for an unknown id."""
        number = self.numbers[measure_id]
        return 0 <= at <= self.starts[number + 1] - self.starts[number]

    def context(self, start: int, end: int) -> tuple[str, str]:
        """The characters before and after a range of the flow."""
        return self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]


class _Itself:
    """A document as a key, equal to nothing but itself: comparing whole texts would cost more than is saved."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.document is other.document


@lru_cache(maxsize=4)
def _flow(key: _Itself) -> Flow:
    texts = [place.measure.text for place in key.document.places.values()]
    ids = tuple(key.document.places)
    starts = tuple(accumulate(map(len, texts), initial=0))
    return Flow(ids, "".join(texts), starts, {one: number for number, one in enumerate(ids)})


def anchor_range(document: Document, first: str, start: int, last: str, end: int) -> Anchor:
    """An anchor on the characters from ``start`` in the measure ``first`` up to, not including, ``end`` in ``last``.

    Measures of which nothing is taken in, at either end, are left out. Raises KeyError for an unknown id, ValueError
    for offsets outside their measures and for a range that is empty or runs backwards.
    """
    flow = Flow.of(document)
    low, high = flow.offset(first, start), flow.offset(last, end)
    if not (low < high and flow.holds(first, start) and flow.holds(last, end)):
        raise ValueError(f"{first}:{start} … {last}:{end}")
    begin, stop = bisect_right(flow.starts, low) - 1, bisect_left(flow.starts, high) - 1
    lines = (
        flow.text[max(low, flow.starts[number]) : min(high, flow.starts[number + 1])]
        for number in range(begin, stop + 1)
    )
    quote = "\n".join(lines)
    return Anchor(
        document.id,
        Reach.RANGE,
        flow.ids[begin],
        flow.ids[stop],
        low - flow.starts[begin],
        high - flow.starts[stop],
        quote,
        *flow.context(low, high),
    )


def anchor_measure(document: Document, measure_id: str) -> Anchor:
    """An anchor on a whole measure. Raises KeyError for an unknown id."""
    flow = Flow.of(document)
    low = flow.offset(measure_id, 0)
    text = document.places[measure_id].measure.text
    before, after = flow.context(low, low + len(text))
    return Anchor(document.id, Reach.MEASURE, measure_id, measure_id, 0, len(text), text, before, after)


def anchor_section(document: Document, key: tuple[int, int]) -> Anchor:
    """An anchor on a section (part number, section number), or on a part where the section has no heading of its own.

    The quote is the heading without its number. Raises KeyError for a section that is not there or has no measures.
    """
    part, section = document.part(key[0]), document.section(*key)
    if part is None or section is None or not section.measures:
        raise KeyError(key)
    quote = section.title or part.heading
    if not quote:
        return anchor_document(document)
    flow = Flow.of(document)
    first, last = section.measures[0].id, section.measures[-1].id
    low = flow.offset(first, 0)
    before, after = flow.context(low, low)
    return Anchor(document.id, Reach.SECTION, first, last, 0, 0, quote, before, after)


def anchor_document(document: Document) -> Anchor:
    """An anchor on the whole document."""
    return Anchor(document.id, Reach.DOCUMENT, "", "", 0, 0, document.title, "", "")
