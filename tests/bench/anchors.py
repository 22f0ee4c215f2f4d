"""Anchors in a text that is edited at random, with known truth: ``python -m tests.bench.anchors [anchors] [seed]``.

Every character of the plan keeps its identity through the edits, so that it is known where the anchored words are
afterwards. The surviving characters of a quote are grouped into pieces, where more than 100 others (a long measure)
stand between them; a piece counts if it has a fifth of the quote. Copies of the words count only where the first no longer
has half of the quote in one piece: no reader could tell them from words that were moved.

right   what is found covers at least half of the characters of a piece, and at least half of what it covers lies
        between the first and the last of them (not asked of whole measures, which may have grown or been merged)
wrong   anything else that is not lost: other words, or an answer although nothing survives that counts
lost    said to be lost, though a piece with half of the quote survives
fair    said to be lost, and less than that survives

A section is known by its heading and its text: the right answer is where the same section stands now.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from content.library import Library
from content.model import Document
from desktop.notebook.anchors import Flow, anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import IN_USE, Attacher, Attachment, Fit, Limits
from desktop.notebook.model import Anchor, Reach
from tests.bench.edits import COPY, KINDS, Editor

ANCHORS = 26_000
PER_TEXT = 250
SEED = 2023
APART, PIECE, KEPT = 100, 0.2, 0.5
OTHERS: dict[str, tuple[float, ...]] = {
    "kept": (0.4, 0.5, 0.6),
    "share": (0.15, 0.25, 0.35),
    "own": (0.15, 0.3, 0.45),
    "own_afar": (0.3, 0.5, 0.7),
    "ahead": (0.1, 0.3, 0.5),
    "heading": (0.45, 0.55, 0.65),
}
LENGTHS = (2, 3, 4, 6, 8, 12, 20, 40, 60)


@dataclass(frozen=True)
class Case:
    """One anchor, the characters of the first text it is on, and how the text was edited."""

    anchor: Anchor
    quote: range
    kind: str

    @property
    def reach(self) -> str:
        """The reach as it is reported."""
        across = self.anchor.reach is Reach.RANGE and self.anchor.measure != self.anchor.last
        return "range across measures" if across else self.anchor.reach.value


def make_case(document: Document, flow: Flow, chance: random.Random, kind: str) -> Case:
    """A quarter of the anchors are on measures, a tenth go across measures, the others lie within one."""
    ids = [one for one in flow.ids if not one.startswith(f"{document.id}/0.")]
    lot = chance.random()
    number = chance.randrange(len(ids) - 1)
    first = ids[number]
    length = len(document.places[first].measure.text)
    if lot < 0.25:
        low = flow.offset(first, 0)
        return Case(anchor_measure(document, first), range(low, low + length), kind)
    if lot < 0.35:
        start, last = chance.randrange(length), ids[number + 1]
        end = chance.randrange(1, len(document.places[last].measure.text))
    else:
        start, last = chance.randrange(length - 1), first
        end = min(length, start + chance.choice(LENGTHS))
    anchor = anchor_range(document, first, start, last, end)
    return Case(anchor, range(flow.offset(first, start), flow.offset(last, end)), kind)


@dataclass(frozen=True)
class Truth:
    """Where the characters of the first text, and copies of them, stand in the edited one."""

    places: dict[int, list[int]]
    copies: dict[int, list[int]]

    @classmethod
    def of(cls, origins: list[int]) -> "Truth":
        """The truth of an edited text, by the first offset of each of its characters."""
        truth = cls({}, {})
        for at, origin in enumerate(origins):
            if origin >= 0:
                truth.places.setdefault(origin, []).append(at)
            elif origin <= COPY:
                truth.copies.setdefault(COPY - origin, []).append(at)
        return truth

    def pieces(self, quote: range) -> tuple[list[list[int]], bool]:
        """Where the surviving characters stand now, in pieces that count, and whether one has half of the quote."""
        first = _pieces(self.places, quote)
        if any(len(piece) >= KEPT * len(quote) for piece in first):
            return first, True
        return first + _pieces(self.copies, quote), False


def _pieces(places: dict[int, list[int]], quote: range) -> list[list[int]]:
    found: list[list[int]] = []
    for at in sorted(at for one in quote for at in places.get(one, ())):
        if found and at - found[-1][-1] <= APART:
            found[-1].append(at)
        else:
            found.append([at])
    return [piece for piece in found if len(piece) >= PIECE * len(quote)]


def judge(found: Attachment, case: Case, flow: Flow, truth: Truth) -> str:
    """right, wrong, lost or fair: see above."""
    left, survives = truth.pieces(case.quote)
    if found.fit is Fit.LOST:
        return "lost" if survives else "fair"
    covered = {flow.offset(span.measure, at) for span in found.spans for at in range(span.start, span.end)}
    for piece in left:
        inside = sum(piece[0] <= at <= piece[-1] for at in covered)
        is_tight = case.anchor.reach is Reach.MEASURE or 2 * inside >= len(covered)
        if is_tight and 2 * len(covered.intersection(piece)) >= len(piece):
            return "right"
    return "wrong"


def run(
    anchors: int, seed: int, per_text: int = PER_TEXT, limits: Limits = IN_USE
) -> Iterator[tuple[Case, Attachment, str, Document]]:
    """Every case with its answer, its verdict and the edited text."""
    document = Library().document("shanghai-2023")
    flow = Flow.of(document)
    chance = random.Random(seed)
    for number in range(0, anchors, per_text):
        kind = list(KINDS)[number // per_text % len(KINDS)]
        editor = Editor(document, chance)
        KINDS[kind](editor)
        edited, origins = editor.result()
        truth = Truth.of(origins)
        attacher, now = Attacher(edited, limits), Flow.of(edited)
        for _ in range(per_text):
            case = make_case(document, flow, chance, kind)
            found = attacher.attach(case.anchor)
            yield case, found, judge(found, case, now, truth), edited
        for key, first in _sections(document, editor):
            case = Case(anchor_section(document, key), range(0), kind)
            found = attacher.attach(case.anchor)
            yield case, found, _judge_section(found, first), edited


def _sections(document: Document, editor: Editor) -> Iterator[tuple[tuple[int, int], str]]:
    """The sections with headings, and the first measure each has now; none where the section is gone."""
    now = editor.first_measures
    for part in document.parts:
        for section in part.sections:
            if section.title:
                yield (part.number, section.number), now.get((part.number, section.number), "")


def _judge_section(found: Attachment, first: str) -> str:
    if found.fit is Fit.LOST:
        return "lost" if first else "fair"
    return "right" if found.measure == first else "wrong"


def count(cases: Iterator[tuple[Case, Attachment, str, Document]]) -> Counter[tuple[str, str, str]]:
    """(what is counted, its class, verdict) → number."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for case, _, verdict, _ in cases:
        counts["all", "", verdict] += 1
        counts["reach", case.reach, verdict] += 1
        counts["edits", case.kind, verdict] += 1
        if case.anchor.reach is not Reach.SECTION:
            longer = next((one for one in LENGTHS if len(case.quote) <= one), LENGTHS[-1])
            name = f"{longer:2}" if len(case.quote) <= longer else f"{longer}+"
            counts["up to", f"{name} characters", verdict] += 1
    return counts


