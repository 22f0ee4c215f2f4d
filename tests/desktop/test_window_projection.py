"""投影, in the window: all items in large type, and nothing that anybody has written, not in any frame."""

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from content.model import Document
from desktop.notebook.anchors import anchor_measure, anchor_section
from desktop.notebook.model import Color
from desktop.views.presenter import Presenter
from desktop.views.projection import Projection
from tests.desktop.reader import Reader, colors_in

# The offscreen platform has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLACES = ("2.3.3", "2.3.10", "3.1.1")
OWN = "不可外传的批注"


@pytest.fixture(autouse=True)
def frames(monkeypatch: pytest.MonkeyPatch) -> list[QImage]:
    """Every frame that is painted on the screen that others see."""
    painted: list[QImage] = []
    draw = Projection.draw

    def draw_twice(shown: Projection, painter: QPainter) -> None:
        draw(shown, painter)
        image = QImage(shown.size(), QImage.Format.Format_RGB32)
        copy = QPainter(image)
        draw(shown, copy)
        copy.end()
        painted.append(image)

    monkeypatch.setattr(Projection, "draw", draw_twice)
    return painted


def projected(reader: Reader) -> Projection:
    """What is projected now."""
    shown = reader.window.work.meetings.staging.shown
    assert shown is not None
    reader.until(shown.isVisible)
    return shown


def walk(reader: Reader) -> tuple[list[str], list[str]]:
    """Project, go through everything and end: the words shown, and all texts in the widget tree."""
    reader.press("F5")
    shown = projected(reader)
    shown.setFocus()
    words: list[str] = []
    texts: list[str] = []
    while not words or words[-1] != shown.words:
        words.append(shown.words)
        texts += texts_in(shown)
        shown.repaint()
        reader.press("Right")
    reader.press("Esc")
    reader.until(lambda: reader.window.work.meetings.staging.shown is None)
    return words, texts


def texts_in(widget: QWidget) -> list[str]:
    """Whatever a widget and those in it say, to the eye or to a screen reader."""
    names = (
        "text",
        "toolTip",
        "accessibleName",
        "accessibleDescription",
        "whatsThis",
        "windowTitle",
        "plainText",
    )
    found = [widget, *widget.findChildren(QWidget)]
    return [str(one.property(name)) for one in found for name in names if one.property(name)]


@pytest.fixture
def convened(reader: Reader, plan: Document) -> Reader:
    """In 会议, at a meeting on three measures and a section."""
    commands = reader.desk._commands
    assert commands is not None
    meeting = commands.add_meeting("专题会")
    anchors = [anchor_measure(plan, f"shanghai-2023/{place}") for place in PLACES]
    commands.add_to_agenda(meeting, [*anchors, anchor_section(plan, (2, 3))])
    reader.press("Ctrl+2")
    return reader


def test_no_frame_and_no_widget_ever_shows_what_was_written(
    convened: Reader, plan: Document, frames: list[QImage]
) -> None:
    clean_words, _ = walk(convened)
    allowed = {bytes(frame.constBits()) for frame in frames}
    assert len(allowed) == len(clean_words)
    frames.clear()
    commands = convened.desk._commands
    assert commands is not None
    note = commands.write_note(anchor_measure(plan, f"shanghai-2023/{PLACES[0]}"), OWN)
    for item in list(commands.shelf.agenda_items):
        for field in ("points", "decision", "unit", "due"):
            commands.edit(item.id, "写", **{field: OWN})
        convened.window.work.meetings.convening._show_note(item.id, note, True)
    words, texts = walk(convened)
    assert words == clean_words
    assert {bytes(frame.constBits()) for frame in frames} == allowed
    assert texts
    assert [text for text in texts if OWN in text or "专题会" in text] == []


def test_every_original_word_of_every_item_is_shown(convened: Reader, plan: Document) -> None:
    words, _ = walk(convened)
    section = plan.section(2, 3)
    assert section is not None
    single = [plan.places[f"shanghai-2023/{place}"].measure.text for place in PLACES]
    assert words[:3] == single
    assert "\n".join(words[3:]) == "\n".join(one.text for one in section.measures)


def test_marks_are_shown(convened: Reader, plan: Document, frames: list[QImage]) -> None:
    walk(convened)
    before = frames[0]
    frames.clear()
    commands = convened.desk._commands
    assert commands is not None
    commands.highlight(anchor_measure(plan, f"shanghai-2023/{PLACES[0]}"), Color.YELLOW)
    walk(convened)
    assert frames[0] != before


def test_what_was_searched_for_is_shown(convened: Reader, frames: list[QImage]) -> None:
    walk(convened)
    before = frames[0]
    frames.clear()
    convened.search("服务时限")
    convened.until(lambda: convened.window.work.search.searching.spans is not None)
    convened.window.views.meetings.setFocus()
    walk(convened)
    hit = convened.window._theme.hit
    assert hit not in colors_in(before, before.rect())
    assert hit in colors_in(frames[0], frames[0].rect())


def test_with_one_screen_there_is_never_a_speakers_view(convened: Reader) -> None:
    convened.press("F5")
    projected(convened)
    convened.wait(400)
    assert convened.window.work.meetings.staging.presenter is None
    assert not any(isinstance(one, Presenter) for one in QApplication.topLevelWidgets())
    projected(convened).setFocus()
    convened.press("Esc")


def test_it_begins_at_the_card_with_the_keyboard_and_keys_lead_about(convened: Reader) -> None:
    convened.window.views.meetings.agenda.cards[1].setFocus()
    convened.press("F5")
    shown = projected(convened)
    shown.setFocus()
    assert shown.isFullScreen()
    assert shown.number == 1
    convened.press("Home")
    assert shown.number == 0
    convened.press("Left")
    assert shown.number == 0
    convened.press("PgDown", "Up", "End")
    assert shown.number == 3
    convened.press("F5")
    convened.until(lambda: convened.window.work.meetings.staging.shown is None)


def test_from_the_text_the_section_that_is_read_is_shown(at: Reader, plan: Document) -> None:
    at.window.reading.setFocus()
    at.press("F5")
    section = plan.section(2, 1)
    assert section is not None
    assert projected(at).words.startswith(section.measures[0].text)
    projected(at).setFocus()
    at.press("Esc")
    at.until(lambda: at.window.work.meetings.staging.shown is None)


def test_an_empty_agenda_is_told(reader: Reader) -> None:
    reader.press("Ctrl+2")
    reader.click(reader.window.views.meetings.meetings.new)
    reader.press("Esc", "F5")
    assert reader.window.work.meetings.staging.shown is None
