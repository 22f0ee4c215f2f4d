"""相关: measures that share words with a query without containing it, best first, each with the reason.

A measure's score is BM25F over jieba's words, and a fifth of that over single characters and over the words
of its section's title, times the root of the share of the query that its text covers. All terms are optional.
The last word may be unfinished.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop
from itertools import accumulate, chain, islice
from math import log
from pathlib import Path
from threading import Lock

from content.folding import fold, fold_with_offsets
from content.model import Document
from content.resources import RESOURCES
from index import dictionaries, folders, store
from index.choice import is_large
from index.exact import is_within, runs_within
from index.postings import PostingStore
from index.query import parse
from index.segmentation import Segmenter, characters
from index.similar import SimilarHit, Similarity
from index.thesaurus import Sense, Thesaurus

PREBUILT = RESOURCES / "index"
DICTIONARY = PREBUILT / "dictionary.txt"
POSTINGS = "postings"

_CHARACTER_WEIGHT = 0.2
_TITLE_WEIGHT = 0.2
_BEGINNING_WEIGHT = 0.3
_MOST_BEGINNINGS = 16
_SENSE_WEIGHT = 2.0
_SENSE_TITLE_WEIGHT = 0.6
"""Of a term of the thesaurus in a section's title, against one in the measure itself."""
_LEAST_OF_BEST = 0.2
"""Share of the best score below which a measure is not offered."""
_LEAST_COVERED = 0.33
"""Share of a query's characters that a measure without any of its words must have."""
_ASKING = re.compile(
    "怎么办|怎么样|怎么|怎样|如何|什么时候|什么|哪里|哪儿|哪些|哪个|哪家|谁来|找谁|多久|多少|几天|是不是|能不能|可不可以"
    "|有没有|要不要|需不需要|是否|可以|需要|能否|为什么|请问|吗|呢|吧|啊|了|的|被|把|去哪|到哪|[?？!！]"
)
"""What is said in asking; it stands in every sentence and says nothing of what is asked."""
_KEPT_SENSES = 512
_MOST_READ = 30_000
"""Postings that measures are found by, rarest terms first; more common terms only weigh what was found: some 10 ms."""
_MOST_WEIGHED = 500
"""Measures, the most promising ones, for which that is done."""
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
class _Found:
    """A word of the thesaurus, and for each measure that has one of its terms, by number, the score and that term."""

    word: str
    scores: Mapping[int, tuple[float, str]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a query is looked up by: words, their unfinished endings, single characters."""

    words: tuple[str, ...]
    beginnings: tuple[str, ...]
    characters: tuple[str, ...]
    senses: "tuple[_Found, ...]" = ()

    @property
    def terms(self) -> Iterator[tuple[str, str, float, bool]]:
        """(field, term, weight, whether it is a unit that a measure can cover) of all that is looked up.

        Units are Chinese characters and other words.
        """
        for word in self.words:
            yield store.WORDS, word, 1.0, word.isascii()
            yield store.TITLE, word, _TITLE_WEIGHT, False
        for word in self.beginnings:
            yield store.WORDS, word, _BEGINNING_WEIGHT, False
        for character in self.characters:
            yield store.CHARACTERS, character, _CHARACTER_WEIGHT, True


@dataclass(slots=True)
class _Term:
    """A term of a query: where it stands, its score in each, its weight; whether it is a unit, and then which measures
    cover it by another name.
    """

    numbers: "array[int]"
    scores: Sequence[float]
    weight: float
    is_unit: bool
    renamed: frozenset[int]


@dataclass(slots=True)
class _Weighing:
    """What is known of a query's measures: document number → sum of scores, number of units covered.

    ``rest`` are the terms that have not been added up: those that stand in a great many measures.
    """

    scores: defaultdict[int, float]
    covered: defaultdict[int, int]
    rest: list[_Term]

    def complete(self, number: int) -> None:
        """Add what the other terms say of a measure."""
        for term in self.rest:
            at = bisect_left(term.numbers, number)
            if at < len(term.numbers) and term.numbers[at] == number:
                self.scores[number] += term.weight * term.scores[at]
                self.covered[number] += term.is_unit and number not in term.renamed


class Related:
    """Ranks the measures of some documents. One search at a time; callers on other threads wait."""

    def __init__(
        self,
        documents: Sequence[Document],
        terms: store.Terms,
        segmenter: Segmenter,
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self._measures = [measure for document in documents for measure in document.measures]
        self._folds = [_unquoted(measure.text) for measure in self._measures]
        self._titles = [
            _unquoted(document.places[measure.id].section.title)
            for document in documents
            for measure in document.measures
        ]
        self._thesaurus = thesaurus or Thesaurus(())
        self._sense = lru_cache(maxsize=_KEPT_SENSES)(self._look_up)
        self._store = terms
        self._segmenter = segmenter
        self._lock = Lock()
        self._runs = lru_cache(maxsize=64)(self._runs_in)
        self._similarity = Similarity(
            [measure.id for measure in self._measures],
            [measure.text for measure in self._measures],
            segmenter.whole_words,
            lambda word: terms.postings(store.WORDS, word),
            self._near_terms,
        )

    @classmethod
    def open(
        cls,
        documents: Sequence[Document],
        user_folder: Path | None,
        *,
        prebuilt: Path = PREBUILT,
        dictionary: Path = DICTIONARY,
        thesaurus: Thesaurus | None = None,
    ) -> "Related":
        """The ranking of these documents.

        The index that comes with the program is used if it fits them; else one kept in ``user_folder``/index
        (of a large library, /postings), built there when it is missing, stale or damaged; else one in memory only.
        The thesaurus is the one that ships with the entries of ``user_folder`` unless another is given. Raises OSError
        or ValueError if there is no dictionary.
        """
        segmenter = dictionaries.fitting(documents, dictionary, user_folder)
        thesaurus = Thesaurus.open(user_folder) if thesaurus is None else thesaurus
        places = [place for document in documents for place in document.places.values()]
        if is_large(documents):
            parent = user_folder / POSTINGS if user_folder else None
            return cls(documents, PostingStore.open(places, segmenter, parent), segmenter, thesaurus)
        mark = store.fingerprint(places, segmenter)
        kept = [] if user_folder is None else [user_folder / "index" / mark]
        for folder in [prebuilt, *kept]:
            with suppress(folders.DamagedIndexError):
                return cls(documents, store.load(folder, mark), segmenter, thesaurus)
        files = store.build(places, segmenter)
        if user_folder is not None:
            with suppress(OSError):
                store.keep(user_folder / "index", files, mark)
        return cls(documents, store.Store(files), segmenter, thesaurus)

    def search(
        self, text: str, exclude: Collection[str] = (), limit: int = 10, scope: str = ""
    ) -> tuple[RelatedHit, ...]:
        """The measures nearest to a query, best first, without those excluded; see ``Exact`` for scopes.

        Operators are understood; what is unwanted is for the caller to exclude. Never raises.
        """
        excluded = frozenset(exclude)
        with self._lock:
            asked = self._asked(text)
            best = self._best(asked, excluded, scope)
            return tuple(
                RelatedHit(self._measures[number].id, round(score, 4), self._reason(number, asked))
                for number, score in islice(best, limit)
            )

    def use_thesaurus(self, thesaurus: Thesaurus) -> None:
        """Look words up in another thesaurus from now on."""
        with self._lock:
            self._thesaurus = thesaurus
            self._sense.cache_clear()

    def knows(self, text: str) -> bool:
        """Whether the thesaurus knows a word of a query, and where what it leads to stands."""
        with self._lock:
            return any(found.scores for found in self._asked(text).senses)

    def similar(self, measure_id: str, limit: int = 8) -> tuple[SimilarHit, ...]:
        """The measures most like one of them, best first. Raises KeyError for an unknown id."""
        with self._lock:
            return self._similarity.similar(measure_id, limit)

    def _near_terms(self, text: str) -> Iterator[tuple[str, Mapping[int, float]]]:
        """The words of a text that the thesaurus knows, each with the measures that have another name for it."""
        folded = _unquoted(text)
        borders = {0, *accumulate(map(len, self._segmenter.cut(folded)))}
        for found in map(self._sense, self._thesaurus.senses(folded, borders)):
            yield found.word, {number: score for number, (score, _) in found.scores.items()}

    def _asked(self, text: str) -> _Asked:
        terms = [_without_asking(store.encodable(term)) for term in parse(text[:_LONGEST]).wanted]
        words: dict[str, None] = {}
        senses: list[_Found] = []
        last = ""
        for term in terms:
            found = self._segmenter.words(term)
            words.update(dict.fromkeys(found))
            pieces = self._segmenter.cut(term)
            last = pieces[-1] if pieces else ""
            borders = {0, *accumulate(map(len, pieces))}
            senses += map(self._sense, self._thesaurus.senses(term, borders))
        beginnings: list[str] = []
        # A single character after a word is more often one than the beginning of one: 一件事 is not 事务.
        unfinished = last.isalnum() and not text[-1:].isspace() and (len(last) > 1 or not words)
        if unfinished and not len(self._store.postings(store.WORDS, last)[0]):
            beginnings = self._store.beginning_with(last, _MOST_BEGINNINGS)
        letters = dict.fromkeys(character for term in terms for character in characters(term))
        return _Asked(tuple(words), tuple(beginnings), tuple(letters), tuple(senses))

    def _runs_in(self, scope: str) -> tuple[range, ...]:
        return runs_within([measure.id for measure in self._measures], scope)

    def _with(self, folded: str) -> list[int]:
        """The numbers of the measures that contain a folded term, looked for where its rarest character stands."""
        lists: list[Sequence[int]] = [
            self._store.postings(store.CHARACTERS, one)[0] for one in characters(folded)
        ]
        numbers = min(lists, key=len, default=range(len(self._folds)))
        return [number for number in numbers if folded in self._folds[number]]

    def _look_up(self, sense: Sense) -> _Found:
        best: dict[int, tuple[float, str]] = {}
        for folded, term in sense.terms.items():
            inside = self._with(folded)
            below = [number for number, title in enumerate(self._titles) if folded in title]
            rarity = log(1 + len(self._folds) / (len({*inside, *below}) or 1))
            for numbers, weight in ((below, _SENSE_TITLE_WEIGHT), (inside, 1.0)):
                for number in numbers:
                    best[number] = max(best.get(number, (0.0, term)), (weight * rarity, term))
        return _Found(sense.word, best)

    def _terms(self, asked: _Asked) -> list[_Term]:
        """What stands in any measure, the rarest first."""
        terms = []
        for field, term, weight, is_unit in asked.terms:
            senses = [found.scores for found in asked.senses if is_unit and term in found.word]
            renamed = frozenset(chain.from_iterable(senses))
            terms.append(_Term(*self._store.postings(field, term), weight, is_unit, renamed))
        return sorted(terms, key=lambda term: len(term.numbers))

    def _weigh(self, asked: _Asked, scope: str) -> _Weighing:
        terms = self._terms(asked)
        read = sum(end <= _MOST_READ for end in accumulate(len(term.numbers) for term in terms))
        if not any(term.numbers for term in terms[:read]):
            read += 1
        weighing = _Weighing(defaultdict(float), defaultdict(int), terms[read:])
        scores, covered = weighing.scores, weighing.covered
        for term in terms[:read]:
            weight = term.weight
            for number, score in zip(term.numbers, term.scores, strict=True):
                scores[number] += weight * score
        for found in asked.senses:
            for number, (score, _) in found.scores.items():
                scores[number] += _SENSE_WEIGHT * score
        for term in terms[:read]:
            if term.is_unit:
                for number in term.renamed.union(term.numbers) if term.renamed else term.numbers:
                    covered[number] += 1
        for term in terms[read:]:
            for number in term.renamed:
                covered[number] += 1
        if scope and weighing.rest:
            # Where there is little to choose from, measures with none but common terms are offered too.
            for number in islice(chain.from_iterable(self._runs(scope)), _MOST_WEIGHED):
                scores[number] += 0.0
        return weighing

    def _best(self, asked: _Asked, excluded: Collection[str], scope: str) -> Iterator[tuple[int, float]]:
        """(document number, score) of those in the scope, best first, without weak ones and those excluded."""
        weighing = self._weigh(asked, scope)
        scores, covered, measures = weighing.scores, weighing.covered, self._measures
        units = sum(is_unit for _, _, _, is_unit in asked.terms) or 1
        heap = [(-score, number) for number, score in scores.items() if is_within(measures[number].id, scope)]
        heapify(heap)
        offered: list[tuple[float, int]] = []
        best, seen = 0.0, 0
        while heap and len(offered) < _MOST_WEIGHED:
            number = heappop(heap)[1]
            is_offered = measures[number].id not in excluded
            # What is excluded only shows how good a measure can be; the first few tell enough.
            if is_offered or seen < _MOST_WEIGHED:
                weighing.complete(number)
                score = scores[number] * (covered[number] / units) ** 0.5
                best = max(best, score)
                if is_offered:
                    offered.append((-score, number))
            seen += 1
        for loss, number in sorted(offered):
            if -loss >= best * _LEAST_OF_BEST and self._is_near(number, asked, covered[number] / units):
                yield number, -loss

    def _is_near(self, number: int, asked: _Asked, share: float) -> bool:
        """Whether a measure that covers some share of a query has more than that in common with it."""
        return (
            share >= _LEAST_COVERED
            or any(number in found.scores for found in asked.senses)
            or any(self._has(store.WORDS, word, number) for word in asked.words)
        )

    def _reason(self, number: int, asked: _Asked) -> str:
        terms = dict.fromkeys(one.scores[number][1] for one in asked.senses if number in one.scores)
        words = [word for word in asked.words if self._has(store.WORDS, word, number)]
        # A word says all that the shorter words in it would.
        words = [word for word in words if not any(word != other and word in other for other in words)]
        if terms or words:
            reasons = (
                f"近义：{'、'.join([*terms][:_TOLD])}" if terms else "",
                self._same_words(words, number),
            )
            return "；".join(filter(None, reasons))
        beginnings = [word for word in asked.beginnings if self._has(store.WORDS, word, number)]
        if beginnings:
            return f"开头相同：{self._told(beginnings, number)}"
        letters = [letter for letter in asked.characters if self._has(store.CHARACTERS, letter, number)]
        return f"同字：{self._told(letters, number)}"

    def _same_words(self, words: Sequence[str], number: int) -> str:
        return f"同词：{self._told(words, number)}" if words else ""

    def _has(self, field: str, term: str, number: int) -> bool:
        numbers = self._store.postings(field, term)[0]
        at = bisect_left(numbers, number)
        return at < len(numbers) and numbers[at] == number

    def _told(self, words: Sequence[str], number: int) -> str:
        """The words as they are printed in a measure."""
        text = self._measures[number].text
        return "、".join(word if word in text else _printed(word, text) for word in words[:_TOLD])


def _without_asking(term: str) -> str:
    """A folded term without the words that make it a question; the term itself if nothing else is in it."""
    return _ASKING.sub("", term) or term


def _unquoted(text: str) -> str:
    """A folded text without quotation marks, which the terms of the thesaurus have none of: “单一窗口”."""
    return fold(text).replace('"', "")


def _printed(word: str, text: str) -> str:
    """The first characters of a text that fold to a word; the word itself if there are none."""
    folded = fold_with_offsets(text)
    at = folded.text.find(word)
    if at < 0:
        return word
    start, end = folded.original_range(at, at + len(word))
    return text[start:end]
