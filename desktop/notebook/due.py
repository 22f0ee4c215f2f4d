"""Due dates as officials write them: 2023年6月底前, 6月底, 年底前, 2024年上半年, 二季度末, 2023-06-30, 长期坚持, 即时.

What is written is kept; what it means is read anew whenever it is asked for. Where no year is written it is that of a
day given beside it: of the plan's date for what is pasted from a plan, of the day of writing for what is typed.
A month and the like are over on their last day; before a month (6月前) is the day before its first, as is before a year.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

SOON_DAYS = 30
"""Days before a due date from which on it is soon."""
_CENTURY = 2000
_PLAN_ENDS = {"四": 2025, "五": 2030}
"""五年规划 → its last year."""
_RELATIVE_YEARS = {"去": -1, "今": 0, "本": 0, "当": 0, "明": 1, "次": 1}
_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十]+(?=年|月|日|号|季)")

_EXPRESSION = re.compile(
    r"""
    十(?P<plan>[四五])五["”]?(?:规划)?(?:期间|时期|期末|期内|末|期)?
    | (?<!\d)(?P<dy>(?:19|20)\d\d)[-/.](?P<dm>\d\d?)(?:[-/.](?P<dd>\d\d?))?(?![\d年月])
    | (?<!\d)(?P<cy>20\d\d)(?P<cm>\d\d)(?P<cd>\d\d)(?!\d)
    | (?<!\d)
      (?:(?P<year>(?:19|20)\d\d)年度?|(?P<short>\d\d)年(?=\d\d?月)|(?P<relative>[去今本当明次])年度?)?
      (?:(?P<month>(?<!\d)\d\d?)月份?(?:(?P<day>\d\d?)[日号]|(?P<third>上旬|中旬|下旬|初))?
        |(?P<half>[上下])半年
        |第?(?P<quarter>(?<!\d)[1-4])季度?
        |Q(?P<letter>[1-4])
        |(?P<whole>年?(?:底|末|内|终)|年中|中期|全年)
      )?
      (?:(?P<end>底|末)|(?P<before>(?:之|以)?前(?!期)))?
    """,
    re.VERBOSE,
)
_BETWEEN = re.compile(r"[-—–~至到]+")
_SHORT_SPANS = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)[-—–~至到]((?:19|20)\d\d)年"), r"\1年-\2年"),
    (re.compile(r"(?<![-/.\d])(\d\d?)[-—–~至到](\d\d?)月"), r"\1月-\2月"),
    (re.compile(r"(\d\d?月)(\d\d?)[日号]?[-—–~至到](\d\d?)[日号]"), r"\1\2日-\1\3日"),
)
"""Spans that name a unit once → the same with both: 1-6月."""
_CLOCK = re.compile(r"[T\s]+\d\d?:\d\d(?::\d\d(?:\.\d+)?)?$")
_LONG = re.compile(r"长期|持续|常态化?|经常性?|不间断|每(?:年|半年|季度?|月|周|日|天)|逐年|全程")
_AT_ONCE = re.compile(r"即时|即刻|立即|立刻|马上|立行立改|即知即改|即办|随时")
_FILLER = re.compile(
    r"(?:力争|确保|争取|原则上|预计|计划|截至|截止|完成时限|时限|全面|基本|完成|落实|到位|办结|实现|达到|坚持|推进|推动|实施|进行"
    r"|执行|整改|并|化|到|至|于|在|之?前|以前|内|为?止|[,，.。;；、:：()（）\"“”])*"
)


class Scale(Enum):
    """What a due date names; they sort in this order, those with days among themselves by their last."""

    AT_ONCE = "即时"
    DAY = "日"
    MONTH = "月"
    QUARTER = "季"
    HALF = "半年"
    YEAR = "年"
    SPAN = "时段"
    LONG = "长期"
    UNKNOWN = "未识别"
    NONE = "未定"


@dataclass(frozen=True, slots=True)
class Due:
    """What a due date means. ``first`` and ``last`` are the days of the time named, both None where it has none.

    ``is_whole`` says whether all that is written was understood, ``has_year`` whether its year was.
    """

    text: str
    scale: Scale
    first: date | None = None
    last: date | None = None
    is_whole: bool = True
    has_year: bool = True

    @property
    def display(self) -> str:
        """As it stands in a narrow column: 2023-06-30, 2023-06, 2023年二季度, 2024年上半年, 2023年, 即时, or as written."""
        first, last = self.first, self.last
        if first is None or last is None or not self.is_whole:
            return self.text
        match self.scale:
            case Scale.DAY:
                return last.isoformat()
            case Scale.MONTH:
                return f"{last.year}-{last.month:02}"
            case Scale.QUARTER:
                return f"{last.year}年{'一二三四'[(last.month - 1) // 3]}季度"
            case Scale.HALF:
                return f"{last.year}年{'上' if last.month == 6 else '下'}半年"
            case Scale.YEAR:
                return f"{last.year}年"
        return self.text

    @property
    def order(self) -> tuple[int, date, date]:
        """What sorts due dates: at once, then by the last day, then for long, not understood, not set."""
        ranks = {Scale.AT_ONCE: 0, Scale.LONG: 2, Scale.UNKNOWN: 3, Scale.NONE: 4}
        return ranks.get(self.scale, 1), self.last or date.max, self.first or date.max

    def is_overdue(self, day: date) -> bool:
        """Whether its last day is over. What has no day never is."""
        return self.last is not None and self.last < day

    def is_soon(self, day: date, days: int = SOON_DAYS) -> bool:
        """Whether its last day is so near, or it is due at once."""
        if self.last is None:
            return self.scale is Scale.AT_ONCE
        return day <= self.last and (self.last - day).days <= days


@dataclass(frozen=True, slots=True)
class _Time:
    """One expression: where it stands, and what it names."""

    begin: int
    end: int
    scale: Scale
    first: date
    last: date
    has_year: bool


def parse(text: str, reference: date | None = None) -> Due:
    """What a due date means; without ``reference`` one without a year is not understood. Never raises."""
    return _parse(text.strip(), reference.year if reference else 0)


def written(text: str, reference: date) -> str:
    """What to keep of what the reader has written: always with its year, and equal for what means the same."""
    due = parse(text, reference)
    if due.last is None or not due.is_whole:
        return due.text
    if due.display != due.text or due.has_year:
        return due.display
    return f"{due.last.year}年{due.text}"


def from_date(day: date) -> str:
    """A day from a calendar or a table as it is kept."""
    return day.isoformat()[:10]


@lru_cache(maxsize=8192)
def _parse(text: str, year: int) -> Due:
    if not text:
        return Due("", Scale.NONE)
    plain = _plain(text)
    times = _times(plain, year)
    if times:
        return _dated(text, plain, times)
    for scale, words in ((Scale.AT_ONCE, _AT_ONCE), (Scale.LONG, _LONG)):
        if found := words.search(plain):
            rest = plain[: found.start()] + plain[found.end() :]
            return Due(text, scale, is_whole=_FILLER.fullmatch(rest) is not None)
    return Due(text, Scale.UNKNOWN, is_whole=False)


def _dated(text: str, plain: str, times: list[_Time]) -> Due:
    """What a text with times in it means: one, a span from the first to the last, or else the latest."""
    if _recurs(plain, times):
        return Due(text, Scale.LONG, is_whole=False)
    joined = len(times) == 2 and _BETWEEN.fullmatch(plain, times[0].end, times[1].begin) is not None
    last = max(times, key=lambda one: one.last)
    rest = plain
    for one in reversed(times if joined else [last]):
        rest = rest[: one.begin] + rest[one.end :]
    if joined:
        rest = _BETWEEN.sub("", rest)
    is_whole = _FILLER.fullmatch(rest) is not None
    if joined and times[0].first <= times[1].last:
        return Due(text, Scale.SPAN, times[0].first, times[1].last, is_whole, times[0].has_year)
    return Due(text, last.scale, last.first, last.last, is_whole and not joined, last.has_year)


def _recurs(plain: str, times: list[_Time]) -> bool:
    """Whether a time comes round again: 每年6月底前."""
    before = plain[: times[0].begin]
    return re.search(r"每(?:年|半年|季度?|月|周)?$", before) is not None


def _plain(text: str) -> str:
    """The text in one width, without white space, with Arabic numbers before their units."""
    plain = "".join(_CLOCK.sub("", unicodedata.normalize("NFKC", text)).split())
    plain = _NUMERAL.sub(lambda found: _arabic(found[0]), plain)
    for span, longer in _SHORT_SPANS:
        plain = span.sub(longer, plain)
    return plain


def _arabic(numeral: str) -> str:
    """二〇二三 as 2023, 十二 as 12, 三十 as 30; what is no number stays as it is."""
    if "十" not in numeral:
        return "".join(str(_DIGITS[one]) for one in numeral)
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return numeral
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def _times(plain: str, year: int) -> list[_Time]:
    found: list[_Time] = []
    for match in _EXPRESSION.finditer(plain):
        if not any(value for name, value in match.groupdict().items() if name not in ("end", "before")):
            continue
        # A year once written goes for all that follows: 2023年6月底前启动，12月底前完成.
        time = _time(match, found[-1].last.year if found else year)
        if time is not None:
            is_known = time.has_year or (bool(found) and found[-1].has_year)
            found.append(replace(time, has_year=is_known))
    return found


def _time(match: re.Match[str], year: int) -> _Time | None:
    """What an expression names; None where there is no such day, or no year for it."""
    has_year = any(match[name] for name in ("plan", "dy", "cy", "year", "short", "relative"))
    follows_a_year = match.string[: match.start()].endswith("年")
    if not has_year and (not year or follows_a_year or match["whole"] in ("底", "末", "内", "终", "中期")):
        return None
    try:
        scale, first, last = _named(match, _year(match, year))
        if match["before"] and not match["whole"] and scale in (Scale.MONTH, Scale.QUARTER, Scale.YEAR):
            first, last = _before(scale, first)
    except (ValueError, OverflowError):
        return None
    return _Time(match.start(), match.end(), scale, first, last, has_year)


def _before(scale: Scale, day: date) -> tuple[date, date]:
    """The time of the same length that is over before a day."""
    last = day - timedelta(days=1)
    months = {Scale.MONTH: 1, Scale.QUARTER: 3, Scale.YEAR: 12}[scale]
    return date(last.year, last.month - months + 1, 1), last


def _year(match: re.Match[str], year: int) -> int:
    if match["plan"]:
        return _PLAN_ENDS[match["plan"]]
    if match["short"]:
        return _CENTURY + int(match["short"])
    if match["relative"]:
        if not year:
            raise ValueError(match["relative"])
        return year + _RELATIVE_YEARS[match["relative"]]
    return int(match["dy"] or match["cy"] or match["year"] or year)


def _named(match: re.Match[str], year: int) -> tuple[Scale, date, date]:
    """What an expression names in a year. Raises ValueError for a month or a day that is not there."""
    month, day = match["dm"] or match["cm"] or match["month"], match["dd"] or match["cd"] or match["day"]
    if month and day:
        the_day = date(year, int(month), int(day))
        return Scale.DAY, the_day, the_day
    if month:
        return _of_month(year, int(month), match["third"] or "")
    quarter = match["quarter"] or match["letter"]
    if quarter:
        return Scale.QUARTER, date(year, 3 * int(quarter) - 2, 1), _last_day(year, 3 * int(quarter))
    if match["half"] or match["whole"] in ("年中", "中期"):
        is_second = match["half"] == "下"
        return Scale.HALF, date(year, 7 if is_second else 1, 1), _last_day(year, 12 if is_second else 6)
    return Scale.YEAR, date(year, 1, 1), date(year, 12, 31)


def _of_month(year: int, month: int, third: str) -> tuple[Scale, date, date]:
    begin, end = date(year, month, 1), _last_day(year, month)
    if third in ("上旬", "初"):
        return Scale.SPAN, begin, date(year, month, 10)
    if third == "中旬":
        return Scale.SPAN, date(year, month, 11), date(year, month, 20)
    if third == "下旬":
        return Scale.SPAN, date(year, month, 21), end
    return Scale.MONTH, begin, end


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
