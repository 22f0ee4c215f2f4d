"""自检: it passes, it leaves no trace, and it notices what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.selftest.run import STEPS, run_steps
from desktop.selftest.step import Desk, Step, expect

ROOT = Path(__file__).parents[3]
WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
from desktop.__main__ import main
sys.exit(main(["--self-test"]))
"""


def run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run it as somebody without a display, whose home and place for temporary files are empty."""
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "TMPDIR", "TEMP", "TMP"), str(folder))
    nowhere = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **places, **nowhere},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_it_passes_and_leaves_no_trace(tmp_path: Path) -> None:
    done = run(["-m", "desktop", "--self-test"], tmp_path)
    *lines, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert [line[:2] for line in lines] == ["√ "] * len(STEPS)
    assert last.startswith(f"自检通过：共 {len(STEPS)} 项")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("missing", "steps"),
    [
        ("docx", ["Word"]),
        ("openpyxl.styles", ["Excel"]),
        ("nh3", ["Markdown 排版"]),
        ("whoosh.writing", ["建立索引"]),
        ("rapidfuzz.distance", ["锚点体检"]),
    ],
)
def test_what_a_package_leaves_out_is_noticed(tmp_path: Path, missing: str, steps: list[str]) -> None:
    done = run(["-c", WITHOUT, missing], tmp_path)
    wrong = [line for line in done.stdout.splitlines() if line.startswith("×")]
    assert done.returncode == 1, done.stdout
    for step in steps:
        assert [line for line in wrong if step in line], (wrong, done.stdout, done.stderr)
    assert "自检未通过" in done.stdout


def test_a_step_that_goes_wrong_does_not_keep_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(desk: Desk) -> str:
        expect(False, "不是这样")
        return ""

    steps = [
        Step("一", lambda desk: "好"),
        Step("二", refuse),
        Step("三", lambda desk: str(1 // 0)),
        Step("四", lambda desk: "好"),
    ]
    assert run_steps(steps, Desk.in_folder(tmp_path)) == 2
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == [
        "√ 一：好",
        "× 二：不是这样",
        "× 三：ZeroDivisionError integer division or modulo by zero",
    ]
    assert told[-1] == "√ 四：好"
    assert any("test_run.py" in line for line in told[3:-1])
