"""The Markdown of notes as paragraphs of runs, for writers that know neither Markdown nor HTML."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from html.parser import HTMLParser

from desktop.notebook import rendering

_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ufdd0]")
"""Characters that no XML may hold."""


class Shape(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTATION = "quotation"
    CODE = "code"
    RULE = "rule"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner. A line feed in them breaks the line."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table of ``rows`` whose first is its head where ``has_head``.

    ``depth`` counts the lists and quotations around it; ``mark`` is what stands before an item: • or 1.
    """

    shape: Shape
    runs: tuple[Run, ...] = ()
    depth: int = 0
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


def clean(text: str) -> str:
    """Words as any file can hold them; what none can becomes U+FFFD."""
    return _STRANGE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def blocks(body: str) -> tuple[Block, ...]:
    """A note's Markdown in blocks; never raises."""
    body = clean(body)
    if rendering.is_plain(body):
        return tuple(
            Block(Shape.PARAGRAPH, (Run(paragraph.strip("\n")),))
            for paragraph in re.split(r"\n\s*\n", body)
            if paragraph.strip()
        )
    reader = _Reader()
    reader.feed(rendering.to_html(body))
    reader.close()
    return reader.finish()


@dataclass
class _List:
    """A list being read; ``next`` numbers its items, 0 where they are not numbered."""

    next: int


class _Reader(HTMLParser):
    """Reads the few tags that a rendered note has."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._shape = Shape.PARAGRAPH
        self._lists: list[_List] = []
        self._mark = ""
        self._quotations = 0
        self._manner = Run("")
        self._rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "strong" | "em" | "code":
                self._set_manner(tag, True)
            case "br":
                self._runs.append(Run("\n"))
            case "th" | "td":
                self._runs = []
            case "table":
                self._flush()
                self._rows = []
            case "tr":
                self._rows.append([])
            case _:
                self._open_block(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "strong" | "em" | "code":
                self._set_manner(tag, False)
            case "th" | "td":
                self._rows[-1].append("".join(run.text for run in self._runs))
                self._runs = []
            case "table":
                self._blocks.append(Block(Shape.TABLE, rows=tuple(map(tuple, self._rows))))
            case "tr" | "thead" | "tbody" | "br" | "hr":
                pass
            case _:
                self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self._shape is not Shape.CODE:
            data = data.replace("\n", "")  # each break of a line in a note has its <br>
        if data:
            self._runs.append(replace(self._manner, text=data))

    def finish(self) -> tuple[Block, ...]:
        """All blocks."""
        self._flush()
        return tuple(self._blocks)

    def _open_block(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._flush()
        match tag:
            case "ul":
                self._lists.append(_List(0))
            case "ol":
                self._lists.append(_List(int(attributes.get("start") or 1)))
            case "li" if self._lists:
                self._mark = "•"
                if self._lists[-1].next:
                    self._mark = f"{self._lists[-1].next}."
                    self._lists[-1].next += 1
            case "blockquote":
                self._quotations += 1
            case "pre":
                self._shape = Shape.CODE
            case "hr":
                self._blocks.append(Block(Shape.RULE))
            case _ if tag[0] == "h":
                self._shape = Shape.HEADING

    def _close_block(self, tag: str) -> None:
        self._flush()
        match tag:
            case "ul" | "ol" if self._lists:
                self._lists.pop()
            case "blockquote":
                self._quotations -= 1

    def _flush(self) -> None:
        runs, shape = _trimmed(self._runs), self._shape
        if runs:
            if shape is Shape.PARAGRAPH and (self._lists or self._quotations):
                shape = Shape.ITEM if self._lists else Shape.QUOTATION
            depth = len(self._lists) + self._quotations
            self._blocks.append(Block(shape, runs, depth, self._mark))
            self._mark = ""
        self._runs, self._shape = [], Shape.PARAGRAPH

    def _set_manner(self, tag: str, wanted: bool) -> None:
        match tag:
            case "strong":
                self._manner = replace(self._manner, is_bold=wanted)
            case "em":
                self._manner = replace(self._manner, is_italic=wanted)
            case _:
                self._manner = replace(self._manner, is_code=wanted)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without breaks and blanks around them; none if nothing is left."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip("\n"))
    return tuple(kept)
