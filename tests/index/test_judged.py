"""The questions that the search is measured with: they can be answered, and each is asked once."""

from collections import Counter

import pytest

from content.folding import fold
from content.model import Document
from tests.index.judged import Half, judged, mean_reciprocal_rank, own

CATEGORIES = {"词", "半", "义", "简称", "口语", "问句"}


def _section(answer: str) -> str:
    """The section of an answer, which may itself be a section."""
    document, _, place = answer.partition("/")
    return f"{document}/{'.'.join(place.split('.')[:2])}"


def test_every_answer_is_in_the_plan(plan: Document) -> None:
    known = set(plan.places) | {_section(measure_id) for measure_id in plan.places}
    for one in own():
        assert one.answers, one.query
        assert len(set(one.answers)) == len(one.answers), one.query
        assert set(one.answers) <= known, one.query


def test_no_section_stands_beside_its_own_measures() -> None:
    for one in own():
        assert not [answer for answer in one.answers if _section(answer) in set(one.answers) - {answer}]


def test_no_question_stands_twice() -> None:
    asked = Counter(fold(one.query) for one in own())
    assert [query for query, times in asked.items() if times > 1] == []


def test_no_question_is_one_of_the_small_set() -> None:
    assert {fold(one.query) for one in own()} & {fold(one.query) for one in judged()} == set()


def test_questions_are_as_long_as_people_type() -> None:
    for one in own():
        assert one.query == one.query.strip()
        assert 2 <= len(one.query) <= 14, one.query


def test_there_are_enough_of_every_category() -> None:
    assert len(own()) >= 150
    asked = Counter(one.category for one in own())
    assert set(asked) == CATEGORIES
    assert min(asked.values()) >= 20


@pytest.mark.parametrize("half", Half)
def test_both_halves_are_large_enough(half: Half) -> None:
    assert len(own(half)) >= 60


def test_the_halves_make_the_whole() -> None:
    assert Counter([*own(Half.TUNED), *own(Half.HELD_OUT)]) == Counter(own())


def test_every_section_is_asked_for(plan: Document) -> None:
    asked = Counter(section for one in own() for section in {_section(answer) for answer in one.answers})
    sections = {_section(measure_id) for measure_id in plan.places}
    assert {section for section in sections if asked[section] < 4} == set()


def test_the_mean_is_over_the_questions_given() -> None:
    answers = {one.query: one.answers[0] for one in own(Half.TUNED)}
    assert mean_reciprocal_rank(lambda query: [answers[query]], own(Half.TUNED)) == 1
    assert mean_reciprocal_rank(lambda query: ["", answers[query]], own(Half.TUNED)) == 0.5
