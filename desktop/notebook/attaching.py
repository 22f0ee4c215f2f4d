"""Finding anchors again in a text that may have changed.

First the very words at the very place; then the very words elsewhere; then the likest words, by RapidFuzz. The words
around the quote are weighed with it, for a quote alone may stand in many places: an anchor on the wrong words is worse
than one that is said to be lost. ``tests/bench/anchors.py`` measures how often that happens, and is where the
thresholds below come from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from content.model import Document
from desktop.notebook.anchors import Flow
from desktop.notebook.model import CONTEXT, Anchor, Reach

ALIKE = 0.63
"""Least likeness (2 · common characters / characters of both) of a changed quote to what is taken for it."""
SURE = 0.56
"""Least likeness of quote and context together, each weighed by its length."""
MARGIN = 0.08
"""How much likelier a place has to be than the next one."""
SHORT = 8
"""Quotes of fewer characters stand in many places: the rest of their own sentence has to speak for them."""
SIDE_ALIKE = 0.34
"""Least likeness of the sides of a short quote; two sentences that have nothing to do with each other reach 0.25."""
HEADING_ALIKE = 0.60
"""Least likeness of a changed heading to what is taken for it."""
_CANDIDATES = 5
_MOST_ALIGNED = 4000
"""Longer quotes are not aligned character by character; nobody marks that much at once."""


class Fit(Enum):
    """How an anchor was found again."""

    IN_PLACE = "原位"
    MOVED = "移动"
    CHANGED = "原文有改"
    LOST = "失配"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one measure, half open."""

    measure: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """Where an anchor stands in a text now.

    ``measure`` is the first measure it touches, for a section the first one in it; empty for a document and where the
    anchor is lost. ``spans`` has one span for each measure touched by a range or a measure; it is empty for sections,
    documents and where it is lost. ``score`` is 1 for the very words, otherwise the likeness found, 0 to 1.
    """

    fit: Fit
    measure: str = ""
    spans: tuple[Span, ...] = ()
    score: float = 1.0


LOST = Attachment(Fit.LOST, score=0.0)


@dataclass(frozen=True, slots=True)
class _Found:
    """A range of the flow that may be the quote: its own likeness, and that of quote and context together."""

    start: int
    end: int
    quote: float
    whole: float


