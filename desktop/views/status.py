"""The status bar: where the reader is, how much there is, and that it is saved."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

_FLASH_MS = 4000


class StatusBar(QWidget):
    """Place and hits, counts, a passing word or else a hint, and the state of saving."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._place, self._counts, self._word, self._saving = (QLabel(self) for _ in range(4))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(24)
        layout.addWidget(self._place)
        layout.addWidget(self._counts)
        layout.addWidget(self._word, 1)
        layout.addWidget(self._saving)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FLASH_MS)
        self._fade.timeout.connect(lambda: self._word.setText(self._hint))
        self._word.setText(hint)
        self._word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_place(self, text: str) -> None:
        """Where the reader is, and which hit."""
        self._place.setText(text)
        self._place.setVisible(bool(text))

    def show_counts(self, text: str) -> None:
        """How many measures, notes and bookmarks there are."""
        self._counts.setText(text)

    def show_hint(self, text: str) -> None:
        """What is said while there is nothing else to say."""
        if self._word.text() == self._hint:
            self._word.setText(text)
        self._hint = text

    def show_saving(self, text: str) -> None:
        """Whether everything is saved."""
        self._saving.setText(f"{text} · 不联网")

    def flash(self, text: str) -> None:
        """Say something that is over in a moment."""
        self._word.setText(text)
        self._fade.start()

    @property
    def shown(self) -> str:
        """Everything the bar says now."""
        return " ".join(label.text() for label in (self._place, self._counts, self._word, self._saving))
