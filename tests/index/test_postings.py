"""相关 in many documents: the lists say what Whoosh says, and are made anew when they are not as they were."""

import random
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from content.model import Document
from index import choice, folders, postings, related, store
from index.postings import DATABASE, PostingStore
from index.related import DICTIONARY, Related
from index.search import Searcher
from index.segmentation import Segmenter
from index.store import CHARACTERS, TITLE, WORDS, Store
from index.thesaurus import Thesaurus
from tests.index.judged import judged, mean_reciprocal_rank
from tests.index.strategies import QUERIES

Make = Callable[..., Document]
SENTENCES = ["优化变更登记流程。", "推行跨境贸易便利化。", "加强QFLP试点。", "\ud800企业登记登记。"]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(DICTIONARY)


@pytest.fixture(scope="module")
def lists(plan: Document, segmenter: Segmenter) -> PostingStore:
    return PostingStore.open(list(plan.places.values()), segmenter, None)


@pytest.fixture(scope="module")
def by_lists(plan: Document, segmenter: Segmenter, lists: PostingStore) -> Related:
    return Related([plan], lists, segmenter, Thesaurus.open(None))


def _opened(document: Document, segmenter: Segmenter, folder: Path | None) -> PostingStore:
    return PostingStore.open(list(document.places.values()), segmenter, folder)


def test_every_list_is_whooshs(plan: Document, segmenter: Segmenter, lists: PostingStore) -> None:
    places = list(plan.places.values())
    whoosh = Store(store.build(places, segmenter))
    words = {word for place in places for word in segmenter.words(place.measure.text)}
    letters = {letter for place in places for letter in place.measure.text if letter.isalpha()}
    titles = {word for place in places for word in segmenter.words(place.section.title)}
    asked = [(WORDS, word) for word in words] + [(CHARACTERS, one) for one in letters]
    for field, term in [*asked, *((TITLE, word) for word in titles), (WORDS, "没有这个词")]:
        numbers, scores = lists.postings(field, term)
        right, right_scores = whoosh.postings(field, term)
        assert list(numbers) == list(right), term
        assert list(scores) == [scores[at] for at in range(len(scores))]
        # Whoosh keeps the length of a text in one byte.
        assert list(scores) == pytest.approx(list(right_scores), rel=0.03), term
    for word in words:
        assert lists.beginning_with(word[:1], 16) == whoosh.beginning_with(word[:1], 16)


def test_the_judged_questions(exact: object, by_lists: Related, searcher: Searcher) -> None:
    by_words = Searcher(searcher._exact, by_lists)

    def found(query: str) -> list[str]:
        result = by_words.search(query)
        return [*result.exact, *(hit.measure_id for hit in result.related)]

    assert mean_reciprocal_rank(found) >= 0.9


def test_the_same_is_offered_for_the_same_reasons(by_lists: Related, related: Related) -> None:
    for one in judged():
        first, right = by_lists.search(one.query, limit=5), related.search(one.query, limit=10)
        reasons = {hit.measure_id: hit.reason for hit in right}
        assert [hit.reason for hit in first] == [reasons.get(hit.measure_id, "") for hit in first], one.query


@given(QUERIES)
def test_nothing_typed_is_an_error(by_lists: Related, typed: str) -> None:
    assert len(by_lists.search(typed)) <= 10


class TestCommonTerms:
    """Of terms that stand almost everywhere only those measures are weighed that have a rarer one."""

    @pytest.fixture
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(related, "_MOST_READ", 40)
        monkeypatch.setattr(related, "_MOST_WEIGHED", 20)

    @pytest.mark.usefixtures("few")
    def test_the_judged_questions(self, searcher: Searcher) -> None:
        fresh = Searcher(searcher._exact, searcher._related)

        def found(query: str) -> list[str]:
            result = fresh.search(query)
            return [*result.exact, *(hit.measure_id for hit in result.related)]

        assert mean_reciprocal_rank(found) >= 0.8

    @pytest.mark.usefixtures("few")
    def test_a_word_that_stands_almost_everywhere(self, related: Related) -> None:
        assert {hit.reason for hit in related.search("企业")} == {"同词：企业"}

    @pytest.mark.usefixtures("few")
    def test_scores_are_whole(self, related: Related, monkeypatch: pytest.MonkeyPatch) -> None:
        pruned = {one.query: related.search(one.query, limit=3) for one in judged()}
        monkeypatch.undo()
        for query, hits in pruned.items():
            scores = {hit.measure_id: hit.score for hit in related.search(query, limit=200)}
            for hit in hits:
                assert scores.get(hit.measure_id, hit.score) == pytest.approx(hit.score, abs=2e-4)

    @pytest.mark.usefixtures("few")
    def test_what_is_excluded_takes_no_place(self, related: Related, plan: Document) -> None:
        hits = related.search("企业服务政策", limit=200)
        others = related.search("企业服务政策", [hit.measure_id for hit in hits[:10]], limit=5)
        assert others
        assert not {hit.measure_id for hit in others} & {hit.measure_id for hit in hits[:10]}
        scoped = related.search("企业服务", scope="shanghai-2023/4.3")
        assert scoped
        assert all(hit.measure_id.startswith("shanghai-2023/4.3.") for hit in scoped)


