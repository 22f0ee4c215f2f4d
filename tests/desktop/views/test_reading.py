"""What the reader does with the text: selecting with mouse and keys, clicking on highlights and dots, being led to words."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.theme import LIGHT
from desktop.views.page import Typography, rows
from tests.desktop.reader import colors_in
from tests.desktop.views.conftest import Hand

FIFTH = "定期公布市政公用基础设施供应质量、可靠性和可持续性等关键指标数据。"


class TestSelectingWithTheMouse:
    def test_it_is_told_once_it_is_finished(self, hand: Hand, qtbot: QtBot) -> None:
        with qtbot.waitSignal(hand.view.selection_finished) as told:
            hand.drag("2.3.5", "基础设施")
        assert hand.words == ["基础设施"]
        place: QRect = told.args[0]
        assert place.intersected(hand.place("2.3.5", "基础设施")) == hand.place("2.3.5", "基础设施")

    def test_a_click_ends_it_and_is_no_selection(self, hand: Hand, qtbot: QtBot) -> None:
        hand.drag("2.3.5", "基础设施")
        QTest.qWait(QApplication.doubleClickInterval())
        with (
            qtbot.waitSignal(hand.view.selection_cleared),
            qtbot.assertNotEmitted(hand.view.selection_finished),
        ):
            hand.click(hand.place("2.3.6", "完善").center())
        assert hand.words == []


class TestSelectingWithKeys:
    def test_it_begins_at_the_beginning_of_the_current_measure(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        hand.press("Right", "Right", "Shift+Right", "Shift+Right", "Shift+Right", "Shift+Left")
        assert hand.words == [FIFTH[2:4]]

    def test_without_a_current_measure_it_begins_at_the_top(self, hand: Hand) -> None:
        hand.press("Shift+Right")
        assert hand.words == [hand.text("2.3.1")[0]]
        assert hand.current == "2.3.1"

    @pytest.mark.parametrize(
        ("keys", "words"),
        [
            (["Ctrl+Shift+Right"], "定期公布市政公用基础设施供应质量"),
            (["Ctrl+Right", "Right", "Ctrl+Shift+Right"], "可靠性和可持续性等关键指标数据"),
            (["Right", "Right", "Shift+Home"], "定期"),
            (["Right", "Right", "Shift+End"], FIFTH[2:]),
            (["Shift+End", "Ctrl+Shift+Left"], "定期公布市政公用基础设施供应质量、"),
            (["Ctrl+A"], FIFTH),
        ],
    )
    def test_by_phrases_and_to_the_ends(self, hand: Hand, keys: list[str], words: str) -> None:
        hand.go_to("2.3.5")
        hand.press(*keys)
        assert hand.words == [words]

    def test_by_lines_into_the_next_measure(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        hand.press("Right", "Right", "Shift+Down")
        assert hand.words == [FIFTH[2:], hand.text("2.3.6")[:2]]
        assert hand.current == "2.3.6"

    def test_headings_are_never_selected(self, hand: Hand) -> None:
        hand.go_to("2.3.10")
        hand.press("Shift+End", "Shift+Right", "Shift+Right")
        assert hand.words == [hand.text("2.3.10"), hand.text("2.4.1")[0]]

    def test_select_all_takes_the_measure_the_section_then_everything(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        top = hand.view.verticalScrollBar().value()
        counts = []
        for _ in range(3):
            hand.press("Ctrl+A")
            counts.append(len(hand.words))
        assert counts == [1, 10, len(hand.plan.places)]
        assert hand.view.verticalScrollBar().value() == top

    def test_it_is_told_after_a_pause_and_only_once(self, hand: Hand, qtbot: QtBot) -> None:
        told: list[QRect] = []
        hand.view.selection_finished.connect(told.append)
        hand.go_to("2.3.5")
        hand.press("Shift+Right", "Shift+Right")
        assert told == []
        qtbot.wait(400)
        assert len(told) == 1
        assert told[0].contains(hand.place("2.3.5", FIFTH[:2]))

    def test_up_and_down_still_step_and_take_the_caret_with_them(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        hand.press("Shift+End", "Down")
        assert (hand.current, hand.words) == ("2.3.6", [])
        hand.press("Shift+Right")
        assert hand.words == [hand.text("2.3.6")[0]]

    def test_the_caret_follows_a_click(self, hand: Hand) -> None:
        hand.click(hand.place("2.3.5", "基础").topLeft() + QPoint(1, 10))
        hand.press("Shift+Right")
        assert hand.words == ["基"]

    def test_other_keys_are_left_to_the_window(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        hand.press("Alt+Left", "Shift+F3", "x", "Ctrl+Home")
        assert hand.words == []


class TestTheCaret:
    def shown(self, hand: Hand) -> bool:
        box = hand.place("2.3.5", FIFTH[:2])
        return LIGHT.accent in colors_in(hand.picture, box.adjusted(-1, 0, 1, 0))

    def test_it_is_seen_once_it_is_used(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        assert not self.shown(hand)
        hand.press("Right")
        assert self.shown(hand)
        hand.click(hand.place("2.3.7", "严格").center())
        assert not self.shown(hand)

    def test_it_is_seen_only_where_the_keyboard_is(self, hand: Hand) -> None:
        hand.go_to("2.3.5")
        hand.press("Right")
        hand.view.clearFocus()
        assert not self.shown(hand)


class TestDroppingASelection:
    def test_it_says_whether_there_was_one(self, hand: Hand) -> None:
        hand.drag("2.3.5", "基础设施")
        assert hand.view.drop_selection()
        assert not hand.view.drop_selection()

    def test_the_text_stays_where_it_is(self, hand: Hand) -> None:
        hand.drag("2.3.5", "基础设施")
        hand.press("PgDown", "PgDown")
        top = hand.view.verticalScrollBar().value()
        hand.view.clear_selection()
        assert hand.view.verticalScrollBar().value() == top

    def test_going_elsewhere_drops_it(self, hand: Hand) -> None:
        hand.drag("2.3.5", "基础设施")
        hand.go_to("2.3.5")
        assert hand.words == ["基础设施"]
        hand.go_to("3.1.1")
        assert hand.words == []

    @pytest.mark.parametrize(("words", "kept"), [("市政", ["市政公用"]), ("质量", [])])
    def test_the_right_button_keeps_it_only_where_it_is(
        self, hand: Hand, words: str, kept: list[str]
    ) -> None:
        hand.drag("2.3.5", "市政公用")
        place = hand.place("2.3.5", words).center()
        QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.RightButton, pos=place)
        assert hand.words == kept

    def test_another_text_size_drops_it(self, hand: Hand, qtbot: QtBot) -> None:
        hand.drag("2.3.5", "基础设施")
        with qtbot.waitSignal(hand.view.selection_cleared):
            hand.view.show_page(rows(hand.plan), Typography("serif", 20))
        assert hand.words == []


class TestHighlightsAndDots:
    def test_a_click_on_a_highlight_names_the_newest_there(self, hand: Hand, qtbot: QtBot) -> None:
        hand.mark(
            highlights={
                "2.3.5": [
                    hand.stroke("2.3.5", "公布市政公用", "green", "old"),
                    hand.stroke("2.3.5", "市政", "pink", "new"),
                ]
            }
        )
        named = []
        hand.view.highlight_clicked.connect(lambda entry_id, place: named.append(entry_id))
        for words in ("公布", "市政", "公用", "基础"):
            hand.click(hand.place("2.3.5", words).center())
            QTest.qWait(QApplication.doubleClickInterval())
        assert named == ["old", "new", "old"]

    def test_selecting_on_a_highlight_is_no_click(self, hand: Hand, qtbot: QtBot) -> None:
        hand.mark(highlights={"2.3.5": [hand.stroke("2.3.5", FIFTH, "green")]})
        with qtbot.assertNotEmitted(hand.view.highlight_clicked):
            hand.drag("2.3.5", "基础设施")

    def test_the_place_of_a_highlight_is_known_as_far_as_it_is_in_sight(self, hand: Hand) -> None:
        hand.mark(highlights={"2.3.5": [hand.stroke("2.3.5", "基础设施", "pink", "one")]})
        assert hand.view.highlight_rect("one") == hand.place("2.3.5", "基础设施")
        assert hand.view.highlight_rect("unknown").isEmpty()
        hand.press("End")
        assert hand.view.highlight_rect("one").isEmpty()

    def test_a_click_on_number_or_dot_leads_to_the_notes_if_there_are_any(self, hand: Hand) -> None:
        hand.mark(note_counts={"2.3.5": 2})
        led: list[str] = []
        hand.view.margin_clicked.connect(led.append)
        for measure in ("2.3.5", "2.3.6"):
            hand.click(hand.view.number_rect(hand.id(measure)).center().toPoint() + QPoint(15, 0))
        hand.click(hand.place("2.3.5", "定期").center())
        assert led == [hand.id("2.3.5")]

    def test_the_dot_tells_how_many_notes_there_are(self, hand: Hand) -> None:
        hand.mark(note_counts={"2.3.5": 2})
        page = hand.view.viewport()
        seen = []
        for measure in ("2.3.5", "2.3.6"):
            hover(hand, hand.view.number_rect(hand.id(measure)).center().toPoint() + QPoint(15, 0))
            seen.append((page.toolTip(), page.cursor().shape()))
        hover(hand, hand.place("2.3.5", "定期").center())
        seen.append((page.toolTip(), page.cursor().shape()))
        shapes = Qt.CursorShape
        assert seen == [
            ("2 条批注，点这里查看；拖到上方“会议”，列入议程", shapes.PointingHandCursor),
            ("拖到上方“会议”，列入议程", shapes.OpenHandCursor),
            ("", shapes.IBeamCursor),
        ]


def hover(hand: Hand, place: QPoint) -> None:
    """Move the mouse over the text without a button."""
    page = hand.view.viewport()
    assert page.hasMouseTracking()
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        place.toPointF(),
        page.mapToGlobal(place).toPointF(),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, event)


class TestBeingLedToWords:
    def framed(self, hand: Hand) -> bool:
        return LIGHT.accent in colors_in(hand.picture, hand.place("3.1.3", hand.text("3.1.3")[:4]))

    def test_they_are_brought_into_sight_and_framed_until_the_next_key(self, hand: Hand) -> None:
        hand.view.show_range(hand.id("3.1.3"), 0, 4)
        assert self.framed(hand)
        hand.press("Shift")
        assert not self.framed(hand)

    def test_the_frame_goes_by_itself_and_nothing_is_selected(self, hand: Hand, qtbot: QtBot) -> None:
        hand.view.show_range(hand.id("3.1.3"), 0, 4)
        assert hand.words == []
        qtbot.waitUntil(lambda: not self.framed(hand), timeout=4000)
