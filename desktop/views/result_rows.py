"""A search's findings as the rows of the result list."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from content import citation
from content.model import Document
from desktop.notebook.model import (
    Action,
    AgendaItem,
    Bookmark,
    Entry,
    Meeting,
    Note,
    Progress,
    Reach,
)
from desktop.notebook.own_words import own_words
from desktop.notebook.rendering import plain_text
from desktop.search.finder import Findings, HitSpans, OwnHit, ReadingHits
from desktop.search.listing import Group, Listing
from desktop.search.scope import Scope
from desktop.views.result_row import ResultRow
from index.exact import TitleHit

FEW_TITLES = 3
"""Headings that stand over the hits; more of them only on demand, or they would push the hits out of sight."""

_OWN_GROUPS: tuple[tuple[str, tuple[type[Entry], ...]], ...] = (
    ("批注", (Note,)),
    ("书签", (Bookmark,)),
    ("会议", (Meeting, AgendaItem)),
    ("台账", (Action, Progress)),
)
_ADVICE = ("也没有意思相近的条目；可换个说法。", "本处行话可在“查找—近义词”里添上。")


def result_rows(
    document: Document, findings: Findings, listing: Listing, *, all_titles: bool = False
) -> list[ResultRow]:
    """Rows in the order they are read: the place that was typed, headings, hits, notes, what is related.

    The number of hits is told over the list (``hits_line``); hits have a head only where something else stands over them.
    """
    rows = _target_rows(document, findings)
    if findings.scope is not Scope.NOTES:
        rows += _title_rows(document, findings, all_titles)
        if listing.readings:
            rows += _reading_rows(document, findings, listing)
        else:
            rows += _exact_rows(document, findings, listing, is_first=not rows)
            rows += [_reading_row(one) for one in listing.offered]
    rows += _own_rows(document, findings)
    if findings.scope is not Scope.NOTES:
        rows += _related_rows(document, findings, frozenset(listing.hits))
    if findings.related == () and not any(row.leads_somewhere for row in rows):
        rows += [ResultRow("empty", line) for line in _ADVICE]
    return rows


def hits_line(findings: Findings) -> tuple[str, str]:
    """How much was found, and where that was looked for, if not everywhere."""
    scope = "" if findings.scope is Scope.ALL else f"（{findings.scope.value}）"
    return f"原文命中 {len(findings.exact)}", scope


def place_line(document: Document, measure_id: str) -> str:
    """Where a measure stands: citation and section title."""
    section = document.places[measure_id].section
    return f"{citation.short(document, measure_id)}　{section.title}".rstrip("　")


def _target_rows(document: Document, findings: Findings) -> list[ResultRow]:
    target = findings.target
    if target is None:
        return []
    place = document.places[target.measure_id]
    if target.sentence is not None:
        text = citation.short(document, target.measure_id)
    elif target.section is not None and place.section.number:
        text = f"{citation.section_name(place.part, place.section)}{place.section.title}"
    else:
        text = f"{place.part.label}{place.part.heading}"
    return [ResultRow("goto", text, target.measure_id, "转到")]


def _title_rows(document: Document, findings: Findings, all_titles: bool) -> list[ResultRow]:
    rows = _titles(document, findings.titles, "title")
    if not rows:
        return []
    head = ResultRow("head", f"标题 {len(rows)}")
    few = len(rows) if all_titles or len(rows) <= FEW_TITLES + 1 else FEW_TITLES
    more = [ResultRow("more", f"其余 {len(rows) - few} 个标题…")] if few < len(rows) else []
    return [head, *rows[:few], *more]


def _titles(document: Document, titles: Sequence[TitleHit], kind: str) -> list[ResultRow]:
    rows = []
    for hit in titles:
        first = _first_measure(document, hit.place)
        if first:
            rows.append(ResultRow(kind, hit.text, first, spans=hit.spans))
    return rows


def _first_measure(document: Document, place: str) -> str:
    """The first measure under a heading; for the document's own title, the title as printed."""
    if place == document.id:
        ids = (one.measure.id for one in document.places.values() if one.measure.text == document.title)
        return next(ids, next(iter(document.places)))
    return next((one for one in document.places if one.startswith(f"{place}.")), "")


def _exact_rows(
    document: Document, findings: Findings, listing: Listing, *, is_first: bool
) -> list[ResultRow]:
    rows = [] if is_first else [ResultRow("head", f"条目 {len(findings.exact)}")]
    if findings.exact:
        return rows + _hit_rows(document, listing.exact, findings.spans, "exact")
    rows.append(ResultRow("empty", _nothing(findings)))
    if listing.offered:
        return rows
    return rows + [ResultRow("suggestion", one, place="原文中有") for one in findings.suggestions]


