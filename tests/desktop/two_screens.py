"""投影 with two screens: others see original words alone, the speaker his notes, and neither ever changes places.

Collected by ``test_two_screens`` alone, in a process that has a desk of 1280 × 720 and a wall of 1920 × 1080 beside it.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QScreen, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTextBrowser, QWidget

from content.model import Document
from desktop.meetings.staging import Staging
from desktop.notebook.anchors import anchor_measure, anchor_section
from desktop.views.presenter import Presenter
from desktop.views.projection import Projection
from tests.desktop.reader import Reader
from tests.desktop.test_window_projection import texts_in

# The offscreen platform has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLACES = ("2.3.3", "2.3.10", "3.1.1")
NOTE, POINTS, DECISION = "不可外传的批注", "请供电公司**先**说", "下月再议"
OWN = (NOTE, "请供电公司", "先", DECISION, "某处")


class Wall(QObject):
    """Remembers every widget that is painted where others look."""

    def __init__(self, place: QRect) -> None:
        super().__init__()
        self._place = place
        self.painted: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            at = QRect(watched.mapToGlobal(QPoint(0, 0)), watched.size())
            if at.intersects(self._place):
                self.painted.append(watched)
        return False


@pytest.fixture
def screens(qapp: QApplication) -> list[QScreen]:
    found = qapp.screens()
    assert [one.name() for one in found] == ["desk", "wall"]
    return found


@pytest.fixture
def wall(qapp: QApplication, screens: list[QScreen]) -> Iterator[Wall]:
    made = Wall(screens[1].geometry())
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def convened(reader: Reader, plan: Document, screens: list[QScreen]) -> Iterator[Reader]:
    """In 会议, at a meeting on three measures and a section, everything written on."""
    commands = reader.desk._commands
    assert commands is not None
    meeting = commands.add_meeting("专题会")
    anchors = [anchor_measure(plan, f"shanghai-2023/{place}") for place in PLACES]
    commands.add_to_agenda(meeting, [*anchors, anchor_section(plan, (2, 3))])
    commands.write_note(anchors[0], NOTE)
    first, *others = commands.shelf.agenda_items
    commands.edit(first.id, "写", points=POINTS, decision=DECISION, unit="某处")
    for other in others:
        commands.edit(other.id, "写", points=f"{POINTS}{other.position}")
    assert reader.window.screen() is screens[0]
    reader.press("Ctrl+2")
    yield reader
    if (shown := staging(reader).shown) is not None:
        shown.close()


def staging(reader: Reader) -> Staging:
    return reader.window.work.meetings.staging


def project(reader: Reader, screen: str = "wall") -> Projection:
    """Press F5 and choose a screen, if that is asked."""
    reader.window.activateWindow()
    reader.press("F5")
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        [action] = [one for one in menu.actions() if one.text().startswith(f"投影到{screen}")]
        action.trigger()
        menu.close()
    shown = staging(reader).shown
    assert shown is not None
    reader.until(shown.isVisible)
    return shown


def presenting(reader: Reader) -> Presenter:
    """The speaker's view, when it shows what it has."""
    found = staging(reader).presenter
    assert found is not None
    reader.until(lambda: found.words.isVisible())
    return found


def says(view: QTextBrowser) -> str:
    return view.toPlainText()


class TestScreens:
    def test_it_is_asked_once_and_remembered(self, convened: Reader, screens: list[QScreen]) -> None:
        convened.press("F5")
        assert [one.text() for one in convened.menu.actions()] == [
            "投影到wall　1920×1080",
            "投影到desk　1280×720（本窗口所在）",
        ]
        convened.menu.close()
        assert staging(convened).shown is None
        shown = project(convened)
        assert shown.geometry() == screens[1].geometry()
        assert shown.isFullScreen()
        shown.close()
        convened.window.activateWindow()
        convened.press("F5")
        assert QApplication.activePopupWidget() is None
        again = staging(convened).shown
        assert again is not None
        assert again.geometry() == screens[1].geometry()

    def test_another_screen_can_be_chosen_all_the_same(
        self, convened: Reader, screens: list[QScreen]
    ) -> None:
        project(convened).close()
        convened.window.activateWindow()
        convened.press("Shift+F5")
        convened.pick("投影到desk　1280×720（本窗口所在）")
        shown = staging(convened).shown
        assert shown is not None
        assert shown.geometry() == screens[0].geometry()

    def test_a_remembered_screen_that_is_not_there_is_asked_for(self, convened: Reader) -> None:
        project(convened).close()
        from desktop import settings

        convened.window._settings.set(settings.PROJECTION_SCREEN, "投影仪")
        convened.window.activateWindow()
        convened.press("F5")
        assert isinstance(QApplication.activePopupWidget(), QMenu)
        convened.menu.close()


