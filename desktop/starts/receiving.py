"""Showing in the open window what a later start of the program was asked to open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from content import citation
from content.model import Document
from desktop.starts.asked import is_notes, is_policy
from desktop.starts.instance import Wish
from desktop.workspaces import READING

if TYPE_CHECKING:
    from desktop.window import Window

_TOKEN = "XDG_ACTIVATION_TOKEN"
_MOST_SHOWN = 60
"""Characters of what was typed that are told again."""


class Receiving(QObject):
    """Shows in the open window what a later start was asked for."""

    def __init__(self, window: Window, document: Document, opened: str) -> None:
        """``opened`` is what this program was started with, as ``asked.in_full`` gives it."""
        super().__init__(window)
        self._window = window
        self._document = document
        self._opened = opened

    def take(self, wish: Wish) -> bool:
        """Whether this window can show it; another policy needs a window, and so a program, of its own."""
        if self._is_another(wish.asked):
            return False
        self._come_to_front(wish.activation)
        self.show(wish.asked)
        return True

    def show(self, asked: str) -> None:
        """Show a colleague's notes or a place; what is open already needs nothing."""
        if is_notes(asked):
            self._window.work.keeping.import_from(Path(asked))
        elif not self._is_here(asked):
            self._go_to(asked)

    def _is_here(self, asked: str) -> bool:
        return asked in ("", self._document.id, self._opened)

    def _is_another(self, asked: str) -> bool:
        """Whether this is a policy that is not open here."""
        return not self._is_here(asked) and not is_notes(asked) and is_policy(asked)

    def _go_to(self, typed: str) -> None:
        if citation.find(self._document, typed) is None:
            self._window.tell(
                f"没有“{typed[:_MOST_SHOWN]}”这个文件，所开的文件里也没有这个出处；出处请写作 二（三）3、2.3.3 或条目编号。"
            )
            return
        self._window.workspaces.show(READING)
        self._window.open_citation(typed)

    def _come_to_front(self, activation: str) -> None:
        window = self._window
        if activation and QApplication.platformName().startswith("wayland"):
            os.environ[_TOKEN] = activation  # Qt reads it when a window asks to be active, and takes it away
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)
