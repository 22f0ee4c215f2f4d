"""The 会议 workspace: the meetings, the agenda of one of them, and its papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.agenda import Agenda
from desktop.views.dragging import dragged_in
from desktop.views.meeting_facts import MeetingFacts
from desktop.views.meeting_list import MeetingList
from desktop.views.paper_panel import PaperPanel

_NO_MEETING = (
    "选一次会议，或点左边的“＋ 新建”。\n"
    "在原文中按 Ctrl+J，或把条目编号、目录、搜索结果、批注拖到上方“会议”，就加入打开着的会议。"
)
_EMPTY = "议程还是空的。把条目编号、目录、搜索结果、批注拖到上方“会议”，或在原文中按 Ctrl+J 加入。"


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section that can be put on an agenda: under which part it is offered, its name and its key."""

    part: str
    name: str
    key: tuple[int, int]


class MeetingPage(QWidget):
    """Puts the three columns together. ``shown``: the reader has come here; ``dropped``: places (Dragged) that shall stand
    before what is at that number of the agenda now.
    """

    shown = Signal()
    dropped = Signal(object, int)
    add_current_requested = Signal()
    section_requested = Signal(object)

    def __init__(
        self, theme: Theme, serif: str, sections: Sequence[SectionChoice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("meetingPage")
        self.meetings = MeetingList(theme, self)
        self.facts = MeetingFacts(serif)
        self.agenda = Agenda(serif, self.facts, self._make_foot(sections))
        self.paper = PaperPanel(self)
        self._nothing = _Nothing(self)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self._nothing)
        self._middle.addWidget(self.agenda)
        columns = QSplitter(self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        for view, width in ((self.meetings, 190), (self._middle, 400), (self.paper, 284)):
            view.setMinimumWidth(width)
            columns.addWidget(view)
        columns.setStretchFactor(1, 1)
        columns.setSizes([250, 740, 290])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(columns)
        self.agenda.dropped.connect(self.dropped)
        self._nothing.dropped.connect(lambda places: self.dropped.emit(places, 0))
        self.facts.escaped.connect(self._leave_facts)
        self.meetings.agenda_requested.connect(self.agenda.take_keyboard)
        self.show_meeting(False)

    def _make_foot(self, sections: Sequence[SectionChoice]) -> QWidget:
        foot = QFrame()
        foot.setObjectName("agendaFoot")
        self.empty = QLabel(_EMPTY, foot)
        self.empty.setObjectName("empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add_current = QPushButton("加入当前条目", foot)
        self.add_current.clicked.connect(self.add_current_requested)
        self.add_section = QPushButton("加入一节", foot)
        self.add_section.setMenu(self._make_section_menu(sections))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.add_current)
        buttons.addWidget(self.add_section)
        buttons.addStretch(1)
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.empty)
        layout.addLayout(buttons)
        return foot

    def _make_section_menu(self, sections: Sequence[SectionChoice]) -> QMenu:
        menu = QMenu(self)
        below: dict[str, QMenu] = {}
        for choice in sections:
            if choice.part not in below:
                below[choice.part] = menu.addMenu(choice.part)
            below[choice.part].addAction(choice.name).triggered.connect(
                lambda checked=False, key=choice.key: self.section_requested.emit(key)
            )
        return menu

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return self.facts.is_unsaved or self.agenda.is_unsaved

    def show_current_place(self, place: str) -> None:
        """Name the measure that would be put on the agenda; empty where there is none."""
        self.add_current.setText(f"加入当前条目（{place}）" if place else "加入当前条目")
        self.add_current.setEnabled(bool(place))

    def show_meeting(self, is_open: bool) -> None:
        """Show the agenda, or what to do without a meeting."""
        self._middle.setCurrentWidget(self.agenda if is_open else self._nothing)
        self.setFocusProxy(self.meetings.way_in)
        self.paper.set_ready(is_open)

    def settle(self) -> None:
        """Have everything saved that is not."""
        self.facts.settle()
        self.agenda.settle()

    def _leave_facts(self) -> None:
        self.facts.settle()
        if not self.agenda.take_keyboard():
            self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.meetings.list.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


class _Nothing(QLabel):
    """What to do without a meeting; what is dropped here begins one."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_NO_MEETING, parent)
        self.setObjectName("noMeeting")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        places = dragged_in(event.mimeData())
        if places is not None:
            event.acceptProposedAction()
            self.dropped.emit(places)
