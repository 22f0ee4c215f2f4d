"""The search that is going on: what was asked, where, and what has been found so far."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from content import citation
from content.citation import Target
from content.model import Document
from desktop.jobs import Jobs
from desktop.notebook.model import Entry
from desktop.notebook.own_words import FoldedWords, own_words
from desktop.search.scope import Scope
from index.exact import Exact, Span, TitleHit
from index.query import Query, parse
from index.readings import TRADITIONAL, Reading
from index.search import Searcher, SearchResult

if TYPE_CHECKING:
    # Whoosh and jieba take long to load; the application does so after the first paint.
    from index.related import Related, RelatedHit

RELATED_DELAY_MS = 100
"""Pause in the typing after which related measures are looked for."""


class HitSpans:
    """Where the words of a query stand in a measure, worked out when it is looked at."""

    def __init__(self, exact: Exact, query: Query, hits: frozenset[str]) -> None:
        self._exact = exact
        self._query = query
        self._hits = hits

    def get(self, measure_id: str, default: Sequence[Span] = (), /) -> Sequence[Span]:
        """The half-open character ranges to mark in a measure."""
        return self._exact.spans(measure_id, self._query) if measure_id in self._hits else default


@dataclass(frozen=True, slots=True)
class ReadingHits:
    """What other words find that were perhaps meant: ``text`` for those typed, ``query`` with them in place.

    ``kind`` says how they were come by (拼音, 首字母, 同音, 一字之差, 繁体, 标点).
    """

    text: str
    query: str
    kind: str
    exact: Sequence[str]
    titles: Sequence[TitleHit]
    spans: HitSpans


@dataclass(frozen=True, slots=True)
class OwnHit:
    """An entry of the reader's own that was found, and the measure it stands at; empty if at none."""

    entry: Entry
    measure_id: str


@dataclass(frozen=True)
class Findings:
    """One search's answer. ``related`` is None while it is still being looked for."""

    text: str
    scope: Scope
    target: Target | None
    exact: Sequence[str]
    titles: Sequence[TitleHit]
    own: tuple[OwnHit, ...]
    suggestions: tuple[str, ...]
    spans: HitSpans
    related: "tuple[RelatedHit, ...] | None"
    readings: tuple[ReadingHits, ...] = ()

    def own_of(self, *kinds: type[Entry]) -> tuple[OwnHit, ...]:
        """What was found among the reader's own entries of some kinds."""
        return tuple(hit for hit in self.own if isinstance(hit.entry, kinds))


