"""What was found as rows: which groups, in which order, saying what."""

from dataclasses import replace

import pytest

from content.model import Document
from desktop.jobs import Jobs
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Anchor, Note, Reach
from desktop.search.finder import Finder, Findings
from desktop.search.listing import Grouping, Lister, Order, Sorting
from desktop.search.scope import Scope
from desktop.views.result_row import ResultRow
from desktop.views.result_rows import hits_line, result_rows
from index.exact import ExactIndex
from index.related import RelatedHit

AS_PRINTED = Sorting()
GONE = Anchor(
    "shanghai-2023", Reach.RANGE, "shanghai-2023/9.9.9", "shanghai-2023/9.9.9", 0, 4, "从前的话", "", ""
)


@pytest.fixture(scope="module")
def exact(plan: Document) -> ExactIndex:
    return ExactIndex([plan])


def findings(
    plan: Document, exact: ExactIndex, text: str, scope: Scope = Scope.ALL, notes: tuple[Note, ...] = ()
) -> Findings:
    """What is found at once, seen from 二（三）."""
    finder = Finder(plan, exact, Jobs(), lambda: notes)
    finder.search(text, scope, (2, 3))
    assert finder.findings is not None
    return finder.findings


def rows_of(
    plan: Document, found: Findings, sorting: Sorting = AS_PRINTED, *, all_titles: bool = False
) -> list[ResultRow]:
    """The rows of what was found."""
    return result_rows(plan, found, Lister(plan).listing(found, sorting), all_titles=all_titles)


def told(rows: list[ResultRow]) -> list[str]:
    """Kind and first characters of each row."""
    return [f"{row.kind} {row.text[:12]}" for row in rows]


@pytest.mark.parametrize(
    ("text", "scope", "first"),
    [
        ("一件事", Scope.ALL, ["exact 深入推进企业高频证照变更"]),
        ("一件事", Scope.SECTION, ["empty 本节中没有；可改在全文中"]),
        ("知识产权 员工", Scope.ALL, ["empty 没有一条同时含有这些字。"]),
        ("二（三）3", Scope.ALL, ["goto 二、（三）第3句", "head 条目 0", "empty 条目中没有这些字。"]),
        ("二（三）", Scope.ALL, ["goto 二、（三）市政公共基础设", "head 条目 0"]),
        (
            "市场准入退出",
            Scope.ALL,
            ["head 标题 1", "title （一）市场准入退出", "head 条目 0", "empty 条目中没有这些字。"],
        ),
        ("代办服务", Scope.ALL, ["empty 原文中没有这些字。", "suggestion 帮办服务"]),
        ("诚诺即办", Scope.ALL, ["reading 承诺即办"]),
        ("一件事", Scope.NOTES, ["head 批注 0", "empty 批注中没有这些字。"]),
    ],
)
def test_what_is_read_first(
    plan: Document, exact: ExactIndex, text: str, scope: Scope, first: list[str]
) -> None:
    rows = rows_of(plan, findings(plan, exact, text, scope))
    assert told(rows)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "scope", "line"),
    [
        ("一件事", Scope.ALL, "原文命中 4"),
        ("一件事", Scope.PART, "原文命中 3（本编）"),
        ("一件事", Scope.SECTION, "原文命中 0（本节）"),
    ],
)
def test_how_much_is_found_is_told_over_the_list(
    plan: Document, exact: ExactIndex, text: str, scope: Scope, line: str
) -> None:
    assert "".join(hits_line(findings(plan, exact, text, scope))) == line


def test_many_titles_wait_until_they_are_asked_for(plan: Document, exact: ExactIndex) -> None:
    found = findings(plan, exact, "服务")
    rows = rows_of(plan, found)
    assert told(rows[:1]) == ["head 标题 6"]
    assert [row.kind for row in rows[1:6]] == ["title", "title", "title", "more", "head"]
    assert rows[4].text == "其余 3 个标题…"
    assert rows[5].text == "条目 55"
    assert [row.kind for row in rows_of(plan, found, all_titles=True)[1:8]] == [*["title"] * 6, "head"]


def test_under_a_heading_a_hit_does_not_repeat_it(plan: Document, exact: ExactIndex) -> None:
    rows = rows_of(plan, findings(plan, exact, "一件事"), Sorting(Order.PRINTED, Grouping.SECTION))
    assert [(row.kind, row.text, row.aside) for row in rows[:1]] == [("group", "二、（一）市场准入退出", "1")]
    assert rows[1].place == "二、（一）第6句"


def test_every_hit_is_a_row_with_its_place_and_marks(plan: Document, exact: ExactIndex) -> None:
    found = findings(plan, exact, "一件事")
    rows = [row for row in rows_of(plan, found) if row.kind == "exact"]
    assert [row.measure_id for row in rows] == list(found.exact)
    assert rows[0].place == "二、（一）第6句　市场准入退出"
    assert all([row.text[start:end] for start, end in row.spans] == ["一件事"] for row in rows)


def test_notes_follow_the_text_and_say_whose_they_are(plan: Document, exact: ExactIndex) -> None:
    note = Note("1", anchor_measure(plan, "shanghai-2023/2.3.4"), "“一件事”找谁", "2026", "2026")
    rows = rows_of(plan, findings(plan, exact, "一件事", notes=(note,)))
    assert [row.kind for row in rows] == [*["exact"] * 4, "head", "note"]
    assert (rows[4].text, rows[4].aside) == ("批注 1", "本人所写，非原文")
    assert (rows[5].text, rows[5].measure_id) == ("“一件事”找谁", "shanghai-2023/2.3.4")


def test_a_note_whose_measure_is_gone_is_shown_all_the_same(plan: Document, exact: ExactIndex) -> None:
    note = Note("1", GONE, "留着", "2026", "2026")
    rows = rows_of(plan, findings(plan, exact, "留着", Scope.NOTES, (note,)))
    assert rows[-1].place == "原文中已无此条"


def test_related_comes_last_with_its_reason_and_is_not_counted(plan: Document, exact: ExactIndex) -> None:
    found = findings(plan, exact, "一件事")
    object.__setattr__(found, "related", (RelatedHit("shanghai-2023/2.7.4", 1.0, "共有：改革"),))
    rows = rows_of(plan, found)
    assert [row.kind for row in rows[:4]] == ["exact"] * 4
    assert (rows[-2].text, rows[-2].aside) == ("相关 1", "不计入命中")
    assert (rows[-1].kind, rows[-1].aside) == ("related", "共有：改革")


def test_the_documents_own_title_leads_to_where_it_is_printed(plan: Document, exact: ExactIndex) -> None:
    rows = rows_of(plan, findings(plan, exact, "持续优化营商环境行动方案"))
    [title] = [row for row in rows if row.kind == "title" and row.text == plan.title]
    assert plan.places[title.measure_id].measure.text == plan.title


def test_only_heads_and_empty_lines_lead_nowhere() -> None:
    lead = ("goto", "title", "more", "exact", "reading", "literal", "read", "read_title", "note", "related")
    assert all(ResultRow(kind, "x").leads_somewhere for kind in (*lead, "suggestion"))
    assert not any(ResultRow(kind, "x").leads_somewhere for kind in ("head", "group", "empty"))


def test_where_nothing_at_all_is_found_it_says_what_can_be_done(plan: Document, exact: ExactIndex) -> None:
    found = findings(plan, exact, "甲骨文考古")
    assert told(rows_of(plan, found)) == ["empty 原文中没有这些字。"]  # what is related may still come
    rows = rows_of(plan, replace(found, related=()))
    assert {row.kind for row in rows} == {"empty"}
    assert "近义词" in rows[-1].text
