"""The ledger: what is listed, in which order and groups, how many are late, and filling down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook import ledger
from desktop.notebook.belonging import by_action
from desktop.notebook.ledger import FILLABLE, Grouping, Ledger, Order, Timing, Wanted
from desktop.notebook.model import Action, Status
from tests.desktop.notebook.entries import ANCHOR, LATER, TIME, a_progress, an_action

TODAY = date(2023, 6, 15)
DONE, PAUSED, UNDER_WAY = Status.DONE, Status.PAUSED, Status.UNDER_WAY


def row(name: str, due: str = "", status: Status = UNDER_WAY, **values: Any) -> Action:
    return an_action(id=name, due=due, status=status, **{"lead": "", "support": "", **values})


ROWS = [
    row("a", "2023-05", lead="市商务委", position=2),
    row("b", "2023-06", lead="市發展改革委", support="各区政府、市商务委", changed=LATER),
    row("c", "长期", DONE, lead="上海海关"),
    row("d", "", Status.NOT_STARTED, problem="口径ＡＢ不一", position=1),
    row("e", "2023-12", PAUSED, lead="市商务委", anchor=replace(ANCHOR, document="beijing-2023")),
    row("f", "长期", person="王一"),
]
PLACES = {"a": 3, "b": 1, "c": 2, "d": 3, "e": 9, "f": 4}


def listed(wanted: Wanted = Wanted(), order: Order = Order.TEXT, rows: Sequence[Action] = ROWS) -> str:  # noqa: B008
    """The ids of the rows that are listed, run together."""
    progress = by_action(
        [a_progress(action="c", text="已上线试运行"), a_progress(action="f", text="每周通报")]
    )
    found = Ledger().select(rows, wanted, order, TODAY, lambda one: PLACES.get(one.id, 0), progress)
    return "".join(one.id for one in found)


class TestTiming:
    @pytest.mark.parametrize(
        ("due", "status", "timing"),
        [
            ("2023-05", UNDER_WAY, Timing.OVERDUE),
            ("2023-06-14", Status.NOT_STARTED, Timing.OVERDUE),
            ("2023-06-15", UNDER_WAY, Timing.SOON),
            ("2023-07-15", UNDER_WAY, Timing.SOON),
            ("2023-07-16", UNDER_WAY, Timing.LATER),
            ("即时", UNDER_WAY, Timing.SOON),
            ("长期", UNDER_WAY, Timing.OPEN_ENDED),
            ("", UNDER_WAY, Timing.UNDATED),
            ("视情", UNDER_WAY, Timing.UNDATED),
            ("2023-05", DONE, Timing.CLOSED),
            ("2023-05", PAUSED, Timing.CLOSED),
            ("即时", Status.DROPPED, Timing.CLOSED),
        ],
    )
    def test_how_a_row_stands_on_a_day(self, due: str, status: Status, timing: Timing) -> None:
        assert ledger.timing(row("a", due, status), TODAY) is timing

    def test_a_date_without_a_year_is_of_the_year_in_which_the_row_was_made(self) -> None:
        assert ledger.due_of(row("a", "6月底", created=TIME)).last == date(2026, 6, 30)
        assert ledger.due_of(row("a", "6月底", created="?")).last is None

    def test_counts(self) -> None:
        found = ledger.counts(ROWS, TODAY)
        assert found.words == "全部 6 · 完成 1 · 逾期 1 · 临期 1 · 未启动 1"
        assert ledger.counts([], TODAY).total == 0


class TestListing:
    @pytest.mark.parametrize(
        ("order", "ids"),
        [
            (Order.TEXT, "bcdafe"),
            (Order.DUE, "abecfd"),
            (Order.LEAD, "caebdf"),
            (Order.STATUS, "dbafce"),
            (Order.CHANGED, "bcdafe"),
        ],
    )
    def test_what_is_alike_stays_in_the_order_of_the_text(self, order: Order, ids: str) -> None:
        assert listed(order=order) == ids

    @pytest.mark.parametrize(
        ("wanted", "ids"),
        [
            (Wanted(), "bcdafe"),
            (Wanted(status=DONE), "c"),
            (Wanted(timing=Timing.OVERDUE), "a"),
            (Wanted(timing=Timing.OPEN_ENDED), "f"),
            (Wanted(unit="市商务委"), "bae"),
            (Wanted(unit="商务委"), ""),
            (Wanted(document="beijing-2023"), "e"),
            (Wanted(unit="市商务委", timing=Timing.OVERDUE), "a"),
            (Wanted(words="发展改革委"), "b"),
            (Wanted(words="口径ab"), "d"),
            (Wanted(words="试 运 行"), "c"),
            (Wanted(words="通报 王一"), "f"),
            (Wanted(words="已完成"), "c"),
            (Wanted(words="引文"), "bcdafe"),
            (Wanted(words="王一每周"), ""),
            (Wanted(words=" "), "bcdafe"),
        ],
    )
    def test_only_what_is_asked_for_is_listed(self, wanted: Wanted, ids: str) -> None:
        assert listed(wanted) == ids

    def test_it_is_known_whether_anything_is_asked(self) -> None:
        assert Wanted().asks_nothing
        assert not Wanted(unit="x").asks_nothing

    def test_new_words_and_new_progress_are_found_and_old_ones_are_not(self) -> None:
        known = Ledger()

        def found(action: Action, words: str, text: str) -> bool:
            progress = by_action([a_progress(action="a", text=text)])
            return bool(
                known.select([action], Wanted(words=words), Order.TEXT, TODAY, lambda one: 0, progress)
            )

        assert found(row("a", problem="旧"), "旧", "初稿")
        assert found(row("a", problem="新"), "新", "初稿")
        assert not found(row("a", problem="新"), "旧", "初稿")
        assert found(row("a", problem="新"), "定稿", "定稿")
        assert not found(row("a", problem="新"), "初稿", "定稿")

    @given(st.sampled_from(Order), st.lists(st.sampled_from(["", "2023-05", "长期", "即时"]), max_size=8))
    def test_nothing_is_lost_or_doubled(self, order: Order, dues: list[str]) -> None:
        rows = [row(str(number), due) for number, due in enumerate(dues)]
        assert sorted(listed(order=order, rows=rows)) == sorted("".join(one.id for one in rows))


class TestGroups:
    @pytest.mark.parametrize(
        ("grouping", "groups"),
        [
            (Grouping.NONE, [("", "abcdef")]),
            (
                Grouping.SECTION,
                [("第3节", "ad"), ("第1节", "b"), ("第2节", "c"), ("第9节", "e"), ("第4节", "f")],
            ),
            (Grouping.LEAD, [("市商务委", "ae"), ("市發展改革委", "b"), ("上海海关", "c"), ("未填", "df")]),
            (Grouping.STATUS, [("未启动", "d"), ("推进中", "abf"), ("已完成", "c"), ("暂缓", "e")]),
            (
                Grouping.TIMING,
                [("逾期", "a"), ("临期", "b"), ("长期", "f"), ("无时限", "d"), ("已了结", "ce")],
            ),
        ],
    )
    def test_rows_stand_under_headings(self, grouping: Grouping, groups: list[tuple[str, str]]) -> None:
        found = ledger.grouped(ROWS, grouping, TODAY, lambda one: f"第{PLACES[one.id]}节")
        assert [(one.title, "".join(row.id for row in one.rows)) for one in found] == groups


class TestFilling:
    def test_the_first_row_is_put_into_those_below(self) -> None:
        revisions = ledger.fill_down(ROWS[:4], ["lead", "status"])
        assert [(old.id, new.lead, new.status) for old, new in revisions] == [
            ("b", "市商务委", UNDER_WAY),
            ("c", "市商务委", UNDER_WAY),
            ("d", "市商务委", UNDER_WAY),
        ]
        assert all(replace(new, lead=old.lead, status=old.status) == old for old, new in revisions)

    def test_first_due_dates_are_kept_and_what_stays_the_same_is_no_revision(self) -> None:
        rows = [row("a", "2023-09"), row("b", "2023-06"), row("c", "2023-09"), row("d")]
        revisions = ledger.fill_down(rows, ["due"])
        assert [(new.id, new.due, new.first_due) for _, new in revisions] == [
            ("b", "2023-09", "2023-06"),
            ("d", "2023-09", ""),
        ]

    @pytest.mark.parametrize("column", FILLABLE)
    def test_each_column_of_the_units_own_can_be_filled(self, column: str) -> None:
        first = an_action(person="王", problem="口径", next_step="统一", status=DONE)
        below = an_action(id="b", lead="", support="", due="")
        [(_, new)] = ledger.fill_down([first, below], [column])
        assert getattr(new, column) == getattr(first, column)

    @pytest.mark.parametrize("column", ["id", "anchor", "first_due", "position", "nonsense"])
    def test_no_other_can(self, column: str) -> None:
        with pytest.raises(KeyError, match=column):
            ledger.fill_down(ROWS, [column])

    def test_nothing_below_is_nothing_to_do(self) -> None:
        assert ledger.fill_down([], ["lead"]) == ledger.fill_down(ROWS[:1], ["lead"]) == []


class TestRows:
    @pytest.mark.parametrize(
        ("name", "step", "order"),
        [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("x", 1, "abc")],
    )
    @pytest.mark.parametrize("places", [(1, 2, 3), (4, 7, 40), (5, 5, 5)])
    def test_rows_of_one_measure_are_put_in_order(
        self, name: str, step: int, order: str, places: tuple[int, ...]
    ) -> None:
        rows = [row(one, position=at) for one, at in zip("abc", places, strict=True)]
        known = {old.id: new for old, new in ledger.moved(rows, name, step)}
        found = sorted((known.get(one.id, one) for one in rows), key=lambda one: one.position)
        assert "".join(one.id for one in found) == order

    def test_units_are_known_however_they_are_divided(self) -> None:
        assert ledger.units("市商务委、各区政府，上海海关； 市教委\n") == [
            "市商务委",
            "各区政府",
            "上海海关",
            "市教委",
        ]
        assert ledger.units("") == []
        assert ledger.units_in_use(ROWS) == ["市商务委", "上海海关", "各区政府", "市發展改革委"]

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("未启动", Status.NOT_STARTED),
            ("未开始", Status.NOT_STARTED),
            ("进行中", UNDER_WAY),
            (" 推 进 中", UNDER_WAY),
            ("完成", DONE),
            ("已办结", DONE),
            ("暂停", PAUSED),
            ("取消", Status.DROPPED),
            ("逾期", None),
            ("", None),
        ],
    )
    def test_other_offices_words_for_a_status(self, text: str, status: Status | None) -> None:
        assert ledger.status_of(text) is status

    @pytest.mark.parametrize("status", Status)
    def test_every_status_is_known_by_its_own_name(self, status: Status) -> None:
        assert ledger.status_of(status.value) is status
