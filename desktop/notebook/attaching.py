"""Finding anchors again in a text that may have changed.

First the very words at the very place, by plain comparison; then the very words with all that stood around them, where
they stand once; then the likest words, by ``desktop.notebook.matching``. An anchor on wrong words is worse than one
that is said to be lost, so a place has to have most of the quote, enough of its surroundings, and far more of both than
any other place.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from content.model import Document
from desktop.notebook.anchors import Flow
from desktop.notebook.matching import Match, Matcher, likeness
from desktop.notebook.model import Anchor, Reach

_LONG = 16
"""Characters of quote and context that together are enough to be known by plain comparison."""


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
class Limits:
    """What has to speak for a place before an anchor is put there; see ``Match`` for the units.

    ``tests/bench/anchors.py`` measures what becomes of 26,000 anchors in edited plans: with these limits 96 of 100
    whose words survive are found, and fewer than 2 of 1,000 are put on wrong words. Asking for less of the quote
    (``kept``) or of it and all around it (``share``), or for less of an advance over the next place (``ahead``, a share
    of the bits), brings up to 1.3 in 100 more back and up to twice as many to wrong words; asking for more loses 1 to 2
    in 100. ``own`` is asked because neighbours stay when a sentence is deleted or replaced, and more of it further than
    ``near`` (characters) from the first place, where the same phrases stand in other sentences: without the two, 12 of
    1,000 ranges of deleted sentences are put elsewhere, with them 3 or 4. ``characters`` keeps quotes of two or three
    characters from being seen in a single one, ``bits`` those without context from being taken for anything like them.
    """

    kept: float = 0.5
    share: float = 0.25
    own: float = 0.3
    own_afar: float = 0.5
    near: float = 1500
    ahead: float = 0.3
    characters: float = 1.5
    bits: float = 50.0
    heading: float = 0.55
    heading_ahead: float = 0.08


IN_USE = Limits()


@dataclass(frozen=True, slots=True)
class _Heading:
    """The heading of a section, its first measure, and the text that begins there."""

    text: str
    measure: str
    after: str


class Attacher:
    """Finds the places of anchors in one document, which is read once."""

    def __init__(self, document: Document, limits: Limits = IN_USE) -> None:
        self._document = document
        self._limits = limits
        self._flow = Flow.of(document)

    def attach(self, anchor: Anchor) -> Attachment:
        """Where an anchor stands now; Fit.LOST where that cannot be told. Never raises."""
        if anchor.document != self._document.id:
            return LOST
        if anchor.reach is Reach.DOCUMENT:
            return Attachment(Fit.IN_PLACE)
        if anchor.reach is Reach.SECTION:
            return self._attach_section(anchor)
        quote = anchor.quote.replace("\n", "")
        if not quote:
            return LOST
        start = self._first_place(anchor)
        if self._stands_at(anchor, quote, start):
            return self._attachment(anchor, start, start + len(quote))
        return self._seek_whole(anchor, quote) or self._seek_alike(anchor, quote)

    def _first_place(self, anchor: Anchor) -> int:
        """Where the anchor was made, if its measure still has that number; -1 if not."""
        number = self._flow.numbers.get(anchor.measure)
        if number is None or not 0 <= anchor.start < len(self._flow.text) - self._flow.starts[number]:
            return -1
        return self._flow.starts[number] + anchor.start

    def _stands_at(self, anchor: Anchor, quote: str, start: int) -> bool:
        text, end = self._flow.text, start + len(quote)
        return (
            start >= 0
            and text.startswith(quote, start)
            and text.startswith(anchor.after, end)
            and text.endswith(anchor.before, 0, start)
            and (anchor.reach is not Reach.MEASURE or self._is_measure(start, end))
        )

    def _is_measure(self, start: int, end: int) -> bool:
        starts = self._flow.starts
        number = bisect_right(starts, start) - 1
        return starts[number] == start and starts[number + 1] == end

    def _seek_whole(self, anchor: Anchor, quote: str) -> Attachment | None:
        sought, text = anchor.before + quote + anchor.after, self._flow.text
        at = text.find(sought)
        if len(sought) < _LONG or at < 0 or text.find(sought, at + 1) >= 0:
            return None
        start, end = at + len(anchor.before), at + len(anchor.before) + len(quote)
        if anchor.reach is Reach.MEASURE and not self._is_measure(start, end):
            return None
        return self._attachment(anchor, start, end)

    def _seek_alike(self, anchor: Anchor, quote: str) -> Attachment:
        found = self._matcher.matches(anchor.before, quote, anchor.after)
        if not found or not self._is_sure(anchor, quote, found):
            return LOST
        best = found[0]
        if anchor.reach is not Reach.MEASURE:
            return self._attachment(anchor, best.start, best.end)
        number = self._measure_of(best, len(quote))
        return LOST if number is None else self._attachment(anchor, *self._flow.starts[number : number + 2])

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._flow.text)

    def _is_sure(self, anchor: Anchor, quote: str, found: list[Match]) -> bool:
        limits, best = self._limits, found[0]
        rival = max(
            (one.bits for one in found if one.end <= best.start or best.end <= one.start), default=0.0
        )
        first = self._first_place(anchor)
        is_near = first >= 0 and abs(best.start - first) <= limits.near
        return (
            best.kept >= limits.kept
            and best.kept * len(quote) >= min(len(quote), limits.characters)
            and best.share >= limits.share
            and best.own >= (limits.own if is_near else limits.own_afar)
            and best.bits >= limits.bits
            and rival <= (1 - limits.ahead) * best.bits
        )

    def _measure_of(self, match: Match, length: int) -> int | None:
        """The measure that has most of what was matched, if that is enough of it."""
        counts = Counter(
            bisect_right(self._flow.starts, at) - 1
            for run in match.runs
            for at in range(max(run.new, match.start), min(run.new + run.length, match.end))
        )
        number, kept = counts.most_common(1)[0]
        return number if kept >= self._limits.kept * length else None

    def _attachment(self, anchor: Anchor, start: int, end: int) -> Attachment:
        spans = tuple(self._spans(start, end))
        words, quote = self._flow.text[start:end], anchor.quote.replace("\n", "")
        if words != quote:
            return Attachment(Fit.CHANGED, spans[0].measure, spans, likeness(quote, words))
        in_place = (spans[0].measure, spans[0].start) == (anchor.measure, anchor.start)
        return Attachment(Fit.IN_PLACE if in_place else Fit.MOVED, spans[0].measure, spans)

    def _spans(self, start: int, end: int) -> Iterator[Span]:
        starts, ids = self._flow.starts, self._flow.ids
        number = bisect_right(starts, start) - 1
        while number < len(ids) and starts[number] < end:
            low, high = max(start, starts[number]), min(end, starts[number + 1])
            if low < high:
                yield Span(ids[number], low - starts[number], high - starts[number])
            number += 1

    @cached_property
    def _headings(self) -> list[_Heading]:
        return [
            _Heading(
                section.title or part.heading, first, self._flow.context(0, self._flow.offset(first, 0))[1]
            )
            for part in self._document.parts
            for section in part.sections
            if (section.title or part.heading) and section.measures
            for first in (section.measures[0].id,)
        ]

    def _attach_section(self, anchor: Anchor) -> Attachment:
        sought = _Heading(anchor.quote, anchor.measure, anchor.after)
        if sought in self._headings:
            return Attachment(Fit.IN_PLACE, anchor.measure)
        ranked = sorted(((_alike(sought, one), one) for one in self._headings), key=lambda one: -one[0])
        if not ranked or ranked[0][0] < self._limits.heading:
            return LOST
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < self._limits.heading_ahead:
            return LOST
        best = ranked[0][1]
        if best.text != anchor.quote:
            return Attachment(Fit.CHANGED, best.measure, score=likeness(anchor.quote, best.text))
        return Attachment(Fit.IN_PLACE if best.measure == anchor.measure else Fit.MOVED, best.measure)


def _alike(one: _Heading, other: _Heading) -> float:
    """Likeness of two headings and of the text below them, 0 to 1."""
    return 0.6 * likeness(one.text, other.text) + 0.4 * likeness(one.after, other.after)
