"""A file as received, read by its kind and understood as a document."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from content import markdown, printing
from content.errors import DamagedPolicy, UnreadableSource
from content.folding import fold
from content.importer import structure, webpage
from content.importer.decode import decode
from content.importer.front import Hints, front_matter
from content.importer.normalise import normalise
from content.importer.title import joined_titles
from content.importer.unwrap import Paragraph, paragraphs
from content.model import Document, Front

_NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Imported:
    """A document as understood from its source, and a Chinese sentence on each thing that was unsure."""

    document: Document
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Body:
    """The text that must survive, and what the file states besides."""

    text: str
    hints: Hints = _NO_HINTS


def import_file(path: Path, known: Front | None = None) -> Imported:
    """The document in a file. ``known`` is front matter that people have corrected: it wins over the text.

    Raises UnreadableSource.
    """
    return import_bytes(read_bytes(path), path, known)


def import_bytes(data: bytes, path: Path, known: Front | None = None) -> Imported:
    """The document in the bytes of a file with this name. Raises UnreadableSource."""
    reader = _reader(path)
    if reader is _markdown:
        text = decode(data, path.name)
        if text.lstrip().startswith("---"):
            return _policy(text, path, known)
    body = reader(data, path.name)
    return _understood(body, path, known)


def body_text(path: Path) -> str:
    """The text of a file that must survive its import: all of it, or a web page's body.

    Raises UnreadableSource.
    """
    return _reader(path)(read_bytes(path), path.name).text


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableSource."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSource(f"找不到 {path}；请检查文件名和路径。") from None
    except (IsADirectoryError, PermissionError) as error:
        if path.is_dir():
            raise UnreadableSource(f"{path} 是文件夹；请指定其中的文件。") from error
        raise UnreadableSource(f"{path} 没有读取权限；请检查权限，或另存一份后再导入。") from error
    except (OSError, ValueError) as error:
        raise UnreadableSource(f"{path} 读不出来；请检查文件是否完好。") from error


def _understood(body: _Body, path: Path, known: Front | None) -> Imported:
    found = [Paragraph(one.number, normalise(one.text)) for one in paragraphs(body.text)]
    found = [one for one in found if fold(one.text)]
    if not found:
        raise UnreadableSource(f"{path.name} 中没有可见的文字；请检查是否选错了文件。")
    found, titles = joined_titles(found, normalise(body.hints.title))
    draft, unsure = structure.build(found)
    front, missing = front_matter(found, titles, body.hints, path.stem, known)
    return Imported(draft.finish(front), (*missing, *unsure))


def _policy(text: str, path: Path, known: Front | None) -> Imported:
    try:
        document = markdown.read(text, path.name)
    except DamagedPolicy as error:
        raise UnreadableSource(str(error)) from error
    if known is None:
        return Imported(document)
    told = {entry.name: getattr(known, entry.name) for entry in fields(Front) if getattr(known, entry.name)}
    front = replace(document.front, **told)
    return Imported(markdown.read(markdown.write(replace(document, front=front)), path.name))


def _plain(data: bytes, name: str) -> _Body:
    return _Body(decode(data, name))


def _page(data: bytes, name: str) -> _Body:
    page = webpage.read(decode(data, name, webpage.declared_encoding(data)))
    if not fold(page.text):
        raise UnreadableSource(f"{name} 中没有找到正文；请把正文另存为纯文本（.txt）后再导入。")
    return _Body(page.text, page.hints)


def _markdown(data: bytes, name: str) -> _Body:
    text = decode(data, name)
    if not text.lstrip().startswith("---"):
        return _Body(re.sub(r"(?m)^#{1,6}[ \t]+", "", text))
    try:
        return _Body(printing.text(markdown.read(text, name)))
    except DamagedPolicy as error:
        raise UnreadableSource(str(error)) from error


_READERS: dict[str, Callable[[bytes, str], _Body]] = {
    ".txt": _plain,
    ".html": _page,
    ".htm": _page,
    ".md": _markdown,
}


def _reader(path: Path) -> Callable[[bytes, str], _Body]:
    if path.is_dir():
        raise UnreadableSource(f"{path} 是文件夹；请指定其中的文件。")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableSource(f"{path} 的格式不能导入；目前可以导入 .txt、.html、.md，请先另存为其中一种。")
    return reader
