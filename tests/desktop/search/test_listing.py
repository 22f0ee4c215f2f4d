"""How hits are listed: their order, their groups, and what stands in for words that are not found."""

import pytest

from content.model import Document
from desktop.jobs import Jobs
from desktop.search.finder import Finder, Findings, HitSpans, ReadingHits
from desktop.search.listing import Group, Grouping, Lister, Listing, Order, Sorting, counts_by_section
from desktop.search.scope import Scope
from index.exact import ExactIndex
from index.query import parse


@pytest.fixture(scope="module")
def exact(plan: Document) -> ExactIndex:
    return ExactIndex([plan])


@pytest.fixture(scope="module")
def lister(plan: Document) -> Lister:
    return Lister(plan)


def found(plan: Document, exact: ExactIndex, text: str, *meant: str) -> Findings:
    """What a text finds, with the readings that are said to be meant."""
    finder = Finder(plan, exact, Jobs(), tuple)
    finder.search(text, Scope.ALL, (0, 0))
    assert finder.findings is not None
    readings = tuple(reading(exact, one) for one in meant)
    object.__setattr__(finder.findings, "readings", readings)
    return finder.findings


def reading(exact: ExactIndex, words: str) -> ReadingHits:
    """What other words find."""
    query = parse(words)
    hits = exact.search(query)
    return ReadingHits(words, words, "拼音", hits, (), HitSpans(exact, query, frozenset(hits)))


def short(listing: Listing) -> list[str]:
    """What is stepped through, without the document's id."""
    return [one.partition("/")[2] for one in listing.hits]


class TestOrder:
    def test_at_first_it_is_the_printed_one_without_groups(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        listing = lister.listing(found(plan, exact, "一件事"), Sorting())
        assert short(listing) == ["2.1.6", "2.4.2", "2.8.6", "3.5.1"]
        assert [group.heading for group in listing.exact] == [""]

    def test_by_relevance_a_section_of_that_name_comes_first(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        found_now = found(plan, exact, "知识产权")
        listing = lister.listing(found_now, Sorting(Order.RELEVANCE))
        sections = [one.rpartition(".")[0] for one in short(listing)]
        assert sections[0] == "3.5"
        assert sorted(listing.hits) == sorted(found_now.exact)
        assert listing.hits != found_now.exact


class TestGroups:
    @pytest.mark.parametrize(
        ("grouping", "headings"),
        [
            (Grouping.NONE, [("", 4)]),
            (
                Grouping.PART,
                [
                    ("二、深化重点领域对标改革，提升营商环境竞争力", 3),
                    ("三、优化全生命周期服务和监管，提升市场主体满意度", 1),
                ],
            ),
            (
                Grouping.SECTION,
                [
                    ("二、（一）市场准入退出", 1),
                    ("二、（四）劳动就业", 1),
                    ("二、（八）解决商业纠纷", 1),
                    ("三、（五）知识产权保护和运用", 1),
                ],
            ),
        ],
    )
    def test_hits_stand_under_their_headings(
        self,
        plan: Document,
        exact: ExactIndex,
        lister: Lister,
        grouping: Grouping,
        headings: list[tuple[str, int]],
    ) -> None:
        listing = lister.listing(found(plan, exact, "一件事"), Sorting(grouping=grouping))
        assert [(group.heading, len(group.hits)) for group in listing.exact] == headings

    def test_what_stands_outside_all_sections_is_named_too(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        listing = lister.listing(found(plan, exact, "市"), Sorting(grouping=Grouping.SECTION))
        headings = [group.heading for group in listing.exact]
        assert headings[:2] == ["文首", "一、明确总体要求"]
        assert headings[-1] == "文末"

    @pytest.mark.parametrize("text", ["服务", "市", "企业 服务", "市场|服务", "-市"])
    @pytest.mark.parametrize("order", Order)
    @pytest.mark.parametrize("grouping", Grouping)
    def test_no_hit_is_lost_or_listed_twice(
        self, plan: Document, exact: ExactIndex, lister: Lister, text: str, order: Order, grouping: Grouping
    ) -> None:
        found_now = found(plan, exact, text)
        listing = lister.listing(found_now, Sorting(order, grouping))
        listed = [one for group in listing.exact for one in group.hits]
        assert sorted(listed) == sorted(found_now.exact)
        if order is Order.PRINTED:
            assert tuple(listed) == found_now.exact

    def test_by_relevance_the_group_of_the_best_hit_comes_first(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        found_now = found(plan, exact, "服务")
        best = lister.listing(found_now, Sorting(Order.RELEVANCE)).hits[0]
        groups = lister.listing(found_now, Sorting(Order.RELEVANCE, Grouping.SECTION)).exact
        assert groups[0].hits[0] == best


class TestReadings:
    def test_they_stand_in_for_words_that_are_not_found(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        found_now = found(plan, exact, "yijianshi", "一件事")
        listing = lister.listing(found_now, Sorting())
        assert (listing.exact, listing.offered) == ((), ())
        assert short(listing) == ["2.1.6", "2.4.2", "2.8.6", "3.5.1"]
        assert listing.spans(found_now).get(listing.hits[0])
        assert not listing.spans(found_now).get(f"{plan.id}/2.1.1")

    def test_taken_literally_they_are_only_offered(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        found_now = found(plan, exact, "yijianshi", "一件事")
        listing = lister.listing(found_now, Sorting(), literal=True)
        assert listing == Listing(offered=found_now.readings)
        assert not listing.spans(found_now).get(f"{plan.id}/2.1.6")

    def test_what_is_found_as_it_is_typed_comes_before_them(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        found_now = found(plan, exact, "QFLP", "一件事")
        listing = lister.listing(found_now, Sorting())
        assert listing.exact == (Group("", (f"{plan.id}/4.2.10",)),)
        assert listing.readings == ()
        assert listing.offered == found_now.readings

    def test_a_measure_in_two_readings_is_stepped_on_once(
        self, plan: Document, exact: ExactIndex, lister: Lister
    ) -> None:
        listing = lister.listing(found(plan, exact, "yijian", "一件事", "一件"), Sorting())
        assert len(set(listing.hits)) == len(listing.hits)
        assert set(listing.hits) == set(exact.search(parse("一件")))


def test_hits_are_counted_by_section(plan: Document, exact: ExactIndex) -> None:
    counts = counts_by_section(plan, exact.search(parse("一件事")))
    assert counts == {(2, 1): 1, (2, 4): 1, (2, 8): 1, (3, 5): 1}
