"""Entries in the order of the text."""

from dataclasses import replace
from random import Random

import pytest

from content.model import Document
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.arranging import in_text_order
from desktop.notebook.attaching import Fit
from desktop.notebook.model import Entry
from tests.desktop.notebook.entries import ANCHOR, PLAN, a_bookmark, a_highlight, a_note

GONE = replace(ANCHOR, quote="从来没有这样的一句话，也不会有。", before="", after="")


@pytest.fixture
def in_order(plan: Document) -> list[Entry]:
    """Entries of every kind and reach, as they follow each other in the plan."""
    measure, later = f"{PLAN}/2.3.4", f"{PLAN}/3.1.2"
    return [
        a_note(id="whole", anchor=anchor_document(plan)),
        a_note(id="front", anchor=anchor_measure(plan, next(iter(plan.places)))),
        a_bookmark(id="section", anchor=anchor_section(plan, (2, 3))),
        a_note(id="section's first", anchor=anchor_measure(plan, f"{PLAN}/2.3.1")),
        a_highlight(id="from 0", anchor=anchor_range(plan, measure, 0, measure, 4)),
        a_note(id="from 3", anchor=anchor_range(plan, measure, 3, later, 9)),
        a_highlight(id="from 5", anchor=anchor_range(plan, measure, 5, measure, 9)),
        a_bookmark(id="later", anchor=anchor_measure(plan, later)),
        a_note(id="imprint", anchor=anchor_measure(plan, list(plan.places)[-1])),
        a_note(id="lost", anchor=GONE),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_they_follow_the_text_the_whole_first_the_lost_last(
    plan: Document, in_order: list[Entry], seed: int
) -> None:
    mixed = list(in_order)
    Random(seed).shuffle(mixed)
    assert [one.entry for one in in_text_order(plan, mixed)] == in_order


def test_each_comes_with_where_it_was_found(plan: Document, in_order: list[Entry]) -> None:
    placed = in_text_order(plan, in_order)
    assert [one.found.fit for one in placed] == [Fit.IN_PLACE] * 9 + [Fit.LOST]
    assert placed[5].found.measure == f"{PLAN}/2.3.4"


def test_what_stands_at_one_place_stays_as_it_was(plan: Document) -> None:
    entries = [a_note(id=str(number), anchor=anchor_measure(plan, f"{PLAN}/2.3.4")) for number in range(5)]
    assert [one.entry for one in in_text_order(plan, entries)] == entries


def test_without_the_text_the_order_stays_and_nothing_has_a_place(in_order: list[Entry]) -> None:
    mixed = in_order[::-1]
    placed = in_text_order(None, mixed)
    assert [one.entry for one in placed] == mixed
    assert {one.found.fit for one in placed} == {Fit.LOST}


def test_entries_on_another_document_come_last(plan: Document, in_order: list[Entry]) -> None:
    foreign = a_note(id="foreign", anchor=replace(anchor_document(plan), document="beijing-2023"))
    assert [one.entry for one in in_text_order(plan, [foreign, *in_order[:-1]])] == [*in_order[:-1], foreign]
