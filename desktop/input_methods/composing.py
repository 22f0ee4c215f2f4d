"""What an input method makes, as the events that Qt's places of text understand."""

from PySide6.QtGui import QInputMethodEvent, QPalette, QTextCharFormat, QTextFormat

from desktop.input_methods.context import Piece, Preedit
from desktop.views.utf16 import units


def commit_event(text: str) -> QInputMethodEvent:
    """Settled text, in place of what was being composed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def preedit_event(preedit: Preedit, palette: QPalette) -> QInputMethodEvent:
    """What is being composed, drawn as the input method asks, with its cursor."""
    kinds = QInputMethodEvent.AttributeType
    attributes = []
    at = 0
    for piece in preedit.pieces:
        length = units(piece.text, len(piece.text))
        attributes.append(QInputMethodEvent.Attribute(kinds.TextFormat, at, length, _format(piece, palette)))
        at += length
    shown = preedit.cursor >= 0
    cursor = units(preedit.text, preedit.cursor) if shown else at
    attributes.append(QInputMethodEvent.Attribute(kinds.Cursor, cursor, int(shown), None))
    return QInputMethodEvent(preedit.text, attributes)


def _format(piece: Piece, palette: QPalette) -> QTextFormat:
    drawn = QTextCharFormat()
    if piece.is_underlined:
        drawn.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    if piece.is_highlighted:
        drawn.setBackground(palette.brush(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight))
        drawn.setForeground(palette.brush(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText))
    return drawn
