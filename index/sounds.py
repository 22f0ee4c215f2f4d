"""A text as it sounds: a code for each character, and the codes that a piece of typing can mean.

Characters that sound the same in all their readings have one code. A short text becomes a string of codes in which
sounds are looked up; there a character of several readings has more codes than one where a word tells how it is read.
A long one stays as it is: a code is looked up as the characters that are commonly read so, in the lines that have them.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from string import ascii_lowercase

from index import pinyin
from index.lines import Lines
from index.stripping import Stripped

Codes = frozenset[str]

_EFFORT = 20_000
"""Places of a text where a sound is looked for, the first ones: a few milliseconds. No plan has as many."""
_FIRST_CODE = 0xE000
"""Codes are private-use characters, which are in no text: they are neither letters nor digits."""
_KEPT_PLACES, _KEPT_SIGNS = 512, 1024
"""Codes whose places are kept (up to 80 KB each, most of them much less), sets of codes whose signs are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Codes that a piece of typing stands for; ``typed`` is the character if it was not typed by its sound."""

    codes: Codes
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the typing of one syllable can mean, by how closely it is listened to.

    ``whole`` are syllables, ``begun`` beginnings of them, ``initial`` what a syllable is abbreviated to and the
    letters that stand in the text; ``form`` is the spelling under which something typed is looked up in them.
    ``own`` are the codes of characters; of a typed one that many ``readings`` are listened to, or all.
    """

    form: Callable[[str], str]
    whole: dict[str, Codes]
    begun: dict[str, Codes]
    initial: dict[str, Codes]
    own: dict[str, Codes]
    readings: int | None

    def character(self, character: str) -> Piece:
        """The piece that a typed character is: all that sounds like it."""
        codes = self.own.get(character, frozenset(character))
        for syllable in pinyin.tables().characters.get(character, ())[: self.readings]:
            codes |= self.whole.get(self.form(syllable), frozenset())
        return Piece(codes, character)


class _Alphabet:
    """The codes given out so far: each for (how a character is read here, how it may be read)."""

    def __init__(self) -> None:
        self.codes: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
        self.own: dict[str, Codes] = {}
        self.common: dict[str, str] = {}

    def add(self, character: str) -> None:
        """A character of the text; in ``common`` is the code of its common reading, if it has any."""
        sounds = pinyin.tables().characters.get(character)
        if sounds:
            self.common[character] = self.code(character, sounds[0])

    def code(self, character: str, here: str) -> str:
        """The code of a character that has readings, read so."""
        possible = pinyin.tables().characters[character]
        code = self.codes.setdefault(((here,), possible), chr(_FIRST_CODE + len(self.codes)))
        self.own[character] = self.own.get(character, frozenset()) | {code}
        return code


class Sounds:
    """A folded text to be searched by sound: some lines without light marks.

    ``here`` hears characters as they are commonly read, or as the word says that they stand in; ``anywhere``
    in all their readings; ``roughly`` does not tell apart what many speakers do not. Raises OSError.
    """

    def __init__(self, lines: Lines, light: Stripped) -> None:
        alphabet = _Alphabet()
        counts = Counter(light.text)
        for character in sorted(counts):
            alphabet.add(character)
        self._lines, self._light = lines, light
        self._letters: dict[str, str] = {}
        self._common = alphabet.common
        if lines.is_much:
            self._text = light.text
            self._letters = _by_code(alphabet.common)
            self._counts = _counted(counts, alphabet.common)
        else:
            self._text = _coded(light.text, alphabet)
            self._counts = Counter(self._text)
        self._places_of = lru_cache(maxsize=_KEPT_PLACES)(self._find_places)
        self._signs = lru_cache(maxsize=_KEPT_SIGNS)(self._find_signs)
        here = {code: sounds for (sounds, _), code in alphabet.codes.items()}
        possible = {code: sounds for (_, sounds), code in alphabet.codes.items()}
        own = alphabet.own
        own.update((letter, frozenset(letter)) for letter in ascii_lowercase if letter in counts)
        self.here = _hearing(here, own, str, 1)
        self.anywhere = _hearing(possible, own, str, None)
        self.roughly = _hearing(possible, own, pinyin.near, None)

    def find(self, way: Sequence[Piece]) -> Iterator[int]:
        """Where in the text something stands that sounds as a way of typing says, nothing twice."""
        often = [self._frequency(piece) for piece in way]
        rarest = often.index(min(often))
        codes = _worth_the_effort(sorted(way[rarest].codes), self._counts)
        fitting = [self._signs(piece.codes) for piece in way]
        fitting[rarest] = self._signs(frozenset(codes))
        numbers = self._lines.having_each(
            fitting[at] for at in sorted(range(len(way)), key=often.__getitem__)
        )
        if isinstance(numbers, range):
            places = [place for code, most in codes.items() for place in self._places_of(code)[:most]]
            return (place - rarest for place in _fitting(self._text, places, fitting, rarest))
        found = list(self._matching(_one_beside_another(fitting, rarest), numbers))
        found = _fitting(self._text, found, fitting, rarest)
        by_code = sorted((self._code_at(place), place) for place in found)
        return (place - rarest for code, place in by_code if self._is_among(place, code, codes[code]))

    def _matching(self, pattern: str, numbers: Sequence[int]) -> Iterator[int]:
        """Where a pattern matches in some lines."""
        finditer, text, ends = re.compile(pattern).finditer, self._text, self._light.ends
        return (one.start() for at in numbers for one in finditer(text, ends[at], ends[at + 1]))

    def _code_at(self, place: int) -> str:
        return self._common.get(self._text[place], self._text[place])

    def _is_among(self, place: int, code: str, most: int) -> bool:
        """Whether a place is among the first where a code stands."""
        return self._counts[code] == most or place <= self._places_of(code)[most - 1]

    def _frequency(self, piece: Piece) -> int:
        return sum(min(_EFFORT, self._counts[code]) for code in piece.codes)

    def _find_signs(self, codes: Codes) -> Codes:
        """The characters that stand in the text for codes."""
        return frozenset().union(*(self._letters.get(code, code) for code in codes))

    def _find_places(self, code: str) -> "array[int]":
        """The first places where a code stands."""
        signs = self._signs(frozenset(code))
        found = self._matching(_one_of(signs), self._lines.having_each([signs]))
        return array("I", islice(found, _EFFORT))


