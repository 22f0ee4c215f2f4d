"""What is shown where no Chinese font is installed: the advice as a picture, never boxes."""

import sys

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from desktop import resources

SENTENCE = "本机没有中文字体，文字无法显示；已写下的批注都在。请安装任意一种中文字体（如 fonts-noto-cjk）后重新启动。"


def show_no_font(application: QApplication, unattended: bool) -> int:
    """Say it on the error stream and, to a person, in a window; gives the exit code."""
    print(SENTENCE, file=sys.stderr)
    if not unattended:
        notice = QLabel()
        notice.setWindowTitle("Policy Desk")
        notice.setPixmap(QPixmap(str(resources.NO_FONT_NOTICE)))
        notice.show()
        application.exec()
    return 1
