"""The outline: parts and sections with their counts, the current section marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from content.model import Document
from desktop.theme import Theme
from desktop.views.dragging import Dragged, drag

Index = QModelIndex | QPersistentModelIndex
SectionKey = tuple[int, int]

_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line: a part (section 0) or a section; ``measure_id`` is the first measure in it.

    ``counted`` says whether its number of measures is shown: a part's is not where its sections show theirs.
    """

    label: str
    title: str
    key: SectionKey
    measures: int
    measure_id: str
    is_part: bool
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """The reader's own marks in one section."""

    notes: int = 0
    bookmarks: int = 0


def entries(document: Document) -> list[OutlineEntry]:
    """The outline of a document; what stands before the first part is its first line."""
    found = []
    for part in document.parts:
        first = next((one.measures[0].id for one in part.sections if one.measures), "")
        count = sum(len(one.measures) for one in part.sections)
        if part.number:
            divided = any(section.number for section in part.sections)
            key = (part.number, 0)
            found.append(OutlineEntry(part.label, part.heading, key, count, first, True, not divided))
        elif first:
            found.append(OutlineEntry("", "印发通知与引言", (0, 0), count, first, True))
        for section in part.sections:
            if section.number and section.measures:
                found.append(
                    OutlineEntry(
                        section.label,
                        section.title,
                        (part.number, section.number),
                        len(section.measures),
                        section.measures[0].id,
                        False,
                    )
                )
    return found


class OutlineModel(QAbstractListModel):
    """Outline entries and the tally of each."""

    def __init__(self, lines: list[OutlineEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = lines
        self.tallies: Mapping[SectionKey, Tally] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.label}{entry.title}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.label}{entry.title}　{entry.measures} 条"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            tally = self.tallies.get(entry.key, Tally())
            return f"{entry.label}{entry.title}，{entry.measures} 条，{tally.notes} 条批注，{tally.bookmarks} 个书签"
        if role == _ENTRY:
            return entry
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled


class OutlineView(QListView):
    """Emits the first measure of the line the reader picks."""

    place_chosen = Signal(str)

    def __init__(self, lines: list[OutlineEntry], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setAccessibleName("目录")
        self._model = OutlineModel(lines, self)
        self._delegate = _Delegate(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def set_tallies(self, tallies: Mapping[SectionKey, Tally]) -> None:
        """Show other counts of notes and bookmarks."""
        self._model.tallies = tallies
        self.viewport().update()

    def show_section(self, key: SectionKey) -> None:
        """Mark the line of a section and keep it in sight."""
        lines = self._model.lines
        row = next((row for row, entry in enumerate(lines) if entry.key == key), -1)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self._model.index(row))
            self._bring_into_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_into_sight()

    def startDrag(self, supported: Qt.DropAction) -> None:
        entry = self._model.lines[self.currentIndex().row()]
        places = Dragged(entry.measure_id.partition("/")[0], sections=(entry.key,))
        drag(self, places, f"{entry.label}{entry.title}")

    def _bring_into_sight(self) -> None:
        """Scroll only if the current line is not wholly visible, and then so that its neighbours are seen too."""
        index = self.currentIndex()
        if index.isValid() and not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        self.place_chosen.emit(self._model.lines[index.row()].measure_id)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: OutlineView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(_ENTRY)
        height = 25
        if entry.is_part:
            height = (
                34
                if index.row() == 0 or not index.model().index(index.row() - 1, 0).data(_ENTRY).is_part
                else 30
            )
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: OutlineEntry = index.data(_ENTRY)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        line = rect.adjusted(0, max(0.0, rect.height() - 26), 0, 0)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(line, self.theme.color("accent_soft"))
            painter.fillRect(QRectF(0, line.top(), 3, line.height()), self.theme.color("accent"))
            if self._view.hasFocus():
                painter.setPen(self.theme.color("accent"))
                painter.drawRect(line.adjusted(0.5, 0.5, -0.5, -0.5))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(line, self.theme.color("pill"))
        right = self._paint_counts(painter, entry, line)
        self._paint_title(painter, entry, line, right, selected)
        painter.restore()

    def _paint_title(
        self, painter: QPainter, entry: OutlineEntry, line: QRectF, right: float, selected: bool
    ) -> None:
        font = QFont(self._view.font())
        font.setBold(entry.is_part or selected)
        painter.setFont(font)
        painter.setPen(self.theme.color("accent" if selected else "ink"))
        label = entry.label.removesuffix("、") + "　" if entry.is_part and entry.label else entry.label
        left = 16.0 if entry.is_part else 20.0
        area = QRectF(left, line.top(), right - left - 6, line.height())
        metrics = QFontMetricsF(font)
        text = f"{label}{entry.title}"
        if metrics.horizontalAdvance(text) > area.width():
            text = metrics.elidedText(text.partition("，")[0], Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_counts(self, painter: QPainter, entry: OutlineEntry, line: QRectF) -> float:
        """Draw what hangs at the right end; gives where the title has to stop."""
        tally = self._view.model().tallies.get(entry.key, Tally())  # type: ignore[attr-defined]
        font = QFont(self._view.font())
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        right = line.right() - 14
        center = int(Qt.AlignmentFlag.AlignCenter)
        if entry.counted:
            painter.setPen(self.theme.color("muted"))
            painter.drawText(QRectF(right - 18, line.top(), 18, line.height()), center, str(entry.measures))
            right -= 22
        if tally.notes:
            text = f"{tally.notes}"
            width = max(18.0, metrics.horizontalAdvance(text) + 10)
            pill = QRectF(right - width, line.center().y() - 8, width, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            painter.drawRoundedRect(pill, 8, 8)
            painter.setPen(self.theme.color("on_accent"))
            painter.drawText(pill, center, text)
            right -= width + 4
        if tally.bookmarks:
            painter.setPen(self.theme.color("star"))
            painter.drawText(QRectF(right - 16, line.top(), 16, line.height()), center, "★")
            right -= 18
        return right
