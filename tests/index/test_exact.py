"""原文命中: held against a plain second implementation, at every length, in every width."""

import random
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from content.folding import fold
from content.model import Document
from index.exact import ExactIndex
from index.query import Query, parse
from tests.bench import exact_proof
from tests.index import brute
from tests.index.strategies import QUERIES

_TRADITIONAL = str.maketrans("场务电业贸书证记", "場務電業貿書證記")


def _quoted(term: str) -> Query:
    """A query for exactly these words, whatever operators are in them."""
    return parse(f'"{term}"')


def _full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@pytest.mark.parametrize("length", range(1, 13))
def test_every_substring_of_every_measure(plan: Document, exact: ExactIndex, length: int) -> None:
    folds = [(measure.id, fold(measure.text)) for measure in plan.measures]
    texts = [measure.text for measure in plan.measures]
    pieces = {text[at : at + length] for text in texts for at in range(len(text) - length + 1)}
    assert len(pieces) > 600
    for piece in pieces:
        folded = fold(piece)
        expected = tuple(measure_id for measure_id, text in folds if folded in text)
        assert expected
        assert exact.search(_quoted(piece)) == (expected if folded else ()), piece


def test_typed_without_marks_a_substring_is_found_too(plan: Document, exact: ExactIndex) -> None:
    for measure in plan.measures:
        for at in range(0, len(measure.text), 7):
            piece = measure.text[at : at + 6]
            assert measure.id in exact.search(parse(piece)), piece


@pytest.mark.parametrize(
    "change", [_full_width, str.upper, str.lower, lambda text: text.translate(_TRADITIONAL)]
)
def test_other_ways_to_write_the_same(
    plan: Document, exact: ExactIndex, change: Callable[[str], str]
) -> None:
    chance = random.Random(1)
    for measure in plan.measures:
        for _ in range(8):
            length = chance.randint(1, 12)
            at = chance.randrange(max(1, len(measure.text) - length))
            piece = measure.text[at : at + length]
            assert exact.search(_quoted(change(piece))) == brute.containing(plan, piece), piece


def test_spaces_ask_for_all_the_pieces(plan: Document, exact: ExactIndex) -> None:
    chance = random.Random(2)
    texts = [measure.text for measure in plan.measures]
    for _ in range(800):
        text = chance.choice(texts)
        starts = [chance.randrange(max(1, len(text) - 4)) for _ in range(chance.randint(2, 4))]
        pieces = [text[at : at + chance.randint(1, 4)] for at in starts]
        expected = brute.containing(plan, *pieces)
        assert exact.search(parse(" ".join(f'"{piece}"' for piece in pieces))) == expected, pieces


def test_spaces_inside_marks_do_not_split(plan: Document, exact: ExactIndex) -> None:
    assert exact.search(parse('"营商 环境"')) == brute.containing(plan, "营商环境")
    assert exact.search(parse("营商 环境")) == brute.containing(plan, "营商", "环境")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("98%", "98%"),
        ("９８％", "98%"),
        ("AI+", "AI+"),
        ("ai＋", "AI+"),
        ("“一件事”", "“一件事”"),
        ("「一件事」", "“一件事”"),
        ("(QFLP)", "（QFLP）"),
        ("（qflp）", "（QFLP）"),
        ("12345", "12345"),
        ("１２３４５", "12345"),
        ("E企融·长三角", "E企融·长三角"),
        ("“", "“"),
        ('"', "“"),
        ("。", "。"),
        ("，", "，"),
        (",", "，"),
    ],
)
def test_what_is_typed_is_searched_for(plan: Document, exact: ExactIndex, typed: str, printed: str) -> None:
    found = exact.search(parse(typed))
    assert found == brute.containing(plan, printed)
    assert found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "|",
        '""',
        "-",
        "😀",
        "市场😀",
        "\0",
        "\ud800",
        "\udfff市场",
        "\n",
        "？！",
        "*",
        "市.*",
        "[市]",
        "^",
        "x" * 10_000,
    ],
)
def test_what_is_not_in_the_plan(exact: ExactIndex, typed: str) -> None:
    assert exact.search(parse(typed)) == ()


