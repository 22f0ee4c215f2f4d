"""What the views are told of the reader's entries."""

from dataclasses import replace
from typing import get_args

import pytest

from content.model import Document
from desktop.describing import STROKES, Describing, short_time
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.model import Anchor, Color, Entry, NoteKind
from desktop.shelf import Shelf
from desktop.views.bookmark_tree import BookmarkRow
from desktop.views.entry_list import EntryRow
from desktop.views.marks import Stroke
from desktop.views.note_card import CardContent
from tests.desktop.notebook.entries import (
    ANCHOR,
    LATER,
    PLAN,
    a_bookmark,
    a_highlight,
    a_meeting,
    a_note,
    a_progress,
    an_action,
    an_item,
)

MEASURE, NEXT = f"{PLAN}/2.3.4", f"{PLAN}/2.3.5"
PLACE = "二、（三）第4句"
NOWHERE = replace(ANCHOR, quote="从来没有这样的一句话，也不会有。", before="", after="")


@pytest.fixture
def shelf(plan: Document) -> Shelf:
    return Shelf(plan)


@pytest.fixture
def describing(plan: Document, shelf: Shelf) -> Describing:
    return Describing(plan, shelf)


@pytest.fixture(scope="module")
def words(plan: Document) -> Anchor:
    return anchor_range(plan, MEASURE, 3, MEASURE, 9)


