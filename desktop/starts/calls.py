"""Later starts of the program on the same notebook folder: their wishes are seen as soon as they are made."""

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from desktop.starts.instance import Instance, Wish

_LOOK_MS = 1000
"""How often to look where the system does not tell of new files."""


class Calls(QObject):
    """``take`` is asked about every wish; False sends it back to who had it."""

    def __init__(self, instance: Instance, take: Callable[[Wish], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._instance = instance
        self._take = take
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda folder: self.look())
        if not self._watcher.addPath(str(instance.folder.absolute())):
            timer = QTimer(self)
            timer.timeout.connect(self.look)
            timer.start(_LOOK_MS)
        self.look()

    def look(self) -> None:
        """See to the wishes that are there."""
        self._instance.answer(self._take)