class TestOthers:
    def test_nothing_but_the_projection_is_ever_painted_there(self, convened: Reader, wall: Wall) -> None:
        shown = project(convened)
        presenter = presenting(convened)
        texts: list[str] = []
        for _ in range(12):
            texts += texts_in(shown)
            shown.repaint()
            QTest.keyClick(presenter, Qt.Key.Key_Right)
            convened.wait(20)
        assert f"{POINTS.replace('*', '')}4" in says(presenter.notes)
        QTest.keyClick(presenter, Qt.Key.Key_Home)
        convened.wait(200)
        assert NOTE in says(presenter.notes)
        assert wall.painted
        assert {type(one) for one in wall.painted} == {Projection}
        assert [text for text in texts if any(own in text for own in OWN)] == []

    def test_a_speakers_view_that_is_pushed_there_shows_nothing_and_closes(
        self, convened: Reader, wall: Wall, screens: list[QScreen]
    ) -> None:
        shown = project(convened)
        presenter = presenting(convened)
        presenter.showNormal()
        presenter.move(screens[1].geometry().topLeft() + QPoint(50, 50))
        assert not presenter.words.isVisible()
        convened.until(lambda: staging(convened).presenter is None)
        assert {type(one) for one in wall.painted} <= {Projection, Presenter}
        assert shown.isVisible()

    def test_two_screens_that_show_the_same_have_no_speakers_view(
        self, convened: Reader, screens: list[QScreen]
    ) -> None:
        shown = project(convened)
        presenter = presenting(convened)
        screens[1].geometryChanged.emit(screens[0].geometry())
        assert not presenter.notes.isVisible()
        convened.until(lambda: staging(convened).presenter is None)
        assert shown.isVisible()

    def test_on_the_desks_own_screen_there_is_no_speakers_view(self, convened: Reader) -> None:
        project(convened, "desk")
        assert staging(convened).presenter is None
        assert not any(isinstance(one, Presenter) for one in QApplication.topLevelWidgets())


class TestSpeaker:
    def test_he_sees_his_words_the_next_item_and_the_clock(
        self, convened: Reader, plan: Document, screens: list[QScreen]
    ) -> None:
        project(convened)
        presenter = presenting(convened)
        assert presenter.geometry() == screens[0].geometry()
        first, second = (plan.places[f"shanghai-2023/{place}"].measure.text for place in PLACES[:2])
        assert first in says(presenter.words)
        for words in ("发言要点", "请供电公司先说", NOTE, DECISION, "责任单位：某处"):
            assert words in says(presenter.notes)
        assert presenter.next.text().endswith(second[:60] + ("…" if len(second) > 60 else ""))
        assert "已讲 0 分" in presenter.clock.text()

    def test_his_keys_turn_the_slides(self, convened: Reader) -> None:
        shown = project(convened)
        presenter = presenting(convened)
        for key, number in (
            (Qt.Key.Key_PageDown, 1),
            (Qt.Key.Key_Down, 2),
            (Qt.Key.Key_PageUp, 1),
            (Qt.Key.Key_End, 3),
            (Qt.Key.Key_Home, 0),
        ):
            QTest.keyClick(presenter, key)
            assert shown.number == number
            assert presenter.where.text().startswith(f"{number + 1} / 4")
        QTest.keyClick(presenter, Qt.Key.Key_End)
        assert presenter.next.text() == "这是最后一项。"
        QTest.keyClick(presenter, Qt.Key.Key_Escape)
        convened.until(lambda: staging(convened).shown is None)
        assert staging(convened).presenter is None

    def test_the_wheel_turns_nothing(self, convened: Reader) -> None:
        shown = project(convened)
        centre = QPointF(shown.rect().center())
        for down in (-120, 120, -1200):
            turned = QWheelEvent(
                centre,
                shown.mapToGlobal(centre),
                QPoint(),
                QPoint(0, down),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(shown, turned)
        QTest.mouseClick(shown, Qt.MouseButton.MiddleButton)
        assert shown.number == 0

    def test_sections_have_their_notes_too(self, convened: Reader) -> None:
        convened.press("Ctrl+1")
        convened.window.open_citation("2.3.3")
        project(convened)
        assert NOTE in says(presenting(convened).notes)


class TestLosses:
    def test_the_projectors_cable_is_pulled(
        self, convened: Reader, qapp: QApplication, screens: list[QScreen]
    ) -> None:
        project(convened)
        presenting(convened)
        qapp.screenRemoved.emit(screens[1])
        convened.until(lambda: staging(convened).shown is None)
        assert staging(convened).presenter is None
        assert "投影的屏幕已断开" in convened.told

    def test_the_speakers_screen_goes(
        self, convened: Reader, qapp: QApplication, screens: list[QScreen]
    ) -> None:
        shown = project(convened)
        presenting(convened)
        qapp.screenRemoved.emit(screens[0])
        assert staging(convened).presenter is None
        assert shown.isVisible()
        shown.setFocus()
        QTest.keyClick(shown, Qt.Key.Key_Right)
        assert shown.number == 1
