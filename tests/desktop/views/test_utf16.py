"""Characters beyond the first plane, which Qt counts twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.utf16 import characters, units


@pytest.mark.parametrize(
    ("text", "at", "expected"), [("一二三", 2, 2), ("𠮷二三", 1, 2), ("𠮷二𠮷", 3, 5), ("", 0, 0)]
)
def test_units_before_a_character(text: str, at: int, expected: int) -> None:
    assert units(text, at) == expected
    assert characters(text, expected) == at


@given(st.text(st.characters(codec="utf-8")), st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert units(text, at) == len(text[:at].encode("utf-16-le")) // 2
    assert characters(text, units(text, at)) == at
