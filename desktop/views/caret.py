"""The keys that go through the text: where a text cursor is after one of them. No view, no state.

Headings are passed over, because nothing in them can be marked. Between marks of punctuation the phrase is the unit, as words are
in other scripts: forward to the end of a phrase, back to the beginning of one, so that what is selected neither begins nor
ends with a comma.
"""

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.views.page import Row
from desktop.views.utf16 import units

_PHRASE = re.compile(r"[^\s，、；：。！？…—“”‘’「」『』（）《》〈〉【】〔〕,;:!?()\[\]\"]+")
_MOVES: dict[tuple[int, bool], QTextCursor.MoveOperation] = {
    (Qt.Key.Key_Left, False): QTextCursor.MoveOperation.PreviousCharacter,
    (Qt.Key.Key_Right, False): QTextCursor.MoveOperation.NextCharacter,
    (Qt.Key.Key_Up, False): QTextCursor.MoveOperation.Up,
    (Qt.Key.Key_Down, False): QTextCursor.MoveOperation.Down,
    (Qt.Key.Key_Home, False): QTextCursor.MoveOperation.StartOfBlock,
    (Qt.Key.Key_End, False): QTextCursor.MoveOperation.EndOfBlock,
    (Qt.Key.Key_Up, True): QTextCursor.MoveOperation.PreviousBlock,
    (Qt.Key.Key_Down, True): QTextCursor.MoveOperation.NextBlock,
}
"""Keys, without and with Ctrl, and what they do on a page that has no headings."""


def moved(
    cursor: QTextCursor, rows: Sequence[Row], key: int, modifiers: Qt.KeyboardModifier
) -> QTextCursor | None:
    """The cursor after a key, its anchor left behind if Shift is among the modifiers; None if it is not such a key."""
    held = modifiers & ~Qt.KeyboardModifier.KeypadModifier
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if held & ~(shift | control):
        return None
    mode = QTextCursor.MoveMode.KeepAnchor if held & shift else QTextCursor.MoveMode.MoveAnchor
    after = QTextCursor(cursor)
    if held & control and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        after.setPosition(_next_phrase(cursor, rows, is_forward=key == Qt.Key.Key_Right), mode)
        return after
    move = _MOVES.get((key, bool(held & control)))
    if move is None:
        return None
    while after.movePosition(move, mode) and not _row(after, rows).measure_id:
        pass
    return after if _row(after, rows).measure_id else QTextCursor(cursor)


def widened(cursor: QTextCursor, rows: Sequence[Row]) -> QTextCursor:
    """The cursor with more selected: the measure it is in, then the section, then everything."""
    page = cursor.document()
    first = page.findBlock(cursor.selectionStart()).blockNumber()
    section = [at for at, row in enumerate(rows) if row.section == rows[first].section and row.measure_id]
    for low, high in (
        (first, first),
        (min(section, default=first), max(section, default=first)),
        (0, len(rows) - 1),
    ):
        last = page.findBlockByNumber(high)
        start, end = page.findBlockByNumber(low).position(), last.position() + last.length() - 1
        is_within = start <= cursor.selectionStart() and cursor.selectionEnd() <= end
        if is_within and end - start > cursor.selectionEnd() - cursor.selectionStart():
            wider = QTextCursor(cursor)
            wider.setPosition(start)
            wider.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            return wider
    return QTextCursor(cursor)


def _next_phrase(cursor: QTextCursor, rows: Sequence[Row], *, is_forward: bool) -> int:
    """The nearest end of a phrase or of a measure ahead, or else the nearest beginning of one behind."""
    block, here = cursor.block(), cursor.position()
    while block.isValid():
        if rows[block.blockNumber()].measure_id:
            ahead = [at for at in _edges(block, is_forward) if (at > here if is_forward else at < here)]
            if ahead:
                return min(ahead) if is_forward else max(ahead)
        block = block.next() if is_forward else block.previous()
    return here


def _edges(block: QTextBlock, is_forward: bool) -> Iterator[int]:
    """Where the phrases of a block end or begin, and where it does itself, as positions in the document."""
    text = block.text()
    yield block.position() + (block.length() - 1 if is_forward else 0)
    for phrase in _PHRASE.finditer(text):
        yield block.position() + units(text, phrase.end() if is_forward else phrase.start())


def _row(cursor: QTextCursor, rows: Sequence[Row]) -> Row:
    return rows[cursor.block().blockNumber()]
