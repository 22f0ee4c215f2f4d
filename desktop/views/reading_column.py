"""The middle of the window: what must be known of the text's standing, the part one is in, and the text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.views.reading import ReadingView


class ReadingColumn(QWidget):
    """The notice and the breadcrumb stay while the text scrolls."""

    def __init__(self, reading: ReadingView, notice: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = QVBoxLayout()
        self._top.setSpacing(8)
        if notice:
            self._top.addWidget(_label("notice", notice))
        self._breadcrumb = _label("breadcrumb", "")
        self._top.addWidget(self._breadcrumb)
        layout.addLayout(self._top)
        layout.addWidget(_rule())
        layout.addWidget(reading, 1)
        self._align(58, 24)
        reading.column_fitted.connect(self._align)

    def show_part(self, heading: str) -> None:
        """The heading of the part one is reading."""
        self._breadcrumb.setText(heading)

    def _align(self, left: int, right: int) -> None:
        """Stand over the column of the text, whose characters begin ``left`` pixels in."""
        self._top.setContentsMargins(left, 12, max(24, right), 6)


class Message(QWidget):
    """A line across the window that stays until it is closed: a hint, or what went wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton(self)
        self.close_button.setText("知道了")
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 3, 12, 3)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.close_button)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence."""
        self._label.setText(sentence)
        self.show()

    @property
    def sentence(self) -> str:
        """What is shown now; empty while hidden."""
        return self._label.text() if self.isVisible() else ""


def _label(name: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(name == "notice")
    return label


def _rule() -> QWidget:
    rule = QWidget()
    rule.setObjectName("rule")
    rule.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rule.setFixedHeight(1)
    return rule
