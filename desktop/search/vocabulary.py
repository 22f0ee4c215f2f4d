"""The reader's own near-synonyms: shown, kept as they are typed, used at once."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop import errors
from desktop.views.thesaurus_dialog import ThesaurusDialog
from index import thesaurus
from index.related import Related
from index.thesaurus import Thesaurus


class Vocabulary(QObject):
    """``changed``: the search knows other words now; ``told``: a sentence that stays."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, window: QWidget, folder: Path, related: Related) -> None:
        super().__init__(window)
        self._window = window
        self._path = folder / thesaurus.OWN_NAME
        self._folder = folder
        self._related = related

    def show(self) -> None:
        """Let the reader see and change his entries."""
        dialog = ThesaurusDialog(
            _text(self._path), _text(thesaurus.SHIPPED), thesaurus.is_understood, self._window
        )
        dialog.entries_changed.connect(self._keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep(self, entries: str) -> None:
        beside = self._path.with_name(f".{os.urandom(8).hex()}.tmp")
        try:
            beside.write_text(entries, "utf-8", errors="replace")
            beside.replace(self._path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            self.told.emit(errors.sentence(error))
            return
        self._related.use_thesaurus(Thesaurus.open(self._folder))
        self.changed.emit()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
