"""The way of a key through the window: to the input method first, then on as if nothing had been.

Qt announces each key press to see whether it is a shortcut, before the press itself, and may announce several keys
before it delivers the first. Asking the input method at the announcement lets it have Esc or Return while it composes;
whatever was let pass is delivered before anything that came after it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from desktop.input_methods import strokes


@dataclass(frozen=True)
class _Mark:
    """What a press has in common with its announcement."""

    key: int
    code: int
    time: int

    @classmethod
    def of(cls, event: QKeyEvent) -> "_Mark":
        return cls(event.key(), event.nativeScanCode(), event.timestamp())


class Passage(QObject):
    """Filters the events of the window that has the keyboard.

    ``offer`` asks the input method whether it takes a key, ``is_heard`` tells whether one may say anything here,
    ``leave_off`` ends composing.
    """

    def __init__(
        self,
        offer: Callable[[QKeyEvent], bool],
        is_heard: Callable[[], bool],
        leave_off: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._offer = offer
        self._is_heard = is_heard
        self._leave_off = leave_off
        self._window: QWindow | None = None
        self._windows: list[QWindow] = []
        self._eaten: deque[_Mark] = deque()
        """Presses that are still to come and are not to arrive."""
        self._passed: tuple[_Mark, QKeyEvent] | None = None
        """A press that was let pass and has not arrived yet."""
        self._own: list[QKeyEvent] = []
        """What is being delivered, and is not to be offered again."""
        self._shortcuts = _ShortcutWatch(self._forget_passed, self)

    def follow(self, window: QWindow | None) -> None:
        """This window has the keyboard now. Of one that had it before, presses may still be on their way."""
        self._window = window
        if window is not None and window not in self._windows:
            self._windows = [*filter(isValid, self._windows), window]
            window.installEventFilter(self)

    def stop(self) -> None:
        """Let all windows alone."""
        for window in filter(isValid, self._windows):
            window.removeEventFilter(self)
        self._forget_passed()

    def settle(self) -> None:
        """Deliver what was let pass and has not arrived: something that came after it is about to be."""
        if self._passed is None:
            return
        mark, press = self._passed
        self._forget_passed()
        self._eaten.append(mark)
        self.deliver(press)

    def deliver(self, event: QKeyEvent) -> None:
        """Give the window a key that does not come from the keyboard."""
        if self._window is None or not isValid(self._window):
            return
        self._own.append(event)
        try:
            QCoreApplication.sendEvent(self._window, event)
        finally:
            self._own.remove(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.settle()
            self._leave_off()
        elif isinstance(event, QKeyEvent) and not any(event is own for own in self._own):
            if kind == QEvent.Type.ShortcutOverride:
                return self._announce(event)
            if kind == QEvent.Type.KeyPress:
                return self._press(event)
            if kind == QEvent.Type.KeyRelease:
                return self._offer(event)
        return False

    def _announce(self, event: QKeyEvent) -> bool:
        self.settle()
        if self._offer(event):
            self._eaten.append(_Mark.of(event))
            event.accept()
            return True
        if self._is_heard():
            self._passed = _Mark.of(event), strokes.again(event, is_release=False)
            self._shortcuts.begin()
        return False

    def _press(self, event: QKeyEvent) -> bool:
        mark = _Mark.of(event)
        if mark in self._eaten:
            while self._eaten.popleft() != mark:
                continue
            return True
        if self._passed is not None and self._passed[0] == mark:
            self._forget_passed()
            return False
        self.settle()
        return self._offer(event)

    def _forget_passed(self) -> None:
        self._passed = None
        self._shortcuts.end()


class _ShortcutWatch(QObject):
    """Tells whether an announced key turned out to be a shortcut: then no press follows."""

    def __init__(self, heard: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._heard = heard
        self._is_on = False

    def begin(self) -> None:
        """Listen until ``end``, which comes before the next key is handled."""
        application = QGuiApplication.instance()
        if not self._is_on and application is not None:
            self._is_on = True
            application.installEventFilter(self)

    def end(self) -> None:
        """Listen no more."""
        application = QGuiApplication.instance()
        if self._is_on and application is not None:
            self._is_on = False
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut:
            self._heard()
        return False
