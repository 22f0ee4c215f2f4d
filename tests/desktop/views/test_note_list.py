"""The list of notes: cards that are chosen and gone through, and one form that stays whatever comes and goes around it."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.notebook.model import Anchor, Note, NoteKind, Reach
from desktop.theme import LIGHT
from desktop.views.note_card import CardContent
from desktop.views.note_form import NoteForm
from desktop.views.note_list import NoteList
from tests.desktop.reader import colors_in, type_into

# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLACE = Anchor("d", Reach.MEASURE, "d/1.1.1", "d/1.1.1", 0, 2, "原文", "", "")


def notes(names: str) -> list[Note]:
    """A note for every character, which is its id and its words."""
    return [Note(name, PLACE, name, "2026-01-01", "2026-01-01") for name in names]


def describe(note: Note) -> CardContent:
    return CardContent(
        note.id, note.anchor.quote, "二、（一）第4句", "01-01 00:00", note.body, tags=note.tags
    )


@pytest.fixture
def shown(qtbot: QtBot) -> NoteList:
    made = NoteList(LIGHT, describe)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show_notes(notes("甲乙丙丁"))
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.fixture
def form(shown: NoteList, qtbot: QtBot) -> NoteForm:
    """A form in the place of 丙, the keyboard in it."""
    made = NoteForm(2, shown)
    assert shown.open_form("丙", made)
    made.take_keyboard()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def click(shown: NoteList, name: str, held: Qt.KeyboardModifier = NONE) -> None:
    place = shown.visualRect(shown.cards.reveal(name)).center()
    QTest.mouseClick(shown.viewport(), LEFT, held, place)


def listed(shown: NoteList) -> str:
    return "".join(
        shown.cards.index(row, 0).data().partition("，")[0] for row in range(shown.cards.rowCount())
    )


def test_cards_are_as_high_as_the_font_that_a_style_sheet_gives(shown: NoteList, qtbot: QtBot) -> None:
    shown.show_notes([Note("长", PLACE, "长" * 60, "2026-01-01", "2026-01-01")])
    before = shown.visualRect(shown.cards.reveal("长")).height()
    shown.setStyleSheet("* { font-size: 24px; }")
    qtbot.waitUntil(lambda: shown.visualRect(shown.cards.reveal("长")).height() > 1.5 * before)


class TestChoosing:
    def test_coming_with_the_keyboard_the_first_is_chosen(self, shown: NoteList) -> None:
        assert shown.chosen == ["甲"]

    def test_a_click_and_the_keys_tell_where_one_is(self, shown: NoteList) -> None:
        told: list[str] = []
        shown.note_chosen.connect(told.append)
        click(shown, "乙")
        QTest.keyClick(shown, Qt.Key.Key_Down)
        click(shown, "甲", CONTROL)
        assert told == ["乙", "丙"]
        assert shown.chosen == ["甲", "丙"]

    def test_what_is_chosen_stays_chosen_where_it_is_still_there(self, shown: NoteList) -> None:
        click(shown, "乙")
        click(shown, "丙", CONTROL)
        shown.show_notes(notes("丙甲丁"))
        assert shown.chosen == ["丙"]

    def test_that_fewer_are_chosen_is_told(self, shown: NoteList) -> None:
        click(shown, "乙")
        click(shown, "丙", CONTROL)
        told: list[list[str]] = []
        shown.chosen_changed.connect(told.append)
        shown.show_notes(notes("甲丁"))
        assert len(told[-1]) < 2

    @pytest.mark.parametrize(("name", "left", "current"), [("乙", "甲丙丁", "丙"), ("丁", "甲乙丙", "丙")])
    def test_after_a_deletion_the_next_is_chosen(
        self, shown: NoteList, name: str, left: str, current: str
    ) -> None:
        click(shown, name)
        shown.show_notes(notes(left))
        assert shown.chosen == [current]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
    def test_a_key_asks_to_edit(self, shown: NoteList, qtbot: QtBot, key: Qt.Key) -> None:
        with qtbot.waitSignal(shown.edit_requested) as told:
            QTest.keyClick(shown, key)
        assert told.args == ["甲"]

    def test_keys_lead_out(self, shown: NoteList, qtbot: QtBot) -> None:
        with qtbot.waitSignal(shown.left):
            QTest.keyClick(shown, Qt.Key.Key_Escape)
        with qtbot.waitSignal(shown.left_upwards):
            QTest.keyClick(shown, Qt.Key.Key_Up)

    @pytest.mark.parametrize(
        ("action", "signal", "told"),
        [("编辑", "edit_requested", ["乙"]), ("删除", "delete_requested", [["乙"]])],
    )
    def test_what_stands_on_the_card_is_done_with_that_card(
        self, shown: NoteList, qtbot: QtBot, action: str, signal: str, told: list[object]
    ) -> None:
        with qtbot.waitSignal(getattr(shown, signal)) as heard, qtbot.assertNotEmitted(shown.note_chosen):
            QTest.mouseClick(shown.viewport(), LEFT, pos=shown.action_rect("乙", action).center())
        assert heard.args == told

    def test_the_hand_shows_where_a_card_can_be_pressed(self, shown: NoteList) -> None:
        shapes = []
        for place in (shown.action_rect("乙", "编辑").center(), QPoint(20, 20)):
            QTest.mouseMove(shown.viewport(), place)
            shapes.append(shown.viewport().cursor().shape())
        assert shapes == [Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor]


class TestTheForm:
    @pytest.mark.parametrize("order", ["丙", "甲乙丙丁戊", "丁丙乙甲", "丙丁", "乙甲丙", "己丙庚"])
    def test_it_stays_whatever_comes_and_goes_around_it(
        self, shown: NoteList, form: NoteForm, order: str
    ) -> None:
        type_into(form.editor, "ab")
        shown.show_notes(notes(order))
        QApplication.processEvents()
        assert listed(shown) == order
        assert form.editor.hasFocus()
        assert form.body == "ab"
        assert shown.visualRect(shown.cards.reveal("丙")).contains(form.geometry().center())

    def test_it_stays_far_down_in_a_long_list(self, shown: NoteList, form: NoteForm) -> None:
        many: Sequence[Note] = [Note(str(n), PLACE, "话", "", "") for n in range(500)]
        shown.show_notes([*many, *notes("丙"), *many[:1]])
        QApplication.processEvents()
        assert form.editor.hasFocus()
        assert shown.cards.rowCount() == 501

    def test_its_row_is_as_high_as_it_is(self, shown: NoteList, form: NoteForm) -> None:
        form.editor.setPlainText("\n".join("一二三四五六七八"))
        QApplication.processEvents()
        assert shown.visualRect(shown.cards.reveal("丙")).height() >= form.sizeHint().height()

    def test_closed_it_leaves_the_card(self, shown: NoteList, form: NoteForm) -> None:
        shown.close_form()
        QApplication.processEvents()
        assert shown.form is None
        assert shown.indexWidget(shown.cards.reveal("丙")) is None
        assert listed(shown) == "甲乙丙丁"

    def test_a_click_below_it_means_what_was_there_when_it_was_made(
        self, shown: NoteList, form: NoteForm, qtbot: QtBot
    ) -> None:
        form.editor.setPlainText("\n".join("一二三四五六七八"))
        form.left.connect(shown.close_form)
        QApplication.processEvents()
        with qtbot.waitSignal(shown.note_chosen) as told:
            click(shown, "丁")
        assert told.args == ["丁"]
        assert shown.form is None

    def test_where_there_is_no_such_note_there_is_no_form(self, shown: NoteList) -> None:
        assert not shown.open_form("无", NoteForm(2, shown))
        assert shown.form is None


def test_a_long_list_is_given_bit_by_bit_and_any_note_is_found(shown: NoteList) -> None:
    many = [Note(str(number), PLACE, "话", "", "") for number in range(1000)]
    shown.show_notes(many)
    assert shown.cards.rowCount() < 300
    assert shown.reveal("999")
    assert shown.current == "999"
    assert not shown.reveal("1000")
    assert shown.cards.rowCount() == 1000


def test_kind_tags_and_pin_are_seen(shown: NoteList) -> None:
    plain = colors_in(shown.viewport().grab().toImage(), shown.visualRect(shown.cards.index(1, 0)))
    shown.cards.describe = lambda note: CardContent(
        note.id, "原文", "", "", note.body, "问题", ("张江",), True
    )
    shown.show_notes(notes("甲乙丙丁"))
    dressed = colors_in(shown.viewport().grab().toImage(), shown.visualRect(shown.cards.index(1, 0)))
    assert LIGHT.accent_soft in dressed - plain
    assert NoteKind.QUESTION.value in shown.cards.index(1, 0).data()
