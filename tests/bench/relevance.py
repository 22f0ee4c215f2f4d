"""How good related search is: ``python -m tests.bench.relevance``.

MRR@10 of exact hits followed by related ones, on the development queries and on both halves of our own (``tests/index``; the
held-out half was never looked at while weights and thesaurus were made), beside the same without the thesaurus and beside
plain BM25 over jieba's words and over pairs of characters (Robertson and Zaragoza 2009; k1 1.2, b 0.3). Then the shares of our
own queries, by kind, with an answer among the first three.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

from content.folding import fold
from content.library import Library
from content.model import Document
from index.exact import ExactIndex
from index.related import DICTIONARY, Related
from index.search import Searcher
from index.segmentation import Segmenter
from index.thesaurus import Thesaurus
from tests.index.judged import Half, Judged, judged, mean_reciprocal_rank, own

K1, B = 1.2, 0.3
Find = Callable[[str], Sequence[str]]


class Plain:
    """BM25 over whatever units a text is cut into, any of which may be missing."""

    def __init__(self, document: Document, units: Callable[[str], list[str]]) -> None:
        self._units = units
        self._ids = [measure.id for measure in document.measures]
        self._counts = [Counter(units(measure.text)) for measure in document.measures]
        self._average = sum(map(Counter.total, self._counts)) / len(self._counts)
        self._having = Counter(unit for counts in self._counts for unit in counts)

    def find(self, query: str) -> list[str]:
        """The best ten."""
        scores: defaultdict[int, float] = defaultdict(float)
        for unit in set(self._units(query)):
            having = self._having[unit]
            rarity = log(1 + (len(self._ids) - having + 0.5) / (having + 0.5))
            for number, counts in enumerate(self._counts):
                if counts[unit]:
                    long = K1 * (1 - B + B * counts.total() / self._average)
                    scores[number] += rarity * counts[unit] * (K1 + 1) / (counts[unit] + long)
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [self._ids[number] for number in best[:10]]


def pairs(text: str) -> list[str]:
    """Each two neighbouring letters."""
    letters = [character for character in fold(text) if character.isalnum()]
    return [one + other for one, other in pairwise(letters)] or letters


def ours(document: Document, thesaurus: Thesaurus | None) -> Find:
    """Exact hits, then related ones."""
    related = Related.open([document], None, thesaurus=thesaurus)
    searcher = Searcher(ExactIndex([document]), related)

    def find(query: str) -> list[str]:
        result = searcher.search(query)
        return [*result.exact, *(hit.measure_id for hit in result.related)]

    return find


def main() -> None:
    """Print both tables."""
    document = Library().document("shanghai-2023")
    segmenter = Segmenter(Path(DICTIONARY))
    ways: dict[str, Find] = {
        "this program": ours(document, None),
        "without the thesaurus": ours(document, Thesaurus(())),
        "BM25, jieba's words": Plain(document, segmenter.words).find,
        "BM25, character pairs": Plain(document, pairs).find,
    }
    sets = {"development": judged(), "own, tuned": own(Half.TUNED), "own, held out": own(Half.HELD_OUT)}
    print(f"{'MRR@10':<24}" + "".join(f"{f'{name} ({len(asked)})':>22}" for name, asked in sets.items()))
    for way, find in ways.items():
        print(
            f"{way:<24}" + "".join(f"{mean_reciprocal_rank(find, asked):>22.3f}" for asked in sets.values())
        )
    _tell_kinds(ways["this program"])


def _tell_kinds(find: Find) -> None:
    kinds: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in own():
        kinds[one.category].append(one)
    print("\nan answer among the first three")
    for kind, asked in kinds.items():
        share = sum(one.reciprocal_rank(find(one.query)) >= 1 / 3 for one in asked) / len(asked)
        print(f"{kind:<6}{share:>8.0%}  of {len(asked)}")


if __name__ == "__main__":
    main()
