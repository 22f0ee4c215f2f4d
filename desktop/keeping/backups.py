"""Backups of the notebook, made by themselves or by hand, and restoring one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop import errors
from desktop.commands import Commands
from desktop.jobs import Jobs
from desktop.notebook import backups
from desktop.notebook.backups import Backup, Reason
from desktop.notebook.connection import connect_beside, is_alone
from desktop.notebook.errors import NotebookError
from desktop.theme import Theme
from desktop.views.entry_list import EntryRow
from desktop.views.restore_dialog import RestoreDialog

Make = Callable[[sqlite3.Connection, Path, datetime], Backup | None]
_HOUR_MS = 3_600_000


class Keeping(QObject):
    """``told``: a sentence that stays; ``word_said``: a passing word."""

    told = Signal(str)
    word_said = Signal(str)

    def __init__(
        self, window: QWidget, commands: Commands, jobs: Jobs, folder: Path, theme: Callable[[], Theme]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._jobs = jobs
        self._folder = folder
        self._theme = theme
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR_MS)
        self._hourly.timeout.connect(self.back_up_if_changed)

    def start(self) -> None:
        """Back up now, and in an hour and so on, if there is something new."""
        self.back_up_if_changed()
        self._hourly.start()

    def end(self) -> None:
        """Back up what this sitting has brought, before the notebook is closed."""
        notebook = self._commands.notebook
        if notebook is None:
            return
        try:
            backups.back_up_if_changed(notebook.connection, self._folder, datetime.now())
        except NotebookError as error:
            errors.log.warning("结束时没有备份成", exc_info=error)

    def back_up_if_changed(self) -> None:
        """The backup that is made by itself."""
        self._back_up(backups.back_up_if_changed, lambda made: None)

    def back_up(self) -> None:
        """The backup that is asked for."""
        make = partial(backups.back_up, reason=Reason.BY_HAND)
        self._back_up(
            lambda connection, folder, now: make(connection, folder, now=now),
            lambda made: self.word_said.emit("已备份，并核对了备份完整"),
        )

    def _back_up(self, make: Make, done: Callable[[Backup | None], None]) -> None:
        notebook, folder = self._commands.notebook, self._folder
        if notebook is None:
            return
        if is_alone(notebook.connection):
            # Nobody can read beside this connection, so the window waits for it.
            self._telling(lambda: done(make(notebook.connection, folder, datetime.now())))
            return

        def work() -> Backup | None:
            with closing(connect_beside(folder)) as connection:
                return make(connection, folder, datetime.now())

        self._jobs.run(work, done, "back up", self._tell)

    def restore(self) -> None:
        """Let the reader choose a backup, see what it would bring back, and restore it."""
        notebook = self._commands.notebook
        if notebook is None:
            return
        present = {one.id: one for one in backups.backups(self._folder)}
        entries = notebook.everything()

        def preview(backup_id: str) -> str:
            try:
                return backups.preview(entries, backups.entries(present[backup_id]))
            except NotebookError as error:
                return str(error)

        dialog = RestoreDialog([_row(one) for one in present.values()], preview, self._theme(), self._window)
        dialog.restore_requested.connect(
            lambda backup_id: self._telling(lambda: self._bring_back(present[backup_id]))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _bring_back(self, backup: Backup) -> None:
        notebook = self._commands.notebook
        if notebook is None:
            return
        now = datetime.now()
        time = now.astimezone().isoformat(timespec="seconds")
        change = backups.restoring(notebook.everything(), backups.entries(backup), time)
        if not change.edits:
            self.word_said.emit("这份备份与现在的笔记本完全相同")
            return
        backups.back_up(notebook.connection, self._folder, Reason.BEFORE_RESTORE, now)
        if self._commands.make("从备份恢复", change):
            self.word_said.emit(f"已恢复到 {backup.made:%Y-%m-%d %H:%M} 的备份，Ctrl+Z 可撤销")

    def _telling(self, act: Callable[[], None]) -> None:
        try:
            act()
        except NotebookError as error:
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        self.told.emit(errors.sentence(error))


def _row(backup: Backup) -> EntryRow:
    try:
        held = backups.counts(backup).words
    except NotebookError:
        held = "读不出来"
    return EntryRow(backup.id, f"{backup.made:%Y-%m-%d %H:%M}　{backup.reason.value}备份", held)
