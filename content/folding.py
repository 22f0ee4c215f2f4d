"""Folding: the one form in which texts and queries are compared.

Unicode NFKC (UAX #15), case folded, white space and invisible characters dropped, punctuation brought to one
form, traditional characters to simplified ones (OpenCC's tables, character by character). Every folded
character remembers the original characters it came from, so that a match can be shown where it stands.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from content.resources import SIMPLIFIED_CHARACTERS

_ONE_FORM = (
    ('"', "“”„‟″「」『』〝〞"),
    ("'", "‘’‚‛′`"),
    ("·", "•‧・∙⋅\U00100170"),
    ("-", "‐‑‒–—―─━−⸺⸻"),
    ("~", "〜∼˜"),
    ("(", "[〔【〖"),
    (")", "]〕】〗"),
    ("<", "《〈«‹"),
    (">", "》〉»›"),
    (".", "。"),
    ("...", "⋯"),
)
"""Folded form → the marks, in NFKC, that it stands for."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the way back.

    ``text[i]`` came from the original characters ``starts[i]`` up to, not including, ``ends[i]``.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """The original characters behind the folded ones ``start`` … ``end`` (half open, not empty)."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """The folded form of a text."""
    folds = _folds()
    try:
        return "".join([folds[character] for character in text])
    except _ClusterError:
        return "".join(folded for _, _, folded in _clusters(text))


def fold_with_offsets(text: str) -> Folded:
    """The folded form of a text with, for each of its characters, the original ones it came from."""
    folds = _folds()
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    try:
        clusters = [(at, at + 1, folds[character]) for at, character in enumerate(text)]
    except _ClusterError:
        clusters = _clusters(text)
    for start, end, folded in clusters:
        characters.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))
    return Folded("".join(characters), tuple(starts), tuple(ends))


class _ClusterError(Exception):
    """A character that is folded together with the one before it."""


class _Folds(dict[str, str]):
    """Character → folded form, computed when first met."""

    def __init__(self) -> None:
        super().__init__()
        self.translation = _translation()

    def __missing__(self, character: str) -> str:
        if _joins_previous(character):
            raise _ClusterError
        folded = self[character] = _fold_cluster(character, self.translation)
        return folded


@lru_cache(maxsize=1)
def _folds() -> _Folds:
    return _Folds()


def _translation() -> dict[int, str]:
    table = {ord(mark): form for form, marks in _ONE_FORM for mark in marks}
    for line in SIMPLIFIED_CHARACTERS.read_text("utf-8").splitlines():
        table[ord(line[0])] = line[2]
    return table


def _fold_cluster(cluster: str, translation: dict[int, str]) -> str:
    plain = unicodedata.normalize("NFKC", cluster).casefold()
    plain = unicodedata.normalize("NFKC", plain).translate(translation)
    return "".join(character for character in plain if not _invisible(character))


def _invisible(character: str) -> bool:
    return (
        character.isspace()
        or unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _joins_previous(character: str) -> bool:
    # NFKC composes a character only with marks and with Hangul vowels and finals that follow it.
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _clusters(text: str) -> list[tuple[int, int, str]]:
    """(start, end, folded form) of each run of characters that are folded together.

    A mark joins the last visible character, so that dropping white space before folding changes nothing.
    """
    runs: list[list[int]] = []
    for at, character in enumerate(text):
        if _invisible(character):
            continue
        if runs and _joins_previous(character):
            runs[-1].append(at)
        else:
            runs.append([at])
    translation = _folds().translation
    return [
        (run[0], run[-1] + 1, _fold_cluster("".join(text[at] for at in run), translation)) for run in runs
    ]
