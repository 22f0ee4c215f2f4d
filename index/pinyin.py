"""Pinyin without tones: how characters and words sound, and how people spell that.

The tables in resources/pinyin are made by ``index.build``; its README names their source. ü is v in them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content.resources import RESOURCES

FOLDER = RESOURCES / "pinyin"
CHARACTERS, WORDS = "characters.tsv", "words.tsv"

_AFTER_J = re.compile("(?<=[jqxy])v")
_DIAERESIS = "\u0308"
_CONFUSED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_CONFUSED_FINALS = ("ang", "eng", "ing")


@dataclass(frozen=True, slots=True)
class Tables:
    """How characters sound, the commonest syllable first; words in which one sounds otherwise than commonly."""

    characters: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables that come with the program. Raises OSError."""
    return load(FOLDER)


def load(folder: Path) -> Tables:
    """The tables in a folder. Raises OSError."""
    characters: dict[str, tuple[str, ...]] = {}
    others: list[tuple[str, str]] = []
    for line in (folder / CHARACTERS).read_text("utf-8").splitlines():
        syllable, first, also = line.split("\t")
        characters.update(dict.fromkeys(first, (syllable,)))
        others.append((syllable, also))
    for syllable, also in others:
        for character in also:
            characters[character] += (syllable,)
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
