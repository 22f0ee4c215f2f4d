"""Where the caret is on the screen, so that the candidates stand beside it."""

from PySide6.QtGui import QGuiApplication


def on_screen(application: QGuiApplication) -> tuple[int, int, int, int] | None:
    """Left, top, width, height in the screen's own pixels, whatever the scaling; None if there is no caret."""
    window = application.focusWindow()
    rectangle = application.inputMethod().cursorRectangle()
    if window is None or not rectangle.isValid() or window.screen() is None:
        return None
    scale = window.devicePixelRatio()
    # A screen's corner is told in its own pixels, everything on it in scaled ones.
    corner = window.screen().geometry().topLeft()
    place = window.mapToGlobal(rectangle.topLeft()) - corner
    return (
        round(place.x() * scale) + corner.x(),
        round(place.y() * scale) + corner.y(),
        max(1, round(rectangle.width() * scale)),
        max(1, round(rectangle.height() * scale)),
    )
