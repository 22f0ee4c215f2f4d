"""The search that is going on: scopes, operators, what comes at once and what comes later."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from content.folding import fold
from content.model import Document
from desktop.jobs import Jobs
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Note
from desktop.search.finder import Finder, Findings
from desktop.search.scope import Scope
from index.exact import ExactIndex
from index.readings import Reading
from index.related import Related
from index.search import Searcher, SearchResult

PLACE = (2, 3)


@dataclass
class Search:
    """A finder and all it has said."""

    finder: Finder
    notes: list[Note]
    heard: list[Findings | None] = field(default_factory=list)

    def __call__(self, text: str, scope: Scope = Scope.ALL) -> Findings:
        """Search, and what is found at once."""
        self.finder.search(text, scope, PLACE)
        assert self.finder.findings is not None
        return self.finder.findings


@pytest.fixture(scope="module")
def exact(plan: Document) -> ExactIndex:
    return ExactIndex([plan])


@pytest.fixture(scope="module")
def related(plan: Document) -> Related:
    return Related.open([plan], None)


@pytest.fixture
def search(plan: Document, exact: ExactIndex, qtbot: QtBot) -> Iterator[Search]:
    jobs = Jobs()
    notes: list[Note] = []
    made = Search(Finder(plan, exact, jobs, lambda: notes), notes)
    made.finder.found.connect(made.heard.append)
    made.finder.cleared.connect(lambda: made.heard.append(None))
    yield made
    jobs.stop()


@pytest.fixture
def noted(search: Search, plan: Document) -> Search:
    """With three notes of the reader."""
    for number, body in enumerate(("张江先试 98%", "问过市经信委", "AI+政务")):
        anchor = anchor_measure(plan, f"shanghai-2023/2.3.{number + 1}")
        search.notes.append(Note(str(number), anchor, body, "2026", "2026"))
    return search


def short(ids: Sequence[str]) -> list[str]:
    """Ids without the document's."""
    return [one.partition("/")[2] for one in ids]


class TestExact:
    @pytest.mark.parametrize(
        ("text", "hits"),
        [
            ("一件事", ["2.1.6", "2.4.2", "2.8.6", "3.5.1"]),
            ("QFLP", ["4.2.10"]),
            ("ｑｆｌｐ", ["4.2.10"]),
            ("一件事 员工", ["2.4.2"]),
            ("一件事 -员工", ["2.1.6", "2.8.6", "3.5.1"]),
            ("QFLP|“市场主体身份码”", ["2.1.2", "4.2.10"]),
            ('"一 件 事"', ["2.1.6", "2.4.2", "2.8.6", "3.5.1"]),
            ("水電氣", ["2.3.1", "2.3.2", "2.3.3"]),
            ("没有这样的字", []),
        ],
    )
    def test_what_is_typed_is_found(self, search: Search, text: str, hits: list[str]) -> None:
        found = search(text)
        assert set(hits) <= set(short(found.exact)) if text == "水電氣" else short(found.exact) == hits

    @pytest.mark.parametrize(
        ("scope", "prefix"), [(Scope.ALL, ""), (Scope.PART, "2."), (Scope.SECTION, "2.3.")]
    )
    def test_a_scope_holds_exactly_its_measures(
        self, search: Search, plan: Document, scope: Scope, prefix: str
    ) -> None:
        found = search("服务", scope)
        assert short(found.exact) == [
            name
            for measure in plan.measures
            if (name := measure.id.partition("/")[2]).startswith(prefix)
            and fold("服务") in fold(measure.text)
        ]
        assert len(found.exact) > 1

    def test_marks_are_where_the_words_are(self, search: Search, plan: Document) -> None:
        found = search("一件事 改革")
        for one in found.exact:
            text = plan.places[one].measure.text
            assert {text[start:end] for start, end in found.spans.get(one)} == {"一件事", "改革"}

    def test_only_hits_are_marked(self, search: Search) -> None:
        found = search("一件事")
        assert found.spans.get("shanghai-2023/2.1.1") == ()
        assert found.spans.get("nonsense", ((1, 2),)) == ((1, 2),)

    def test_a_heading_is_found_apart(self, search: Search) -> None:
        found = search("市场准入退出")
        assert found.exact == ()
        assert [hit.place for hit in found.titles] == ["shanghai-2023/2.1"]
        assert found.suggestions == ()

    def test_a_place_is_recognised(self, search: Search) -> None:
        target = search("二（三）3").target
        assert target is not None
        assert target.measure_id == "shanghai-2023/2.3.3"
        assert search("一件事").target is None

    def test_nothing_found_suggests_what_stands_there(self, search: Search) -> None:
        assert search("诚诺即办").suggestions == ("承诺即办",)
        assert search("承诺即办").suggestions == ()

    def test_what_stands_elsewhere_is_not_suggested_instead_of_itself(self, search: Search) -> None:
        assert search("一件事", Scope.SECTION).suggestions == ()
        assert search("诚诺即办", Scope.SECTION).suggestions == ("承诺即办",)


