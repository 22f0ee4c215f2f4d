"""Anchors on the real plan: every measure is quoted whole, with what stands next to it."""

import pytest

from content.model import Document
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import CONTEXT, Reach


def test_an_anchor_quotes_the_whole_measure_whichever_it_is(plan: Document) -> None:
    for measure in plan.measures:
        made = anchor_measure(plan, measure.id)
        assert (made.document, made.reach) == (plan.id, Reach.MEASURE)
        assert (made.measure, made.last, made.quote) == (measure.id, measure.id, measure.text)
        assert measure.text[made.start : made.end] == made.quote


def test_the_context_is_what_stands_next_to_it(plan: Document) -> None:
    flow = "".join(measure.text for measure in plan.measures)
    for measure in plan.measures:
        made = anchor_measure(plan, measure.id)
        assert f"{made.before}{made.quote}{made.after}" in flow
        assert len(made.before) <= CONTEXT
        assert len(made.after) <= CONTEXT
    assert made.before


@pytest.mark.parametrize(("number", "without"), [(0, "before"), (-1, "after")])
def test_at_the_ends_there_is_nothing_next_to_it(plan: Document, number: int, without: str) -> None:
    made = anchor_measure(plan, list(plan.places)[number])
    assert getattr(made, without) == ""
    assert len(made.before) + len(made.after) == CONTEXT


@pytest.mark.parametrize(
    "wrong", ["", "shanghai-2023", "shanghai-2023/2.3", "shanghai-2023/2.3.99", "x/2.3.4"]
)
def test_an_unknown_measure_has_no_anchor(plan: Document, wrong: str) -> None:
    with pytest.raises(KeyError) as caught:
        anchor_measure(plan, wrong)
    assert caught.value.args == (wrong,)
