"""Readings: what a query that stands nowhere in a text may have been meant to say.

Typed by its pinyin or initials, with a character that sounds or looks like the right one, with a slip of the
finger, without marks that the text has: each becomes words that do stand in the text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from content.folding import fold
from index.candidates import INITIALS, MARKS, PINYIN, SLIP, SOUND, Candidate, Candidates
from index.lines import Lines
from index.query import Clause, Query, Term, parse, terms
from index.spelling import BREAK, is_letter

__all__ = ["INITIALS", "MARKS", "PINYIN", "SLIP", "SOUND", "TRADITIONAL", "Reading", "Readings"]

TRADITIONAL = "繁体"

_ALL_MARKS = re.compile(r"[^\w\n]|_")
_LONGEST = 1000
"""Characters up to which a query is read: of more nothing was mistyped but something pasted."""
_MOST_TERMS = 8
"""Terms of a query that are read."""
_MOST_LINES = 200
"""Lines of the text in which the terms of a query are looked for together."""
_MISTYPED_LETTERS = range(3, 9)
"""How many letters an abbreviation such as QFLP has that is looked for with a slip in it."""
_AS_MEANT = str.maketrans({"|": "｜", '"': "“"})
"""Operators of the query language → characters that are searched for and fold to the same."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a query.

    ``text`` are words as they stand in the text, ``query`` the whole query with them in the place of what was
    typed, ``kind`` one of 拼音, 首字母, 同音, 一字之差, 繁体, 标点.
    """

    text: str
    query: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of the query that is read as one, and what it can mean, best first."""

    start: int
    end: int
    candidates: list[Candidate]


class Readings:
    """Reads queries by folded texts: measures, headings. Safe to be asked by many threads.

    ``printed`` gives the words of a folded text as they are to be shown. Raises OSError if the tables or the
    dictionary of the program are missing.
    """

    def __init__(self, texts: Iterable[str], printed: Callable[[str], str] = str) -> None:
        self._printed = printed
        self._lines = Lines(texts)
        self._candidates = Candidates(self._lines)

    def read(self, query: Query | str, most: int = 5) -> tuple[Reading, ...]:
        """What a query may mean, best first; never raises.

        A term that stands in the text is left as it is, but for one in traditional characters, which is
        told, and for letters, which may be pinyin too.
        """
        typed = query if isinstance(query, str) else query.text or " ".join(query.wanted)
        if len(typed) > _LONGEST:
            return ()
        units = [unit for unit in self._units(typed, most) if unit.candidates]
        if not units:
            return ()
        readings: dict[Reading, int] = {}
        for chosen in islice(_choices([len(unit.candidates) for unit in units]), 2 * most):
            reading = self._reading(typed, units, chosen)
            together = self._together(parse(reading.query))
            if together:
                readings.setdefault(reading, -together)
        return tuple(sorted(readings, key=readings.__getitem__)[:most])

    def _units(self, typed: str, most: int) -> Iterator[_Unit]:
        wanted = [term for term in terms(typed) if not term.is_negated][:_MOST_TERMS]
        for (_, lettered), group in groupby(
            wanted, key=lambda term: (term.alternative, _is_pinyin(term.text))
        ):
            row = list(group)
            if lettered and len(row) > 1:
                together = BREAK.join(term.text for term in row)
                candidates = self._candidates.whole(together, most)
                if candidates:
                    yield _Unit(row[0].start, row[-1].end, candidates)
                    continue
            for term in row:
                yield _Unit(term.start, term.end, self._meanings(term, typed, most))

    def _meanings(self, term: Term, typed: str, most: int) -> list[Candidate]:
        text = term.text
        if text in self._lines:
            if _is_traditional(typed[term.start : term.end]):
                return [Candidate((text,), TRADITIONAL)]
            meant = self._candidates.whole(text, most) if _is_pinyin(text) else []
            return [candidate for candidate in meant if candidate.words != (text,)]
        return (
            self._with_other_marks(text)
            or self._candidates.whole(text, most)
            or self._slipped(text)
            or self._candidates.parts(text, most)
        )[:most]

    def _slipped(self, text: str) -> list[Candidate]:
        if _is_pinyin(text) and len(text) not in _MISTYPED_LETTERS:
            return []
        return self._candidates.slipped(text)

    def _with_other_marks(self, text: str) -> list[Candidate]:
        letters = _ALL_MARKS.sub("", text)
        return self._candidates.marked(letters) if len(letters) > 1 else []

    def _reading(self, typed: str, units: Sequence[_Unit], chosen: Sequence[int]) -> Reading:
        picked = [unit.candidates[number] for unit, number in zip(units, chosen, strict=True)]
        shown = [[self._printed(words) for words in candidate.words] for candidate in picked]
        query = typed
        for unit, words in reversed(list(zip(units, shown, strict=True))):
            query = query[: unit.start] + " ".join(map(_as_term, words)) + query[unit.end :]
        return Reading(" ".join(word for words in shown for word in words), query, picked[0].kind)

    def _together(self, query: Query) -> int:
        """2 if a line satisfies a clause of the query, 1 if all words of one stand in the text, else 0."""
        return max((self._clause_together(clause) for clause in query.alternatives), default=0)

    def _clause_together(self, clause: Clause) -> int:
        if not clause.wanted or not all(term in self._lines for term in clause.wanted):
            return 0
        longest = max(clause.wanted, key=len)
        lines = islice(self._lines.holding(longest), _MOST_LINES)
        return 2 if any(map(clause.accepts, lines)) else 1


def _choices(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The first of everything, then each other one with the first of the rest."""
    yield (0,) * len(numbers)
    for at, number in enumerate(numbers):
        for other in range(1, number):
            yield (0,) * at + (other,) + (0,) * (len(numbers) - at - 1)


def _as_term(words: str) -> str:
    """Words so written that the query language takes them for one term."""
    term = "".join(words.split()).translate(_AS_MEANT)
    return f"－{term[1:]}" if term.startswith("-") else term


def _is_pinyin(text: str) -> bool:
    """Whether a folded term holds only what pinyin is written with."""
    return all(
        is_letter(one) or one == "'" or unicodedata.combining(one)
        for one in unicodedata.normalize("NFD", text)
    )


def _is_traditional(typed: str) -> bool:
    return any(
        fold(one) != plain and len(plain) == 1 and plain.isalpha()
        for one in typed
        if not one.isascii() and (plain := unicodedata.normalize("NFKC", one).casefold())
    )
