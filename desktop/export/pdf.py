"""A brief as PDF, and page by page for a preview or a printer: drawn by Qt, with text that can be selected."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from desktop.export import paper as pages
from desktop.export.brief import Brief, Options, Watch, tailored, unwatched
from desktop.export.docx_styles import BAR, twips
from desktop.export.faces import Fonts
from desktop.export.paper import POINTS_PER_MM, paper
from desktop.export.pdf_body import OWN_BLOCK, Body, typeface
from desktop.export.pdf_pages import Page, Strip, cut, strips_of
from desktop.export.pdf_unicode import corrected
from desktop.export.prose import clean

_DOTS_PER_INCH = 1200
_TWIPS_PER_INCH = 1440
_MM_PER_INCH = 25.4
_BAR_WIDTH, _BAR_GAP, _TOUCHING = 40, 160, 2
"""Twips."""


SHEET = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
"""A4 to its edges: the margins are the page's own."""


class Pages:
    """A brief laid out: ``count`` pages of A4, each of which can be painted anywhere.

    ``strips`` are the lines and rows of one long column, in twips, and ``sheets`` what of it stands on each page.
    """

    def __init__(self, brief: Brief, options: Options, fonts: Fonts, watch: Watch = unwatched) -> None:
        self._paper = paper(options.large_type)
        self._fonts = fonts
        self._width = twips(pages.TEXT_WIDTH * POINTS_PER_MM)
        body = Body(tailored(brief, options), self._paper, fonts, self._width)
        self._text = body.write(watch)
        self._text.setTextWidth(self._width)
        height = twips(self._paper.pitch) * self._paper.lines
        self.strips = strips_of(self._text, height)
        self.sheets = cut(self.strips, height)
        self.count = len(self.sheets)

    def paint(self, painter: QPainter, number: int, dots_per_inch: float) -> None:
        """One page, from 0, whole; the painter's origin is the corner of the sheet."""
        page = self.sheets[number]
        painter.save()
        painter.scale(dots_per_inch / _TWIPS_PER_INCH, dots_per_inch / _TWIPS_PER_INCH)
        painter.translate(twips(pages.LEFT * POINTS_PER_MM), twips(pages.TOP * POINTS_PER_MM))
        self._number_page(painter, number)
        if page.head is not None:
            painter.translate(0, -page.head.top)
            self._draw(painter, page.head)
            painter.translate(0, page.head.bottom)
        painter.translate(0, -page.top)
        self._draw_bars(painter, page)
        for strip in page.strips:
            self._draw(painter, strip)
        painter.restore()

    def _draw_bars(self, painter: QPainter, page: Page) -> None:
        """The bar beside what the unit wrote, unbroken from its first line to its last."""
        left, above = twips(self._paper.body * 2) - _BAR_GAP, None
        for strip in page.strips:
            is_own = strip.block is not None and strip.block.blockFormat().boolProperty(OWN_BLOCK)
            if is_own:
                top = strip.top if above is None else above
                painter.fillRect(QRectF(left, top, _BAR_WIDTH, strip.bottom - top), QColor(f"#{BAR}"))
            above = strip.bottom if is_own else None

    def _draw(self, painter: QPainter, strip: Strip) -> None:
        """A line or a row, where it stands in the column."""
        if strip.block is not None and strip.origin is not None:
            # WORKAROUND: QTextLayout.draw, given a clip, also draws the line above it; hidden, it could be selected.
            strip.block.layout().lineAt(strip.number).draw(painter, strip.origin)
            return
        painter.save()
        painter.setClipRect(QRectF(0, strip.top, self._width, strip.height))
        self._text.drawContents(
            painter, QRectF(0, strip.top + _TOUCHING, self._width, strip.height - 2 * _TOUCHING)
        )
        painter.restore()

    @property
    def words(self) -> str:
        """All that is written on the pages."""
        return self._text.toPlainText() + "—0123456789"

    @property
    def typefaces(self) -> list[QFont]:
        """All that they are written in."""
        fonts = self._fonts
        families = dict.fromkeys((fonts.title, fonts.body, fonts.first, fonts.second, fonts.plain))
        return [typeface(family, self._paper.body) for family in families]

    def _number_page(self, painter: QPainter, number: int) -> None:
        """— 1 — at the outer side, one character from the edge of the text (GB/T 9704—2012, 7.5)."""
        font = typeface(self._fonts.plain, pages.PAGE_NUMBER)
        words = f"— {number + 1} —"
        metrics = QFontMetricsF(font)
        width, inset = metrics.horizontalAdvance(words), twips(pages.PAGE_NUMBER)
        left = self._width - inset - width if number % 2 == 0 else inset
        dash = twips((pages.TEXT_HEIGHT + pages.DASH_BELOW) * POINTS_PER_MM)
        painter.setFont(font)
        painter.drawText(QPointF(left, dash + metrics.capHeight() / 2), words)


def render(brief: Brief, options: Options, fonts: Fonts, watch: Watch = unwatched) -> bytes:
    """The bytes of the file. Raises what ``watch`` raises. Fonts are those of ``faces.drawn``."""
    laid_out = Pages(brief, options, fonts, watch)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(clean(brief.title))
    writer.setCreator("政策案头")
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageLayout(SHEET)
    items = len(brief.items)
    draw(laid_out, writer, _DOTS_PER_INCH, range(laid_out.count), lambda page, pages: watch(items, items))
    buffer.close()
    return corrected(bytes(data.data()), laid_out.words, laid_out.typefaces)


def draw(
    laid_out: Pages, device: QPagedPaintDevice, dots_per_inch: float, numbers: Sequence[int], watch: Watch
) -> bool:
    """Paint these pages, from 0, on sheets whose corner is the device's origin; False if it does not take them.

    ``watch`` is told of pages; what it raises is raised with the device let go of.
    """
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        for done, number in enumerate(numbers):
            watch(done, len(numbers))
            if done and not device.newPage():
                return False
            laid_out.paint(painter, number, dots_per_inch)
        watch(len(numbers), len(numbers))
    finally:
        is_done = painter.end()
    return is_done


def picture(laid_out: Pages, number: int, width: int) -> QImage:
    """A page as a picture so many pixels wide, on white."""
    image = QImage(width, round(width * pages.HEIGHT / pages.WIDTH), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    laid_out.paint(painter, number, width / (pages.WIDTH / _MM_PER_INCH))
    painter.end()
    return image
