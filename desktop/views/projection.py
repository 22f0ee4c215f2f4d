"""投影: original words and marks in large type over a whole screen, and nothing that anybody has written."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QCloseEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme

_SIZES = (0.075, 0.068, 0.061, 0.054, 0.048)
"""Heights of the type by that of the screen: the first at which everything has room, or else pages of the last."""
_SMALLEST = 0.01
_SIDE, _TOP, _FOOT = 0.07, 0.16, 0.1
"""Margins by the width and the height of the screen."""
_LINE = 118.0
_ON = (
    *(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter),
)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
_CLICKS = {Qt.MouseButton.LeftButton: 1, Qt.MouseButton.RightButton: -1}
HIT = "hit"
"""The role of words that were searched for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of the plan with its marks: start, end and the theme's role of the colour."""

    text: str
    marks: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """What is shown at a time: the heading in the plan, its words, and where they stand."""

    heading: str
    place: str
    passages: tuple[Shown, ...]


class Projection(QWidget):
    """A window of its own. ``ended``: with the slide that was shown last; ``moved``: to which slide and page, of how many."""

    ended = Signal(int)
    moved = Signal(int, int, int)

    def __init__(
        self, slides: Sequence[Slide], start: int, theme: Theme, serif: str, sans: str, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("projection")
        self.setWindowTitle("投影")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slides = tuple(slides)
        self._theme = theme
        self._serif, self._sans = serif, sans
        self._number, self._page = start, 0
        self._pages = lru_cache(maxsize=None)(self._paginate)
        self._announce()

    @property
    def number(self) -> int:
        """Which slide is shown, from 0."""
        return self._number

    @property
    def words(self) -> str:
        """The original words that are shown."""
        return "\n".join(one.text for one in self._pages(self._number)[self._page][1])

    def step(self, step: int) -> None:
        """Go to the next page (1) or the one before (-1); at the ends it stays."""
        page = self._page + step
        if 0 <= page < len(self._pages(self._number)):
            self._page = page
        elif 0 <= self._number + step < len(self._slides):
            self._number += step
            self._page = 0 if step > 0 else len(self._pages(self._number)) - 1
        self._announce()

    def repeat(self) -> None:
        """Tell again where it is, for whoever has begun to listen."""
        self._announce()

    def obey(self, key: int) -> None:
        """Do what a key means, wherever it was pressed."""
        if key in _ON:
            self.step(1)
        elif key in _BACK:
            self.step(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._number = 0 if key == Qt.Key.Key_Home else len(self._slides) - 1
            self._page = 0
            self._announce()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F5):
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.obey(event.key())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = _CLICKS.get(event.button())
        if step:
            self.step(step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A sleeve that brushes the wheel must not turn the page before an audience.
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pages.cache_clear()
        self._page = 0
        self._announce()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.ended.emit(self._number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """One frame: all that this window ever shows goes through here."""
        slide = self._slides[self._number]
        pages = self._pages(self._number)
        size, passages = pages[self._page]
        painter.fillRect(self.rect(), self._theme.color("paper"))
        room = self._room
        line = QRectF(room.left(), self.height() * 0.05, room.width(), self.height() * 0.07)
        self._write(painter, line, slide.heading, 0.042, "accent", bold=True)
        document = self._set(passages, size)
        painter.save()
        painter.translate(room.left(), room.top() + max((room.height() - document.size().height()) * 0.3, 0))
        document.documentLayout().draw(painter, QAbstractTextDocumentLayout.PaintContext())
        painter.restore()
        foot = QRectF(room.left(), self.height() * 0.93, room.width(), self.height() * 0.05)
        self._write(painter, foot, slide.place, 0.026, "muted")
        count = f"{self._number + 1} / {len(self._slides)}"
        if len(pages) > 1:
            count += f"　（{self._page + 1} / {len(pages)} 页）"
        self._write(painter, foot, count, 0.026, "muted", Qt.AlignmentFlag.AlignRight)

    @property
    def _room(self) -> QRectF:
        width, height = self.width(), self.height()
        return QRectF(width * _SIDE, height * _TOP, width * (1 - 2 * _SIDE), height * (1 - _TOP - _FOOT))

    def _paginate(self, number: int) -> tuple[tuple[float, tuple[Shown, ...]], ...]:
        """The pages of a slide, each with the height of its type."""
        passages = self._slides[number].passages
        for size in _SIZES:
            if self._fits(passages, size):
                return ((size, passages),)
        pages: list[tuple[Shown, ...]] = []
        for one in passages:
            if pages and self._fits((*pages[-1], one), _SIZES[-1]):
                pages[-1] = (*pages[-1], one)
            else:
                pages.append((one,))
        return tuple((self._fitting(page), page) for page in pages)

    def _fitting(self, passages: tuple[Shown, ...]) -> float:
        """A size for a page that may be one sentence too long for any other."""
        size = _SIZES[-1]
        while size > _SMALLEST and not self._fits(passages, size):
            size *= 0.9
        return size

    def _fits(self, passages: tuple[Shown, ...], size: float) -> bool:
        return self._set(passages, size).size().height() <= self._room.height()

    def _set(self, passages: tuple[Shown, ...], size: float) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = QFont(self._serif)
        font.setPixelSize(max(round(self.height() * size), 8))
        document.setDefaultFont(font)
        form = QTextBlockFormat()
        form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTextIndent(2 * font.pixelSize())
        form.setBottomMargin(font.pixelSize() * 0.3)
        cursor = QTextCursor(document)
        for at, one in enumerate(passages):
            if at:
                cursor.insertBlock()
            cursor.setBlockFormat(form)
            start = cursor.position()
            manner = QTextCharFormat()
            manner.setForeground(self._theme.color("ink"))
            cursor.insertText(one.text, manner)
            self._mark(document, start, one)
        document.setTextWidth(self._room.width())
        return document

    def _mark(self, document: QTextDocument, origin: int, passage: Shown) -> None:
        for start, end, role in passage.marks:
            cursor = QTextCursor(document)
            cursor.setPosition(origin + start)
            cursor.setPosition(origin + end, QTextCursor.MoveMode.KeepAnchor)
            manner = QTextCharFormat()
            manner.setBackground(self._theme.color(role))
            if role == HIT:
                manner.setForeground(self._theme.color("hit_ink"))
            cursor.mergeCharFormat(manner)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        words: str,
        size: float,
        role: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        bold: bool = False,
    ) -> None:
        font = QFont(self._sans)
        font.setPixelSize(max(round(self.height() * size), 8))
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        room = int(place.width() * (0.75 if align == Qt.AlignmentFlag.AlignLeft else 1))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, int(align | Qt.AlignmentFlag.AlignVCenter), shown)

    def _announce(self) -> None:
        slide = self._slides[self._number]
        self.setAccessibleName("\n".join((slide.heading, *(one.text for one in slide.passages), slide.place)))
        self.moved.emit(self._number, self._page, len(self._pages(self._number)))
        self.update()
