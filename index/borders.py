"""Where words begin and end in a text, by a dictionary and by what the text itself sets apart."""

import re
from functools import lru_cache

from content.resources import RESOURCES

_DICTIONARY = RESOURCES / "index" / "dictionary.txt"
_LONGEST_WORD = 4
"""Characters of the words that are looked for; of longer ones the shorter words in them are."""
_LONGEST_NAME = 24
_QUOTED = re.compile(rf'"([^"\n]{{2,{_LONGEST_NAME}}})"')
_TITLE = re.compile(rf"^\w{{2,{_LONGEST_NAME}}}$", re.MULTILINE)
"""A heading: a measure ends with a full stop."""
_MARKS = re.compile(r"[^\w]|_")


class Borders:
    """Judges runs of a text by the words around them.

    ``letters`` is the text in which the runs stand, a line for each measure or heading, ``printed`` the same
    with all marks. Raises OSError if there is no dictionary.
    """

    def __init__(self, letters: str, printed: str) -> None:
        self._letters = letters
        self._words = _words()
        quoted = (_MARKS.sub("", name) for name in _QUOTED.findall(printed))
        self._names = frozenset((*quoted, *_TITLE.findall(letters)))

    def grown(self, start: int, end: int) -> int:
        """The end of a run, or that of the word which begins in the run and goes on behind it."""
        letters, words = self._letters, self._words
        while _is_foreign(letters[end - 1 : end + 1]):
            end += 1
        first = max(start, end - _LONGEST_WORD + 1)
        if any(letters[at:end] in words for at in range(first, end - 1)):
            return end
        for further in range(end + 1, end + _LONGEST_WORD):
            for at in range(max(start, further - _LONGEST_WORD), end):
                if letters[at:further] in words:
                    return further
        return end

    def quality(self, start: int, end: int) -> int:
        """How much a run is a thing of its own: 5 for a quoted term or heading … 0 for a piece of two words."""
        run = self._letters[start:end]
        whole = (not self._divided(start, start, end)) + (not self._divided(end, start, end))
        return whole + (run in self._words) + 2 * (run in self._names)

    def is_word(self, run: str) -> bool:
        """Whether a run is a word of the dictionary, or something that the text sets apart."""
        return run in self._words or run in self._names

    def has_word_over(self, typed: str, start: int, end: int) -> bool:
        """Whether a word of the dictionary, in what is typed, goes over any of this range, or over this place."""
        return any(
            typed[first:last] in self._words
            for first in range(max(0, start - _LONGEST_WORD + 1), end)
            for last in range(max(start, first + 1) + 1, first + _LONGEST_WORD + 1)
        )

    def _divided(self, border: int, start: int, end: int) -> bool:
        """Whether one of a run's borders divides a word more frequent than those inside that begin or end there."""
        letters, words = self._letters, self._words
        if _is_foreign(letters[border - 1 : border + 1]):
            return True
        if border == start:
            inside = (letters[start:last] for last in range(start + 2, min(end, start + _LONGEST_WORD) + 1))
        else:
            inside = (letters[first:end] for first in range(max(start, end - _LONGEST_WORD), end - 1))
        least = max((words.get(word, 0) for word in inside), default=0)
        return any(
            words.get(letters[first:last], 0) > least
            for first in range(max(0, border - _LONGEST_WORD + 1), border)
            for last in range(border + 1, first + _LONGEST_WORD + 1)
        )


def _is_foreign(pair: str) -> bool:
    return pair.isascii() and pair.isalnum()


@lru_cache(maxsize=1)
def _words() -> dict[str, int]:
    """The words of the dictionary that comes with the program, from two characters on, and their frequencies."""
    rows = (line.split(" ") for line in _DICTIONARY.read_text("utf-8").splitlines())
    return {word: int(frequency) for word, frequency in rows if 1 < len(word) <= _LONGEST_WORD}