def test_ten_thousand_characters_of_the_plan(plan: Document, exact: ExactIndex) -> None:
    whole = "".join(measure.text for measure in plan.measures)
    assert exact.search(_quoted(whole[:10_000].replace('"', ""))) == ()
    assert exact.search(parse("|".join(whole[:5_000]))) == tuple(measure.id for measure in plan.measures)
    assert exact.search(parse(" ".join(whole[:5_000]))) == ()


def test_only_unwanted_words_leave_the_rest(plan: Document, exact: ExactIndex) -> None:
    with_it = brute.containing(plan, "市场")
    assert exact.search(parse("-市场")) == tuple(m.id for m in plan.measures if m.id not in with_it)


_TERM = st.sampled_from(
    ["市场", "主体", "企业", "服务", "一", "的", "98%", "（", '"a b"', "改 革", "监管", "不在", "，"]
)
_SIGNED = st.tuples(st.booleans(), _TERM)
_CLAUSES = st.lists(st.lists(_SIGNED, min_size=1, max_size=3), min_size=1, max_size=3)


@given(_CLAUSES)
@settings(max_examples=150)
def test_operators_mean_what_they_say(
    plan: Document, exact: ExactIndex, clauses: list[list[tuple[bool, str]]]
) -> None:
    typed = "|".join(" ".join(f"{'-' * sign}{term}" for sign, term in clause) for clause in clauses)
    assume(not any("改 革" in term for clause in clauses for sign, term in clause if sign))

    def satisfied(text: str, clause: list[tuple[bool, str]]) -> bool:
        for sign, term in clause:
            pieces = [term.strip('"')] if term.startswith('"') else term.split()
            if any((fold(piece) in fold(text)) is sign for piece in pieces):
                return False
        return True

    expected = tuple(m.id for m in plan.measures if any(satisfied(m.text, clause) for clause in clauses))
    assert exact.search(parse(typed)) == expected


@given(QUERIES)
@settings(max_examples=400)
@example("市场|-市场")
@example('-"市场 主体" |的')
def test_whatever_is_typed(plan: Document, exact: ExactIndex, typed: str) -> None:
    assert exact.search(parse(typed)) == brute.search(plan, typed)


def test_random_substrings_and_operators(plan: Document, exact: ExactIndex) -> None:
    assert exact_proof.differing_substrings(exact, [plan], 5000, seed=3) == 0
    assert exact_proof.differing_queries(exact, [plan], 500, seed=4) == 0


@given(st.lists(st.text("ab市場场 。.…ﬁ", max_size=12), max_size=8), st.text("ab市場场.。…fi", max_size=4))
def test_any_texts_and_any_term(make_document: Callable[..., Document], texts: list[str], term: str) -> None:
    document = make_document([text or "空" for text in texts])
    found = ExactIndex([document]).search(_quoted(term))
    assert found == (brute.containing(document, term) if fold(term) else ())


class TestSpans:
    def test_each_span_folds_to_the_term(self, plan: Document, exact: ExactIndex) -> None:
        for term in ("市场", "98%", "ai+", '"', "e企融·长三角", "（", "營商環境"):
            found = exact.search(parse(term))
            assert found
            for measure_id in found:
                text = plan.places[measure_id].measure.text
                spans = exact.spans(measure_id, parse(term))
                assert [fold(text[start:end]) for start, end in spans] == [fold(term)] * fold(text).count(
                    fold(term)
                )

    def test_every_position_is_the_first_to_be_found(self, plan: Document, exact: ExactIndex) -> None:
        for measure in list(plan.measures)[::5]:
            for at in range(len(measure.text) - 8):
                assert (at, at + 8) in exact.spans(measure.id, _quoted(measure.text[at : at + 8]))

    @pytest.mark.parametrize(
        ("text", "typed", "spans"),
        [
            ("一一一", "一一", ((0, 3),)),
            ("一一一", "一", ((0, 1), (1, 2), (2, 3))),
            ("市场主体", "市场主 场主体", ((0, 4),)),
            ("市场主体", "主体 市场", ((0, 2), (2, 4))),
            ("市 场", "市场", ((0, 3),)),
            ("…等", ".", ((0, 1),)),
            ("…等", "..等", ((0, 2),)),
            ("ＱＦＬＰ试点", "qflp", ((0, 4),)),
            ("市场监管", "市场 -监管", ()),
            ("市场监管", "市场 没有|监管", ((2, 4),)),
            ("市场监管", "没有", ()),
            ("市场监管", "-没有", ()),
            ("市场监管", "", ()),
        ],
    )
    def test_places(
        self,
        make_document: Callable[..., Document],
        text: str,
        typed: str,
        spans: tuple[tuple[int, int], ...],
    ) -> None:
        index = ExactIndex([make_document(["前一句。", text])])
        assert index.spans("small/1.1.2", parse(typed)) == spans

    def test_an_unknown_measure(self, exact: ExactIndex) -> None:
        with pytest.raises(KeyError):
            exact.spans("shanghai-2023/9.9.9", parse("市场"))


