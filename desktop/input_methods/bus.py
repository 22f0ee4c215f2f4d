"""The session bus, as far as a client of an input method needs it: libdbus, which Qt brings along or loads anyway.

PySide's QtDBus cannot send an unsigned number, of which every key has three; and its signals come through a thread of
its own, so that a commit could fall behind the key after it. Here everything is read in the order of the wire.
"""

import ctypes
import os
import struct
from collections.abc import Iterator, Sequence
from ctypes import byref, c_char_p, c_int, c_uint, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any

from desktop.input_methods import libdbus

DAEMON, DAEMON_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
CALL, REPLY, ERROR, SIGNAL = 1, 2, 3, 4
_CALL_MS = 1000
_NUMBERS: dict[str, Any] = {"i": c_int, "u": c_uint, "t": c_uint64, "b": c_uint}
_STRINGS = "so"
_FORMS = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d", "h": "i"}
"""How numbers lie in memory, by their letter in a signature, as the struct module writes it."""


class BusError(Exception):
    """The bus cannot be had, or a call was not answered well; the text is the bus's own."""


@dataclass(frozen=True)
class Message:
    """What came: ``kind`` is CALL, REPLY, ERROR or SIGNAL; ``answers`` the serial of the call that a reply is for."""

    kind: int
    sender: str
    path: str
    interface: str
    member: str
    signature: str
    arguments: tuple[Any, ...]
    serial: int
    answers: int


