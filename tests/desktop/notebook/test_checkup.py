"""锚点体检: what it counts, in what order, in which words; and a new place that is accepted."""

from dataclasses import replace

import pytest

from content.library import Library
from content.model import Document
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import LOST, Attacher, Fit
from desktop.notebook.checkup import check_up, reattached
from desktop.notebook.model import Anchor, Bookmark, Entry, Highlight
from tests.desktop.notebook.entries import a_meeting, a_progress, an_action, an_item

PLAN = Library().document("shanghai-2023")
TIME = "2026-11-24T09:12:00+08:00"


def on(at: int, quote: str) -> Anchor:
    """An anchor on these words of a measure of section 2.3."""
    measure = f"shanghai-2023/2.3.{at}"
    start = PLAN.places[measure].measure.text.index(quote)
    return anchor_range(PLAN, measure, start, measure, start + len(quote))


def highlight(anchor: Anchor) -> Highlight:
    return Highlight(anchor.quote, anchor, TIME, TIME)


@pytest.fixture(scope="module")
def text() -> Document:
    """The plan with a changed figure in 2.3.3, without 2.3.4, and with another heading over 2.3."""
    parts = list(PLAN.parts)
    sections = list(parts[2].sections)
    old = [measure.text for measure in sections[2].measures]
    words = [*old[:2], old[2].replace("98%以上", "99%以上"), *old[4:]]
    measures = tuple(replace(one, text=text) for one, text in zip(sections[2].measures, words, strict=False))
    sections[2] = replace(sections[2], title="市政公用基础设施接入", measures=measures)
    parts[2] = replace(parts[2], sections=tuple(sections))
    return replace(PLAN, parts=tuple(parts))


QUOTES = (
    (2, "严禁变相增加企业负担"),
    (3, "全程服务时限，连接服务满意率98%以上"),
    (4, "推行供电、供水"),
    (5, "定期公布"),
)


def test_the_worst_come_first_and_all_are_counted(text: Document) -> None:
    report = check_up(text, [highlight(on(*quote)) for quote in QUOTES])
    fits = [one.attachment.fit for one in report.findings]
    assert fits == [Fit.LOST, Fit.CHANGED, Fit.MOVED, Fit.IN_PLACE]
    assert report.summary == "原位 1 · 移动 1 · 原文有改 1 · 失配 1"


def test_whatever_is_not_in_place_has_a_line_that_tells_what_stands_there_now(text: Document) -> None:
    lines = check_up(text, [highlight(on(*quote)) for quote in QUOTES]).lines()
    assert lines[1] == "失配　标记　原文中已找不到　引文“推行供电、供水”"
    assert lines[2].startswith("原文有改　标记　二、（三）第3句　引文“全程服务时限，连接服务满意率98%以上”")
    assert "现为“全程服务时限，连接服务满意率99%以上”" in lines[2]
    assert lines[3] == "移动　标记　二、（三）第4句　引文“定期公布”"
    assert len(lines) == 4


def test_agenda_and_ledger_are_sought_as_well_and_progress_where_its_row_stands(text: Document) -> None:
    anchor = on(*QUOTES[1])
    entries: list[Entry] = [
        an_item(anchor=anchor),
        an_action(anchor=anchor),
        a_progress(anchor=anchor),
        a_progress(id="stray", anchor=anchor, action="gone"),
        a_meeting(anchor=anchor_document(PLAN)),
    ]
    report = check_up(text, entries)
    assert [one.entry.id for one in report.findings] == ["item", "action", "stray", "meeting"]
    assert report.line(report.findings[1]).startswith("原文有改　台账　二、（三）第3句")


def test_a_section_is_told_by_its_heading_and_a_document_by_its_title(text: Document) -> None:
    entries = [
        Bookmark("one", anchor_section(PLAN, (2, 3)), TIME, TIME),
        Bookmark("two", anchor_document(PLAN), TIME, TIME),
    ]
    report = check_up(text, entries)
    assert [one.words for one in report.findings] == ["市政公用基础设施接入", PLAN.title]
    assert report.place(report.findings[0]) == "二、（三）全节"
    assert report.place(report.findings[1]) == "全文"


def test_an_accepted_place_is_in_place_from_then_on(text: Document) -> None:
    attacher = Attacher(text)
    anchors = [on(*QUOTES[1]), on(*QUOTES[3]), anchor_measure(PLAN, "shanghai-2023/2.3.3")]
    for anchor in [*anchors, anchor_section(PLAN, (2, 3))]:
        found = attacher.attach(anchor)
        assert found.fit in (Fit.MOVED, Fit.CHANGED)
        fresh = reattached(text, highlight(anchor), found).anchor
        assert fresh.reach is anchor.reach
        assert attacher.attach(fresh) == replace(found, fit=Fit.IN_PLACE, score=1.0)


def test_what_is_lost_stays_as_it_was(text: Document) -> None:
    lost = highlight(on(*QUOTES[2]))
    assert reattached(text, lost, LOST) is lost
