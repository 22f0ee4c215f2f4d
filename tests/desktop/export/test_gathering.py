"""What a brief is made of: the plan's words exactly, and everything that was written on them in its place."""

import pytest

from content.model import Document
from desktop.export.brief import Brief, Facts, Kind, Options, Order, cited, tailored
from desktop.export.gathering import (
    AgendaItem,
    Meeting,
    annotated_brief,
    extract_brief,
    meeting_brief,
    section_brief,
)
from desktop.export.ledger import LedgerRow
from desktop.notebook.model import Color, Entry
from tests.desktop.export.conftest import DAY, MARKDOWN, PLAN


class TestAnnotated:
    def test_every_word_of_the_plan_is_there_in_order(self, plan: Document, annotated: Brief) -> None:
        assert [one.text for one in annotated.passages] == [one.text for one in plan.measures]

    def test_headings_are_those_of_the_print(self, plan: Document, annotated: Brief) -> None:
        printed = [(part.label, part.heading) for part in plan.parts if part.heading]
        assert [
            (item.label, item.heading) for item in annotated.items if item.label and item.level == 1
        ] == printed
        sections = [one for part in plan.parts for one in part.sections if one.number]
        assert [item.heading for item in annotated.items if item.level == 2] == [
            one.title for one in sections
        ]

    def test_every_entry_in_use_is_there_once(self, annotated: Brief) -> None:
        said = [note.body for item in annotated.items for note in item.notes]
        assert sorted(said) == sorted(
            ["总的看法", MARKDOWN, "会前看", "两句一起看", "本节由规划处答", "找不到"]
        )
        assert (said[0], annotated.items[-1].notes[0].quote) == ("总的看法", "天外飞仙")

    def test_notes_stand_behind_the_last_of_their_words(self, annotated: Brief) -> None:
        [item] = [item for item in annotated.items if item.label == "（三）" and "报装" in item.heading]
        assert [note.body for note in item.notes_on(f"{PLAN}2.3.4")] == ["两句一起看"]
        assert [note.body for note in item.notes_on("")] == ["本节由规划处答"]

    def test_highlights_colour_the_very_characters(self, annotated: Brief) -> None:
        [third] = [one for one in annotated.passages if one.id == f"{PLAN}2.3.3"]
        assert [ink for _, ink in third.pieces] == [None, Color.GREEN]
        assert "".join(text for text, _ in third.pieces) == third.text

    def test_rows_stand_with_their_measures(self, annotated: Brief) -> None:
        assert [row.id for item in annotated.items for row in item.rows] == ["r1", "r2", "r3", "r4"]

    def test_the_notice_is_carried(self, plan: Document, annotated: Brief) -> None:
        assert "2024、2025、2026 年版" in annotated.source.notice
        assert annotated.source.line == (
            "原文引自《上海市加强集成创新持续优化营商环境行动方案》（上海市人民政府办公厅，2023 年版），以下简称《方案》。"
        )


class TestMeeting:
    def test_items_are_numbered_and_headed(self, meeting: Brief) -> None:
        assert [(item.label, item.heading) for item in meeting.items] == [
            ("一、", "市政公共基础设施报装"),
            ("二、", "在线帮办"),
            ("三、", "市政公共基础设施报装"),
        ]

    def test_only_chosen_notes_are_shown(self, meeting: Brief) -> None:
        assert [note.name for item in meeting.items for note in item.notes] == ["批注", "批注·问题"]

    def test_facts_are_lines(self, meeting: Brief) -> None:
        assert meeting.facts.lines[1] == "地点：3号会议室"
        assert Facts().lines == ()

    def test_more_than_99_items_are_numbered(self, plan: Document) -> None:
        agenda = (AgendaItem((f"{PLAN}2.3.3",)),) * 101
        assert meeting_brief(plan, Meeting("会", agenda), [], DAY).items[-1].label == "101、"

    def test_an_item_may_have_no_measure(self, plan: Document) -> None:
        [item] = meeting_brief(plan, Meeting("会", (AgendaItem((), "其他事项"),)), [], DAY).items
        assert (item.heading, item.passages) == ("其他事项", ())

    def test_an_unknown_measure_is_an_error(self, plan: Document) -> None:
        with pytest.raises(KeyError):
            meeting_brief(plan, Meeting("会", (AgendaItem(("x/1.1.1",)),)), [], DAY)


