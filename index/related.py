"""相关: measures that share words with a query without containing it, best first, each with the reason.

A measure's score is BM25F over jieba's words, and a fifth of that over single characters and over the words
of its section's title, times the root of the share of the query that its text covers. All terms are optional.
The last word may be unfinished.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from content.folding import fold_with_offsets
from content.model import Document
from content.resources import RESOURCES
from index import store
from index.exact import is_within
from index.query import parse
from index.segmentation import Segmenter, characters

PREBUILT = RESOURCES / "index"
DICTIONARY = PREBUILT / "dictionary.txt"

_CHARACTER_WEIGHT = 0.2
_TITLE_WEIGHT = 0.2
_BEGINNING_WEIGHT = 0.3
_MOST_BEGINNINGS = 16
_LEAST_OF_BEST = 0.2
"""Share of the best score below which a measure is not offered."""
_LEAST_COVERED = 0.4
"""Share of a query's characters that a measure without any of its words must have."""
_LONGEST = 400
"""Characters of a query that are looked at; a pasted paragraph has some hundred."""
_TOLD = 4


@dataclass(frozen=True, slots=True)
class RelatedHit:
    """A measure that is offered, its score (comparable within one answer only), and why, in Chinese."""

    measure_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a query is looked up by: words, their unfinished endings, single characters."""

    words: tuple[str, ...]
    beginnings: tuple[str, ...]
    characters: tuple[str, ...]

    @property
    def units(self) -> tuple[tuple[str, str], ...]:
        """(field, term) of what a measure can cover: Chinese characters and other words."""
        foreign = [(store.WORDS, word) for word in self.words if word.isascii()]
        return (*foreign, *((store.CHARACTERS, character) for character in self.characters))


class Related:
    """Ranks the measures of some documents. One search at a time; callers on other threads wait."""

    def __init__(self, documents: Sequence[Document], asked: store.Store, segmenter: Segmenter) -> None:
        self._measures = [measure for document in documents for measure in document.measures]
        self._store = asked
        self._segmenter = segmenter
        self._lock = Lock()

    @classmethod
    def open(
        cls,
        documents: Sequence[Document],
        user_folder: Path | None,
        *,
        prebuilt: Path = PREBUILT,
        dictionary: Path = DICTIONARY,
    ) -> "Related":
        """The ranking of these documents.

        The index that comes with the program is used if it fits them; else one kept in ``user_folder``/index,
        built there when it is missing, stale or damaged; else one in memory only. Raises OSError or ValueError
        if there is no dictionary.
        """
        segmenter = Segmenter(dictionary)
        places = [place for document in documents for place in document.places.values()]
        mark = store.fingerprint(places, segmenter)
        folders = [prebuilt] if user_folder is None else [prebuilt, user_folder / "index" / mark]
        for folder in folders:
            with suppress(store.DamagedIndexError):
                return cls(documents, store.load(folder, mark), segmenter)
        files = store.build(places, segmenter)
        if user_folder is not None:
            with suppress(OSError):
                store.keep(user_folder / "index", files, mark)
        return cls(documents, store.Store(files), segmenter)

    def search(
        self, text: str, exclude: Collection[str] = (), limit: int = 10, scope: str = ""
    ) -> tuple[RelatedHit, ...]:
        """The measures nearest to a query, best first, without those excluded; see ``ExactIndex`` for scopes.

        Operators are understood; what is unwanted is for the caller to exclude. Never raises.
        """
        excluded = frozenset(exclude)
        hits: list[RelatedHit] = []
        with self._lock:
            asked = self._asked(text)
            for number, score in self._best(asked, *self._scores(asked)):
                if len(hits) >= limit:
                    break
                measure_id = self._measures[number].id
                if measure_id not in excluded and is_within(measure_id, scope):
                    hits.append(RelatedHit(measure_id, round(score, 4), self._reason(number, asked)))
        return tuple(hits)

    def _asked(self, text: str) -> _Asked:
        terms = [store.encodable(term) for term in parse(text[:_LONGEST]).wanted]
        words: dict[str, None] = {}
        last = ""
        for term in terms:
            found = self._segmenter.words(term)
            words.update(dict.fromkeys(found))
            pieces = self._segmenter.cut(term)
            last = pieces[-1] if pieces else ""
        beginnings: list[str] = []
        # A single character after a word is more often one than the beginning of one: 一件事 is not 事务.
        unfinished = last.isalnum() and not text[-1:].isspace() and (len(last) > 1 or not words)
        if unfinished and not len(self._store.postings(store.WORDS, last)[0]):
            beginnings = self._store.beginning_with(last, _MOST_BEGINNINGS)
        letters = dict.fromkeys(character for term in terms for character in characters(term))
        return _Asked(tuple(words), tuple(beginnings), tuple(letters))

    def _scores(self, asked: _Asked) -> tuple[dict[int, float], dict[int, int]]:
        """Document number → (sum of the terms' scores; number of units covered)."""
        scores: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, int] = defaultdict(int)
        weighted = [(store.WORDS, word, 1.0) for word in asked.words]
        weighted += [(store.TITLE, word, _TITLE_WEIGHT) for word in asked.words]
        weighted += [(store.WORDS, word, _BEGINNING_WEIGHT) for word in asked.beginnings]
        weighted += [(store.CHARACTERS, character, _CHARACTER_WEIGHT) for character in asked.characters]
        for field, term, weight in weighted:
            for number, score in zip(*self._store.postings(field, term), strict=True):
                scores[number] += weight * score
        for field, term in asked.units:
            for number in self._store.postings(field, term)[0]:
                covered[number] += 1
        return scores, covered

    def _best(
        self, asked: _Asked, scores: dict[int, float], covered: dict[int, int]
    ) -> Iterator[tuple[int, float]]:
        """(document number, score), best first, without weak ones."""
        units = len(asked.units) or 1
        weighed = {number: score * (covered[number] / units) ** 0.5 for number, score in scores.items()}
        least = max(weighed.values(), default=0.0) * _LEAST_OF_BEST
        for loss, number in sorted((-score, number) for number, score in weighed.items() if score >= least):
            has_word = any(self._has(store.WORDS, word, number) for word in asked.words)
            if has_word or covered[number] >= units * _LEAST_COVERED:
                yield number, -loss

    def _reason(self, number: int, asked: _Asked) -> str:
        words = [word for word in asked.words if self._has(store.WORDS, word, number)]
        # A word says all that the shorter words in it would.
        words = [word for word in words if not any(word != other and word in other for other in words)]
        if words:
            return f"同词：{self._told(words, number)}"
        beginnings = [word for word in asked.beginnings if self._has(store.WORDS, word, number)]
        if beginnings:
            return f"开头相同：{self._told(beginnings, number)}"
        letters = [letter for letter in asked.characters if self._has(store.CHARACTERS, letter, number)]
        return f"同字：{self._told(letters, number)}"

    def _has(self, field: str, term: str, number: int) -> bool:
        numbers = self._store.postings(field, term)[0]
        at = bisect_left(numbers, number)
        return at < len(numbers) and numbers[at] == number

    def _told(self, words: Sequence[str], number: int) -> str:
        """The words as they are printed in a measure."""
        text = self._measures[number].text
        return "、".join(word if word in text else _printed(word, text) for word in words[:_TOLD])


def _printed(word: str, text: str) -> str:
    """The first characters of a text that fold to a word; the word itself if there are none."""
    folded = fold_with_offsets(text)
    at = folded.text.find(word)
    if at < 0:
        return word
    start, end = folded.original_range(at, at + len(word))
    return text[start:end]
