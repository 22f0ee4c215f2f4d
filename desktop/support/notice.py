"""A sentence to somebody before whom no window of the program has opened."""

import sys

from content.console import NO


def show_notice(sentence: str) -> int:
    """Say it on the error stream and in a box; gives the exit code."""
    from PySide6.QtWidgets import QApplication, QMessageBox

    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    QMessageBox(QMessageBox.Icon.NoIcon, "政策案头", sentence).exec()
    del application
    return NO
