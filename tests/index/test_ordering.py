"""The order by relevance: one thing is compared after another, and nothing is lost on the way."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold
from content.model import Document
from index.exact import ExactIndex
from index.ordering import Passage, by_relevance
from index.query import parse

TEXTS = st.text("甲乙丙。", min_size=0, max_size=12)


def ordered(query: str, *texts: str | tuple[str, str]) -> str:
    """The numbers of the texts (or of text and heading), from 0 in printed order, best first."""
    pairs = [(one, "") if isinstance(one, str) else one for one in texts]
    passages = [Passage(str(at), fold(text), fold(heading)) for at, (text, heading) in enumerate(pairs)]
    return "".join(by_relevance(parse(query), passages))


@pytest.mark.parametrize(
    ("query", "texts", "order"),
    [
        ("贷款", ("贷款", "贷款和贷款", "贷款"), "102"),
        ("贷款", ("贷款、贷款、贷款", ("贷款", "贷款服务")), "10"),
        ("小微 贷款", ("小微企业的首次贷款", "小微贷款", "贷款给小微"), "120"),
        ("小微 贷款", ("小微企业贷款，小微的贷款", "小微、贷款"), "01"),
        ("小微 贷款", ("小微企业贷款，首次贷款", "小微、贷款"), "10"),
        ("小微 贷款", ("小微，贷款，小微贷款", "小微贷款"), "01"),
        ("小微 贷款", ("小微贷款", ("小微企业的贷款", "小微"), ("小微企业的贷款", "小微贷款")), "210"),
        ("小额|简易", ("小额小额", "小额、简易", "简易简易简易"), "120"),
        ("市场 市场主体", ("市场主体", "市场的市场主体"), "10"),
        ("承诺 -告知", ("承诺", "承诺承诺"), "10"),
        ("-告知", ("甲", "乙"), "01"),
        ("贷款", (), ""),
    ],
)
def test_what_is_better_comes_first(query: str, texts: tuple[str | tuple[str, str], ...], order: str) -> None:
    assert ordered(query, *texts) == order


def test_what_is_equally_good_stays_in_printed_order() -> None:
    assert ordered("服务", *["服务"] * 10) == "0123456789"


def test_width_and_script_of_what_is_typed_make_no_difference() -> None:
    assert ordered("貸款", "贷款", "贷款贷款") == ordered("贷款", "贷款", "贷款贷款") == "10"


@given(st.lists(TEXTS, max_size=8), st.text('甲乙丙 |-"', max_size=8))
def test_nothing_is_lost_or_added(texts: list[str], query: str) -> None:
    assert sorted(ordered(query, *texts)) == sorted(str(at) for at in range(len(texts)))


def closest(text: str, terms: tuple[str, ...]) -> int:
    """The fewest characters between places of the terms, by trying all of them."""
    places = [[at for at in range(len(text)) if text.startswith(term, at)] for term in terms]
    best = len(text)
    for starts in product(*places):
        covered = {at + step for at, term in zip(starts, terms, strict=True) for step in range(len(term))}
        best = min(best, max(covered) + 1 - min(covered) - len(covered))
    return best


@given(TEXTS, TEXTS, st.sampled_from([("甲", "乙"), ("甲乙", "丙"), ("甲", "乙", "丙"), ("甲乙", "乙丙")]))
def test_the_closest_places_count_wherever_they_stand(
    first: str, second: str, terms: tuple[str, ...]
) -> None:
    texts = [fold(one) for one in (first, second)]
    if all(term in text for text in texts for term in terms):
        nearer = [closest(text, terms) for text in texts]
        if nearer[0] != nearer[1]:
            assert ordered(" ".join(terms), first, second) == ("01" if nearer[0] < nearer[1] else "10")


def test_on_the_plan_a_section_named_after_the_words_comes_first(exact: ExactIndex, plan: Document) -> None:
    query = parse("政策 服务")
    passages = [
        Passage(one, fold(plan.places[one].measure.text), fold(plan.places[one].section.title))
        for one in exact.search(query)
    ]
    best = by_relevance(query, passages)
    assert [plan.places[one].section.title for one in best][:2] == ["政策服务", "政策服务"]
    assert sorted(best) == sorted(exact.search(query))
