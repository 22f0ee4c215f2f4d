"""Runs what needs two screens in a process of its own: Qt's platform is told of them only when it starts."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCREENS = (("desk", 0, 1280, 720), ("wall", 1280, 1920, 1080))


def test_all_that_needs_two_screens(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
        for name, x, width, height in SCREENS
    ]
    (tmp_path / "screens.json").write_text(
        json.dumps({"windowFrameMargins": False, "screens": screens}), encoding="utf-8"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / "two_screens.py")]
    done = subprocess.run(
        command, env=environment, cwd=HERE.parent.parent, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
