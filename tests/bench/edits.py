"""Random edits of a plan, as its authors would make them, that know what became of every character."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import jieba

from content.model import Document, Measure, Part, Section

Character = tuple[str, int]
"""A character and its offset in the first text; NEW for one that was not there, COPY - offset for one of a copy."""
Line = list[Character]
Key = tuple[int, int]

NEW, COPY = -1, -2
MOST_CHANGED = 0.6
"""Largest share of a measure's characters that is changed."""
SYNONYMS = {
    "企业": "经营主体",
    "市场主体": "经营主体",
    "推进": "推动",
    "推动": "推进",
    "完善": "健全",
    "健全": "完善",
    "加强": "强化",
    "优化": "改进",
    "建立": "构建",
    "提升": "提高",
    "本市": "全市",
    "开展": "实施",
    "实施": "开展",
    "支持": "鼓励",
    "鼓励": "支持",
    "探索": "研究",
    "进一步": "持续",
    "深化": "深入推进",
    "落实": "贯彻落实",
    "相关": "有关",
    "机制": "制度",
    "平台": "系统",
    "办理": "受理",
    "提供": "给予",
    "实现": "做到",
    "加快": "抓紧",
    "服务": "保障",
    "政务": "公共",
    "管理": "治理",
    "制定": "出台",
    "试点": "示范",
}
"""Words that plans put for one another."""


@dataclass
class Block:
    """A section while it is edited. ``key`` is its first (part number, section number)."""

    key: Key
    section: Section
    title: list[str]
    lines: list[Line]


