"""Pinyin without tones: how characters and words sound, and how people spell that.

The tables in resources/pinyin are made by ``index.build``; its README names their source. ü is v in them.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content.resources import RESOURCES

FOLDER = RESOURCES / "pinyin"
CHARACTERS, WORDS = "characters.tsv", "words.tsv"

_LAST_CHARACTER = 0x323AF
"""The end of CJK Unified Ideographs Extension H."""
_AFTER_J = re.compile("(?<=[jqxy])v")
_DIAERESIS = "\u0308"
_CONFUSED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_CONFUSED_FINALS = ("ang", "eng", "ing")


class CharacterReadings(Mapping[str, tuple[str, ...]]):
    """How each character sounds, in two bytes a character: tens of thousands of strings would take ten megabytes.

    Lines are: a syllable, the characters commonly read so, those that are also read so.
    """

    def __init__(self, lines: list[str]) -> None:
        syllables: list[tuple[str, ...]] = [()]
        numbers: dict[tuple[str, ...], int] = {}
        self._numbers = array("H", bytes(2 * (_LAST_CHARACTER + 1)))
        rows = [line.split("\t") for line in lines]
        for column in (1, 2):
            for row in rows:
                for code in map(ord, row[column]):
                    known = (*syllables[self._numbers[code]], row[0])
                    if known not in numbers:
                        numbers[known] = len(syllables)
                        syllables.append(known)
                    self._numbers[code] = numbers[known]
        self._syllables = syllables
        self._count = sum(1 for number in self._numbers if number)

    def __getitem__(self, character: str) -> tuple[str, ...]:
        code = ord(character)
        found = self._syllables[self._numbers[code]] if code <= _LAST_CHARACTER else ()
        if not found:
            raise KeyError(character)
        return found

    def __iter__(self) -> Iterator[str]:
        return (chr(code) for code, number in enumerate(self._numbers) if number)

    def __len__(self) -> int:
        return self._count


@dataclass(frozen=True, slots=True)
class Tables:
    """How characters sound, the commonest syllable first; words in which one sounds otherwise than commonly."""

    characters: Mapping[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables that come with the program. Raises OSError."""
    return load(FOLDER)


def load(folder: Path) -> Tables:
    """The tables in a folder. Raises OSError."""
    characters = CharacterReadings((folder / CHARACTERS).read_text("utf-8").splitlines())
    words = {}
    for line in (folder / WORDS).read_text("utf-8").splitlines():
        word, syllables = line.split("\t")
        words[word] = tuple(syllables.split(" "))
    return Tables(characters, words)


def spelled(typed: str) -> str:
    """Folded letters as the tables spell them: no tone marks, v for ü, u where ü is written so (ju, qu, xu, yu)."""
    if not typed.isascii():
        marked = unicodedata.normalize("NFD", typed).replace(f"u{_DIAERESIS}", "v")
        typed = "".join(mark for mark in marked if unicodedata.category(mark) != "Mn")
    return _AFTER_J.sub("u", typed)


def spellings(syllable: str) -> tuple[str, ...]:
    """The ways in which a syllable is typed: the second is of those who type u for ü."""
    return (syllable, syllable.replace("v", "u")) if "v" in syllable else (syllable,)


def initials(syllable: str) -> tuple[str, ...]:
    """The ways in which a syllable is typed by its beginning: z or zh."""
    return (syllable[0], syllable[:2]) if syllable[1:2] == "h" else (syllable[0],)


@lru_cache(maxsize=4096)
def near(syllable: str) -> str:
    """One form for syllables, or beginnings of them, that many speakers do not tell apart: zhang, zan."""
    for confused, form in _CONFUSED_INITIALS:
        if syllable.startswith(confused):
            syllable = form + syllable[len(confused) :]
            break
    return syllable[:-1] if syllable.endswith(_CONFUSED_FINALS) else syllable
