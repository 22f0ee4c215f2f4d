"""相关条目: the measures most like a measure, not by the same words only, each with what they share.

Shared words count by their rarity (BM25 of the measure's own words as a query), quoted terms and the official words for each
other's words (the thesaurus) besides; words that stand in every tenth measure count for nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from content.folding import fold

_COMMON = 0.1
"""Share of the measures from which on a word is too common to make two alike."""
_QUOTED_WEIGHT = 1.5
_SENSE_WEIGHT = 0.8
_LEAST = 0.15
"""Share of what a measure has in common with itself below which another is not like it."""
_TOLD = 4
_QUOTED = re.compile(r'"([^"]{2,24})"')

Postings = Callable[[str], tuple[Sequence[int], Sequence[float]]]
"""A folded word → the numbers of the measures that have it, and its score in each."""


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A measure that is like another: its id, how much (1 is the same), and in Chinese what they share."""

    measure_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Shared:
    """What makes measures alike: its kind, the word as told, and how much it says for each measure, by number."""

    kind: str
    word: str
    scores: Mapping[int, float]


class Similarity:
    """Compares the measures of some documents, given by ids and texts; numbers are places in these lists.

    ``words`` gives the folded words of a text, ``postings`` where a word stands, ``terms`` pairs of a word of a text and
    where else its official names stand, with how much each says.
    """

    def __init__(
        self,
        ids: Sequence[str],
        texts: Sequence[str],
        words: Callable[[str], Iterable[str]],
        postings: Postings,
        terms: Callable[[str], Iterable[tuple[str, Mapping[int, float]]]],
    ) -> None:
        self._ids = ids
        self._texts = texts
        self._words = words
        self._postings = postings
        self._terms = terms
        self._numbers = {measure_id: number for number, measure_id in enumerate(ids)}

    def similar(self, measure_id: str, limit: int = 8) -> tuple[SimilarHit, ...]:
        """The measures most like one, best first. Raises KeyError for an unknown id."""
        here = self._numbers[measure_id]
        shared = [*self._quoted(here), *self._same_words(here), *self._near_terms(here)]
        totals: defaultdict[int, float] = defaultdict(float)
        for one in shared:
            for number, score in one.scores.items():
                totals[number] += score
        whole = totals.pop(here, 0.0) or 1.0
        best = sorted(totals, key=lambda number: (-totals[number], number))
        return tuple(
            SimilarHit(self._ids[number], round(min(totals[number] / whole, 1.0), 4), _told(shared, number))
            for number in best[:limit]
            if totals[number] >= _LEAST * whole
        )

    def _same_words(self, here: int) -> Iterable[_Shared]:
        most = max(3.0, _COMMON * len(self._ids))
        for word in dict.fromkeys(self._words(self._texts[here])):
            numbers, scores = self._postings(word)
            if len(numbers) <= most:
                yield _Shared("同词", word, dict(zip(numbers, scores, strict=True)))

    def _quoted(self, here: int) -> Iterable[_Shared]:
        for term in dict.fromkeys(_QUOTED.findall(fold(self._texts[here]))):
            inside = [number for number, text in enumerate(self._texts) if term in fold(text)]
            if len(inside) > 1:
                score = _QUOTED_WEIGHT * log(1 + len(self._ids) / len(inside))
                yield _Shared("术语", f"“{term}”", dict.fromkeys(inside, score))

    def _near_terms(self, here: int) -> Iterable[_Shared]:
        for word, scores in self._terms(self._texts[here]):
            weighed = {number: _SENSE_WEIGHT * score for number, score in scores.items() if number != here}
            yield _Shared("近义", word, weighed)


def _told(shared: Iterable[_Shared], number: int) -> str:
    """What two measures share, what says most first, at most four words: 术语：“一件事”；同词：联办."""
    found = sorted((one for one in shared if number in one.scores), key=lambda one: -one.scores[number])
    words = [one.word for one in found]
    kept = [one for one in found if not any(one.word.strip("“”") in word != one.word for word in words)][
        :_TOLD
    ]
    kinds = dict.fromkeys(one.kind for one in kept)
    return "；".join(f"{kind}：{'、'.join(one.word for one in kept if one.kind == kind)}" for kind in kinds)
