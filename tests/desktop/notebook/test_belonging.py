"""Parts and wholes: they go into the 回收 and come back together, and none is lost for want of the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook.belonging import by_action, going, returning, strays, vanishing, went_with, whole_of
from desktop.notebook.model import Entry
from tests.desktop.notebook.entries import (
    LATER,
    ONE_OF_EACH,
    TIME,
    a_meeting,
    a_note,
    a_progress,
    an_action,
    an_item,
)

EARLIER = "2026-11-01T09:00:00+08:00"
DESK: list[Entry] = [
    a_note(),
    a_meeting(),
    an_item(id="first"),
    an_item(id="taken off before", deleted=EARLIER),
    an_item(id="another's", meeting="other"),
    an_action(),
    a_progress(id="done"),
    a_progress(id="wrong", deleted=EARLIER),
]


def ids(entries: Iterable[Entry]) -> list[str]:
    return [one.id for one in entries]


def named(*names: str, desk: Sequence[Entry] = DESK) -> list[Entry]:
    return [one for one in desk if one.id in names]


def binned(*names: str, time: str = LATER, desk: Sequence[Entry] = DESK) -> list[Entry]:
    """The desk with some of it in the 回收."""
    return [replace(one, deleted=time) if one.id in names else one for one in desk]


def test_only_agenda_items_and_progress_are_parts() -> None:
    assert [whole_of(one) for one in ONE_OF_EACH] == ["", "", "", "", "meeting", "", "action"]


@pytest.mark.parametrize(
    ("chosen", "gone"),
    [
        (("note",), ["note"]),
        (("meeting",), ["meeting", "first"]),
        (("first",), ["first"]),
        (("meeting", "first"), ["meeting", "first"]),
        (("action", "note"), ["note", "action", "done"]),
        (("taken off before",), []),
    ],
)
def test_what_is_in_use_of_a_whole_goes_with_it(chosen: tuple[str, ...], gone: list[str]) -> None:
    assert ids(going(named(*chosen), DESK)) == gone


@pytest.mark.parametrize(
    ("chosen", "back"),
    [
        (("meeting",), ["meeting", "first"]),
        (("first",), ["meeting", "first"]),
        (("taken off before",), ["meeting", "taken off before", "first"]),
        (("note",), []),
    ],
)
def test_what_went_with_a_whole_comes_back_with_it_and_a_part_brings_its_whole(
    chosen: tuple[str, ...], back: list[str]
) -> None:
    desk = binned("meeting", "first")
    assert ids(returning(named(*chosen, desk=desk), desk)) == back


def test_what_is_removed_for_good_takes_along_what_lies_in_the_bin() -> None:
    desk = binned("meeting")
    assert ids(vanishing(named("meeting", desk=desk), desk)) == ["meeting", "taken off before"]
    assert ids(strays(binned("meeting"))) == ["first", "another's"]


def test_only_what_went_with_its_whole_is_said_to_have() -> None:
    desk = {one.id: one for one in binned("meeting", "first")}
    assert [one.id for one in desk.values() if went_with(one, desk)] == ["first"]


@pytest.mark.parametrize(
    ("days", "order"), [(("11-03", "11-01", "11-02"), "bca"), (("11-01", "11-01", ""), "cab")]
)
def test_progress_is_gathered_by_row_the_latest_day_last(days: tuple[str, ...], order: str) -> None:
    progress = [a_progress(id=name, day=day) for name, day in zip("abc", days, strict=True)]
    found = by_action([*progress, a_progress(id="d", action="other")])
    assert "".join(ids(found["action"])) == order
    assert ids(found["other"]) == ["d"]


PARTS = st.sampled_from(["meeting", "action", "gone"])
DESKS = st.lists(
    st.one_of(
        st.builds(lambda bin: a_meeting(deleted=bin), st.sampled_from(["", TIME, LATER])),
        st.builds(lambda bin: an_action(deleted=bin), st.sampled_from(["", TIME, LATER])),
        st.builds(
            lambda one, whole, bin: an_item(id=one, meeting=whole, deleted=bin),
            st.sampled_from("abc"),
            PARTS,
            st.sampled_from(["", TIME, LATER]),
        ),
        st.builds(
            lambda one, whole, bin: a_progress(id=one, action=whole, deleted=bin),
            st.sampled_from("xyz"),
            PARTS,
            st.sampled_from(["", TIME, LATER]),
        ),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
NOW = "2026-11-30T00:00:00+08:00"
Step = Callable[[Sequence[Entry], Sequence[Entry]], list[Entry]]


@given(DESKS, st.data())
def test_going_and_returning_are_each_others_inverse(desk: list[Entry], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(desk), unique_by=lambda one: one.id)) if desk else []
    gone = going(chosen, desk)
    assert all(not one.deleted for one in gone)
    after = [replace(one, deleted=NOW) if one in gone else one for one in desk]
    back = returning([one for one in after if one.id in ids(chosen) and one.deleted == NOW], after)
    restored = [replace(one, deleted="") if one in back else one for one in after]
    assert {one.id for one in gone} <= {one.id for one in restored if not one.deleted}
    assert len(set(ids(gone))) == len(gone)
    assert len(set(ids(back))) == len(back)


@given(DESKS)
def test_every_part_in_use_is_with_its_whole_or_among_the_strays(desk: list[Entry]) -> None:
    used = {one.id for one in desk if not one.deleted}
    parts = [one for one in desk if not one.deleted and whole_of(one)]
    assert set(ids(strays(desk))) == {one.id for one in parts if whole_of(one) not in used}