def _hit_rows(document: Document, groups: Sequence[Group], spans: HitSpans, kind: str) -> list[ResultRow]:
    """Hits under their headings, where they have any; the heading need not be said again with each hit."""
    rows = []
    for group in groups:
        if group.heading:
            rows.append(ResultRow("group", group.heading, aside=f"{len(group.hits)}"))
        for one in group.hits:
            text = document.places[one].measure.text
            place = citation.short(document, one) if group.heading else place_line(document, one)
            rows.append(ResultRow(kind, text, one, place, spans=_LazySpans(spans, one)))
    return rows


def _reading_rows(document: Document, findings: Findings, listing: Listing) -> list[ResultRow]:
    literal = ResultRow(
        "literal", findings.text, place=f"仍按“{findings.text.strip()}”搜索", aside="Alt+Enter"
    )
    rows = []
    for number, one in enumerate(listing.readings):
        rows.append(_reading_row(one.reading))
        if number == 0:
            rows.append(literal)
        rows += _titles(document, one.reading.titles, "read_title")
        rows += _hit_rows(document, one.groups, one.reading.spans, "read")
    return rows


def _reading_row(reading: ReadingHits) -> ResultRow:
    hits, titles = len(reading.exact), len(reading.titles)
    found = f"{titles} 个标题" if titles and not hits else f"{hits} 条"
    return ResultRow("reading", reading.query, place=f"按“{reading.text}”搜索（{reading.kind}）", aside=found)


def _nothing(findings: Findings) -> str:
    """What exactly is not there: words that stand elsewhere, or one by one, are not denied."""
    if findings.scope is not Scope.ALL:
        return f"{findings.scope.value}中没有；可改在全文中找。"
    if findings.titles or findings.target:
        return "条目中没有这些字。"
    return "没有一条同时含有这些字。" if len(findings.text.split()) > 1 else "原文中没有这些字。"


def _own_rows(document: Document, findings: Findings) -> list[ResultRow]:
    rows: list[ResultRow] = []
    for name, kinds in _OWN_GROUPS:
        found = findings.own_of(*kinds)
        if found or (name == "批注" and findings.scope is Scope.NOTES):
            rows.append(ResultRow("head", f"{name} {len(found)}", aside="本人所写，非原文"))
            rows += [_own_row(document, hit) for hit in found]
            if not found:
                rows.append(ResultRow("empty", "批注中没有这些字。"))
    return rows


def _own_row(document: Document, hit: OwnHit) -> ResultRow:
    entry, place = hit.entry, _own_place(document, hit)
    match entry:
        case Note():
            tags = "".join(f"　#{tag}" for tag in entry.tags)
            return ResultRow("note", plain_text(entry.body), hit.measure_id, f"{place}{tags}")
        case Bookmark():
            text = entry.label or " ".join(entry.anchor.quote.split())
            return ResultRow("note", text, hit.measure_id, f"{place}　{entry.folder}".rstrip("　"))
    text = plain_text("　".join(filter(None, own_words(entry))))
    return ResultRow("note", text, hit.measure_id, place)


def _own_place(document: Document, hit: OwnHit) -> str:
    if hit.measure_id in document.places:
        return place_line(document, hit.measure_id)
    return "全文" if hit.entry.anchor.reach is Reach.DOCUMENT else "原文中已无此条"


def _related_rows(document: Document, findings: Findings, listed: frozenset[str]) -> list[ResultRow]:
    """What is related; the index offers what a reading finds as well, which is listed already."""
    related = [hit for hit in findings.related or () if hit.measure_id not in listed]
    if not related:
        return []
    head = ResultRow("head", f"相关 {len(related)}", aside="不计入命中")
    return [head] + [
        ResultRow(
            "related",
            document.places[hit.measure_id].measure.text,
            hit.measure_id,
            place_line(document, hit.measure_id),
            hit.reason,
        )
        for hit in related
    ]


class _LazySpans(Sequence[tuple[int, int]]):
    """The marked ranges of one hit, worked out when the row is drawn."""

    def __init__(self, spans: HitSpans, measure_id: str) -> None:
        self._spans = spans
        self._measure_id = measure_id

    @cached_property
    def _found(self) -> Sequence[tuple[int, int]]:
        return self._spans.get(self._measure_id)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: Any) -> Any:
        return self._found[at]
