"""Keys in Qt's words and in those of X."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop.input_methods.context import Stroke

_SHIFT, _CONTROL, _ALT, _SUPER = 1 << 0, 1 << 2, 1 << 3, 1 << 6
_STATES = (
    (Qt.KeyboardModifier.ShiftModifier, _SHIFT),
    (Qt.KeyboardModifier.ControlModifier, _CONTROL),
    (Qt.KeyboardModifier.AltModifier, _ALT),
    (Qt.KeyboardModifier.MetaModifier, _SUPER),
)
_SYMBOLS = {
    Qt.Key.Key_Backspace: 0xFF08,
    Qt.Key.Key_Tab: 0xFF09,
    Qt.Key.Key_Return: 0xFF0D,
    Qt.Key.Key_Escape: 0xFF1B,
    Qt.Key.Key_Home: 0xFF50,
    Qt.Key.Key_Left: 0xFF51,
    Qt.Key.Key_Up: 0xFF52,
    Qt.Key.Key_Right: 0xFF53,
    Qt.Key.Key_Down: 0xFF54,
    Qt.Key.Key_PageUp: 0xFF55,
    Qt.Key.Key_PageDown: 0xFF56,
    Qt.Key.Key_End: 0xFF57,
    Qt.Key.Key_Insert: 0xFF63,
    Qt.Key.Key_Enter: 0xFF8D,
    Qt.Key.Key_Shift: 0xFFE1,
    Qt.Key.Key_Control: 0xFFE3,
    Qt.Key.Key_Meta: 0xFFE7,
    Qt.Key.Key_Alt: 0xFFE9,
    Qt.Key.Key_Super_L: 0xFFEB,
    Qt.Key.Key_Delete: 0xFFFF,
}
"""Keysyms of keys without a character (X11/keysymdef.h); of the others, the character's code."""
_TEXTS = {Qt.Key.Key_Backspace: "\b", Qt.Key.Key_Tab: "\t", Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r"}
_HELD = ((range(0xFFE1, 0xFFE3), _SHIFT), (range(0xFFE3, 0xFFE5), _CONTROL), (range(0xFFE9, 0xFFEB), _ALT))
_UNICODE = 0x01000000


def stroke(event: QKeyEvent) -> Stroke:
    """A key event as X would tell it; the platform's own figures where it gives them."""
    return Stroke(
        symbol=event.nativeVirtualKey() or _symbol(event),
        code=event.nativeScanCode(),
        state=event.nativeModifiers() or _state(event.modifiers()),
        is_release=event.type() == QEvent.Type.KeyRelease,
        time=event.timestamp() & 0xFFFFFFFF,
    )


def key_event(given: Stroke) -> QKeyEvent:
    """A key event for a stroke that did not come from Qt."""
    kind = QEvent.Type.KeyRelease if given.is_release else QEvent.Type.KeyPress
    modifiers = Qt.KeyboardModifier.NoModifier
    for modifier, bit in _STATES:
        if given.state & bit:
            modifiers |= modifier
    named = next((key for key, symbol in _SYMBOLS.items() if symbol == given.symbol), None)
    text = _TEXTS.get(named, "") if named is not None else _character(given.symbol)
    key = (
        named
        if named is not None
        else Qt.Key(ord(text.upper()))
        if len(text.upper()) == 1
        else Qt.Key.Key_unknown
    )
    return QKeyEvent(kind, key, modifiers, given.code, given.symbol, given.state, text)


def again(event: QKeyEvent, is_release: bool) -> QKeyEvent:
    """A key event with all that another one tells, as a press or a release."""
    return QKeyEvent(
        QEvent.Type.KeyRelease if is_release else QEvent.Type.KeyPress,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def held(symbol: int) -> int:
    """The bit that a modifier's key sets while it is held; 0 for other keys."""
    return next((bit for symbols, bit in _HELD if symbol in symbols), 0)


def _symbol(event: QKeyEvent) -> int:
    if event.key() in _SYMBOLS:
        return _SYMBOLS[Qt.Key(event.key())]
    # With Ctrl the text is a control character.
    character = event.text() if event.text().isprintable() else ""
    code = ord(character[0]) if character else event.key()
    if not character and ord("A") <= code <= ord("Z"):
        code += 0x20
    return code if code < 0x100 or not character else code | _UNICODE


def _state(modifiers: Qt.KeyboardModifier) -> int:
    return sum(bit for modifier, bit in _STATES if modifiers & modifier)


def _character(symbol: int) -> str:
    if symbol >= _UNICODE:
        return chr(symbol - _UNICODE)
    return chr(symbol) if 0x20 <= symbol < 0x7F or 0xA0 <= symbol < 0x100 else ""
