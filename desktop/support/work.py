"""What helps the reader with the program itself: where the data lie, and what can be told of a fault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.support.reporting import Reporting
from desktop.views.place_dialog import PlaceDialog
from desktop.work.parts import Parts


class SupportWork(QObject):
    """Works without a notebook too: it is needed most where something is wrong."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self.reporting = Reporting(parts.window, parts.commands, parts.place)
        parts.listen(self.reporting)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        return {"data_folder": self._show_place, "diagnostics": self.reporting.show}

    def _show_place(self) -> None:
        dialog = PlaceDialog(self._parts.place, self._parts.window)
        dialog.folder_requested.connect(self._open_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_folder(self) -> None:
        folder = self._parts.data.absolute()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._parts.tell(f"文件夹没能打开；批注和设置都在这里：{folder}")
