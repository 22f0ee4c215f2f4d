"""Dragging into a meeting: by the numbers in the margin, selected words, the outline, results and notes."""

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from content.model import Document
from desktop.views.dragging import Dragged, dragged_in
from tests.desktop.reader import Reader

AGENDA = "SELECT quote FROM agenda_item WHERE deleted = '' ORDER BY position"
MEASURES = "SELECT measure FROM agenda_item WHERE deleted = '' ORDER BY position"
LEFT = Qt.MouseButton.LeftButton


class Carrier:
    """Takes what is dragged to where it shall be dropped: the offscreen platform has no dragging of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.carried: list[QMimeData] = []
        self.go: Callable[[QMimeData], None] = lambda data: None
        monkeypatch.setattr(QDrag, "exec", lambda drag, *actions: self._exec(drag))

    def to(self, target: QWidget, place: QPoint | None = None) -> None:
        """The next thing dragged is dropped at a place of a widget, in its middle if none is given."""
        spot = target.rect().center() if place is None else place
        self.go = lambda data: drop(data, target, spot)

    def _exec(self, drag: QDrag) -> Qt.DropAction:
        data = drag.mimeData()
        copy = QMimeData()
        for form in data.formats():
            copy.setData(form, data.data(form))
        self.carried.append(copy)
        self.go(copy)
        return Qt.DropAction.CopyAction


def enter(data: QMimeData, target: QWidget, place: QPoint) -> bool:
    """Hold data over a widget; gives whether it would take them."""
    event = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def drop(data: QMimeData, target: QWidget, place: QPoint) -> None:
    """Let go of data over a widget, if it takes them."""
    if not enter(data, target, place):
        return
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragMoveEvent(place, Qt.DropAction.CopyAction, data, LEFT, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, none))


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """Whatever is dragged, this takes."""
    return Carrier(monkeypatch)


def tab_of(reader: Reader, name: str) -> QToolButton:
    """A workspace's tab in the header."""
    tabs: Iterable[QToolButton] = reader.window.views.header.tabs.findChildren(QToolButton)
    return next(one for one in tabs if one.text() == name)


def take(widget: QWidget, place: QPoint) -> None:
    """Press the mouse and go some way, as one who drags."""
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(widget, LEFT, none, place)
    for step in (4, 12, 24, 40):
        QTest.mouseMove(widget, place + QPoint(step, 0))
    QTest.mouseRelease(widget, LEFT, none, place + QPoint(40, 0))


def number(reader: Reader, place: str) -> QPoint:
    """The middle of a measure's number in the margin."""
    reader.window.open_citation(place)
    return reader.window.reading.number_rect(f"shanghai-2023/{place}").center().toPoint()


class TestFromTheMargin:
    def test_a_number_dropped_on_the_tab_is_on_the_agenda(
        self, at: Reader, carrier: Carrier, plan: Document
    ) -> None:
        carrier.to(tab_of(at, "会议"))
        take(at.page, number(at, "2.3.3"))
        assert at.stored(AGENDA) == [plan.places["shanghai-2023/2.3.3"].measure.text]
        assert at.current == "2.3.3"
        assert at.window.reading.isVisible()
        at.press("Ctrl+Z")
        assert at.stored(AGENDA) == []

    def test_a_click_on_a_number_drags_nothing(self, at: Reader, carrier: Carrier) -> None:
        QTest.mouseClick(at.page, LEFT, Qt.KeyboardModifier.NoModifier, number(at, "2.3.3"))
        assert carrier.carried == []
        assert at.current == "2.3.3"

    def test_another_program_is_given_the_words_with_their_citation(
        self, at: Reader, carrier: Carrier, plan: Document
    ) -> None:
        take(at.page, number(at, "2.3.3"))
        [data] = carrier.carried
        assert plan.places["shanghai-2023/2.3.3"].measure.text in data.text()
        assert plan.title in data.text()

    def test_with_a_number_goes_all_that_is_selected(self, at: Reader, carrier: Carrier) -> None:
        at.select("shanghai-2023/2.1.4", "争议处理")
        carrier.to(tab_of(at, "会议"))
        take(at.page, at.window.reading.number_rect("shanghai-2023/2.1.4").center().toPoint())
        assert at.stored(AGENDA) == ["争议处理"]

    def test_the_same_place_twice_is_there_once(self, at: Reader, carrier: Carrier) -> None:
        carrier.to(tab_of(at, "会议"))
        for _ in range(2):
            take(at.page, number(at, "2.3.3"))
        assert len(at.stored(AGENDA)) == 1
        assert "已在“新会议”议程第 1 项" in at.status


