"""Physical lines made into paragraphs."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from content.importer.unwrap import paragraphs

LONG = "完善企业登记数字化服务平台，拓展设立、变更、注销全程电子化登记覆盖范围，提高一次核准率。"
PAPER = ["一、总体要求", LONG * 3, "二、重点任务", "（一）市场准入。" + LONG * 2, "（二）退出。" + LONG * 4]


def wrapped(texts: list[str], width: int, indent: str = "", gap: str = "\n") -> str:
    return gap.join(
        line for text in texts for line in textwrap.wrap(indent + text, width, drop_whitespace=False)
    )


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(text)]


def test_hard_wrapped_lines_are_joined() -> None:
    for width in (22, 28, 30, 38, 40):
        assert texts(wrapped(PAPER, width)) == PAPER


def test_indents_tell_where_paragraphs_begin() -> None:
    paper = [LONG, LONG, LONG * 2, LONG * 3]
    assert texts(wrapped(paper, 30, indent="\u3000\u3000")) == paper


def test_blank_lines_between_all_lines_mean_nothing() -> None:
    assert texts(wrapped(PAPER, 28, gap="\n\n")) == PAPER


def test_blank_lines_between_paragraphs_mean_something() -> None:
    text = "\n\n".join(wrapped([paragraph], 30) for paragraph in (LONG * 2, LONG * 3, LONG * 2))
    assert texts(text) == [LONG * 2, LONG * 3, LONG * 2]


def test_a_page_break_within_a_paragraph() -> None:
    lines = wrapped(PAPER, 28, gap="\n\n").split("\n\n")
    broken = "\n\n".join(lines[:5]) + "\n " + "\n\n".join(lines[5:])
    assert texts(broken) == PAPER


def test_lines_that_were_never_wrapped_stay_paragraphs() -> None:
    lines = ["各区人民政府：", LONG, LONG, LONG * 3, "国务院", LONG]
    assert texts("\n".join(lines)) == lines


def test_lines_of_one_length_that_all_end_are_not_wrapped() -> None:
    lines = [f"完善第{number}项制度，落实各区各部门各单位主要负责同志责任。" for number in "一二三四五六七八"]
    assert texts("\n".join(lines)) == lines


def test_an_open_title_takes_the_next_line() -> None:
    assert texts("关于印发《上海市\n行动方案》的通知\n各区：") == [
        "关于印发《上海市行动方案》的通知",
        "各区：",
    ]
    assert texts("关于《上海市\n没有关闭\n甲\n乙\n丙") == ["关于《上海市", "没有关闭", "甲", "乙", "丙"]


def test_latin_words_keep_a_blank_between_lines() -> None:
    assert texts("《World\nBank》") == ["《World Bank》"]


def test_line_numbers_are_those_of_the_file() -> None:
    assert [paragraph.number for paragraph in paragraphs("\n甲\n\n  乙\n\x0c丙")] == [2, 4, 6]


@given(st.text(st.sampled_from("营商。.《»\n \u3000\t一、（）aＺ\x0b\u2028"), max_size=80))
def test_only_white_space_goes(text: str) -> None:
    assert "".join("".join(texts(text)).split()) == "".join(text.split())