class TestExtract:
    def test_neighbours_share_a_heading(self, plan: Document, entries: list[Entry]) -> None:
        ids = [f"{PLAN}{place}" for place in ("2.3.3", "2.3.4", "3.1.1", "2.3.3")]
        brief = extract_brief(plan, ids, entries, DAY)
        assert [(item.heading, len(item.passages)) for item in brief.items] == [
            ("市政公共基础设施报装", 2),
            ("政务服务", 1),
        ]
        assert {note.body for item in brief.items for note in item.notes} >= {"两句一起看", "会前看"}
        assert "本节由规划处答" not in {note.body for item in brief.items for note in item.notes}

    def test_notice_and_imprint_can_be_chosen(self, plan: Document) -> None:
        ids = [next(plan.measures).id, plan.imprint[-1].id]
        assert [item.heading for item in extract_brief(plan, ids, [], DAY).items] == ["文首", "文末"]


class TestSection:
    def test_it_stands_under_its_part(
        self, plan: Document, entries: list[Entry], rows: tuple[LedgerRow, ...]
    ) -> None:
        brief = section_brief(plan, 2, 3, entries, DAY, rows)
        assert [(item.level, item.label) for item in brief.items] == [(1, "二、"), (2, "（三）")]
        assert [one.text for one in brief.passages] == [one.text for one in plan.section(2, 3).measures]  # type: ignore[union-attr]
        assert brief.subtitle == "节选：二、（三）市政公共基础设施报装"
        assert [row.id for row in brief.items[1].rows] == ["r1", "r2"]

    def test_text_right_under_a_part_is_one_too(self, plan: Document) -> None:
        [item] = section_brief(plan, 1, 0, [], DAY).items
        assert (item.label, item.heading, len(item.passages)) == ("一、", "明确总体要求", 2)

    def test_there_must_be_such_a_section(self, plan: Document) -> None:
        with pytest.raises(KeyError):
            section_brief(plan, 9, 9, [], DAY)


class TestOptions:
    def test_original_only_leaves_every_original_word(self, meeting: Brief) -> None:
        made = tailored(meeting, Options(original_only=True))
        assert [one.text for one in made.passages] == [one.text for one in meeting.passages]
        assert not made.has_own_words
        assert not any(one.marks for one in made.passages)
        assert "未附本单位所写内容" in made.closing_lines[0]

    @pytest.mark.parametrize(
        ("option", "field"), [("with_points", "points"), ("with_notes", "notes"), ("with_rows", "rows")]
    )
    def test_each_kind_can_be_left_out(self, meeting: Brief, option: str, field: str) -> None:
        made = tailored(meeting, Options(**{option: False}))  # type: ignore[arg-type]
        assert not any(getattr(item, field) for item in made.items)
        assert made.has_own_words

    def test_plan_order_renumbers_and_names_the_agenda(self, meeting: Brief) -> None:
        made = tailored(meeting, Options(order=Order.PLAN))
        assert [(item.label, item.heading, item.number) for item in made.items] == [
            ("一、", "市政公共基础设施报装（议程第1项）", 1),
            ("二、", "市政公共基础设施报装（议程第3项）", 3),
            ("三、", "在线帮办（议程第2项）", 2),
        ]
        assert [one.position for one in made.passages] == sorted(one.position for one in meeting.passages)

    def test_pages_without_items_left_do_not_stay(self, annotated: Brief) -> None:
        made = tailored(annotated, Options(with_notes=False))
        assert "写在全文上的批注" not in [item.heading for item in made.items if not item.passages]


def test_the_citation_names_the_document_shortly(meeting: Brief) -> None:
    passage = next(iter(meeting.passages))
    assert cited(passage, meeting.source) == "（《方案》二、（三）第3句）"
    assert passage.citation == "《上海市加强集成创新持续优化营商环境行动方案》二、（三）第3句"
    assert meeting.kind is Kind.MEETING


def test_no_entries_no_own_words(plan: Document) -> None:
    assert not annotated_brief(plan, [], DAY).has_own_words
