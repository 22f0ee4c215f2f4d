"""锚点体检: how each entry was found again in the text, and a fresh anchor for those whose new place is accepted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from content import citation
from content.model import Document
from desktop.notebook.anchors import anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import Attacher, Attachment, Fit
from desktop.notebook.model import NAMES, Action, Anchor, Entry, Progress, Reach

_E = TypeVar("_E", bound=Entry)
_WORST_FIRST = (Fit.LOST, Fit.CHANGED, Fit.MOVED, Fit.IN_PLACE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry: how it was found, and the words that stand there now.

    The words have a line for each measure; of a section they are the heading, of a document the title. They are empty
    where the entry is lost.
    """

    entry: Entry
    attachment: Attachment
    words: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """The findings on one document, the worst first, then in the order of the text."""

    document: Document
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Counter[Fit]:
        """How many entries were found in each way."""
        return Counter(finding.attachment.fit for finding in self.findings)

    @property
    def displaced(self) -> tuple[Finding, ...]:
        """The findings on entries that are not in place."""
        return tuple(one for one in self.findings if one.attachment.fit is not Fit.IN_PLACE)

    @property
    def summary(self) -> str:
        """One line: 原位 120 · 移动 3 · 原文有改 2 · 失配 1."""
        return " · ".join(f"{fit.value} {self.counts[fit]}" for fit in reversed(_WORST_FIRST))

    def line(self, finding: Finding) -> str:
        """One finding in a line: how, what, where, the quoted words, and what stands there now."""
        fit = finding.attachment.fit
        quote = " ".join(finding.entry.anchor.quote.split())
        pieces = [f"{fit.value}　{NAMES[type(finding.entry)]}　{self.place(finding)}　引文“{quote}”"]
        if fit is Fit.CHANGED:
            pieces.append(f"现为“{' '.join(finding.words.split())}”（相似 {finding.attachment.score:.0%}）")
        return "，".join(pieces)

    def lines(self) -> list[str]:
        """The summary, and a line for each entry that is not in place."""
        return [self.summary, *(self.line(finding) for finding in self.displaced)]

    def place(self, finding: Finding) -> str:
        """Where an entry stands now, as it is cited."""
        measure, reach = finding.attachment.measure, finding.entry.anchor.reach
        if reach is Reach.DOCUMENT and finding.attachment.fit is not Fit.LOST:
            return "全文"
        if reach is Reach.SECTION and measure:
            place = self.document.places[measure]
            return f"{citation.section_name(place.part, place.section)}全节"
        return citation.short(self.document, measure) if measure else "原文中已找不到"


def check_up(document: Document, entries: Iterable[Entry]) -> Checkup:
    """Seek every entry in the text as it is now; progress stands where its row of the ledger does."""
    entries = list(entries)
    actions = {one.id for one in entries if isinstance(one, Action)}
    attacher = Attacher(document)
    order = {measure: number for number, measure in enumerate(document.places)}
    findings = []
    for entry in entries:
        if isinstance(entry, Progress) and entry.action in actions:
            continue
        attachment = attacher.attach(entry.anchor)
        findings.append(Finding(entry, attachment, _words(document, entry.anchor, attachment)))
    findings.sort(
        key=lambda one: (_WORST_FIRST.index(one.attachment.fit), order.get(one.attachment.measure, -1))
    )
    return Checkup(document, tuple(findings))


def reattached(document: Document, entry: _E, attachment: Attachment) -> _E:
    """The entry with a fresh anchor on what it was found at; the entry itself where it is lost."""
    anchor = _fresh(document, entry.anchor, attachment)
    return entry if anchor is None else replace(entry, anchor=anchor)


def _fresh(document: Document, anchor: Anchor, found: Attachment) -> Anchor | None:
    if anchor.reach is Reach.SECTION and found.measure:
        return anchor_section(document, document.places[found.measure].section_key)
    if not found.spans:
        return None
    first, last = found.spans[0], found.spans[-1]
    if anchor.reach is Reach.MEASURE and first == last:
        return anchor_measure(document, first.measure)
    return anchor_range(document, first.measure, first.start, last.measure, last.end)


def _words(document: Document, anchor: Anchor, found: Attachment) -> str:
    places = document.places
    if anchor.reach is Reach.DOCUMENT and found.fit is not Fit.LOST:
        return document.title
    if anchor.reach is Reach.SECTION and found.measure:
        place = places[found.measure]
        return place.section.title or place.part.heading
    return "\n".join(places[one.measure].measure.text[one.start : one.end] for one in found.spans)
