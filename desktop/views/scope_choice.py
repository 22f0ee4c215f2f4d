"""What of the text goes on paper, and with what."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader has chosen: a scope by its key, and three switches."""

    scope: str
    with_notes: bool
    original_only: bool
    large_type: bool


class ScopeChoice(QWidget):
    """``changed``: with the new choice."""

    changed = Signal(object)

    def __init__(self, scopes: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scopes = {key: QRadioButton(text, self) for key, text in scopes.items()}
        group = QButtonGroup(self)
        for button in self.scopes.values():
            group.addButton(button)
        next(iter(self.scopes.values())).setChecked(True)
        self.with_notes = QCheckBox("附批注", self)
        self.original_only = QCheckBox("只要原文，不带标记", self)
        self.large_type = QCheckBox("大字", self)
        boxes = (self.with_notes, self.original_only, self.large_type)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (*self.scopes.values(), *boxes):
            layout.addWidget(widget)
        group.buttonToggled.connect(lambda button, checked: self._change() if checked else None)
        for box in boxes:
            box.toggled.connect(self._change)
        self.original_only.toggled.connect(self.with_notes.setDisabled)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        scope = next(key for key, button in self.scopes.items() if button.isChecked())
        plain = self.original_only.isChecked()
        return Choice(scope, self.with_notes.isChecked() and not plain, plain, self.large_type.isChecked())

    def _change(self) -> None:
        self.changed.emit(self.choice)