class Bus:
    """One private connection. Nothing here waits but ``call``, and that no longer than it is told to."""

    def __init__(self, address: str) -> None:
        # A bus may have several addresses; those of other machines are none of ours.
        local = ";".join(one for one in address.split(";") if one.startswith("unix:"))
        if not local:
            raise BusError(f"not a local bus: {address}")
        try:
            self._library = libdbus.load()
        except OSError as missing:
            raise BusError(str(missing)) from missing
        error = libdbus.Error()
        self._library.dbus_error_init(byref(error))
        self._connection = self._library.dbus_connection_open_private(local.encode(), byref(error))
        if not self._connection:
            raise BusError(self._text(error))
        self._library.dbus_connection_set_exit_on_disconnect(self._connection, 0)
        if not self._library.dbus_bus_register(self._connection, byref(error)):
            self.close()
            raise BusError(self._text(error))

    @property
    def file(self) -> int:
        """The descriptor that becomes readable when something has come."""
        number = c_int(-1)
        self._library.dbus_connection_get_unix_fd(self._connection, byref(number))
        return number.value

    @property
    def is_open(self) -> bool:
        """Whether the bus is still there."""
        return bool(self._connection and self._library.dbus_connection_get_is_connected(self._connection))

    def close(self) -> None:
        """Leave the bus."""
        if self._connection:
            self._library.dbus_connection_close(self._connection)
            self._library.dbus_connection_unref(self._connection)
            self._connection = None

    def watch(self, rule: str) -> None:
        """Have the signals that fit a match rule sent here."""
        self._library.dbus_bus_add_match(self._connection, rule.encode(), None)

    def unwatch(self, rule: str) -> None:
        """Undo ``watch``."""
        self._library.dbus_bus_remove_match(self._connection, rule.encode(), None)

    def call(
        self,
        place: tuple[str, str, str],
        member: str,
        signature: str = "",
        *arguments: Any,
        wait_ms: int = _CALL_MS,
    ) -> tuple[Any, ...]:
        """Call a method of (service, path, interface) and wait for its answer; raises BusError without one."""
        message = self._method(place, member, signature, arguments)
        error = libdbus.Error()
        self._library.dbus_error_init(byref(error))
        reply = self._library.dbus_connection_send_with_reply_and_block(
            self._connection, message, wait_ms, byref(error)
        )
        self._library.dbus_message_unref(message)
        if not reply:
            raise BusError(self._text(error))
        return self._taken(reply).arguments

    def send(
        self,
        place: tuple[str, str, str],
        member: str,
        signature: str = "",
        *arguments: Any,
        answer: bool = False,
    ) -> int:
        """Call a method without waiting. Gives the serial that a reply will name, if an ``answer`` is wanted."""
        message = self._method(place, member, signature, arguments)
        self._library.dbus_message_set_no_reply(message, not answer)
        return self._post(message)

    def emit(self, path: str, interface: str, member: str, signature: str = "", *arguments: Any) -> None:
        """Send a signal to whoever listens."""
        message = self._library.dbus_message_new_signal(path.encode(), interface.encode(), member.encode())
        self._append(message, signature, arguments)
        self._post(message)

    def answer(self, call: Message, signature: str = "", *arguments: Any) -> None:
        """Reply to a call that came."""
        message = self._library.dbus_message_new(REPLY)
        self._library.dbus_message_set_destination(message, call.sender.encode())
        self._library.dbus_message_set_reply_serial(message, call.serial)
        self._append(message, signature, arguments)
        self._post(message)

    def take(self) -> Iterator[Message]:
        """What has come since last time, in order; does not wait."""
        while self._connection:
            self._library.dbus_connection_read_write(self._connection, 0)
            message = self._library.dbus_connection_pop_message(self._connection)
            if not message:
                return
            yield self._taken(message)

    def _post(self, message: int) -> int:
        serial = c_uint()
        self._library.dbus_connection_send(self._connection, message, byref(serial))
        self._library.dbus_message_unref(message)
        self._library.dbus_connection_flush(self._connection)
        return serial.value

    def _method(
        self, place: tuple[str, str, str], member: str, signature: str, arguments: Sequence[Any]
    ) -> int:
        words = [word.encode() for word in (*place, member)]
        message: int = self._library.dbus_message_new_method_call(*words)
        self._append(message, signature, arguments)
        return message

    def _append(self, message: int, signature: str, arguments: Sequence[Any]) -> None:
        place = libdbus.Iterator()
        self._library.dbus_message_iter_init_append(message, byref(place))
        for kind, value in zip(_types(signature), arguments, strict=True):
            self._append_one(place, kind, value)

    def _append_one(self, place: libdbus.Iterator, kind: str, value: Any) -> None:
        if kind in _NUMBERS or kind in _STRINGS:
            held = _NUMBERS[kind](value) if kind in _NUMBERS else c_char_p(value.encode())
            self._library.dbus_message_iter_append_basic(byref(place), ord(kind), byref(held))
            return
        inner = libdbus.Iterator()
        inside = kind[1:] if kind[0] == "a" else None
        shape = inside.encode() if inside else None
        opened = ord("a" if inside else "r")
        self._library.dbus_message_iter_open_container(byref(place), opened, shape, byref(inner))
        parts = [(inside, one) for one in value] if inside else zip(_types(kind[1:-1]), value, strict=True)
        for part, one in parts:
            self._append_one(inner, part, one)
        self._library.dbus_message_iter_close_container(byref(place), byref(inner))

    def _taken(self, message: int) -> Message:
        """The message as a value; what the library holds of it is given back."""
        library = self._library
        try:
            return Message(
                kind=library.dbus_message_get_type(message),
                sender=_word(library.dbus_message_get_sender(message)),
                path=_word(library.dbus_message_get_path(message)),
                interface=_word(library.dbus_message_get_interface(message)),
                member=_word(library.dbus_message_get_member(message)),
                signature=_word(library.dbus_message_get_signature(message)),
                arguments=self._arguments(message),
                serial=library.dbus_message_get_serial(message),
                answers=library.dbus_message_get_reply_serial(message),
            )
        finally:
            library.dbus_message_unref(message)

    def _arguments(self, message: int) -> tuple[Any, ...]:
        place = libdbus.Iterator()
        if not self._library.dbus_message_iter_init(message, byref(place)):
            return ()
        return tuple(self._read(place))

    def _read(self, place: libdbus.Iterator) -> Iterator[Any]:
        while kind := self._library.dbus_message_iter_get_arg_type(byref(place)):
            yield self._read_one(place, chr(kind))
            self._library.dbus_message_iter_next(byref(place))

    def _read_one(self, place: libdbus.Iterator, kind: str) -> Any:
        if kind in "arve{":
            inner = libdbus.Iterator()
            self._library.dbus_message_iter_recurse(byref(place), byref(inner))
            return tuple(self._read(inner))
        room = ctypes.create_string_buffer(8)
        self._library.dbus_message_iter_get_basic(byref(place), room)
        if kind in "sog":
            return (ctypes.cast(c_void_p.from_buffer(room), c_char_p).value or b"").decode("utf-8", "replace")
        number = struct.unpack_from(_FORMS[kind], room.raw)[0]
        return bool(number) if kind == "b" else number

    def _text(self, error: libdbus.Error) -> str:
        text = (error.message or b"").decode("utf-8", "replace")
        self._library.dbus_error_free(byref(error))
        return text


def session_address() -> str:
    """Where the session bus is; empty if there is none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address or not hasattr(os, "getuid"):
        return address
    path = f"/run/user/{os.getuid()}/bus"
    return f"unix:path={path}" if os.path.exists(path) else ""  # noqa: PTH110 - nothing else of pathlib is needed


def _word(text: bytes | None) -> str:
    return (text or b"").decode("utf-8", "replace")


def _types(signature: str) -> Iterator[str]:
    """The single complete types of a signature: "ia(si)" is "i" and "a(si)"."""
    at = 0
    while at < len(signature):
        begin = at
        while signature[at] == "a":
            at += 1
        depth = 0
        while True:
            depth += (signature[at] == "(") - (signature[at] == ")")
            at += 1
            if not depth:
                break
        yield signature[begin:at]
