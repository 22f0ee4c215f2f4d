"""Anchors in a text that is edited at random, with known truth: ``python -m tests.bench.anchors [anchors] [seed]``.

Every character of the plan keeps its identity through the edits, so that it is known where the anchored words are
afterwards. Right: the place found and the place of the surviving characters share at least half of what both cover.
Wrong: attached elsewhere, or attached although fewer than a fifth of the characters survive. Lost: said to be lost.
Between a fifth and a half surviving, lost and right are both fair answers and only a wrong place counts.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from content.library import Library
from content.model import Document, Measure, Section
from desktop.notebook.anchors import Flow, anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import Attacher, Attachment, Fit
from desktop.notebook.model import Anchor, Reach

ANCHORS = 24_000
PER_TEXT = 300
SEED = 2023
KEPT, GONE = 0.5, 0.2

Character = tuple[str, int]
"""A character and its offset in the first text; -1 for one that was not there."""
Line = list[Character]
Plan = list[list[Line]]
"""Sections of lines (measures)."""


class Editor:
    """Edits a plan as its authors would, and knows what became of every character."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self.chance = chance
        self.document = document
        flow = Flow.of(document)
        self.plan: Plan = []
        for part in document.parts:
            for section in part.sections:
                lines = []
                for measure in section.measures:
                    start = flow.offset(measure.id, 0)
                    lines.append([(one, start + at) for at, one in enumerate(measure.text)])
                self.plan.append(lines)
        self.clauses = [
            clause for one in document.measures for clause in re.findall(r"[^，。；]+[，。；]", one.text)
        ]
        self.words = re.findall(r"[\u4e00-\u9fff]{2,4}", "".join(self.clauses))

    def edit(self, share: float) -> None:
        """One edit to each line with a probability of ``share``, and some to whole lines."""
        for section in self.plan:
            for line in section:
                while line and self.chance.random() < share:
                    self.chance.choice((self.reword, self.reword, self.drop, self.insert, self.number))(line)
        for change in (
            self.add_line,
            self.delete_line,
            self.move_line,
            self.split,
            self.merge,
            self.copy_line,
        ):
            for _ in range(self.chance.randrange(1 + round(8 * share))):
                change()

    def reword(self, line: Line) -> None:
        """Another word in the place of some characters."""
        at = self.chance.randrange(len(line))
        word = self.chance.choice(self.words)
        line[at : at + self.chance.randrange(1, 5)] = [(one, -1) for one in word]

    def drop(self, line: Line) -> None:
        """A clause less."""
        ends = [0, *(at + 1 for at, (one, _) in enumerate(line) if one in "，；"), len(line)]
        if len(ends) > 2:
            at = self.chance.randrange(len(ends) - 1)
            del line[ends[at] : ends[at + 1]]

    def insert(self, line: Line) -> None:
        """A clause of another measure more."""
        ends = [0, *(at + 1 for at, (one, _) in enumerate(line) if one in "，；")]
        at = self.chance.choice(ends)
        line[at:at] = [(one, -1) for one in self.chance.choice(self.clauses).rstrip("。；，") + "，"]

    def number(self, line: Line) -> None:
        """Another number."""
        for at, (one, _) in enumerate(line):
            if one.isdigit():
                line[at] = (str(self.chance.randrange(10)), -1)

    def _pick(self) -> list[Line]:
        return self.chance.choice([section for section in self.plan if len(section) > 1])

    def add_line(self) -> None:
        """A new measure, made of clauses of others."""
        words = "".join(self.chance.choice(self.clauses).rstrip("。") for _ in range(2)) + "。"
        section = self._pick()
        section.insert(self.chance.randrange(len(section) + 1), [(one, -1) for one in words])

    def delete_line(self) -> None:
        """A measure less."""
        section = self._pick()
        del section[self.chance.randrange(len(section))]

    def move_line(self) -> None:
        """A measure elsewhere, half the time in its own section."""
        section = self._pick()
        line = section.pop(self.chance.randrange(len(section)))
        target = section if self.chance.random() < 0.5 else self._pick()
        target.insert(self.chance.randrange(len(target) + 1), line)

    def copy_line(self) -> None:
        """A measure repeated elsewhere, as plans do."""
        line = self.chance.choice(self._pick())
        self._pick().append([(one, -1) for one, _ in line])

    def split(self) -> None:
        """One measure made two."""
        section = self._pick()
        at = self.chance.randrange(len(section))
        line = section[at]
        cuts = [place for place, (one, _) in enumerate(line) if one == "，"]
        if cuts:
            cut = self.chance.choice(cuts)
            section[at : at + 1] = [[*line[:cut], ("。", -1)], line[cut + 1 :]]

    def merge(self) -> None:
        """Two measures made one."""
        section = self._pick()
        at = self.chance.randrange(len(section) - 1)
        section[at : at + 2] = [[*section[at][:-1], ("，", -1), *section[at + 1]]]

    def result(self) -> tuple[Document, list[int]]:
        """The edited document, and for each character of its flow the offset it had at first."""
        lines = iter(self.plan)
        parts = []
        for part in self.document.parts:
            sections = tuple(self._section(part.number, one, next(lines)) for one in part.sections)
            parts.append(replace(part, sections=sections))
        document = replace(self.document, parts=tuple(parts), imprint=())
        origins = [origin for section in self.plan for line in section if line for _, origin in line]
        return document, origins

    def _section(self, part: int, section: Section, lines: list[Line]) -> Section:
        texts = ["".join(one for one, _ in line) for line in lines if line]
        measures = (
            Measure(f"{self.document.id}/{part}.{section.number}.{number}", text)
            for number, text in enumerate(texts, 1)
        )
        return replace(section, measures=tuple(measures))


