"""Faults that nobody caught: logged, told once in Chinese, survived, wherever they come from."""

import gc
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import errors
from desktop.notebook.errors import CannotSave
from desktop.support import logbook
from desktop.support.faults import Faults
from desktop.views.fault_dialog import FaultDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SECRET = "拆迁补偿方案13800138000"


class Desk(QWidget):
    """A window whose actions go wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.told: list[str] = []
        self.reports = 0
        self.folder = folder
        self.faults = Faults(self, folder)
        self.faults.told.connect(self.told.append)
        self.faults.report_requested.connect(self._count_report)

    def _count_report(self) -> None:
        self.reports += 1

    @property
    def dialogs(self) -> list[FaultDialog]:
        found: Iterable[FaultDialog] = self.findChildren(FaultDialog)
        return [one for one in found if one.isVisible()]

    @property
    def log(self) -> str:
        path = self.folder / logbook.LOG_NAME
        return path.read_text("utf-8") if path.exists() else ""

    def fail(self, error: BaseException) -> None:
        """As Qt's slots do: what they raise reaches Python's last resort."""
        try:
            raise error
        except BaseException as caught:
            sys.excepthook(type(caught), caught, caught.__traceback__)
        QApplication.processEvents()

    def fail_elsewhere(self, error: BaseException) -> None:
        """The same in another place of the program."""
        self.fail(error) if isinstance(error, KeyError) else self._fail_deeper(error)

    def _fail_deeper(self, error: BaseException) -> None:
        try:
            int(SECRET)
        except ValueError as caught:
            sys.excepthook(type(error), error.with_traceback(caught.__traceback__), caught.__traceback__)
        QApplication.processEvents()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    # What catches faults of tests is left out, as it is when the program runs.
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    desk = Desk(tmp_path)
    qtbot.addWidget(desk)
    desk.show()
    desk.faults.install()
    yield desk
    desk.faults.uninstall()


def press(dialog: FaultDialog, text: str) -> None:
    """Click a button of the dialog."""
    buttons: Iterable[QPushButton] = dialog.findChildren(QPushButton)
    [button] = [one for one in buttons if one.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_a_fault_of_the_program_opens_a_dialog_that_says_what_is_safe(desk: Desk) -> None:
    desk.fail(ZeroDivisionError(SECRET))
    [dialog] = desk.dialogs
    assert dialog.windowTitle() == "程序出错"
    for words in ("可能没有完成", "可以继续使用", "批注、会议和台账都已存在本机", "导出诊断信息"):
        assert words in dialog.told
    assert SECRET not in dialog.told
    assert "ZeroDivisionError" in desk.log
    assert "test_faults.py" in desk.log
    assert SECRET not in desk.log
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert desk.dialogs == []
    assert desk.reports == 0


def test_faults_while_it_is_open_are_counted_in_it(desk: Desk) -> None:
    desk.fail(ZeroDivisionError())
    for _ in range(3):
        desk.fail(IndexError())
    [dialog] = desk.dialogs
    assert "又有 3 个错误" in dialog.told
    assert desk.told == []
    assert desk.log.count("没有处理的错误") == 4


def test_a_fault_that_comes_back_is_told_in_the_window_only(desk: Desk) -> None:
    for _ in range(3):
        desk.fail(ZeroDivisionError())
        for dialog in desk.dialogs:
            press(dialog, "继续使用")
    assert desk.told == [errors.sentence(ZeroDivisionError())] * 2
    assert desk.dialogs == []


def test_another_fault_later_is_told_anew(desk: Desk) -> None:
    desk.fail(ZeroDivisionError())
    press(desk.dialogs[0], "继续使用")
    desk.fail_elsewhere(ValueError())
    assert len(desk.dialogs) == 1


def test_the_report_is_asked_for_from_the_dialog(desk: Desk) -> None:
    desk.fail(ZeroDivisionError())
    press(desk.dialogs[0], "导出诊断信息…")
    assert (desk.reports, desk.dialogs) == (1, [])


def test_a_known_fault_is_told_by_its_own_sentence(desk: Desk) -> None:
    desk.fail(CannotSave("没有存下。"))
    assert (desk.told, desk.dialogs) == (["没有存下。"], [])


def test_a_fault_of_a_thread_is_told_too(desk: Desk, qtbot: QtBot) -> None:
    def work() -> None:
        raise ZeroDivisionError(SECRET)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(desk.dialogs) == 1)
    assert "后台线程" in desk.log
    assert SECRET not in desk.log


def test_a_fault_of_a_slot_reaches_it(desk: Desk, qtbot: QtBot) -> None:
    def act() -> None:
        raise ZeroDivisionError(SECRET)

    QTimer.singleShot(0, act)
    qtbot.waitUntil(lambda: len(desk.dialogs) == 1)


def test_a_fault_while_something_is_cleared_away_is_only_logged(desk: Desk) -> None:
    class Careless:
        def __del__(self) -> None:
            raise ZeroDivisionError(SECRET)

    Careless()
    gc.collect()
    QApplication.processEvents()
    assert "收尾时的错误" in desk.log
    assert "ZeroDivisionError" in desk.log
    assert SECRET not in desk.log
    assert (desk.dialogs, desk.told) == ([], [])


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (f"QPainter::begin: cannot draw {SECRET}", "QPainter::begin"),
        (f"QTextDocument {SECRET}", "QTextDocument"),
        (SECRET, "Qt 提示"),
    ],
)
@pytest.mark.no_qt_log
def test_qt_is_logged_by_the_name_of_its_function(
    desk: Desk, message: str, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.faults.uninstall()
    before = qInstallMessageHandler(None)
    desk.faults.install()
    qWarning(message)
    desk.faults.uninstall()
    qInstallMessageHandler(before)
    desk.faults.install()
    assert kept in desk.log
    assert SECRET not in desk.log
    assert capsys.readouterr().err == f"{message}\n"


def test_an_interrupt_is_left_to_python(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, trace: seen.append(kind))
    desk.fail(KeyboardInterrupt())
    assert (desk.told, desk.dialogs, seen) == ([], [], [KeyboardInterrupt])


def test_who_caught_faults_before_is_asked_as_well(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[BaseException] = []
    desk.faults.uninstall()
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append(error))
    desk.faults.install()
    error = ZeroDivisionError()
    desk.fail(error)
    assert seen == [error]


def test_everything_is_given_back(qtbot: QtBot, tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    desk = Desk(tmp_path)
    qtbot.addWidget(desk)
    desk.faults.install()
    assert sys.excepthook is not before[0]
    desk.faults.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
