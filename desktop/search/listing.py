"""The order and the groups in which hits are listed, as the reader has chosen them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from content import citation
from content.folding import fold
from content.model import Document
from desktop.search.finder import Findings, HitSpans, ReadingHits
from index.exact import Span
from index.ordering import Passage, by_relevance
from index.query import parse


class Order(Enum):
    """What comes first."""

    PRINTED = "按原文"
    RELEVANCE = "按相关度"


class Grouping(Enum):
    """What hits are gathered under."""

    NONE = "不分组"
    PART = "按编"
    SECTION = "按节"


@dataclass(frozen=True, slots=True)
class Sorting:
    """How the reader wants hits listed."""

    order: Order = Order.PRINTED
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True, slots=True)
class Group:
    """Hits under a heading; the heading is empty where they are not gathered."""

    heading: str
    hits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """The hits of what was perhaps meant."""

    reading: ReadingHits
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Listing:
    """One search's hits as they are listed.

    ``readings`` stand in for what the words as typed do not find; ``offered`` are readings whose hits are not shown.
    """

    exact: tuple[Group, ...] = ()
    readings: tuple[ReadingGroup, ...] = ()
    offered: tuple[ReadingHits, ...] = ()

    @cached_property
    def hits(self) -> tuple[str, ...]:
        """What the reader steps through, each measure once."""
        groups = [*self.exact, *(group for one in self.readings for group in one.groups)]
        return tuple(dict.fromkeys(one for group in groups for one in group.hits))

    def spans(self, findings: Findings) -> "Spans":
        """Where the words of the listed hits stand."""
        return Spans([findings.spans, *(one.reading.spans for one in self.readings)])


class Spans:
    """The marks of several searches over one text; a measure has those of the first that finds it."""

    def __init__(self, sources: Sequence[HitSpans]) -> None:
        self._sources = sources

    def get(self, measure_id: str, default: Sequence[Span] = (), /) -> Sequence[Span]:
        """The half-open character ranges to mark in a measure."""
        found = (source.get(measure_id) for source in self._sources)
        return next((spans for spans in found if spans), default)


class Lister:
    """Lists the findings in one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._passages: dict[str, Passage] = {}

    def listing(self, findings: Findings, sorting: Sorting, *, literal: bool = False) -> Listing:
        """What is listed; ``literal``: the reader wants his words taken as they are."""
        exact = self._groups(findings.text, findings.exact, sorting)
        if literal or findings.exact or findings.own:
            # Words that the reader has written himself are meant as they are typed.
            return Listing(exact, offered=findings.readings)
        return Listing(
            exact,
            tuple(
                ReadingGroup(one, self._groups(one.query, one.exact, sorting)) for one in findings.readings
            ),
        )

    def _groups(self, text: str, hits: Sequence[str], sorting: Sorting) -> tuple[Group, ...]:
        if sorting.order is Order.RELEVANCE and len(hits) > 1:
            hits = by_relevance(parse(text), self._passages_of(hits))
        if not hits or sorting.grouping is Grouping.NONE:
            return (Group("", tuple(hits)),) if hits else ()
        gathered: dict[tuple[tuple[int, int], str], list[str]] = {}
        for one in hits:
            gathered.setdefault(self._heading(one, sorting.grouping), []).append(one)
        return tuple(Group(heading, tuple(members)) for (_, heading), members in gathered.items())

    def _passages_of(self, hits: Iterable[str]) -> Iterator[Passage]:
        for one in hits:
            if one not in self._passages:
                place = self._document.places[one]
                self._passages[one] = Passage(one, fold(place.measure.text), fold(place.section.title))
            yield self._passages[one]

    def _heading(self, measure_id: str, grouping: Grouping) -> tuple[tuple[int, int], str]:
        """What a hit is gathered under, and its heading: what is printed after the last part is no part's."""
        place = self._document.places[measure_id]
        if place.part.number == 0:
            return place.section_key, citation.short(self._document, measure_id).rpartition("第")[0]
        if grouping is Grouping.SECTION and place.section.number:
            name = citation.section_name(place.part, place.section)
            return place.section_key, f"{name}{place.section.title}"
        return (place.part.number, 0), f"{place.part.label}{place.part.heading}"


def counts_by_section(document: Document, hits: Iterable[str]) -> Mapping[tuple[int, int], int]:
    """How many of the hits stand in each section that has any."""
    counts: dict[tuple[int, int], int] = {}
    for one in hits:
        key = document.places[one].section_key
        counts[key] = counts.get(key, 0) + 1
    return counts
