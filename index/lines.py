"""Folded texts, a line each, and which of the lines can have a word: those that have its characters."""

import re
import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, count, islice, pairwise, repeat
from operator import add, sub

MUCH = 400_000
"""Characters of a text from which on it is kept which lines have which characters; fewer are scanned in no time."""
_MANY = 8
"""Of all lines one in so many: if more can have a word, it takes less time to go through the whole text."""
_DENSE = 32
"""Of all lines one in so many: if more have a character, they are kept unpacked, for they would hardly pack."""
_FEW = 32
"""Lines that are so few that it takes less time to go through them than to look for fewer."""
_KEPT = 128
"""Characters whose lines are kept unpacked; of 100,000 lines they take 13 KB each."""
_JOINED = 1000
"""Lines that are joined at a time, so that the whole text is not in memory twice."""

Kind = frozenset[str]
"""Characters of which one is as good as another."""


class Lines:
    """Lines in which words are looked for. Safe to be asked by many threads.

    ``text`` is all of them, each between newlines; line n is ``text[ends[n] + 1 : ends[n + 1]]``. If they are much,
    it is known which of them have which characters.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.text = _joined(lines)
        self.ends = line_ends(self.text)
        self.is_much = len(self.text) > MUCH
        self._characters = _Characters(self.text, self.ends) if self.is_much else None

    def having(self, characters: str, lacking: int = 0) -> Sequence[int]:
        """Numbers of lines, in order: all that have these characters, or all but one of them if ``lacking`` is 1.

        They are a range of all lines where it is not known or not worth while to tell them apart.
        """
        return self._worth_while(self._characters.having(characters, lacking) if self._characters else -1)

    def having_each(self, kinds: Iterable[Kind]) -> Sequence[int]:
        """Numbers of lines, in order: all that have a character of each kind, and perhaps others.

        Of the first kinds there should be the fewest. A range of all lines where it is not known.
        """
        if self._characters is None:
            return range(len(self.ends) - 1)
        return _numbers(self._characters.having_each(kinds))

    def holding(self, word: str) -> Iterator[str]:
        """The lines that contain a word, in order."""
        having = self.having(word)
        text, ends = self.text, self.ends
        if isinstance(having, range):
            at = text.find(word)
            while at >= 0:
                end = text.index("\n", at)
                yield text[text.rfind("\n", 0, at) + 1 : end]
                at = text.find(word, end)
        else:
            for number in having:
                if text.find(word, ends[number], ends[number + 1]) >= 0:
                    yield text[ends[number] + 1 : ends[number + 1]]

    def _worth_while(self, bits: int) -> Sequence[int]:
        every = range(len(self.ends) - 1)
        return every if bits < 0 or bits.bit_count() * _MANY > len(every) else _numbers(bits)

    def __contains__(self, word: str) -> bool:
        return next(self.holding(word), None) is not None


class Excerpt:
    """Some lines of a text, each between newlines: ``text``; they begin at ``ends`` of the whole text."""

    def __init__(self, whole: str, ends: Sequence[int], numbers: Sequence[int]) -> None:
        """``numbers`` of lines, in order; a range stands for all of them."""
        self.text = whole
        self._ends, self._numbers = ends, numbers
        self._starts: list[int] | None = None
        if not isinstance(numbers, range):
            lines = [whole[ends[number] : ends[number + 1]] for number in numbers]
            self.text = "".join(lines) + "\n"
            self._starts = [0, *accumulate(map(len, lines))]

    def place(self, at: int) -> int:
        """Where in the whole text something stands that stands here in the excerpt, within a line."""
        if self._starts is None:
            return at
        line = bisect_right(self._starts, at) - 1
        return self._ends[self._numbers[line]] + at - self._starts[line]


class _Characters:
    """Which lines have which characters: numbers whose lowest bit stands for the first line."""

    def __init__(self, text: str, ends: Sequence[int]) -> None:
        self._every = (1 << len(ends) - 1) - 1
        self._bits: dict[str, int | bytes] = {}
        size = len(ends) // 8 + 1
        for character, numbers in _lines_of_characters(text, ends).items():
            bits = bytearray(size)
            for number in numbers:
                bits[number >> 3] |= 1 << (number & 7)
            is_dense = len(numbers) * _DENSE > len(ends)
            self._bits[character] = int.from_bytes(bits, "little") if is_dense else zlib.compress(bits, 1)
        self._any_of = lru_cache(maxsize=_KEPT)(self._any_of_kind)
        self._unpacked = lru_cache(maxsize=_KEPT)(self._unpack)

    def having(self, characters: str, lacking: int) -> int:
        """The lines with all of some characters, or with all but one of them if ``lacking`` is 1."""
        all_of_them = all_but_one = self._every
        for character in dict.fromkeys(characters):
            lines = self._of(character)
            all_but_one = all_but_one & lines | all_of_them
            all_of_them &= lines
        return all_but_one if lacking else all_of_them

    def having_each(self, kinds: Iterable[Kind]) -> int:
        """The lines with a character of each kind, and some others where only few are left before all are looked at."""
        found = self._every
        for kind in kinds:
            found &= self._any_of(kind)
            if found.bit_count() <= _FEW:
                break
        return found

    def _any_of_kind(self, kind: Kind) -> int:
        found = 0
        for character in kind:
            found |= self._of(character)
        return found

    def _of(self, character: str) -> int:
        bits = self._bits.get(character, 0)
        return bits if isinstance(bits, int) else self._unpacked(character)

    def _unpack(self, character: str) -> int:
        bits = self._bits[character]
        assert isinstance(bits, bytes)
        return int.from_bytes(zlib.decompress(bits), "little")


def line_ends(text: str) -> "array[int]":
    """The places of the newlines in a text."""
    return array("I", [one.start() for one in re.finditer("\n", text)])


def _lines_of_characters(text: str, ends: Sequence[int]) -> "dict[str, array[int]]":
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, (start, end) in enumerate(pairwise(ends)):
        for character in set(text[start + 1 : end]):
            found[character].append(number)
    return found


def _numbers(bits: int) -> list[int]:
    """The places of the bits that are set, the lowest first."""
    before = f"{bits:b}".split("1")[:-1]
    passed = map(add, accumulate(map(len, before)), count(1))
    return list(map(sub, repeat(bits.bit_length()), passed))[::-1]


def _joined(lines: Iterable[str]) -> str:
    left = iter(lines)
    parts = ["\n"]
    while some := list(islice(left, _JOINED)):
        parts.append("\n".join(some))
        parts.append("\n")
    return "".join(parts)
