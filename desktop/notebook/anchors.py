"""Anchors: made where the reader points. ``desktop.notebook.attaching`` finds them again when the text has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
        """The flow of a document."""
        texts = [place.measure.text for place in document.places.values()]
        ids = tuple(document.places)
        starts = tuple(accumulate(map(len, texts), initial=0))
        return cls(ids, "".join(texts), starts, {one: number for number, one in enumerate(ids)})

    def offset(self, measure_id: str, at: int) -> int:
        """Where the character ``at`` of a measure stands in the flow. Raises KeyError for an unknown id."""
        return self.starts[self.numbers[measure_id]] + at

    def context(self, start: int, end: int) -> tuple[str, str]:
        """The characters before and after a range of the flow."""
        return self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]


def anchor_range(document: Document, first: str, start: int, last: str, end: int) -> Anchor:
    """An anchor on the characters from ``start`` in the measure ``first`` up to, not including, ``end`` in ``last``.

    Raises KeyError for an unknown id, ValueError for a range that is empty or runs backwards.
    """
    flow = Flow.of(document)
    low, high = flow.offset(first, start), flow.offset(last, end)
    if low >= high:
        raise ValueError(f"{first}:{start} … {last}:{end}")
    lines = []
    for number in range(flow.numbers[first], flow.numbers[last] + 1):
        begin, stop = max(low, flow.starts[number]), min(high, flow.starts[number + 1])
        lines.append(flow.text[begin:stop])
    before, after = flow.context(low, high)
    return Anchor(document.id, Reach.RANGE, first, last, start, end, "\n".join(lines), before, after)


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
