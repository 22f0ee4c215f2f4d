"""Physical lines made into paragraphs: hard wrapping found by the widths of the lines and undone.

A file is taken as hard-wrapped when most of its lines have nearly one width and do not end with a stop.
Then a full line goes on in the next one unless that is indented or begins with a label; blank lines between
all physical lines, and the single blank that a page break leaves before a line, mean nothing. In other files
a line is a paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from content.headings import NUMERALS, label_number

_WIDE_MARKS = frozenset(",.;:?!()«»")
_STOPS = frozenset("。！？；：.!?;:")
_CLOSERS = '”’）》】〕")]»'
_LABEL = re.compile(
    rf"(?:第[{NUMERALS}\d]+(?:[编篇章节条]|部分)|[(（](?:[{NUMERALS}]+|\d+)[)）]|[{NUMERALS}]{{1,3}}[、.．]|\d{{1,3}}[、.．](?!\d))"
)
_STANDING = re.compile(
    rf"(?:抄送|抄报|主送|附件|附表)|[(（]此件"
    rf"|(?:[\d０-９]{{4}}|[{NUMERALS}○]{{4}})年[\d０-９{NUMERALS}]{{1,3}}月[\d０-９{NUMERALS}]{{1,3}}日$"
)
_SIGNATURE = re.compile(r"[\u4e00-\u9fff 、]{2,20}")
_SLACK = 6
"""Half-width columns a full line may be short: a lost indent of two characters, and one moved down."""
_RAGGED = 16
"""Columns a line that breaks off in the middle of a sentence may be short."""
_UNFINISHED = frozenset("，、,（(“《«第")
_LEAST_LINES = 6
_LONGEST_HEADING = 3
"""Lines a heading may take."""
_MOST_JOINED = 3
"""Further lines that may belong to a 《 left open."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the number of the line, from 1, it begins on."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    indented: bool
    after_blank: bool


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text; white space at their ends is gone, everything else is there, in order."""
    lines = list(_lines(text))
    width = _wrapping(lines)
    if width is None:
        return _closed_titles([Paragraph(line.number, line.text) for line in lines])
    made = _Unwrapping(width, blanks_matter=not _double_spaced(lines))
    for line in lines:
        made.take(line)
    return _closed_titles([Paragraph(number, join(pieces)) for number, pieces in made.found])


def join(pieces: list[str]) -> str:
    """Lines put together again; a blank only where two Latin words would run together."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _latin(joined[-1][-1:]) and _latin(piece[:1]):
            joined.append(" ")
        joined.append(piece)
    return "".join(joined)


def line_width(text: str) -> int:
    """Width in half-width columns, half-width Chinese punctuation counted as it was set."""
    return sum(2 if character > "\u2000" or character in _WIDE_MARKS else 1 for character in text)


def _lines(text: str) -> Iterator[_Line]:
    blank = True
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line:
            lead = raw[: len(raw) - len(raw.lstrip())]
            indented = line_width(lead.replace("\t", "    ").replace("\u3000", "  ")) >= 3
            yield _Line(number, line, indented, blank)
        blank = not line


def _wrapping(lines: list[_Line]) -> int | None:
    """The usual width of a hard-wrapped file's full lines, or None if the file is not hard-wrapped."""
    if len(lines) < _LEAST_LINES:
        return None
    widths = [line_width(line.text) for line in lines]
    usual = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))[0]
    full = [line.text for line, width in zip(lines, widths, strict=True) if abs(width - usual) <= _SLACK]
    longer = sum(width > usual + 2 * _SLACK for width in widths)
    ended = sum(text.rstrip(_CLOSERS)[-1:] in _STOPS for text in full)
    if usual < 30 or len(full) * 2 < len(lines) or longer * 33 > len(lines) or ended * 2 >= len(full):
        return None
    return usual


def _double_spaced(lines: list[_Line]) -> bool:
    return sum(line.after_blank for line in lines) * 10 >= len(lines) * 7


class _Unwrapping:
    """The lines of a hard-wrapped file taken one after another into paragraphs."""

    def __init__(self, width: int, *, blanks_matter: bool) -> None:
        self.found: list[tuple[int, list[str]]] = []
        self._width = width
        self._blanks_matter = blanks_matter
        self._numbers: dict[str, int] = {}

    def take(self, line: _Line) -> None:
        """Add a line to the last paragraph, or begin the next one with it."""
        label = _LABEL.match(line.text)
        if self.found and not line.indented and not (self._blanks_matter and line.after_blank):
            paragraph = self.found[-1][1]
            if (
                self._goes_on_at(paragraph, label, line.text)
                if label
                else self._goes_on(paragraph, line.text)
            ):
                paragraph.append(line.text)
                return
        self.found.append((line.number, [line.text]))
        if label:
            self._numbers[_kind(label)] = label_number(label.group()) or 0

    def _goes_on(self, paragraph: list[str], text: str) -> bool:
        previous = paragraph[-1]
        short = self._width - line_width(previous)
        ended = previous.rstrip(_CLOSERS)[-1:] in _STOPS
        if short > _SLACK:
            broken_off = not ended and previous[-1] not in _CLOSERS and not _is_heading(paragraph)
            in_text = any(mark in previous for mark in "，。,.；;")
            return short <= _RAGGED and broken_off and in_text and not _STANDING.match(text)
        if previous.endswith(("：", ":")) and _has_no_stop(paragraph):
            return False
        apart = _STANDING.match(text) or _SIGNATURE.fullmatch(text)
        return not (apart and (ended or previous[-1] in _CLOSERS))

    def _goes_on_at(self, paragraph: list[str], label: re.Match[str], text: str) -> bool:
        """Whether a line that begins with a label goes on all the same: a full line broke off before it."""
        previous = paragraph[-1]
        if self._width - line_width(previous) > _SLACK or previous.rstrip(_CLOSERS)[-1:] in _STOPS:
            return False
        expected = self._numbers.get(_kind(label), 0) + 1
        in_sequence = expected > 1 and label_number(label.group()) == expected
        is_list = _LABEL.match(text, label.end()) is not None
        return not _is_heading(paragraph) and (not in_sequence or is_list or previous[-1] in _UNFINISHED)


def _kind(label: re.Match[str]) -> str:
    return re.sub(rf"[{NUMERALS}\d]+", "1", label.group())


def _is_heading(paragraph: list[str]) -> bool:
    return _LABEL.match(paragraph[0]) is not None and _has_no_stop(paragraph)


def _has_no_stop(paragraph: list[str]) -> bool:
    return len(paragraph) <= _LONGEST_HEADING and not any(
        mark in piece for piece in paragraph for mark in ("。", ".")
    )


def _closed_titles(found: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs with a 《 left open joined to those that close it."""
    joined: list[Paragraph] = []
    at = 0
    while at < len(found):
        taken = _lines_to_close([one.text for one in found[at : at + 1 + _MOST_JOINED]])
        joined.append(Paragraph(found[at].number, join([one.text for one in found[at : at + taken]])))
        at += taken
    return joined


def _lines_to_close(texts: list[str]) -> int:
    still_open = 0
    for taken, text in enumerate(texts, 1):
        still_open += sum(map(text.count, "《«")) - sum(map(text.count, "》»"))
        if still_open <= 0:
            return taken if taken == 1 or still_open == 0 else 1
    return 1


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
