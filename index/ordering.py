"""The order of hits by relevance: a pure function of the query and of the words of each hit.

No weights: hits are compared by one thing after another, so that the reader can be told why one stands first.

1. how many of the words that are looked for stand in the heading over the hit;
2. how many of them stand in the hit (only ``|`` leaves a choice);
3. how closely they stand together there: the fewest characters between them;
4. how often they stand there;
5. the printed order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.query import Clause, Query

_Found = tuple[int, int, int]
"""Where a term stands, and which one it is: (start, end, number)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit: its id, its folded words and the folded heading it stands under."""

    id: str
    text: str
    heading: str


def by_relevance(query: Query, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The ids of passages, which are given in printed order, best first."""
    return tuple(passage.id for passage in sorted(passages, key=lambda passage: _rank(query, passage)))


def _rank(query: Query, passage: Passage) -> tuple[int, int, int, int]:
    """What is compared; less is better."""
    satisfied = [clause for clause in query.alternatives if clause.accepts(passage.text)]
    terms = {term for clause in satisfied for term in clause.wanted}
    in_heading = sum(term in passage.heading for term in terms)
    apart = min((_apart(passage.text, clause) for clause in satisfied), default=0)
    often = sum(passage.text.count(term) for term in terms)
    return -in_heading, -len(terms), apart, -often


def _apart(text: str, clause: Clause) -> int:
    """The fewest characters that stand between the terms of a clause, all of which the text contains."""
    if len(clause.wanted) < 2:
        return 0
    last: dict[int, _Found] = {}
    nearest = len(text)
    for found in sorted(_occurrences(text, clause)):
        last[found[2]] = found
        if len(last) == len(clause.wanted):
            nearest = min(nearest, _gap(last.values()))
    return nearest


def _gap(found: Iterable[_Found]) -> int:
    """The characters within the reach of these places that belong to none of them."""
    gap, reached = 0, -1
    for start, end, _ in sorted(found):
        if reached >= 0:
            gap += max(0, start - reached)
        reached = max(reached, end)
    return gap


def _occurrences(text: str, clause: Clause) -> Iterator[_Found]:
    for number, term in enumerate(clause.wanted):
        at = text.find(term)
        while at >= 0:
            yield at, at + len(term), number
            at = text.find(term, at + 1)
