"""原文命中 in many documents: the same as the scan, whatever is asked; the database made anew when it is not as it was."""

import random
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.draft import Draft, Heading
from content.folding import fold
from content.model import Document, Front
from index import choice, folders, phrases
from index.choice import open_exact
from index.exact import ExactIndex
from index.hits import FIRST
from index.phrases import DATABASE, PhraseIndex, encode
from index.query import Clause, Query, parse
from tests.index import brute
from tests.index.strategies import ANY_TEXT, QUERIES

Make = Callable[..., Document]
SENTENCES = ["优化变更登记流程。", "推行跨境贸易便利化。", "加强QFLP试点。"]


@pytest.fixture(scope="module")
def index(plan: Document) -> PhraseIndex:
    return PhraseIndex([plan])


@pytest.fixture(scope="module")
def many() -> tuple[PhraseIndex, ExactIndex]:
    """A document of 400 sections that share a word, indexed both ways."""
    draft = Draft()
    draft.open_part(Heading("一、", "登记"))
    for number in range(400):
        draft.open_section(Heading(f"（{number}）", "登记"))
        draft.add(f"登记{number}。", opens_paragraph=True)
    document = draft.finish(Front("many", "许多"))
    return PhraseIndex([document]), ExactIndex([document])


def _term(folded: str) -> Query:
    return Query((Clause((folded,)),))


class TestSameAsTheScan:
    @pytest.mark.parametrize("length", range(1, 9))
    def test_every_substring(
        self, plan: Document, exact: ExactIndex, index: PhraseIndex, length: int
    ) -> None:
        folds = [fold(measure.text) for measure in plan.measures]
        pieces = {text[at : at + length] for text in folds for at in range(len(text) - length + 1)}
        assert len(pieces) > 600
        for piece in pieces:
            assert index.search(_term(piece)) == exact.search(_term(piece)), piece

    @given(QUERIES)
    @settings(max_examples=500)
    @example("市场|-市场")
    @example("-,")
    @example('-"“"')
    @example("\ud800|,")
    @example("-\0 的")
    def test_any_query(self, plan: Document, index: PhraseIndex, typed: str) -> None:
        assert index.search(parse(typed)) == brute.search(plan, typed)

    @given(
        QUERIES,
        st.sampled_from(["shanghai-2023", "shanghai-2023/0", "shanghai-2023/2", "shanghai-2023/4.3", "x"]),
    )
    def test_scopes_and_headings(
        self, plan: Document, exact: ExactIndex, index: PhraseIndex, typed: str, scope: str
    ) -> None:
        query = parse(typed)
        assert index.search(query, scope) == brute.search(plan, typed, scope)
        assert index.titles(query, scope) == exact.titles(query, scope)

    @given(st.lists(ANY_TEXT, max_size=8), ANY_TEXT)
    @example(["a,b", "ab", "a b"], "ab")
    @example(["\ud800\udc00", "\U00010000"], "\U00010000")
    @example(["é", "e"], "e")
    @example(["ＡＢ", "ab"], "Ab")
    @example(["\x00\x01", "z", "2"], "\x01")
    def test_any_texts_and_any_term(self, make_document: Make, texts: list[str], term: str) -> None:
        document = make_document(texts)
        query = Query((Clause((fold(term),)),)) if fold(term) else Query()
        assert PhraseIndex([document]).search(query) == ExactIndex([document]).search(query)

    def test_marks_of_hits(self, exact: ExactIndex, index: PhraseIndex) -> None:
        for typed in ("市场", "98%", '"', "营商環境 -监管", "没有|的"):
            query = parse(typed)
            for measure_id in exact.search(query):
                assert index.spans(measure_id, query) == exact.spans(measure_id, query)
        with pytest.raises(KeyError):
            index.spans("shanghai-2023/9.9.9", parse("市场"))

    @pytest.mark.parametrize(
        "typed", ["诚诺即办", "营商坏境", "营商境", "营环商境", "QFLB", "知识厂权", "甲乙政策解读丙"]
    )
    def test_what_is_near(self, exact: ExactIndex, index: PhraseIndex, typed: str) -> None:
        assert index.nearest(parse(typed))[0] == exact.nearest(parse(typed))[0]

    @given(QUERIES)
    def test_what_is_near_stands_in_the_text(self, plan: Document, index: PhraseIndex, typed: str) -> None:
        texts = [measure.text for measure in plan.measures]
        texts += [f"{part.label}{part.heading}" for part in plan.parts]
        texts += [f"{one.label}{one.title}" for part in plan.parts for one in part.sections] + [plan.title]
        for word in index.nearest(parse(typed)):
            assert any(word in text for text in texts)

    def test_more_terms_than_a_query_language_may_nest(self, plan: Document, index: PhraseIndex) -> None:
        letters = list(dict.fromkeys(fold("".join(measure.text for measure in plan.measures))))
        for typed in (
            "|".join(letters),
            " ".join(letters),
            " -".join(["市", *letters]),
            "-" + " -".join(letters),
        ):
            assert index.search(parse(typed)) == brute.search(plan, typed)
        assert index.search(_term("市" * 10_000)) == ()
        assert index.search(Query((Clause(("市",), ("场" * 10_000,)),))) == brute.search(plan, "市")


