"""The piece of a measure that a result shows: around its first hit, with the hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Shown text, and the half-open ranges in it that are marked."""

    text: str
    spans: tuple[tuple[int, int], ...]


def snippet(text: str, spans: Sequence[tuple[int, int]], limit: int, lead: int = 8) -> Snippet:
    """At most ``limit`` characters of ``text`` that show the first span.

    The text is kept from its beginning where the first span fits; else it begins ``lead`` characters before it,
    after an ellipsis.
    """
    if len(text) <= limit:
        return Snippet(text, tuple(spans))
    start = 0
    if spans and spans[0][1] > limit - 1:
        start = max(0, min(spans[0][0] - lead, len(text) - limit + 1))
    head = _ELLIPSIS if start else ""
    room = limit - len(head)
    tail = _ELLIPSIS if start + room < len(text) else ""
    end = start + room - len(tail)
    shift = len(head) - start
    kept = tuple(
        (max(first, start) + shift, min(last, end) + shift)
        for first, last in spans
        if first < end and last > start
    )
    return Snippet(head + text[start:end] + tail, kept)
