"""A text as it sounds: one code for each character, and the codes that a piece of typing can mean.

Characters that sound the same in all their readings have one code, so that a text becomes a string of the same
length in which sounds can be looked up. A character of several readings has more codes than one where a word
tells how it is read there.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from string import ascii_lowercase

from index import pinyin

Codes = frozenset[str]

_MOST_FOR_WORDS = 400_000
"""Characters of a text up to which words tell how their characters are read; beyond, the commonest reading counts."""
_EFFORT = 20_000
"""Places of a text where a sound is looked for, the first ones: a few milliseconds. No plan has as many."""
_FIRST_CODE = 0xE000
"""Codes are private-use characters, which are in no text: they are neither letters nor digits."""


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

    def code(self, character: str, here: str) -> str:
        """The code of a character that has readings, read so."""
        possible = pinyin.tables().characters[character]
        code = self.codes.setdefault(((here,), possible), chr(_FIRST_CODE + len(self.codes)))
        self.own[character] = self.own.get(character, frozenset()) | {code}
        return code


class Sounds:
    """A folded text to be searched by sound.

    ``here`` hears characters as they are commonly read, or as the word says that they stand in; ``anywhere``
    in all their readings; ``roughly`` does not tell apart what many speakers do not. Raises OSError.
    """

    def __init__(self, text: str) -> None:
        alphabet = _Alphabet()
        self._codes = _coded(text, alphabet)
        self._places: dict[str, array[int]] = {}
        here = {code: sounds for (sounds, _), code in alphabet.codes.items()}
        possible = {code: sounds for (_, sounds), code in alphabet.codes.items()}
        own = alphabet.own
        own.update((letter, frozenset(letter)) for letter in sorted(set(self._codes) & set(ascii_lowercase)))
        self.here = _hearing(here, own, str, 1)
        self.anywhere = _hearing(possible, own, str, None)
        self.roughly = _hearing(possible, own, pinyin.near, None)

    def find(self, way: Sequence[Piece]) -> Iterator[int]:
        """Where in the text something stands that sounds as a way of typing says, nothing twice."""
        codes = self._codes
        rarest = min(range(len(way)), key=lambda at: self._frequency(way[at]))
        others = [(at - rarest, piece.codes) for at, piece in enumerate(way) if at != rarest]
        effort = 0
        for code in sorted(way[rarest].codes):
            for place in self._places_of(code):
                effort += 1
                for distance, fitting in others:
                    if codes[place + distance] not in fitting:
                        break
                else:
                    yield place - rarest
                if effort > _EFFORT:
                    return

    def _frequency(self, piece: Piece) -> int:
        return sum(len(self._places_of(code)) for code in piece.codes)

    def _places_of(self, code: str) -> "array[int]":
        places = self._places.get(code)
        if places is None:
            found = islice(re.finditer(code, self._codes), _EFFORT)
            places = self._places[code] = array("L", (one.start() for one in found))
        return places


def _coded(text: str, alphabet: _Alphabet) -> str:
    tables = pinyin.tables()
    known = set(text)
    firsts = {one: tables.characters[one][0] for one in sorted(known) if one in tables.characters}
    coded = text.translate({ord(one): alphabet.code(one, sound) for one, sound in firsts.items()})
    if len(text) > _MOST_FOR_WORDS:
        return coded
    codes = list(coded)
    for word, sounds in sorted(tables.words.items(), key=lambda item: len(item[0])):
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
