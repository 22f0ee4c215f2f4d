"""The nearest thing that would be found: words of a text that differ from a term by a slip of the finger."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

_MOST = 5
_EFFORT = 2_000_000
"""Characters of text to be scanned for a term at most: some milliseconds."""
_SHORTEST, _LONGEST = 16, 64
"""Bounds of how much of a term is looked at, however short or long the text is."""
_LONGEST_SLIP = 24
"""Characters of a term up to which a slip is looked for."""
_LONGEST_QUOTED = 16

_Place = tuple[int, int]


def nearest(text: str, terms: Iterable[str]) -> tuple[_Place, ...]:
    """Ranges of a folded text whose words are near to the terms, nearest first; at most five, no word twice.

    A term that stands in the text is its own nearest; else words with one character wrong, missing, extra or
    two swapped; else the longest run of the term that stands there.
    """
    reach = max(_SHORTEST, min(_LONGEST, _EFFORT // (len(text) + 1)))
    slipped, whole = [], []
    for term in islice(terms, _MOST):
        at = text.find(term)
        if at >= 0:
            whole.append([(at, at + len(term))])
        else:
            slipped.append(slips(text, term[:reach]) or _longest_runs(text, term[:reach]))
    found: dict[str, _Place] = {}
    for places in slipped + whole:
        for start, end in places:
            word = text[start:end]
            if not any(_stands_only_in(text, word, better) for better in found):
                found[word] = (start, end)
    return tuple(found.values())[:_MOST]


def _stands_only_in(text: str, word: str, longer: str) -> bool:
    return word in longer and text.count(word) == text.count(longer)


def slips(text: str, term: str) -> list[_Place]:
    """Where a folded text has a term with one character wrong, missing, extra or two swapped, likeliest first.

    The text has to end with a mark. Terms that are too short or too long to tell have none.
    """
    if not 2 <= len(term) <= _LONGEST_SLIP:
        return []
    places: list[_Place] = []
    inner, edges = range(1, len(term) - 1), (0, len(term) - 1)
    # Slips at the edges come last: without its first or last character a term is part of many words.
    for kind in (
        _one_wrong(text, term, inner),
        _one_missing(text, term),
        _one_extra(text, term, inner),
        _swapped(text, term),
        _one_wrong(text, term, edges),
        _one_extra(text, term, edges),
    ):
        places += _most_frequent(text, kind)
    # Of two characters one is too little to go by for more than a guess.
    return places[:1] if len(term) == 2 else places


def _most_frequent(text: str, places: Iterator[_Place]) -> list[_Place]:
    """One place of each word, the most frequent word first, then as printed."""
    first: dict[str, _Place] = {}
    counts: Counter[str] = Counter()
    for start, end in places:
        word = text[start:end]
        first.setdefault(word, (start, end))
        counts[word] += 1
    return [first[word] for word in sorted(counts, key=lambda word: (-counts[word], first[word]))]


def _one_wrong(text: str, term: str, positions: Iterable[int]) -> Iterator[_Place]:
    for at in positions:
        yield from _gapped(text, term[:at], term[at + 1 :])


def _one_missing(text: str, term: str) -> Iterator[_Place]:
    for at in range(1, len(term)):
        yield from _gapped(text, term[:at], term[at:])


def _one_extra(text: str, term: str, positions: Iterable[int]) -> Iterator[_Place]:
    if len(term) > 2:
        for at in positions:
            yield from _all_places(text, term[:at] + term[at + 1 :])


def _swapped(text: str, term: str) -> Iterator[_Place]:
    for at in range(len(term) - 1):
        yield from _all_places(text, term[:at] + term[at + 1] + term[at] + term[at + 2 :])


def _gapped(text: str, before: str, after: str) -> Iterator[_Place]:
    """Where ``before``, any one letter or digit, and ``after`` stand in a row."""
    if len(before) >= len(after):
        for start, end in _all_places(text, before):
            if text[end].isalnum() and text.startswith(after, end + 1):
                yield start, end + 1 + len(after)
    else:
        for start, end in _all_places(text, after):
            gap = start - 1
            if gap >= len(before) and text[gap].isalnum() and text.endswith(before, 0, gap):
                yield gap - len(before), end


def _all_places(text: str, word: str) -> Iterator[_Place]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def runs(find: Callable[[str], int], term: str) -> Iterator[tuple[int, int, int]]:
    """(where in the term, length, what ``find`` gives) of the longest run that is found, then of those beside it."""
    pieces = [(0, len(term))]
    while pieces:
        first, last = pieces.pop(0)
        begin, length, at = _longest_run(find, term[first:last])
        if length:
            begin += first
            pieces += [(first, begin), (begin + length, last)]
            yield begin, length, at


def _longest_runs(text: str, term: str) -> list[_Place]:
    """The longest run of a term that stands in a text, then those beside it, each grown to a whole word."""
    found: list[_Place] = []
    for _, length, at in runs(text.find, term):
        start, end = _without_marks(text, at, at + length)
        if end - start > 1:
            found.append(_grown(text, start, end))
        if len(found) == _MOST:
            break
    return found


def _longest_run(find: Callable[[str], int], term: str) -> tuple[int, int, int]:
    """The first longest run of two characters or more that is found; length 0 if none is."""
    found = (0, 0, 0)
    length = 1
    for start in range(len(term)):
        while start + length < len(term) and (at := find(term[start : start + length + 1])) >= 0:
            length += 1
            found = (start, length, at)
    return found


def _without_marks(text: str, start: int, end: int) -> _Place:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _grown(text: str, start: int, end: int) -> _Place:
    """A range widened to whole Latin words and numbers, or to the short quoted term it stands in."""
    while start and _is_latin(text[start - 1]) and _is_latin(text[start]):
        start -= 1
    while _is_latin(text[end]) and _is_latin(text[end - 1]):
        end += 1
    opening = text.rfind('"', max(0, end - _LONGEST_QUOTED), start)
    closing = text.find('"', end, start + _LONGEST_QUOTED)
    line = text[opening + 1 : closing] if 0 <= opening < closing else ""
    # Folding makes one mark of “ and ”: an even number of marks stands before one that opens.
    before = text.count('"', text.rfind("\n", 0, opening) + 1, opening)
    return (opening + 1, closing) if line.isalnum() and before % 2 == 0 else (start, end)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