class Attacher:
    """Finds the places of anchors in one document, which is read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._flow = Flow.of(document)
        self._texts = [place.measure.text for place in document.places.values()]

    def attach(self, anchor: Anchor) -> Attachment:
        """Where an anchor stands now; Fit.LOST where that cannot be told. Never raises."""
        if anchor.document != self._document.id:
            return LOST
        if anchor.reach is Reach.DOCUMENT:
            return Attachment(Fit.IN_PLACE)
        if anchor.reach is Reach.SECTION:
            return self._attach_section(anchor)
        quote = anchor.quote.replace("\n", "")
        start = self._place_of(anchor)
        if start is not None and self._is_untouched(anchor, quote, start):
            return Attachment(Fit.IN_PLACE, anchor.measure, self._spans(start, start + len(quote)))
        return self._seek(anchor, quote, start) if quote else LOST

    def _place_of(self, anchor: Anchor) -> int | None:
        number = self._flow.numbers.get(anchor.measure)
        return None if number is None else self._flow.starts[number] + anchor.start

    def _is_untouched(self, anchor: Anchor, quote: str, start: int) -> bool:
        text, end = self._flow.text, start + len(quote)
        return (
            text.startswith(quote, start)
            and text.startswith(anchor.after, end)
            and text.endswith(anchor.before, 0, start)
            and (anchor.reach is not Reach.MEASURE or self._is_measure(start, end))
        )

    def _is_measure(self, start: int, end: int) -> bool:
        from bisect import bisect_left

        starts = self._flow.starts
        at = bisect_left(starts, start)
        return at + 1 < len(starts) and starts[at] == start and starts[at + 1] == end

    def _seek(self, anchor: Anchor, quote: str, start: int | None) -> Attachment:
        found = list(self._exact(anchor, quote))
        if not found or max(one.whole for one in found) < SURE:
            found += self._alike(anchor, quote, start)
        found.sort(key=lambda one: (one.whole, one.start == start), reverse=True)
        if not found:
            return LOST
        best = found[0]
        rivals = [one for one in found[1:] if one.end <= best.start or best.end <= one.start]
        ahead = best.whole - max((one.whole for one in rivals), default=0.0)
        if best.quote < ALIKE or best.whole < SURE or ahead < MARGIN:
            return LOST
        spans = self._spans(best.start, best.end)
        if best.quote < 1 or self._flow.text[best.start : best.end] != quote:
            return Attachment(Fit.CHANGED, spans[0].measure, spans, best.quote)
        in_place = best.start == start and spans[0].measure == anchor.measure
        return Attachment(Fit.IN_PLACE if in_place else Fit.MOVED, spans[0].measure, spans)

    def _exact(self, anchor: Anchor, quote: str) -> Iterator[_Found]:
        """Every place where the very words stand."""
        at = self._flow.text.find(quote)
        while at >= 0:
            end = at + len(quote)
            if anchor.reach is not Reach.MEASURE or self._is_measure(at, end):
                yield _Found(at, end, 1.0, self._weigh(anchor, quote, at, end, 1.0))
            at = self._flow.text.find(quote, at + 1)

    def _alike(self, anchor: Anchor, quote: str, start: int | None) -> list[_Found]:
        """The likest places among the likest measures."""
        if len(quote) > _MOST_ALIGNED:
            return []
        found = []
        for number in self._candidates(anchor, quote):
            if anchor.reach is Reach.MEASURE:
                low, high = self._flow.starts[number], self._flow.starts[number + 1]
            else:
                low, high = self._align(anchor, quote, number)
            if low < high:
                likeness = _likeness(quote, self._flow.text[low:high])
                found.append(_Found(low, high, likeness, self._weigh(anchor, quote, low, high, likeness)))
        return found

    def _candidates(self, anchor: Anchor, quote: str) -> list[int]:
        from rapidfuzz import fuzz, process

        if anchor.reach is Reach.MEASURE:
            ranked = process.extract(quote, self._texts, scorer=fuzz.ratio, limit=_CANDIDATES)
        else:
            # A short quote alone is like many: it is sought with its neighbours.
            around = max(0, 24 - len(quote)) // 2
            sought = anchor.before[-around:] * bool(around) + quote + anchor.after[:around]
            ranked = process.extract(sought, self._texts, scorer=fuzz.partial_ratio, limit=_CANDIDATES)
        numbers = [number for _, _, number in ranked]
        here = self._flow.numbers.get(anchor.measure)
        return numbers if here is None or here in numbers else [*numbers, here]

    def _align(self, anchor: Anchor, quote: str, number: int) -> tuple[int, int]:
        """The range of the flow that quote and context, laid along it at a measure, put the quote on."""
        from rapidfuzz.distance import Levenshtein

        starts = self._flow.starts
        reach = len(quote) + 2 * CONTEXT
        low = max(0, starts[number] - reach)
        high = min(len(self._flow.text), starts[number + 1] + reach)
        pattern = anchor.before + quote + anchor.after
        first, last = len(anchor.before), len(anchor.before) + len(quote)
        begin, end = high, low
        for code in Levenshtein.opcodes(pattern, self._flow.text[low:high]):
            left, right = max(code.src_start, first), min(code.src_end, last)
            if code.tag == "equal" and left < right:
                begin = min(begin, low + code.dest_start + left - code.src_start)
                end = max(end, low + code.dest_start + right - code.src_start)
        return begin, end

    def _weigh(self, anchor: Anchor, quote: str, start: int, end: int, likeness: float) -> float:
        """Likeness of quote and context together. A long quote speaks for itself, a short one through its context."""
        before, after = self._flow.context(start, end)
        weights = (len(quote), len(anchor.before), len(anchor.after))
        values = (likeness, _likeness(anchor.before, before), _likeness(anchor.after, after))
        if len(quote) < SHORT:
            own = _own_sides(anchor, quote)
            if any(value < SIDE_ALIKE for value, is_own in zip(values[1:], own, strict=True) if is_own):
                return 0.0
        return sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)

    def _spans(self, start: int, end: int) -> tuple[Span, ...]:
        from bisect import bisect_right

        starts, ids = self._flow.starts, self._flow.ids
        number = bisect_right(starts, start) - 1
        spans = []
        while number < len(ids) and starts[number] < end:
            low, high = max(start, starts[number]), min(end, starts[number + 1])
            spans.append(Span(ids[number], low - starts[number], high - starts[number]))
            number += 1
        return tuple(spans)

    def _attach_section(self, anchor: Anchor) -> Attachment:
        ranked = []
        for part in self._document.parts:
            for section in part.sections:
                heading = section.title or part.heading
                if heading and section.measures:
                    first = section.measures[0].id
                    likeness = 1.0 if heading == anchor.quote else _likeness(anchor.quote, heading)
                    text = _likeness(anchor.after, self._flow.context(0, self._flow.offset(first, 0))[1])
                    whole = 0.6 * likeness + 0.4 * text
                    ranked.append((whole, likeness, first))
        ranked.sort(reverse=True)
        if not ranked or ranked[0][1] < HEADING_ALIKE or ranked[0][0] < HEADING_ALIKE:
            return LOST
        whole, likeness, first = ranked[0]
        if len(ranked) > 1 and whole - ranked[1][0] < MARGIN:
            return LOST
        if likeness < 1:
            return Attachment(Fit.CHANGED, first, score=likeness)
        return Attachment(Fit.IN_PLACE if first == anchor.measure else Fit.MOVED, first)


def _own_sides(anchor: Anchor, quote: str) -> tuple[bool, bool]:
    """Whether what stands before and after a quote is of its own sentence and not of its neighbours."""
    before = anchor.start >= SHORT
    after = "。" not in quote[-1:] + anchor.after[:SHORT]
    return (before, after) if before or after else (True, True)


def _likeness(one: str, other: str) -> float:
    """2 · common characters, in their order, / characters of both (the normalized indel similarity)."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))
