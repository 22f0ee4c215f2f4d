"""A small fcitx on a bus of its own: composes letters, commits with the space bar, and remembers what it was told."""

import select
import threading
import time
from collections.abc import Callable
from typing import Any

from desktop.input_methods.bus import CALL, DAEMON, DAEMON_PATH, Bus, Message
from desktop.input_methods.context import HIGHLIGHT, NO_UNDERLINE
from desktop.input_methods.dialects import Dialect

WORDS = {"yingshanghuanjing": "营商环境", "yi": "一", "han": "𠮷"}
SPACE, RETURN = 0x20, 0xFF0D
CONTROL_OR_ALT = 1 << 2 | 1 << 3
_BUS = (DAEMON, DAEMON_PATH, DAEMON)


class Fcitx:
    """Speaks one dialect, in a thread of its own. ``is_deaf`` makes it take calls and answer none."""

    def __init__(self, address: str, dialect: Dialect, answers_nonsense: bool = False) -> None:
        self._dialect = dialect
        self._bus = Bus(address)
        self._held: list[Message] = []
        self._ends = False
        self._made = 0
        self.letters = ""
        self.is_deaf = False
        self._answers_nonsense = answers_nonsense
        self.forwards: int | None = None
        """A key that is taken and sent back."""
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        """What contexts were told, in order."""
        self.signatures: dict[str, str] = {}
        self._bus.call(_BUS, "RequestName", "su", dialect.service, 4)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def is_five(self) -> bool:
        """Whether it is fcitx 5."""
        return "InputContext1" in self._dialect.context_interface

    def stop(self) -> None:
        """Die, without a word to anybody."""
        self._ends = True
        self._thread.join()

    def told(self, member: str) -> list[tuple[Any, ...]]:
        """The arguments of all calls of a method."""
        return [arguments for name, arguments in self.heard if name == member]

    def wake(self) -> None:
        """Answer all that has been waiting, and hear again."""
        self.is_deaf = False

    def _work(self) -> None:
        while not self._ends:
            select.select([self._bus.file], [], [], 0.005)
            self._held += [message for message in self._bus.take() if message.kind == CALL]
            while self._held and not self.is_deaf:
                self._do(self._held.pop(0))
        self._bus.close()

    def _do(self, call: Message) -> None:
        if call.member == self._dialect.creation[0]:
            self._made += 1
            return self._create(call)
        self.heard.append((call.member, call.arguments))
        self.signatures[call.member] = call.signature
        if call.member == "ProcessKeyEvent":
            symbol, _, state, is_release, _ = call.arguments
            taken = not is_release and not state & CONTROL_OR_ALT and self._key(call.path, symbol)
            self._bus.answer(call, "b" if self.is_five else "i", int(taken))
        elif call.member == "Reset":
            self.letters = ""
            self._show(call.path)
        return None

    def _create(self, call: Message) -> None:
        if self._answers_nonsense:
            self._bus.answer(call, "s", "/not a path")
        elif self.is_five:
            self._bus.answer(call, "oay", f"/context/{self._made}", b"")
        else:
            self._bus.answer(call, "ibuuuu", self._made, 1, 0, 0, 0, 0)

    def _key(self, path: str, symbol: int) -> bool:
        if symbol == self.forwards:
            self._say(path, "ForwardKey", "uub" if self.is_five else "uui", symbol, 0, 0)
            return True
        character = chr(symbol) if symbol < 0x7F else ""
        if character.isalpha() and character.islower():
            self.letters += character
            self._show(path)
            return True
        if not self.letters:
            return False
        if symbol == SPACE or not character:
            word = WORDS.get(self.letters, self.letters) if symbol == SPACE else ""
            self._end(path, word)
            return True
        self._end(path, WORDS.get(self.letters, self.letters))
        return False

    def _end(self, path: str, word: str) -> None:
        self.letters = ""
        if word:
            self._say(path, "CommitString", "s", word)
        self._show(path)

    def _show(self, path: str) -> None:
        """The first letter highlighted, the rest underlined, the cursor at the end, in bytes."""
        first, rest = self.letters[:1], self.letters[1:]
        underlined = NO_UNDERLINE if self.is_five else 0
        pieces = [(first, HIGHLIGHT | (0 if self.is_five else NO_UNDERLINE)), (rest, underlined)]
        shown = [piece for piece in pieces if piece[0]]
        self._say(path, "UpdateFormattedPreedit", "a(si)i", shown, len(self.letters.encode()))

    def _say(self, path: str, member: str, signature: str, *arguments: Any) -> None:
        self._bus.emit(path, self._dialect.context_interface, member, signature, *arguments)


def wait_until(holds: Callable[[], bool], seconds: float = 5) -> None:
    """Wait, without Qt, until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.005)
