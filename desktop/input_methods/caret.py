"""Where the caret is on the screen, so that the candidates stand beside it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def on_screen(target: QWidget) -> tuple[int, int, int, int] | None:
    """Left, top, width, height of the caret in the screen's own pixels, whatever the scaling; None if it is not shown."""
    window = target.window().windowHandle()
    if window is None or window.screen() is None or not target.isVisible():
        return None
    # WORKAROUND QTextEdit and QPlainTextEdit (Qt 6.8): their caret is told by its place in the viewport.
    surface = target.viewport() if isinstance(target, QAbstractScrollArea) else target
    rectangle = QRectF(target.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle))
    scale = window.devicePixelRatio()
    # A screen's corner is told in its own pixels, everything on it in scaled ones.
    corner = window.screen().geometry().topLeft()
    place = surface.mapToGlobal(rectangle.topLeft()) - corner
    return (
        round(place.x() * scale) + corner.x(),
        round(place.y() * scale) + corner.y(),
        max(1, round(rectangle.width() * scale)),
        max(1, round(rectangle.height() * scale)),
    )
