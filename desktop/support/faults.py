"""What happens to a fault that nobody caught, wherever it was raised: it is logged, told, and the program goes on."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from content.console import fail
from desktop import errors
from desktop.support import crash, logbook

if TYPE_CHECKING:
    from desktop.views.fault_dialog import FaultDialog

_NOT_STARTED = (
    f"程序没有打开；已写下的批注、会议和台账都在，没有改动。请重新启动；若仍打不开，请把数据文件夹中的 {logbook.LOG_NAME} "
    "交给维护人员，其中没有批注和搜索词。"
)
QtHandler = Callable[[QtMsgType, QMessageLogContext, str], object]
_QT_NAME = re.compile(r"Q[A-Z][A-Za-z]*(?:::~?[A-Za-z]+)*\b")
"""What a message of Qt may begin with: the function that speaks. What follows may quote anything."""
_QT_CATEGORY = re.compile(r"[a-z]+(?:\.[a-z]+)*")
_LOGGED = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Faults(QObject):
    """Takes Python's and Qt's last resorts. ``told`` is the sentence of a fault of the environment, or of one of the
    program's own that has been shown before; a new one of those opens a dialog, and none a second dialog."""

    told = Signal(str)
    report_requested = Signal()
    _happened = Signal(object)

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._shown: set[str] = set()
        self._dialog: FaultDialog | None = None
        # Queued: a fault may come from any thread, and from the middle of painting.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Be asked about every fault from now on."""
        self._log = logbook.open_log(self._folder)
        self._crash = crash.watch(self._folder)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        sys.unraisablehook = self._take_unraisable
        self._qt_before = cast("QtHandler | None", qInstallMessageHandler(self._take_message))

    def uninstall(self) -> None:
        """Give back what was taken."""
        logbook.close_log(self._log)
        crash.stop(self._crash)
        # Only what is still ours: somebody may have taken it since.
        if sys.excepthook == self._take:
            sys.excepthook = self._before[0]
        if threading.excepthook == self._take_from_thread:
            threading.excepthook = self._before[1]
        if sys.unraisablehook == self._take_unraisable:
            sys.unraisablehook = self._before[2]
        qInstallMessageHandler(self._qt_before)

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        errors.log.error("没有处理的错误", exc_info=(kind, error, trace))
        if self._before[0] is not sys.__excepthook__:
            self._before[0](kind, error, trace)
        self._report(error)

    def _take_from_thread(self, given: threading.ExceptHookArgs) -> None:
        error = given.exc_value or given.exc_type()
        errors.log.error("后台线程里没有处理的错误", exc_info=(type(error), error, given.exc_traceback))
        if self._before[1] is not threading.__excepthook__:
            self._before[1](given)
        self._report(error)

    def _take_unraisable(self, given: sys.UnraisableHookArgs) -> None:
        # Nobody's action failed: it is only logged.
        error = given.exc_value or given.exc_type()
        errors.log.error("收尾时的错误", exc_info=(type(error), error, given.exc_traceback))
        if self._before[2] is not sys.__unraisablehook__:
            self._before[2](given)

    def _take_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _LOGGED:
            errors.log.warning(_qt_words(context, message))
        if self._qt_before is not None:
            self._qt_before(kind, context, message)
        elif sys.stderr is not None:
            print(message, file=sys.stderr)

    def _report(self, error: BaseException) -> None:
        self._happened.emit(error)

    def _tell(self, error: BaseException) -> None:
        where = logbook.place(error)
        if errors.is_known(error) or (where in self._shown and self._dialog is None):
            self.told.emit(errors.sentence(error))
        elif self._dialog is not None:
            self._shown.add(where)
            self._dialog.count_another()
        else:
            self._shown.add(where)
            self._open()

    def _open(self) -> None:
        from desktop.views.fault_dialog import FaultDialog

        self._dialog = dialog = FaultDialog(self._window)
        dialog.report_requested.connect(self.report_requested)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def tell_of_start(error: Exception, folder: Path, unattended: bool) -> int:
    """Log and tell why the window did not open; gives the exit code."""
    log = logbook.open_log(folder)
    errors.log.error("窗口没有打开", exc_info=error)
    logbook.close_log(log)
    sentence = errors.sentence(error) if errors.is_known(error) else _NOT_STARTED
    if unattended:
        return fail(sentence)
    from desktop.support.notice import show_notice

    return show_notice(sentence)


def _qt_words(context: QMessageLogContext, message: str) -> str:
    """What is logged of a message of Qt: its category and the function it names, if it does."""
    category = getattr(context, "category", "") or ""  # the stubs forget it
    named = _QT_NAME.match(message)
    known = category if _QT_CATEGORY.fullmatch(category) else ""
    return f"Qt 提示 {known} {named[0] if named else ''}".rstrip()
