"""The yardstick: a bare PySide6 window that shows the plan's text, nothing else.

Prints {"first_paint_ms", "rss_mb"} like ``desktop --startup-report`` does and ends.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QApplication, QTextEdit

from content.resources import POLICIES
from desktop.startup import milliseconds_since_birth, resident_megabytes

SETTLE_MS = 400
"""About as long as the program takes from its first paint to being searchable."""


class Bare(QTextEdit):
    """Notes when it has painted for the first time."""

    painted_ms = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted_ms:
            self.painted_ms = milliseconds_since_birth()
            QTimer.singleShot(SETTLE_MS, self.report)

    def report(self) -> None:
        """Print and end."""
        figures = {"first_paint_ms": round(self.painted_ms, 1), "rss_mb": round(resident_megabytes(), 1)}
        print(json.dumps(figures))
        QApplication.quit()


def main(text: Path) -> None:
    """Show the text and report."""
    application = QApplication(sys.argv)
    window = Bare()
    font = QFont("Noto Serif CJK SC")
    font.setPixelSize(17)
    window.setFont(font)
    window.setReadOnly(True)
    window.setPlainText(text.read_text("utf-8"))
    window.resize(1280, 720)
    window.show()
    application.exec()


if __name__ == "__main__":
    main(POLICIES / "shanghai-2023" / "source.txt")
