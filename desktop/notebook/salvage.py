"""Reading what can still be read in a damaged notebook, page by page, whatever the damage.

Format: https://www.sqlite.org/fileformat2.html, sections 1.5 and 1.6 (b-tree pages), 2.1 (records), 4.1 (the WAL). Pages
are not sought through the damaged tree: each that can be a leaf of a table is read, and a row belongs to the table whose
columns it fits best, in number and in the types of its values. What the digest of a row confirms is certain.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from desktop.notebook import rows
from desktop.notebook.model import Color, Entry, NoteKind, Reach, Status
from desktop.notebook.schema import VERSION, Columns, migrate, tables

_MAGIC = b"SQLite format 3\0"
_USUAL_PAGE = 4096
_PAGE_SIZES = tuple(1 << power for power in range(9, 17))
_WAL_HEADER, _FRAME_HEADER = 32, 24
_MOST_CELLS = 4096
_MOST_BYTES = 20_000_000
"""Of one row; more is a length that has been damaged."""
_TYPES = {"TEXT": str, "INTEGER": int}
"""Type of a column → that of the values read from it."""
_NUMBERS = frozenset(("start", "end", "position", "pinned", "archived", "is_open"))
_ID_LETTERS = frozenset(ascii_letters + digits + "_-")
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Found:
    """An entry found in a damaged file; ``is_certain`` if it is just as it was written."""

    entry: Entry
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that fits a table of some version of the notebook; ``number`` is its rowid, which grows with its age, and
    ``is_exact`` says whether its values are all of the types of their columns, as in what SQLite has written.
    """

    number: int
    version: int
    table: str
    values: tuple[Any, ...]
    is_exact: bool


def salvage(path: Path) -> list[Found]:
    """The entries that can be read in a notebook's file and the write-ahead log beside it.

    Each id is given once: as the log has it rather than the file, and certain ones rather than others; of each kind the
    oldest first. Raises OSError.
    """
    data = path.read_bytes() if path.exists() else b""
    log = path.with_name(path.name + "-wal")
    wal = log.read_bytes() if log.exists() else b""
    sizes = dict.fromkeys((_page_size(data), _USUAL_PAGE))
    return max((_entries(_read(data, wal, size)) for size in sizes), key=len)


def log_is_broken(path: Path) -> bool:
    """Whether the log beside a notebook has transactions behind a break, which SQLite would pass over in silence.

    A log that merely ends in the middle of one is what a crash leaves. Raises OSError.
    """
    log = path.with_name(path.name + "-wal")
    if not log.exists():
        return False
    frames = _frames(log.read_bytes())
    if any(frame.is_commit and not frame.is_sound for frame in frames):
        return True
    wrong = next((frame for frame in frames if not frame.is_sound), None)
    if wrong is None:
        return False
    pages = path.stat().st_size // len(wrong.page) if path.exists() else 0
    return _hides_an_end(wrong, max(pages, *(frame.number for frame in frames)))


def forbids_writing(path: Path) -> bool:
    """Whether the header says that the file is only to be read: SQLite obeys, but nobody has ever written that.

    Raises OSError.
    """
    with path.open("rb") as file:
        header = file.read(100)
    return header.startswith(_MAGIC) and header[18] not in (1, 2)


def has_log(path: Path) -> bool:
    """Whether there are changes in the log beside a notebook. Raises OSError."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > _WAL_HEADER


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page in the log. It is sound while the running checksum is right, and those after a wrong one are not.

    ``sums`` are the checksum up to it; ``order`` is that of the bytes it is made of.
    """

    head: bytes
    page: bytes
    is_sound: bool
    sums: tuple[int, int]
    order: str

    @property
    def number(self) -> int:
        return int.from_bytes(self.head[:4], "big")

    @property
    def is_commit(self) -> bool:
        return any(self.head[4:8])


