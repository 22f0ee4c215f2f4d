"""A search's findings as the rows of the result list."""

from collections.abc import Sequence
from typing import Any

from content import citation
from content.model import Document
from desktop.finder import Findings
from desktop.scope import Scope
from desktop.views.results import ResultRow


def result_rows(document: Document, findings: Findings) -> list[ResultRow]:
    """Rows in the order they are read: the place that was typed, headings, hits, notes, what is related."""
    rows = _target_rows(document, findings)
    if findings.scope is not Scope.NOTES:
        rows += _title_rows(document, findings)
        rows += _exact_rows(document, findings)
    if findings.notes or findings.scope is Scope.NOTES:
        rows += _note_rows(document, findings)
    if findings.scope is not Scope.NOTES:
        rows += _related_rows(document, findings)
    return rows


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


def _title_rows(document: Document, findings: Findings) -> list[ResultRow]:
    rows = []
    for hit in findings.titles:
        first = _first_measure(document, hit.place)
        if first:
            rows.append(ResultRow("title", hit.text, first, "标题", spans=hit.spans))
    return rows


def _first_measure(document: Document, place: str) -> str:
    """The first measure under a heading; for the document's own title, the title as printed."""
    if place == document.id:
        ids = (one.measure.id for one in document.places.values() if one.measure.text == document.title)
        return next(ids, next(iter(document.places)))
    return next((one for one in document.places if one.startswith(f"{place}.")), "")


def _exact_rows(document: Document, findings: Findings) -> list[ResultRow]:
    scope = "" if findings.scope is Scope.ALL else f"（{findings.scope.value}）"
    head = ResultRow(
        "head", f"原文命中 {len(findings.exact)}{scope}", aside="按原文顺序" if findings.exact else ""
    )
    if not findings.exact:
        rows = [head, ResultRow("empty", _nothing(findings))]
        return rows + [ResultRow("suggestion", one, place="原文中有") for one in findings.suggestions]
    return [head] + [
        ResultRow(
            "exact",
            document.places[one].measure.text,
            one,
            place_line(document, one),
            spans=_LazySpans(findings, one),
        )
        for one in findings.exact
    ]


def _nothing(findings: Findings) -> str:
    """What exactly is not there: words that stand elsewhere, or one by one, are not denied."""
    if findings.scope is not Scope.ALL:
        return f"{findings.scope.value}中没有这些字；可改在全文中找。"
    if findings.titles or findings.target:
        return "条目中没有这些字。"
    return "没有一条同时含有这些字。" if len(findings.text.split()) > 1 else "原文中没有这些字。"


def _note_rows(document: Document, findings: Findings) -> list[ResultRow]:
    rows = [ResultRow("head", f"批注 {len(findings.notes)}", aside="本人所写，非原文")]
    if not findings.notes:
        return [*rows, ResultRow("empty", "批注中没有这些字。")]
    return rows + [
        ResultRow("note", note.body, note.anchor.measure, _note_place(document, note.anchor.measure))
        for note in findings.notes
    ]


def _note_place(document: Document, measure_id: str) -> str:
    return place_line(document, measure_id) if measure_id in document.places else "原文中已无此条"


def _related_rows(document: Document, findings: Findings) -> list[ResultRow]:
    if findings.related is None or not findings.related:
        return []
    head = ResultRow("head", f"相关 {len(findings.related)}", aside="不计入命中")
    return [head] + [
        ResultRow(
            "related",
            document.places[hit.measure_id].measure.text,
            hit.measure_id,
            place_line(document, hit.measure_id),
            hit.reason,
        )
        for hit in findings.related
    ]


class _LazySpans(Sequence[tuple[int, int]]):
    """The marked ranges of one hit, worked out when the row is drawn."""

    def __init__(self, findings: Findings, measure_id: str) -> None:
        self._findings = findings
        self._measure_id = measure_id

    def __len__(self) -> int:
        return len(self._findings.spans.get(self._measure_id))

    def __getitem__(self, at: Any) -> Any:
        return self._findings.spans.get(self._measure_id)[at]
