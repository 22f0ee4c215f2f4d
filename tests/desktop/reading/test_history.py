"""Going back and forward over jumps, as a browser does."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reading.history import History

PLACES = st.text("abcdef", min_size=1, max_size=1)


def test_back_and_forward_undo_each_other() -> None:
    history = History()
    history.jump("a", "b")
    history.jump("b", "c")
    assert (history.back("c"), history.back("b")) == ("b", "a")
    assert (history.forward("a"), history.forward("b")) == ("b", "c")


def test_there_is_nowhere_to_go_at_first() -> None:
    history = History()
    assert (history.back("a"), history.forward("a")) == (None, None)
    assert not history.can_go_back
    assert not history.can_go_forward


def test_a_new_jump_forgets_what_was_ahead() -> None:
    history = History()
    history.jump("a", "b")
    history.back("b")
    assert history.can_go_forward
    history.jump("a", "c")
    assert not history.can_go_forward


def test_a_jump_to_where_one_is_leaves_no_trace() -> None:
    history = History()
    history.jump("a", "a")
    assert not history.can_go_back


def test_the_same_place_is_kept_once_in_a_row() -> None:
    history = History()
    history.jump("a", "b")
    history.jump("a", "c")
    assert history.back("c") == "a"
    assert not history.can_go_back


def test_places_one_already_stands_at_are_passed_over() -> None:
    history = History()
    history.jump("a", "b")
    history.jump("b", "c")
    assert history.back("b") == "a"


@pytest.mark.parametrize(("limit", "steps"), [(1, 1), (3, 3), (200, 50)])
def test_it_remembers_so_many_places(limit: int, steps: int) -> None:
    history = History(limit)
    for number in range(50):
        history.jump(str(number), str(number + 1))
    here, count = "50", 0
    while (place := history.back(here)) is not None:
        here, count = place, count + 1
    assert count == steps


@given(st.lists(PLACES, min_size=2, unique=True))
def test_all_the_way_back_and_forward_is_where_one_began(places: list[str]) -> None:
    history = History()
    for origin, target in pairwise(places):
        history.jump(origin, target)
    here = places[-1]
    while (place := history.back(here)) is not None:
        here = place
    assert here == places[0]
    while (place := history.forward(here)) is not None:
        here = place
    assert here == places[-1]
