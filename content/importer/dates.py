"""Chinese dates as ISO 8601."""

import datetime
import re

from content.headings import label_number

_NUMERAL = "〇○零一二三四五六七八九十"
DATE = re.compile(
    rf"(?:[12]\d{{3}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|[{_NUMERAL}]{{4}}年[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}日)"
)
_PIECES = re.compile(rf"[\d{_NUMERAL}]+")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PLAIN = re.compile(r"([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})")


def iso_date(text: str) -> str:
    """The first date in a text, such as 2023年1月4日 or 二〇二三年一月四日, as 2023-01-04; else empty."""
    match = DATE.search(text)
    if match:
        year, month, day = _PIECES.findall(match.group())
        return _iso(int(year.translate(_DIGITS)), _number(month), _number(day))
    plain = _PLAIN.search(text)
    return _iso(*map(int, plain.groups())) if plain else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else label_number(text.replace("○", "〇")) or 0


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
