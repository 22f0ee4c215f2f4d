"""诊断信息 in the whole program: what a reader types is not in it, whatever goes wrong; and it can be had and saved."""

import logging
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from desktop.notebook.store import Notebook
from desktop.search.finder import Finder
from desktop.support.logbook import LOG_NAME
from desktop.views.diagnostics_dialog import DiagnosticsDialog
from desktop.views.fault_dialog import FaultDialog
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SECRETS = ("拆迁补偿", "王小明", "13800138000", "举报线索", "白名单外")
"""Typed into the search box, a note, the ledger, a meeting, and named by a file."""


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def diagnostics(reader: Reader) -> DiagnosticsDialog:
    """The dialog that the menu opens."""
    reader.window.actions_by_id["diagnostics"].trigger()
    dialog = reader.window.findChild(DiagnosticsDialog)
    assert isinstance(dialog, DiagnosticsDialog)
    return dialog


@pytest.fixture
def reader(sit_down: Sitting, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """At the program as it runs without tests around it: nobody else catches its faults."""
    for module, hook in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, hook, getattr(module, f"__{hook}__"))
    return sit_down()


def go_wrong(*words: object, **more: object) -> None:
    """A fault that quotes all that it was given."""
    raise RuntimeError(f"{words} {more} {' '.join(SECRETS)}")


class TestNothingThatWasTypedIsTold:
    def test_whatever_goes_wrong(self, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
        self._type_secrets(reader)
        self._provoke_faults(reader, monkeypatch)
        log = (reader.folder / LOG_NAME).read_text("utf-8")
        dialog = diagnostics(reader)
        text = dialog.text.toPlainText()
        dialog.close()
        for kind in ("RuntimeError", "OperationalError", "FileNotFoundError", "UnicodeEncodeError"):
            assert kind in log
            assert kind in text
        assert "批注 1" in text
        assert "会议 1" in text
        assert "台账 1" in text
        assert secrets_in(log) == secrets_in(text) == []
        assert str(reader.folder) not in text

    def _type_secrets(self, reader: Reader) -> None:
        reader.search(SECRETS[0])
        reader.press("Esc")
        reader.window.open_citation("2.1.4")
        reader.press("Ctrl+M")
        reader.write(SECRETS[1])
        reader.press("Esc", "Ctrl+L")
        commands = reader.desk._commands
        assert commands is not None
        [action] = commands.shelf.actions
        commands.edit(action.id, "填写", problem=SECRETS[2], lead=SECRETS[2])
        commands.add_meeting(SECRETS[3])

    def _provoke_faults(self, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(Finder, "search", go_wrong)
            reader.search(SECRETS[0])
            QApplication.processEvents()
        with monkeypatch.context() as broken:
            broken.setattr(Notebook, "add_note", go_wrong)
            reader.window.open_citation("2.1.6")
            reader.press("Ctrl+M")
            reader.write(SECRETS[1])
            reader.press("Esc")
        for error in self._errors():
            sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=go_wrong, args=SECRETS)
        thread.start()
        thread.join()
        reader.desk._jobs.run(lambda: go_wrong(*SECRETS), print, "test")  # type: ignore[union-attr]
        logging.getLogger("docx").warning(f"cannot read {SECRETS[4]}")
        QApplication.processEvents()
        reader.wait(100)

    def _errors(self) -> list[Exception]:
        errors: list[Exception] = []
        try:
            sqlite3.connect(":memory:").execute(f'SELECT "{SECRETS[1]}" FROM "{SECRETS[2]}"')
        except sqlite3.Error as error:
            errors.append(error)
        try:
            Path(f"/{SECRETS[4]}.docx").read_bytes()
        except OSError as error:
            errors.append(error)
        try:
            "".join(SECRETS).encode("ascii")
        except ValueError as error:
            errors.append(error)
        return errors

    @pytest.mark.no_qt_log
    def test_nor_what_qt_says(self, reader: Reader) -> None:
        qWarning(f"QTextDocument: no image {SECRETS[4]}")
        log = (reader.folder / LOG_NAME).read_text("utf-8")
        assert "QTextDocument" in log
        assert secrets_in(log) == []


class TestTheFile:
    def test_it_is_saved_as_it_was_shown(self, reader: Reader, tmp_path: Path) -> None:
        dialog = diagnostics(reader)
        shown = dialog.text.toPlainText()
        reader.click(dialog.save)
        target = self._choose(dialog, tmp_path / "诊断.txt")
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")
        assert target.read_text("utf-8-sig") == shown
        assert str(target) in reader.told
        assert not dialog.isVisible()

    def test_a_place_that_takes_nothing_leaves_it_open(self, reader: Reader, tmp_path: Path) -> None:
        dialog = diagnostics(reader)
        reader.click(dialog.save)
        target = self._choose(dialog, tmp_path / "none" / "诊断.txt")
        assert not target.exists()
        assert "诊断.txt" in reader.told
        assert dialog.isVisible()
        dialog.close()

    def test_it_says_how_chinese_is_typed(self, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QT_IM_MODULE", "fcitx")
        dialog = diagnostics(reader)
        assert "QT_IM_MODULE=fcitx" in dialog.text.toPlainText()
        dialog.close()

    def test_it_can_be_had_without_a_notebook(self, sit_down: Sitting, tmp_path: Path) -> None:
        (tmp_path / "notebook.sqlite3").mkdir()
        reader = sit_down()
        dialog = diagnostics(reader)
        assert "笔记本没有打开" in dialog.text.toPlainText()
        dialog.close()

    def test_it_is_offered_where_a_fault_is_told(self, reader: Reader) -> None:
        sys.excepthook(ValueError, ValueError(), None)
        reader.until(lambda: reader.window.findChild(FaultDialog) is not None)
        fault = reader.window.findChild(FaultDialog)
        assert isinstance(fault, FaultDialog)
        reader.click(fault.export)
        dialog = reader.window.findChild(DiagnosticsDialog)
        assert isinstance(dialog, DiagnosticsDialog)
        assert "ValueError" in dialog.text.toPlainText()
        dialog.close()

    def _choose(self, dialog: QDialog, target: Path) -> Path:
        """Give the name and say yes."""
        chooser = dialog.findChild(QFileDialog)
        assert isinstance(chooser, QFileDialog)
        assert chooser.selectedFiles()[0].endswith(".txt")
        chooser.fileSelected.emit(str(target))
        chooser.close()
        return target