def _fitting(text: str, places: Sequence[int], fitting: Sequence[Codes], rarest: int) -> list[int]:
    """Those places where a text has the rarest of some signs in a row, around which the others stand."""
    # From there to both sides: a newline, which nothing fits, stands before the text ends.
    for at in (*range(rarest - 1, -1, -1), *range(rarest + 1, len(fitting))):
        distance, signs = at - rarest, fitting[at]
        places = [place for place in places if text[place + distance] in signs]
    return list(places)


def _worth_the_effort(codes: Sequence[str], counts: Counter[str]) -> dict[str, int]:
    """The first of some codes, and at how many places of each to look."""
    found: dict[str, int] = {}
    left = _EFFORT + 1
    for code in codes:
        most = min(left, _EFFORT, counts[code])
        if most:
            found[code] = most
            left -= most
    return found


def _one_beside_another(fitting: Sequence[Codes], at: int) -> str:
    """A pattern for one of the signs in a row where one of those beside it stands too."""
    one = _one_of(fitting[at])
    if at + 1 < len(fitting):
        return f"{one}(?={_one_of(fitting[at + 1])})"
    return f"{one}(?<={_one_of(fitting[at - 1])}{one})" if at else one


def _one_of(signs: Codes) -> str:
    """A pattern for one of some characters."""
    if not signs:
        return "(?!)"
    return f"[{''.join(map(re.escape, signs))}]"


def _by_code(common: dict[str, str]) -> dict[str, str]:
    """For each code the characters that have it."""
    found: dict[str, str] = defaultdict(str)
    for character, code in common.items():
        found[code] += character
    return found


def _counted(counts: Counter[str], common: dict[str, str]) -> Counter[str]:
    """How often each code stands in a text, given how often its characters do."""
    found: Counter[str] = Counter()
    for character, count in counts.items():
        found[common.get(character, character)] += count
    return found


def _coded(text: str, alphabet: _Alphabet) -> str:
    known = set(text)
    codes = list(text.translate({ord(one): code for one, code in alphabet.common.items()}))
    for word, sounds in sorted(pinyin.tables().words.items(), key=lambda item: len(item[0])):
        at = text.find(word) if known.issuperset(word) else -1
        while at >= 0:
            codes[at : at + len(word)] = map(alphabet.code, word, sounds)
            at = text.find(word, at + 1)
    return "".join(codes)


def _hearing(
    sounds: dict[str, tuple[str, ...]],
    own: dict[str, Codes],
    form: Callable[[str], str],
    readings: int | None,
) -> Hearing:
    """Listening for the syllables that codes have."""
    whole: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    initial: dict[str, set[str]] = defaultdict(set)
    for code, syllables in sounds.items():
        for typed in (typed for syllable in syllables for typed in pinyin.spellings(syllable)):
            whole[form(typed)].add(code)
            for end in range(1, len(typed) + 1):
                begun[form(typed[:end])].add(code)
            for letters in pinyin.initials(typed):
                initial[form(letters)].add(code)
    for letter in own.keys() & set(ascii_lowercase):
        initial[form(letter)].add(letter)
    return Hearing(form, _frozen(whole), _frozen(begun), _frozen(initial), own, readings)


def _frozen(table: dict[str, set[str]]) -> dict[str, Codes]:
    return {typed: frozenset(codes) for typed, codes in table.items()}
