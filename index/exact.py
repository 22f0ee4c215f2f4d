"""原文命中: which measures contain the words of a query, and where in them the words stand."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Protocol

from content.folding import Folded, fold, fold_with_offsets
from content.model import Document
from index.nearest import nearest
from index.query import Clause, Query
from index.readings import Reading, Readings

_SEPARATOR = "\n"
"""Stands between folded texts; folding drops white space, so no term can contain it."""

_KEPT_FOLDS = 4096
"""Measures whose offset map is remembered; what is on the screen is a few dozen."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A heading that contains every term.

    ``place`` is ``<document>``, ``<document>/<part>`` or ``<document>/<part>.<section>``; ``text`` the
    heading as printed without its closing mark; ``spans`` the character ranges of the terms in it.
    """

    place: str
    text: str
    spans: tuple[Span, ...]


class Exact(Protocol):
    """What finds measures by their words: no true hit is missed and none is false, at any length of a term.

    Answers are in printed order. A scope is the beginning of an id: "" is everything, ``shanghai-2023`` a document,
    ``shanghai-2023/2`` a part, ``shanghai-2023/2.3`` a section.
    """

    def search(self, query: Query, scope: str = "") -> Sequence[str]:
        """The ids of the measures that satisfy a query, within a scope."""

    def titles(self, query: Query, scope: str = "") -> Sequence[TitleHit]:
        """The headings of parts and sections, and document titles, that satisfy a query."""

    def spans(self, measure_id: str, query: Query) -> tuple[Span, ...]:
        """The character ranges, half open, in a measure's text where wanted terms of a query stand.

        Only clauses that the measure satisfies count; occurrences that overlap are one range. Raises
        KeyError for an unknown measure.
        """

    def nearest(self, query: Query) -> tuple[str, ...]:
        """Words near to the query that do stand in the text, as printed, nearest first; at most five."""

    def readings(self, query: Query) -> tuple[Reading, ...]:
        """Other ways to understand a query, best first; their words are as printed. See ``Readings.read``."""


class ExactIndex:
    """The folded texts of all measures as one string to be scanned: for a few documents (see ``index.choice``)."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._ids: list[str] = []
        self._texts: list[str] = []
        for document in documents:
            for measure in document.measures:
                self._ids.append(measure.id)
                self._texts.append(measure.text)
        self._headings = [heading for document in documents for heading in headings(document)]
        self._all_headings = _SEPARATOR.join(folded for _, _, folded in self._headings)
        # The headings stand behind the measures: suggestions come from them too, hits do not.
        self._texts += [text for _, text, _ in self._headings]
        folds = [fold(text) for text in self._texts]
        self._joined = _SEPARATOR.join(folds) + _SEPARATOR
        self._starts = [0, *accumulate(len(folded) + 1 for folded in folds)]
        self._numbers = {measure_id: number for number, measure_id in enumerate(self._ids)}
        self._runs = lru_cache(maxsize=64)(self._runs_in)
        self._folded = lru_cache(maxsize=_KEPT_FOLDS)(self._fold)

    def search(self, query: Query, scope: str = "") -> tuple[str, ...]:
        """The ids of the measures that satisfy a query, within a scope (see ``Exact``)."""
        found: Iterable[int]
        if len(query.alternatives) == 1:
            found = self._satisfying(query.alternatives[0], scope)
        else:
            found = sorted(
                {number for clause in query.alternatives for number in self._satisfying(clause, scope)}
            )
        return tuple([self._ids[number] for number in found])

    def spans(self, measure_id: str, query: Query) -> tuple[Span, ...]:
        """Where wanted terms of a query stand in a measure (see ``Exact``). Raises KeyError."""
        number = self._numbers[measure_id]
        start, end = self._starts[number], self._starts[number + 1] - 1
        terms = relevant_terms(query, self._joined[start:end])
        return ranges(self._folded(number), terms) if terms else ()

    def titles(self, query: Query, scope: str = "") -> tuple[TitleHit, ...]:
        """The headings of parts and sections, and document titles, that satisfy a query."""
        # A pasted page has thousands of clauses, of which few can be satisfied by any heading.
        possible = Query(
            tuple(
                clause
                for clause in query.alternatives
                if clause.wanted and all(term in self._all_headings for term in clause.wanted)
            )
        )
        hits = []
        for place, text, folded in self._headings if possible.alternatives else ():
            if is_within(place, scope):
                terms = relevant_terms(possible, folded)
                if terms:
                    hits.append(TitleHit(place, text, ranges(fold_with_offsets(text), terms)))
        return tuple(hits)

    def nearest(self, query: Query) -> tuple[str, ...]:
        """Words near to the query that do stand in the text, as printed, nearest first; at most five."""
        return tuple(
            dict.fromkeys(self._printed(start, end) for start, end in nearest(self._joined, query.wanted))
        )

    def readings(self, query: Query) -> tuple[Reading, ...]:
        """Other ways to understand a query, best first; their words are as printed. See ``Readings.read``."""
        return self._readings.read(query)

    @cached_property
    def _readings(self) -> Readings:
        return Readings(self._joined.split(_SEPARATOR)[:-1], self._first_printed)

    def _first_printed(self, word: str) -> str:
        """A folded word of the texts as it is printed where it stands first."""
        at = self._joined.index(word)
        return self._printed(at, at + len(word))

    def _satisfying(self, clause: Clause, scope: str) -> list[int]:
        found: list[int] | None = None
        # The longest term leaves the fewest candidates for the others.
        for term in sorted(clause.wanted, key=len, reverse=True):
            found = self._containing(term, scope) if found is None else self._keep(found, term, True)
            if not found:
                return []
        if found is None:
            found = [number for run in self._runs(scope) for number in run]
        for term in clause.unwanted:
            found = self._keep(found, term, False)
        return found

    def _containing(self, term: str, scope: str) -> list[int]:
        joined, starts = self._joined, self._starts
        find = joined.find
        found = []
        for run in self._runs(scope):
            end = starts[run.stop]
            number = run.start
            at = find(term, starts[number], end)
            while at >= 0:
                if at >= starts[number + 1]:
                    number = bisect_right(starts, at, number + 1) - 1
                found.append(number)
                number += 1
                at = find(term, starts[number], end)
        return found

    def _keep(self, numbers: list[int], term: str, present: bool) -> list[int]:
        find, starts = self._joined.find, self._starts
        return [
            number for number in numbers if (find(term, starts[number], starts[number + 1]) >= 0) is present
        ]

    def _runs_in(self, scope: str) -> tuple[range, ...]:
        return runs_within(self._ids, scope)

    def _fold(self, number: int) -> Folded:
        return fold_with_offsets(self._texts[number])

    def _printed(self, start: int, end: int) -> str:
        number = bisect_right(self._starts, start) - 1
        before = self._starts[number]
        first, last = self._folded(number).original_range(start - before, end - before)
        return self._texts[number][first:last]


