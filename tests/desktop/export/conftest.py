"""A meeting, a ledger and notes on the real plan, and the fonts to draw with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from content.model import Document
from desktop import fonts
from desktop.export import faces
from desktop.export.brief import Brief, Facts
from desktop.export.gathering import AgendaItem, Meeting, annotated_brief, meeting_brief
from desktop.export.ledger import Ledger, LedgerRow, Step
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.model import Bookmark, Color, Entry, Highlight, Note, NoteKind
from tests.desktop.export.office import Office
from tests.desktop.notebook.conftest import plain_folder

__all__ = ["plain_folder"]

DAY = date(2026, 11, 25)
TIME = "2026-11-24T09:12:00+08:00"
PLAN = "shanghai-2023/"
MARKDOWN = """请说明**满意率**口径：
- 统计范围
    1. 甲

# 小结
> 批示

|年|率|
|-|-|
|2022|97.1%|

<b>不是标签</b> =cmd|'/C calc'!A0"""


@pytest.fixture(scope="session")
def entries(plan: Document) -> list[Entry]:
    """One of each kind and reach, one that is lost, one that is deleted."""
    third, fourth = f"{PLAN}2.3.3", f"{PLAN}2.3.4"
    words = anchor_range(plan, third, 2, fourth, 5)
    measure = anchor_measure(plan, third)
    lost = anchor_measure(plan, fourth)
    return [
        Note("n1", measure, MARKDOWN, TIME, TIME, NoteKind.QUESTION, ("张江", "口径"), author="张三"),
        Note("n2", words, "两句一起看", TIME, TIME),
        Note("n3", anchor_section(plan, (2, 3)), "本节由规划处答", TIME, TIME),
        Note("n4", anchor_document(plan), "总的看法", TIME, TIME),
        Note("n5", type(lost)(plan.id, lost.reach, "x/9.9.9", "x/9.9.9", 0, 4, "天外飞仙", "", ""), "找不到", TIME, TIME),
        Note("n6", measure, "不要了", TIME, TIME, deleted=TIME),
        Bookmark("b1", measure, TIME, TIME, "会前看"),
        Highlight("h1", words, TIME, TIME, Color.GREEN),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def rows(plan: Document) -> tuple[LedgerRow, ...]:
    """Rows with a month, a day, 长期, words, and with everything that a sheet could take amiss."""

    def row(number: int, place: str, citation: str, **values: Any) -> LedgerRow:
        found = plan.places[PLAN + place]
        return LedgerRow(
            f"r{number}", PLAN + place, citation, found.section.title, found.measure.text, **values
        )

    steps = (Step("2026-10-12", "等待\n价格部门意见"), Step("2026-11-20", "，已统一口径"), Step("", "=1+1"))
    first = row(1, "2.3.3", "二、（三）第3句", lead="市经济信息化委", support="市通信管理局", progress=steps)
    return (
        replace(
            first, due="2026-06", first_due="2026-03-31", state="进行中", problem="口径不一", alert="逾期"
        ),
        row(
            2,
            "2.3.10",
            "二、（三）第10句",
            lead="=cmd|'/C calc'!A0",
            support="+1",
            due="2026-12-31",
            state="-1",
        ),
        row(3, "3.1.1", "三、（一）第1句", lead="@SUM(A1)", support="\t制表", due="长期", problem="＝全角"),
        row(4, "3.1.1", "三、（一）第1句", lead="_x0041_", due="待定", person='引"号,逗号'),
    )


@pytest.fixture(scope="session")
def meeting(plan: Document, entries: list[Entry], rows: tuple[LedgerRow, ...]) -> Brief:
    """Three items with everything that can stand on one."""
    agenda = (
        AgendaItem((f"{PLAN}2.3.3",), "", "请电力公司说明口径。", "月底前报口径。", ("n1", "n4"), rows[:1]),
        AgendaItem((f"{PLAN}3.1.1", f"{PLAN}3.1.2"), "在线帮办", "请汇报接通率。", "", (), rows[2:]),
        AgendaItem((f"{PLAN}2.3.10", f"{PLAN}2.3.9"), rows=rows[1:2]),
    )
    facts = Facts("2026年11月25日（周三）14:00", "3号会议室", "发改、经信、住建、数据局")
    return meeting_brief(plan, Meeting("优化营商环境专题会", agenda, facts), entries, DAY)


@pytest.fixture(scope="session")
def annotated(plan: Document, entries: list[Entry], rows: tuple[LedgerRow, ...]) -> Brief:
    return annotated_brief(plan, entries, DAY, rows)


@pytest.fixture(scope="session")
def ledger(rows: tuple[LedgerRow, ...]) -> Ledger:
    return Ledger("任务台账", DAY, "原文引自《方案》。", "其后已有新版。", rows)


@pytest.fixture(scope="session")
def drawn(chosen_fonts: fonts.Fonts) -> faces.Fonts:
    """The fonts of this machine."""
    return faces.drawn((), chosen_fonts.serif, chosen_fonts.sans)


@pytest.fixture
def old_file(tmp_path: Path) -> Iterator[Path]:
    """A file that stands where the new one shall go; nothing else is left beside it."""
    target = tmp_path / "会议材料.docx"
    target.write_bytes(b"old")
    yield target
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice; where it is not installed the test is skipped."""
    return Office(tmp_path_factory.mktemp("office"))
