"""One search: the groups together, and what they promise about each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.model import Document
from index.exact import ExactIndex
from index.query import parse
from index.search import Searcher
from tests.index import brute

_TYPED = st.lists(
    st.sampled_from(
        ["市场", "企业", "-服务", "登记变更", "|", " ", '"', "购房资格", "98%", "诚诺即办", "甲", "Q"]
    ),
    max_size=6,
).map("".join)


def test_groups(searcher: Searcher, plan: Document) -> None:
    result = searcher.search("政策解读")
    assert result.exact == brute.containing(plan, "政策解读")
    assert result.query.text == "政策解读"
    assert result.related[0].measure_id == "shanghai-2023/3.2.4"
    assert result.suggestions == ()
    assert 0 < result.took_ms < 1000


def test_headings_stand_apart(searcher: Searcher, plan: Document) -> None:
    result = searcher.search("张江科学城打造科创特色营商环境")
    assert [hit.place for hit in result.titles] == ["shanghai-2023/4.3"]
    assert result.exact == ()
    assert result.suggestions == ()


def test_nothing_found_offers_the_nearest(searcher: Searcher) -> None:
    result = searcher.search("诚诺即办")
    assert (result.exact, result.titles) == ((), ())
    assert result.suggestions[0] == "承诺即办"


@pytest.mark.parametrize("typed", ["", " ", "|", '""', "-"])
def test_an_empty_query_finds_nothing(searcher: Searcher, typed: str) -> None:
    result = searcher.search(typed)
    assert (result.exact, result.titles, result.related) == ((), (), ())


def test_only_unwanted_words_have_no_related(searcher: Searcher) -> None:
    result = searcher.search("-市场")
    assert result.exact
    assert result.related == ()


def test_what_is_unwanted_is_not_offered(searcher: Searcher, plan: Document) -> None:
    unwanted = set(brute.containing(plan, "企业"))
    offered = {hit.measure_id for hit in searcher.search("政策 服务").related}
    assert offered & unwanted
    offered = {hit.measure_id for hit in searcher.search("政策 服务 -企业").related}
    assert offered
    assert not offered & unwanted


@given(_TYPED)
@settings(max_examples=200)
def test_groups_never_mix(searcher: Searcher, exact: ExactIndex, typed: str) -> None:
    result = searcher.search(typed)
    offered = [hit.measure_id for hit in result.related]
    assert result.exact == exact.search(parse(typed))
    assert len(set(offered)) == len(offered) <= 10
    assert not set(result.exact) & set(offered)
    assert not (result.suggestions and (result.exact or result.titles))


def test_within_a_scope(searcher: Searcher) -> None:
    result = searcher.search("政策", "shanghai-2023/3.2")
    for measure_id in (*result.exact, *(hit.measure_id for hit in result.related)):
        assert measure_id.startswith("shanghai-2023/3.2.")
    assert searcher.search("政策").exact != result.exact


def test_without_the_related_group(exact: ExactIndex, searcher: Searcher) -> None:
    alone = Searcher(exact).search("政策解读")
    assert alone.related == ()
    assert alone.exact == searcher.search("政策解读").exact


def test_a_repeated_query_is_remembered(exact: ExactIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Searcher(exact)
    first = fresh.search("政策")
    monkeypatch.setattr(exact, "search", lambda *_: pytest.fail("searched again"))
    assert fresh.search("政策").exact == first.exact
    assert fresh.search("政策").took_ms < 1


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("shichangzhunru", "拼音"),
        ("诚诺即办", "同音"),
        ("抽查", "近义"),  # a word that the thesaurus knows is no slip for 核查
        ("几个部门一道来查", "同词"),  # 各部门 would be too little of it
    ],
)
def test_a_reading_leads_only_where_it_is_most_of_what_was_typed_and_no_word(
    searcher: Searcher, typed: str, kind: str
) -> None:
    result = searcher.search(typed)
    assert result.exact == ()
    assert result.readings
    assert kind in result.related[0].reason
