"""Typing Chinese through fcitx on the bus, in both its languages, key by key."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCompleter, QDialog, QLineEdit, QMenu

from desktop.input_methods import client as client_module
from desktop.input_methods.client import GONE, NONE, SILENT, Client
from desktop.input_methods.dialects import Dialect
from tests.desktop.input_methods.fcitx import RETURN, Fcitx, wait_until
from tests.desktop.input_methods.typist import Typist

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WORD = "yingshanghuanjing"


@pytest.fixture
def at_line(fcitx: Fcitx, typist: Typist) -> Typist:
    """With the keyboard in the line, fcitx told of it."""
    typist.go_to(typist.line)
    typist.until(lambda: bool(fcitx.told("FocusIn")))
    return typist


class TestComposing:
    def test_letters_are_shown_while_composing_and_replaced_by_the_word(self, at_line: Typist) -> None:
        at_line.type("ying")
        at_line.until(lambda: at_line.line.preedit == "ying")
        assert at_line.line.text() == ""
        at_line.type("shanghuanjing ")
        at_line.until(lambda: at_line.line.text() == "营商环境")
        assert at_line.line.preedit == ""

    def test_the_preedit_is_drawn_as_asked_with_its_cursor(self, at_line: Typist) -> None:
        at_line.type("yi")
        at_line.until(lambda: at_line.line.preedit == "yi")
        kinds = QInputMethodEvent.AttributeType
        attributes: list[Any] = list(
            at_line.line.events[-1].attributes()
        )  # the stubs know none of their fields
        first, rest = (one for one in attributes if one.type == kinds.TextFormat)
        none = QTextCharFormat.UnderlineStyle.NoUnderline
        assert ((first.start, first.length), (rest.start, rest.length)) == ((0, 1), (1, 1))
        assert first.value.toCharFormat().underlineStyle() == none
        assert first.value.background().style() != Qt.BrushStyle.NoBrush
        assert rest.value.toCharFormat().underlineStyle() != none
        assert rest.value.background().style() == Qt.BrushStyle.NoBrush
        [cursor] = [one for one in attributes if one.type == kinds.Cursor]
        assert (cursor.start, cursor.length) == (2, 1)

    def test_a_character_of_two_units_arrives_whole(self, at_line: Typist) -> None:
        at_line.type("han ")
        at_line.until(lambda: at_line.line.text() == "𠮷")

    def test_a_search_is_never_made_of_letters_that_are_composed(self, fcitx: Fcitx, typist: Typist) -> None:
        heard: list[str] = []
        typist.search.query_changed.connect(heard.append)
        typist.go_to(typist.search)
        typist.until(lambda: bool(fcitx.told("FocusIn")))
        typist.type(WORD)
        typist.until(lambda: fcitx.letters == WORD)
        assert heard == []
        typist.type(" ")
        typist.until(lambda: typist.search.text() == "营商环境")
        assert heard == ["营商环境"]

    def test_the_hint_of_a_note_makes_room_for_what_is_composed(self, fcitx: Fcitx, typist: Typist) -> None:
        typist.note.setPlaceholderText("直接写")
        typist.go_to(typist.note)
        typist.until(lambda: bool(fcitx.told("FocusIn")))
        typist.type("yi")
        typist.until(lambda: typist.note.placeholderText() == "")
        typist.press("Esc")
        typist.until(lambda: typist.note.placeholderText() == "直接写")
        typist.type("yi ")
        typist.until(lambda: typist.note.toPlainText() == "一")


class TestKeys:
    def test_what_is_not_wanted_arrives_in_its_place(self, at_line: Typist) -> None:
        at_line.type("1yi 2yi,3")
        at_line.until(lambda: at_line.line.text() == "1一2一,3")

    def test_keys_announced_together_keep_their_order(self, at_line: Typist) -> None:
        presses = [at_line.announce(character) for character in "1yi 23yi,"]
        for press in presses:
            at_line.deliver(press)
        at_line.until(lambda: at_line.line.text() == "1一23一,")

    def test_no_key_is_told_twice(self, fcitx: Fcitx, at_line: Typist) -> None:
        at_line.type("1y")
        symbols = [(key[0], bool(key[3])) for key in fcitx.told("ProcessKeyEvent")]
        assert symbols == [(0x31, False), (0x31, True), (0x79, False), (0x79, True)]

    def test_keys_are_sent_as_the_wire_wants_them(self, fcitx: Fcitx, at_line: Typist) -> None:
        at_line.type("1")
        assert fcitx.signatures["ProcessKeyEvent"] == ("uuubu" if fcitx.is_five else "uuuiu")
        assert fcitx.signatures["SetCursorRect"] == "iiii"

    def test_shortcuts_work_unless_composing_wants_the_key(self, fcitx: Fcitx, at_line: Typist) -> None:
        done: list[str] = []
        for keys in ("Ctrl+K", "Esc"):
            shortcut = QShortcut(QKeySequence(keys), at_line.page)
            shortcut.activated.connect(lambda keys=keys: done.append(keys))
        at_line.press("Ctrl+K", "Esc")
        assert done == ["Ctrl+K", "Esc"]
        at_line.type("yi")
        at_line.press("Esc")
        assert done == ["Ctrl+K", "Esc"]
        at_line.until(lambda: at_line.line.preedit == "")
        at_line.press("Esc")
        assert done == ["Ctrl+K", "Esc", "Esc"]
        at_line.type("yi ")
        assert at_line.line.text() == "一"

    def test_a_key_sent_back_is_typed_once(self, fcitx: Fcitx, at_line: Typist) -> None:
        fcitx.forwards = 0x78
        at_line.type("1x2")
        at_line.until(lambda: at_line.line.text() == "1x2")
        returned: list[bool] = []
        at_line.line.returnPressed.connect(lambda: returned.append(True))
        fcitx.forwards = RETURN
        at_line.press("Return")
        at_line.until(lambda: returned == [True])

    def test_a_key_sent_back_can_open_a_dialog_to_type_into(self, fcitx: Fcitx, at_line: Typist) -> None:
        written: list[str] = []

        def ask() -> None:
            dialog = QDialog(at_line.page)
            line = QLineEdit(dialog)

            def write() -> None:
                handle = dialog.windowHandle()
                assert handle is not None
                for key in (Qt.Key.Key_Y, Qt.Key.Key_I, Qt.Key.Key_Space):
                    QTest.keyClick(handle, key)
                written.append(line.text())
                dialog.reject()

            QTimer.singleShot(100, write)
            line.setFocus()
            dialog.exec()

        at_line.line.returnPressed.connect(ask)
        fcitx.forwards = RETURN
        at_line.press("Return")
        at_line.until(lambda: written == ["一"])

    def test_a_modifier_let_go_is_told_before_the_key_after_it(self, fcitx: Fcitx, at_line: Typist) -> None:
        QTest.keyPress(at_line.window, Qt.Key.Key_Shift)
        press = at_line.announce("1")
        QTest.keyRelease(at_line.window, Qt.Key.Key_Shift)
        at_line.deliver(press)
        told = [(key[0], bool(key[3])) for key in fcitx.told("ProcessKeyEvent")]
        assert told == [(0xFFE1, False), (0xFFE1, True), (0x31, False)]
        assert at_line.line.text() == "1"


class TestPlaces:
    def test_going_elsewhere_leaves_the_letters_where_they_were(self, fcitx: Fcitx, at_line: Typist) -> None:
        at_line.type("yi")
        at_line.go_to(at_line.other)
        at_line.until(lambda: bool(fcitx.told("Reset")))
        assert (at_line.line.text(), at_line.line.preedit) == ("yi", "")
        at_line.type("yi ")
        at_line.until(lambda: at_line.other.text() == "一")
        assert at_line.line.text() == "yi"

    def test_a_click_ends_composing_before_it_moves_the_caret(self, fcitx: Fcitx, at_line: Typist) -> None:
        at_line.type("1yi")
        at_line.until(lambda: at_line.line.preedit == "yi")
        place = at_line.line.mapTo(at_line.page, QPoint(2, at_line.line.height() // 2))
        QTest.mouseClick(at_line.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert at_line.line.text() == "1yi"
        assert at_line.line.cursorPosition() == 0

    def test_a_password_is_nobodys_business(self, fcitx: Fcitx, at_line: Typist) -> None:
        at_line.other.setEchoMode(QLineEdit.EchoMode.Password)
        at_line.go_to(at_line.other)
        at_line.until(lambda: bool(fcitx.told("FocusOut")))
        before = len(fcitx.told("ProcessKeyEvent"))
        at_line.type("secret ")
        assert at_line.other.text() == "secret "
        assert len(fcitx.told("ProcessKeyEvent")) == before

    def test_an_open_menu_has_the_keys(self, fcitx: Fcitx, at_line: Typist) -> None:
        done: list[str] = []
        menu = QMenu(at_line.page)
        menu.addAction("&Go", lambda: done.append("go"))
        menu.popup(at_line.page.mapToGlobal(QPoint(20, 20)))
        at_line.until(menu.isVisible)
        at_line.type("g")
        assert (done, fcitx.letters) == (["go"], "")
        assert at_line.line.text() == ""

    def test_a_shortcut_that_opens_a_place_leaves_no_letter_there(
        self, fcitx: Fcitx, at_line: Typist
    ) -> None:
        shortcut = QShortcut(QKeySequence("Alt+G"), at_line.page)
        shortcut.activated.connect(lambda: at_line.go_to(at_line.note))
        at_line.press("Alt+G")
        at_line.type("yi ")
        at_line.until(lambda: at_line.note.toPlainText() == "一")
        assert at_line.line.text() == ""

    def test_a_list_of_completions_leaves_them_to_the_line(self, fcitx: Fcitx, at_line: Typist) -> None:
        at_line.line.setCompleter(QCompleter(["1一2", "1二"], at_line.line))
        at_line.type("1")
        at_line.until(lambda: QApplication.activePopupWidget() is not None)
        at_line.type("yi ")
        at_line.until(lambda: at_line.line.text() == "1一")

    @pytest.mark.parametrize(
        ("hint", "bit"),
        [(Qt.InputMethodHint.ImhSensitiveData, 1 << 3), (Qt.InputMethodHint.ImhDigitsOnly, 1 << 8)],
    )
    def test_what_kind_of_place_it_is_is_told(
        self, fcitx: Fcitx, at_line: Typist, hint: Qt.InputMethodHint, bit: int
    ) -> None:
        member = "SetCapability" if fcitx.is_five else "SetCapacity"
        assert not fcitx.told(member)[-1][0] & bit
        at_line.other.setInputMethodHints(hint)
        at_line.go_to(at_line.other)
        at_line.until(lambda: bool(fcitx.told(member)[-1][0] & bit))

    def test_candidates_stand_beside_the_caret(self, fcitx: Fcitx, typist: Typist) -> None:
        typist.note.setStyleSheet("padding: 9px 21px; border: 3px solid black;")
        typist.note.setPlainText("第一行\n第二行")
        typist.go_to(typist.note)
        typist.press("Ctrl+End")
        caret = typist.note.cursorRect()
        place = typist.note.viewport().mapToGlobal(caret.topLeft())
        expected = (place.x(), place.y(), caret.width(), caret.height())
        typist.until(
            lambda: bool(fcitx.told("SetCursorRect")) and fcitx.told("SetCursorRect")[-1] == expected
        )
        window = QApplication.inputMethod().cursorRectangle().toRect()
        assert typist.page.mapToGlobal(window.topLeft()) == place


class TestLife:
    def test_without_an_input_method_it_is_said_where_one_types(self, typist: Typist) -> None:
        typist.page.setFocus()
        QTest.qWait(50)
        assert typist.sentences == []
        typist.go_to(typist.line)
        typist.until(lambda: typist.sentences == [NONE])
        typist.type("yi ")
        typist.go_to(typist.other)
        assert typist.line.text() == "yi "
        assert typist.sentences == [NONE]

    def test_one_that_comes_later_is_taken(self, typist: Typist, begin: Callable[[], Fcitx]) -> None:
        typist.go_to(typist.line)
        fcitx = begin()
        typist.until(lambda: bool(fcitx.told("FocusIn")))
        typist.type("yi ")
        typist.until(lambda: typist.line.text() == "一")

    def test_when_it_dies_letters_are_typed_and_when_it_returns_words(
        self, fcitx: Fcitx, at_line: Typist, begin: Callable[[], Fcitx]
    ) -> None:
        at_line.type("yi")
        fcitx.stop()
        at_line.until(lambda: at_line.line.text() == "yi")
        assert (at_line.line.preedit, at_line.sentences) == ("", [GONE])
        at_line.type("a ")
        assert at_line.line.text() == "yia "
        again = begin()
        at_line.until(lambda: bool(again.told("FocusIn")))
        at_line.type("yi ")
        at_line.until(lambda: at_line.line.text() == "yia 一")
        again.stop()
        at_line.type("yi ")
        assert at_line.line.text() == "yia 一yi "
        assert at_line.sentences == [GONE]

    def test_one_that_does_not_answer_is_gone_round_until_it_does(
        self, fcitx: Fcitx, at_line: Typist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client_module, "_PATIENCE_MS", 100)
        at_line.type("y")
        at_line.until(lambda: at_line.line.preedit == "y")
        fcitx.is_deaf = True
        at_line.type("i ")
        assert at_line.line.text() == "yi "
        assert at_line.sentences == [SILENT]
        asked, entered = len(fcitx.told("ProcessKeyEvent")), len(fcitx.told("FocusIn"))
        fcitx.wake()
        at_line.until(lambda: len(fcitx.told("FocusIn")) > entered)
        assert len(fcitx.told("ProcessKeyEvent")) == asked + 1
        assert len(fcitx.told("DestroyIC")) == 1
        fcitx.letters = ""
        at_line.type("yi ")
        at_line.until(lambda: at_line.line.text() == "yi 一")
        assert at_line.sentences == [SILENT]

    def test_one_that_answers_nonsense_is_none(
        self, address: str, dialect: Dialect, client: Client, typist: Typist
    ) -> None:
        fcitx = Fcitx(address, dialect, answers_nonsense=True)
        typist.go_to(typist.line)
        typist.until(lambda: typist.sentences == [NONE])
        typist.type("yi ")
        assert typist.line.text() == "yi "
        fcitx.stop()

    def test_without_a_bus_typing_goes_on(self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        told: list[str] = []
        client = Client(qapp)
        client.told.connect(told.append)
        line = QLineEdit()
        line.show()
        line.activateWindow()
        client.start()
        wait_until(lambda: (qapp.processEvents() or True) and line.hasFocus())
        assert told == [NONE]
        client.stop()
        line.close()
