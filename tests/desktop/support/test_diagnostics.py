"""诊断信息: what is in it, and what must not be."""

from datetime import datetime
from pathlib import Path

import pytest

from content.model import Document
from desktop.notebook import backups
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.place import Place, PlaceKind
from desktop.notebook.store import Notebook
from desktop.support import logbook
from desktop.support.diagnostics import report
from desktop.version import VERSION

NOW = datetime(2026, 11, 25, 14, 0)
SECRET = "拆迁补偿"


def told(folder: Path, kind: PlaceKind = PlaceKind.USERS, counts: dict[str, int] | None = None) -> str:
    return report(Place(folder, kind), {"Qt": "6"}, counts, NOW)


def test_it_says_what_the_program_runs_on(tmp_path: Path) -> None:
    text = told(tmp_path)
    for words in (
        f"版本：{VERSION}",
        "2026-11-25 14:00",
        "Python：",
        "lxml ",
        "Qt：6",
        "系统：",
    ):
        assert words in text
    assert "没有批注" in text.split("【")[0]
    assert "文件锁：可用" in text
    assert "没有记录" in text


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_the_folder_is_told_by_its_kind_and_not_by_its_name(tmp_path: Path, kind: PlaceKind) -> None:
    folder = tmp_path / "张三"
    folder.mkdir()
    text = told(folder, kind)
    assert kind.value in text
    assert "张三" not in text
    assert str(tmp_path) not in text


def test_the_notebook_is_told_by_its_numbers(tmp_path: Path, plan: Document) -> None:
    notebook = Notebook.open(tmp_path)
    notebook.add_note(anchor_measure(plan, "shanghai-2023/2.3.3"), SECRET)
    backups.back_up(notebook.connection, tmp_path, backups.Reason.BY_HAND, NOW)
    notebook.close()
    text = told(tmp_path, counts={"批注": 1})
    assert "批注 1" in text
    assert "notebook.sqlite3：" in text
    assert "备份 1：2026-11-25 14:00 手动" in text
    assert SECRET not in text
    assert "笔记本没有打开" in told(tmp_path)


def test_the_log_is_in_it(tmp_path: Path) -> None:
    (tmp_path / logbook.LOG_NAME).write_text("2026-11-25 ERROR desktop 没有做成\n", "utf-8")
    assert "ERROR desktop 没有做成" in told(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "文件夹不在" in told(tmp_path / "none")
