"""The quoted terms of the real plan, and what counts as one."""

from content.library import Library
from content.terms import quoted_terms

PLAN = Library().document("shanghai-2023")


def test_every_quoted_word_of_the_plan_proper_is_a_term() -> None:
    texts = {place.measure.id: place.measure.text for place in PLAN.places.values() if place.part.number}
    quoted = sum(texts[one].count(f"“{term.text}”") for term in quoted_terms(PLAN) for one in term.measures)
    assert quoted == "".join(texts.values()).count("“") > 70


def test_a_term_leads_to_all_its_places_in_printed_order() -> None:
    [term] = [one for one in quoted_terms(PLAN) if one.text == "一件事"]
    assert len(term.measures) > 3
    order = list(PLAN.places)
    assert sorted(term.measures, key=order.index) == list(term.measures)
    assert all("“一件事”" in PLAN.places[one].measure.text for one in term.measures)


def test_each_term_is_there_once() -> None:
    texts = [term.text for term in quoted_terms(PLAN)]
    assert len(texts) == len(set(texts)) > 40
