"""How a cell of the ledger is drawn and written in."""

from functools import lru_cache

from PySide6.QtCore import QAbstractItemModel, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.ledger_line import KEYS, STATUS, LedgerHeading, LedgerLine
from desktop.views.ledger_model import ITEM, Index
from desktop.views.own_escape import OwnEscape

_PAD, _TOP, _LINE = 8, 6, 18
_SMALL = 12
_STATUS_GROUNDS = {"推进中": "highlight_blue", "已完成": "highlight_green", "暂缓": "highlight_yellow"}
_ALERTS = {"逾期": "overdue", "临期": "soon"}


class LedgerDelegate(QStyledItemDelegate):
    """Two lines of words in each cell; the plan's words in the face of the text, the unit's in that of the controls."""

    def __init__(self, theme: Theme, serif: str, parent: QTableView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._table = parent
        self._plan = QFont(serif)
        self._plan.setPixelSize(13)
        self._own = QFont(parent.font())
        self._own.setPixelSize(13)
        self._small = QFont(parent.font())
        self._small.setPixelSize(_SMALL)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("cellEditor")
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        OwnEscape(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(index.data(Qt.ItemDataRole.EditRole))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect.adjusted(1, 1, -1, -2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ITEM)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setClipRect(rect)
        if isinstance(item, LedgerHeading):
            self._paint_heading(painter, rect, item)
        else:
            self._paint_ground(painter, rect, item, option, index)
            self._paint_cell(painter, rect.adjusted(_PAD, _TOP, -_PAD + 2, 0), item, KEYS[index.column()])
        painter.setPen(self.theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index == self._table.currentIndex() and isinstance(item, LedgerLine):
            painter.setPen(self.theme.color("accent" if self._table.hasFocus() else "line"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, item: LedgerHeading) -> None:
        painter.fillRect(rect, self.theme.color("desk"))
        bold = QFont(self._own)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(self.theme.color("ink"))
        painter.drawText(
            rect.adjusted(_PAD, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), f"{item.title}　{item.count}"
        )

    def _paint_ground(
        self, painter: QPainter, rect: QRect, line: LedgerLine, option: QStyleOptionViewItem, index: Index
    ) -> None:
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.color("accent_soft"))
        elif line.alert == "逾期":
            painter.fillRect(rect, self.theme.color("band"))

    def _paint_cell(self, painter: QPainter, rect: QRect, line: LedgerLine, key: str) -> None:
        match key:
            case "place":
                self._paint_words(painter, rect, line.cells[key], self._small, "muted")
            case "text":
                self._paint_words(painter, rect, line.cells[key], self._plan)
            case "due":
                self._paint_due(painter, rect, line)
            case "status":
                self._paint_status(painter, rect, line)
            case _:
                self._paint_words(painter, rect, line.cells[key], self._own)

    def _paint_words(
        self, painter: QPainter, rect: QRect, words: str, font: QFont, role: str = "ink", most: int = 2
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.color(role))
        for number, piece in enumerate(_lines(words, font.toString(), rect.width(), most)):
            place = QRect(rect.left(), rect.top() + number * _LINE, rect.width(), _LINE)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), piece)

    def _paint_due(self, painter: QPainter, rect: QRect, line: LedgerLine) -> None:
        font = QFont(self._own)
        font.setBold(line.alert == "逾期")
        role = _ALERTS.get(line.alert, "ink")
        if line.first_due:
            struck = QFont(self._small)
            struck.setStrikeOut(True)
            self._paint_words(painter, rect, line.first_due, struck, "muted", 1)
            rect = rect.adjusted(0, _LINE, 0, 0)
        self._paint_words(painter, rect, line.cells["due"], font, role, 1 if line.first_due else 2)

    def _paint_status(self, painter: QPainter, rect: QRect, line: LedgerLine) -> None:
        words = line.cells[STATUS]
        width = QFontMetrics(self._small).horizontalAdvance(words) + 12
        pill = QRect(rect.left(), rect.top(), min(width, rect.width()), _LINE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(_STATUS_GROUNDS.get(words, "pill")))
        painter.drawRoundedRect(pill, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_words(painter, pill.adjusted(6, 0, 0, 0), words, self._small, "ink", 1)
        if line.alert:
            below = rect.adjusted(6, _LINE, 0, 0)
            self._paint_words(painter, below, line.alert, self._small, _ALERTS[line.alert], 1)


@lru_cache(maxsize=4096)
def _lines(words: str, face: str, width: int, most: int) -> tuple[str, ...]:
    """The words broken into so many lines at most, the last of them shortened."""
    font = QFont()
    font.fromString(face)
    plain = " ".join(words.split())
    layout = QTextLayout(plain, font)
    layout.setTextOption(_OPTION)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        found.append(plain[start:] if len(found) == most - 1 else plain[start : start + length])
    layout.endLayout()
    if found:
        found[-1] = QFontMetrics(font).elidedText(found[-1], Qt.TextElideMode.ElideRight, width)
    return tuple(found)


_OPTION = QTextOption()
_OPTION.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
