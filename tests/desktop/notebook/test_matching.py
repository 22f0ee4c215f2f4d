"""Matching: where a changed quote stands, and what speaks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook.matching import Matcher, likeness

TEXT = "完善企业登记数字化服务平台，拓展设立、变更、注销全程电子化登记覆盖范围。依托电子营业执照系统推行身份码。推行名称承诺制。"
MATCHER = Matcher(TEXT)


def found(before: str, quote: str, after: str) -> str:
    """The words that are likeliest to be the quote."""
    matches = MATCHER.matches(before, quote, after)
    return TEXT[matches[0].start : matches[0].end] if matches else ""


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("数字化服务平台", "数字化服务平台"),
        ("数字化的服务平台", "数字化服务平台"),
        ("数字化平台", "数字化服务平台"),
        ("变更、备案、注销全程", "变更、注销全程"),
    ],
)
def test_words_put_in_left_out_or_changed_do_not_hide_a_quote(quote: str, words: str) -> None:
    assert found("", quote, "") == words


@pytest.mark.parametrize(("before", "after", "start"), [("全程", "化登记", 26), ("依托", "营业执照", 38)])
def test_what_stands_around_tells_repeated_words_apart(before: str, after: str, start: int) -> None:
    best = MATCHER.matches(before, "电子", after)[0]
    assert (best.start, best.end) == (start, start + 2)
    assert TEXT[start - 2 : start] == before


def test_the_very_words_with_all_around_them_are_kept_whole() -> None:
    best = MATCHER.matches("推行", "名称承诺", "制。")[0]
    assert best.kept == pytest.approx(1)
    assert best.share == pytest.approx(1)


def test_a_full_stop_is_hardly_anything_to_know_a_quote_by() -> None:
    assert all(match.kept < 0.5 for match in MATCHER.matches("跨境", "贸易。", "依托电子"))


def test_nothing_is_found_of_words_that_are_not_there() -> None:
    assert MATCHER.matches("跨境", "贸易", "便利") == []


@given(
    st.text("完善企业登记，。", max_size=9),
    st.text(max_size=9),
    st.text("全程电子。", max_size=9),
    st.text(max_size=30),
)
def test_any_quote_may_be_sought_in_any_text(before: str, quote: str, after: str, text: str) -> None:
    for match in Matcher(text + TEXT[:20]).matches(before, quote, after):
        assert 0 <= match.start < match.end <= len(text) + 20
        assert match.kept <= 1.0001


def test_likeness() -> None:
    assert likeness("企业登记", "企业登记") == 1
    assert likeness("企业", "") == 0
    assert likeness("企业登记", "企业") == pytest.approx(2 / 3)
