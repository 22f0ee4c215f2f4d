"""One input context at fcitx: what is told to it, and what it says back."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag

from desktop.input_methods.bus import SIGNAL, Bus, BusError, Message
from desktop.input_methods.dialects import Dialect

NO_UNDERLINE, HIGHLIGHT = 1 << 3, 1 << 4
"""Bits of a preedit piece's format in fcitx 4; in fcitx 5 the first means the opposite."""


class Capability(IntFlag):
    """What a client tells of itself; the same bits in both languages."""

    PREEDIT = 1 << 1
    PASSWORD = 1 << 3
    FORMATTED_PREEDIT = 1 << 4
    CLIENT_COMMITS_WHEN_LEFT = 1 << 5
    DIGITS = 1 << 8


BASE = Capability.PREEDIT | Capability.FORMATTED_PREEDIT | Capability.CLIENT_COMMITS_WHEN_LEFT


@dataclass(frozen=True)
class Stroke:
    """A key as X tells it: symbol, code, state of the modifiers, time in ms."""

    symbol: int
    code: int
    state: int
    is_release: bool
    time: int


@dataclass(frozen=True)
class Piece:
    """A stretch of preedit."""

    text: str
    is_underlined: bool = True
    is_highlighted: bool = False


@dataclass(frozen=True)
class Preedit:
    """What is being composed; ``cursor`` counts characters, negative where none is shown."""

    pieces: tuple[Piece, ...] = ()
    cursor: int = -1

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Commit:
    """Text that is settled."""

    text: str


@dataclass(frozen=True)
class Forward:
    """A key that the input method wants the program to have."""

    stroke: Stroke


Word = Preedit | Commit | Forward


class Silence(Exception):
    """The input method did not answer in time, or not as it should."""


class Context:
    """An input context; ``path`` is its address at the service's ``owner``."""

    def __init__(self, bus: Bus, dialect: Dialect, owner: str, path: str) -> None:
        self._bus = bus
        self._dialect = dialect
        self._owner = owner
        self._path = path
        self.service = dialect.service
        self._place = (owner, path, dialect.context_interface)
        self._rule = f"type='signal',sender='{owner}',path='{path}'"
        self._told_capability = Capability(0)
        self._told_rectangle: tuple[int, ...] = ()
        bus.watch(self._rule)

    def enter(self, capability: Capability) -> None:
        """The keyboard came to a place of text."""
        self.describe(capability)
        self._bus.send(self._place, "FocusIn")
        self._told_rectangle = ()

    def describe(self, capability: Capability) -> None:
        """Tell what kind of place it is."""
        if capability != self._told_capability:
            self._told_capability = capability
            name, signature = self._dialect.capability
            self._bus.send(self._place, name, signature, int(capability))

    def leave(self) -> None:
        """The keyboard went away."""
        self._bus.send(self._place, "FocusOut")

    def reset(self) -> None:
        """Drop what is being composed."""
        self._bus.send(self._place, "Reset")

    def locate(self, rectangle: tuple[int, int, int, int]) -> None:
        """Where the caret is: x, y, width, height in the screen's own pixels."""
        if rectangle != self._told_rectangle:
            self._told_rectangle = rectangle
            self._bus.send(self._place, "SetCursorRect", "iiii", *rectangle)

    def offer(self, stroke: Stroke, wait_ms: int) -> bool:
        """Whether the input method takes a key; raises Silence."""
        arguments = (stroke.symbol, stroke.code, stroke.state, int(stroke.is_release), stroke.time)
        try:
            answer = self._bus.call(
                self._place, "ProcessKeyEvent", self._dialect.key, *arguments, wait_ms=wait_ms
            )
        except BusError as error:
            raise Silence(str(error)) from error
        return bool(answer and answer[0])

    def give_up(self) -> None:
        """Have the context thrown away; nothing it may still say is heard."""
        self._bus.unwatch(self._rule)
        self._bus.send(self._place, "DestroyIC")

    def hear(self, message: Message) -> Word | None:
        """What a message says, None if it is not from this context or of no concern."""
        is_own = message.sender == self._owner and message.path == self._path
        if message.kind != SIGNAL or not is_own:
            return None
        match message.member, message.arguments:
            case "CommitString", (str(text),):
                return Commit(text)
            case "UpdateFormattedPreedit", (tuple(pieces), int(cursor)):
                return self._preedit(pieces, cursor)
            case "UpdatePreedit", (str(text), int(cursor)):
                return _placed((Piece(text),) if text else (), cursor)
            case "ForwardKey", (int(symbol), int(state), release):
                return Forward(Stroke(symbol, 0, state, bool(release), 0))
        return None

    def _preedit(self, pieces: Iterable[tuple[str, int]], cursor: int) -> Preedit:
        inverted = 0 if self._dialect.key == "uuuiu" else NO_UNDERLINE
        made = [
            Piece(text, not (bits ^ inverted) & NO_UNDERLINE, bool(bits & HIGHLIGHT))
            for text, bits in pieces
            if text
        ]
        return _placed(tuple(made), cursor)


def _placed(pieces: tuple[Piece, ...], cursor: int) -> Preedit:
    """A preedit whose cursor came in bytes of UTF-8."""
    if cursor < 0:
        return Preedit(pieces)
    before = "".join(piece.text for piece in pieces).encode()[:cursor]
    return Preedit(pieces, len(before.decode("utf-8", "ignore")))
