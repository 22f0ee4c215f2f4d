"""Paragraphs made into parts, sections and measures: which labels are headings, and how they nest."""

import re
from dataclasses import dataclass, field

from content.draft import Draft
from content.headings import NUMERALS, label_number, split_heading
from content.importer.imprint import imprint_start
from content.importer.sentences import split
from content.importer.unwrap import Paragraph

LONGEST_RUN_IN_TITLE = 40
"""A first sentence up to this long, after a label and with text behind it, is the title."""
LONGEST_STANDING_TITLE = 60
"""A paragraph up to this long, of one sentence after its label, is a heading line."""
_LONGEST_BRACKET_TITLE = 30
_QUOTED = 24

_KINDS = (
    ("编", re.compile(rf"第[{NUMERALS}\d]{{1,9}}[编篇]")),
    ("部分", re.compile(rf"第[{NUMERALS}\d]{{1,9}}部分")),
    ("章", re.compile(rf"第[{NUMERALS}\d]{{1,9}}章")),
    ("节", re.compile(rf"第[{NUMERALS}\d]{{1,9}}节")),
    ("条", re.compile(rf"第[{NUMERALS}\d]{{1,9}}条")),
    ("一、", re.compile(rf"[{NUMERALS}]{{1,4}}[、.．]")),
    ("（一）", re.compile(rf"[（(][{NUMERALS}]{{1,4}}[）)]")),
    ("1.", re.compile(r"\d{1,3}[、.．](?!\d)")),
)
_RANK = {kind: rank for rank, (kind, _) in enumerate(_KINDS)}
_WORDED = frozenset(("编", "部分", "章", "节", "条"))
_NOT_A_WORDED_LABEL = re.compile(r"[、，。；：至和与及或的第款项所中]|规定|以上|以下")
_LIST_OF_NUMBERS = re.compile(rf"[{NUMERALS}]{{1,3}}[、.．]|等")
_BRACKET_TITLE = re.compile(r"（[^（）]*）|【[^【】]*】")
_ANNEX = re.compile(rf"附\s?(?:件|表|录)\s?[\d{NUMERALS}]{{0,3}}[：:]?")
_INNER_LABEL = re.compile(rf"[。；]([{NUMERALS}]{{1,3}}、)(?![{NUMERALS}]{{1,3}}、)")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label at the start of a paragraph, which may or may not make it a heading."""

    at: int
    kind: str
    text: str
    number: int
    rest: str


@dataclass(slots=True)
class _Choice:
    """Which labels are headings: place → is it a part?, and what was unsure."""

    parts: set[int] = field(default_factory=set)
    sections: set[int] = field(default_factory=set)
    annexes: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def doubt(self, paragraph: Paragraph, why: str) -> None:
        words = paragraph.text[:_QUOTED] + ("…" if len(paragraph.text) > _QUOTED else "")
        self.warnings.append(f"第 {paragraph.number} 行“{words}”{why}")


def build(found: list[Paragraph]) -> tuple[Draft, list[str]]:
    """The draft of a document from its normalised paragraphs, and a sentence on each unsure place."""
    labels = [label for at, paragraph in enumerate(found) if (label := _label(at, paragraph.text))]
    choice = _choose(found, labels)
    tail = imprint_start(found, max(choice.parts, default=-1))
    by_place = {label.at: label for label in labels}
    headings = choice.parts | choice.sections | choice.annexes
    draft = Draft()
    for at, paragraph in enumerate(found):
        if at == tail:
            draft.open_imprint()
        if at in choice.annexes:
            draft.open_part(split_heading(paragraph.text))
        elif at in headings and at < tail:
            over_sections = at in choice.parts and at + 1 in choice.sections
            bare = at + 1 >= tail or (at + 1 in headings and not over_sections)
            _open(draft, by_place[at], at in choice.parts, bare)
        else:
            _add(draft, paragraph.text)
    for paragraph in found[: min(tail, len(found))]:
        _report_inner_labels(paragraph, choice)
    return draft, choice.warnings


def _open(draft: Draft, label: _Label, is_part: bool, bare: bool) -> None:
    """Open the part or section of a heading paragraph and add the text that runs on behind its title.

    ``bare`` says that nothing stands under it; then its words are a measure, and its heading only the label.
    """
    title, text = _title(label)
    if not text and bare:
        title, text = "", label.rest
    heading = split_heading((label.text + title).strip())
    (draft.open_part if is_part else draft.open_section)(heading)
    for sentence in split(text):
        draft.add(sentence, opens_paragraph=False)


def _title(label: _Label) -> tuple[str, str]:
    """The title with its stop, and the text after it, both as printed."""
    if label.kind == "条":
        group = _BRACKET_TITLE.match(label.rest)
        end = group.end() if group and group.end() <= _LONGEST_BRACKET_TITLE else 0
        return label.rest[:end], label.rest[end:]
    sentences = split(label.rest)
    first = sentences[0] if sentences else ""
    if len(sentences) == 1:
        fits = len(first) <= LONGEST_STANDING_TITLE and not first.endswith(("；", "！", "？", "，"))
    else:
        fits = len(first) <= LONGEST_RUN_IN_TITLE and first.endswith("。")
    if not fits or not first.strip("。：:；;.．"):
        return "", label.rest
    end = label.rest.index(first) + len(first)
    return label.rest[:end], label.rest[end:]


def _add(draft: Draft, text: str) -> None:
    for number, sentence in enumerate(split(text)):
        draft.add(sentence, opens_paragraph=number == 0)


def _label(at: int, text: str) -> _Label | None:
    for kind, pattern in _KINDS:
        match = pattern.match(text)
        if match is None:
            continue
        rest = text[match.end() :]
        if kind in _WORDED:
            if _NOT_A_WORDED_LABEL.match(rest):
                return None
            blanks = len(rest) - len(rest.lstrip())
            label_text, rest = match.group() + rest[:blanks], rest[blanks:]
        elif not rest or (kind == "一、" and _LIST_OF_NUMBERS.match(rest)):
            return None
        else:
            label_text = match.group()
        number = label_number(match.group())
        return _Label(at, kind, label_text, number, rest) if number else None
    return None


def _choose(found: list[Paragraph], labels: list[_Label]) -> _Choice:
    choice = _Choice()
    part_kind, section_kind = _levels(labels)
    if not part_kind:
        return choice
    run = _main_run([label for label in labels if label.kind == part_kind], found, choice)
    choice.parts = {label.at for label in run}
    first, last = run[0].at, run[-1].at
    choice.annexes = {at for at in range(last + 1, len(found) - 1) if _ANNEX.fullmatch(found[at].text)}
    if section_kind:
        under = [label for label in labels if label.kind == section_kind and label.at > first]
        continuous = section_kind == "条"
        choice.sections = _sections(under, choice, found, continuous)
    return choice


def _levels(labels: list[_Label]) -> tuple[str, str]:
    """The kinds of label that are parts and sections here; empty where there are none."""
    counts = {kind: _in_sequence([label for label in labels if label.kind == kind]) for kind in _RANK}
    kinds = [kind for kind in _RANK if counts[kind] >= 2 or (counts[kind] and _single(labels, kind))]
    if "条" in kinds and counts["条"] >= counts["一、"] + counts["（一）"]:
        part = next((kind for kind in ("章", "编", "部分", "节") if kind in kinds), "条")
        return part, "" if part == "条" else "条"
    kinds = [kind for kind in kinds if kind != "条"]
    if not kinds:
        return "", ""
    first = next(label.at for label in labels if label.kind == kinds[0])
    under = [label for label in labels if label.at > first]
    below = [kind for kind in kinds[1:] if _in_sequence([one for one in under if one.kind == kind])]
    return kinds[0], below[0] if below else ""


def _in_sequence(labels: list[_Label]) -> int:
    """How many labels go on counting from the one before, or begin at 1."""
    count = last = 0
    for label in labels:
        if label.number in (1, last + 1):
            count += 1
            last = label.number
    return count


def _single(labels: list[_Label], kind: str) -> bool:
    """Whether the only label of a kind is surely a heading: a short line of its own."""
    only = next(label for label in labels if label.kind == kind)
    return kind != "1." and _is_short_line(only.rest)


def _is_short_line(text: str) -> bool:
    return 0 < len(text) <= LONGEST_RUN_IN_TITLE and text[-1] not in "。；，"


def _main_run(labels: list[_Label], found: list[Paragraph], choice: _Choice) -> list[_Label]:
    """The numbered run of headings that holds most of the text; others stay text and are reported."""
    runs: list[list[_Label]] = []
    for label in labels:
        if label.number == 1:
            runs.append([label])
        elif runs and _continues(runs[-1][-1].number, label, choice, found):
            runs[-1].append(label)
    ends = [run[0].at for run in runs[1:]] + [len(found)]
    held = [sum(len(one.text) for one in found[run[0].at : end]) for run, end in zip(runs, ends, strict=True)]
    main = runs[held.index(max(held))]
    for run in runs:
        if run is not main:
            choice.doubt(found[run[0].at], f"起另有 {len(run)} 个同级序号，未作为标题，按正文处理")
    return main


def _continues(last: int, label: _Label, choice: _Choice, found: list[Paragraph]) -> bool:
    paragraph = found[label.at]
    if label.number == last + 1:
        return True
    if label.number == last + 2 and _is_short_line(label.rest):
        choice.doubt(paragraph, "的序号不连续，仍作为标题，请核对")
        return True
    choice.doubt(paragraph, "的序号与前文不连续，按正文处理")
    return False


def _sections(labels: list[_Label], choice: _Choice, found: list[Paragraph], continuous: bool) -> set[int]:
    """The places of the section headings: counted on from the last one, or from 1 in each part."""
    opened = sorted(choice.parts | choice.annexes)
    sections: set[int] = set()
    last = inner = 0
    part = -1
    for label in labels:
        current = sum(at < label.at for at in opened)
        fresh = current != part and not (continuous and last)
        if label.number == last + 1 or (fresh and label.number == 1):
            accepted = True
        elif label.number in (1, inner + 1):
            accepted = False
            if label.number == 1:
                choice.doubt(found[label.at], "起的序号重新从一开始，按正文处理")
            inner = label.number
        else:
            accepted = _continues(last, label, choice, found)
        if accepted:
            sections.add(label.at)
            last, inner, part = label.number, 0, current
    return sections


def _report_inner_labels(paragraph: Paragraph, choice: _Choice) -> None:
    for match in list(_INNER_LABEL.finditer(paragraph.text))[:1]:
        words = paragraph.text[match.start(1) : match.start(1) + _QUOTED]
        choice.warnings.append(f"第 {paragraph.number} 行中间的“{words}…”可能是标题，未单独成行，按正文处理")
