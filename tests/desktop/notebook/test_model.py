"""Anchors and changes: where an entry sits, and how what was done is taken back."""

import pytest

from content.model import Document
from desktop.notebook.model import CONTEXT, Anchor, Bookmark, Change, Note, anchor_measure


def test_an_anchor_quotes_the_whole_measure_whichever_it_is(plan: Document) -> None:
    for measure in plan.measures:
        made = anchor_measure(plan, measure.id)
        assert (made.document, made.measure, made.quote) == (plan.id, measure.id, measure.text)
        assert measure.text[made.start : made.end] == made.quote


def test_the_context_is_what_stands_next_to_it(plan: Document) -> None:
    texts = {one.id: one.text for one in plan.measures}
    made = anchor_measure(plan, "shanghai-2023/2.3.4")
    assert made.before == texts["shanghai-2023/2.3.3"][-CONTEXT:]
    assert made.after == texts["shanghai-2023/2.3.5"][:CONTEXT]
    assert 0 < len(made.before) <= CONTEXT


def test_the_first_measure_has_nothing_before_it(plan: Document) -> None:
    made = anchor_measure(plan, next(iter(plan.places)))
    assert made.before == ""
    assert made.after


def test_the_last_measure_has_nothing_after_it(plan: Document) -> None:
    made = anchor_measure(plan, list(plan.places)[-1])
    assert made.after == ""
    assert made.before


@pytest.mark.parametrize(
    "wrong", ["", "shanghai-2023", "shanghai-2023/2.3", "shanghai-2023/2.3.99", "x/2.3.4"]
)
def test_an_unknown_measure_has_no_anchor(plan: Document, wrong: str) -> None:
    with pytest.raises(KeyError) as caught:
        anchor_measure(plan, wrong)
    assert caught.value.args == (wrong,)


def test_a_change_is_about_its_newest_entry_and_turns_round(anchor: Anchor) -> None:
    old, new = Note("1", anchor, "旧", "t1", "t1"), Note("1", anchor, "新", "t1", "t2")
    change = Change(old, new)
    assert change.entry is new
    assert change.inverse == Change(new, old)
    assert change.inverse.inverse == change
    assert Change(old, None).entry is old


def test_two_changes_in_a_row_are_one_from_the_first_to_the_last(anchor: Anchor) -> None:
    states = [Note("1", anchor, body, "t", "t") for body in "甲乙丙"]
    together = Change(states[0], states[1]).followed_by(Change(states[1], states[2]))
    assert together == Change(states[0], states[2])
    assert Change(None, states[0]).followed_by(Change(states[0], states[1])).inverse.after is None


def test_entries_are_in_use_until_they_are_deleted(anchor: Anchor) -> None:
    assert Note("1", anchor, "", "t", "t").deleted == ""
    assert Bookmark("1", anchor, "t").deleted == ""
