"""Which notes are listed, and in what order."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook.listing import Listing, Order, Wanted, tags_in_use
from desktop.notebook.model import Note, NoteKind
from tests.desktop.notebook.entries import ANCHOR, a_note

QUESTION, TO_VERIFY = NoteKind.QUESTION, NoteKind.TO_VERIFY
NOTES = [
    a_note("问过市經信委", id="a", changed="2026-11-24T09:00:00+08:00", kind=QUESTION, tags=("张江",)),
    a_note(
        "ＱＦＬＰ 试点", id="b", changed="2026-11-26T09:00:00+08:00", tags=("待办", "张江"), author="李四"
    ),
    a_note("会上再说", id="c", changed="2026-11-25T23:59:59+08:00", kind=TO_VERIFY, pinned=True),
    a_note("", id="d", changed="2026-11-23T09:00:00+08:00", kind=QUESTION),
]
PLACES = {"a": (3, 0), "b": (1, 7), "c": (9, 0), "d": (1, 2)}


def listed(wanted: Wanted = Wanted(), order: Order = Order.CREATED, notes: Sequence[Note] = NOTES) -> str:  # noqa: B008
    """The ids of the notes that are listed, run together."""
    found = Listing().select(notes, wanted, order, lambda note: PLACES[note.id])
    return "".join(note.id for note in found)


class TestOrder:
    @pytest.mark.parametrize(
        ("order", "ids"),
        [(Order.TEXT, "cdba"), (Order.CHANGED, "cbad"), (Order.CREATED, "cabd"), (Order.KIND, "cbda")],
    )
    def test_pinned_notes_come_first_whatever_the_order(self, order: Order, ids: str) -> None:
        assert listed(order=order) == ids

    def test_kinds_follow_each_other_as_they_are_offered(self) -> None:
        notes = [a_note(id="a", kind=kind) for kind in reversed(NoteKind)]
        found = Listing().select(notes, Wanted(), Order.KIND, lambda note: 0)
        assert [note.kind for note in found] == list(NoteKind)

    @pytest.mark.parametrize("order", Order)
    def test_what_is_alike_stays_in_the_order_it_was_written(self, order: Order) -> None:
        notes = [a_note(str(number)) for number in range(5)]
        assert Listing().select(notes, Wanted(), order, lambda note: 0) == notes

    @given(order=st.sampled_from(Order), pins=st.lists(st.booleans(), max_size=8))
    def test_nothing_is_lost_or_doubled(self, order: Order, pins: list[bool]) -> None:
        notes = [a_note(id=str(number), pinned=pin) for number, pin in enumerate(pins)]
        found = Listing().select(notes, Wanted(), order, lambda note: -int(note.id))
        assert sorted(note.id for note in found) == sorted(note.id for note in notes)
        assert [note.pinned for note in found] == sorted(pins, reverse=True)


class TestWanted:
    @pytest.mark.parametrize(
        ("wanted", "ids"),
        [
            (Wanted(), "cabd"),
            (Wanted(kind=QUESTION), "ad"),
            (Wanted(kind=NoteKind.PROGRESS), ""),
            (Wanted(tag="张江"), "ab"),
            (Wanted(tag="张"), ""),
            (Wanted(since="2026-11-24"), "cab"),
            (Wanted(since="2026-11-25"), "cb"),
            (Wanted(since="2027-01-01"), ""),
            (Wanted(kind=QUESTION, tag="张江", since="2026-11-24", words="问过"), "a"),
            (Wanted(kind=QUESTION, tag="待办"), ""),
        ],
    )
    def test_only_what_is_asked_for_is_listed(self, wanted: Wanted, ids: str) -> None:
        assert listed(wanted) == ids

    @pytest.mark.parametrize(
        ("words", "ids"),
        [
            ("经信委", "a"),
            ("市 经\u3000信 委", "a"),
            ("qflp试点", "b"),
            ("待办", "b"),
            ("李四", "b"),
            ("引文", "cabd"),
            ("张江 试点", "b"),
            ("张江 会上", ""),
            ("张江待办", ""),
            ("试点引文", ""),
            (" \u3000", "cabd"),
            ("没有", ""),
        ],
    )
    def test_words_are_sought_as_in_the_text_each_within_one_part_of_a_note(
        self, words: str, ids: str
    ) -> None:
        assert listed(Wanted(words=words)) == ids

    @pytest.mark.parametrize(
        "wanted", [Wanted(words="x"), Wanted(kind=QUESTION), Wanted(tag="x"), Wanted(since="2026")]
    )
    def test_it_is_known_whether_anything_is_asked(self, wanted: Wanted) -> None:
        assert Wanted().asks_nothing
        assert not wanted.asks_nothing

    def test_a_note_that_was_revised_is_found_by_its_new_words_only(self) -> None:
        listing = Listing()
        for body, sought, count in (("旧话", "旧话", 1), ("新话", "旧话", 0), ("新话", "新话", 1)):
            found = listing.select([a_note(body)], Wanted(words=sought), Order.TEXT, lambda note: 0)
            assert len(found) == count


@pytest.mark.parametrize(
    ("tags", "in_use"),
    [
        ([], []),
        ([(), ("乙",), ("甲", "乙")], ["乙", "甲"]),
        ([("b",), ("a",), ("c", "c")], ["c", "a", "b"]),
    ],
)
def test_the_most_used_tags_come_first(tags: list[tuple[str, ...]], in_use: list[str]) -> None:
    assert tags_in_use([a_note(anchor=ANCHOR, tags=one) for one in tags]) == in_use
