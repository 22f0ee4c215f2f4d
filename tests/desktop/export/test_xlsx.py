"""Sheets read back: words as they are, dates as dates, nothing that computes."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from content.model import Document
from desktop.export import faces, prose, xlsx
from desktop.export.brief import Brief, Options
from desktop.export.errors import CannotWrite, Stopped
from desktop.export.filing import save
from desktop.export.ledger import COLUMNS, STATES, Ledger, LedgerRow, Step
from desktop.export.xlsx_reading import guess, ledger_rows, read
from tests.desktop.export.conftest import DAY

FONTS = faces.named()
KEYS = [column.key for column in COLUMNS]

WORDS = st.one_of(
    st.just(""),
    st.text(
        st.sampled_from("甲=+-@_x0041＝\n 1") | st.characters(codec="utf-8", min_codepoint=32), max_size=12
    ),
).filter(lambda words: words == prose.clean(words) and (not words or words.strip() != ""))
"""What a sheet can hold: not blanks alone."""


def sheet_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def cell(data: bytes, number: int, key: str) -> Any:
    return sheet_of(data).cell(number, KEYS.index(key) + 1)


def come_back(ledger: Ledger, folder: Path) -> tuple[LedgerRow, ...]:
    save(folder / "台账.xlsx", xlsx.render_ledger(ledger, FONTS))
    [table] = read(folder / "台账.xlsx")
    found = ledger_rows(table, guess(table))
    assert all(not one.others and not one.inherits for one in found)
    return tuple(one.row for one in found)


class TestSheet:
    def test_every_original_word_is_the_plans(self, plan: Document, annotated: Brief) -> None:
        sheet = sheet_of(xlsx.render(annotated, Options(), FONTS))
        texts = [row[KEYS.index("text")] for row in sheet.iter_rows(min_row=5, values_only=True)]
        ids = [row[KEYS.index("measure")] for row in sheet.iter_rows(min_row=5, values_only=True)]
        assert dict(zip(ids, texts, strict=True)) == {one.id: one.text for one in plan.measures}
        assert list(dict.fromkeys(ids)) == [one.id for one in plan.measures]

    def test_heads_say_whose_the_columns_are(self, ledger: Ledger) -> None:
        sheet = sheet_of(xlsx.render_ledger(ledger, FONTS))
        owners = [value for value in next(sheet.iter_rows(3, 3, values_only=True)) if value]
        assert owners == ["方案原文", "「本单位填写，非方案原文」", "程序用，请勿改动"]
        assert [one.value for one in sheet[4]] == [column.header for column in COLUMNS]
        assert sheet["A1"].value == "任务台账"
        assert (
            sheet["A2"].value
            == "原文引自《方案》。 其后已有新版。 黄色各列由本单位填写，非方案原文。 2026年11月25日导出。"
        )

    def test_it_is_set_up_for_work_and_print(self, ledger: Ledger) -> None:
        sheet = sheet_of(xlsx.render_ledger(ledger, FONTS))
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B5", "A4:O8")
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$4", "landscape")
        assert sheet.column_dimensions["C"].width == 44
        [choice] = sheet.data_validations.dataValidation
        assert (choice.type, choice.formula1) == ("list", f'"{",".join(STATES)}"')
        assert "I5:I508" not in str(choice.sqref)
        assert str(choice.sqref) == "H5:H504"

    def test_dates_are_dates(self, ledger: Ledger) -> None:
        data = xlsx.render_ledger(ledger, FONTS)
        month, day, lasting = cell(data, 5, "due"), cell(data, 6, "due"), cell(data, 7, "due")
        assert (month.value, month.number_format) == (datetime(2026, 6, 1), "yyyy-mm")
        assert (day.value, day.number_format) == (datetime(2026, 12, 31), "yyyy-mm-dd")
        assert lasting.value == "长期"

    def test_rows_are_high_enough(self, ledger: Ledger) -> None:
        sheet = sheet_of(xlsx.render_ledger(ledger, FONTS))
        assert sheet.row_dimensions[5].height >= 4 * 15

    def test_many_states_are_not_offered(self, ledger: Ledger) -> None:
        many = replace(ledger, states=tuple(f"状态{number}" for number in range(99)))
        assert not sheet_of(xlsx.render_ledger(many, FONTS)).data_validations.dataValidation

    def test_an_empty_ledger_can_be_filled_in(self, ledger: Ledger) -> None:
        assert sheet_of(xlsx.render_ledger(replace(ledger, rows=()), FONTS)).auto_filter.ref == "A4:O5"


class TestInjection:
    def test_nothing_is_a_formula(self, meeting: Brief, ledger: Ledger) -> None:
        for data in (xlsx.render_ledger(ledger, FONTS), xlsx.render(meeting, Options(), FONTS)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
            assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)

    @pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "=cmd|'/C calc'!A0"])
    def test_words_stay_words_when_they_are_edited(self, ledger: Ledger, words: str) -> None:
        row = LedgerRow("r", "x/1.1.1", words, words, words, words, words, words, state=words)
        data = xlsx.render_ledger(replace(ledger, rows=(row,), title=words), FONTS)
        for one in (cell(data, 5, "text"), cell(data, 5, "lead"), cell(data, 5, "due"), sheet_of(data)["A1"]):
            assert (one.value, one.data_type, bool(one.quotePrefix)) == (words, "s", True)


class TestRoundTrip:
    def test_out_and_in_changes_nothing(self, ledger: Ledger, tmp_path: Path) -> None:
        assert come_back(ledger, tmp_path) == ledger.rows

    def test_a_brief_comes_back_with_rows_to_fill_in(self, meeting: Brief, tmp_path: Path) -> None:
        save(tmp_path / "台账.xlsx", xlsx.render(meeting, Options(), FONTS))
        [table] = read(tmp_path / "台账.xlsx")
        found = [one.row for one in ledger_rows(table, guess(table))]
        assert [row.id for row in found] == ["r1", "r3", "r4", "", "r2", ""]
        assert [row.is_filled_in for row in found] == [True, True, True, False, True, False]

    @given(st.lists(WORDS, min_size=6, max_size=6))
    def test_any_words_come_back(self, tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
        lead, support, state, problem, text, done = words
        row = LedgerRow("r1", "x/1.1.1", "出处", "节", text, lead, support)
        row = replace(row, state=state, problem=problem, progress=(Step("2026-11-20", done),))
        ledger = Ledger("台账", DAY, "", "", (row,))
        assert come_back(ledger, tmp_path_factory.mktemp("台账")) == (row,)


def test_words_that_fit_into_no_cell_are_refused(ledger: Ledger) -> None:
    row = replace(ledger.rows[0], problem="难" * 32_768)
    with pytest.raises(CannotWrite, match="二、（三）第3句的“问题”超过 Excel 一格所能容的 32767 字"):
        xlsx.render_ledger(replace(ledger, rows=(row,)), FONTS)


def test_it_can_be_stopped(ledger: Ledger) -> None:
    def watch(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        xlsx.render_ledger(ledger, FONTS, watch)