def make_anchor(document: Document, chance: random.Random) -> tuple[Anchor, range]:
    """A random anchor and the characters of the flow that it is on."""
    flow = Flow.of(document)
    ids = [one for one in flow.ids if not one.startswith(f"{document.id}/0.")]
    measure = chance.choice(ids)
    length = len(document.places[measure].measure.text)
    kind = chance.random()
    if kind < 0.25:
        start = flow.offset(measure, 0)
        return anchor_measure(document, measure), range(start, start + length)
    if kind < 0.9:
        start = chance.randrange(length - 1)
        end = min(length, start + chance.choice((2, 3, 4, 4, 6, 8, 12, 20, 40, 60)))
        anchor = anchor_range(document, measure, start, measure, end)
        return anchor, range(flow.offset(measure, start), flow.offset(measure, end))
    first = chance.randrange(len(ids) - 2)
    low = flow.offset(ids[first], 0) + chance.randrange(8)
    high = flow.offset(ids[first + 1], chance.randrange(2, 8))
    last_start = flow.offset(ids[first + 1], 0)
    start = low - flow.offset(ids[first], 0)
    return anchor_range(document, ids[first], start, ids[first + 1], high - last_start), range(low, high)


def judge(found: Attachment, flow: Flow, places: dict[int, int], truth: range) -> str:
    """right, wrong, lost, or fair for a lost one of which too little survives."""
    surviving = [places[at] for at in truth if at in places]
    share = len(surviving) / len(truth)
    if found.fit is Fit.LOST:
        return "lost" if share >= KEPT else "fair"
    covered = {flow.offset(span.measure, at) for span in found.spans for at in range(span.start, span.end)}
    if share < GONE:
        return "wrong"
    true = set(range(min(surviving), max(surviving) + 1))
    if len(true) > 2 * len(truth) + 20:  # torn apart: the larger piece counts
        true = set(surviving)
    return "right" if 2 * len(covered & true) >= len(covered | true) else "wrong"


def run(
    anchors: int, seed: int, attach: Callable[[Attacher, Anchor], Attachment]
) -> Counter[tuple[str, ...]]:
    """(what is counted, its class, verdict) → number, for sizes of edits, reaches and lengths of quotes."""
    document = Library().document("shanghai-2023")
    chance = random.Random(seed)
    counts: Counter[tuple[str, ...]] = Counter()
    for number in range(0, anchors, PER_TEXT):
        share = (0.05, 0.15, 0.3, 0.5, 0.75)[number // PER_TEXT % 5]
        editor = Editor(document, chance)
        editor.edit(share)
        edited, origins = editor.result()
        places = {origin: at for at, origin in enumerate(origins) if origin >= 0}
        attacher, flow = Attacher(edited), Flow.of(edited)
        for _ in range(PER_TEXT):
            anchor, truth = make_anchor(document, chance)
            verdict = judge(attach(attacher, anchor), flow, places, truth)
            length = min(64, 2 ** (len(truth).bit_length()))
            reach = "across" if anchor.measure != anchor.last else anchor.reach.value
            for name in (
                ("all", ""),
                ("edits", f"{share:.0%}"),
                ("reach", reach),
                ("shorter than", f"{length:3}"),
            ):
                counts[*name, verdict] += 1
        count_sections(document, edited, attacher, counts)
    return counts


def count_sections(
    document: Document, edited: Document, attacher: Attacher, counts: Counter[tuple[str, ...]]
) -> None:
    """Sections keep their headings and numbers here: where they still have text they have to be found."""
    for part in document.parts:
        for section in part.sections:
            now = edited.section(part.number, section.number)
            if section.title and section.measures and now is not None and now.measures:
                found = attacher.attach(anchor_section(document, (part.number, section.number)))
                right = found.measure == now.measures[0].id
                verdict = "right" if right else "lost" if found.fit is Fit.LOST else "wrong"
                counts["reach", Reach.SECTION.value, verdict] += 1


def report(counts: Counter[tuple[str, ...]]) -> None:
    """Print a line for each class."""
    print(
        f"{'':28}{'anchors':>8}{'right':>9}{'wrong':>9}{'lost':>9}   (of those whose words survive; wrong: of all)"
    )
    for name, kind in dict.fromkeys(key[:2] for key in sorted(counts)):
        right, wrong, lost, fair = (counts[name, kind, one] for one in ("right", "wrong", "lost", "fair"))
        total, known = right + wrong + lost + fair, right + wrong + lost
        print(
            f"{name} {kind}".ljust(28)
            + f"{total:8}{right / known:9.2%}{wrong / total:9.3%}{lost / known:9.2%}"
        )


def main(anchors: int, seed: int) -> None:
    """Print the figures."""
    print(f"{anchors} anchors, seed {seed}")
    report(run(anchors, seed, Attacher.attach))


if __name__ == "__main__":
    wanted = [int(one) for one in sys.argv[1:]]
    main(wanted[0] if wanted else ANCHORS, wanted[1] if len(wanted) > 1 else SEED)
