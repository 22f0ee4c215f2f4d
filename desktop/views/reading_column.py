"""The middle of the window: what must be known of the text's standing, the part one is in, and the text."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.views.reading import ReadingView


class ReadingColumn(QFrame):
    """The notice and the breadcrumb stay while the text scrolls."""

    def __init__(self, reading: ReadingView, notice: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = reading
        self.setObjectName("readingColumn")
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


def _label(name: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(name == "notice")
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    rule.setFixedHeight(1)
    return rule