class TestEncoding:
    def test_no_two_code_points_are_one_word(self) -> None:
        words = {encode(chr(code)) for code in range(sys.maxunicode + 1)}
        assert len(words) == sys.maxunicode + 1
        assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
        assert phrases._ANY not in words

    @given(ANY_TEXT, ANY_TEXT)
    def test_a_phrase_says_what_the_text_says(self, one: str, other: str) -> None:
        assert "".join(chr(int(word, 16)) for word in encode(one).split()) == one
        assert (f" {encode(one)} " in f" {encode(other)} ") is (one in other) or not one


class TestHits:
    def test_are_fetched_as_they_are_looked_at(
        self, many: tuple[PhraseIndex, ExactIndex], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        ask = PhraseIndex.ask

        def listen(self: PhraseIndex, columns: str, *rest: object) -> object:
            asked.append(columns)
            return ask(self, columns, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(PhraseIndex, "ask", listen)
        hits = many[0].search(parse("登"))
        assert hits
        assert hits[0] == "many/1.1.1"
        assert hits[:FIRST][-1] == hits[FIRST - 1] == f"many/1.{FIRST}.1"
        assert asked == ["rowid"]
        assert len(hits) == 400
        assert asked == ["rowid", "count(*)"]
        assert hits[-1] == "many/1.400.1"
        assert asked == ["rowid", "count(*)", "rowid"]

    @pytest.mark.parametrize("typed", ["登", "1", "12", "399", "4", "没有", "登|1"])
    def test_are_like_a_tuple(self, many: tuple[PhraseIndex, ExactIndex], typed: str) -> None:
        query = parse(typed)
        right = many[1].search(query)
        for look in _LOOKS:
            hits = many[0].search(query)
            assert look(hits) == look(right)
            assert right == hits == right
        assert many[0].titles(query) == many[1].titles(query)
        with pytest.raises(IndexError):
            many[0].search(query)[400]

    def test_equal_only_what_is_the_same(self, many: tuple[PhraseIndex, ExactIndex]) -> None:
        assert many[0].search(parse("39")) == many[0].search(parse("39 登"))
        assert many[0].search(parse("39")) != many[0].search(parse("38"))
        assert many[0].search(parse("39")) != list(many[1].search(parse("39")))
        assert "400" in repr(many[0].search(parse("登")))


_LOOKS: list[Callable[[Sequence[str]], object]] = [
    len,
    bool,
    tuple,
    lambda hits: hits[:3],
    lambda hits: hits[45:60],
    lambda hits: hits[-2:],
    lambda hits: hits[::-1],
    lambda hits: hits[::7],
    lambda hits: hits[60:],
    lambda hits: list(reversed(hits)),
    lambda hits: "many/1.13.1" in hits,
    lambda hits: [one for one, _ in zip(hits, range(70), strict=False)],
]


class TestKept:
    def test_built_once(self, make_document: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        document = make_document(SENTENCES)
        assert PhraseIndex.open([document], tmp_path).search(parse("登记")) == ("small/1.1.1",)
        before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
        monkeypatch.setattr(phrases, "_fill", lambda *_: pytest.fail("built anew"))
        assert PhraseIndex.open([document], tmp_path).search(parse("登记")) == ("small/1.1.1",)
        assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before

    def test_other_texts_get_another_one(self, make_document: Make, tmp_path: Path) -> None:
        PhraseIndex.open([make_document(SENTENCES)], tmp_path)
        for number in range(4):
            document = make_document([f"第{number}句。", *SENTENCES])
            assert PhraseIndex.open([document], tmp_path).search(parse("登记")) == ("small/1.1.2",)
        assert len(list((tmp_path / "phrases").iterdir())) == 3

    @pytest.mark.parametrize("harm", ["cut", "flipped", "missing", "another", "no meta", "meta", "foreign"])
    def test_a_damaged_one_is_built_again(self, make_document: Make, tmp_path: Path, harm: str) -> None:
        document = make_document(SENTENCES)
        PhraseIndex.open([document], tmp_path)
        other = PhraseIndex.open([make_document(["登记。"])], tmp_path / "other")
        folder = next((tmp_path / "phrases").iterdir())
        stranger = next((tmp_path / "other" / "phrases").iterdir())
        database = folder / DATABASE
        content = database.read_bytes()
        harms: dict[str, Callable[[], object]] = {
            "cut": lambda: database.write_bytes(content[: len(content) // 2]),
            "flipped": lambda: database.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]),
            "missing": database.unlink,
            "another": lambda: shutil.copy(stranger / DATABASE, database),
            "no meta": (folder / folders.META).unlink,
            "meta": lambda: (folder / folders.META).write_text('{"fingerprint": 1, "files": {}}'),
            "foreign": lambda: shutil.copytree(stranger, folder, dirs_exist_ok=True),
        }
        harms[harm]()
        assert PhraseIndex.open([document], tmp_path).search(parse("登记|QF")) == (
            "small/1.1.1",
            "small/1.1.3",
        )
        folders.check(folder, folder.name)
        assert len(list((tmp_path / "phrases").iterdir())) == 1
        assert other.search(parse("登记")) == ("small/1.1.1",)

    def test_sealed_but_no_table(self, make_document: Make, tmp_path: Path) -> None:
        document = make_document(SENTENCES)
        PhraseIndex.open([document], tmp_path)
        folder = next((tmp_path / "phrases").iterdir())
        for content in (b"", b"SQLite format 3\0" + b"x" * 5000):
            (folder / DATABASE).write_bytes(content)
            folders.seal(folder, folder.name, [DATABASE])
            assert PhraseIndex.open([document], tmp_path).search(parse("登记")) == ("small/1.1.1",)

    def test_damaged_while_it_is_read(self, make_document: Make, tmp_path: Path) -> None:
        index = PhraseIndex.open([make_document(SENTENCES * 40)], tmp_path)
        database = next((tmp_path / "phrases").iterdir()) / DATABASE
        database.write_bytes(b"\xff" * database.stat().st_size)
        assert len(index.search(parse("登记"))) == 40

    def test_a_folder_that_cannot_be_written(self, make_document: Make, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        for folder in (tmp_path / "file", tmp_path / "file" / "deeper"):
            assert PhraseIndex.open([make_document(SENTENCES)], folder).search(parse("登记"))
        assert (tmp_path / "file").read_text() == "in the way"

    def test_two_at_once(self, make_document: Make, tmp_path: Path) -> None:
        with get_context("spawn").Pool(3) as pool:
            found = pool.starmap(_first, [(make_document(SENTENCES * 20), tmp_path)] * 6)
        assert set(found) == {"small/1.1.1"}
        assert len(list((tmp_path / "phrases").iterdir())) == 1

    def test_a_path_of_any_letters(self, make_document: Make, tmp_path: Path) -> None:
        folder = tmp_path / "资料 #1 100%?"
        for _ in range(2):
            assert PhraseIndex.open([make_document(SENTENCES)], folder).search(parse("登记"))
        assert (folder / "phrases").is_dir()


def _first(document: Document, folder: Path) -> str:
    return PhraseIndex.open([document], folder).search(parse("登记"))[0]


def test_one_answer_from_many_threads(index: PhraseIndex, exact: ExactIndex) -> None:
    expected = exact.search(parse("企业"))
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda: answers.append(tuple(index.search(parse("企业"))))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8


class TestChoice:
    def test_by_size_alone(self, plan: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(open_exact([plan], tmp_path), ExactIndex)
        monkeypatch.setattr(choice, "LARGE", len(plan.places))
        assert isinstance(open_exact([plan], tmp_path), PhraseIndex)
        assert isinstance(open_exact([plan], None), PhraseIndex)
        monkeypatch.setattr(choice, "LARGE", len(plan.places) + 1)
        assert isinstance(open_exact([plan], tmp_path), ExactIndex)

    def test_without_fts5_it_is_scanned(self, plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        monkeypatch.setattr(choice, "LARGE", 0)
        monkeypatch.setattr(phrases, "_fill", refuse)
        assert isinstance(open_exact([plan], None), ExactIndex)


def test_no_documents_at_all() -> None:
    index = PhraseIndex([])
    for typed in ("市场", "-市场", "市|场", ""):
        query = parse(typed)
        assert index.search(query) == index.titles(query) == ()
        assert index.nearest(query) == ()


def test_random_substrings_of_a_library(plan: Document, make_document: Make) -> None:
    chance = random.Random(5)
    documents = [plan, make_document(SENTENCES, name="a.b"), make_document(SENTENCES * 3, name="a")]
    index, scan = PhraseIndex(documents), ExactIndex(documents)
    folds = [fold(measure.text) for document in documents for measure in document.measures]
    for _ in range(2000):
        text = chance.choice(folds)
        at, length = chance.randrange(len(text)), chance.randint(1, 30)
        scope = chance.choice(["", "a", "a.b", "a/1", "shanghai-2023/2.1"])
        assert index.search(_term(text[at : at + length]), scope) == scan.search(
            _term(text[at : at + length]), scope
        )
