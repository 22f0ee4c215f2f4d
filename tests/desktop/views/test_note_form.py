"""Where a note is written: told when there is something to save, and when it is left for good."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.notebook.model import NoteKind
from desktop.views.note_form import NoteForm
from tests.desktop.reader import type_into

# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def elsewhere(qtbot: QtBot) -> Iterator[QLineEdit]:
    """Another place to type, in a window together with a form."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(NoteForm(3, window))
    line = QLineEdit(window)
    layout.addWidget(line)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield line
    window.close()


@pytest.fixture
def form(elsewhere: QLineEdit, qtbot: QtBot) -> NoteForm:
    """With the keyboard in it."""
    found = elsewhere.window().findChild(NoteForm)
    assert isinstance(found, NoteForm)
    found.take_keyboard()
    qtbot.waitUntil(found.editor.hasFocus)
    return found


def test_words_are_unsaved_until_the_notebook_has_them(form: NoteForm) -> None:
    assert not form.is_unsaved
    type_into(form.editor, "  ")
    assert not form.is_unsaved
    type_into(form.editor, "words")
    assert form.is_unsaved
    form.saved = form.body
    assert not form.is_unsaved


def test_a_pause_tells_that_there_may_be_something_to_save(form: NoteForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.body_settled):
        type_into(form.editor, "words")


def test_going_elsewhere_saves_first_and_leaves_then(
    form: NoteForm, elsewhere: QLineEdit, qtbot: QtBot
) -> None:
    told: list[str] = []
    form.body_settled.connect(lambda: told.append("settled"))
    form.left.connect(lambda: told.append("left"))
    elsewhere.setFocus()
    assert told == ["settled", "left"]


def test_going_from_field_to_field_is_no_leaving(form: NoteForm, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.left):
        form.kind_box.setFocus()
        form.tags_line.setFocus()
        form.pin.setFocus()
        form.editor.setFocus()


def test_opening_the_kinds_is_no_leaving(form: NoteForm, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.left):
        QTest.mouseClick(form.kind_box, LEFT)
        qtbot.waitUntil(form.kind_box.view().isVisible)
        form.kind_box.hidePopup()


def test_a_kind_chosen_by_key_a_tag_and_the_pin_are_told(form: NoteForm) -> None:
    told: list[tuple[NoteKind, tuple[str, ...], bool]] = []
    form.details_changed.connect(lambda: told.append((form.kind, form.tags, form.pin.isChecked())))
    form.kind_box.setFocus()
    QTest.keyClick(form.kind_box, Qt.Key.Key_Down)
    form.tags_line.setFocus()
    type_into(form.tags_line, "张江")
    QTest.keyClick(form.tags_line, Qt.Key.Key_Return)
    QTest.mouseClick(form.pin, LEFT)
    assert told == [
        (NoteKind.QUESTION, (), False),
        (NoteKind.QUESTION, ("张江",), False),
        (NoteKind.QUESTION, ("张江",), True),
    ]


def test_saved_words_do_not_overwrite_what_is_being_typed(form: NoteForm) -> None:
    type_into(form.editor, "ab")
    form.show_note("a", NoteKind.PROGRESS, ("张江",), True)
    assert form.body == "ab"
    assert form.is_unsaved
    assert (form.kind, form.tags, form.pin.isChecked()) == (NoteKind.PROGRESS, ("张江",), True)


def test_it_is_empty_for_the_next_note(form: NoteForm, elsewhere: QLineEdit) -> None:
    form.show_note("旧的", NoteKind.PROGRESS, ("张江",), True)
    form.clear()
    assert (form.body, form.kind, form.tags, form.pin.isChecked()) == ("", NoteKind.GENERAL, (), False)
    assert not form.is_unsaved


@pytest.mark.parametrize(("words", "shown"), [("一句话", False), ("**要点**", True), ("1. 一\n2. 二", True)])
def test_a_preview_is_shown_only_of_what_will_look_different(form: NoteForm, words: str, shown: bool) -> None:
    form.editor.setPlainText(words)
    assert form.preview.isVisible() is shown


def test_escape_asks_to_be_back_in_the_text(form: NoteForm, qtbot: QtBot) -> None:
    for field in (form.editor, form.tags_line):
        with qtbot.waitSignal(form.escaped):
            QTest.keyClick(field, Qt.Key.Key_Escape)


def test_it_grows_with_its_text_but_not_for_ever(form: NoteForm) -> None:
    heights = []
    for count in (1, 6, 200):
        form.editor.setPlainText("\n".join(["行"] * count))
        heights.append(form.editor.height())
    assert heights[0] < heights[1] < heights[2] < 600
