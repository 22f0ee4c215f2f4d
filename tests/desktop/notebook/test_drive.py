"""Drives of other machines, and those whose files cannot be locked, as network drives without a lock service are."""

import ctypes
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.notebook import drive
from desktop.notebook.connection import FILE_NAME, LOCK_NAME
from tests.desktop.notebook.damaging import by_id, filled, flipped, left_by_a_kill, made_up, opened

ROOT = Path(__file__).parents[3]
NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int without_locks(const char *name, int fd, int command, void *argument) {
    switch (command) {
    case F_SETLK: case F_SETLKW: case F_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW: case F_OFD_GETLK:
        errno = REFUSAL;
        return -1;
    }
    return ((int (*)(int, int, ...))dlsym(RTLD_NEXT, name))(fd, command, argument);
}
#define WITHOUT_LOCKS(name) int name(int fd, int command, ...) { \\
    va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list); \\
    return without_locks(#name, fd, command, argument); }
WITHOUT_LOCKS(fcntl)
WITHOUT_LOCKS(fcntl64)
"""
SITTING = """
import json, sys
from datetime import datetime
from pathlib import Path
from desktop.notebook import backups, connection
from desktop.notebook.connection import is_alone
from desktop.notebook.errors import NotebookError
from desktop.notebook.opening import open_notebook
from tests.desktop.notebook.entries import a_note
folder, name = Path(sys.argv[1]), sys.argv[2]
connection.BUSY_SECONDS = 0.05
try:
    opened = open_notebook(folder)
except NotebookError as error:
    print(json.dumps({"refused": str(error)}), flush=True)
    raise SystemExit
notebook = opened.notebook
notebook.add([a_note(id=name)])
made = backups.back_up_if_changed(notebook.connection, folder, datetime.now())
again = backups.back_up_if_changed(notebook.connection, folder, datetime.now())
print(json.dumps({
    "told": opened.told, "alone": is_alone(notebook.connection), "again": again is not None,
    "ids": [one.id for one in notebook.everything()], "kept": [one.id for one in backups.entries(made)],
    "journal": notebook.connection.execute("PRAGMA journal_mode").fetchone()[0],
}), flush=True)
sys.stdin.read()
notebook.close()
"""


@pytest.fixture(scope="module", params=["ENOLCK", "EOPNOTSUPP"])
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which no file can be locked."""
    place = tmp_path_factory.mktemp("shim")
    (place / "shim.c").write_text(NO_LOCKS)
    made = ["gcc", "-shared", "-fPIC", f"-DREFUSAL={request.param}", "-o", "shim.so", "shim.c", "-ldl"]
    subprocess.run(made, cwd=place, check=True)
    return {**os.environ, "LD_PRELOAD": str(place / "shim.so")}


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("gcc"), reason="needs a C compiler on Linux")
class TestWithoutLocks:
    """A library refuses every lock."""

    @contextmanager
    def sitting(
        self, folder: Path, name: str, environment: dict[str, str]
    ) -> Iterator[tuple[dict[str, Any], subprocess.Popen[str]]]:
        """Another window, that adds a note, makes a backup, says what it found, and is closed in the end."""
        command, pipe = [sys.executable, "-c", SITTING, str(folder), name], subprocess.PIPE
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, encoding="utf-8"
        ) as window:
            assert window.stdout
            yield cast(dict[str, Any], json.loads(window.stdout.readline())), window
            assert window.stdin
            window.stdin.close()
            window.wait()

    def test_one_window_after_another_opens_writes_and_backs_up(
        self, tmp_path: Path, environment: dict[str, str]
    ) -> None:
        for ids in (["a"], ["a", "b"]):
            with self.sitting(tmp_path, ids[-1], environment) as (said, _):
                assert said == {
                    "told": "",
                    "alone": True,
                    "again": False,
                    "ids": ids,
                    "kept": ids,
                    "journal": "delete",
                }
                assert (tmp_path / LOCK_NAME).exists()
            assert not (tmp_path / LOCK_NAME).exists()
        assert len(opened(tmp_path).entries) == 2, "and on a drive that locks"

    def test_a_second_window_is_refused_with_a_sentence(
        self, tmp_path: Path, environment: dict[str, str]
    ) -> None:
        with self.sitting(tmp_path, "a", environment):
            with self.sitting(tmp_path, "b", environment) as (said, _):
                assert said["refused"].startswith(f"笔记本 {tmp_path / FILE_NAME} 所在的磁盘不支持文件锁")
                assert said["refused"].endswith("。")
            assert (tmp_path / LOCK_NAME).exists(), "the first one's"
        assert [one.id for one in opened(tmp_path).entries] == ["a"]

    def test_the_lock_of_a_dead_window_is_taken_over_and_that_of_another_machine_is_not(
        self, tmp_path: Path, environment: dict[str, str]
    ) -> None:
        with self.sitting(tmp_path, "a", environment) as (_, window):
            window.kill()
        lock = tmp_path / LOCK_NAME
        assert lock.exists()
        with self.sitting(tmp_path, "b", environment) as (said, _):
            assert said["ids"] == ["a", "b"]
        lock.write_text("another-machine 1", "utf-8")
        with self.sitting(tmp_path, "c", environment) as (said, _):
            assert LOCK_NAME in said["refused"]

    def test_a_notebook_written_on_another_drive_opens_there_with_its_log(
        self, tmp_path: Path, environment: dict[str, str]
    ) -> None:
        present = left_by_a_kill(tmp_path, 29, 10)
        with self.sitting(tmp_path, "a", environment) as (said, _):
            assert set(said["ids"]) == {"a", *by_id(present)}

    def test_a_damaged_one_is_mended(self, tmp_path: Path, environment: dict[str, str]) -> None:
        path = filled(tmp_path, made_up(random.Random(30), 40))
        path.write_bytes(flipped(path.read_bytes(), 16, random.Random(1)))
        with self.sitting(tmp_path, "a", environment) as (said, _):
            assert "已损坏" in said["told"]
            assert len(said["ids"]) == 41


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts file systems in one place, one over another: what a kind of FUSE is, though nobody answers for it."""
    library, place = ctypes.CDLL(None), tmp_path / "网络 盘"
    place.mkdir()
    mounted: list[str] = []

    def over(kind: str) -> Path:
        fuse = os.open("/dev/fuse", os.O_RDWR) if os.access("/dev/fuse", os.W_OK) else -1
        options = f"fd={fuse},rootmode=40000,user_id=0,group_id=0" if kind.startswith("fuse") else ""
        failed = library.mount(b"x", os.fsencode(place), kind.encode(), 0, options.encode())
        if fuse >= 0:
            os.close(fuse)
        if failed:
            pytest.skip("nothing can be mounted here")
        mounted.append(kind)
        return place

    yield over
    for _ in mounted:
        library.umount2(os.fsencode(place), 2)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are looked up in /proc")
@pytest.mark.parametrize(
    ("kinds", "is_remote"),
    [
        (["tmpfs"], False),
        (["fuse.sshfs"], True),
        (["fuse.ntfs"], False),
        (["tmpfs", "fuse.rclone"], True),
    ],
)
def test_the_drive_of_another_machine_is_known_by_its_file_system(
    mount: Callable[[str], Path], kinds: list[str], is_remote: bool
) -> None:
    [place] = {mount(kind) for kind in kinds}
    assert drive.is_remote(place) is drive.is_remote(place / "政策" / "x") is is_remote
    assert not drive.is_remote(place.parent)
