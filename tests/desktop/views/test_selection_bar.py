"""The bar over selected words: it comes, stands clear of them, does what it says, and goes."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.desktop.views.conftest import LEFT, NO_KEYS, Hand


def select(hand: Hand, measure: str = "2.3.5", words: str = "基础设施") -> QRect:
    """Select words with the mouse; where they are."""
    hand.drag(measure, words)
    assert hand.bar.isVisible()
    return hand.place(measure, words)


class TestComing:
    def test_the_mouse_brings_it_when_it_lets_go(self, hand: Hand) -> None:
        words = select(hand)
        assert hand.bar.geometry().bottom() < words.top()
        assert abs(hand.bar.geometry().center().x() - words.center().x()) <= 2

    def test_keys_bring_it_after_a_pause(self, hand: Hand, qtbot: QtBot) -> None:
        hand.go_to("2.3.5")
        hand.press("Ctrl+Shift+Right")
        assert not hand.bar.isVisible()
        qtbot.waitUntil(hand.bar.isVisible)

    def test_it_leaves_the_keyboard_where_it_is(self, hand: Hand) -> None:
        select(hand)
        assert hand.view.hasFocus()
        QTest.mouseClick(hand.bar.copy, LEFT)
        assert hand.view.hasFocus()

    def test_under_the_words_where_there_is_no_room_over_them(self, hand: Hand) -> None:
        hand.view.scroll_to(hand.id("2.3.5"), heading=False)
        words = select(hand)
        assert hand.bar.geometry().top() > words.bottom()

    def test_beside_the_end_of_a_selection_of_several_lines(self, hand: Hand, qtbot: QtBot) -> None:
        hand.go_to("2.3.4")
        hand.press("Shift+Down", "Shift+Down", "Shift+Down")
        qtbot.waitUntil(hand.bar.isVisible)
        assert not hand.bar.geometry().intersects(hand.view.selection_rect())

    @pytest.mark.parametrize("width", [420, 760])
    def test_always_inside_the_text(self, hand: Hand, qtbot: QtBot, width: int) -> None:
        hand.view.resize(width, 600)
        hand.go_to("2.3.1")
        for _ in range(3):
            hand.press("Ctrl+A")
            qtbot.waitUntil(hand.bar.isVisible)
            assert hand.view.viewport().geometry().contains(hand.bar.geometry())


class TestGoing:
    def test_with_the_selection(self, hand: Hand) -> None:
        select(hand)
        hand.view.drop_selection()
        assert not hand.bar.isVisible()

    def test_with_a_click_into_the_text(self, hand: Hand) -> None:
        select(hand)
        hand.click(hand.place("2.3.7", "严格").center())
        assert not hand.bar.isVisible()

    def test_with_the_next_key_in_the_text_but_not_with_a_modifier(self, hand: Hand) -> None:
        select(hand)
        hand.press("Alt+1", "Ctrl+C")
        assert hand.bar.isVisible()
        hand.press("Shift+Right")
        assert not hand.bar.isVisible()

    def test_with_the_words_out_of_sight_and_along_with_them_till_then(self, hand: Hand) -> None:
        words = select(hand)
        before = hand.bar.geometry()
        scroll = hand.view.verticalScrollBar()
        scroll.setValue(scroll.value() + 40)
        assert hand.bar.geometry() == before.translated(0, -40)
        scroll.setValue(scroll.value() + words.bottom())
        assert not hand.bar.isVisible()

    def test_the_wheel_over_it_turns_the_text(self, hand: Hand) -> None:
        select(hand)
        before = hand.view.verticalScrollBar().value()
        middle = QPointF(hand.bar.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(hand.bar.mapToGlobal(middle)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            NO_KEYS,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(hand.bar, event)
        assert hand.view.verticalScrollBar().value() > before

    def test_with_typing_elsewhere(self, hand: Hand, qtbot: QtBot) -> None:
        box = QLineEdit(hand.view)
        box.show()
        select(hand)
        box.setFocus()
        qtbot.waitUntil(lambda: not hand.bar.isVisible())
        assert hand.words == ["基础设施"]

    def test_with_another_text_width(self, hand: Hand) -> None:
        select(hand)
        hand.view.resize(600, 600)
        assert not hand.bar.isVisible()


class TestDoing:
    @pytest.mark.parametrize(("number", "name"), [*enumerate("黄绿蓝粉")])
    def test_a_dot_chooses_its_colour(self, hand: Hand, qtbot: QtBot, number: int, name: str) -> None:
        select(hand)
        with qtbot.waitSignal(hand.bar.color_chosen) as chosen:
            QTest.mouseClick(hand.bar.colors[number], LEFT)
        assert chosen.args == [name]
        assert f"Alt+{number + 1}" in hand.bar.colors[number].toolTip()
        assert not hand.bar.isVisible()

    @pytest.mark.parametrize("name", ["note", "bookmark", "copy", "meeting"])
    def test_a_button_asks_for_what_it_says(self, hand: Hand, qtbot: QtBot, name: str) -> None:
        select(hand)
        with qtbot.waitSignal(getattr(hand.bar, f"{name}_requested")):
            QTest.mouseClick(getattr(hand.bar, name), LEFT)

    def test_every_button_has_a_name_and_a_tip(self, hand: Hand) -> None:
        for button in hand.bar._buttons:
            assert button.accessibleName() or button.text()
            assert button.toolTip()

    def test_a_highlight_can_be_taken_away_and_its_colour_is_ringed(self, hand: Hand, qtbot: QtBot) -> None:
        hand.mark(highlights={"2.3.5": [hand.stroke("2.3.5", "基础设施", "blue", "one")]})
        hand.view.highlight_clicked.connect(
            lambda entry_id, place: hand.bar.show_for_highlight(hand.view.highlight_rect(entry_id), "蓝")
        )
        hand.click(hand.place("2.3.5", "基础").center())
        assert [button.name for button in hand.bar.colors if button.is_used] == ["蓝"]
        assert hand.bar.geometry().bottom() < hand.place("2.3.5", "基础设施").top()
        with qtbot.waitSignal(hand.bar.remove_requested):
            QTest.mouseClick(hand.bar.remove, LEFT)

    def test_a_new_selection_has_nothing_to_take_away(self, hand: Hand) -> None:
        hand.bar.show_for_highlight(hand.place("2.3.5", "基础设施"), "蓝")
        select(hand)
        assert not hand.bar.remove.isVisible()
        assert not any(button.is_used for button in hand.bar.colors)


class TestByKeyboard:
    @pytest.fixture
    def bar(self, hand: Hand) -> Hand:
        """Over a selection, the keyboard in the bar."""
        select(hand)
        hand.bar.take_keyboard()
        return hand

    def test_the_arrows_go_along_the_buttons_and_round(self, bar: Hand) -> None:
        assert bar.bar.colors[0].hasFocus()
        bar.press("Right")
        assert bar.bar.colors[1].hasFocus()
        bar.press("Left", "Left")
        assert bar.bar.meeting.hasFocus()

    @pytest.mark.parametrize("key", ["Return", "Space"])
    def test_a_key_presses_and_the_keyboard_is_in_the_text_again(
        self, bar: Hand, qtbot: QtBot, key: str
    ) -> None:
        bar.press("Right", "Right")
        with qtbot.waitSignal(bar.bar.color_chosen) as chosen:
            bar.press(key)
        assert chosen.args == ["蓝"]
        assert bar.view.hasFocus()
        assert not bar.bar.isVisible()

    def test_escape_goes_back_to_the_text_and_keeps_the_selection(self, bar: Hand) -> None:
        bar.press("Esc")
        assert bar.view.hasFocus()
        assert not bar.bar.isVisible()
        assert bar.words == ["基础设施"]

    def test_the_button_with_the_keyboard_looks_different(self, bar: Hand) -> None:
        first, second = (button.grab().toImage() for button in bar.bar.colors[:2])
        bar.press("Right")
        assert bar.bar.colors[0].grab().toImage() != first
        assert bar.bar.colors[1].grab().toImage() != second

    def test_what_a_button_starts_may_take_the_keyboard(self, bar: Hand) -> None:
        box = QLineEdit(bar.view)
        box.show()
        bar.bar.note_requested.connect(box.setFocus)
        bar.press("Right", "Right", "Right", "Right", "Return")
        assert QApplication.focusWidget() is box
