"""Stands between the keyboard and fcitx where Qt has no module for it."""

import os

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.input_methods import caret, composing, strokes
from desktop.input_methods.bus import Bus, BusError, session_address
from desktop.input_methods.context import (
    BASE,
    Capability,
    Commit,
    Context,
    Forward,
    Preedit,
    Silence,
    Stroke,
    Word,
)
from desktop.input_methods.dialects import fcitx_4, fcitx_5
from desktop.input_methods.passage import Passage
from desktop.input_methods.service import Event, Service

_PATIENCE_MS = 1000
"""How long a key waits: the first one can make an input method read its dictionary."""
NONE = "没有找到输入法，可用拼音搜索（如 yshj）；启动输入法后重开本程序，即可输入汉字。"
GONE = "输入法已退出，暂时只能输入字母，搜索可用拼音；输入法恢复后自动接上。"
SILENT = "输入法没有应答，暂时只能输入字母，搜索可用拼音；输入法恢复后自动接上。"
_DIGITS = Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhFormattedNumbersOnly


class Client(QObject):
    """Hands keys to the input method and what it makes of them to the place that has the keyboard.

    ``told`` emits a sentence where Chinese cannot be typed, once in a sitting.
    """

    told = Signal(str)

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._passage = Passage(self.offer, lambda: self._entered is not None, self.leave_off, self)
        self._service: Service | None = None
        self._bus: Bus | None = None
        self._notifier: QSocketNotifier | None = None
        self._target: QObject | None = None
        self._entered: Context | None = None
        self._preedit = Preedit()
        self._held: dict[int, Stroke] = {}
        self._last: QKeyEvent | None = None
        self._is_absent = False
        self._has_spoken = False

    def start(self) -> None:
        """Look for an input method, and follow the keyboard from now on."""
        try:
            self._bus = Bus(session_address())
        except BusError:
            self._is_absent = True
        else:
            self._notifier = QSocketNotifier(self._bus.file, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._listen)
            self._service = Service(self._bus, (fcitx_5(os.environ), fcitx_4(os.environ, os.getpid())))
            self._service.seek()
        self._application.focusWindowChanged.connect(self._passage.follow)
        self._application.focusObjectChanged.connect(self._follow)
        self._application.inputMethod().cursorRectangleChanged.connect(self._locate)
        self._passage.follow(self._application.focusWindow())
        self._follow(self._application.focusObject())

    def stop(self) -> None:
        """Leave the keyboard and the bus alone."""
        self._application.focusWindowChanged.disconnect(self._passage.follow)
        self._application.focusObjectChanged.disconnect(self._follow)
        self._application.inputMethod().cursorRectangleChanged.disconnect(self._locate)
        self._passage.stop()
        self._close()

    def offer(self, event: QKeyEvent) -> bool:
        """Whether the input method takes a key. What it has said until then is done before this returns."""
        self._listen()
        context = self._settle_in()
        if context is None:
            return False
        self._last = strokes.again(event, is_release=False)
        try:
            taken = self._ask(context, strokes.stroke(event))
        except Silence:
            self._listen()
            if self._service is not None and self._service.context is context:
                self._service.give_up()
                self._go_on_without(SILENT)
            return False
        self._listen()
        return taken

    def leave_off(self) -> None:
        """Put what is being composed into the text as it stands, as when the reader turns to something else."""
        if not self._preedit.pieces:
            return
        text, self._preedit = self._preedit.text, Preedit()
        if self._entered is not None:
            self._entered.reset()
        if self._target is not None and isValid(self._target):
            QCoreApplication.sendEvent(self._target, composing.commit_event(text))

    def _ask(self, context: Context, stroke: Stroke) -> bool:
        """Offer a key. A modifier that the key's state shows as let go is told first: its release may lag behind."""
        bit = strokes.held(stroke.symbol)
        if bit and stroke.is_release and self._held.pop(stroke.symbol, None) is None:
            return False
        for modifier in [one for one in self._held.values() if not stroke.state & strokes.held(one.symbol)]:
            if modifier.symbol != stroke.symbol:
                del self._held[modifier.symbol]
                context.offer(_released(modifier), _PATIENCE_MS)
        if bit and not stroke.is_release:
            self._held[stroke.symbol] = stroke
        return context.offer(stroke, _PATIENCE_MS)

    def _listen(self) -> None:
        if self._bus is None or self._service is None:
            return
        for message in self._bus.take():
            match self._service.hear(message):
                case Event.FOUND:
                    self._is_absent = False
                    self._settle_in()
                case Event.LOST:
                    self._go_on_without(GONE)
                case Event.ABSENT:
                    self._is_absent = True
                    self._settle_in()
                case None:
                    context = self._entered
                    if context is not None and (word := context.hear(message)) is not None:
                        self._do(word)
        if not self._bus.is_open:
            self._close()
            self._go_on_without(GONE)

    def _do(self, word: Word) -> None:
        self._passage.settle()
        match word:
            case Forward(stroke):
                self._passage.deliver(self._forwarded(stroke))
                return
            case Commit(text):
                self._preedit = Preedit()
                event = composing.commit_event(text)
            case Preedit():
                if not word.pieces and not self._preedit.pieces:
                    return
                self._preedit = word
                event = composing.preedit_event(word, self._application.palette())
        if self._target is not None and isValid(self._target):
            QCoreApplication.sendEvent(self._target, event)
        self._locate()

    def _forwarded(self, stroke: Stroke) -> QKeyEvent:
        last = self._last
        if last is not None and strokes.stroke(last).symbol == stroke.symbol:
            return strokes.again(last, stroke.is_release)
        return strokes.key_event(stroke)

    def _follow(self, target: QObject | None) -> None:
        self.leave_off()
        self._target = target
        self._settle_in()

    def _settle_in(self) -> Context | None:
        """The context, told of the place that has the keyboard; None where there is none or it takes no such text."""
        capability = self._capability()
        context = self._service.context if self._service is not None and capability is not None else None
        if self._entered is not None and self._entered is not context:
            self._leave()
        if context is None:
            if capability is not None and self._is_absent:
                self._say(NONE)
            return None
        assert capability is not None
        if self._entered is not context:
            self._entered = context
            context.enter(capability)
            self._locate()
        context.describe(capability)
        return context

    def _leave(self) -> None:
        self.leave_off()
        context, self._entered = self._entered, None
        self._held.clear()
        if context is not None and self._service is not None and self._service.context is context:
            context.leave()

    def _go_on_without(self, sentence: str) -> None:
        """What was being composed stays, as letters; nothing more is asked of the input method that is gone."""
        self._entered = None
        self._held.clear()
        self.leave_off()
        self._say(sentence)

    def _capability(self) -> Capability | None:
        """What kind of text the place that has the keyboard takes; None if no input method is wanted there."""
        if self._target is None or not isValid(self._target) or _is_behind_a_menu(self._target):
            return None
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImHints)
        QCoreApplication.sendEvent(self._target, query)
        if not query.value(Qt.InputMethodQuery.ImEnabled):
            return None
        hints = Qt.InputMethodHint(query.value(Qt.InputMethodQuery.ImHints) or 0)
        if hints & Qt.InputMethodHint.ImhHiddenText:
            return None
        secret = Capability.PASSWORD if hints & Qt.InputMethodHint.ImhSensitiveData else Capability(0)
        digits = Capability.DIGITS if hints & _DIGITS else Capability(0)
        return BASE | secret | digits

    def _locate(self) -> None:
        target = self._target
        if self._entered is None or not isinstance(target, QWidget) or not isValid(target):
            return
        if (rectangle := caret.on_screen(target)) is not None:
            self._entered.locate(rectangle)

    def _say(self, sentence: str) -> None:
        if not self._has_spoken:
            self._has_spoken = True
            self.told.emit(sentence)

    def _close(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._bus is not None:
            self._bus.close()
        self._notifier = self._bus = self._service = self._entered = None


def _is_behind_a_menu(target: QObject) -> bool:
    """Whether an open menu has the keys; a list of completions leaves them to the line it is for."""
    popup = QApplication.activePopupWidget()
    return popup is not None and target not in (popup.focusProxy(), popup.focusWidget())


def _released(modifier: Stroke) -> Stroke:
    state = modifier.state | strokes.held(modifier.symbol)
    return Stroke(modifier.symbol, modifier.code, state, True, modifier.time)
