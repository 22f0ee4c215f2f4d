"""The notebook as a whole: its backups, its exchange with colleagues, 锚点体检."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.keeping.backups import Keeping
from desktop.keeping.checking import Checking
from desktop.keeping.exchanging import Exchanging
from desktop.work.parts import Parts

_NOT_OPEN = "笔记本没有打开，现在不能这样做；原文仍可阅读、搜索。请先按提示处理笔记本，再重新启动。"


class KeepingWork(QObject):
    """``entry_opened``: the reader wants to see where an entry stands (its id)."""

    entry_opened = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        window, commands, jobs = parts.window, parts.commands, parts.jobs
        self.checking = Checking(window, commands, parts.theme)
        self._keeping = Keeping(window, commands, jobs, parts.data, parts.theme)
        self._exchanging = Exchanging(window, commands, jobs, parts.data, parts.settings, parts.theme)
        self.checking.entry_opened.connect(self.entry_opened)
        parts.listen(self._keeping, self._exchanging)
        parts.hear(self._keeping, self._exchanging, self.checking)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        acts: dict[str, Callable[[], object]] = {
            "checkup": self.checking.show_report,
            "export_notes": self._exchanging.export,
            "import_notes": self._exchanging.import_file,
            "back_up": self._keeping.back_up,
            "restore": self._keeping.restore,
        }
        return {name: self._if_open(act) for name, act in acts.items()}

    def import_from(self, source: Path) -> None:
        """Take in a colleague's notes, once the reader has seen them."""
        self._if_open(lambda: self._exchanging.read_file(source))()

    def start(self) -> None:
        """Keep backups from now on."""
        self._keeping.start()

    def end(self) -> None:
        """Keep a last one of this sitting."""
        self._keeping.end()

    def _if_open(self, act: Callable[[], object]) -> Callable[[], object]:
        def done() -> None:
            if not self._parts.commands.is_writable:
                self._parts.tell(_NOT_OPEN)
                return
            self._parts.views.desk.notes.save_pending()
            act()

        return done
