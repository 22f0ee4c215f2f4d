"""投影: everything has room, at whatever size, and no word is lost between the pages."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import fonts
from desktop.theme import LIGHT
from desktop.views.projection import Projection, Shown, Slide

LONG = tuple(
    Shown(f"第{number}句" + "持续优化营商环境" * 9 + "。", ((0, 3, "highlight_yellow"),))
    for number in range(20)
)
SLIDES = (
    Slide("一句", "一（一）1", (Shown("短句。"),)),
    Slide("很多句", "一（二）全节", LONG),
    Slide("很长的一句", "一（三）1", (Shown("一" * 900),)),
)


@pytest.fixture(params=[(1280, 720), (1024, 768), (1920, 1080), (640, 360)])
def shown(request: pytest.FixtureRequest, qtbot: QtBot, chosen_fonts: fonts.Fonts) -> Iterator[Projection]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Projection(SLIDES, 0, LIGHT, chosen_fonts.serif, chosen_fonts.sans, window)
    made.resize(*request.param)
    made.show()
    yield made
    made.close()


def test_all_pages_hold_all_words_and_have_room(shown: Projection) -> None:
    words = [shown.words]
    while True:
        size, passages = shown._pages(shown.number)[shown._page]
        assert shown._fits(passages, size)
        shown.step(1)
        if shown.words == words[-1]:
            break
        words.append(shown.words)
    assert "\n".join(words) == "\n".join(one.text for slide in SLIDES for one in slide.passages)
    back = [shown.words]
    for _ in words[1:]:
        shown.step(-1)
        back.append(shown.words)
    assert back == words[::-1]


def test_another_size_begins_the_slide_anew(shown: Projection) -> None:
    shown.step(1)
    shown.step(1)
    shown.resize(800, 600)
    assert shown.number == 1
    assert shown.words.startswith("第0句")
