"""Entries on their way to a colleague: their JSON form, and reading it without trusting it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, TypeVar

from desktop.notebook.errors import NotebookError
from desktop.notebook.model import (
    CONTEXT,
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
from desktop.notebook.rows import storable

FORMAT = "policy-desk-notes"
VERSION = 2
"""Raised when an older program could no longer read what is written without losing some of it.

A packet is written in the first version that has all kinds of its entries, so that older programs refuse no other.
"""
NAMELESS = "未署名"
"""Whose entries they are where the exporter gave no name: empty would make them the importer's own."""

MOST_BYTES = 32_000_000
"""Some 30,000 entries. What is larger is no notebook of a person's, or was made to fill a memory."""
MOST_VALUES = 2_000_000
"""Commas and brackets in the JSON: each may be a value that takes 100 bytes of memory."""
MOST_CHARACTERS = 1_000_000
"""In one text. SQLite would take more, but no view could lay it out."""
MOST_TAGS, _MOST_TAG = 1_000, 1_000
"""Tags of one note, or notes of one agenda item, and characters of one of them."""
_LARGEST = 2**31 - 1
"""Of a number: an offset or a position. SQLite refuses those of more than 64 bits."""
_MOST_NAME = 200
"""Characters of an id or a name."""

_UNHARMED = "什么也没有导入，已有的批注都在"
NOT_OURS = f"这不是政策案头导出的批注文件；{_UNHARMED}。请选择由“导出批注”得到的文件。"
DAMAGED = f"批注文件已损坏或不完整；{_UNHARMED}。请对方重新导出一份。"
NEWER = f"批注文件由更新版本的程序导出；{_UNHARMED}。请更新本程序后再导入。"
TOO_LARGE = f"批注文件太大，超过一个批注文件所能有的；{_UNHARMED}。请对方分开导出。"
LOCKED = f"批注文件加了密码；{_UNHARMED}。请对方不设密码再发一份。"

_TYPES: dict[str, type[Entry]] = {
    "note": Note,
    "bookmark": Bookmark,
    "highlight": Highlight,
    "meeting": Meeting,
    "agenda_item": AgendaItem,
    "action": Action,
    "progress": Progress,
}
_FIRST_VERSION_TYPES = ("note", "bookmark", "highlight")
_TYPE_NAMES = {kind: name for name, kind in _TYPES.items()}
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COMMON = ("id", "anchor", "created", "changed", "author", "deleted")
_USUAL: dict[str, tuple[Enum, str]] = {
    "kind": (NoteKind.GENERAL, "类别"),
    "color": (Color.YELLOW, "颜色"),
    "status": (Status.NOT_STARTED, "状态"),
}
"""Where there is a choice: what is taken for one that is not known, and what it is called."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?([+-]\d\d:\d\d|Z)?", re.ASCII)
_E = TypeVar("_E", bound=Enum)


class CannotImport(NotebookError):
    """A file that is no export of notes, or one that must not be read; nothing was taken from it."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What one export holds.

    ``author`` is who made it, ``exported`` when (ISO 8601 with offset), ``titles`` document id → title. Every entry
    has an author, and none is deleted. ``warnings`` says in whole sentences what was not taken as it stands.
    """

    author: str
    exported: str
    titles: Mapping[str, str]
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()


def as_bytes(packet: Packet) -> bytes:
    """The packet as JSON in UTF-8."""
    whole = {
        "format": FORMAT,
        "version": 1
        if all(_TYPE_NAMES[type(one)] in _FIRST_VERSION_TYPES for one in packet.entries)
        else VERSION,
        "author": packet.author,
        "exported": packet.exported,
        "documents": [{"id": one, "title": title} for one, title in packet.titles.items()],
        "entries": [as_json(entry) for entry in packet.entries],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return storable(text).encode()


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry with all its fields but whether it is deleted."""
    found: dict[str, Any] = {"type": _TYPE_NAMES[type(entry)]}
    for name in _names(type(entry)):
        found[name] = _plain(getattr(entry, name))
    found["anchor"] = {one.name: _plain(getattr(entry.anchor, one.name)) for one in fields(Anchor)}
    return found


def parse(data: bytes) -> Packet:
    """The packet that stands in JSON. Raises CannotImport; takes memory of a few times the bytes at most."""
    if len(data) > MOST_BYTES or sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise CannotImport(TOO_LARGE)
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CannotImport(DAMAGED) from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise CannotImport(NOT_OURS)
    version = whole.get("version")
    if isinstance(version, int) and version > VERSION:
        raise CannotImport(NEWER)
    try:
        return _Reading(whole).packet()
    except _Wrong as error:
        raise CannotImport(DAMAGED if not error.number else _wrong_entry(error.number)) from error


def _names(kind: type[Entry]) -> list[str]:
    return [one.name for one in fields(kind) if one.name not in ("anchor", "deleted")]


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _wrong_entry(number: int) -> str:
    return f"批注文件的第 {number} 条缺少内容或不合格式；{_UNHARMED}。请对方重新导出一份。"


