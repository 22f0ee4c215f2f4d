"""Looking at an .xlsx before anything parses it: what is too much, or no workbook, is refused.

The file is not trusted: nothing is unpacked to disk, and no member is read further than the size it names.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from content.errors import reason
from desktop.export.errors import CannotReadTable

MOST_PACKED_BYTES = 16_000_000
MOST_BYTES = 64_000_000
"""Unpacked, of all members together. A ledger of 2,000 rows has 2 million."""
MOST_RATIO = 200
"""Unpacked to packed, of a member of more than ``_SMALL`` bytes; tables of real words stay below 60."""
_SMALL = 1_000_000
_MOST_MEMBERS = 1_000
_MOST_TABLE_TAGS = 3_000_000
_MOST_OTHER_TAGS = 150_000
"""Tags of XML: each of a table's rows and cells takes some 100 bytes of memory for a moment, each of the others, such as
those of joined cells, up to 1,000 for long.
"""
_TABLE_TAG = re.compile(rb"</?(?:\w{1,32}:)?(?:row|c|v|f|is|si|t|r)[\s/>]")
_MOST_AT_ONCE = 128 * 1024
"""Bytes read in one go; with it the list of members cannot name some millions of them."""
_PLAINLY_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WORKBOOK = "xl/workbook.xml"
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
_ENTITIES = tuple(word.encode(code) for word in _DECLARATIONS for code in ("ascii", "utf-16-le", "utf-16-be"))

_UNHARMED = "什么也没有导入，已有的台账都在"
NOT_A_TABLE = f"这不是 Excel 工作簿（.xlsx）；{_UNHARMED}。请在 Excel 或 WPS 中另存为 .xlsx 再导入。"
OLD_OR_LOCKED = f"这是旧版 .xls、.et 或加了密码的文件；{_UNHARMED}。请另存为不加密码的 .xlsx 再导入。"
DAMAGED = f"工作簿已损坏或不完整；{_UNHARMED}。请重新打开并另存一份再导入。"
TOO_LARGE = f"工作簿太大，超过一份台账所能有的；{_UNHARMED}。请只留下台账所在的表，删去多余的行和格式再导入。"
SUSPICIOUS = f"工作簿中有台账不该有的内容，可能是用来损害程序的；{_UNHARMED}。请向发来文件的人核实。"


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that may be parsed, as its bytes: what stands in the folder could be another by now."""

    name: str
    data: bytes


def check(source: Path) -> Checked:
    """Read a file that may be a workbook. Raises CannotReadTable."""
    try:
        if not source.is_file():
            raise CannotReadTable(_unreadable(source, "找不到文件"))
        size = source.stat().st_size
        if size > MOST_PACKED_BYTES:
            raise CannotReadTable(TOO_LARGE)
        with source.open("rb") as file:
            data = file.read(size)
    except OSError as error:
        raise CannotReadTable(_unreadable(source, reason(error))) from error
    except ValueError as error:  # a path with a NUL in it
        raise CannotReadTable(_unreadable(source, "这不是文件名")) from error
    _look_into(data)
    return Checked(source.name, data)


def _look_into(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE):
        raise CannotReadTable(OLD_OR_LOCKED)
    if not data.startswith(b"PK"):
        raise CannotReadTable(NOT_A_TABLE)
    try:
        with zipfile.ZipFile(_Sips(data)) as archive:
            _look_at_members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise CannotReadTable(DAMAGED) from error


def _look_at_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise CannotReadTable(SUSPICIOUS)
    if len(names) > _MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise CannotReadTable(TOO_LARGE)
    for member in members:
        if member.flag_bits & _IS_ENCRYPTED:
            raise CannotReadTable(OLD_OR_LOCKED)
        if member.compress_type not in _PLAINLY_PACKED:
            raise CannotReadTable(NOT_A_TABLE)
        if member.file_size > max(_SMALL, MOST_RATIO * member.compress_size):
            raise CannotReadTable(SUSPICIOUS)
    if _WORKBOOK not in names:
        raise CannotReadTable(NOT_A_TABLE)
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _look_at_xml(archive, member)


def _look_at_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Count elements and refuse a document type: whoever declares entities wants something else than a table."""
    is_table = member.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))
    room, other_room = _MOST_TABLE_TAGS, _MOST_OTHER_TAGS
    kept = b""
    with archive.open(member) as file:
        while piece := file.read(_MOST_AT_ONCE):
            tags = piece.count(b"<")
            of_table = len(_TABLE_TAG.findall(piece)) if is_table else 0
            room, other_room = room - of_table, other_room - (tags - of_table)
            if room < 0 or other_room < 0:
                raise CannotReadTable(TOO_LARGE)
            around = kept + piece
            if any(word in around for word in _ENTITIES):
                raise CannotReadTable(SUSPICIOUS)
            kept = piece[-32:]


class _Sips(io.BytesIO):
    """Bytes that refuse to be given much at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises BadZipFile when asked for too many."""
        if size is None or size < 0:
            size = len(self.getbuffer()) - self.tell()
        if size > _MOST_AT_ONCE:
            raise zipfile.BadZipFile("a list of members that is too long")
        return super().read(size)


def _unreadable(source: Path, why: str) -> str:
    return f"{source} 读不出来：{why}；{_UNHARMED}。请检查路径和权限，并关闭正打开它的程序。"
