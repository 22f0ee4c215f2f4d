"""Meetings and agendas: order, series, copies, and how far they are."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook import meetings
from desktop.notebook.meetings import Tally
from desktop.notebook.model import AgendaItem, Meeting
from tests.desktop.notebook.entries import LATER, TIME, a_meeting, a_note, an_item


def agenda(names: str = "abcde", **values: object) -> list[AgendaItem]:
    """Items named by letters, in their order."""
    return [replace(an_item(id=name, position=at), **values) for at, name in enumerate(names, 1)]  # type: ignore[arg-type]


def after(ordered: list[AgendaItem], revisions: meetings.Revisions) -> str:
    """The names of the items in the order that revisions make."""
    known = {old.id: new for old, new in revisions}
    found = [known.get(one.id, one) for one in ordered]
    assert sorted(one.position for one in found) == list(range(1, len(found) + 1))
    return "".join(one.id for one in sorted(found, key=lambda one: one.position))


def ids() -> Iterator[str]:
    return (f"new {number}" for number in count())


class TestAgenda:
    def test_it_is_what_is_in_use_of_one_meeting_in_its_order(self) -> None:
        items = [
            an_item(id="c", position=2),
            an_item(id="a", position=1),
            an_item(id="gone", deleted=LATER),
            an_item(id="b", position=1),
            an_item(id="other", meeting="other"),
        ]
        assert [one.id for one in meetings.agenda(items, "meeting")] == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("ids", "at", "order"),
        [
            ("c", 0, "cabde"),
            ("c", 5, "abdec"),
            ("c", 2, "abcde"),
            ("c", 3, "abcde"),
            ("c", 4, "abdce"),
            ("ae", 3, "bcaed"),
            ("x", 0, "abcde"),
            ("", 3, "abcde"),
        ],
    )
    def test_items_are_moved_together(self, ids: str, at: int, order: str) -> None:
        assert after(agenda(), meetings.moved(agenda(), ids, at)) == order

    @pytest.mark.parametrize(
        ("ids", "step", "order"),
        [
            ("c", -1, "acbde"),
            ("c", 1, "abdce"),
            ("a", -1, "abcde"),
            ("e", 1, "abcde"),
            ("bc", -1, "bcade"),
            ("bc", 1, "adbce"),
            ("", 1, "abcde"),
        ],
    )
    def test_the_keyboard_moves_them_by_one(self, ids: str, step: int, order: str) -> None:
        assert after(agenda(), meetings.stepped(agenda(), ids, step)) == order

    def test_only_what_moves_is_revised(self) -> None:
        assert {old.id for old, _ in meetings.moved(agenda(), "b", 3)} == {"b", "c"}
        assert meetings.moved(agenda(), "b", 1) == []

    @given(st.permutations("abcde"), st.sets(st.sampled_from("abcde")), st.integers(0, 5))
    def test_nothing_is_lost_or_doubled(self, names: list[str], chosen: set[str], at: int) -> None:
        ordered = agenda("".join(names))
        assert sorted(after(ordered, meetings.moved(ordered, chosen, at))) == list("abcde")

    def test_items_are_closed_and_opened_again(self) -> None:
        assert [new.is_open for _, new in meetings.settled(agenda("ab"))] == [False, False]
        assert [new.is_open for _, new in meetings.settled(agenda("ab"), is_open=True)] == [True, True]

    def test_the_chosen_notes_come_as_they_were_chosen(self) -> None:
        notes = [a_note(id="a"), a_note(id="b"), a_note(id="gone", deleted=LATER)]
        shown = meetings.shown_notes(an_item(notes=("b", "unknown", "gone", "a")), notes)
        assert [one.id for one in shown] == ["b", "a"]


class TestSeries:
    HELD = (
        a_meeting(id="a", series="例会", time="2026-11-04", created=LATER),
        a_meeting(id="b", series="例会", time="2026-11-11T09:00"),
        a_meeting(id="c", series="例会", time="2026-11-11T14:00", deleted=LATER),
        a_meeting(id="d", series="专题", time="2026-12-01"),
        a_meeting(id="e", series="", time="2026-12-02"),
    )

    @pytest.mark.parametrize(("series", "last"), [("例会", "b"), ("专题", "d"), ("别的", ""), ("", "")])
    def test_the_last_one_is_the_latest_not_the_one_written_last(self, series: str, last: str) -> None:
        found = meetings.last_of_series(self.HELD, series)
        assert (found.id if found else "") == last

    def test_without_times_it_is_the_one_written_last(self) -> None:
        undated = [a_meeting(id=name, series="例会", time="下周") for name in "ab"]
        found = meetings.last_of_series(undated, "例会")
        assert found is not None
        assert found.id == "b"

    def test_open_items_are_carried_over_without_what_was_decided(self) -> None:
        items = [
            an_item(id="open", meeting="b", decision="再议", unit="市商务委", due="2026-12", author="李四"),
            an_item(id="settled", meeting="b", is_open=False),
            an_item(id="earlier", meeting="a"),
        ]
        new = a_meeting(id="new", series="例会", created=LATER)
        make = ids()
        carried = meetings.carried_over((*self.HELD, new), items, new, lambda: next(make))
        assert carried == [
            replace(
                items[0],
                id="new 0",
                meeting="new",
                decision="",
                carried_from="open",
                author="",
                created=LATER,
                changed=LATER,
            )
        ]

    def test_who_has_no_series_starts_afresh(self) -> None:
        assert (
            meetings.carried_over(self.HELD, [an_item(meeting="e")], a_meeting(id="new"), lambda: "x") == []
        )

    def test_series_are_offered_the_latest_first(self) -> None:
        assert meetings.series_names(self.HELD) == ["专题", "例会"]


class TestMeeting:
    def test_the_latest_is_listed_first_and_what_is_put_away_last(self) -> None:
        listed = [
            a_meeting(id="away", time="2026-12-01", archived=True),
            a_meeting(id="first", time="2026-11-04"),
            a_meeting(id="undated", time="择日", created="2026-11-10T00:00:00+08:00"),
            a_meeting(id="last", time="2026-11-25 14:00"),
        ]
        assert [one.id for one in meetings.latest_first(listed)] == ["last", "undated", "first", "away"]

    def test_a_copy_stands_by_itself(self) -> None:
        make = ids()
        source = a_meeting(archived=True, author="李四")
        items = [an_item(id="b", position=7, is_open=False, decision="照办"), an_item(id="a", position=3)]
        copy, *own = meetings.duplicate(source, items, LATER, lambda: next(make))
        assert copy == a_meeting(id="new 0", title="专题会（副本）", created=LATER, changed=LATER)
        assert [
            (one.id, one.meeting, one.position, one.decision) for one in own if isinstance(one, AgendaItem)
        ] == [
            ("new 1", "new 0", 1, ""),
            ("new 2", "new 0", 2, "照办"),
        ]

    def test_it_is_put_away_and_taken_out(self) -> None:
        [(old, new)] = meetings.archived([a_meeting()])
        assert (old.archived, new.archived) == (False, True)
        assert meetings.archived([new], False) == [(new, old)]

    @pytest.mark.parametrize(
        ("items", "words"),
        [
            ([], "无议题"),
            ([("a", True, ""), ("b", True, ""), ("c", False, "")], "3 项 · 2 项未结"),
            ([("a", False, "")], "1 项 · 已结"),
            ([("a", True, ""), ("b", False, ""), ("later", True, "a")], "2 项 · 1 项转入下次"),
            ([("a", True, ""), ("b", True, ""), ("later", True, "a")], "2 项 · 1 项未结 · 1 项转入下次"),
        ],
    )
    def test_how_far_it_is(self, items: list[tuple[str, bool, str]], words: str) -> None:
        made = [
            an_item(id=name, is_open=is_open, carried_from=source, meeting="next" if source else "meeting")
            for name, is_open, source in items
        ]
        assert meetings.tally("meeting", made).words == words

    def test_an_item_taken_off_the_next_agenda_is_unsettled_again(self) -> None:
        items = [an_item(id="a"), an_item(id="b", meeting="next", carried_from="a", deleted=LATER)]
        assert meetings.tally("meeting", items) == Tally(1, 1, 0)

    @pytest.mark.parametrize(
        ("time", "words"),
        [
            ("2026-11-25T14:00", "2026年11月25日（周三）14:00"),
            ("2026-11-25 09:30", "2026年11月25日（周三）09:30"),
            ("2026-11-05", "2026年11月5日（周四）"),
            ("2026-13-05", "2026-13-05"),
            ("下周三下午", "下周三下午"),
            ("2026-11-25T14:00 顺延", "2026-11-25T14:00 顺延"),
            ("", ""),
        ],
    )
    def test_its_time_is_read_out(self, time: str, words: str) -> None:
        assert meetings.time_words(time) == words

    @given(st.text(max_size=20))
    def test_any_time_can_be_listed_and_read_out(self, time: str) -> None:
        meeting: Meeting = a_meeting(time=time)
        assert meetings.starts(meeting)
        assert meetings.time_words(time) or not time
        assert meeting.created == TIME
