"""导出批注、导入批注: one file for a colleague, holding the entries as JSON and the same as a page for any browser.

It is a plain .zip: who does not have the program opens it and reads the page.
"""

import io
import os
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from content.errors import reason
from content.model import Document
from desktop.notebook import packet as packets
from desktop.notebook.errors import NotebookError
from desktop.notebook.exchange_page import page
from desktop.notebook.model import Entry
from desktop.notebook.packet import CannotImport, Packet

SUFFIX = ".zip"
JSON_NAME = "notebook.json"
PAGE_NAME = "批注.html"
MOST_PACKED_BYTES = 32_000_000
"""Of the whole file, which holds the entries twice, packed to a fifth or less."""
_MOST_AT_ONCE = 128 * 1024
"""Bytes read from the file in one go. The list of what is in a zip is read so: it can name some 2,000 files, not
the millions that would fill a memory."""
_PLAINLY_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Other ways may ask for gigabytes to unpack anything at all."""
_IS_ENCRYPTED = 0x1


class CannotExport(NotebookError):
    """The notes could not be written to a file; what stood there before is whole."""


def export(
    documents: Sequence[Document], entries: Iterable[Entry], target: Path, author: str, now: datetime
) -> int:
    """Write all entries that are in use to a file, and give how many they are.

    ``documents`` are those whose text is at hand; ``author`` is the exporter's name, by which entries without one will
    be known. Written beside, read back, and renamed. Raises CannotExport; then nothing has changed.
    """
    packet = _packed(documents, entries, author, now)
    try:
        temporary = target.with_name(f".{os.urandom(8).hex()}.tmp")
        try:
            _write(temporary, packet, page(documents, packet), now)
            if [one.id for one in read(temporary).entries] != [one.id for one in packet.entries]:
                raise CannotExport(_failed(target, "写出的内容与笔记本不一致"))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise CannotExport(_failed(target, reason(error))) from error
    except ValueError as error:  # a path without a name, or with a NUL in it
        raise CannotExport(_failed(target, "这不是文件名")) from error
    except CannotImport as error:
        raise CannotExport(_failed(target, "内容太多或太长，一个文件放不下")) from error
    return len(packet.entries)


def read(source: Path) -> Packet:
    """What an export holds. Raises CannotImport.

    The file is not trusted: nothing is unpacked to disk, one member is read, and no more of it than
    ``packet.MOST_BYTES``.
    """
    try:
        if not source.is_file():
            raise CannotImport(_unreadable(source, "找不到文件"))
        if source.stat().st_size > MOST_PACKED_BYTES:
            raise CannotImport(packets.TOO_LARGE)
        with _Sips(source) as file, zipfile.ZipFile(file) as archive:
            return packets.parse(_member(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise CannotImport(packets.DAMAGED if _begins_as_zip(source) else packets.NOT_OURS) from error
    except OSError as error:
        raise CannotImport(_unreadable(source, reason(error))) from error


def suggested_name(author: str, now: datetime) -> str:
    """A file name for an export, of characters that every system takes: 批注_张三_20261124.zip."""
    words = "".join(letter for letter in author if letter.isalnum())[:20]
    return "_".join(filter(None, ("批注", words, f"{now:%Y%m%d}"))) + SUFFIX


def _packed(documents: Sequence[Document], entries: Iterable[Entry], author: str, now: datetime) -> Packet:
    name = author.strip() or packets.NAMELESS
    used = tuple(replace(one, author=one.author or name) for one in entries if not one.deleted)
    about = {one.anchor.document for one in used}
    titles = {document.id: document.title for document in documents if document.id in about}
    return Packet(name, now.astimezone().isoformat(timespec="seconds"), titles, used)


def _write(path: Path, packet: Packet, html: str, now: datetime) -> None:
    moment = now.timetuple()[:6]
    with path.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in ((JSON_NAME, packets.as_bytes(packet)), (PAGE_NAME, html.encode())):
                archive.writestr(zipfile.ZipInfo(name, moment), data, zipfile.ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())


def _member(archive: zipfile.ZipFile) -> bytes:
    try:
        info = archive.getinfo(JSON_NAME)
    except KeyError as error:
        raise CannotImport(packets.NOT_OURS) from error
    if info.flag_bits & _IS_ENCRYPTED:
        raise CannotImport(packets.LOCKED)
    if info.compress_type not in _PLAINLY_PACKED:
        raise CannotImport(packets.NOT_OURS)
    if info.file_size > packets.MOST_BYTES:
        raise CannotImport(packets.TOO_LARGE)
    pieces = []
    with archive.open(info) as member:  # gives no more than the size it names, whatever is packed in it
        while piece := member.read(_MOST_AT_ONCE):
            pieces.append(piece)
    return b"".join(pieces)


def _begins_as_zip(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(2) == b"PK"


class _Sips(io.FileIO):
    """A file that refuses to give much at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises BadZipFile when asked for too many."""
        wanted = os.fstat(self.fileno()).st_size - self.tell() if size is None or size < 0 else size
        if wanted > _MOST_AT_ONCE:
            raise zipfile.BadZipFile("a list of members that is too long")
        return super().read(wanted)


def _failed(target: Path, why: str) -> str:
    return f"批注没有导出到 {target}：{why}；原有的文件和批注都在。请换一个位置，或处理后再试。"


def _unreadable(source: Path, why: str) -> str:
    return f"{source} 读不出来：{why}；什么也没有导入，已有的批注都在。请检查路径和权限。"
