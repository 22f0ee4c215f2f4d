"""What each row of a sheet is to the ledger: known by id, citation or words; nothing empty or unknown writes over anything."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from content.model import Document
from desktop.export.ledger import COLUMNS, LedgerRow, Step
from desktop.export.ledger_matching import Incoming, Matched, Standing, match
from desktop.export.xlsx_reading import ReadRow
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Action, Progress, Status

TIME = "2023-02-01T09:00:00+08:00"
MEASURE = "shanghai-2023/2.3.2"
ALL = [column.key for column in COLUMNS]
DAY = date(2023, 12, 1)


@pytest.fixture
def mine(plan: Document) -> Action:
    return Action(
        "一", anchor_measure(plan, MEASURE), TIME, TIME, 1, lead="市商务委", due="2023-06", problem="慢"
    )


def matched(plan: Document, actions: list[Action], *rows: LedgerRow, mapped: list[str] = ALL) -> Matched:
    done = [Progress("p", one.anchor, TIME, TIME, one.id, "2023-11-20", "已统一口径") for one in actions]
    read = [ReadRow(number, row) for number, row in enumerate(rows, 5)]
    return match(
        plan,
        actions,
        lambda row_id: [one for one in done if one.action == row_id],
        lambda one: one.anchor.measure,
        read,
        mapped,
        DAY,
    )


def only(found: Matched) -> Incoming:
    [one] = found.incoming
    return one


def test_by_id_even_an_emptied_cell_is_a_change(plan: Document, mine: Action) -> None:
    one = only(matched(plan, [mine], LedgerRow(id="一", lead="市商务委", due="2023-06", state="未启动")))
    assert one.standing is Standing.CHANGED
    assert [(each.column, each.before, each.after) for each in one.differences] == [("问题", "慢", "")]


@pytest.mark.parametrize(
    "row",
    [
        LedgerRow(measure=MEASURE),
        LedgerRow(citation="二、（三）第2句"),
        LedgerRow(text="严格执行建筑区划红线外用户水电气接入“零负担”政策，严禁变相增加企业负担。"),
    ],
)
def test_by_measure_citation_or_words_an_empty_cell_changes_nothing(
    plan: Document, mine: Action, row: LedgerRow
) -> None:
    one = only(matched(plan, [mine], replace(row, lead="市发展改革委", state="办结")))
    assert one.mine is mine
    assert dict(one.values) == {"lead": "市发展改革委", "status": Status.DONE}
    assert only(matched(plan, [mine], replace(row, lead="市商务委"))).standing is Standing.SAME


def test_a_measure_without_a_row_gets_one(plan: Document) -> None:
    found = matched(plan, [], LedgerRow(citation="二、（三）第5句", lead="市水务局", due="2024年6月底前"))
    assert only(found).standing is Standing.NEW
    [edit] = found.change(plan, [Standing.NEW], lambda: "新", TIME, 7).edits
    made: Any = edit.after
    assert (made.lead, made.due, made.position) == ("市水务局", "2024-06", 8)
    assert made.anchor.measure == "shanghai-2023/2.3.5"


def test_nothing_to_fill_in_makes_no_row(plan: Document) -> None:
    assert only(matched(plan, [], LedgerRow(citation="二、（三）第5句"))).standing is Standing.SAME


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (LedgerRow(citation="第九百条", lead="某处"), "找不到"),
        (LedgerRow(citation="二、（三）第5句", text="完善企业名称争议处理机制。"), "不是同一条"),
    ],
)
def test_what_has_no_place_is_not_recognised(plan: Document, row: LedgerRow, why: str) -> None:
    one = only(matched(plan, [], row))
    assert one.standing is Standing.UNKNOWN
    assert why in one.remark


def test_an_unknown_status_is_told_and_changes_nothing(plan: Document, mine: Action) -> None:
    one = only(matched(plan, [mine], LedgerRow(measure=MEASURE, state="差不多")))
    assert one.standing is Standing.SAME
    assert "差不多" in one.remark


def test_a_column_that_is_not_mapped_is_left_alone(plan: Document, mine: Action) -> None:
    one = only(matched(plan, [mine], LedgerRow(id="一", lead="市水务局"), mapped=["id", "lead"]))
    assert dict(one.values) == {"lead": "市水务局"}


def test_progress_is_only_added(plan: Document, mine: Action) -> None:
    steps = (Step("2023-11-20", "已统一口径"), Step("", "已统一口径"), Step("", "已上线"))
    found = matched(plan, [mine], LedgerRow(measure=MEASURE, progress=steps))
    assert only(found).steps == (Step("2023-12-01", "已上线"),)
    [edit] = found.change(plan, [Standing.CHANGED], lambda: "新", TIME, 7).edits
    assert edit.before is None


def test_a_changed_date_keeps_the_first(plan: Document, mine: Action) -> None:
    found = matched(plan, [mine], LedgerRow(measure=MEASURE, due="2023-09"))
    [edit] = found.change(plan, [Standing.CHANGED], lambda: "新", TIME, 7).edits
    after: Any = edit.after
    assert (after.due, after.first_due) == ("2023-09", "2023-06")
    assert found.change(plan, [Standing.NEW], lambda: "新", TIME, 7).edits == ()


def test_two_rows_on_a_measure_are_told_apart_by_who_leads(plan: Document, mine: Action) -> None:
    other = replace(mine, id="二", lead="市水务局", position=2)
    found = matched(
        plan,
        [mine, other],
        LedgerRow(measure=MEASURE, lead="市水务局"),
        LedgerRow(measure=MEASURE, lead="甲"),
    )
    assert [one.mine for one in found.incoming] == [other, mine]


def test_a_row_copied_in_the_sheet_is_a_row_more(plan: Document, mine: Action) -> None:
    row = LedgerRow(id="一", measure=MEASURE, lead="市商务委", due="2023-06", problem="慢", state="未启动")
    found = matched(plan, [mine], row, replace(row, lead="市水务局"))
    assert [one.standing for one in found.incoming] == [Standing.SAME, Standing.NEW]


def test_tabs_that_were_lost_on_the_way_are_no_change(plan: Document, mine: Action) -> None:
    tabbed = replace(mine, problem="制\t表", due="")
    assert (
        only(matched(plan, [tabbed], LedgerRow(id="一", lead="市商务委", problem="制表"))).standing
        is Standing.SAME
    )