class TestNotes:
    @pytest.mark.parametrize(
        ("text", "bodies"),
        [
            ("张江", ["张江先试 98%"]),
            ("98%", ["张江先试 98%"]),
            ("张江|市经信委", ["张江先试 98%", "问过市经信委"]),
            ("ai+", ["AI+政务"]),
            ("不在", []),
            ("-张江", []),
        ],
    )
    @pytest.mark.parametrize("scope", [Scope.ALL, Scope.NOTES])
    def test_the_readers_words_are_searched_too(
        self, noted: Search, scope: Scope, text: str, bodies: list[str]
    ) -> None:
        assert [getattr(hit.entry, "body", "") for hit in noted(text, scope).own] == bodies

    def test_among_notes_the_text_is_left_out(self, noted: Search) -> None:
        found = noted("服务", Scope.NOTES)
        assert (found.exact, found.titles, found.suggestions, found.related) == ((), (), (), ())

    @pytest.mark.parametrize("scope", [Scope.PART, Scope.SECTION])
    def test_in_a_part_of_the_text_notes_are_left_out(self, noted: Search, scope: Scope) -> None:
        assert noted("张江", scope).own == ()


class TestRelated:
    def test_it_comes_later_and_changes_nothing_else(
        self, search: Search, related: Related, qtbot: QtBot
    ) -> None:
        search.finder.use_related(related)
        at_once = search("营商环境")
        assert at_once.related is None
        assert not search.finder.is_settled
        qtbot.waitUntil(lambda: search.finder.is_settled)
        later = search.finder.findings
        assert later is not None
        assert later.related
        assert (later.exact, later.titles) == (at_once.exact, at_once.titles)
        assert not {hit.measure_id for hit in later.related} & set(later.exact)
        assert search.heard == [at_once, later]

    def test_what_was_asked_before_it_was_loaded_is_answered_too(
        self, search: Search, related: Related, qtbot: QtBot
    ) -> None:
        search("营商环境")
        assert search.finder.is_settled
        search.finder.use_related(related)
        qtbot.waitUntil(lambda: search.finder.findings is not None and bool(search.finder.findings.related))

    def test_only_the_last_of_what_is_typed_quickly_is_answered(
        self, search: Search, related: Related, qtbot: QtBot
    ) -> None:
        search.finder.use_related(related)
        for text in ("一", "一件", "一件事", "一件事改"):
            search(text)
        qtbot.waitUntil(lambda: search.finder.is_settled)
        qtbot.wait(150)
        complete = [one for one in search.heard if one is not None and one.related is not None]
        assert [one.text for one in complete] == ["一件事改"]

    def test_it_keeps_to_the_scope(self, search: Search, related: Related, qtbot: QtBot) -> None:
        search.finder.use_related(related)
        search("报装服务", Scope.SECTION)
        qtbot.waitUntil(lambda: search.finder.is_settled)
        assert search.finder.findings is not None
        found = search.finder.findings.related or ()
        assert found
        assert all(hit.measure_id.startswith("shanghai-2023/2.3.") for hit in found)

    def test_after_clearing_nothing_more_comes(self, search: Search, related: Related, qtbot: QtBot) -> None:
        search.finder.use_related(related)
        search("一件事")
        search.finder.clear()
        qtbot.wait(200)
        assert search.heard[1:] == [None]
        assert search.finder.findings is None
        assert search.finder.is_settled

    def test_without_it_everything_is_settled_at_once(self, search: Search) -> None:
        search("一件事")
        assert search.finder.is_settled