class TestKept:
    def test_built_once(
        self, make_document: Make, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = _opened(make_document(SENTENCES), segmenter, tmp_path).postings(WORDS, "登记")
        monkeypatch.setattr(postings, "_fill", lambda *_: pytest.fail("built anew"))
        numbers, scores = _opened(make_document(SENTENCES), segmenter, tmp_path).postings(WORDS, "登记")
        assert (list(numbers), list(scores)) == (list(first[0]), list(first[1]))
        assert list(numbers) == [0, 3]

    @pytest.mark.parametrize(
        "harm", ["cut", "flipped", "missing", "foreign", "sealed nonsense", "sealed other"]
    )
    def test_damaged_ones_are_built_again(
        self, make_document: Make, segmenter: Segmenter, tmp_path: Path, harm: str
    ) -> None:
        document = make_document(SENTENCES)
        _opened(document, segmenter, tmp_path)
        _opened(make_document(["登记。"]), segmenter, tmp_path / "other")
        folder = next(path for path in tmp_path.iterdir() if path.name != "other")
        database = folder / DATABASE
        content = database.read_bytes()

        def seal(made: bytes) -> None:
            database.write_bytes(made)
            folders.seal(folder, folder.name, [DATABASE])

        harms: dict[str, Callable[[], object]] = {
            "cut": lambda: database.write_bytes(content[: len(content) // 2]),
            "flipped": lambda: database.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]),
            "missing": database.unlink,
            "foreign": lambda: shutil.copytree(
                next((tmp_path / "other").iterdir()), folder, dirs_exist_ok=True
            ),
            "sealed nonsense": lambda: seal(b"SQLite format 3\0" + b"x" * 5000),
            "sealed other": lambda: seal(content.replace(b"lengths", b"widths_")),
        }
        harms[harm]()
        assert list(_opened(document, segmenter, tmp_path).postings(WORDS, "登记")[0]) == [0, 3]
        folders.check(folder, folder.name)

    def test_damaged_while_they_are_read(
        self, make_document: Make, segmenter: Segmenter, tmp_path: Path
    ) -> None:
        chance = random.Random(1)
        letters = [chr(code) for code in range(0x4E00, 0x5E00)]
        document = make_document(["".join(chance.sample(letters, 60)) for _ in range(400)])
        opened = _opened(document, segmenter, tmp_path)
        database = next(tmp_path.iterdir()) / DATABASE
        database.write_bytes(b"\xff" * database.stat().st_size)
        for letter in letters[:200]:
            opened.postings(CHARACTERS, letter)
        assert isinstance(opened.beginning_with("登", 16), list)

    def test_unpackable(self, lists: PostingStore, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> bytes:
            raise zlib.error

        monkeypatch.setattr("zlib.decompress", refuse)
        assert len(lists._postings(WORDS, "市场")[0]) == 0

    def test_a_folder_that_cannot_be_written(
        self, make_document: Make, segmenter: Segmenter, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        for folder in (tmp_path / "file", tmp_path / "file" / "deeper"):
            assert list(_opened(make_document(SENTENCES), segmenter, folder).postings(WORDS, "登记")[0])


class TestChoice:
    def test_by_size_alone(self, plan: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choice, "LARGE", len(plan.places))
        best = Related.open([plan], tmp_path).search("购房资格查询")[0]
        assert (best.measure_id, best.reason) == ("shanghai-2023/2.2.7", "近义：购房条件；同词：购房、查询")
        assert [folder.name for folder in tmp_path.iterdir()] == ["postings"]
        monkeypatch.setattr(store, "load", lambda *_: pytest.fail("Whoosh for a large library"))
        assert Related.open([plan], None).search("购房资格查询")[0] == best

    def test_no_documents_at_all(self, segmenter: Segmenter) -> None:
        assert Related([], PostingStore.open([], segmenter, None), segmenter).search("市场") == ()
