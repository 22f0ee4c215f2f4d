"""The thesaurus of official vocabulary: which words of a text are called what in a document.

One entry a line: words, direction, terms, and after a tab a reason; ``、`` stands between several words or terms, ``#``
begins a note. ``→`` leads from the words to the terms, ``＝`` from each of them to all others. A reader can add lines of his
own in a file beside his notebook; what cannot be understood there is passed over.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from content.folding import fold
from content.resources import RESOURCES

SHIPPED = RESOURCES / "thesaurus.tsv"
OWN_NAME = "thesaurus.tsv"
"""The reader's own entries, in his data folder."""
_SAME_AS = ("＝", "=")
_ENTRY = re.compile(r"(?P<words>[^\t→＝=]+)\s*(?P<direction>→|->|＝|=)\s*(?P<terms>[^\t→＝=]+)(?:\t.*)?")
_BETWEEN = re.compile("[、，,]")
_SHORT = 2
"""Characters up to which a word may stand in another by chance."""
_LONGEST = 24
"""Characters of a word; longer ones are no words."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A word that stands in a query, folded, and what it may be called: printed terms by their folded form.

    Two senses of one thesaurus are equal if their words are.
    """

    word: str
    terms: Mapping[str, str] = field(compare=False)


class Thesaurus:
    """Finds the words of the thesaurus in what is typed."""

    def __init__(self, lines: Iterable[str]) -> None:
        terms: defaultdict[str, dict[str, str]] = defaultdict(dict)
        once = cache(fold)
        for word, term in _pairs(lines):
            folded, target = once(word), once(term)
            if folded and target and folded != target and len(folded) <= _LONGEST:
                terms[folded].setdefault(target, term)
        self._terms = dict(terms)
        self._longest = max(map(len, self._terms), default=0)

    @classmethod
    def open(cls, user_folder: Path | None = None, shipped: Path = SHIPPED) -> "Thesaurus":
        """The thesaurus that ships, and the reader's own entries where there are any. Never raises."""
        files = [shipped] if user_folder is None else [shipped, user_folder / OWN_NAME]
        return cls(line for file in files for line in _lines(file))

    def __len__(self) -> int:
        return len(self._terms)

    def senses(self, text: str, borders: Container[int]) -> tuple[Sense, ...]:
        """The words of a folded text that the thesaurus knows, as they stand; none that is part of a longer one.

        Short ones count only beside a border of words (``borders``, offsets): 人行 is not in 外国人行政许可.
        """
        found: list[Sense] = []
        reached = 0
        for start in range(len(text)):
            for end in range(min(len(text), start + self._longest), max(start, reached), -1):
                is_sure = end - start > _SHORT or start in borders or end in borders
                if is_sure and text[start:end] in self._terms:
                    found.append(Sense(text[start:end], self._terms[text[start:end]]))
                    reached = end
                    break
        return tuple({sense.word: sense for sense in found}.values())


def is_understood(line: str) -> bool:
    """Whether a line says something: an entry that leads somewhere, a note, or nothing at all."""
    return not line.strip() or line.startswith("#") or bool(list(_pairs([line])))


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        entry = _ENTRY.fullmatch(line.strip())
        if entry is None or line.startswith("#"):
            continue
        words, terms = _split(entry["words"]), _split(entry["terms"])
        if entry["direction"] in _SAME_AS:
            names = [*words, *terms]
            yield from ((one, other) for one in names for other in names if one != other)
        else:
            yield from ((word, term) for word in words for term in terms)


def _split(cell: str) -> Sequence[str]:
    return [word for word in map(str.strip, _BETWEEN.split(cell)) if word]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError):
        return []
