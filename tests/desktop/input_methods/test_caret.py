"""Where the caret is on a screen that is scaled: a process of its own, since Qt takes the scale only at its start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = """
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from desktop.input_methods.caret import on_screen
application = QApplication([])
page = QWidget()
line = QLineEdit(page)
line.setGeometry(40, 20, 100, 30)
page.setGeometry(60, 80, 200, 100)
assert on_screen(line) is None
page.show()
place = line.mapToGlobal(line.rect().topLeft())
left, top, width, height = on_screen(line)
print(place.x(), place.y(), line.width(), line.height(), left, top, width, height)
"""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_pixels_are_the_screens_own(scale: float) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    x, y, wide, high, left, top, width, height = map(int, done.stdout.split())
    # A line tells of a caret some pixels wider than what it draws.
    assert (x - 5) * scale <= left <= (x + wide / 4) * scale
    assert y * scale <= top < top + height <= (y + high) * scale + 1
    assert 1 <= width <= 12 * scale
    assert height >= 10 * scale
