"""What a meeting is called, when and where it is, and who takes part: written where it is shown."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.notebook.meetings import time_words
from desktop.views.saved_words import SavedLine


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """What is known of a meeting, as the reader wrote it."""

    title: str = ""
    time: str = ""
    place: str = ""
    participants: str = ""
    series: str = ""


class MeetingFacts(QWidget):
    """``edited``: a field has other words; ``escaped``: the reader has done with writing."""

    edited = Signal(str, str)
    escaped = Signal()

    def __init__(self, serif: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = SavedLine("会议名称", "会议名称", self)
        self.title.setObjectName("meetingTitle")
        self.title.setStyleSheet(f'font-family: "{serif}";')
        self.time = SavedLine("时间", "时间，如 2026-11-25 14:00", self, time_words)
        self.place = SavedLine("地点", "地点", self)
        self.participants = SavedLine("参会", "参会单位和人员", self)
        self.series = SavedLine("系列", "系列（同一系列接续上次未结的议题）", self)
        self._lines = {
            "title": self.title,
            "time": self.time,
            "place": self.place,
            "participants": self.participants,
            "series": self.series,
        }
        for field, line in self._lines.items():
            line.words_settled.connect(lambda words, field=field: self.edited.emit(field, words))
            line.escaped.connect(self.escaped)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        for pair in (((self.time, 3), (self.place, 2)), ((self.participants, 3), (self.series, 2))):
            row = QHBoxLayout()
            row.setSpacing(10)
            for line, stretch in pair:
                row.addWidget(line, stretch)
            layout.addLayout(row)

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return any(line.is_unsaved for line in self._lines.values())

    def show_content(self, content: MeetingContent) -> None:
        """Show what the notebook holds."""
        for field, line in self._lines.items():
            line.show_saved(getattr(content, field))

    def settle(self) -> None:
        """Have everything saved that is not."""
        for line in self._lines.values():
            line.settle()

    def forget(self) -> None:
        """Take no heed of what stands here: another meeting is to be shown."""
        for line in self._lines.values():
            line.forget()

    def name_it(self) -> None:
        """Let the reader write what the meeting is called."""
        self.title.setFocus()
        self.title.selectAll()
