"""What was found as rows: which groups, in which order, saying what."""

import pytest

from content.model import Document
from desktop.finder import Finder, Findings
from desktop.jobs import Jobs
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Anchor, Note, Reach
from desktop.scope import Scope
from desktop.views.result_rows import result_rows
from desktop.views.results import ResultRow
from index.exact import ExactIndex
from index.related import RelatedHit

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


def told(rows: list[ResultRow]) -> list[str]:
    """Kind and first characters of each row."""
    return [f"{row.kind} {row.text[:12]}" for row in rows]


@pytest.mark.parametrize(
    ("text", "scope", "first"),
    [
        ("一件事", Scope.ALL, ["head 原文命中 4", "exact 深入推进企业高频证照变更"]),
        ("一件事", Scope.PART, ["head 原文命中 3（本编）", "exact 深入推进企业高频证照变更"]),
        ("一件事", Scope.SECTION, ["head 原文命中 0（本节）", "empty 本节中没有这些字；可改在"]),
        ("知识产权 员工", Scope.ALL, ["head 原文命中 0", "empty 没有一条同时含有这些字。"]),
        ("二（三）3", Scope.ALL, ["goto 二、（三）第3句", "head 原文命中 0", "empty 条目中没有这些字。"]),
        ("二（三）", Scope.ALL, ["goto 二、（三）市政公共基础设", "head 原文命中 0"]),
        (
            "市场准入退出",
            Scope.ALL,
            ["title （一）市场准入退出", "head 原文命中 0", "empty 条目中没有这些字。"],
        ),
        ("诚诺即办", Scope.ALL, ["head 原文命中 0", "empty 原文中没有这些字。", "suggestion 承诺即办"]),
        ("一件事", Scope.NOTES, ["head 批注 0", "empty 批注中没有这些字。"]),
    ],
)
def test_what_is_read_first(
    plan: Document, exact: ExactIndex, text: str, scope: Scope, first: list[str]
) -> None:
    rows = result_rows(plan, findings(plan, exact, text, scope))
    assert told(rows)[: len(first)] == first


def test_every_hit_is_a_row_with_its_place_and_marks(plan: Document, exact: ExactIndex) -> None:
    found = findings(plan, exact, "一件事")
    rows = [row for row in result_rows(plan, found) if row.kind == "exact"]
    assert [row.measure_id for row in rows] == list(found.exact)
    assert rows[0].place == "二、（一）第6句　市场准入退出"
    assert all([row.text[start:end] for start, end in row.spans] == ["一件事"] for row in rows)


def test_notes_follow_the_text_and_say_whose_they_are(plan: Document, exact: ExactIndex) -> None:
    note = Note("1", anchor_measure(plan, "shanghai-2023/2.3.4"), "“一件事”找谁", "2026", "2026")
    rows = result_rows(plan, findings(plan, exact, "一件事", notes=(note,)))
    assert [row.kind for row in rows] == ["head", *["exact"] * 4, "head", "note"]
    assert (rows[5].text, rows[5].aside) == ("批注 1", "本人所写，非原文")
    assert (rows[6].text, rows[6].measure_id) == ("“一件事”找谁", "shanghai-2023/2.3.4")


def test_a_note_whose_measure_is_gone_is_shown_all_the_same(plan: Document, exact: ExactIndex) -> None:
    note = Note("1", GONE, "留着", "2026", "2026")
    rows = result_rows(plan, findings(plan, exact, "留着", Scope.NOTES, (note,)))
    assert rows[-1].place == "原文中已无此条"


def test_related_comes_last_with_its_reason_and_is_not_counted(plan: Document, exact: ExactIndex) -> None:
    found = findings(plan, exact, "一件事")
    object.__setattr__(found, "related", (RelatedHit("shanghai-2023/2.7.4", 1.0, "共有：改革"),))
    rows = result_rows(plan, found)
    assert rows[0].text == "原文命中 4"
    assert (rows[-2].text, rows[-2].aside) == ("相关 1", "不计入命中")
    assert (rows[-1].kind, rows[-1].aside) == ("related", "共有：改革")


def test_the_documents_own_title_leads_to_where_it_is_printed(plan: Document, exact: ExactIndex) -> None:
    rows = result_rows(plan, findings(plan, exact, "持续优化营商环境行动方案"))
    [title] = [row for row in rows if row.kind == "title" and row.text == plan.title]
    assert plan.places[title.measure_id].measure.text == plan.title


def test_only_heads_and_empty_lines_lead_nowhere() -> None:
    kinds = ("head", "goto", "title", "exact", "note", "related", "suggestion", "empty")
    assert [kind for kind in kinds if not ResultRow(kind, "x").leads_somewhere] == ["head", "empty"]
