"""Asking the reader where a file shall go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.export import Format
from desktop.export.filing import file_name


def ask_where(parent: QWidget, caption: str, title: str, form: Format, take: Callable[[Path], None]) -> None:
    """Offer a name made from a title where the reader keeps files; ``take`` gets the path that is chosen."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, caption, folder, f"{form.name} (*{form.suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(form.suffix[1:])
    dialog.selectFile(file_name(title, form.suffix))
    dialog.fileSelected.connect(lambda target: take(Path(target)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
