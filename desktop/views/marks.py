"""What is marked in the text: hits, highlights, the words that notes are about, dots and stars. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

Spans = Sequence[tuple[int, int]]


class SpansByMeasure(Protocol):
    """Anything that knows the half-open ranges to mark in a measure."""

    def get(self, measure_id: str, default: Spans, /) -> Spans:
        """The ranges, or the default."""


class _NoSpans:
    def get(self, measure_id: str, default: Spans, /) -> Spans:
        return default


@dataclass(frozen=True, slots=True)
class Stroke:
    """Highlighted characters of a measure, half open; ``color`` is a role of the theme."""

    start: int
    end: int
    color: str
    entry_id: str


@dataclass(slots=True)
class Marks:
    """Which measures carry what. ``note_counts`` counts the notes that begin at a measure; ``note_ranges`` are the words
    that notes are about; strokes come oldest first."""

    hits: SpansByMeasure = field(default_factory=_NoSpans)
    note_counts: Mapping[str, int] = field(default_factory=dict)
    bookmarked: frozenset[str] = frozenset()
    highlights: Mapping[str, Sequence[Stroke]] = field(default_factory=dict)
    note_ranges: Mapping[str, Spans] = field(default_factory=dict)


def layers(strokes: Sequence[Stroke]) -> list[tuple[int, int, tuple[str, ...]]]:
    """The strokes cut where they overlap: (start, end, colours of all that lie there, oldest first)."""
    cuts = sorted({at for one in strokes for at in (one.start, one.end)})
    found = []
    for start, end in pairwise(cuts):
        colors = tuple(dict.fromkeys(one.color for one in strokes if one.start <= start and end <= one.end))
        if colors:
            found.append((start, end, colors))
    return found