class Reader(Searcher):
    """A searcher that knows what some letters mean."""

    def search(self, text: str, scope: str = "") -> SearchResult:
        meant = ("市场准入", "没有这样的字") if text == "shichangzhunru" else ()
        readings = tuple(Reading(one, one, "拼音") for one in meant)
        return replace(super().search(text, scope), readings=readings)


class TestReadings:
    def test_what_was_meant_is_found_apart_from_what_was_typed(
        self, plan: Document, exact: ExactIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop.search.finder.Searcher", Reader)
        finder = Finder(plan, exact, Jobs(), tuple)
        finder.search("shichangzhunru", Scope.ALL, PLACE)
        assert finder.findings is not None
        assert finder.findings.exact == ()
        [reading] = finder.findings.readings
        assert (reading.text, reading.kind) == ("市场准入", "拼音")
        assert short(reading.exact) == ["0.0.7", "2.1.8", "4.1.3"]
        assert [hit.place for hit in reading.titles] == [f"{plan.id}/2.1"]
        assert reading.spans.get(reading.exact[0])

    def test_they_keep_to_the_scope(
        self, plan: Document, exact: ExactIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop.search.finder.Searcher", Reader)
        finder = Finder(plan, exact, Jobs(), tuple)
        finder.search("shichangzhunru", Scope.PART, PLACE)
        assert finder.findings is not None
        assert [short(one.exact) for one in finder.findings.readings] == [["2.1.8"]]
        finder.search("shichangzhunru", Scope.NOTES, PLACE)
        assert finder.findings is not None
        assert finder.findings.readings == ()

    def test_the_index_reads_pinyin(self, search: Search) -> None:
        first, *_ = search("shichangzhunru").readings
        assert (first.text, first.kind) == ("市场准入", "拼音")

    def test_a_place_is_no_slip_for_anything(self, search: Search) -> None:
        found = search("shanghai-2023/2.3.3")
        assert found.target is not None
        assert found.readings == ()

    def test_another_script_is_no_other_reading(self, search: Search) -> None:
        found = search("跨境貿易")
        assert found.titles or found.exact
        assert found.readings == ()


class TestCount:
    @pytest.mark.parametrize(
        ("text", "scope", "number"),
        [
            ("一件事", Scope.ALL, 4),
            ("一件事", Scope.PART, 3),
            ("一件事", Scope.SECTION, 0),
            ("", Scope.ALL, 0),
        ],
    )
    def test_it_counts_without_searching(self, search: Search, text: str, scope: Scope, number: int) -> None:
        search("服务")
        before = search.finder.findings
        assert search.finder.count(text, scope, PLACE) == number
        assert search.finder.findings is before

    def test_it_counts_notes_too(self, noted: Search) -> None:
        assert noted.finder.count("张江|市经信委", Scope.NOTES, PLACE) == 2


@pytest.mark.parametrize("blank", ["", " ", "\t", "　", "\n"])
def test_blanks_end_the_search(search: Search, blank: str) -> None:
    search("一件事")
    search.finder.search(blank, Scope.ALL, PLACE)
    assert search.finder.findings is None
    assert search.heard[-1] is None


@pytest.fixture(scope="module")
def bare(plan: Document, exact: ExactIndex) -> Callable[[str, Scope], Findings | None]:
    """A finder that many texts can be thrown at."""
    finder = Finder(plan, exact, Jobs(), tuple)

    def ask(text: str, scope: Scope) -> Findings | None:
        finder.search(text, scope, PLACE)
        return finder.findings

    return ask


@given(text=st.text() | st.text('一件事 |-"“”（）%+.3', max_size=20), scope=st.sampled_from(Scope))
@settings(max_examples=200)
def test_nothing_typed_is_a_fault_and_every_mark_is_in_its_text(
    bare: Callable[[str, Scope], Findings | None], plan: Document, text: str, scope: Scope
) -> None:
    found = bare(text, scope)
    assert (found is None) is (not text.strip())
    for one in found.exact[:5] if found else ():
        length = len(plan.places[one].measure.text)
        assert found
        assert all(0 <= start < end <= length for start, end in found.spans.get(one))
