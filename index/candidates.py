"""Words of a text that sound like what was typed, best first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from index import pinyin
from index.borders import Borders
from index.lines import Lines
from index.nearest import slips
from index.sounds import Hearing, Sounds
from index.spelling import BREAK, Way, is_letter, ways
from index.stripping import Stripped

PINYIN, INITIALS, SOUND, SLIP, MARKS = "拼音", "首字母", "同音", "一字之差", "标点"

_DIVIDING_MARKS = ",;:.!?"
"""Marks that divide sentences. Folding makes 。 a full stop."""
_LIGHT_MARKS = re.compile(rf"[^\w\n{_DIVIDING_MARKS}]|_")
"""All others, so that a word may go on behind them."""
_ANY_MARKS = f"[{_DIVIDING_MARKS}]*"
_FIRST_LETTERS = 8
"""Letters of words that are looked for at once."""
_LONGEST = 64
"""Letters and characters up to which something typed is read by its sound."""
_MOST_WAYS, _MOST_WAYS_IN_MUCH = 12, 3
"""Ways to divide what is typed, in a text of a few plans and in a large library."""
_MOST_PLACES = 600
"""Places of a text that are judged for one kind of typing: some milliseconds."""
_MOST_PIECES, _LONGEST_PART = 16, 6
"""Syllables of a query that are read in parts, and of a part."""
_MOST_PART_WAYS, _MOST_WORDS, _MOST_CHOICES = 3, 8, 600
"""Ways to divide a query that is read in parts, words that a part can be, choices of a word for each part."""
_MOST_INITIALS = 6
_MOST_LINES = 400
"""Measures in which words are looked for together."""
_LEAST_PART_QUALITY = 2
_WORD, _LEAST_BESIDE_WORDS = 3, 2
"""Quality of a word, and of what is still offered beside one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words as they stand in the folded text, and how what was typed is understood to mean them."""

    words: tuple[str, ...]
    kind: str


@dataclass(slots=True)
class _Run:
    """A run of the text that sounds right: ``wrong`` of its characters are others than those typed."""

    start: int
    end: int
    wrong: int
    quality: int
    count: int = 1

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return self.wrong, -self.quality, -self.count, self.start


class Candidates:
    """Finds words by their sound. The lines are folded, one for each measure or heading."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._light = Stripped(lines.text, _LIGHT_MARKS)
        self._letters = self._light.text
        self._sounds = Sounds(lines, self._light)
        self._borders = Borders(self._letters, lines.text)

    def whole(self, typed: str, most: int) -> list[Candidate]:
        """Runs of the text that sound like all that was typed; it is folded, spaces and apostrophes are breaks."""
        typed = _plain(typed)
        lettered = any(map(is_letter, typed))
        if not 2 <= len(typed) <= _LONGEST:
            return []
        most_ways = _MOST_WAYS_IN_MUCH if self._lines.is_much else _MOST_WAYS
        for attempts in self._attempts(lettered):
            found: dict[str, Candidate] = {}
            for kind, hearing, whole, initial in attempts:
                divided = ways(typed, hearing, whole=whole, initial=initial, most=most_ways)
                runs = self._runs(divided, lettered, hearing is self._sounds.roughly)
                for run in runs[:most]:
                    words = self._light.printed(run.start, run.end)
                    found.setdefault(words, Candidate((words,), kind))
            if found:
                return list(found.values())[:most]
        return []

    def parts(self, typed: str, most: int) -> list[Candidate]:
        """The words, in order, that parts of what was typed sound like; a part that is a word stays as it is.

        Of words that sound alike those come first that stand in one measure with the others. Letters that are
        no syllables are read as initials, if all of them can be.
        """
        typed = _plain(typed)[:_LONGEST]
        if self._lines.is_much:  # that would take a tenth of a second
            return []
        lettered = any(map(is_letter, typed))
        divided = ways(typed, self._sounds.here, whole=True, initial=False, most=_MOST_PART_WAYS)
        chain = max(map(self._best_parts, divided), key=_worth, default=[])
        if chain and (lettered or any(part[0].wrong for part in chain)):
            return self._together(chain, PINYIN if lettered else SOUND, most)
        if lettered and len(typed) <= _MOST_INITIALS:
            divided = ways(typed, self._sounds.here, whole=False, initial=True, most=1)
            found = [
                self._together(parts, INITIALS, most) for way in divided for parts in self._initial_parts(way)
            ]
            return [candidate for candidates in found for candidate in candidates][:most]
        return []

    def slipped(self, typed: str) -> list[Candidate]:
        """Words that are one slip of the finger away from what was typed, where that cannot be meant as it is."""
        letters, borders = self._letters, self._borders
        found: dict[str, None] = {}
        typed = _LIGHT_MARKS.sub("", typed)
        # A slip leaves all characters of a term, but for one perhaps.
        excerpt = self._light.excerpt(self._lines.having(typed, lacking=1))
        for start, end in slips(excerpt.text, typed):
            length, start = end - start, excerpt.place(start)
            end = borders.grown(start, start + length)
            words = self._light.printed(start, end)
            is_whole = borders.quality(start, end) >= _LEAST_PART_QUALITY and words.count('"') % 2 == 0
            if is_whole and self._is_slip(typed, letters[start:end]):
                found[words] = None
        return [Candidate((words,), SLIP) for words in found]

    def marked(self, letters: str) -> list[Candidate]:
        """Words that have these letters and digits, two at least, with any marks between them, the commonest first."""
        excerpt = self._light.excerpt(self._lines.having(letters))
        counts = Counter(
            self._light.printed(excerpt.place(start), excerpt.place(last) + 1)
            for start, last in _spread(excerpt.text, letters)
        )
        return [Candidate((words,), MARKS) for words, _ in counts.most_common()]

    def _is_slip(self, typed: str, words: str) -> bool:
        # Where the difference is part of a word, or a single character beside one, what was typed is meant so.
        start = _alike(typed, words)
        alike = _alike(typed[start:][::-1], words[start:][::-1])
        end = len(typed) - alike
        beside = typed[end:] if start == 0 else typed[:start] if end == len(typed) else ""
        borders = self._borders
        return not borders.is_word(beside) and not borders.has_word_over(typed, start, end)

    def _attempts(self, lettered: bool) -> Iterator[list[tuple[str, Hearing, bool, bool]]]:
        """Kinds of typing, the closest first: (its name, how to listen, whether syllables are whole, or initials)."""
        sounds = self._sounds
        if lettered:
            yield [(PINYIN, sounds.here, True, False), (INITIALS, sounds.here, False, True)]
            # By the initials of rare readings too, four letters could mean almost anything.
            yield [(PINYIN, sounds.anywhere, True, False)]
            yield [(PINYIN, sounds.here, True, True)]
            yield [(PINYIN, sounds.roughly, True, False)]
        else:
            for hearing in (sounds.here, sounds.anywhere, sounds.roughly):
                yield [(SOUND, hearing, True, False)]

    def _runs(self, divided: Iterable[Way], growing: bool, roughly: bool) -> list[_Run]:
        """The different runs of the text that the ways lead to, best first."""
        letters, borders = self._letters, self._borders
        found: dict[str, _Run] = {}
        places = ((way, start) for way in divided for start in self._sounds.find(way))
        for way, start in islice(places, _MOST_PLACES):
            end = start + len(way)
            wrong = self._wrong(way, start)
            if wrong and not self._is_likely(way, start, wrong, roughly):
                continue
            end = borders.grown(start, end) if growing else end
            run = letters[start:end]
            known = found.get(run)
            if known is None:
                found[run] = _Run(start, end, wrong, borders.quality(start, end))
            else:
                known.count += 1
                known.wrong = min(known.wrong, wrong)
                known.start, known.end = min((known.start, known.end), (start, end))
        runs = sorted(found.values(), key=lambda run: run.rank)
        least = _LEAST_BESIDE_WORDS if runs and runs[0].quality >= _WORD else 0
        return [run for run in runs if run.quality >= least]

    def _wrong(self, way: Way, start: int) -> int:
        letters = self._letters
        return sum(piece.typed not in ("", letters[start + at]) for at, piece in enumerate(way))

    def _is_likely(self, way: Way, start: int, wrong: int, roughly: bool) -> bool:
        """Whether a run with other characters than those typed can have been meant."""
        typed = sum(bool(piece.typed) for piece in way)
        if roughly and 2 * wrong > typed:
            return False
        if len(way) == 2 or wrong == typed:
            return self._borders.is_word(self._letters[start : start + len(way)])
        return True

    def _best_parts(self, pieces: Way) -> list[list[_Run]]:
        """What the parts can be, so divided that the fewest words cover most of the pieces."""
        pieces = pieces[:_MOST_PIECES]
        best: list[list[list[_Run]]] = [[] for _ in range(len(pieces) + 1)]
        for start in reversed(range(len(pieces))):
            best[start] = best[start + 1]
            for end in range(start + 2, min(len(pieces), start + _LONGEST_PART) + 1):
                runs = self._part(pieces[start:end], _LEAST_PART_QUALITY)
                if runs:
                    best[start] = max(best[start], [runs, *best[end]], key=_worth)
        return best[0]

    def _initial_parts(self, pieces: Way) -> Iterator[list[list[_Run]]]:
        """What initials can be as two words, the longest first word first; of more there would be too many."""
        for end in range(len(pieces) - 2, 1, -1):
            parts = [self._part(pieces[:end], _WORD), self._part(pieces[end:], _WORD)]
            if all(parts):
                yield parts

    def _part(self, pieces: Way, least: int) -> list[_Run]:
        typed = "".join(piece.typed for piece in pieces)
        runs = [run for run in self._runs([pieces], False, False) if run.quality >= least]
        if runs and runs[0].wrong and (runs[0].wrong == len(typed) or self._borders.is_word(typed)):
            return []
        return runs[:_MOST_WORDS]

    def _together(self, parts: list[list[_Run]], kind: str, most: int) -> list[Candidate]:
        """A word for each part, those first that stand in most lines together; by initials only such."""
        most_words = int(_MOST_CHOICES ** (1 / len(parts)))
        parts = [runs[:most_words] for runs in parts]
        lines = {run.start: self._lines_of(run) for runs in parts for run in runs}
        rows: list[tuple[int, tuple[_Run, ...]]] = []
        for chosen in product(*parts):
            common = len(set.intersection(*(lines[run.start] for run in chosen)))
            if common or kind != INITIALS:
                rows.append((common, chosen))
        rows.sort(key=lambda row: -row[0])
        printed = ([self._light.printed(run.start, run.end) for run in chosen] for _, chosen in rows[:most])
        return [Candidate(tuple(dict.fromkeys(words)), kind) for words in printed]

    def _lines_of(self, run: _Run) -> set[int]:
        """The places where lines end that have the words of a run in them."""
        letters = self._letters
        word = letters[run.start : run.end]
        lines: set[int] = set()
        at = letters.find(word)
        while at >= 0 and len(lines) < _MOST_LINES:
            end = letters.index("\n", at)
            lines.add(end)
            at = letters.find(word, end)
        return lines


def _spread(text: str, letters: str) -> Iterator[tuple[int, int]]:
    """Where letters stand in a row, but for marks between them: the places of the first and the last."""
    first = re.compile(_ANY_MARKS.join(map(re.escape, letters[:_FIRST_LETTERS])))
    found = first.search(text)
    while found:
        at = found.end()
        for letter in letters[_FIRST_LETTERS:]:
            while text[at] in _DIVIDING_MARKS:
                at += 1
            if text[at] != letter:
                break
            at += 1
        else:
            yield found.start(), at - 1
        found = first.search(text, found.start() + 1)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (first, second) in pairs if first != second), min(len(one), len(other)))


def _worth(parts: list[list[_Run]]) -> int:
    """How much of a query is read, long words more."""
    return sum((runs[0].end - runs[0].start) ** 2 for runs in parts)


def _plain(typed: str) -> str:
    """What is typed as the tables spell it, marks as breaks."""
    spelled = pinyin.spelled(typed)
    return "".join(one if one.isalnum() else BREAK for one in spelled).strip(BREAK)
