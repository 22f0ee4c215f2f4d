"""How the window is arranged: its size, its columns, the size of the text; remembered between sittings."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from content.model import Document
from desktop import settings
from desktop.fonts import Fonts
from desktop.settings import Settings
from desktop.views.frame import Frame
from desktop.views.page import Typography, rows
from desktop.views.reading import ReadingView

TEXT_SIZES = (12, 13, 14, 15, 16, 17, 18, 20, 22, 24, 28, 32)


class Arrangement:
    """Restores, changes and remembers the arrangement. ``tell`` says a passing word to the reader."""

    def __init__(
        self,
        window: QWidget,
        frame: Frame,
        reading: ReadingView,
        document: Document,
        fonts: Fonts,
        kept: Settings,
    ) -> None:
        self._window = window
        self._frame = frame
        self._reading = reading
        self._document = document
        self._fonts = fonts
        self._settings = kept
        self._text_size = settings.TEXT_SIZE.default
        self.tell: Callable[[str], None] = lambda word: None

    def restore(self) -> None:
        """Be as the reader left it; nonsense in the settings is passed over."""
        get = self._settings.get
        size = get(settings.TEXT_SIZE)
        self._set_text_size(size if TEXT_SIZES[0] <= size <= TEXT_SIZES[-1] else settings.TEXT_SIZE.default)
        if not get(settings.GEOMETRY).isEmpty():
            self._window.restoreGeometry(get(settings.GEOMETRY))
        if not get(settings.COLUMNS).isEmpty():
            self._frame.columns.restoreState(get(settings.COLUMNS))
        self._frame.left.setVisible(self.shows_outline)
        self._frame.desk.setVisible(get(settings.DESK_SHOWN))

    def remember(self) -> None:
        """Keep how it is now."""
        keep = self._settings.set
        keep(settings.GEOMETRY, QByteArray(self._window.saveGeometry()))
        keep(settings.COLUMNS, QByteArray(self._frame.columns.saveState()))
        keep(settings.TEXT_SIZE, self._text_size)

    @property
    def shows_outline(self) -> bool:
        """Whether the reader wants the left column to be there without a search, too."""
        return bool(self._settings.get(settings.OUTLINE_SHOWN))

    def enlarge_text(self) -> None:
        """The next larger size."""
        self._resize_text(1)

    def reduce_text(self) -> None:
        """The next smaller size."""
        self._resize_text(-1)

    def reset_text(self) -> None:
        """The usual size."""
        self._set_text_size(settings.TEXT_SIZE.default)

    def toggle_outline(self) -> None:
        """Fold or unfold the left column."""
        self._toggle(self._frame.left, settings.OUTLINE_SHOWN)

    def toggle_desk(self) -> None:
        """Fold or unfold the 案头."""
        self._toggle(self._frame.desk, settings.DESK_SHOWN)

    def _resize_text(self, step: int) -> None:
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - self._text_size))
        at = TEXT_SIZES.index(nearest) + step
        self._set_text_size(TEXT_SIZES[min(max(at, 0), len(TEXT_SIZES) - 1)])
        self.tell(f"文字大小 {self._text_size}")

    def _set_text_size(self, size: int) -> None:
        self._text_size = size
        self._reading.show_page(rows(self._document), Typography(self._fonts.serif, size))

    def _toggle(self, view: QWidget, setting: settings.Setting) -> None:
        shown = not view.isVisible()
        view.setVisible(shown)
        self._settings.set(setting, shown)
