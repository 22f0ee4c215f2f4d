"""Work off the GUI thread: plain functions in, answers back on the GUI thread, newest question wins."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

log = logging.getLogger(__name__)


class Jobs(QObject):
    """Runs work in the background, one at a time, in order.

    ``run(work, done, key)``: ``work`` knows no Qt; ``done(answer)`` is called on the GUI thread unless a later
    ``run`` with the same key was made meanwhile. A fault of ``work`` is logged and handed to ``failed`` there.
    """

    _finished = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # What Qt makes in a thread must go in that thread: it is always the same one.
        self._pool.setExpiryTimeout(-1)
        self._newest: dict[str, int] = {}
        self._finished.connect(self._finish)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        key: str,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue work; an older answer for the same key will not be delivered any more."""
        number = self._newest[key] = self._newest.get(key, 0) + 1
        self._pool.start(_Job(lambda: self._work(work, done, failed, key, number)))

    def silence(self, key: str) -> None:
        """Deliver no pending answer for this key."""
        self._newest[key] = self._newest.get(key, 0) + 1

    def stop(self) -> None:
        """Drop what has not begun and wait for what has."""
        for key in self._newest:
            self.silence(key)
        self._pool.clear()
        self._pool.waitForDone()

    def _work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
        key: str,
        number: int,
    ) -> None:
        if self._newest[key] != number:
            return
        try:
            answer = work()
        except Exception as fault:
            log.exception("后台的工作没有做成")
            error = fault
            self._deliver(key, number, lambda: failed(error) if failed else None)
        else:
            self._deliver(key, number, lambda: done(answer))

    def _deliver(self, key: str, number: int, deliver: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the window is gone, and nobody waits any more
            self._finished.emit(key, number, deliver)

    @Slot(str, int, object)
    def _finish(self, key: str, number: int, deliver: Callable[[], None]) -> None:
        if self._newest[key] == number:
            deliver()


class _Job(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()