class TestPlace:
    def test_a_place_is_named_as_it_is_cited(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        places = {
            words: PLACE,
            anchor_measure(plan, MEASURE): PLACE,
            anchor_section(plan, (2, 3)): "二、（三）全节",
            anchor_section(plan, (1, 0)): "一、全节",
            anchor_document(plan): "全文",
            anchor_measure(plan, list(plan.places)[-1]): "文末第2句",
            NOWHERE: "原文中已找不到",
        }
        notes = [a_note(id=str(number), anchor=anchor) for number, anchor in enumerate(places)]
        shelf.load(notes)
        assert [describing.place(note) for note in notes] == list(places.values())

    def test_it_is_where_the_words_are_now(self, shelf: Shelf, describing: Describing, words: Anchor) -> None:
        note = a_note(anchor=replace(words, measure=f"{PLAN}/4.1.1", last=f"{PLAN}/4.1.1", start=0, end=6))
        shelf.load([note])
        assert describing.place(note) == PLACE


class TestCard:
    def test_it_shows_all_that_a_note_says_of_itself(
        self, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        note = a_note(
            "**先试**",
            anchor=words,
            changed=LATER,
            kind=NoteKind.QUESTION,
            tags=("张江", "待办"),
            pinned=True,
            author="李四",
        )
        shelf.load([note])
        assert describing.card(note) == CardContent(
            "note",
            words.quote,
            PLACE,
            "11-25 10:00",
            "**先试**",
            "问题",
            ("张江", "待办"),
            True,
            "李四",
            "",
            "line",
        )

    @pytest.mark.parametrize(("kind", "shown"), [(NoteKind.GENERAL, ""), (NoteKind.NEXT_STEP, "下一步")])
    def test_a_general_note_says_nothing_of_its_kind(
        self, describing: Describing, kind: NoteKind, shown: str
    ) -> None:
        assert describing.card(a_note(kind=kind)).kind == shown

    def test_it_says_how_its_words_were_found_if_they_are_not_the_same(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        whole = anchor_measure(plan, MEASURE)
        moved = replace(whole, measure=f"{PLAN}/4.1.1", last=f"{PLAN}/4.1.1")
        changed = replace(whole, quote=f"{whole.quote[:-1]}等。")
        fits = {whole: "", words: "", moved: "", changed: "原文有改", NOWHERE: "失配"}
        notes = [a_note(id=str(number), anchor=anchor) for number, anchor in enumerate(fits)]
        shelf.load(notes)
        assert [describing.card(note).fit for note in notes] == list(fits.values())

    @pytest.mark.parametrize(
        ("start", "end", "stroke"),
        [(0, 3, "line"), (0, 4, "highlight_pink"), (8, 12, "highlight_pink"), (9, 12, "line")],
    )
    def test_its_stroke_is_that_of_the_first_highlight_on_its_words(
        self,
        plan: Document,
        shelf: Shelf,
        describing: Describing,
        words: Anchor,
        start: int,
        end: int,
        stroke: str,
    ) -> None:
        marked = a_highlight(anchor=anchor_range(plan, MEASURE, start, MEASURE, end), color=Color.PINK)
        note = a_note(anchor=words)
        shelf.load([note, marked, replace(marked, id="later", color=Color.BLUE)])
        assert describing.card(note).stroke == stroke

    def test_a_note_without_words_has_no_stroke(
        self, plan: Document, shelf: Shelf, describing: Describing
    ) -> None:
        note = a_note(anchor=anchor_section(plan, (2, 3)))
        shelf.load([note, a_highlight(anchor=anchor_measure(plan, f"{PLAN}/2.3.1"))])
        assert describing.card(note).stroke == "line"


class TestRows:
    def test_a_bookmark_is_named_by_its_label_or_else_by_its_words(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        over_two = anchor_range(plan, MEASURE, 0, NEXT, 4)
        shelf.load(
            [
                a_bookmark(id="b", anchor=over_two, position=2),
                a_bookmark(id="a", anchor=words, label="报装", folder="会前"),
            ]
        )
        assert describing.bookmark_rows() == [
            BookmarkRow("a", "报装", PLACE, "会前"),
            BookmarkRow("b", over_two.quote.replace("\n", " "), PLACE),
        ]

    def test_highlights_come_in_the_order_of_the_text(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        later = a_highlight(id="later", anchor=anchor_measure(plan, NEXT), color=Color.GREEN, author="李四")
        shelf.load([later, a_highlight(anchor=words)])
        assert describing.highlight_rows() == [
            EntryRow("highlight", words.quote, f"{PLACE} · 11-24 09:12", "highlight_yellow"),
            EntryRow("later", later.anchor.quote, "李四 · 二、（三）第5句 · 11-24 09:12", "highlight_green"),
        ]

    def test_the_bin_says_what_each_was_and_when_it_was_deleted(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        deleted: list[Entry] = [
            a_note("**先试**", anchor=words, deleted=LATER),
            a_bookmark(anchor=words, deleted=LATER),
            a_highlight(anchor=words, color=Color.BLUE, deleted=LATER),
            a_meeting(anchor=anchor_document(plan), deleted=LATER),
            an_item(anchor=words, deleted=LATER),
            an_action(anchor=words, deleted=LATER),
            a_progress(anchor=replace(words, document="beijing-2023"), deleted=LATER),
        ]
        shelf.load(deleted)
        meta = f"{PLACE} · 11-25 10:00删除"
        assert describing.deleted_rows(deleted) == [
            EntryRow("note", "先试", f"批注 · {meta}", "line"),
            EntryRow("bookmark", words.quote, f"书签 · {meta}", "line"),
            EntryRow("highlight", words.quote, f"标记 · {meta}", "highlight_blue"),
            EntryRow(
                "meeting", "专题会 2026年11月25日（周三）14:00", "会议 · 全文 · 11-25 10:00删除", "line"
            ),
            EntryRow("item", "先问电力公司", f"议题 · {meta}", "line"),
            EntryRow("action", "市经济信息化委 2023-06", f"台账 · {meta}", "line"),
            EntryRow(
                "progress",
                "2026-11-20 已完成口径统一",
                "台账进展 · 在另一份文件 · 11-25 10:00删除",
                "line",
            ),
        ]
        assert {type(one) for one in deleted} == set(get_args(Entry)), "no kind is left out"


class TestMarks:
    def test_strokes_stand_in_every_measure_they_touch_oldest_first(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        over_two = a_highlight(id="two", anchor=anchor_range(plan, MEASURE, 5, NEXT, 4), color=Color.GREEN)
        shelf.load([over_two, a_highlight(anchor=words), a_highlight(id="gone", anchor=words, deleted=LATER)])
        end = len(plan.places[MEASURE].measure.text)
        assert describing.strokes() == {
            MEASURE: [
                Stroke(5, end, "highlight_green", "two"),
                Stroke(3, 9, "highlight_yellow", "highlight"),
            ],
            NEXT: [Stroke(0, 4, "highlight_green", "two")],
        }

    def test_strokes_follow_the_shelf(self, shelf: Shelf, describing: Describing, words: Anchor) -> None:
        assert describing.strokes() == {}
        for color in Color:
            shelf.load([a_highlight(anchor=words, color=color)])
            assert [one.color for one in describing.strokes()[MEASURE]] == [STROKES[color]]
        assert describing.strokes() is describing.strokes()

    def test_only_notes_on_some_of_a_measure_underline_its_words(
        self, plan: Document, shelf: Shelf, describing: Describing, words: Anchor
    ) -> None:
        shelf.load(
            [
                a_note(id="words", anchor=words),
                a_note(id="measure", anchor=anchor_measure(plan, MEASURE)),
                a_note(id="gone", anchor=words, deleted=LATER),
                a_highlight(anchor=words),
            ]
        )
        assert describing.note_ranges() == {MEASURE: [(3, 9)]}


@pytest.mark.parametrize(
    ("time", "shown"),
    [("2026-11-24T09:12:00+08:00", "11-24 09:12"), ("2026-01-02T23:59:59+00:00", "01-02 23:59")],
)
def test_a_time_is_shown_as_it_was_on_the_clock_of_the_writer(time: str, shown: str) -> None:
    assert short_time(time) == shown


def test_every_colour_has_a_stroke_of_its_own() -> None:
    assert len({STROKES[color] for color in Color}) == len(Color)
