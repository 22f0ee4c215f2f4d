"""Dates and dated entries as persons write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold
from desktop.export.ledger import COLUMNS, LedgerRow, Step, due, steps_to_text, text_to_steps


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026年6月底前", "2026-06"),
        ("2026年6月", "2026-06"),
        ("2026-6", "2026-06"),
        ("2026/06", "2026-06"),
        ("2026年6月30日前", "2026-06-30"),
        ("2026.6.30", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("2026年底前", "2026-12"),
        ("持续推进", "长期"),
        (" 长期 ", "长期"),
        ("6月底前", "6月底前"),
        ("2026年", "2026年"),
        ("2026年13月", "2026年13月"),
        ("2026-02-30", "2026-02-30"),
        ("2026-06 之前若干", "2026-06 之前若干"),
        ("", ""),
    ],
)
def test_time_limits(typed: str, kept: str) -> None:
    assert due(typed) == kept
    assert due(kept) == kept


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-20 已完成",
        "2026年11月20日：已完成",
        "2026/11/20，已完成",
        "2026.11.20 已完成",
        "2026年11月20日已完成",
    ],
)
def test_entries_written_by_hand(line: str) -> None:
    assert text_to_steps(line) == (Step("2026-11-20", "已完成"),)


def test_lines_without_a_day_are_entries_without_one() -> None:
    assert text_to_steps("已完成\n\n2026-13-45 不是日子") == (
        Step("", "已完成"),
        Step("", "2026-13-45 不是日子"),
    )


_DAYS = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}")
_WORDS = st.text(
    st.sampled_from("甲乙1- ：，\n　_=") | st.characters(codec="utf-8", exclude_characters="\r"), max_size=20
)


@given(st.lists(st.builds(Step, _DAYS, _WORDS), max_size=4).map(tuple))
def test_dated_entries_come_back_as_they_went(steps: tuple[Step, ...]) -> None:
    assert text_to_steps(steps_to_text(steps)) == steps


def test_names_of_columns_are_told_apart() -> None:
    names = [fold(name) for column in COLUMNS for name in (column.header, *column.others.split())]
    assert len(names) == len(set(names))


def test_a_changed_limit_shows_the_first() -> None:
    assert LedgerRow(due="2026-09", first_due="2026-04").shown_due == "2026-09\n（原定 2026-04）"
    assert LedgerRow(due="2026-09", first_due="2026-09").shown_due == "2026-09"


def test_what_the_unit_wrote_counts() -> None:
    assert not LedgerRow("r1", "x/1.1.1", "出处", "节", "原文").is_filled_in
    assert LedgerRow(lead="市发改委").is_filled_in
