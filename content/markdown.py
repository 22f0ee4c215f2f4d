"""The Markdown form of a document: front matter, ``#`` part, ``##`` section, one measure a line.

A blank line begins a paragraph; a line right under a heading was printed on the heading's own line. A rule
(``---``) after the last part opens the imprint. A line that would read as markup has a ``\\`` before it. The
front matter is a small part of YAML: ``key: value`` and, for later editions, a list of
``- name，year，number``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from content.draft import Draft, Heading
from content.errors import DamagedPolicy
from content.headings import split_heading
from content.model import Document, Edition, Front, Measure

_FENCE = "---"
_TEXT_KEYS = tuple(entry.name for entry in fields(Front) if entry.name != "superseded_by")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NEEDS_ESCAPE = ("#", "\\", _FENCE)


def write(document: Document) -> str:
    """The document as the text of a policy.md; ``read`` gives the same document back."""
    lines = [*_front_lines(document.front), ""]
    for part in document.parts:
        if part.printed_heading:
            lines += [f"# {part.printed_heading}", ""]
        for section in part.sections:
            if section.printed_heading:
                lines += [f"## {section.printed_heading}", ""]
            _append_measures(lines, section.measures)
    if document.imprint:
        lines += [_FENCE, ""]
        _append_measures(lines, document.imprint)
    return "\n".join(lines).rstrip("\n") + "\n"


def read(text: str, name: str = "policy.md") -> Document:
    """The document in the text of a policy.md.

    Raises DamagedPolicy, naming the file and the line, if the front matter is missing or not understood.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    front, body = _read_front(lines, name)
    draft = Draft()
    paragraph = False
    for number, line in enumerate(lines[body:], body + 1):
        if not line.strip():
            paragraph = True
        elif line.startswith("# "):
            draft.open_part(_heading(line[2:], name, number))
            paragraph = False
        elif line.startswith("## "):
            draft.open_section(_heading(line[3:], name, number))
            paragraph = False
        elif line.strip() == _FENCE:
            draft.open_imprint()
            paragraph = False
        else:
            draft.add(line.removeprefix("\\").strip(), opens_paragraph=paragraph)
            paragraph = False
    return draft.finish(front)


def read_front(text: str, name: str = "policy.md") -> Front:
    """Only the front matter of a policy.md. Raises DamagedPolicy."""
    return _read_front(text.removeprefix("\ufeff").splitlines(), name)[0]


def _append_measures(lines: list[str], measures: Iterable[Measure]) -> None:
    for measure in measures:
        if not measure.opens_paragraph and lines[-1] == "":
            lines.pop()
        elif measure.opens_paragraph and lines[-1] != "":
            lines.append("")
        lines.append(_escape(measure.text))
    if lines[-1] != "":
        lines.append("")


def _escape(text: str) -> str:
    return f"\\{text}" if text.startswith(_NEEDS_ESCAPE) else text


def _heading(text: str, name: str, line: int) -> Heading:
    heading = split_heading(text.strip())
    if not heading.label and not heading.title:
        raise DamagedPolicy(f"{name} 第 {line} 行的标题是空的；请补上标题文字后重试。")
    return heading


def _front_lines(front: Front) -> Iterator[str]:
    yield _FENCE
    for key in _TEXT_KEYS:
        yield f"{key}: {getattr(front, key)}".rstrip()
    if front.superseded_by:
        yield "superseded_by:"
        for edition in front.superseded_by:
            yield "  - " + "，".join(filter(None, (edition.name, edition.year, edition.number)))
    yield _FENCE


def _read_front(lines: list[str], name: str) -> tuple[Front, int]:
    """The front matter and the index of the first line after it."""
    if not lines or lines[0].strip() != _FENCE:
        raise DamagedPolicy(f"{name} 缺少开头的文件信息（以“---”起止）；请用 content import 重新生成。")
    values: dict[str, str] = {}
    editions: list[Edition] = []
    for number, line in enumerate(lines[1:], 2):
        key, colon, value = (piece.strip() for piece in line.partition(":"))
        if line.strip() == _FENCE:
            return _front(values, editions, name), number
        if line.lstrip().startswith("- "):
            editions.append(_edition(line.lstrip()[2:], name, number))
        elif colon and key in (*_TEXT_KEYS, "superseded_by"):
            values[key] = value
        elif line.strip():
            raise DamagedPolicy(f"{name} 第 {number} 行的文件信息不认识：{line.strip()[:30]}；请改正。")
    raise DamagedPolicy(f"{name} 的文件信息没有结束的“---”；请补上后重试。")


def _front(values: dict[str, str], editions: list[Edition], name: str) -> Front:
    if not _ID.fullmatch(values.get("id", "")):
        raise DamagedPolicy(f"{name} 的 id 缺失，或含有字母、数字、“.”“-”“_”以外的字符；请改正后重试。")
    if not values.get("title"):
        raise DamagedPolicy(f"{name} 缺少标题（title）；请补上后重试。")
    values.pop("superseded_by", None)
    return Front(**values, superseded_by=tuple(editions))


def _edition(text: str, name: str, line: int) -> Edition:
    pieces = [piece.strip() for piece in re.split("[，,]", text)]
    if len(pieces) not in (2, 3) or not re.fullmatch(r"\d{4}", pieces[1]):
        raise DamagedPolicy(f"{name} 第 {line} 行的后续版本应写作“- 版次，年份，文号”（文号可缺）。")
    return Edition(*pieces)
