"""Adjacent marks are set close in the text and in the results, without changing a character."""

import pytest
from PySide6.QtGui import QFont

from desktop import fonts
from desktop.views import adjacent_marks
from tests.desktop.reader import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推行“一件事”，优化", [6]),
        ("“身份码”。", [4]),
        ("（二）、（三）", [2, 3]),
        ("环境”“营造", [2]),
        ("没有相邻的，标点。", []),
        ("（“开头", []),
        ("", []),
    ],
)
def test_only_a_closing_mark_before_another_mark_loses_its_half(text: str, expected: list[int]) -> None:
    assert list(adjacent_marks.positions(text)) == expected


def test_a_full_width_mark_loses_half_a_character(chosen_fonts: fonts.Fonts) -> None:
    font = QFont(chosen_fonts.serif)
    font.setPixelSize(20)
    assert adjacent_marks.closer(font).fontLetterSpacing() in (-10, 0)


def test_the_text_keeps_every_character_and_the_pair_is_narrower(reader: Reader) -> None:
    block = reader.window.reading.document().begin()
    while block.isValid() and "“一件事”，" not in block.text():
        block = block.next()
    assert block.text() == "深入推进企业高频证照变更联办“一件事”，优化全程网办功能。"
    line, at = block.layout().lineAt(0), block.text().index("”，")
    quote = line.cursorToX(at + 1)[0] - line.cursorToX(at)[0]  # type: ignore[index]
    letter = line.cursorToX(1)[0] - line.cursorToX(0)[0]  # type: ignore[index]
    assert quote < 0.75 * letter