class Finder(QObject):
    """Answers a query at once from the text, and a little later with what is related."""

    found = Signal(object)
    own_found = Signal(object)
    cleared = Signal()

    def __init__(
        self,
        document: Document,
        exact: Exact,
        jobs: Jobs,
        own: Callable[[], Iterable[Entry]],
        parent: QObject | None = None,
        where: Callable[[Entry], str] = lambda entry: entry.anchor.measure,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._exact = exact
        self._jobs = jobs
        self._own = own
        self._where = where
        self._own_words = FoldedWords(own_words)
        self._plain = self._searcher = Searcher(exact)
        self._has_related = False
        self.findings: Findings | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(RELATED_DELAY_MS)
        self._pause.timeout.connect(self._look_for_related)
        self._id_scope = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will come for the present query."""
        return self.findings is None or self.findings.related is not None or not self._has_related

    def use_related(self, related: "Related") -> None:
        """From now on look for related measures too, also for what has been asked already."""
        self._searcher = Searcher(self._exact, related)
        self._has_related = True
        if self.findings is not None and self.findings.scope is not Scope.NOTES:
            self._pause.start()

    def search(self, text: str, scope: Scope, part_and_section: tuple[int, int]) -> None:
        """Find; blank text clears. ``part_and_section`` is where 本编 and 本节 are."""
        self._jobs.silence("related")
        self._pause.stop()
        if not text.strip():
            self.findings = None
            self.cleared.emit()
            return
        query = parse(text)
        self._id_scope = self._scope_id(scope, part_and_section)
        in_text = scope is not Scope.NOTES
        # Only exact search is quick enough for every key: what is related is looked for in a pause.
        at_once = self._plain.search(text, self._id_scope) if in_text else None
        exact = at_once.exact if at_once else ()
        target = citation.find(self._document, text)
        self.findings = Findings(
            text=text,
            scope=scope,
            target=target,
            exact=exact,
            titles=at_once.titles if at_once else (),
            own=self._find_own(query, scope),
            suggestions=at_once.suggestions if at_once and not self._stands_elsewhere(query) else (),
            spans=HitSpans(self._exact, query, frozenset(exact)),
            related=None if in_text else (),
            readings=() if target else self._read(at_once),
        )
        self.found.emit(self.findings)
        if in_text and self._has_related:
            self._pause.start()

    def clear(self) -> None:
        """End the search."""
        self.search("", Scope.ALL, (0, 0))

    def count(self, text: str, scope: Scope = Scope.ALL, part_and_section: tuple[int, int] = (0, 0)) -> int:
        """How many measures, or notes, a query would find; the search that is going on is left alone."""
        if scope is Scope.NOTES:
            return len(self._find_own(parse(text), scope))
        return len(self._exact.search(parse(text), self._scope_id(scope, part_and_section)))

    def _scope_id(self, scope: Scope, place: tuple[int, int]) -> str:
        part, section = place
        if scope is Scope.PART:
            return f"{self._document.id}/{part}"
        if scope is Scope.SECTION:
            return f"{self._document.id}/{part}.{section}"
        return ""

    def _stands_elsewhere(self, query: Query) -> bool:
        """Whether the words are missing in the scope only: then they are no slip of the pen."""
        return bool(self._id_scope) and bool(self._exact.search(query))

    def refresh_own(self) -> None:
        """Look again among the reader's own entries, which have changed."""
        if self.findings is None:
            return
        own = self._find_own(parse(self.findings.text), self.findings.scope)
        if own != self.findings.own:
            self.findings = replace(self.findings, own=own)
            self.own_found.emit(self.findings)

    def _find_own(self, query: Query, scope: Scope) -> tuple[OwnHit, ...]:
        """The reader's entries whose own words are what is asked for."""
        if not query.wanted or scope not in (Scope.NOTES, Scope.ALL):
            return ()
        found = self._own_words.find(
            self._own(), lambda words: any(clause.accepts(words) for clause in query.alternatives)
        )
        return tuple(OwnHit(entry, self._where(entry)) for entry in found)

    def _look_for_related(self) -> None:
        searcher, findings, scope = self._searcher, self.findings, self._id_scope
        if findings is None:
            return
        text = findings.text
        self._jobs.run(
            lambda: searcher.search(text, scope),
            lambda result: self._add_related(findings, result),
            "related",
        )

    def _add_related(self, asked: Findings, result: SearchResult) -> None:
        if self.findings is asked:
            readings = asked.readings if asked.readings or asked.target else self._read(result)
            self.findings = replace(asked, related=tuple(result.related), readings=readings)
            self.found.emit(self.findings)

    def _read(self, result: SearchResult | None) -> tuple[ReadingHits, ...]:
        """What the readings of a result find in the scope; one that finds nothing is none, nor is another script."""
        readings = result.readings if result is not None else ()
        found = (self._hits_of(reading) for reading in readings if reading.kind != TRADITIONAL)
        return tuple(hits for hits in found if hits.exact or hits.titles)

    def _hits_of(self, reading: Reading) -> ReadingHits:
        query = parse(reading.query)
        exact = self._exact.search(query, self._id_scope)
        return ReadingHits(
            text=reading.text,
            query=reading.query,
            kind=reading.kind,
            exact=exact,
            titles=self._exact.titles(query, self._id_scope),
            spans=HitSpans(self._exact, query, frozenset(exact)),
        )
