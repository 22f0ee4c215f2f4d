"""Headings of Chinese official papers: 一、 （一） 1. （1） 第…条, and their numbers.

The levels are those of GB/T 9704—2012, 7.3.3 (一、 （一） 1. （1）) and of statutes (编 章 节 条).
"""

import re

from content.draft import Heading

NUMERALS = "〇零一二三四五六七八九十百千两"
_STOPS = "。：:；;.．"
_LABEL = re.compile(
    rf"""第[{NUMERALS}\d]+(?:[编篇章节条]|部分)\s*
    | [（(][{NUMERALS}]+[）)]
    | [{NUMERALS}]+[、.．]
    | [（(]\d+[）)]
    | \d+[、.．](?!\d)
    """,
    re.VERBOSE,
)
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def split_heading(text: str) -> Heading:
    """A heading line taken apart: label, title, and the mark it ends with. Nothing is lost."""
    match = _LABEL.match(text)
    label = match.group() if match else ""
    rest = text[len(label) :]
    title = rest.rstrip(_STOPS)
    return Heading(label, title, rest[len(title) :])


def label_number(label: str) -> int | None:
    """The number in a label such as 二、 （十一） 3. 第二十条; None if there is none."""
    match = re.search(rf"[{NUMERALS}]+|\d+", label)
    if not match:
        return None
    return int(match.group()) if match.group().isdecimal() else _chinese_number(match.group())


def chinese_numeral(number: int) -> str:
    """1 … 99 as 一 … 九十九."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones else "") or "零"


def _chinese_number(text: str) -> int:
    total = 0
    digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit
