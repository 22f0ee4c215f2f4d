"""导出诊断信息, from the menu or after a fault: gathered, shown, and saved where the reader wants it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from desktop import errors
from desktop.commands import Commands
from desktop.export import filing
from desktop.notebook.errors import NotebookError
from desktop.notebook.model import KINDS, NAMES
from desktop.notebook.place import Place

_SUFFIX = ".txt"
_FILES = "文本文件 (*.txt)"
_DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "QT_IM_MODULE", "XMODIFIERS", "QT_SCALE_FACTOR")
"""Settings of the desktop that decide how the window looks and whether Chinese can be typed."""


class Reporting(QObject):
    """``told``: a sentence that stays."""

    told = Signal(str)

    def __init__(self, window: QWidget, commands: Commands, place: Place) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._place = place

    def show(self) -> None:
        """Let the reader see what would be saved."""
        # Seldom asked for, and it brings the list of components with it.
        from desktop.support.diagnostics import report
        from desktop.views.diagnostics_dialog import DiagnosticsDialog

        text = report(self._place, _look(), self._counts(), datetime.now())
        dialog = DiagnosticsDialog(text, self._window)
        dialog.save_requested.connect(lambda text: self._choose_target(dialog, text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _counts(self) -> Mapping[str, int] | None:
        if not self._commands.is_writable:
            return None
        counted = Counter(type(one) for one in self._commands.shelf.everything)
        return {NAMES[kind]: counted[kind] for kind in KINDS}

    def _choose_target(self, shown: QDialog, text: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(shown, "保存诊断信息", folder, _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_SUFFIX[1:])
        dialog.selectFile(filing.file_name(f"政策案头诊断信息-{datetime.now():%Y%m%d-%H%M}", _SUFFIX))
        dialog.fileSelected.connect(lambda target: self._write(shown, Path(target), text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, shown: QDialog, target: Path, text: str) -> None:
        # With a byte order mark, so that the Notepad of an old Windows takes it for UTF-8.
        try:
            filing.save(target, text.encode("utf-8-sig"))
        except NotebookError as error:
            self.told.emit(errors.sentence(error))
            return
        shown.accept()
        self.told.emit(f"诊断信息已存到 {target}；里面没有批注和搜索词，可以交给维护人员。")


def _look() -> dict[str, object]:
    """What the windowing system says of itself."""
    style = QApplication.style()
    screens = [
        f"{one.size().width()}×{one.size().height()}（{one.devicePixelRatio():g} 倍）"
        for one in QGuiApplication.screens()
    ]
    return {
        "Qt": qVersion(),
        "平台": QGuiApplication.platformName(),
        "界面风格": style.name() if style else "",
        "屏幕": "、".join(screens),
        "字体": QApplication.font().family(),
        "桌面和输入法": " ".join(f"{name}={os.environ.get(name, '')}" for name in _DESKTOP),
    }