def _frames(data: bytes) -> list[_Frame]:
    """The complete frames of a log's present generation; those of generations before lie behind them."""
    if len(data) < _WAL_HEADER + _FRAME_HEADER:
        return []
    order = "big" if data[3] & 1 else "little"
    sums = _sum(data[:24], (0, 0), order)
    is_sound = sums == _sums_at(data, 24)
    size = int.from_bytes(data[8:12], "big") if is_sound else _USUAL_PAGE
    salt = data[16:24] if is_sound else data[_WAL_HEADER + 8 : _WAL_HEADER + 16]
    frames = []
    for at in range(_WAL_HEADER, len(data) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        head, page = data[at : at + _FRAME_HEADER], data[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        # Another generation differs in both halves of its salt.
        if head[8:12] != salt[:4] and head[12:16] != salt[4:]:
            is_sound = False
            continue
        before, sums = sums, _sum(page, _sum(head[:8], sums, order), order)
        is_sound = is_sound and head[8:16] == salt and sums == _sums_at(head, 16)
        frames.append(_Frame(head, page, is_sound, before, order))
    return frames


def _sums_at(data: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(data[at : at + 4], "big"), int.from_bytes(data[at + 4 : at + 8], "big")


def _hides_an_end(frame: _Frame, most_pages: int) -> bool:
    """Whether a wrong frame is right once it ends a transaction, which says how many pages the file then has."""
    return any(
        _sum(
            frame.page, _sum(frame.head[:4] + pages.to_bytes(4, "big"), frame.sums, frame.order), frame.order
        )
        == _sums_at(frame.head, 16)
        for pages in range(1, most_pages + 2)
    )


def _sum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """The checksum of the log (file format, section 4.2)."""
    from array import array
    from sys import byteorder

    words = array("I", data)
    if order != byteorder:
        words.byteswap()
    one, two = sums
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two


def _page_size(data: bytes) -> int:
    size = int.from_bytes(data[16:18], "big") if data.startswith(_MAGIC) else 0
    size = 65536 if size == 1 else size
    return size if size in _PAGE_SIZES else _USUAL_PAGE


def _read(data: bytes, wal: bytes, size: int) -> Iterator[_Row]:
    """All rows, those behind a break in the log last, in its order.

    What SQLite still takes from the log has replaced pages of the file; what is behind a break only may have.
    """
    pages = {at // size + 1: data[at : at + size].ljust(size, b"\0") for at in range(0, len(data), size)}
    frames = [frame for frame in _frames(wal) if len(frame.page) == size]
    ends = [number for number, frame in enumerate(frames, 1) if frame.is_commit]
    sound = max((end for end in ends if frames[end - 1].is_sound), default=0)
    pages |= {frame.number: frame.page for frame in frames[:sound]}
    for number in pages:
        yield from _rows(pages, number)
    for start, end in pairwise([sound, *(end for end in ends if end > sound)]):
        changed = {frame.number: frame.page for frame in frames[start:end]}
        pages |= changed
        for number in changed:
            yield from _rows(pages, number)


def _rows(pages: Mapping[int, bytes], number: int) -> Iterator[_Row]:
    """The rows of a page, if it is a leaf of a table."""
    page = pages[number]
    start = 100 if number == 1 else 0
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    if count > _MOST_CELLS:
        return
    for at in range(start + 8, start + 8 + 2 * count, 2):
        # Whatever stands there instead of a row: it is no row.
        with suppress(IndexError, KeyError, ValueError):
            row_id, payload = _cell(pages, page, int.from_bytes(page[at : at + 2], "big"))
            values = _record(payload)
            if isinstance(values[0], str):
                for (version, table), misfits in _fitting(values):
                    yield _Row(row_id, version, table, values, not misfits)


def _cell(pages: Mapping[int, bytes], page: bytes, at: int) -> tuple[int, bytes]:
    """The number and the bytes of a row, those on overflow pages too. Raises IndexError, KeyError, ValueError if it is none."""
    length, at = _varint(page, at)
    row_id, at = _varint(page, at)
    if not 0 < length <= _MOST_BYTES:
        raise ValueError(length)
    usable = len(page)
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    if length <= most:
        return row_id, page[at : at + length]
    local = least + (length - least) % (usable - 4)
    local = local if local <= most else least
    pieces = [page[at : at + local]]
    left, following = length - local, int.from_bytes(page[at + local : at + local + 4], "big")
    while left > 0:
        overflow = pages[following]
        pieces.append(overflow[4 : 4 + min(left, usable - 4)])
        left -= usable - 4
        following = int.from_bytes(overflow[:4], "big")
    return row_id, b"".join(pieces)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at + count + 1
    raise IndexError(at)


def _record(payload: bytes) -> tuple[Any, ...]:
    """The values of a row. Raises IndexError, ValueError where it cannot be one of ours."""
    end, at = _varint(payload, 0)
    types = []
    while at < end:
        kind, at = _varint(payload, at)
        types.append(kind)
    values: list[Any] = []
    for kind in types:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at > len(payload):
        raise ValueError(at)
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind >= 13 and kind % 2:
        end = at + (kind - 13) // 2
        return payload[at:end].decode("utf-8", "replace"), end
    if kind in (8, 9):
        return kind - 8, at
    if 1 <= kind <= 6:
        end = at + (1, 2, 3, 4, 6, 8)[kind - 1]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    raise ValueError(kind)


@cache
def _shapes() -> Mapping[tuple[int, str], Columns]:
    """The columns of each table in the order they are stored in; of versions with the same ones only the newest."""
    found: dict[tuple[int, str], Columns] = {}
    for version in range(VERSION, 0, -1):
        for table, columns in tables(version).items():
            if list(columns) not in [list(known) for (_, name), known in found.items() if name == table]:
                found[version, table] = columns
    return found


def _fitting(values: Sequence[Any]) -> list[tuple[tuple[int, str], int]]:
    """The tables that a row may be of, and how many of its values are of another type than is theirs.

    Some tables have equally many columns; of those the ones that fit best are given.
    """
    found = [
        (
            key,
            sum(
                _TYPES[type_name] is not type(value)
                for type_name, value in zip(columns.values(), values, strict=True)
            ),
        )
        for key, columns in _shapes().items()
        if len(columns) == len(values)
    ]
    least = min((misfits for _, misfits in found), default=0)
    return [one for one in found if one[1] == least]


def _entries(found: Iterable[_Row]) -> list[Found]:
    kept: dict[str, tuple[int, Found]] = {}
    for row in found:
        with suppress(ValueError, TypeError):
            one = _entry(row)
            known = kept.get(one.entry.id)
            if known is None or one.is_certain >= known[1].is_certain:
                kept[one.entry.id] = row.number, one
    return [one for _, one in sorted(kept.values(), key=lambda numbered: numbered[0])]


def _entry(row: _Row) -> Found:
    """The entry in a row, with plain values where they are none that an entry has.

    Raises ValueError, TypeError where too little of an entry is there.
    """
    kind = next(kind for kind, table in rows.TABLES.items() if table == row.table)
    values = dict(zip(_shapes()[row.version, row.table], row.values, strict=True))
    if row.version < VERSION:
        values = _brought_up_to_date(row)
    ordered = tuple(values[column] for column in rows.columns(kind))
    # Rows of other columns have just been given a new digest, made of whatever stands in them.
    if row.version == VERSION and row.is_exact and rows.digest(ordered) == values[rows.DIGEST]:
        return Found(rows.entry(kind, ordered), True)
    return Found(rows.entry(kind, _mended(rows.columns(kind), ordered)), False)


def _brought_up_to_date(row: _Row) -> dict[str, Any]:
    columns = _shapes()[row.version, row.table]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, row.version)
        try:
            marks = ", ".join("?" for _ in columns)
            connection.execute(f"INSERT INTO {row.table} ({', '.join(columns)}) VALUES ({marks})", row.values)
        except sqlite3.Error as error:
            raise ValueError(row.table) from error
        migrate(connection)
        newest = tables(VERSION)[row.table]
        found = connection.execute(f"SELECT {', '.join(newest)} FROM {row.table}").fetchone()
    return dict(zip(newest, found, strict=True))


def _mended(columns: Sequence[str], values: Sequence[Any]) -> tuple[Any, ...]:
    """Values of a damaged row as an entry can have them. Raises ValueError without anything like an id."""
    named = dict(zip(columns, values, strict=True))
    named["id"] = _mended_id(named["id"], values)
    for column, kinds, usual in (
        ("reach", Reach, Reach.MEASURE),
        ("kind", NoteKind, NoteKind.GENERAL),
        ("color", Color, Color.YELLOW),
        ("status", Status, Status.NOT_STARTED),
    ):
        if column in named and named[column] not in [one.value for one in kinds]:
            named[column] = usual.value
    for column in ("tags", "notes"):
        if column in named and not _is_json_list(named[column]):
            named[column] = "[]"
    for column, value in named.items():
        if column in _NUMBERS:
            named[column] = value if isinstance(value, int) else 0
        else:
            named[column] = str(value)
    return tuple(named[column] for column in columns)


def _mended_id(text: str, values: Sequence[Any]) -> str:
    """An id as it stands, or one made of the values where letters of it are wrong."""
    right = sum(letter in _ID_LETTERS for letter in text)
    if not text or right < len(text) / 2:
        raise ValueError(text)
    if right == len(text) <= _LONGEST_ID:
        return text
    return sha256("\0".join(map(str, values)).encode()).hexdigest()[:32]


def _is_json_list(text: Any) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, TypeError, RecursionError):
        return False
