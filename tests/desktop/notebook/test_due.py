"""Due dates as officials write them: what day they mean, when they are late, and that none is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.notebook import due
from desktop.notebook.due import Due, Scale, parse, written

PLAN_DATE = date(2023, 1, 4)
ENDS = [
    ("2023年6月底前", "2023-06-30"),
    ("2023年6月底", "2023-06-30"),
    ("2023年6月", "2023-06-30"),
    ("2023年06月末", "2023-06-30"),
    ("2023年6月份", "2023-06-30"),
    ("6月底", "2023-06-30"),
    ("6月底前完成", "2023-06-30"),
    ("２０２３年６月底", "2023-06-30"),
    ("2023 年 6 月 底 前", "2023-06-30"),
    ("二〇二三年六月底前", "2023-06-30"),
    ("十二月底", "2023-12-31"),
    ("23年6月底", "2023-06-30"),
    ("2023-06", "2023-06-30"),
    ("2023.6", "2023-06-30"),
    ("2023/06", "2023-06-30"),
    ("2024年2月", "2024-02-29"),
    ("2023-06-30", "2023-06-30"),
    ("2023/6/30", "2023-06-30"),
    ("2023.6.30", "2023-06-30"),
    ("20230630", "2023-06-30"),
    ("2023-06-30 00:00:00", "2023-06-30"),
    ("2023年6月30日前", "2023-06-30"),
    ("6月30日", "2023-06-30"),
    ("六月三十日前", "2023-06-30"),
    ("2023年6月前", "2023-05-31"),
    ("2023年1月前", "2022-12-31"),
    ("6月上旬", "2023-06-10"),
    ("6月中旬", "2023-06-20"),
    ("6月下旬", "2023-06-30"),
    ("2023年二季度末", "2023-06-30"),
    ("二季度", "2023-06-30"),
    ("第三季度", "2023-09-30"),
    ("2023年Q4", "2023-12-31"),
    ("2023年第1季度前", "2022-12-31"),
    ("2024年上半年", "2024-06-30"),
    ("上半年", "2023-06-30"),
    ("下半年", "2023-12-31"),
    ("年中", "2023-06-30"),
    ("年底前", "2023-12-31"),
    ("2023年底前", "2023-12-31"),
    ("2023年年底", "2023-12-31"),
    ("2023年末", "2023-12-31"),
    ("2023年内", "2023-12-31"),
    ("年内", "2023-12-31"),
    ("全年", "2023-12-31"),
    ("2023年", "2023-12-31"),
    ("2023年度", "2023-12-31"),
    ("2024年前", "2023-12-31"),
    ("今年底", "2023-12-31"),
    ("明年3月底", "2024-03-31"),
    ("到2025年", "2025-12-31"),
    ("力争2023年底前完成", "2023-12-31"),
    ("“十四五”期末", "2025-12-31"),
    ("十四五期间", "2025-12-31"),
    ("1-6月", "2023-06-30"),
    ("2023年1月—6月", "2023-06-30"),
    ("2023年1月至2024年6月底", "2024-06-30"),
    ("2023-2025年", "2025-12-31"),
    ("2023年6月1日至30日", "2023-06-30"),
    ("2022年12月—2023年3月", "2023-03-31"),
]


class TestParsing:
    @pytest.mark.parametrize(("text", "last"), ENDS)
    def test_the_last_day_in_time(self, text: str, last: str) -> None:
        found = parse(text, PLAN_DATE)
        assert found.last == date.fromisoformat(last)
        assert found.is_whole
        assert found.first is not None
        assert found.first <= found.last

    @pytest.mark.parametrize(
        ("text", "scale"),
        [
            ("长期", Scale.LONG),
            ("长期坚持", Scale.LONG),
            ("持续推进", Scale.LONG),
            ("常态化推进", Scale.LONG),
            ("每年", Scale.LONG),
            ("即时", Scale.AT_ONCE),
            ("立即整改", Scale.AT_ONCE),
            ("立行立改", Scale.AT_ONCE),
            ("", Scale.NONE),
            (" \u3000", Scale.NONE),
        ],
    )
    def test_what_has_no_day(self, text: str, scale: Scale) -> None:
        assert parse(text, PLAN_DATE) == Due(text.strip(), scale)

    @pytest.mark.parametrize(
        "text",
        [
            "视情",
            "3个月内",
            "三年内",
            "2023年13月",
            "6月31日前",
            "2023年2月29日",
            "底",
            "末",
            "前",
            "9999年1月",
            "第5季度",
        ],
    )
    def test_what_is_not_understood_says_so(self, text: str) -> None:
        assert parse(text, PLAN_DATE) == Due(text, Scale.UNKNOWN, is_whole=False)

    @pytest.mark.parametrize(
        ("text", "scale", "last"),
        [
            ("2023年6月底前完成方案，12月底前完成建设", Scale.MONTH, "2023-12-31"),
            ("长期坚持，2023年6月底前取得阶段性成效", Scale.MONTH, "2023-06-30"),
            ("2023年6月底（已延期至9月底）", Scale.MONTH, "2023-09-30"),
            ("即日起至2023年底", Scale.YEAR, "2023-12-31"),
            ("每年6月底前", Scale.LONG, ""),
        ],
    )
    def test_of_several_times_the_latest_counts_and_it_says_that_there_is_more(
        self, text: str, scale: Scale, last: str
    ) -> None:
        found = parse(text, PLAN_DATE)
        assert (found.scale, found.last) == (scale, date.fromisoformat(last) if last else None)
        assert not found.is_whole
        assert found.display == text

    def test_without_a_year_nothing_is_made_up(self) -> None:
        assert parse("6月底").scale is Scale.UNKNOWN
        assert parse("今年底").scale is Scale.UNKNOWN
        assert parse("2023年6月底").last == parse("6月底", PLAN_DATE).last
        assert parse("2022年6月启动，12月底完成").last == date(2022, 12, 31)

    @given(st.text(max_size=30) | st.text("一二三十〇12年月日底前至-—上下半季度每长期即时 ，", max_size=30))
    @example("十十月")
    def test_anything_is_read_without_an_error_and_kept(self, text: str) -> None:
        for reference in (None, PLAN_DATE, date.min, date.max):
            found = parse(text, reference)
            assert found.text == text.strip()
            assert (found.first is None) == (found.last is None)
            assert found.display or not found.text
            assert found.order <= found.order
            if reference:
                written(text, reference)

    @given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    def test_every_day_comes_back_however_it_is_written(self, day: date) -> None:
        for text in (
            due.from_date(day),
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}/{day.month:02}/{day.day:02} 00:00",
        ):
            assert parse(text) == Due(text, Scale.DAY, day, day)


class TestWritten:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("6月底前", "2023-06"),
            ("2023年6月底前", "2023-06"),
            ("2023-6", "2023-06"),
            ("6月30日", "2023-06-30"),
            ("二季度末", "2023年二季度"),
            ("2024年上半年", "2024年上半年"),
            ("下半年", "2023年下半年"),
            ("年底前", "2023年"),
            ("1-6月", "2023年1-6月"),
            ("6月上旬", "2023年6月上旬"),
            ("2023年1月—6月", "2023年1月—6月"),
            (" 长期坚持 ", "长期坚持"),
            ("即时", "即时"),
            ("视情", "视情"),
            ("6月底前报方案", "6月底前报方案"),
            ("2023年6月31日", "2023年6月31日"),
            ("", ""),
        ],
    )
    def test_what_is_kept_is_told_by_its_year(self, text: str, kept: str) -> None:
        assert written(text, PLAN_DATE) == kept

    @pytest.mark.parametrize("text", [text for text, _ in ENDS])
    def test_what_is_kept_means_the_same_ever_after(self, text: str) -> None:
        kept = written(text, PLAN_DATE)
        found = parse(kept)
        assert (found.last, found.has_year) == (parse(text, PLAN_DATE).last, True)
        assert written(kept, date(2030, 1, 1)) == kept


class TestTime:
    @pytest.mark.parametrize(
        ("text", "day", "overdue", "soon"),
        [
            ("2023-06", "2023-05-31", False, True),
            ("2023-06", "2023-05-30", False, False),
            ("2023-06", "2023-06-30", False, True),
            ("2023-06", "2023-07-01", True, False),
            ("2023-06-15", "2023-06-16", True, False),
            ("2023年", "2023-12-31", False, True),
            ("长期", "2099-01-01", False, False),
            ("即时", "2023-01-01", False, True),
            ("视情", "2099-01-01", False, False),
            ("", "2099-01-01", False, False),
        ],
    )
    def test_when_it_is_late_and_when_soon(self, text: str, day: str, overdue: bool, soon: bool) -> None:
        found, at = parse(text), date.fromisoformat(day)
        assert (found.is_overdue(at), found.is_soon(at)) == (overdue, soon)

    @given(st.sampled_from(ENDS), st.dates(), st.integers(0, 400))
    def test_it_is_never_both(self, end: tuple[str, str], day: date, days: int) -> None:
        found = parse(end[0], PLAN_DATE)
        assert not (found.is_overdue(day) and found.is_soon(day, days))
        assert found.last is not None
        assert found.is_overdue(found.last + timedelta(days=1))
        assert found.is_soon(found.last, 0)

    def test_they_sort_by_their_last_day_with_what_has_none_at_the_ends(self) -> None:
        texts = [
            "",
            "视情",
            "2023-06",
            "长期",
            "2024年上半年",
            "即时",
            "2023-06-30",
            "2023年二季度",
            "2023-06-01",
        ]
        ordered = sorted(texts, key=lambda text: parse(text).order)
        assert ordered == [
            "即时",
            "2023-06-01",
            "2023年二季度",
            "2023-06",
            "2023-06-30",
            "2024年上半年",
            "长期",
            "视情",
            "",
        ]
