"""The copy in memory: it follows every change as if it had been read anew, and knows where everything stands."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from content.model import Document
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import LOST, Fit, Span
from desktop.notebook.model import Anchor, Change, Color, Edit, Entry, NoteKind
from desktop.notebook.store import Notebook
from desktop.shelf import Shelf
from tests.desktop.notebook.entries import (
    ANCHOR,
    LATER,
    PLAN,
    TIME,
    a_bookmark,
    a_highlight,
    a_meeting,
    a_note,
    a_progress,
    an_action,
    an_item,
)

MEASURE, NEXT = f"{PLAN}/2.3.4", f"{PLAN}/2.3.5"
NOWHERE = replace(ANCHOR, quote="从来没有这样的一句话，也不会有。", before="", after="")


@pytest.fixture
def shelf(plan: Document) -> Shelf:
    return Shelf(plan)


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    opened = Notebook.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def anchors(plan: Document) -> dict[str, Anchor]:
    """An anchor of each reach, and one whose words are nowhere."""
    return {
        "measure": anchor_measure(plan, MEASURE),
        "words": anchor_range(plan, MEASURE, 3, NEXT, 9),
        "section": anchor_section(plan, (2, 3)),
        "document": anchor_document(plan),
        "lost": NOWHERE,
    }


def told(shelf: Shelf) -> list[object]:
    """All that a shelf says of its entries."""
    return [
        shelf.meetings,
        [shelf.agenda(one.id) for one in shelf.meetings],
        shelf.actions,
        {one.id: shelf.progress_of(one.id) for one in shelf.actions},
        {one.id for one in shelf.strays},
        shelf.action_counts,
        shelf.notes,
        shelf.bookmarks,
        shelf.highlights,
        {one.id for one in shelf.deleted},
        shelf.note_counts,
        shelf.bookmarked,
        shelf.section_counts(),
        {one.id: shelf.attachment(one) for one in shelf.in_use},
    ]


def step(number: int, book: Notebook, anchors: dict[str, Anchor]) -> Change:
    """One of many different changes."""
    everything = book.everything()
    notes, marks = book.notes(PLAN), book.bookmarks(PLAN)
    steps: list[Callable[[], Change]] = [
        lambda: book.add_note(anchors["words"], "甲", NoteKind.QUESTION, ("张江",)),
        lambda: book.add_bookmark(anchors["section"], "乙", "会前"),
        lambda: book.add_highlight(anchors["words"], Color.PINK),
        lambda: book.add(
            [a_note(anchor=anchors["lost"]), a_bookmark(anchor=anchors["measure"], position=-1)]
        ),
        lambda: book.revise([(one, replace(one, anchor=anchors["measure"], body="改")) for one in notes]),
        lambda: book.revise([(one, replace(one, position=9 - one.position)) for one in marks]),
        lambda: book.delete(everything[::2]),
        lambda: book.restore([one for one in everything if one.deleted][:1]),
        lambda: book.purge(everything[:2]),
        lambda: book.add_note(replace(anchors["measure"], document="beijing-2023"), "别处的"),
        lambda: book.add_note(anchors["document"], "总的"),
        lambda: book.add_meeting(anchors["document"], "专题会", series="例会"),
        lambda: book.add_agenda_items(book.meetings()[0].id, anchors.values(), 0),
        lambda: book.add_action(anchors["measure"], due="2023-06"),
        lambda: book.add_action(replace(anchors["measure"], document="beijing-2023")),
        lambda: book.add_progress(book.actions()[0], "2026-11-20", "已办"),
        lambda: book.add_meeting(
            replace(anchors["document"], document="beijing-2023"), "别处的", series="例会"
        ),
        lambda: book.delete(book.meetings()[:1]),
        lambda: book.revise([(one, replace(one, position=9 - one.position)) for one in book.agenda_items()]),
    ]
    return steps[number]()


class TestFollowing:
    def test_it_says_the_same_as_one_that_is_read_anew(
        self, plan: Document, shelf: Shelf, notebook: Notebook, anchors: dict[str, Anchor]
    ) -> None:
        changes = []
        for number in range(19):
            changes.append(step(number, notebook, anchors))
            self.assert_like_new(plan, shelf, notebook, changes[-1])
        for change in reversed(changes):
            self.assert_like_new(plan, shelf, notebook, notebook.apply(change.inverse))
        assert told(shelf) == told(Shelf(plan))

    def assert_like_new(self, plan: Document, shelf: Shelf, notebook: Notebook, change: Change) -> None:
        shelf.apply(change)
        anew = Shelf(plan)
        anew.load(notebook.on_desk(PLAN))
        assert told(shelf) == told(anew)

    def test_loading_replaces_what_was_there(self, shelf: Shelf) -> None:
        shelf.load([a_note(), a_bookmark()])
        shelf.load([a_highlight()])
        assert (shelf.notes, shelf.bookmarks, shelf.highlights) == ([], [], [a_highlight()])
        assert shelf.attachment(a_note()) == LOST

    def test_its_version_tells_that_something_changed(self, shelf: Shelf) -> None:
        seen = {shelf.version}
        shelf.load([a_note()])
        seen.add(shelf.version)
        shelf.apply(Change((Edit(a_note(), None),)))
        assert len(seen | {shelf.version}) == 3

    def test_what_is_gone_has_no_place(self, shelf: Shelf, anchors: dict[str, Anchor]) -> None:
        note = a_note(anchor=anchors["measure"])
        shelf.load([note])
        shelf.apply(Change((Edit(note, None),)))
        assert shelf.attachment(note) == LOST

    def test_what_is_on_another_document_is_left_out(self, shelf: Shelf) -> None:
        foreign = a_note(anchor=replace(ANCHOR, document="beijing-2023"))
        shelf.apply(Change((Edit(None, foreign), Edit(None, a_bookmark()))))
        assert shelf.notes == []
        assert shelf.bookmarks == [a_bookmark()]


class TestEntries:
    ALL: tuple[Entry, ...] = (
        a_note(id="n"),
        a_note(id="gone", deleted=TIME),
        a_bookmark(id="a second", position=2),
        a_bookmark(id="the first", position=1),
        a_highlight(id="h"),
        a_highlight(id="gone last", deleted=LATER),
    )

    @pytest.fixture
    def full(self, shelf: Shelf) -> Shelf:
        shelf.load(self.ALL)
        return shelf

    def test_each_kind_is_listed_apart_and_deleted_ones_again(self, full: Shelf) -> None:
        listed = (full.notes, full.bookmarks, full.highlights, full.deleted)
        assert [[one.id for one in some] for some in listed] == [
            ["n"],
            ["the first", "a second"],
            ["h"],
            ["gone last", "gone"],
        ]

    @pytest.mark.parametrize("entry", ALL, ids=lambda one: one.id)
    def test_every_entry_is_known_by_its_id(self, full: Shelf, entry: Entry) -> None:
        assert full.entry(entry.id) == entry

    def test_only_a_note_is_a_note(self, full: Shelf) -> None:
        assert full.note("n") == self.ALL[0]
        assert full.note("gone") == self.ALL[1]
        assert full.note("h") is full.note("unknown") is full.entry("unknown") is None

    def test_the_chosen_come_as_they_were_chosen_without_what_is_not_there(self, full: Shelf) -> None:
        assert [one.id for one in full.chosen(["h", "unknown", "gone", "n"])] == ["h", "gone", "n"]


class TestMeetingsAndLedger:
    @pytest.fixture
    def full(self, shelf: Shelf, anchors: dict[str, Anchor]) -> Shelf:
        elsewhere = replace(anchors["measure"], document="beijing-2023")
        shelf.load(
            [
                a_meeting(),
                an_item(id="b", position=2),
                an_item(id="a", position=1, anchor=elsewhere),
                an_item(id="lonely", meeting="gone"),
                an_action(id="second", position=2, anchor=anchors["measure"]),
                an_action(id="first", position=1, anchor=anchors["measure"]),
                an_action(id="there", position=3, anchor=elsewhere),
                a_progress(id="late", action="first", day="2026-11-20"),
                a_progress(id="early", action="first", day="2026-11-02"),
                a_note(anchor=elsewhere),
            ]
        )
        return shelf

    def test_they_are_at_hand_from_all_documents_and_notes_are_not(self, full: Shelf) -> None:
        assert [one.id for one in full.agenda("meeting")] == ["a", "b"]
        assert [one.id for one in full.actions] == ["first", "second", "there"]
        assert full.notes == []
        assert full.attachment(full.actions[2]) == LOST

    def test_a_measure_knows_its_rows_and_a_row_its_progress(self, full: Shelf) -> None:
        assert [one.id for one in full.actions_on(MEASURE)] == ["first", "second"]
        assert full.action_counts[MEASURE] == 2
        assert [one.id for one in full.progress_of("first")] == ["early", "late"]
        assert full.progress_of("second") == []

    def test_what_has_lost_its_whole_is_still_to_be_seen(self, full: Shelf) -> None:
        assert [one.id for one in full.strays] == ["lonely"]

    def test_what_went_into_the_bin_with_its_meeting_is_listed_with_it(self, full: Shelf) -> None:
        gone = [full.entry(name) for name in ("meeting", "a", "b")]
        full.apply(Change(tuple(Edit(one, replace(one, deleted=LATER)) for one in gone if one)))
        lonely = full.entry("lonely")
        assert lonely is not None
        full.apply(Change((Edit(lonely, replace(lonely, deleted=TIME)),)))
        assert [one.id for one in full.deleted] == ["meeting", "lonely"]
        assert full.meetings == []


class TestPlaces:
    @pytest.mark.parametrize(
        ("name", "fit", "measure", "section", "spans"),
        [
            ("measure", Fit.IN_PLACE, MEASURE, (2, 3), 1),
            ("words", Fit.IN_PLACE, MEASURE, (2, 3), 2),
            ("section", Fit.IN_PLACE, f"{PLAN}/2.3.1", (2, 3), 0),
            ("document", Fit.IN_PLACE, "", None, 0),
            ("lost", Fit.LOST, "", None, 0),
        ],
    )
    def test_it_is_known_where_an_entry_stands(
        self,
        shelf: Shelf,
        anchors: dict[str, Anchor],
        name: str,
        fit: Fit,
        measure: str,
        section: tuple[int, int] | None,
        spans: int,
    ) -> None:
        note = a_note(anchor=anchors[name])
        shelf.load([note])
        assert (shelf.attachment(note).fit, shelf.measure_of(note)) == (fit, measure)
        assert shelf.section_of(note) == section
        assert len(list(shelf.spans([note]))) == spans

    def test_an_entry_knows_the_words_it_takes_in(self, shelf: Shelf, anchors: dict[str, Anchor]) -> None:
        highlight = a_highlight(anchor=anchors["words"])
        shelf.load([highlight])
        [(_, first), (_, second)] = shelf.spans([highlight])
        assert first == Span(MEASURE, 3, len(anchors["measure"].quote))
        assert second == Span(NEXT, 0, 9)

    def test_entries_are_sorted_as_the_text_goes(self, shelf: Shelf, anchors: dict[str, Anchor]) -> None:
        notes = [a_note(id=name, anchor=anchor) for name, anchor in reversed(anchors.items())]
        shelf.load(notes)
        ids = [one.id for one in sorted(notes, key=shelf.position)]
        assert ids == ["lost", "document", "section", "measure", "words"]

    def test_notes_and_bookmarks_are_counted_where_they_stand(
        self, shelf: Shelf, anchors: dict[str, Anchor]
    ) -> None:
        for name, anchor in anchors.items():
            added = (a_note(id=f"n {name}", anchor=anchor), a_bookmark(id=f"b {name}", anchor=anchor))
            shelf.apply(Change(tuple(Edit(None, one) for one in added)))
        shelf.apply(Change((Edit(None, a_note(id="gone", anchor=anchors["measure"], deleted=LATER)),)))
        assert shelf.note_counts[MEASURE] == 2
        assert {MEASURE, f"{PLAN}/2.3.1"} <= shelf.bookmarked
        assert [one.id for one in shelf.bookmarks_on(MEASURE)] == ["b measure", "b words"]
        assert shelf.section_counts() == ({(2, 3): 3}, {(2, 3): 3})

    def test_the_measures_of_the_parts_are_counted(self, shelf: Shelf) -> None:
        assert shelf.measure_count == 196