def report(counts: Counter[tuple[str, str, str]]) -> None:
    """Print a line for each class."""
    print(f"{'':28}{'anchors':>8}{'right':>9}{'lost':>9}{'wrong':>9}   right, lost: of those that survive")
    for name, kind in sorted({key[:2] for key in counts}):
        right, wrong, lost, fair = (counts[name, kind, one] for one in ("right", "wrong", "lost", "fair"))
        total, surviving = right + wrong + lost + fair, max(1, right + lost)
        print(
            f"{name} {kind}".ljust(28)
            + f"{total:8}{right / surviving:9.2%}{lost / surviving:9.2%}{wrong / total:9.3%}"
        )


def report_limits(anchors: int, seed: int) -> None:
    """Print a line for each of some limits beside those in use."""
    print(f"{'limits':28}{'right':>9}{'wrong':>9}")
    for name, values in OTHERS.items():
        for value in values:
            counts = count(run(anchors, seed, limits=replace(IN_USE, **{name: value})))
            right, wrong, lost, fair = (counts["all", "", one] for one in ("right", "wrong", "lost", "fair"))
            share = wrong / (right + wrong + lost + fair)
            mark = " (in use)" if value == getattr(IN_USE, name) else ""
            print(f"{name} {value}{mark}".ljust(28) + f"{right / (right + lost):9.2%}{share:9.3%}")


def report_speed(seed: int) -> None:
    """Print how long it takes to attach anchors to a text that has not changed, and to seek lost ones in all of it."""
    document, chance = Library().document("shanghai-2023"), random.Random(seed)
    flow = Flow.of(document)
    anchors = [make_case(document, flow, chance, "").anchor for _ in range(10_000)]
    lost = [replace(one, quote=one.quote[::-1], before=one.after, after=one.before) for one in anchors[:300]]
    for name, sought in (("untouched", anchors), ("lost", lost)):
        started = perf_counter()
        attacher = Attacher(document)
        fits = {attacher.attach(anchor).fit for anchor in sought}
        print(f"{len(sought)} {name} anchors: {1000 * (perf_counter() - started):.0f} ms, {fits}")


def main(anchors: int, seed: int) -> None:
    """Print the figures."""
    print(f"{anchors} anchors, seed {seed}")
    report(count(run(anchors, seed)))
    report_limits(max(anchors // 4, len(KINDS) * PER_TEXT), seed)
    report_speed(seed)


if __name__ == "__main__":
    wanted = [int(one) for one in sys.argv[1:]]
    main(wanted[0] if wanted else ANCHORS, wanted[1] if len(wanted) > 1 else SEED)
