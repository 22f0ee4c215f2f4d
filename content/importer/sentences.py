"""A paragraph split into sentences at 。！？, never inside quotes or brackets."""

import re

from content.folding import fold
from content.headings import NUMERALS

_STOPS = frozenset("。！？")
_PAIRS = dict(zip("“‘（《〈【〔「『([", "”’）》〉】〕」』)]", strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_GOES_ON = frozenset("，、；：。！？的等之为是）")
"""What after 。” shows that the sentence goes on."""
_NOTE_END = re.compile(r"(?:负责|牵头|参与|配合|指导|落实|下同|列出|分工|实施|推进|支持|附件\d{0,2})$")
_LABEL = re.compile(rf"[{NUMERALS}\d]{{1,4}}")


def split(paragraph: str) -> list[str]:
    """The sentences, in order; joined, they are the paragraph but for blanks between them.

    Closing quotes and brackets stay with the sentence they close, and so does a note in brackets that names
    who is responsible for it, printed after its stop.
    """
    partner = _partners(paragraph)
    found: list[str] = []
    start = at = 0
    while at < len(paragraph):
        mark = paragraph[at]
        end = at + 1
        if at in partner and partner[at] > at:
            last = partner[at]
            end = last + 1
            ends = _group_ends(paragraph, start, at, last)
        else:
            ends = mark in _STOPS
        if ends:
            end = _with_note(paragraph, partner, _with_marks(paragraph, partner, end))
            found.append(paragraph[start:end])
            start = end
        at = end
    found.append(paragraph[start:])
    return _visible(found)


def _partners(paragraph: str) -> dict[int, int]:
    """Place of each quote or bracket that has its other half → place of that half."""
    partner: dict[int, int] = {}
    opened: list[int] = []
    waiting = dict.fromkeys(_CLOSERS, 0)
    for place, mark in enumerate(paragraph):
        if mark in _PAIRS:
            opened.append(place)
            waiting[_PAIRS[mark]] += 1
        elif waiting.get(mark):
            while True:
                first = opened.pop()
                closing = _PAIRS[paragraph[first]]
                waiting[closing] -= 1
                if closing == mark:
                    break
            partner[first], partner[place] = place, first
    return partner


def _group_ends(paragraph: str, start: int, first: int, last: int) -> bool:
    """Whether a quotation or bracket that ends with a stop ends the sentence as well."""
    if paragraph[first:last].rstrip("”’）》】")[-1:] not in _STOPS:
        return False
    following = paragraph[last + 1 : last + 2]
    if paragraph[first] in "“‘「『":
        return following not in _GOES_ON
    return first == start and following not in _GOES_ON


def _with_marks(paragraph: str, partner: dict[int, int], end: int) -> int:
    """The end moved past further stops and closing marks without an opening one."""
    while end < len(paragraph) and (
        paragraph[end] in _STOPS or (paragraph[end] in _CLOSERS and end not in partner)
    ):
        end += 1
    return end


def _with_note(paragraph: str, partner: dict[int, int], end: int) -> int:
    if paragraph[end : end + 1] != "（" or end not in partner:
        return end
    last = partner[end]
    inside = paragraph[end + 1 : last]
    if _LABEL.fullmatch(inside):
        return end
    if last + 1 == len(paragraph) or _NOTE_END.search(inside[-8:]):
        return _with_marks(paragraph, partner, last + 1)
    return end


def _visible(pieces: list[str]) -> list[str]:
    """The pieces trimmed; one without a visible character goes to the one before it."""
    found: list[str] = []
    for piece in pieces:
        if found and not fold(piece):
            found[-1] = (found[-1] + piece).strip()
        elif piece.strip():
            found.append(piece.strip())
    return found
