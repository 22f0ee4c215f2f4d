"""相关: what is offered, why, where the index comes from, and what happens when it is not as it should be."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from content.library import Library
from content.model import Document
from index import folders, store
from index.related import DICTIONARY, PREBUILT, Related
from index.search import Searcher
from index.segmentation import Segmenter
from tests.index.judged import mean_reciprocal_rank

Make = Callable[..., Document]
SENTENCES = ["优化变更登记流程。", "推行跨境贸易便利化。", "加强QFLP试点。", "企业办理登记。", "的确如此。"]


def _opened(document: Document, folder: Path | None, prebuilt: Path) -> Related:
    return Related.open([document], folder, prebuilt=prebuilt)


def _snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


class TestRanking:
    def test_the_judged_questions(self, searcher: Searcher) -> None:
        def found(query: str) -> list[str]:
            result = searcher.search(query)
            return [*result.exact, *(hit.measure_id for hit in result.related)]

        assert mean_reciprocal_rank(found) >= 0.9

    def test_an_everyday_question(self, related: Related) -> None:
        best = related.search("购房资格查询")[0]
        assert (best.measure_id, best.reason) == (
            "shanghai-2023/2.2.7",
            "近义：购房条件；同词：购房、查询",
        )

    def test_best_first_and_limited(self, related: Related) -> None:
        scores = [hit.score for hit in related.search("企业服务政策", limit=7)]
        assert len(scores) == 7
        assert scores == sorted(scores, reverse=True)

    def test_excluded_measures(self, related: Related) -> None:
        every = [hit.measure_id for hit in related.search("调解仲裁")]
        assert [hit.measure_id for hit in related.search("调解仲裁", every[:1])] == every[1:]

    def test_within_a_scope(self, related: Related) -> None:
        hits = related.search("企业服务", scope="shanghai-2023/2.3")
        assert hits
        assert all(hit.measure_id.startswith("shanghai-2023/2.3.") for hit in hits)
        assert related.search("企业服务", scope="elsewhere") == ()

    @pytest.mark.parametrize(
        "typed", ["变更登", "变更登记", "變更登記", "变更 登记", "“变更登记”", "登记|变更", "ｑｆｌｐ"]
    )
    def test_ways_of_typing(self, make_document: Make, tmp_path: Path, typed: str) -> None:
        hits = _opened(make_document(SENTENCES), None, tmp_path).search(typed)
        assert hits[0].measure_id in ("small/1.1.1", "small/1.1.3")

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ("登记变更", "同词：登记、变更"),
            ("变更的情况", "同词：变更"),
            ("变更登", "同词：变更"),
            ("便", "开头相同：便利、便利化"),
            ("qflp", "同词：QFLP"),
            ("此如", "同字：此、如"),
        ],
    )
    def test_reasons(self, make_document: Make, tmp_path: Path, typed: str, reason: str) -> None:
        reasons = [hit.reason for hit in _opened(make_document(SENTENCES), None, tmp_path).search(typed)]
        assert reason in reasons

    def test_one_common_character_is_no_reason(self, related: Related, plan: Document) -> None:
        for typed in ("的甲乙丙丁", "业甲乙丙丁戊", "量子纠缠的甲乙"):
            assert related.search(typed) == ()

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            "|",
            "-市场",
            "😀",
            "\0",
            "\ud800",
            "市场\ud800",
            "“",
            "*",
            "[",
            "x" * 10_000,
            "市" * 10_000,
            "(" * 500,
        ],
    )
    def test_nothing_typed_is_an_error(self, related: Related, typed: str) -> None:
        assert len(related.search(typed)) <= 10

    def test_a_pasted_paragraph(self, related: Related, plan: Document) -> None:
        place = plan.places["shanghai-2023/2.2.7"]
        assert related.search(place.measure.text)[0].measure_id == place.measure.id

    def test_one_answer_from_many_threads(self, related: Related) -> None:
        expected = related.search("企业服务政策")
        answers: list[object] = []
        threads = [
            threading.Thread(target=lambda: answers.append(related.search("企业服务政策"))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [expected] * 8


class TestPrebuilt:
    def test_fits_the_texts(self) -> None:
        places = [place for document in Library().documents() for place in document.places.values()]
        mark = store.fingerprint(places, Segmenter(DICTIONARY))
        message = "resources/index does not fit the texts; run: python3 desk.py index build"
        try:
            files = store.read(PREBUILT, mark)
        except folders.DamagedIndexError:
            pytest.fail(message)
        assert sum(map(len, files.values())) < 600_000

    def test_is_used_and_left_alone(
        self, plan: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(store, "build", lambda *_: pytest.fail("built anew"))
        before = _snapshot(PREBUILT)
        documents = Library().documents()
        assert Related.open(documents, tmp_path / "user").search("购房资格查询")
        assert _snapshot(PREBUILT) == before
        assert not (tmp_path / "user").exists()

    def test_can_be_opened_where_nothing_can_be_written(self, plan: Document, tmp_path: Path) -> None:
        copy = tmp_path / "index"
        shutil.copytree(PREBUILT, copy)
        for path in copy.iterdir():
            path.chmod(0o444)
        copy.chmod(0o555)
        before = _snapshot(copy)
        opened = Related.open(Library().documents(), None, prebuilt=copy, dictionary=copy / "dictionary.txt")
        assert opened.search("购房资格查询")
        assert _snapshot(copy) == before
        copy.chmod(0o755)


class TestKept:
    def test_built_once(self, make_document: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        document = make_document(SENTENCES)
        first = _opened(document, tmp_path, tmp_path / "none").search("登记变更")
        before = _snapshot(tmp_path)
        monkeypatch.setattr(store, "build", lambda *_: pytest.fail("built anew"))
        assert _opened(document, tmp_path, tmp_path / "none").search("登记变更") == first
        assert _snapshot(tmp_path) == before

    def test_other_texts_get_another_index(self, make_document: Make, tmp_path: Path) -> None:
        _opened(make_document(SENTENCES), tmp_path, tmp_path / "none")
        hits = _opened(make_document([*SENTENCES, "登记变更。"]), tmp_path, tmp_path / "none").search(
            "变更了登记"
        )
        assert hits[0].measure_id == "small/1.1.6"
        assert len(list((tmp_path / "index").iterdir())) == 2

    def test_old_ones_are_taken_away(self, make_document: Make, tmp_path: Path) -> None:
        for number in range(5):
            _opened(make_document([f"第{number}句登记。"]), tmp_path, tmp_path / "none")
        folders = sorted((tmp_path / "index").iterdir())
        assert len(folders) == 3
        assert not any(folder.name.startswith(".") for folder in folders)

    def test_what_was_left_half_written_is_taken_away(self, make_document: Make, tmp_path: Path) -> None:
        old, new = tmp_path / "index" / ".old", tmp_path / "index" / ".new"
        old.mkdir(parents=True)
        new.mkdir()
        os.utime(old, (0, 0))
        _opened(make_document(SENTENCES), tmp_path, tmp_path / "none")
        assert (old.exists(), new.exists()) == (False, True)

    @pytest.mark.parametrize(
        "harm", ["cut", "flipped", "missing", "meta", "no meta", "empty meta", "list meta"]
    )
    def test_a_damaged_index_is_built_again(self, make_document: Make, tmp_path: Path, harm: str) -> None:
        document = make_document(SENTENCES)
        expected = _opened(document, tmp_path, tmp_path / "none").search("登记变更")
        folder = next((tmp_path / "index").iterdir())
        segment = next(folder.glob("*.seg"))
        content = segment.read_bytes()
        harms: dict[str, Callable[[], object]] = {
            "cut": lambda: segment.write_bytes(content[: len(content) // 2]),
            "flipped": lambda: segment.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:]),
            "missing": segment.unlink,
            "meta": lambda: (folder / folders.META).write_text("{"),
            "no meta": (folder / folders.META).unlink,
            "empty meta": lambda: (folder / folders.META).write_text("{}"),
            "list meta": lambda: (folder / folders.META).write_text("[1]"),
        }
        harms[harm]()
        assert _opened(document, tmp_path, tmp_path / "none").search("登记变更") == expected
        assert store.read(folder, folder.name)
        assert len(list((tmp_path / "index").iterdir())) == 1

    def test_a_folder_that_cannot_be_written(self, make_document: Make, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        for folder in (tmp_path / "file", tmp_path / "file" / "deeper"):
            assert _opened(make_document(SENTENCES), folder, tmp_path / "none").search("登记变更")
        assert (tmp_path / "file").read_text() == "in the way"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_without_permission(self, make_document: Make, tmp_path: Path) -> None:
        tmp_path.chmod(0o555)
        assert _opened(make_document(SENTENCES), tmp_path, tmp_path / "none").search("登记变更")
        tmp_path.chmod(0o755)

    def test_files_of_another_whoosh(
        self, make_document: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = make_document(SENTENCES)
        build = store.build
        monkeypatch.setattr(store, "build", lambda *_: {"_MAIN_1.toc": b"\0" * 40})
        with pytest.raises(Exception):  # noqa: B017, PT011 - Whoosh raises anything
            _opened(document, tmp_path, tmp_path / "none")
        monkeypatch.setattr(store, "build", build)
        assert _opened(document, tmp_path, tmp_path / "none").search("登记变更")
        folder = next((tmp_path / "index").iterdir())
        assert store.load(folder, folder.name)

    def test_two_at_once(self, make_document: Make, tmp_path: Path) -> None:
        document = make_document(SENTENCES * 20)
        with get_context("spawn").Pool(3) as pool:
            found = pool.starmap(_first, [(document, tmp_path)] * 6)
        assert len(set(found)) == 1
        assert len(list((tmp_path / "index").iterdir())) == 1


def _first(document: Document, folder: Path) -> str:
    return Related.open([document], folder, prebuilt=folder / "none").search("登记变更")[0].measure_id


def test_exact_search_loads_neither_whoosh_nor_jieba() -> None:
    script = (
        "import sys, index.exact, index.query, index.search, index.related\n"
        "assert not {'whoosh', 'jieba'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
