"""Entries as rows of their tables, and back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields, replace
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast
from zlib import crc32

from desktop.notebook.model import (
    Action,
    AgendaItem,
    Anchor,
    Bookmark,
    Color,
    Entry,
    Highlight,
    Meeting,
    Note,
    NoteKind,
    Progress,
    Reach,
    Status,
)

TABLES: dict[type, str] = {
    Note: "note",
    Bookmark: "bookmark",
    Highlight: "highlight",
    Meeting: "meeting",
    AgendaItem: "agenda_item",
    Action: "ledger_row",
    Progress: "progress",
}
"""Kind of entry → its table."""

_E = TypeVar("_E", bound=Entry)
DIGEST = "digest"
"""The last column of every table: what ``digest`` gives for the others. SQLite itself notices no wrong character."""

_ANCHOR = tuple(field.name for field in fields(Anchor))


def columns(kind: type) -> tuple[str, ...]:
    """The columns of a kind of entry but for the digest, in the order of ``values``; the first is its id."""
    own = [field.name for field in fields(kind) if field.name != "anchor"]
    return (own[0], *_ANCHOR, *own[1:])


def values(entry: Entry) -> tuple[object, ...]:
    """What stands in the columns for an entry."""
    own = [getattr(entry, field.name) for field in fields(entry) if field.name != "anchor"]
    return tuple(_stored(value) for value in (own[0], *_anchor_values(entry.anchor), *own[1:]))


def entry(kind: type, row: tuple[Any, ...]) -> Entry:
    """The entry that stands in a row. Raises ValueError if a column holds what no entry has."""
    document, reach, *others = row[1 : 1 + len(_ANCHOR)]
    own = list(row[1 + len(_ANCHOR) :])
    for at, read in _readers(kind):
        own[at] = read(own[at])
    return cast(Entry, kind(row[0], Anchor(document, Reach(reach), *others), *own))


@cache
def _readers(kind: type) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Which of the columns after the anchor's hold something else than a text or a number, and how to read them."""
    own = columns(kind)[1 + len(_ANCHOR) :]
    return tuple((at, READERS[name]) for at, name in enumerate(own) if name in READERS)


def checked_entry(kind: type, row: tuple[Any, ...]) -> Entry:
    """The entry that stands in a row with its digest. Raises ValueError also if it is not as it was written."""
    values = row[:-1]
    if digest(values) != row[-1]:
        raise ValueError(values[0])
    return entry(kind, values)


def digest(values: Sequence[object]) -> int:
    """A number that tells whether the values of a row are still those that were written (CRC-32)."""
    return crc32("\0".join(map(str, values)).encode("utf-8", "surrogatepass"))


def _anchor_values(anchor: Anchor) -> tuple[object, ...]:
    return astuple(anchor)


def _stored(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case bool():
            return int(value)
        case tuple():
            return storable(json.dumps(value, ensure_ascii=False))
        case str():
            return storable(value)
    return value


def storable(text: str) -> str:
    """The words as a file can hold them: half a surrogate pair, which some input methods leave, is a ?."""
    return text.encode("utf-8", "replace").decode("utf-8")


def held(entry: _E) -> _E:
    """The entry as it will be read back: see ``storable``."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    kept = {name: _held(value) for name, value in values.items()}
    return entry if kept == values else replace(entry, **kept)


def _held(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    return tuple(map(storable, value)) if isinstance(value, tuple) else value


def _words(text: str) -> tuple[str, ...]:
    found = json.loads(text) if text != "[]" else ()
    return tuple(str(word) for word in found) if isinstance(found, list) else ()


READERS: dict[str, Callable[[Any], Any]] = {
    "kind": NoteKind,
    "tags": _words,
    "pinned": bool,
    "color": Color,
    "archived": bool,
    "notes": _words,
    "is_open": bool,
    "status": Status,
}
"""Column → what makes its value of what stands there; a name means the same in every table."""
