"""Labels of headings and the numbers in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.draft import Heading
from content.headings import chinese_numeral, label_number, split_heading


@pytest.mark.parametrize(
    ("printed", "heading"),
    [
        ("一、总体要求", Heading("一、", "总体要求")),
        ("（一）市场准入退出。", Heading("（一）", "市场准入退出", "。")),
        ("（二十一）加强督促检查。", Heading("（二十一）", "加强督促检查", "。")),
        ("第一章 总则", Heading("第一章 ", "总则")),
        ("第二十条", Heading("第二十条", "")),
        ("第三部分 保障", Heading("第三部分 ", "保障")),
        ("1.拓展两个市场。", Heading("1.", "拓展两个市场", "。")),
        ("1.5倍的目标", Heading("", "1.5倍的目标")),
        ("（1）范围：", Heading("（1）", "范围", "：")),
        ("附件1", Heading("", "附件1")),
        ("一是加强领导", Heading("", "一是加强领导")),
    ],
)
def test_a_heading_taken_apart(printed: str, heading: Heading) -> None:
    assert split_heading(printed) == heading


@given(st.text(max_size=20))
def test_nothing_of_a_heading_is_lost(text: str) -> None:
    heading = split_heading(text)
    assert heading.label + heading.title + heading.stop == text


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("二、", 2),
        ("（十一）", 11),
        ("第二十条", 20),
        ("第一百零三条", 103),
        ("（3）", 3),
        ("12.", 12),
        ("附件", None),
    ],
)
def test_the_number_of_a_label(label: str, number: int | None) -> None:
    assert label_number(label) == number


@given(st.integers(1, 99))
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert label_number(chinese_numeral(number)) == number
