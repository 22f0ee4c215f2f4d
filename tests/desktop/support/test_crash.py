"""A program that dies: which lines it was at is known afterwards, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.support import crash

ROOT = Path(__file__).parents[3]
DIE = """
import faulthandler, sys
from pathlib import Path
from desktop.support import crash

def open_the_secret_letter(words):
    faulthandler._sigsegv()

file = crash.watch(Path(sys.argv[1]))
if len(sys.argv) > 2:
    open_the_secret_letter("拆迁补偿")
crash.stop(file)
"""


def run(folder: Path, *words: str) -> int:
    script = folder / "张三.py"
    script.write_text(DIE, "utf-8")
    command = [sys.executable, str(script), str(folder), *words]
    return subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    ).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="dies otherwise")
def test_where_it_was_is_told(tmp_path: Path) -> None:
    assert run(tmp_path, "die") < 0
    told = crash.told(tmp_path)
    assert "Fatal Python error: Segmentation fault" in told
    assert "open_the_secret_letter" in told
    assert "拆迁" not in told
    assert str(tmp_path) not in told


def test_one_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path) == 0
    assert not (tmp_path / crash.FILE_NAME).exists()
    assert crash.told(tmp_path) == ""


def test_only_what_is_known_to_be_harmless_is_told(tmp_path: Path) -> None:
    lines = [
        "Fatal Python error: Aborted",
        "拆迁补偿",
        '  File "/srv/x/甲.py", line 3 in act',
        "Extension modules: a",
    ]
    (tmp_path / crash.FILE_NAME).write_text("\n".join(lines), "utf-8")
    told = crash.told(tmp_path).splitlines()
    assert told[0] == lines[0]
    assert told[1].endswith("甲.py:3 act")
    assert len(told) == 2


def test_it_does_not_grow_without_end(tmp_path: Path) -> None:
    (tmp_path / crash.FILE_NAME).write_bytes(b"x" * 200_000)
    assert run(tmp_path) == 0
    assert not (tmp_path / crash.FILE_NAME).exists()
