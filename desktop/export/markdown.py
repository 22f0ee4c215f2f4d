"""A brief as Markdown and as plain text, for the clipboard and for files."""

import re
from collections.abc import Iterable, Iterator

from desktop.export.brief import OWN, Brief, Item, Options, Passage, Watch, tailored, unwatched
from desktop.export.faces import Fonts
from desktop.export.ledger import LABEL, LedgerRow
from desktop.export.prose import clean
from desktop.notebook.rendering import plain_text

_MARKS = re.compile(
    r"[\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~~|^\s*(?:#|[-+](?=\s))|^\s*\d+(?=[.)]\s)", re.MULTILINE
)


def render(brief: Brief, options: Options, fonts: Fonts, watch: Watch = unwatched) -> bytes:
    """The bytes of a Markdown file. Raises what ``watch`` raises."""
    return markdown(brief, options, watch).encode("utf-8", "replace")


def render_plain(brief: Brief, options: Options, fonts: Fonts, watch: Watch = unwatched) -> bytes:
    """The bytes of a text file that Windows' editor knows to be Unicode. Raises what ``watch`` raises."""
    return plain(brief, options, watch).replace("\n", "\r\n").encode("utf-8-sig", "replace")


def markdown(brief: Brief, options: Options, watch: Watch = unwatched) -> str:
    """The brief in Markdown. Original words stand as paragraphs, the unit's as quotations with a label."""
    return _text(tailored(brief, options), _Markdown(), watch)


def plain(brief: Brief, options: Options, watch: Watch = unwatched) -> str:
    """The brief without any marks: the unit's words are indented and labelled."""
    return _text(tailored(brief, options), _Plain(), watch)


class _Plain:
    """How things look in plain text."""

    def heading(self, words: str, level: int) -> str:
        return words

    def original(self, text: str) -> str:
        return text

    def own(self, label: str, body: str) -> str:
        return f"　　【{OWN}】{label}" + "".join(f"\n　　{line}" for line in plain_text(body).splitlines())

    def notice(self, words: str) -> str:
        return f"【{words}】"

    def rows(self, rows: Iterable[LedgerRow]) -> str:
        lines = (f"　　{number}. {_in_line(row)}" for number, row in enumerate(rows, 1))
        return "\n".join((f"　　台账（{LABEL}）", *lines))


class _Markdown(_Plain):
    """How things look in Markdown."""

    def heading(self, words: str, level: int) -> str:
        return f"{'#' * level} {self.original(words)}"

    def original(self, text: str) -> str:
        return _MARKS.sub(lambda match: _escaped(match.group()), text)

    def own(self, label: str, body: str) -> str:
        quoted = "".join(f"\n> {line}".rstrip(" ") for line in body.splitlines())
        return f"> **【{OWN}】{self.original(label)}**" + (f"\n>{quoted}" if quoted else "")

    def notice(self, words: str) -> str:
        return f"**{self.original(words)}**"

    def rows(self, rows: Iterable[LedgerRow]) -> str:
        head = f"> **台账（{LABEL}）**\n>\n> | {' | '.join(_HEAD)} |\n> |{' --- |' * len(_HEAD)}"
        lines = (f"\n> | {' | '.join(self._cell(cell) for cell in _cells(row))} |" for row in rows)
        return head + "".join(lines)

    def _cell(self, words: str) -> str:
        return self.original(words).replace("|", "\\|").replace("\n", "<br>")


def _escaped(mark: str) -> str:
    """A backslash before the mark, or behind the number that would begin a list."""
    return f"{mark}\\" if mark[-1].isdecimal() else f"{mark[:-1]}\\{mark[-1]}"


_HEAD = ("牵头单位", "配合单位", "时限", "状态", "进展", "问题", "下一步", "责任人")


def _cells(row: LedgerRow) -> tuple[str, ...]:
    steps = "\n".join(f"{step.date} {step.words}".strip() for step in row.progress)
    return row.lead, row.support, row.shown_due, row.state, steps, row.problem, row.next_step, row.person


def _in_line(row: LedgerRow) -> str:
    named = zip(_HEAD, _cells(row), strict=True)
    return "；".join(f"{name}：{words}".replace("\n", " ") for name, words in named if words)


def _text(brief: Brief, form: _Plain, watch: Watch) -> str:
    pieces = list(_opening(brief, form))
    for number, item in enumerate(brief.items):
        watch(number, len(brief.items))
        pieces += _item(item, form)
    watch(len(brief.items), len(brief.items))
    if isinstance(form, _Markdown):
        pieces.append("---")
    pieces += map(form.original, brief.closing_lines)
    return clean("\n\n".join(pieces)) + "\n"


def _opening(brief: Brief, form: _Plain) -> Iterator[str]:
    yield form.heading(brief.title, 1)
    yield form.original(brief.subtitle)
    yield from map(form.original, brief.facts.lines)
    yield form.original(brief.source.line)
    if brief.source.notice:
        yield form.notice(brief.source.notice)


def _item(item: Item, form: _Plain) -> Iterator[str]:
    if item.label or item.heading:
        yield form.heading(item.label + item.heading, item.level + 1)
    for passage in item.passages:
        yield form.original(f"{passage.text}（{passage.citation}）")
        yield from _marks(passage, form)
        for note in item.notes_on(passage.id):
            yield form.own(note.label, note.body)
    for label, body in item.closing():
        yield form.own(label, body)
    if item.rows:
        yield form.rows(item.rows)


def _marks(passage: Passage, form: _Plain) -> Iterator[str]:
    for mark in passage.marks:
        yield form.own(f"标记·{mark.color.value}　原文“{passage.text[mark.start : mark.end]}”", "")
