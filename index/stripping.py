"""A text without its marks, with the way back to where they are."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.lines import Excerpt, line_ends

_PAIRS = {'"': '"', "(": ")", "<": ">"}


class Stripped:
    """What is left of a folded text, lines apart by newlines, when some marks are left out.

    ``marks`` matches one mark, never a newline. The text has to begin and end with a newline; ``ends`` are their places.
    """

    def __init__(self, original: str, marks: re.Pattern[str]) -> None:
        self.original = original
        self.text = marks.sub("", original)
        self._marks = marks
        self.ends = line_ends(self.text)
        self._original_ends = line_ends(original)

    def excerpt(self, numbers: Sequence[int]) -> Excerpt:
        """Some lines of the text, by their numbers in order."""
        return Excerpt(self.text, self.ends, numbers)

    def printed(self, start: int, end: int) -> str:
        """The original behind a half-open range of the text, which must not be empty nor go over a line.

        A quotation mark or bracket that belongs to one inside comes with it.
        """
        line = bisect_left(self.ends, start) - 1
        before = self.ends[line] + 1
        printed = range(self._original_ends[line] + 1, self._original_ends[line + 1])
        kept = [place for place in printed if not self._marks.match(self.original[place])]
        return self._with_partner(kept[start - before], kept[end - 1 - before] + 1)

    def _with_partner(self, start: int, end: int) -> str:
        original = self.original
        run = original[start:end]
        for opening, closing in _PAIRS.items():
            missing = (
                run.count(opening) % 2 if opening == closing else run.count(closing) - run.count(opening)
            )
            if missing > 0 and original[start - 1] == opening:
                return original[start - 1 : end]
            if missing and original[end] == closing:
                return original[start : end + 1]
        return run
