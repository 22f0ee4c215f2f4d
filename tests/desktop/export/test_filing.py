"""Files are whole or not there, and their names are names everywhere."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export import filing
from desktop.export.errors import CannotWrite
from desktop.export.filing import file_name, save

NEW = b"new" * 100_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 KB; only root can make one, and not everywhere."""
    disk = tmp_path / "盘"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no small disk can be made here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_file_is_written_over_the_old_one(old_file: Path) -> None:
    save(old_file, NEW)
    assert old_file.read_bytes() == NEW


def test_a_full_disk_leaves_the_old_file_whole(small_disk: Path) -> None:
    target = small_disk / "会议材料.docx"
    target.write_bytes(b"old")
    with pytest.raises(CannotWrite, match="磁盘已满；原有的文件没有改动"):
        save(target, NEW)
    assert (target.read_bytes(), list(small_disk.iterdir())) == (b"old", [target])


def test_a_folder_without_rights(plain_folder: Path) -> None:
    plain_folder.chmod(0o500)
    with pytest.raises(CannotWrite, match="没有权限"):
        save(plain_folder / "会议材料.docx", NEW)


def test_a_vanished_folder(tmp_path: Path) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    shutil.rmtree(folder)
    with pytest.raises(CannotWrite, match="找不到文件或文件夹"):
        save(folder / "会议材料.docx", NEW)


@pytest.mark.parametrize("name", ["会议\0材料.docx", ""])
def test_what_is_no_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite):
        save(tmp_path / name if name else Path("/"), NEW)


def test_a_folder_of_that_name_stays(tmp_path: Path) -> None:
    (tmp_path / "会议材料.docx" / "内").mkdir(parents=True)
    with pytest.raises(CannotWrite, match="没有导出"):
        save(tmp_path / "会议材料.docx", NEW)


def test_the_old_file_is_whole_when_the_last_step_fails(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(filing, "_WINDOWS", True)
    with pytest.raises(CannotWrite, match="正被 Word、WPS 或其他程序打开"):
        save(old_file, NEW)
    assert old_file.read_bytes() == b"old"


@pytest.mark.parametrize("lock", [".~lock.会议材料.docx#", "~$材料.docx", ".~会议材料.docx"])
def test_a_file_that_is_open_elsewhere_is_left_alone(
    old_file: Path, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "_WINDOWS", False)
    old_file.with_name(lock).touch()
    with pytest.raises(CannotWrite, match="正被 Word、WPS 或其他程序打开"):
        save(old_file, NEW)
    assert old_file.read_bytes() == b"old"
    save(old_file.with_name("另一个.docx"), NEW)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("优化营商环境专题会", "优化营商环境专题会.docx"),
        ("11/25 会议：<材料>?", "11／25 会议：＜材料＞？.docx"),
        ("con", "_con.docx"),
        ("COM1.会议", "_COM1.会议.docx"),
        ("lpt¹ ", "_lpt¹.docx"),
        ("  会议. . ", "会议.docx"),
        ("会\x00议\u202e材\ud83d料\n", "会议材料.docx"),
        ("", "导出.docx"),
        ("...", "导出.docx"),
    ],
)
def test_names(title: str, name: str) -> None:
    assert file_name(title, ".docx") == name


@given(st.text(max_size=300))
def test_any_title_makes_a_name(title: str) -> None:
    name = file_name(title, ".xlsx")
    assert len(name.encode()) <= 240
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name == name.strip(" .")
    assert file_name(name.removesuffix(".xlsx"), ".xlsx") == name
