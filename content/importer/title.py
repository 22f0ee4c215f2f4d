"""Titles broken over several lines, joined again; and which line is the document's own title."""

import re
from dataclasses import dataclass

from content.folding import fold
from content.importer.unwrap import Paragraph, join

KINDS_OF_PAPER = (
    "通知|意见|方案|办法|规定|条例|决定|纲要|规划|细则|计划|措施|公告|通告|批复|函|报告|要点|指南|规则|清单|章程|"
    "决议|命令|通报|公报|议案|请示|纪要|准则|规程|答复|法|法典|修正案|解释"
)
_ENDS_AS_TITLE = re.compile(rf"(?:{KINDS_OF_PAPER})(?:[（(][^（）()]*[)）])?$")
NUMBER_LINE = re.compile(
    r"(?:发文字号|文\s*号)?[：:]?\s*([\u4e00-\u9fff]{1,14})\s*"
    r"[〔\[［（(【]((?:19|20)\d{2})[〕\]］）)】]\s*第?\s*(\d{1,5})\s*号"
)
_LETTERHEAD = re.compile(r"[^关于]{0,20}文件")
_MOST_LINES = 4
_LONGEST_LINE = 45
_HEAD = 12
"""Paragraphs among which the title stands."""
_BEFORE_BODY = 40
"""Paragraphs among which the title of an attached plan stands."""
_FORWARDED = re.compile(r"(?:印发|转发|公布|发布).{0,30}?《(.+)》的(?:通知|公告|决定|函|批复)")
_FORWARDED_BARE = re.compile(r"(?:印发|转发)(.+)的(?:通知|函)")


@dataclass(frozen=True, slots=True)
class Titles:
    """The title the paper stands under, and the title of the plan it forwards, if it does."""

    outer: str
    inner: str

    @property
    def own(self) -> str:
        return self.inner or self.outer


def joined_titles(found: list[Paragraph], hint: str) -> tuple[list[Paragraph], Titles]:
    """The paragraphs with broken titles made whole, and the titles.

    ``hint`` is the title a web page states, or empty.
    """
    outer_at, found = _outer(found, hint)
    outer = found[outer_at].text if outer_at is not None else hint
    inner = _forwarded(outer)
    if inner:
        found = _joined_as(found, inner, (outer_at or 0) + 1)
    if not inner and outer_at is None and not hint:
        return found, Titles("", "")
    return found, Titles(outer, inner)


def _outer(found: list[Paragraph], hint: str) -> tuple[int | None, list[Paragraph]]:
    for at in range(min(_HEAD, len(found))):
        lines = _title_lines(found[at : at + _MOST_LINES])
        for taken in range(len(lines), 0, -1):
            if hint and fold(join(lines[:taken])) == fold(hint):
                return at, _joined(found, at, taken)
    for at in range(min(_HEAD, len(found))):
        if NUMBER_LINE.fullmatch(found[at].text) or _LETTERHEAD.fullmatch(found[at].text):
            continue
        lines = _title_lines(found[at : at + _MOST_LINES])
        for taken in range(len(lines), 0, -1):
            if _ENDS_AS_TITLE.search(join(lines[:taken])):
                return at, _joined(found, at, taken)
        if not lines:
            break
    return None, found


def _title_lines(found: list[Paragraph]) -> list[str]:
    lines: list[str] = []
    for paragraph in found:
        text = paragraph.text
        if len(text) > _LONGEST_LINE * 3 or re.search(r"[。；：:]", text) or NUMBER_LINE.fullmatch(text):
            break
        if re.match(
            r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章条]", text
        ):
            break
        lines.append(text)
    return lines


def _joined(found: list[Paragraph], at: int, taken: int) -> list[Paragraph]:
    whole = Paragraph(found[at].number, join([one.text for one in found[at : at + taken]]))
    return [*found[:at], whole, *found[at + taken :]]


def _joined_as(found: list[Paragraph], title: str, start: int) -> list[Paragraph]:
    wanted = fold(title)
    for at in range(start, min(_BEFORE_BODY, len(found))):
        pieces: list[str] = []
        for paragraph in found[at : at + _MOST_LINES]:
            pieces.append(paragraph.text)
            folded = fold("".join(pieces))
            if folded == wanted:
                return _joined(found, at, len(pieces))
            if not wanted.startswith(folded):
                break
    return found


def _forwarded(outer: str) -> str:
    match = _FORWARDED.search(outer)
    if match:
        return match.group(1)
    bare = _FORWARDED_BARE.search(outer)
    return bare.group(1).strip() if bare and "《" not in bare.group(1) else ""