class TestScope:
    def test_each_section_finds_its_own(self, plan: Document, exact: ExactIndex) -> None:
        scopes = {measure_id.rpartition(".")[0] for measure_id in plan.places}
        scopes |= {scope.rpartition(".")[0] for scope in scopes}
        for scope in scopes:
            for typed in ("市场", "的", "企业 服务", "-市场", "市场|企业"):
                whole = exact.search(parse(typed))
                within = tuple(one for one in whole if one.startswith(f"{scope}."))
                assert exact.search(parse(typed), scope) == within

    def test_a_document_is_a_scope(self, plan: Document, exact: ExactIndex) -> None:
        assert exact.search(parse("市场"), "shanghai-2023") == exact.search(parse("市场"))
        assert exact.search(parse("市场"), "shanghai-202") == ()
        assert exact.search(parse("市场"), "nowhere/1") == ()

    def test_numbers_and_names_end_where_they_end(self, make_document: Callable[..., Document]) -> None:
        many = make_document(*[["市场。"]] * 22)
        dotted = make_document(["市场。"], name="small.2")
        index = ExactIndex([many, dotted])
        assert index.search(parse("市场"), "small/1.2") == ("small/1.2.1",)
        assert index.search(parse("市场"), "small/1.2.1") == ("small/1.2.1",)
        assert len(index.search(parse("市场"), "small")) == 22
        assert index.search(parse("市场"), "small.2") == ("small.2/1.1.1",)

    def test_the_imprint_belongs_to_what_stands_before_the_parts(
        self, plan: Document, exact: ExactIndex
    ) -> None:
        imprint = plan.imprint[0]
        assert exact.search(_quoted(imprint.text)) == (imprint.id,)
        assert exact.search(_quoted(imprint.text), "shanghai-2023/0") == (imprint.id,)


class TestTitles:
    def test_headings_and_the_title(self, plan: Document, exact: ExactIndex) -> None:
        assert [hit.place for hit in exact.titles(parse("集成创新"))] == ["shanghai-2023"]
        for part in plan.parts:
            for section in part.sections:
                if section.title:
                    place = f"shanghai-2023/{part.number}.{section.number}"
                    hit = next(hit for hit in exact.titles(_quoted(section.title)) if hit.place == place)
                    assert [hit.text[start:end] for start, end in hit.spans] == [section.title]

    def test_every_term_has_to_be_there(self, make_document: Callable[..., Document]) -> None:
        index = ExactIndex([make_document(["甲。"], ["乙。"])])
        assert [hit.place for hit in index.titles(parse("第 节"))] == ["small/1.1", "small/1.2"]
        assert [hit.place for hit in index.titles(parse("第 节 -2"))] == ["small/1.1"]
        assert [hit.place for hit in index.titles(parse("要求|方案"))] == ["small", "small/1"]
        assert index.titles(parse("-第")) == ()
        assert index.titles(parse("")) == ()

    def test_within_a_scope(self, make_document: Callable[..., Document]) -> None:
        index = ExactIndex([make_document(["甲。"], ["乙。"])])
        assert [hit.place for hit in index.titles(parse("第"), "small/1.2")] == ["small/1.2"]
        assert [hit.place for hit in index.titles(parse("总体"), "small/1")] == ["small/1"]
        assert index.titles(parse("总体"), "small/1.1") == ()

    def test_headings_never_count_as_measures(self, make_document: Callable[..., Document]) -> None:
        assert ExactIndex([make_document(["甲。"])]).search(parse("总体")) == ()


def test_no_documents_at_all() -> None:
    index = ExactIndex([])
    for typed in ("市场", "-市场", "市|场"):
        assert index.search(parse(typed)) == ()
        assert index.nearest(parse(typed)) == ()
