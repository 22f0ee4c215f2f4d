"""A start of the program that takes a picture of its window and ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.search.finder import Finder

if TYPE_CHECKING:
    from desktop.window import Window

_SETTLE_MS = 30


class Posing(QObject):
    """``failed``: the picture could not be taken, with the sentence that says why; if it could, the window is closed."""

    failed = Signal(str)

    def __init__(self, window: Window, finder: Finder, target: Path) -> None:
        super().__init__(window)
        self._window = window
        self._finder = finder
        self._target = target

    def pose(self, at: str, search: str) -> None:
        """Bring the window to a place and to a search, and take the picture when it has settled."""
        if at and not self._window.open_citation(at):
            self.failed.emit(f"没有“{at}”这个出处；请写作 二（三）3、2.3.3 或条目编号。")
            return
        if search:
            self._window.search_for(search)
        self._await_settled()

    def _await_settled(self) -> None:
        next_step = self._take_picture if self._finder.is_settled else self._await_settled
        QTimer.singleShot(_SETTLE_MS, next_step)

    def _take_picture(self) -> None:
        if not self._window.grab().save(str(self._target), "PNG"):
            self.failed.emit(f"图片没有存到 {self._target}；请检查文件夹是否存在、是否可写。")
            return
        self._window.close()
