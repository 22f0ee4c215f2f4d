"""A paragraph brought to Chinese punctuation and plain digits, by these steps only.

1. «» to 《》, U+100170 to ·, full-width digits and Latin letters to ASCII, ％ and ． after a digit too;
2. layout blanks dropped, spaced-out words closed, one blank kept between two names or Latin words;
3. straight quotes in Chinese text to “ ” and ‘ ’, by pairs;
4. half-width , . ; : ? ! ( ) in Chinese text to Chinese ones.

Folding a paragraph gives the same before and after. What is ambiguous stays as it is.
"""

import re
from itertools import accumulate

from content.headings import NUMERALS

_GLYPHS = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
    | {"«": "《", "»": "》", "\U00100170": "·"}
    | dict.fromkeys("\u200b\u2060\ufeff\u00ad")
)
_FULL_WIDTH_BY_DIGIT = re.compile(r"(?<=[0-9])％|(?<=[0-9])．(?=[0-9])")
_CHINESE_MARK = dict(zip(",.;:?!()", "，。；：？！（）", strict=True))
_PAIRED = str.maketrans("（）", "()")
_CLOSING_DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发)?$")
_STATUTE_LABEL = re.compile(rf"第[{NUMERALS}0-9]+(?:[编篇章节条]|部分)")
_LABEL_BEFORE_STOP = re.compile(rf"(?:^|[^0-9A-Za-z%,.\u4e00-\u9fff])[0-9]{{1,2}}$|^[{NUMERALS}]{{1,3}}$")
_ADDRESS = re.compile(r"[0-9A-Za-z][./@:_-]+[0-9A-Za-z][0-9A-Za-z./@:_-]*$")
_LOOK_BACK = 60


def normalise(text: str) -> str:
    """The paragraph after the steps above; doing it twice changes nothing more."""
    text = _closed(text.translate(_GLYPHS))
    text = _FULL_WIDTH_BY_DIGIT.sub(lambda match: "%" if match.group() == "％" else ".", text)
    return _closed(_chinese_marks(_curled(text)))


def has_half_width_stop(text: str) -> bool:
    """Whether a half-width stop or bracket stands in Chinese text, where a Chinese one belongs."""
    return sum(map(text.count, _CHINESE_MARK)) != sum(map(_chinese_marks(text).count, _CHINESE_MARK))


def _chinese(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
        or "\U00020000" <= character <= "\U0003ffff"
        or character in "“”‘’—…·"
    ) and character != ""


def _word(character: str) -> bool:
    """A Chinese character that words are made of, not a mark."""
    return _chinese(character) and character.isalnum()


def _closed(text: str) -> str:
    pieces = text.split()
    gaps = [len(gap) for gap in re.findall(r"\s+", text.strip())]
    if len(gaps) != len(pieces) - 1:
        return " ".join(pieces)
    starts = list(accumulate((len(piece) for piece in pieces), initial=0))
    whole = "".join(pieces)
    dated = _CLOSING_DATE.search(whole[-_LOOK_BACK:])
    date_at = max(0, len(whole) - _LOOK_BACK) + dated.start() if dated else -1
    closed = pieces[:1]
    for at, gap in enumerate(gaps, 1):
        if starts[at] == date_at or _keeps_blank(pieces[at - 1], pieces[at], gap):
            closed.append(" ")
        closed.append(pieces[at])
    return "".join(closed)


def _keeps_blank(left: str, right: str, gap: int) -> bool:
    before, after = left[-1], right[0]
    if _word(before) and _word(after):
        if _STATUTE_LABEL.fullmatch(left):
            return True
        single = len(left) == 1 or len(right) == 1 or not (_word(left[-2]) and _word(right[1]))
        return not single or (gap > 1 and len(left) != len(right))
    if _chinese(before) or _chinese(after):
        other = after if _chinese(before) else before
        return not (_chinese(other) or other.isalnum() or other in "%,.;:?!()\"'")
    return True


def _curled(text: str) -> str:
    for straight, (opening, closing) in (('"', "“”"), ("'", "‘’")):
        if straight in text:
            text = _curled_pairs(text, straight, opening, closing)
    return text


def _curled_pairs(text: str, straight: str, opening: str, closing: str) -> str:
    at = [place for place, mark in enumerate(text) if mark == straight]
    if len(at) % 2:
        return text
    marks = list(text)
    for first, last in zip(at[::2], at[1::2], strict=True):
        inside = any(map(_word, text[first + 1 : last]))
        outside = _word(text[first - 1 : first]) or _word(text[last + 1 : last + 2])
        apostrophe = straight == "'" and text[:first][-1:].isalnum() and text[first - 1].isascii()
        if (inside or (outside and straight == '"')) and not apostrophe:
            marks[first], marks[last] = opening, closing
    return "".join(marks)


def _chinese_marks(text: str) -> str:
    if not any(mark in text for mark in _CHINESE_MARK) or not any(map(_chinese, text)):
        return text
    marks = list(text)
    for place in _chinese_brackets(text):
        marks[place] = _CHINESE_MARK.get(marks[place], marks[place])
    for place, mark in enumerate(text):
        if mark in ",.;:?!" and _in_chinese(marks, place):
            marks[place] = _CHINESE_MARK[mark]
    return "".join(marks)


def _chinese_brackets(text: str) -> list[int]:
    """Places of the brackets, pair by pair, that hold Chinese words or stand by one; lone ones are left alone."""
    counts = list(accumulate(map(_word, text), initial=0))
    found: list[int] = []
    opened: list[int] = []
    for place, mark in enumerate(text.translate(_PAIRED)):
        if mark == "(":
            opened.append(place)
        elif mark == ")" and opened:
            first = opened.pop()
            before, after = _neighbour(text, first, -1), _neighbour(text, place, 1)
            wide = text[first] != "(" or text[place] != ")"
            latin = before.isascii() and before.isalnum()
            if wide or counts[place] > counts[first + 1] or _word(before) or (_word(after) and not latin):
                found += [first, place]
    return found


def _in_chinese(marks: list[str], place: int) -> bool:
    before, after = _neighbour(marks, place, -1), _neighbour(marks, place, 1)
    if marks[place] == ".":
        return _stop_in_chinese(marks, place, before, after)
    return _chinese(before) or (before != "" and (before.isalnum() or before in "%)") and _chinese(after))


def _stop_in_chinese(marks: list[str], place: int, before: str, after: str) -> bool:
    after_percent = before == "%" and after.isdigit()
    near_chinese = _chinese(before) or _chinese(after) or not after
    if before in (".", "") or after == "." or not (after_percent or near_chinese):
        return False
    back = "".join(marks[max(0, place - _LOOK_BACK) : place])
    if _LABEL_BEFORE_STOP.search(back):
        return False
    if _chinese(before):
        return True
    if _ADDRESS.search(back) and not before.isdigit():
        return False
    return before.isalnum() or before in "%)"


def _neighbour(marks: list[str] | str, place: int, step: int) -> str:
    """The next character on one side, a blank passed over; empty at the end."""
    place += step
    if 0 <= place < len(marks) and marks[place] == " ":
        place += step
    return marks[place] if 0 <= place < len(marks) else ""
