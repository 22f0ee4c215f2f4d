"""One search: the exact group, headings, the related group and suggestions together."""

from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

from index.exact import ExactIndex, TitleHit
from index.query import Clause, Query, parse

if TYPE_CHECKING:
    # Its libraries take long to load; whoever hands a Related in has loaded them when there was time.
    from index.related import Related, RelatedHit

_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found. The groups never mix: no measure is in both ``exact`` and ``related``.

    ``exact`` are measure ids in printed order, ``related`` best first, ``suggestions`` words that do stand in
    the text (only if nothing was found exactly), ``took_ms`` the milliseconds this answer took.
    """

    query: Query
    exact: tuple[str, ...]
    titles: tuple[TitleHit, ...]
    related: "tuple[RelatedHit, ...]"
    suggestions: tuple[str, ...]
    took_ms: float


class Searcher:
    """Searches; without a ``Related`` the related group stays empty. Repeated queries cost nothing."""

    def __init__(self, exact: ExactIndex, related: "Related | None" = None) -> None:
        self._exact = exact
        self._related = related
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._search)

    def search(self, text: str, scope: str = "") -> SearchResult:
        """What a query finds within a scope (see ``ExactIndex.search``). Never raises for anything typed."""
        started = perf_counter()
        result = self._remembered(text, scope)
        return replace(result, took_ms=round((perf_counter() - started) * 1000, 3))

    def _search(self, text: str, scope: str) -> SearchResult:
        query = parse(text)
        exact = self._exact.search(query, scope)
        titles = self._exact.titles(query, scope)
        related: tuple[RelatedHit, ...] = ()
        if self._related and query.wanted:
            related = self._related.search(text, {*exact, *self._unwanted(query)}, scope=scope)
        suggestions = () if exact or titles else self._exact.nearest(query)
        return SearchResult(query, exact, titles, related, suggestions, 0.0)

    def _unwanted(self, query: Query) -> set[str]:
        """The measures that every alternative rules out."""
        ruled_out = [
            set(self._exact.search(Query(tuple(Clause((term,)) for term in clause.unwanted))))
            for clause in query.alternatives
        ]
        return set.intersection(*ruled_out)
