"""One search: the exact group, headings, the related group, readings and suggestions together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

from index.candidates import INITIALS, PINYIN
from index.exact import Exact, TitleHit
from index.query import Clause, Query, parse
from index.readings import Reading

if TYPE_CHECKING:
    # Its libraries take long to load; whoever hands a Related in has loaded them when there was time.
    from index.related import Related, RelatedHit

_REMEMBERED = 256
_MOST_OF_QUERY = 0.6
"""Share of a query that a reading of it has to be to come before what is related."""
_FEW = 2
"""Hits beside which a query is also understood otherwise."""
_MOST_RELATED = 10


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found. The groups never mix: no measure is in both ``exact`` and ``related``.

    ``exact`` are measure ids in printed order, ``related`` best first; if nothing was found exactly, first of
    them are those that contain what the query probably means. ``readings`` are such meanings, best first, given
    where next to nothing was found: ``exact`` is never changed by them. ``suggestions`` are words that do stand
    in the text (only if nothing was found exactly), ``took_ms`` the milliseconds this answer took.
    """

    query: Query
    exact: Sequence[str]
    titles: Sequence[TitleHit]
    related: "tuple[RelatedHit, ...]"
    readings: tuple[Reading, ...]
    suggestions: tuple[str, ...]
    took_ms: float


class Searcher:
    """Searches; without a ``Related`` the related group stays empty. Repeated queries cost nothing."""

    def __init__(self, exact: Exact, related: "Related | None" = None) -> None:
        self._exact = exact
        self._related = related
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._search)

    def search(self, text: str, scope: str = "") -> SearchResult:
        """What a query finds within a scope (see ``Exact``). Never raises for anything typed."""
        started = perf_counter()
        result = self._remembered(text, scope)
        return replace(result, took_ms=round((perf_counter() - started) * 1000, 3))

    def _search(self, text: str, scope: str) -> SearchResult:
        query = parse(text)
        exact = self._exact.search(query, scope)
        titles = self._exact.titles(query, scope)
        found = len(exact) + len(titles)
        readings = self._exact.readings(query) if found <= _FEW else ()
        suggestions: tuple[str, ...] = ()
        if not found:
            suggestions = tuple(dict.fromkeys(one.text for one in readings)) or self._exact.nearest(query)
        related: tuple[RelatedHit, ...] = ()
        if self._related and query.wanted:
            leads = not found and readings and self._is_convincing(self._related, query, readings[0])
            meant = readings[0] if leads else None
            related = self._related_to(self._related, query, meant, exact, scope)
        return SearchResult(query, exact, titles, related, readings, suggestions, 0.0)

    @staticmethod
    def _is_convincing(related: "Related", query: Query, reading: Reading) -> bool:
        """Whether a query surely means its reading: in letters it is no Chinese; else it is most of what was typed, and
        nothing in it is a word that the thesaurus knows."""
        if reading.kind in (PINYIN, INITIALS):
            return True
        typed = sum(map(len, query.wanted))
        return len(reading.text) >= _MOST_OF_QUERY * typed and not related.knows(query.text)

    def _related_to(
        self, related: "Related", query: Query, meant: Reading | None, exact: Sequence[str], scope: str
    ) -> "tuple[RelatedHit, ...]":
        """What is related to a query, or to what it probably means: then first the measures that contain that."""
        offered: Sequence[str] = ()
        if meant:
            offered = self._exact.search(parse(meant.query), scope)[:_MOST_RELATED]
        left_out = {*exact, *offered, *self._unwanted(query)}
        if not meant:
            return related.search(query.text, left_out, scope=scope)
        rest = related.search(f"{query.text} {meant.query}", left_out, scope=scope)
        from index.related import RelatedHit

        score = rest[0].score if rest else 1.0
        reason = f"{meant.kind}：{meant.text}"
        first = [RelatedHit(measure_id, score, reason) for measure_id in offered]
        return (*first, *rest)[:_MOST_RELATED]

    def _unwanted(self, query: Query) -> set[str]:
        """The measures that every alternative rules out."""
        if not all(clause.unwanted for clause in query.alternatives):
            return set()
        ruled_out = [
            set(self._exact.search(Query(tuple(Clause((term,)) for term in clause.unwanted))))
            for clause in query.alternatives
        ]
        return set.intersection(*ruled_out)