class TestFromTheLists:
    def test_a_section_of_the_outline(self, at: Reader, carrier: Carrier, plan: Document) -> None:
        outline = at.window.views.outline
        row = next(
            n
            for n in range(outline.model().rowCount())
            if "劳动就业" in str(outline.model().index(n, 0).data())
        )
        carrier.to(tab_of(at, "会议"))
        take(outline.viewport(), outline.visualRect(outline.model().index(row, 0)).center())
        [quote] = at.stored(AGENDA)
        assert quote in [one.title for part in plan.parts for one in part.sections]

    def test_a_part_of_the_outline_is_its_sections_in_one_step(
        self, at: Reader, carrier: Carrier, plan: Document
    ) -> None:
        outline = at.window.views.outline
        row = next(
            n
            for n in range(outline.model().rowCount())
            if str(outline.model().index(n, 0).data()).startswith("五、")
        )
        index = outline.model().index(row, 0)
        outline.scrollTo(index)
        carrier.to(tab_of(at, "会议"))
        take(outline.viewport(), outline.visualRect(index).center())
        part = plan.part(5)
        assert part is not None
        assert at.stored(AGENDA) == [one.title for one in part.sections if one.measures]
        at.press("Ctrl+Z")
        assert at.stored(AGENDA) == []

    def test_a_hit_of_the_search(self, at: Reader, carrier: Carrier) -> None:
        at.search("市场准入")
        results = at.window.views.results
        row = next(n for n, one in enumerate(results.rows) if one.kind == "exact")
        carrier.to(tab_of(at, "会议"))
        take(results.viewport(), results.visualRect(results.model().index(row, 0)).center())
        assert at.stored(MEASURES) == [results.rows[row].measure_id]

    def test_a_note_takes_its_words_along_to_be_shown(self, at: Reader, carrier: Carrier) -> None:
        at.select("shanghai-2023/2.1.4", "争议处理")
        at.press("Ctrl+M")
        at.write("请人社局说明口径")
        at.press("Esc")
        carrier.to(tab_of(at, "会议"))
        take(at.notes.viewport(), at.card_place("请人社局说明口径").center())
        assert at.stored(AGENDA) == ["争议处理"]
        [note] = at.stored("SELECT id FROM note WHERE deleted = ''")
        assert note in at.stored("SELECT notes FROM agenda_item")[0]


class TestOntoTheAgenda:
    @pytest.fixture
    def convened(self, at: Reader) -> Reader:
        """In 会议, at a meeting on two measures."""
        for place in ("2.3.3", "3.1.1"):
            at.window.open_citation(place)
            at.window.reading.setFocus()
            at.press("Ctrl+J")
        at.press("Ctrl+2")
        at.wait(20)
        return at

    def test_held_over_the_tab_the_workspace_opens(self, at: Reader) -> None:
        data = QMimeData()
        Dragged("shanghai-2023", measures=("shanghai-2023/2.3.3",)).put_into(data)
        tab = tab_of(at, "会议")
        assert enter(data, tab, tab.rect().center())
        at.until(at.window.views.meetings.isVisible)

    @pytest.mark.parametrize(("before", "expected"), [(0, 0), (1, 1), (2, 2)])
    def test_what_is_dropped_stands_where_the_line_was(
        self, convened: Reader, before: int, expected: int
    ) -> None:
        agenda = convened.window.views.meetings.agenda
        data = QMimeData()
        Dragged("shanghai-2023", measures=("shanghai-2023/2.1.1",)).put_into(data)
        cards = agenda.cards
        edge = (
            cards[before].geometry().top() + 2 if before < len(cards) else cards[-1].geometry().bottom() - 2
        )
        place = agenda.widget().mapTo(agenda.viewport(), QPoint(60, edge))
        drop(data, agenda.viewport(), place)
        assert convened.stored(MEASURES).index("shanghai-2023/2.1.1") == expected

    def test_words_from_elsewhere_are_refused(self, convened: Reader) -> None:
        data = QMimeData()
        data.setText("公布水电气网")
        agenda = convened.window.views.meetings.agenda
        assert not enter(data, agenda.viewport(), QPoint(60, 60))

    def test_places_of_another_document_are_refused_with_a_word(self, convened: Reader) -> None:
        data = QMimeData()
        Dragged("beijing-2024", measures=("beijing-2024/1.1.1",)).put_into(data)
        agenda = convened.window.views.meetings.agenda
        drop(data, agenda.viewport(), QPoint(60, 60))
        assert len(convened.stored(MEASURES)) == 2
        assert "没有加入议程" in convened.status

    def test_without_a_meeting_one_begins(self, at: Reader) -> None:
        at.press("Ctrl+2")
        data = QMimeData()
        Dragged("shanghai-2023", measures=("shanghai-2023/2.3.3",)).put_into(data)
        nothing = at.window.views.meetings.findChild(QWidget, "noMeeting")
        assert isinstance(nothing, QWidget)
        drop(data, nothing, nothing.rect().center())
        assert at.stored(MEASURES) == ["shanghai-2023/2.3.3"]
        assert [card.number.text() for card in at.window.views.meetings.agenda.cards] == ["1"]


@pytest.mark.parametrize(
    "written", [b"", b"{", b"[]", b'{"document": 1}', b'{"document": "a", "stretches": [1]}', b"\xff"]
)
def test_places_that_nobody_wrote_properly_are_none(written: bytes) -> None:
    data = QMimeData()
    data.setData("application/x-policy-desk-places", written)
    assert dragged_in(data) is None