def headings(document: Document) -> Iterator[tuple[str, str, str]]:
    """(place, text, folded text) of every heading."""
    yield document.id, document.title, fold(document.title)
    for part in document.parts:
        text = f"{part.label}{part.heading}"
        if text:
            yield f"{document.id}/{part.number}", text, fold(text)
        for section in part.sections:
            text = f"{section.label}{section.title}"
            if text:
                yield f"{document.id}/{part.number}.{section.number}", text, fold(text)


def is_within(place: str, scope: str) -> bool:
    """Whether a measure, section, part or document stands within a scope."""
    # A document's id may contain full stops: after it only "/" is a border.
    border = "." if "/" in scope else "/"
    return not scope or place == scope or place.startswith(scope + border)


def runs_within(places: Sequence[str], scope: str) -> tuple[range, ...]:
    """The numbers of the places that stand within a scope, as few ranges as can be."""
    if not scope:
        return (range(len(places)),) if places else ()
    runs: list[range] = []
    for number, place in enumerate(places):
        if not is_within(place, scope):
            continue
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return tuple(runs)


def relevant_terms(query: Query, folded: str) -> list[str]:
    """The wanted terms of the clauses that a folded text satisfies."""
    return [term for clause in query.alternatives if clause.accepts(folded) for term in clause.wanted]


def ranges(folded: Folded, terms: Iterable[str]) -> tuple[Span, ...]:
    """The ranges of the original text in which terms stand; those that overlap are one."""
    single = sorted(
        folded.original_range(at, at + len(term)) for term in terms for at in _occurrences(folded.text, term)
    )
    merged: list[Span] = []
    for start, end in single:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _occurrences(text: str, term: str) -> Iterator[int]:
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + 1)
