"""The row of bars: one for each section, as tall as its hits, leading there."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from content.model import Document
from desktop.theme import LIGHT
from desktop.views.hit_strip import HitStrip, by_part, stands
from tests.desktop.reader import colors_in

Key = tuple[int, int]


@pytest.fixture
def strip(plan: Document, qtbot: QtBot) -> HitStrip:
    made = HitStrip(stands(plan), LIGHT)
    qtbot.addWidget(made)
    made.resize(286, made.sizeHint().height())
    made.show()
    made.show_counts({(2, 1): 4, (2, 3): 1, (4, 1): 2})
    return made


@pytest.fixture
def chosen(strip: HitStrip) -> list[tuple[Key, ...]]:
    heard: list[tuple[Key, ...]] = []
    strip.place_chosen.connect(heard.append)
    return heard


def middle(strip: HitStrip, name: str) -> QPoint:
    """The middle of a section's column."""
    names = [bar for bar, _ in strip.bars]
    return strip.bar_rect(names.index(name)).center().toPoint()


def height(strip: HitStrip, name: str) -> int:
    """How many pixels of a section's column are filled."""
    column = strip.bar_rect([bar for bar, _ in strip.bars].index(name)).toRect()
    image = strip.grab().toImage()
    x = column.left() + 2
    return sum(
        image.pixelColor(x, y).name() in (LIGHT.star, LIGHT.accent)
        for y in range(column.top(), column.bottom() + 2)
    )


def test_every_section_has_a_bar(plan: Document) -> None:
    names = [one.name for one in stands(plan)]
    assert len(names) == 29
    assert names[:3] == ["印发通知与引言", "一、明确总体要求", "二、（一）市场准入退出"]
    assert [one.name for one in by_part(stands(plan))] == ["印发通知与引言", "一", "二", "三", "四", "五"]


def test_bars_are_as_tall_as_their_hits(strip: HitStrip) -> None:
    tall, middling, low, none = (
        height(strip, name)
        for name in (
            "二、（一）市场准入退出",
            "四、（一）浦东新区打造营商环境综合示范区",
            "二、（三）市政公共基础设施报装",
            "五、（一）加强协同配合",
        )
    )
    assert abs(tall - 2 * middling) <= 1
    assert middling > low > 2
    assert none == 0


def test_columns_stand_side_by_side_and_parts_apart(strip: HitStrip) -> None:
    columns = [strip.bar_rect(number) for number in range(len(strip.bars))]
    gaps = [round(right.left() - left.right(), 3) for left, right in pairwise(columns)]
    assert set(gaps) == {0, 5}
    assert gaps.count(5) == 5
    assert columns[-1].right() <= strip.width() - 13


def test_the_section_that_is_read_stands_out(strip: HitStrip) -> None:
    column = strip.bar_rect(2).toRect()
    assert LIGHT.accent not in colors_in(strip.grab().toImage(), column)
    strip.show_section((2, 1))
    assert LIGHT.accent in colors_in(strip.grab().toImage(), column)


def test_a_click_leads_to_a_section_with_hits_only(strip: HitStrip, chosen: list[tuple[Key, ...]]) -> None:
    for name in ("二、（三）市政公共基础设施报装", "五、（一）加强协同配合"):
        QTest.mouseClick(
            strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(strip, name)
        )
    assert chosen == [((2, 3),)]


def test_arrow_keys_pass_over_sections_without_hits(strip: HitStrip, chosen: list[tuple[Key, ...]]) -> None:
    strip.place_chosen.connect(lambda keys: strip.show_section(keys[0]))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(strip, key)
    assert chosen == [((2, 1),), ((2, 3),), ((4, 1),), ((2, 3),)]


def test_those_who_do_not_see_it_are_told(strip: HitStrip) -> None:
    QApplication.sendEvent(strip, QFocusEvent(QFocusEvent.Type.FocusIn))
    assert strip.accessibleDescription() == (
        "二、（一）市场准入退出 4；二、（三）市政公共基础设施报装 1；四、（一）浦东新区打造营商环境综合示范区 2"
    )
    strip.show_counts({})
    QApplication.sendEvent(strip, QFocusEvent(QFocusEvent.Type.FocusIn))
    assert strip.accessibleDescription() == "没有命中"


@pytest.mark.parametrize("width", [1, 40, 100, 220, 2000])
def test_where_sections_do_not_fit_parts_have_bars(
    strip: HitStrip, width: int, chosen: list[tuple[Key, ...]]
) -> None:
    strip.resize(width, strip.height())
    strip.grab()
    assert sum(count for _, count in strip.bars) == 7
    assert len(strip.bars) == (29 if width >= 220 else 6)
    if width == 100:
        QTest.mouseClick(
            strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(strip, "四")
        )
        assert chosen[0][0] == (4, 1)
        assert len(chosen[0]) == 5


def test_a_document_without_measures_is_no_fault(qtbot: QtBot) -> None:
    strip = HitStrip([], LIGHT)
    qtbot.addWidget(strip)
    strip.resize(286, 41)
    assert strip.bars == []
    strip.grab()
