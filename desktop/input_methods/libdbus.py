"""libdbus by its functions' names: what each takes and gives."""

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_uint, c_void_p
from functools import lru_cache
from typing import Any

NAME = "libdbus-1.so.3"


class Iterator(ctypes.Structure):
    """DBusMessageIter: no smaller than it ever was."""

    _fields_ = (("opaque", c_void_p * 16),)


class Error(ctypes.Structure):
    """DBusError."""

    _fields_ = (("name", c_char_p), ("message", c_char_p), ("bits", c_uint), ("padding", c_void_p))


@lru_cache(maxsize=1)
def load() -> Any:
    """The library, which Qt has loaded already where there is a desktop; raises OSError without it."""
    library: Any = ctypes.CDLL(NAME)
    for name, result, parameters in _FUNCTIONS:
        function = getattr(library, name)
        function.restype, function.argtypes = result, parameters
    return library


_Out = c_void_p
_FUNCTIONS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("dbus_error_init", None, (_Out,)),
    ("dbus_error_free", None, (_Out,)),
    ("dbus_connection_open_private", c_void_p, (c_char_p, _Out)),
    ("dbus_bus_register", c_uint, (c_void_p, _Out)),
    ("dbus_bus_add_match", None, (c_void_p, c_char_p, _Out)),
    ("dbus_bus_remove_match", None, (c_void_p, c_char_p, _Out)),
    ("dbus_connection_set_exit_on_disconnect", None, (c_void_p, c_uint)),
    ("dbus_connection_get_unix_fd", c_uint, (c_void_p, POINTER(c_int))),
    ("dbus_connection_get_is_connected", c_uint, (c_void_p,)),
    ("dbus_connection_close", None, (c_void_p,)),
    ("dbus_connection_unref", None, (c_void_p,)),
    ("dbus_connection_read_write", c_uint, (c_void_p, c_int)),
    ("dbus_connection_pop_message", c_void_p, (c_void_p,)),
    ("dbus_connection_send", c_uint, (c_void_p, c_void_p, POINTER(c_uint))),
    ("dbus_connection_flush", None, (c_void_p,)),
    ("dbus_connection_send_with_reply_and_block", c_void_p, (c_void_p, c_void_p, c_int, _Out)),
    ("dbus_message_new", c_void_p, (c_int,)),
    ("dbus_message_new_method_call", c_void_p, (c_char_p, c_char_p, c_char_p, c_char_p)),
    ("dbus_message_new_signal", c_void_p, (c_char_p, c_char_p, c_char_p)),
    ("dbus_message_set_no_reply", None, (c_void_p, c_uint)),
    ("dbus_message_set_destination", c_uint, (c_void_p, c_char_p)),
    ("dbus_message_set_reply_serial", c_uint, (c_void_p, c_uint)),
    ("dbus_message_get_type", c_int, (c_void_p,)),
    ("dbus_message_get_sender", c_char_p, (c_void_p,)),
    ("dbus_message_get_path", c_char_p, (c_void_p,)),
    ("dbus_message_get_interface", c_char_p, (c_void_p,)),
    ("dbus_message_get_member", c_char_p, (c_void_p,)),
    ("dbus_message_get_signature", c_char_p, (c_void_p,)),
    ("dbus_message_get_serial", c_uint, (c_void_p,)),
    ("dbus_message_get_reply_serial", c_uint, (c_void_p,)),
    ("dbus_message_unref", None, (c_void_p,)),
    ("dbus_message_iter_init", c_uint, (c_void_p, _Out)),
    ("dbus_message_iter_next", c_uint, (_Out,)),
    ("dbus_message_iter_recurse", None, (_Out, _Out)),
    ("dbus_message_iter_get_arg_type", c_int, (_Out,)),
    ("dbus_message_iter_get_basic", None, (_Out, _Out)),
    ("dbus_message_iter_init_append", None, (c_void_p, _Out)),
    ("dbus_message_iter_append_basic", c_uint, (_Out, c_int, _Out)),
    ("dbus_message_iter_open_container", c_uint, (_Out, c_int, c_char_p, _Out)),
    ("dbus_message_iter_close_container", c_uint, (_Out, _Out)),
)