class _Wrong(Exception):
    """A value that is missing or of the wrong kind; ``number`` is that of its entry, from 1."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(number)
        self.number = number


@dataclass
class _Reading:
    """One reading of a packet, and what had to be neutralised in it."""

    whole: Mapping[str, Any]
    strange: Counter[str] = field(default_factory=Counter)

    def packet(self) -> Packet:
        """The packet. Raises _Wrong."""
        if self.whole.get("version") not in range(1, VERSION + 1):
            raise _Wrong
        author = _text(self.whole, "author", _MOST_NAME).strip() or NAMELESS
        exported = _time(self.whole, "exported", "")
        if not exported:
            raise _Wrong
        titles = {
            _text(one, "id", _MOST_NAME): _text(one, "title", MOST_CHARACTERS)
            for one in map(_object, _list(self.whole, "documents"))
        }
        entries = tuple(self._entries(author, exported))
        return Packet(author, exported, titles, entries, tuple(self._warnings()))

    def _entries(self, author: str, exported: str) -> Iterable[Entry]:
        seen: set[str] = set()
        for number, source in enumerate(_list(self.whole, "entries"), 1):
            try:
                entry = self._entry(_object(source), author, exported)
            except _Wrong as error:
                raise _Wrong(number) from error
            if entry.id in seen:
                self.strange["编号重复，只取了第一条"] += 1
                continue
            seen.add(entry.id)
            yield entry

    def _entry(self, source: Mapping[str, Any], author: str, exported: str) -> Entry:
        own_id = _text(source, "id", _MOST_NAME)
        if not _ID.fullmatch(own_id):
            raise _Wrong
        anchor = _anchor(_object(source.get("anchor")))
        created = _time(source, "created", exported)
        changed = _time(source, "changed", created)
        author = _text(source, "author", _MOST_NAME).strip() or author
        kind = self._type(source)
        own = {
            one.name: self._value(source, one.name, created)
            for one in fields(kind)
            if one.name not in _COMMON
        }
        made: Entry = kind(id=own_id, anchor=anchor, created=created, changed=changed, author=author, **own)
        return made

    def _type(self, source: Mapping[str, Any]) -> type[Any]:
        name = source.get("type")
        if not isinstance(name, str) or name not in _TYPES:
            raise _Wrong
        if self.whole["version"] == 1 and name not in _FIRST_VERSION_TYPES:
            raise _Wrong
        return _TYPES[name]

    def _value(self, source: Mapping[str, Any], name: str, created: str) -> Any:
        """One of the values that not all kinds of entries have."""
        match name:
            case "kind" | "color" | "status":
                return self._choice(source, name)
            case "pinned" | "archived" | "is_open":
                return _flag(source, name)
            case "position":
                return _number(source, name)
            case "tags":
                return _words(source, name)
            case "notes":
                return tuple(filter(_ID.fullmatch, _words(source, name)))
            case "meeting" | "action" | "carried_from":
                # Even an entry without its whole is worth having.
                text = _text(source, name, MOST_CHARACTERS)
                return text if _ID.fullmatch(text) else ""
            case "day":
                day = _text(source, name, _MOST_NAME)
                return day if _DAY.fullmatch(day) else created[:10]
        return _text(source, name, MOST_CHARACTERS)

    def _choice(self, source: Mapping[str, Any], name: str) -> Enum:
        usual, told = _USUAL[name]
        found = _one_of(type(usual), source.get(name))
        if found is None:
            self.strange[f"{told}本程序不认识，记作“{usual.value}”"] += 1
        return found or usual

    def _warnings(self) -> Iterable[str]:
        return (f"有 {count} 条的{what}。" for what, count in self.strange.items())


def _anchor(source: Mapping[str, Any]) -> Anchor:
    reach = _one_of(Reach, source.get("reach"))
    document = _text(source, "document", _MOST_NAME)
    if reach is None or not document:
        raise _Wrong
    measure, last = (_text(source, name, 2 * _MOST_NAME) for name in ("measure", "last"))
    quote, before, after = (_text(source, name, MOST_CHARACTERS) for name in ("quote", "before", "after"))
    start, end = _number(source, "start"), _number(source, "end")
    return Anchor(document, reach, measure, last, start, end, quote, before[-CONTEXT:], after[:CONTEXT])


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong
    return value


def _list(source: Mapping[str, Any], name: str) -> list[Any]:
    value = source.get(name)
    if not isinstance(value, list):
        raise _Wrong
    return value


def _text(source: Mapping[str, Any], name: str, most: int) -> str:
    value = source.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise _Wrong
    return storable(value)


def _number(source: Mapping[str, Any], name: str) -> int:
    value = source.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise _Wrong
    return value


def _flag(source: Mapping[str, Any], name: str) -> bool:
    value = source.get(name)
    if not isinstance(value, bool):
        raise _Wrong
    return value


def _time(source: Mapping[str, Any], name: str, otherwise: str) -> str:
    """A time in ISO 8601; another where it is none, for no entry is worth losing over its time."""
    value = _text(source, name, _MOST_NAME)
    return value if _TIME.fullmatch(value) else otherwise


def _words(source: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = _list(source, name)
    if len(found) > MOST_TAGS or not all(isinstance(tag, str) and len(tag) <= _MOST_TAG for tag in found):
        raise _Wrong
    return tuple(map(storable, found))


def _one_of(kind: type[_E], value: object) -> _E | None:
    return next((one for one in kind if one.value == value), None)
