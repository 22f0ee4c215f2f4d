"""Where in the text the hits stand: a row of bars, one for each section, those of a part together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from content import citation
from content.model import Document
from desktop.theme import Theme

SectionKey = tuple[int, int]

_LEFT, _RIGHT = 16.0, 14.0
_TOP, _TALLEST, _LABEL = 4.0, 22.0, 15.0
_LABEL_PIXELS = 11
_LOWEST = 4.0
"""The height of a single hit's bar, however many there are elsewhere."""
_WIDEST, _PART_GAP = 15.0, 5.0
_NARROWEST = 2.5
"""Pixels a bar takes at least; in a text with more sections than fit, each part has one bar."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What one bar stands for: a section, or all of a part."""

    keys: tuple[SectionKey, ...]
    name: str
    part: int
    part_label: str


def stands(document: Document) -> list[Stand]:
    """A bar's meaning for every section that holds measures, in printed order."""
    found: dict[SectionKey, Stand] = {}
    for place in document.places.values():
        key = place.section_key
        if key not in found:
            name = citation.section_name(place.part, place.section)
            title = place.section.title or place.part.heading
            label = place.part.label.strip("　 、.．") if place.part.number else ""
            found[key] = Stand(
                (key,), f"{name}{title}" if place.part.number else "印发通知与引言", key[0], label
            )
    return list(found.values())


def by_part(sections: Sequence[Stand]) -> list[Stand]:
    """The same text with one bar for each part."""
    parts: dict[int, list[Stand]] = {}
    for one in sections:
        parts.setdefault(one.part, []).append(one)
    return [
        Stand(
            tuple(key for one in members for key in one.keys), members[0].part_label or members[0].name, 0, ""
        )
        for members in parts.values()
    ]


class HitStrip(QWidget):
    """Emits the sections of the bar the reader clicks on or goes to with the arrow keys."""

    place_chosen = Signal(tuple)
    left = Signal()

    def __init__(self, sections: Sequence[Stand], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = list(sections)
        self._parts = by_part(sections)
        self._theme = theme
        self._counts: Mapping[SectionKey, int] = {}
        self._here: SectionKey | None = None
        self._stands = self._sections
        self._columns: list[QRectF] = []
        self._labels: list[tuple[str, QPointF]] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._lay_out()
        self.setAccessibleName("命中分布")

    def sizeHint(self) -> QSize:
        return QSize(220, round(_TOP + _TALLEST + _LABEL))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def show_counts(self, counts: Mapping[SectionKey, int]) -> None:
        """How many hits stand in each section."""
        if counts != self._counts:
            self._counts = counts
            self.update()

    def show_section(self, key: SectionKey) -> None:
        """Mark the bar of the section that is being read."""
        if key != self._here:
            self._here = key
            self.update()

    @property
    def bars(self) -> list[tuple[str, int]]:
        """What each bar stands for, and its number of hits."""
        return [(one.name, self._count(one)) for one in self._stands]

    def bar_rect(self, number: int) -> QRectF:
        """The column of a bar, from the top to where it stands."""
        return self._columns[number]

    def words_at(self, place: QPoint) -> str:
        """What the bar at a place stands for; nothing beside the bars."""
        number = self._bar_at(QPointF(place))
        if number < 0:
            return ""
        name, count = self.bars[number]
        return f"{name}　命中 {count}" if count else f"{name}　无命中"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self._choose(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._bar_at(event.position())
        leads = number >= 0 and self._count(self._stands[number])
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self._step(steps[event.key()])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        counts = [self._count(one) for one in self._stands]
        tallest = max(counts, default=0)
        colors = [self._theme.color(role) for role in ("line", "star", "accent")]
        for one, column, count in zip(self._stands, self._columns, counts, strict=True):
            is_here = self._here in one.keys
            color = colors[2 if is_here else 1 if count else 0]
            _paint_bar(painter, column, count / tallest if count else 0, color, is_here)
        self._paint_labels(painter)
        if self.hasFocus():
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(QRectF(self.rect()).adjusted(6.5, 0.5, -6.5, -0.5))
        painter.end()

    def _paint_labels(self, painter: QPainter) -> None:
        if self._labels is None:
            self._labels = self._place_labels()
        painter.setFont(self._label_font)
        painter.setPen(self._theme.color("muted"))
        for label, place in self._labels:
            painter.drawText(place, label)

    def _place_labels(self) -> list[tuple[str, QPointF]]:
        """The number of each part under the middle of its bars, where there is room for it.

        Only when it is drawn: before, the widget does not have the style sheet's font yet, and measuring would load another.
        """
        self._label_font = QFont(self.font())
        self._label_font.setPixelSize(_LABEL_PIXELS)
        metrics = QFontMetricsF(self._label_font)
        columns: dict[str, QRectF] = {}
        for one, column in zip(self._stands, self._columns, strict=True):
            if one.part_label:
                columns[one.part_label] = columns.get(one.part_label, column).united(column)
        labels = []
        reached = 0.0
        for label, column in columns.items():
            width = metrics.horizontalAdvance(label)
            left = column.center().x() - width / 2
            if left >= reached:
                labels.append((label, QPointF(left, column.bottom() + 2 + metrics.ascent())))
                reached = left + width + 2
        return labels

    def _lay_out(self) -> None:
        """Give every bar its column."""
        room = max(1.0, self.width() - _LEFT - _RIGHT)
        room_of_sections = room - _PART_GAP * (len(self._parts) - 1)
        if room_of_sections >= _NARROWEST * len(self._sections):
            self._stands, room = self._sections, room_of_sections
        else:
            self._stands = self._parts
        pitch = min(_WIDEST, room / max(1, len(self._stands)))
        left = _LEFT
        self._columns = []
        for number, one in enumerate(self._stands):
            if number and one.part != self._stands[number - 1].part:
                left += _PART_GAP
            self._columns.append(QRectF(left, _TOP, pitch, _TALLEST))
            left += pitch
        self._labels = None

    def _count(self, one: Stand) -> int:
        return sum(self._counts.get(key, 0) for key in one.keys)

    def _bar_at(self, place: QPointF) -> int:
        columns = (column.adjusted(0, -_TOP, 0, _LABEL) for column in self._columns)
        return next((at for at, column in enumerate(columns) if column.contains(place)), -1)

    def _step(self, step: int) -> None:
        shown = self._stands
        start = next((at for at, one in enumerate(shown) if self._here in one.keys), -1)
        at = start + step
        while 0 <= at < len(shown):
            if self._count(shown[at]):
                self._choose(at)
                return
            at += step

    def _choose(self, number: int) -> None:
        one = self._stands[number]
        if self._count(one):
            self.place_chosen.emit(one.keys)

    def _describe(self) -> None:
        """What those hear who do not see the bars, when they come here: no key that is typed waits for it."""
        found = [f"{name} {count}" for name, count in self.bars if count]
        self.setAccessibleDescription("；".join(found) or "没有命中")


def _paint_bar(painter: QPainter, column: QRectF, share: float, color: QColor, is_here: bool) -> None:
    """A bar as tall as its share of the tallest, on the line all bars stand on."""
    width = max(1.0, round(column.width() - (1.0 if column.width() < 5 else 2.0)))
    left, foot = round(column.left()), column.bottom()
    if share:
        height = max(_LOWEST, round(_TALLEST * share))
        painter.fillRect(QRectF(left, foot - height, width, height), color)
    painter.fillRect(QRectF(left, foot - 1, width, 2 if is_here else 1), color)
