"""How a note looks in the list: the quoted words, the reader's own, kind, tags, place and time."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QTextDocument

from desktop.notebook.rendering import is_plain, to_html
from desktop.theme import Theme

_PADDING = 10
_GAP = 5
SPACE = 10
"""Pixels between two cards."""
_LINE = 20
_INDENT = 18
"""Pixels by which a list stands in."""
_MOST_BODY = 240
"""Pixels of a note's words that are shown; the whole is there when it is edited."""
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
_DOCUMENTS = 120
ACTIONS = ("编辑", "删除")


@dataclass(frozen=True, slots=True)
class CardContent:
    """What one card shows. ``stroke`` is the role of the bar beside the quote; ``fit`` is empty where the words stand as
    they were quoted."""

    entry_id: str
    quote: str
    place: str
    time: str
    body: str
    kind: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    author: str = ""
    fit: str = ""
    stroke: str = "hit_here"


class CardPainter:
    """Measures and paints cards in one font and one theme; what it has laid out it keeps for a while."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.use_font(font)

    def use_font(self, font: QFont) -> None:
        """Measure and paint in another font."""
        self._font = QFont(font)
        self._small = QFont(font)
        self._small.setPixelSize(12)
        self._metrics = QFontMetrics(font)
        self._small_metrics = QFontMetrics(self._small)
        self._heights: dict[tuple[str, int], int] = {}
        self._documents: dict[tuple[str, int, str], QTextDocument] = {}

    def height(self, body: str, tagged: bool, width: int) -> int:
        """The height of a card with this body, with tags or without, in pixels, the space below it included."""
        lines = 3 if tagged else 2
        return 2 * _PADDING + lines * _LINE + 2 * _GAP + self._body_height(body, width - 2 * _PADDING) + SPACE

    def body_rect(self, content: CardContent, rect: QRect) -> QRect:
        """Where the words stand in a card's rectangle."""
        width = rect.width() - 2 * _PADDING
        height = self._body_height(content.body, width)
        return QRect(rect.left() + _PADDING, rect.top() + _PADDING + _LINE + _GAP, width, height)

    def action_rects(self, rect: QRect) -> list[QRect]:
        """Where the actions of a card are shown while it is chosen or under the pointer."""
        right = rect.right() - 6
        found = []
        for name in reversed(ACTIONS):
            width = self._small_metrics.horizontalAdvance(name) + 12
            found.append(QRect(right - width, rect.top() + _PADDING - 1, width, _LINE))
            right -= width
        return found[::-1]

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        content: CardContent,
        *,
        chosen: bool,
        here: bool,
        hot: bool,
        focus: bool,
    ) -> None:
        """Draw a card; ``here`` belongs to the current measure, ``hot`` shows its actions."""
        box = QRectF(rect.adjusted(0, 0, -1, -SPACE)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if chosen and focus else "muted" if chosen or here else "line"
        painter.setPen(self.theme.color(edge))
        painter.setBrush(self.theme.color("accent_soft" if chosen else "field"))
        painter.drawRoundedRect(box, 6, 6)
        room = self._paint_actions(painter, rect) if hot else rect.right() - _PADDING
        self._paint_quote(painter, rect, content, room)
        self._paint_body(painter, self.body_rect(content, rect), content)
        self._paint_foot(painter, rect, content)

    def _paint_actions(self, painter: QPainter, rect: QRect) -> int:
        painter.setFont(self._small)
        painter.setPen(self.theme.color("accent"))
        places = self.action_rects(rect)
        for name, place in zip(ACTIONS, places, strict=True):
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), name)
        return places[0].left() - 4

    def _paint_quote(self, painter: QPainter, rect: QRect, content: CardContent, right: int) -> None:
        left, top = rect.left() + _PADDING, rect.top() + _PADDING
        painter.fillRect(left, top + 1, 3, _LINE - 2, self.theme.color(content.stroke))
        left += 10
        painter.setFont(self._font)
        painter.setPen(self.theme.color("muted"))
        quote = f"置顶 · {content.quote}" if content.pinned else content.quote
        text = self._metrics.elidedText(quote.replace("\n", " "), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, top, right - left, _LINE), int(Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_body(self, painter: QPainter, rect: QRect, content: CardContent) -> None:
        painter.save()
        painter.setClipRect(rect)
        if is_plain(content.body):
            painter.setFont(self._font)
            painter.setPen(self.theme.color("ink"))
            painter.drawText(rect, _WRAPPED, content.body)
        else:
            painter.translate(QPointF(rect.topLeft()))
            self._document(content.body, rect.width()).drawContents(painter)
        painter.restore()

    def _paint_foot(self, painter: QPainter, rect: QRect, content: CardContent) -> None:
        foot = QRect(
            rect.left() + _PADDING,
            rect.bottom() - SPACE - _PADDING - _LINE + 4,
            rect.width() - 2 * _PADDING,
            _LINE,
        )
        painter.setFont(self._small)
        left = foot.left()
        if content.fit:
            left = self._paint_pill(painter, left, foot, content.fit, "notice", "notice_ink")
        if content.kind:
            warm = content.kind in ("问题", "待核实")
            roles = ("accent_soft", "accent") if warm else ("pill", "ink")
            left = self._paint_pill(painter, left, foot, content.kind, *roles)
        meta = self._fitting(_metas(content), foot.right() - left)
        width = min(self._small_metrics.horizontalAdvance(meta) + 2, foot.right() - left)
        painter.setPen(self.theme.color("muted"))
        right = QRect(foot.right() - width, foot.top(), width + 1, foot.height())
        painter.drawText(right, _middle(Qt.AlignmentFlag.AlignRight), self._elide(meta, width))
        if content.tags:
            tags = self._elide(" ".join(f"#{tag}" for tag in content.tags), foot.width())
            painter.drawText(foot.translated(0, -_LINE), _middle(), tags)

    def _fitting(self, texts: Sequence[str], width: int) -> str:
        """The first text that has room, or else the last."""
        room = (text for text in texts if self._small_metrics.horizontalAdvance(text) + 2 <= width)
        return next(room, texts[-1])

    def _paint_pill(self, painter: QPainter, left: int, foot: QRect, text: str, ground: str, ink: str) -> int:
        width = self._small_metrics.horizontalAdvance(text) + 12
        pill = QRectF(left, foot.top() + 1, width, foot.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(ground))
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(self.theme.color(ink))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
        return left + width + 6

    def _elide(self, text: str, width: int) -> str:
        return self._small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _body_height(self, body: str, width: int) -> int:
        key = (body, width)
        known = self._heights.get(key)
        if known is None:
            if is_plain(body):
                known = self._metrics.boundingRect(QRect(0, 0, width, 100_000), _WRAPPED, body).height()
            else:
                known = round(self._document(body, width).size().height())
            known = self._heights[key] = min(max(known, self._metrics.height()), _MOST_BODY)
        return known

    def _document(self, body: str, width: int) -> QTextDocument:
        key = (body, width, self.theme.ink)
        document = self._documents.get(key)
        if document is None:
            while len(self._documents) >= _DOCUMENTS:
                del self._documents[next(iter(self._documents))]
            document = self._documents[key] = QTextDocument()
            document.setDocumentMargin(0)
            document.setIndentWidth(_INDENT)
            document.setDefaultFont(self._font)
            size = QFontInfo(self._font).pixelSize()
            document.setDefaultStyleSheet(
                f"body, p, li, td, th {{ color: {self.theme.ink}; font-size: {size}px; }}"
            )
            document.setHtml(f"<body>{to_html(body)}</body>")
            document.setTextWidth(width)
        return document


def _metas(content: CardContent) -> list[str]:
    """Whose, where and when, the less of it the narrower the card."""
    day = content.time.partition(" ")[0]
    author, place = content.author, content.place
    choices = ((author, place, content.time), (author, place, day), (author, place), (place,))
    return [" · ".join(filter(None, one)) for one in choices]


def _middle(side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> int:
    return int(Qt.AlignmentFlag.AlignVCenter | side)
