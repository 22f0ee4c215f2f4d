"""content check: every promise made about a document's text, proved or reported broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content import importer, markdown, printing
from content.errors import ContentError
from content.folding import fold
from content.library import POLICY_FILE, read_folder, source_of
from content.model import Document

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_SOURCE_GLYPHS = "«»\U00100170"


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise: what it is, whether it holds, and the figures or the place where it does not."""

    promise: str
    holds: bool
    detail: str


def check(folder: Path) -> Iterator[Finding]:
    """Every promise of a document's folder, in order. Raises ContentError if it cannot be read at all."""
    document = read_folder(folder)
    for promise, prove in _PROMISES:
        try:
            detail = prove(document, folder)
            yield Finding(promise, True, detail)
        except _BrokenPromiseError as broken:
            yield Finding(promise, False, str(broken))
        except ContentError as error:
            yield Finding(promise, False, str(error))


class _BrokenPromiseError(Exception):
    """A promise that does not hold; the text says where."""


def _same_text(document: Document, folder: Path) -> str:
    source = fold(importer.body_text(source_of(folder)))
    printed = fold(printing.text(document))
    if source == printed:
        return f"{len(printed)} 字逐字相同"
    at = next(
        (at for at, pair in enumerate(zip(source, printed, strict=False)) if pair[0] != pair[1]),
        min(len(source), len(printed)),
    )
    raise _BrokenPromiseError(
        f"第 {at + 1} 字起不同：原文“{source[at : at + 20]}”，条目“{printed[at : at + 20]}”"
    )


def _same_import(document: Document, folder: Path) -> str:
    again = importer.import_file(source_of(folder), known=document.front)
    if markdown.write(again.document) != (folder / POLICY_FILE).read_text("utf-8"):
        raise _BrokenPromiseError(f"重新导入的结果与 {POLICY_FILE} 不同（文件经人工改动，或导入步骤已变）")
    return "重新导入得到同一文件"


def _dense_ids(document: Document, folder: Path) -> str:
    ids = [measure.id for measure in document.measures]
    if len(ids) != len(set(ids)):
        raise _BrokenPromiseError("编号有重复")
    for part in document.parts:
        for section in part.sections:
            for number, measure in enumerate(section.measures, 1):
                if measure.id != f"{document.id}/{part.number}.{section.number}.{number}":
                    raise _BrokenPromiseError(f"编号不连续：{measure.id}")
    return f"{len(ids)} 个编号唯一且连续"


def _balanced(document: Document, folder: Path) -> str:
    pairs = 0
    for paragraph in printing.paragraphs(document):
        expected: list[str] = []
        for mark in paragraph:
            if mark in _PAIRS:
                expected.append(_PAIRS[mark])
                pairs += 1
            elif mark in _PAIRS.values() and (not expected or expected.pop() != mark):
                raise _BrokenPromiseError(f"“{mark}”没有相配的前一半：{paragraph[:30]}…")
        if expected:
            raise _BrokenPromiseError(f"缺少“{expected[-1]}”：{paragraph[:30]}…")
    return f"{pairs} 对引号、括号全部配对"


def _clean(document: Document, folder: Path) -> str:
    for measure in document.measures:
        for mark in _SOURCE_GLYPHS:
            if mark in measure.text:
                raise _BrokenPromiseError(f"{measure.id} 中留有排版符号“{mark}”")
        if importer.has_half_width_stop(measure.text):
            raise _BrokenPromiseError(f"{measure.id} 中留有半角标点：{measure.text[:30]}…")
    return "没有遗留的排版符号和半角标点"


def _counted(document: Document, folder: Path) -> str:
    numbered = [part for part in document.parts if part.number]
    sections = [section for part in numbered for section in part.sections if section.number]
    if any(not section.measures for section in sections):
        raise _BrokenPromiseError("有一节没有任何条目")
    measures = sum(len(section.measures) for section in sections)
    shape = " · ".join(
        f"{part.label}{' '.join(str(len(one.measures)) for one in part.sections)}" for part in numbered
    )
    return f"{len(numbered)} 编 {len(sections)} 节 {measures} 条（{shape}）"


_PROMISES: tuple[tuple[str, Callable[[Document, Path], str]], ...] = (
    ("与原始文本一致", _same_text),
    ("可重新导入", _same_import),
    ("编号唯一、连续", _dense_ids),
    ("引号、括号配对", _balanced),
    ("标点、字形规范", _clean),
    ("编、节、条齐全", _counted),
)