class Editor:
    """Edits a document; characters are numbered through all measures of its parts, in printed order."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self.chance = chance
        self.document = document
        self.blocks: list[list[Block]] = []
        self.clauses: list[Line] = []
        at = 0
        for part in document.parts:
            self.blocks.append([])
            for section in part.sections:
                lines = []
                for measure in section.measures:
                    lines.append(list(zip(measure.text, range(at, at + len(measure.text)), strict=True)))
                    at += len(measure.text)
                    clauses = re.finditer(r"[^，。；]+(?=[，。；])", measure.text)
                    self.clauses += [_copy(lines[-1][one.start() : one.end()]) for one in clauses]
                block = Block((part.number, section.number), section, list(section.title), lines)
                self.blocks[-1].append(block)
        words = (word for clause in self.clauses for word in jieba.lcut(_text(clause)))
        self.words = [word for word in words if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word)]

    def result(self) -> tuple[Document, list[int]]:
        """The edited document, and for each character of its measures the offset it had at first."""
        parts = tuple(
            _part(self.document.id, part, blocks)
            for part, blocks in zip(self.document.parts, self.blocks, strict=True)
        )
        origins = [origin for block in self._all for line in block.lines if line for _, origin in line]
        return replace(self.document, parts=parts, imprint=()), origins

    @property
    def first_measures(self) -> dict[Key, str]:
        """The first measure that each of the first sections has now."""
        return {
            block.key: f"{self.document.id}/{part.number}.{number}.1"
            for part, blocks in zip(self.document.parts, self.blocks, strict=True)
            for number, block in _numbered(blocks)
            if any(block.lines)
        }

    @property
    def _all(self) -> list[Block]:
        return [block for blocks in self.blocks for block in blocks]

    def _block(self) -> Block:
        return self.chance.choice([block for block in self._all if len(block.lines) > 1])

    def _each_line(self, change: Callable[[Line], None]) -> None:
        """Change four lines in five, each until a random share of its characters has changed."""
        for block in self._all:
            for line in block.lines:
                if self.chance.random() < 0.8:
                    first, least = len(line), self.chance.uniform(0, MOST_CHANGED)
                    for _ in range(30):
                        kept = sum(origin >= 0 for _, origin in line)
                        if max(first - kept, len(line) - kept) >= least * first or not line:
                            break
                        change(line)

    def reword(self) -> None:
        """Other words of the plan in the place of words."""
        self._each_line(self._reword)

    def _reword(self, line: Line) -> None:
        words = jieba.lcut(_text(line))
        number = self.chance.randrange(len(words))
        at = sum(map(len, words[:number]))
        line[at : at + len(words[number])] = _new(self.chance.choice(self.words))

    def swap_synonyms(self) -> None:
        """Words of the same meaning in the place of others."""
        share = self.chance.uniform(0.2, 1)
        for block in self._all:
            for line in block.lines:
                text = _text(line)
                for match in reversed(list(re.finditer("|".join(SYNONYMS), text))):
                    if self.chance.random() < share:
                        line[match.start() : match.end()] = _new(SYNONYMS[match[0]])

    def change_numbers(self) -> None:
        """Other numbers."""
        for block in self._all:
            for line in block.lines:
                for at, (one, _) in enumerate(line):
                    if one.isdigit():
                        line[at] = (str(self.chance.randrange(10)), NEW)

    def drop_clauses(self) -> None:
        """Clauses less."""
        self._each_line(self._drop)

    def _drop(self, line: Line) -> None:
        ends = _clause_ends(line)
        if len(ends) > 2:
            at = self.chance.randrange(len(ends) - 1)
            del line[ends[at] : ends[at + 1]]

    def insert_clauses(self) -> None:
        """Clauses of other measures more."""
        self._each_line(self._insert)

    def _insert(self, line: Line) -> None:
        at = self.chance.choice(_clause_ends(line)[:-1])
        line[at:at] = [*self.chance.choice(self.clauses), ("，", NEW)]

    def add_measures(self) -> None:
        """New measures, made of clauses of others."""
        for _ in range(self.chance.randrange(5, 60)):
            lines = self._block().lines
            lines.insert(self.chance.randrange(len(lines) + 1), self._measure())

    def replace_measures(self) -> None:
        """New measures in the place of others; half of them begin like those."""
        for _ in range(self.chance.randrange(5, 60)):
            lines = self._block().lines
            at = self.chance.randrange(len(lines))
            kept = self.chance.choice((0, self.chance.randrange(2, 5)))
            lines[at] = [*_new(_text(lines[at][:kept])), *self._measure()]

    def _measure(self) -> Line:
        line: Line = []
        for clause in self.chance.choices(self.clauses, k=self.chance.randrange(1, 4)):
            line += [*clause, ("，", NEW)]
        return [*line[:-1], ("。", NEW)]

    def delete_measures(self) -> None:
        """Measures less."""
        for _ in range(self.chance.randrange(5, 80)):
            lines = self._block().lines
            del lines[self.chance.randrange(len(lines))]

    def move_measures(self) -> None:
        """Measures elsewhere, half of them in their own section."""
        for _ in range(self.chance.randrange(5, 60)):
            lines = self._block().lines
            line = lines.pop(self.chance.randrange(len(lines)))
            target = lines if self.chance.random() < 0.5 else self._block().lines
            target.insert(self.chance.randrange(len(target) + 1), line)

    def copy_measures(self) -> None:
        """Measures repeated elsewhere, half of them with other words in places."""
        for _ in range(self.chance.randrange(5, 60)):
            copy = _copy(self.chance.choice(self._block().lines))
            if self.chance.random() < 0.5:
                self._reword(copy)
            target = self._block().lines
            target.insert(self.chance.randrange(len(target) + 1), copy)

    def split_and_merge(self) -> None:
        """One measure made two, two made one."""
        for _ in range(self.chance.randrange(5, 60)):
            lines = self._block().lines
            at = self.chance.randrange(len(lines) - 1)
            cuts = [place for place, (one, _) in enumerate(lines[at]) if one == "，"]
            if self.chance.random() < 0.5:
                lines[at : at + 2] = [[*lines[at][:-1], ("，", NEW), *lines[at + 1]]]
            elif cuts:
                cut = self.chance.choice(cuts)
                lines[at : at + 1] = [[*lines[at][:cut], ("。", NEW)], lines[at][cut + 1 :]]

    def change_sections(self) -> None:
        """Headings reworded, sections moved within their part, to another part, or gone."""
        for blocks in self.blocks[2:]:
            if self.chance.random() < 0.4:
                self.chance.shuffle(blocks)
            for block in list(blocks):
                lot = self.chance.random()
                if lot < 0.4:
                    self._rename(block)
                elif lot < 0.5:
                    blocks.remove(block)
                elif lot < 0.65:
                    blocks.remove(block)
                    target = self.chance.choice(self.blocks[2:])
                    target.insert(self.chance.randrange(len(target) + 1), block)

    def _rename(self, block: Block) -> None:
        words = jieba.lcut("".join(block.title))
        number = self.chance.randrange(len(words))
        word = self.chance.choice(self.words)
        words[number] = self.chance.choice((word, words[number] + word, SYNONYMS.get(words[number], word)))
        block.title[:] = "".join(words)

    def change_all(self) -> None:
        """A little of everything."""
        for change in self.chance.sample(list(KINDS.values())[:-1], 4):
            change(self)


KINDS: dict[str, Callable[[Editor], None]] = {
    "words changed": Editor.reword,
    "synonyms": Editor.swap_synonyms,
    "numbers": Editor.change_numbers,
    "clauses dropped": Editor.drop_clauses,
    "clauses inserted": Editor.insert_clauses,
    "measures added": Editor.add_measures,
    "measures replaced": Editor.replace_measures,
    "measures deleted": Editor.delete_measures,
    "measures moved": Editor.move_measures,
    "measures copied": Editor.copy_measures,
    "split and merged": Editor.split_and_merge,
    "sections": Editor.change_sections,
    "four of these": Editor.change_all,
}


def _new(words: Iterable[str]) -> Line:
    return [(one, NEW) for one in words]


def _copy(line: Line) -> Line:
    return [(one, COPY - origin if origin >= 0 else origin) for one, origin in line]


def _text(line: Line) -> str:
    return "".join(one for one, _ in line)


def _clause_ends(line: Line) -> list[int]:
    return [0, *(at + 1 for at, (one, _) in enumerate(line) if one in "，；"), len(line)]


def _numbered(blocks: list[Block]) -> Iterator[tuple[int, Block]]:
    """Sections by their new numbers; text without a heading keeps the number 0."""
    number = 0
    for block in blocks:
        number += bool(block.section.number)
        yield number, block


def _part(document_id: str, part: Part, blocks: list[Block]) -> Part:
    sections = []
    for number, block in _numbered(blocks):
        texts = [_text(line) for line in block.lines if line]
        measures = tuple(
            Measure(f"{document_id}/{part.number}.{number}.{at}", text) for at, text in enumerate(texts, 1)
        )
        sections.append(replace(block.section, number=number, title="".join(block.title), measures=measures))
    return replace(part, sections=tuple(sections))
