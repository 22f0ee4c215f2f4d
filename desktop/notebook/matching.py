"""Where in a text a quote stands that may have been changed, and how much speaks for it.

What speaks for a place is counted in bits: pairs of characters that stand together there as they did around the quote,
each worth the logarithm of how rare it is in the text. Two words that fill every second sentence of a plan so count
for little, and a rare one for much; nothing has to be known about the language.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import exp, log2
from operator import add

_CANDIDATES = 6
_MOST_PLACES = 400
"""Pairs that stand in more places than this are of no use in seeking candidates."""
_SLACK = 24
"""How far beside its voted place a quote may be."""
_FADING = 8.0
"""Characters between two matching runs after which the further one counts for 1/e."""
_GAP = 0.15
"""What a character between two runs costs, against 1 for a matching one."""
_OTHER_SENTENCE = 0.4
"""What a pair of another sentence is worth, against 1: neighbours stay while a sentence is replaced, or it moves."""
_MARK = 0.2
"""What a punctuation mark is worth, which stands in every sentence."""
_LONE = 0.5
"""What a single matching character is worth, of which chance brings many."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Equal characters: ``length`` of them from ``old`` in what is sought and from ``new`` in the text."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Match:
    """A range of the text that may be the quote, half open.

    ``kept`` is the share of the quote that stands in it, less what stands between, ``bits`` what speaks for it,
    ``share`` these bits as a share of those that the quote and all around it would have, and ``own`` the same share for
    the sentences alone that the quote is of. ``runs`` are the equal characters it is made of.
    """

    start: int
    end: int
    kept: float
    bits: float
    share: float
    own: float
    runs: tuple[_Run, ...]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A quote with what stood around it; the quote goes from ``low`` to ``high``."""

    text: str
    low: int
    high: int

    @property
    def sentence(self) -> tuple[int, int]:
        """From where to where the sentences go that the quote is of."""
        last = self.text.find("。", max(self.low, self.high - 1))
        return self.text.rfind("。", 0, self.low) + 1, len(self.text) if last < 0 else last


@dataclass(frozen=True, slots=True)
class _Worths:
    """What the pairs of characters of something sought are worth in bits, summed up from its beginning.

    ``own`` are those of the quote's own sentences; in ``all`` there are those of the others as well, for less.
    """

    own: Sequence[float]
    all: Sequence[float]


class Matcher:
    """Seeks quotes in one text, whose pairs of characters are indexed once."""

    def __init__(self, text: str) -> None:
        self._text = text
        places: dict[str, list[int]] = defaultdict(list)
        for at in range(len(text) - 1):
            places[text[at : at + 2]].append(at)
        self._places = dict(places)
        self._most = log2(max(2, len(text)))

    def matches(self, before: str, quote: str, after: str) -> list[Match]:
        """The places most likely to be the quote, the likeliest first; empty where nothing is like it."""
        sought = _Sought(before + quote + after, len(before), len(before) + len(quote))
        worths = self._worths(sought)
        found: dict[tuple[int, int], Match] = {}
        for at in self._candidates(sought.text, len(quote)):
            match = self._match(sought, worths, at)
            if match is not None:
                known = found.get((match.start, match.end))
                if known is None or known.bits < match.bits:
                    found[match.start, match.end] = match
        return sorted(found.values(), key=lambda one: one.bits, reverse=True)

    def _worths(self, sought: _Sought) -> _Worths:
        """What each pair of characters is worth, those of other sentences less."""
        first, last = sought.sentence
        pairs = (sought.text[at : at + 2] for at in range(len(sought.text) - 1))
        bits = [self._most - log2(len(self._places.get(pair, " "))) for pair in pairs]
        own = [one if first <= at < last else 0.0 for at, one in enumerate(bits)]
        rest = [(one - mine) * _OTHER_SENTENCE for one, mine in zip(bits, own, strict=True)]
        return _Worths(list(accumulate(own, initial=0.0)), list(accumulate(map(add, own, rest), initial=0.0)))

    def _candidates(self, sought: str, length: int) -> list[int]:
        """Offsets of the text at which ``sought`` may begin, by the votes of its pairs."""
        width = 12 + length // 4
        votes: dict[int, float] = defaultdict(float)
        for at in range(len(sought) - 1):
            places = self._places.get(sought[at : at + 2], ())
            if places and len(places) <= _MOST_PLACES:
                worth = self._most - log2(len(places))
                for place in places:
                    votes[(place - at) // width] += worth
        joint = {one: votes[one] + votes.get(one + 1, 0.0) for one in list(votes)}
        chosen: list[int] = []
        for one in sorted(joint, key=lambda one: joint[one], reverse=True):
            if all(abs(one - other) > 1 for other in chosen):
                chosen.append(one)
                if len(chosen) == _CANDIDATES:
                    break
        return [(one + 1) * width for one in chosen]

    def _match(self, sought: _Sought, worths: _Worths, at: int) -> Match | None:
        slack = _SLACK + (sought.high - sought.low) // 3
        begin = max(0, at - slack)
        runs = _runs(sought.text, self._text[begin : max(0, at + len(sought.text) + slack)], begin)
        first, last, kept = _segment(sought, runs)
        if first > last:
            return None
        inner = runs[first : last + 1]
        start = inner[0].new + max(0, sought.low - inner[0].old)
        end = inner[-1].new + min(inner[-1].length, sought.high - inner[-1].old)
        bits, own = _evidence(worths.all, runs, first, last), _evidence(worths.own, runs, first, last)
        weight = sum(map(_weight, sought.text[sought.low : sought.high]))
        share = bits / max(worths.all[-1], 1.0)
        return Match(start, end, kept / weight, bits, share, own / max(worths.own[-1], 1.0), tuple(inner))


def _evidence(sums: Sequence[float], runs: Sequence[_Run], first: int, last: int) -> float:
    """What speaks for the runs from the first to the last being the quote: they themselves, and those around them."""
    inner = sum(_bits(sums, one) for one in runs[first : last + 1])
    return inner + _fading(sums, runs[first::-1]) + _fading(sums, runs[last:])


def _bits(sums: Sequence[float], run: _Run) -> float:
    return sums[run.old + run.length - 1] - sums[run.old]


def _fading(sums: Sequence[float], runs: Sequence[_Run]) -> float:
    """What the runs after the first speak for, the less the more stands between."""
    total, factor = 0.0, 1.0
    for one, other in pairwise(runs):
        near, far = (one, other) if one.old < other.old else (other, one)
        gap = max(far.old - near.old, far.new - near.new) - near.length
        factor *= exp(-gap / _FADING)
        total += factor * _bits(sums, other)
    return total


def _runs(sought: str, text: str, begin: int) -> list[_Run]:
    from rapidfuzz.distance import Indel

    return [
        _Run(code.src_start, begin + code.dest_start, code.src_end - code.src_start)
        for code in Indel.opcodes(sought, text)
        if code.tag == "equal"
    ]


def _segment(sought: _Sought, runs: Sequence[_Run]) -> tuple[int, int, float]:
    """The first and the last of the runs that together are most of the quote with least between; first > last: none.

    The third value is what they are worth, less what stands between (the largest sum of a contiguous part, by Kadane).
    """
    best = (0, -1, 0.0)
    first, score, end = 0, 0.0, 0
    for number, run in enumerate(runs):
        begin, stop = max(run.old, sought.low), min(run.old + run.length, sought.high)
        if begin >= stop:
            continue
        start = run.new + begin - run.old
        worth = sum(map(_weight, sought.text[begin:stop])) * (1 if run.length > 1 else _LONE)
        through = score - _GAP * (start - end) + worth
        if score > 0 and through > worth:
            score = through
        else:
            first, score = number, worth
        end = start + stop - begin
        if score > best[2]:
            best = first, number, score
    return best


def _weight(character: str) -> float:
    return 1.0 if character.isalnum() else _MARK


def likeness(one: str, other: str) -> float:
    """2 · common characters, in their order, / characters of both (the normalized indel similarity)."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))
