"""Places to write in that know what has been saved."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.notebook.meetings import time_words
from desktop.views.saved_words import SavedLine, SavedText
from tests.desktop.reader import type_into

Place = SavedLine | SavedText


@pytest.fixture(params=[SavedLine, SavedText])
def place(request: pytest.FixtureRequest, qtbot: QtBot) -> Place:
    made: Place = request.param("名称", "写在这里")
    qtbot.addWidget(made)
    made.show_saved("旧")
    return made


def offered(place: Place) -> list[str]:
    """What is offered to be saved from now on."""
    words: list[str] = []
    place.words_settled.connect(words.append)
    return words


def test_what_was_saved_is_not_offered_again(place: Place) -> None:
    words = offered(place)
    place.settle()
    assert words == []
    assert not place.is_unsaved


def test_typed_words_are_offered_after_a_pause(place: Place, qtbot: QtBot) -> None:
    words = offered(place)
    place.show_saved("")
    type_into(place, "新")
    assert place.is_unsaved
    qtbot.waitUntil(lambda: words == ["新"])
    place.show_saved("新")
    assert not place.is_unsaved


def test_unsaved_words_are_left_alone_and_offered_again(place: Place) -> None:
    place.show_saved("")
    type_into(place, "我的")
    place.show_saved("别人的")
    assert place.words == "我的"
    words = offered(place)
    place.settle()
    assert words == ["我的"]


def test_saved_words_follow_the_notebook(place: Place) -> None:
    place.show_saved("撤销后的")
    assert place.words == "撤销后的"
    assert not place.is_unsaved


def test_forgotten_words_make_room(place: Place) -> None:
    type_into(place, "我的")
    place.forget()
    place.show_saved("别人的")
    assert place.words == "别人的"


def test_a_time_is_read_out_while_nobody_writes(qtbot: QtBot) -> None:
    line = SavedLine("时间", "", shown=time_words)
    qtbot.addWidget(line)
    line.show_saved("2026-11-25 14:00")
    assert line.text() == "2026年11月25日（周三）14:00"
    assert line.words == "2026-11-25 14:00"
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert line.text() == "2026-11-25 14:00"
    assert not line.is_unsaved
