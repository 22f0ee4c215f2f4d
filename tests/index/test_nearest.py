"""Suggestions: words that do stand in the text, near to what was typed."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.model import Document
from index.exact import ExactIndex
from index.query import parse


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("诚诺即办", "承诺即办"),
        ("桩机先行", "桩基先行"),
        ("营商坏境", "营商环境"),
        ("营商境", "营商环境"),
        ("营商的环境", "营商环境"),
        ("营环商境", "营商环境"),
        ("QFLB", "QFLP"),
        ("ｑｆｌｂ", "QFLP"),
        ("知识厂权", "知识产权"),
    ],
)
def test_a_slip_is_put_right(exact: ExactIndex, typed: str, suggested: str) -> None:
    assert exact.search(parse(typed)) == ()
    assert exact.nearest(parse(typed))[0] == suggested


SMALL = ["推行“桩基先行”改革，QFLP试点。", "市场主体，市场准入。", "推行 告知承诺制度。", "（AI+）市场。"]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("基先行业了", ("桩基先行",)),
        ("甲乙丙xQFL试验", ("QFLP",)),
        ("甲乙告知承诺丙丁", ("告知承诺",)),
        ("推行的告之甲", ("推行",)),
        ("推行告甲乙", ("推行 告",)),
        ("第壹节", ("第1节",)),
        ("市场 桩基先行", ("市场", "桩基先行")),
        ("主体的准入市场啊", ("主体", "准入", "市场")),
        ("市扬", ("市场",)),
        ("甲，市场甲", ("市场",)),
        ("甲", ()),
        ("甲乙丙", ()),
        ("", ()),
        ("-市场", ()),
        ("\ud800\0", ()),
    ],
)
def test_words_as_printed(
    make_document: Callable[..., Document], typed: str, suggested: tuple[str, ...]
) -> None:
    nearest = ExactIndex([make_document(SMALL)]).nearest(parse(typed))
    assert set(suggested) <= set(nearest)
    assert bool(nearest) is bool(suggested)


@given(st.text("桩基先行市场告知承诺QFLP“”，+（甲乙", min_size=1, max_size=30))
@settings(max_examples=300)
def test_every_suggestion_stands_in_the_text(make_document: Callable[..., Document], typed: str) -> None:
    index = ExactIndex([make_document(SMALL)])
    suggestions = index.nearest(parse(typed))
    assert len(suggestions) <= 5
    assert len(set(suggestions)) == len(suggestions)
    for word in suggestions:
        assert any(word in text for text in (*SMALL, "（1）第1节", "一、总体要求", "试行方案"))


def test_the_nearest_comes_first(make_document: Callable[..., Document]) -> None:
    index = ExactIndex([make_document(["优化营商环境。", "营商的大环境。", "商营环境。"])])
    assert index.nearest(parse("营伤环境"))[0] == "营商环境"


def test_a_long_query_takes_no_time(plan: Document, exact: ExactIndex) -> None:
    shuffled = "".join(measure.text[::-1] for measure in plan.measures)[:10_000]
    assert exact.nearest(parse(shuffled.replace(" ", "")))
