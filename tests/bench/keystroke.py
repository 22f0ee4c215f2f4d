"""Keystroke to painted results: ``python -m tests.bench.keystroke``.

Types the development queries into the real window, a character at a time as an input method commits them, and measures
from the event until results and text are on the screen. Prints p50 and p95 in milliseconds.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop import fonts
from desktop.app import Application, Options

QUERIES = Path(__file__).parent.parent / "index" / "queries-dev.tsv"


class Painted(QObject):
    """Counts the paint events of what it watches."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def wait_until_searchable(application: QApplication, desk: Application) -> None:
    """Let the program load what it loads after its first paint."""
    end = time.monotonic() + 5
    while time.monotonic() < end and not desk.is_ready:
        application.processEvents()


def type_query(application: QApplication, desk: Application, painted: Painted, query: str) -> list[float]:
    """The milliseconds each character took, then the box is cleared."""
    box = desk.window.views.header.search_box
    times = []
    for character in query:
        painted.count = 0
        event = QInputMethodEvent()
        event.setCommitString(character)
        started = time.perf_counter()
        application.sendEvent(box, event)
        while painted.count < 2:
            application.processEvents()
        times.append((time.perf_counter() - started) * 1000)
        pause = time.monotonic() + 0.03
        while time.monotonic() < pause:
            application.processEvents()
    box.clear()
    application.processEvents()
    return times


def main() -> None:
    """Print the figures."""
    application = QApplication(sys.argv)
    application.setStyle("Fusion")
    chosen = fonts.installed()
    assert chosen is not None, "no Chinese font"
    lines = QUERIES.read_text("utf-8").splitlines()
    queries = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    with tempfile.TemporaryDirectory() as data:
        desk = Application(application, chosen, Options(Path(data), size=(1280, 720)))
        desk.start()
        wait_until_searchable(application, desk)
        painted = Painted()
        for view in (desk.window.views.results.viewport(), desk.window.reading.viewport()):
            view.installEventFilter(painted)
        times = [one for query in queries for one in type_query(application, desk, painted, query)]
        desk.window.close()
    centiles = statistics.quantiles(times, n=100)
    print(f"{len(queries)} queries, {len(times)} keystrokes, to painted results and text")
    print(f"p50 {centiles[49]:.1f} ms, p95 {centiles[94]:.1f} ms, longest {max(times):.1f} ms")


if __name__ == "__main__":
    main()
