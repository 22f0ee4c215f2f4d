"""Entries as rows of their tables, and back."""

import json
from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from typing import Any, TypeVar
from zlib import crc32

from desktop.notebook.model import Anchor, Bookmark, Color, Entry, Highlight, Note, NoteKind, Reach

TABLES: dict[type, str] = {Note: "note", Bookmark: "bookmark", Highlight: "highlight"}
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
    head, body, rest = row[0], row[1 : 1 + len(_ANCHOR)], row[1 + len(_ANCHOR) :]
    document, reach, *others = body
    anchor = Anchor(document, Reach(reach), *others)
    if kind is Note:
        text, created, changed, note_kind, tags, pinned, author, deleted = rest
        return Note(
            head,
            anchor,
            text,
            created,
            changed,
            NoteKind(note_kind),
            _tags(tags),
            bool(pinned),
            author,
            deleted,
        )
    if kind is Bookmark:
        return Bookmark(head, anchor, *rest)
    created, changed, color, author, deleted = rest
    return Highlight(head, anchor, created, changed, Color(color), author, deleted)


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
        case Reach() | NoteKind() | Color():
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


def _tags(text: str) -> tuple[str, ...]:
    found = json.loads(text) if text != "[]" else ()
    return tuple(str(tag) for tag in found) if isinstance(found, list) else ()
