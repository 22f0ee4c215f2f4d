"""The document as text blocks: one for each row, character for character what the measures say."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QApplication

from content.model import Document
from desktop.fonts import Fonts
from desktop.views.page import LINE_HEIGHT, Row, Typography, lay_out, rows

BREAKS = {"\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "}


def blocks(page: QTextDocument) -> Iterator[QTextBlock]:
    """The blocks in order."""
    block = page.begin()
    while block.isValid():
        yield block
        block = block.next()


def test_every_measure_is_one_row_in_printed_order(plan: Document) -> None:
    assert [row.measure_id for row in rows(plan) if row.measure_id] == list(plan.places)


def test_rows_say_what_the_document_says(plan: Document) -> None:
    for row in rows(plan):
        if row.measure_id:
            place = plan.places[row.measure_id]
            assert row.text == place.measure.text
            assert row.section == place.section_key


def test_headings_are_the_printed_ones_without_their_stop(plan: Document) -> None:
    found = [row.text for row in rows(plan) if row.kind in ("part", "section")]
    assert found[:3] == [
        "一、明确总体要求",
        "二、深化重点领域对标改革，提升营商环境竞争力",
        "（一）市场准入退出",
    ]
    assert len([row for row in rows(plan) if row.kind == "section"]) == 27
    assert len([row for row in rows(plan) if row.kind == "part"]) == 5


def test_numbers_hang_only_beside_measures_of_sections(plan: Document) -> None:
    numbered = [row for row in rows(plan) if row.number]
    assert all(row.kind == "measure" and row.section != (0, 0) for row in numbered)
    assert len([row for row in numbered if row.section[1]]) == 196
    for row in numbered:
        assert row.number == plan.places[row.measure_id].number


def test_title_and_notice_are_known(plan: Document) -> None:
    front = {row.kind: row.text for row in rows(plan) if row.kind in ("title", "subtitle")}
    assert front["title"] == plan.title
    assert front["subtitle"] == f"关于印发《{plan.title}》的通知"


def test_a_block_holds_each_row_character_for_character(
    qapp: QApplication, plan: Document, chosen_fonts: Fonts
) -> None:
    page = rows(plan)
    made = lay_out(page, Typography(chosen_fonts.serif, 17))
    assert [block.text() for block in blocks(made)] == [row.text for row in page]


@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=6))
def test_odd_characters_neither_add_blocks_nor_shift_anything(
    qapp: QApplication, chosen_fonts: Fonts, texts: list[str]
) -> None:
    page = [Row("measure", text, (1, 1), f"m/1.1.{number}", number) for number, text in enumerate(texts, 1)]
    made = lay_out(page, Typography(chosen_fonts.serif, 17))
    assert [block.text() for block in blocks(made)] == [
        "".join(BREAKS.get(character, character) for character in text) for text in texts
    ]


@pytest.mark.parametrize("size", [12, 17, 32])
def test_formats_follow_the_size_and_the_kind(
    qapp: QApplication, plan: Document, chosen_fonts: Fonts, size: int
) -> None:
    page = rows(plan)
    typography = Typography(chosen_fonts.serif, size)
    for row, block in zip(page, blocks(lay_out(page, typography)), strict=True):
        font = block.begin().fragment().charFormat().font()
        assert font.family() == chosen_fonts.serif
        assert font.pixelSize() == typography.pixels(row.kind)
        assert font.bold() is (row.kind in ("title", "subtitle", "part", "section"))
        if row.kind == "measure":
            assert font.pixelSize() == size
            assert block.blockFormat().lineHeight() == round(LINE_HEIGHT * size)
