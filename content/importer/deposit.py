"""An imported document put into a library's folder: <output>/<id>/{source.*,policy.md}.

Everything is written beside and renamed, so a failed import leaves what was there whole. A folder that
already holds the same text is renewed with the front matter people corrected in it, and their policy.md is
kept aside when its text was changed by hand. A folder that holds another text is never touched: the new one
gets an id of its own.
"""

import contextlib
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from content import markdown, printing
from content.errors import ContentError, UnreadableSource
from content.folding import fold
from content.importer.identity import is_reserved
from content.importer.report import Report
from content.importer.source import Imported, body_text, import_bytes, read_bytes
from content.library import POLICY_FILE, read_folder, source_of
from content.model import Document, Front

KEPT_FILE = "policy.previous.md"
"""Where a policy.md whose text was changed by hand is kept when its document is imported again."""


@dataclass(frozen=True, slots=True)
class _Target:
    folder: Path
    known: Front | None
    warnings: tuple[str, ...] = ()


def import_into(path: Path, output: Path) -> Report:
    """Import a file into a folder of documents. Raises UnreadableSource, OSError."""
    data = read_bytes(path)
    first = import_bytes(data, path)
    if is_reserved(first.document.id):
        raise UnreadableSource(f"{path} 的编号“{first.document.id}”不能作文件夹名；请改正 id 后重试。")
    target = _target(output, first.document, fold(body_text(path)))
    imported = import_bytes(data, path, target.known) if target.known else first
    warnings = (*target.warnings, *_write(target, imported, data, path.suffix.lower()), *imported.warnings)
    return Report(path, target.folder, imported.document, warnings)


def _target(output: Path, document: Document, body: str) -> _Target:
    """The folder for a document: its own, renewed if it holds the same text, else the next free one."""
    front = document.front
    taken: Path | None = None
    for number in range(1, 1000):
        wanted = front.id if number == 1 else f"{front.id}-{number}"
        folder = output / wanted
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            known = None if number == 1 else Front(wanted, "")
            return _Target(folder, known, _told(taken, wanted))
        if _held_text(folder) == body:
            known = _corrected(folder) or Front(wanted, "")
            return _Target(folder, replace(known, id=wanted))
        taken = taken or folder
    raise UnreadableSource(f"{output} 中编号 {front.id} 的文件太多；请换一个文件夹。")


def _told(taken: Path | None, wanted: str) -> tuple[str, ...]:
    if taken is None:
        return ()
    told = f"编号“{taken.name}”已有另一份文件，未作改动；本文件改用编号“{wanted}”"
    return (f"{told}，如属同一文件的新文本请人工合并",)


def _held_text(folder: Path) -> str | None:
    with contextlib.suppress(ContentError):
        return fold(body_text(source_of(folder)))
    with contextlib.suppress(ContentError):
        return fold(printing.text(read_folder(folder)))
    return None


def _corrected(folder: Path) -> Front | None:
    with contextlib.suppress(ContentError):
        return read_folder(folder).front
    return None


def _write(target: _Target, imported: Imported, data: bytes, suffix: str) -> list[str]:
    """Write both files; gives a sentence if an earlier policy.md was kept aside."""
    folder = target.folder
    policy = folder / POLICY_FILE
    text = markdown.write(imported.document).encode()
    warnings: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    before = policy.read_bytes() if policy.exists() else text
    if before.replace(b"\r\n", b"\n") != text:
        _replace(folder / KEPT_FILE, before)
        warnings.append(f"原有的 {POLICY_FILE} 与导入结果不同，已留存为 {KEPT_FILE}")
    source = folder / f"source{suffix}"
    _replace(source, data)
    _replace(policy, text)
    for other in folder.glob("source.*"):
        if other != source:
            other.unlink()
    return warnings


def _replace(path: Path, data: bytes) -> None:
    """Put bytes into a file at once: written beside it, then renamed over it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
