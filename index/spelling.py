"""The ways in which a piece of typing can be divided into syllables, initials and characters."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count

from index.sounds import Hearing, Piece

Way = tuple[Piece, ...]

BREAK = " "
"""Stands in what is typed where a syllable has to end: for a space or an apostrophe."""

_LONGEST_SYLLABLE = 6
_MOST_STEPS = 400
"""Beginnings of ways that are followed at most; each takes a few microseconds."""
_WHOLE, _BEGUN, _INITIAL, _LONG_INITIAL = 1.0, 1.5, 3.0, 2.9
"""What pieces cost: the cheapest way has the fewest and fullest syllables."""
_NEVER = float("inf")

_Step = tuple[float, Piece, int]
"""What a piece costs, the piece, where it ends."""


def ways(typed: str, hearing: Hearing, *, whole: bool, initial: bool, most: int) -> list[Way]:
    """The likeliest ways to divide what is typed, best first.

    With ``whole`` letters are syllables, of which the last may be unfinished, with ``initial`` abbreviations of
    them, with both either.
    """
    steps = [list(_steps(typed, at, hearing, whole, initial)) for at in range(len(typed))]
    rest = _cheapest(steps)
    order = count()
    heap: list[tuple[float, int, float, int, Way]] = [(rest[0], next(order), 0.0, 0, ())]
    found: dict[Way, None] = {}
    for _ in range(_MOST_STEPS):
        if not heap or len(found) == most:
            break
        _, _, cost, at, way = heappop(heap)
        if at == len(typed):
            found[way] = None
            continue
        if typed[at] == BREAK:
            heappush(heap, (cost + rest[at + 1], next(order), cost, at + 1, way))
            continue
        for price, piece, end in steps[at]:
            if rest[end] < _NEVER:
                heappush(heap, (cost + price + rest[end], next(order), cost + price, end, (*way, piece)))
    return [way for way in found if way]


def _cheapest(steps: list[list[_Step]]) -> list[float]:
    """For each place what the rest costs at least; infinite where no way leads on."""
    rest = [_NEVER] * len(steps) + [0.0]
    for at in reversed(range(len(steps))):
        rest[at] = min((price + rest[end] for price, _, end in steps[at]), default=_NEVER)
    return rest


def _steps(typed: str, at: int, hearing: Hearing, whole: bool, initial: bool) -> Iterator[_Step]:
    character = typed[at]
    if character == BREAK:
        yield 0.0, Piece(frozenset()), at + 1
        return
    if not is_letter(character):
        yield _WHOLE, hearing.character(character), at + 1
        return
    if whole:
        yield from _syllables(typed, at, hearing)
    if initial:
        for length, price in ((2, _LONG_INITIAL), (1, _INITIAL)):
            codes = hearing.initial.get(hearing.form(typed[at : at + length]))
            if codes and at + length <= len(typed):
                yield price, Piece(codes), at + length


def _syllables(typed: str, at: int, hearing: Hearing) -> Iterator[_Step]:
    for end in range(min(len(typed), at + _LONGEST_SYLLABLE), at, -1):
        form = hearing.form(typed[at:end])
        begun = hearing.begun.get(form)
        if not begun:
            continue
        codes = hearing.whole.get(form)
        if codes:
            yield _WHOLE, Piece(codes), end
        if end == len(typed) and codes != begun:
            yield _BEGUN, Piece(begun), end


def is_letter(character: str) -> bool:
    """Whether a folded character is one that pinyin is written with."""
    return character.isascii() and character.isalpha()
