"""The dictionary that fits: the one that ships for what ships, one of its own for every other document, kept whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.model import Document
from index import dictionaries
from index.dictionaries import ALL_WORDS, KEPT_IN, all_words, fitting, packed
from index.related import DICTIONARY, Related
from index.segmentation import Segmenter, full_dictionary, texts_of

Make = Callable[..., Document]
STRANGE = ["鼓励餐饮企业使用酵母、藜麦和魔芋。", "餐饮企业应当公示藜麦的来源。"]


@pytest.fixture(scope="module")
def full() -> Segmenter:
    return Segmenter("\n".join(full_dictionary()).encode())


def test_all_words_are_those_of_jieba() -> None:
    lines = full_dictionary()
    assert all_words() == [" ".join(line.split(" ")[:2]) for line in lines]
    assert packed(lines) == ALL_WORDS.read_bytes()


def test_what_ships_is_cut_by_what_ships(plan: Document, tmp_path: Path) -> None:
    assert fitting([plan], DICTIONARY, tmp_path).fingerprint == Segmenter(DICTIONARY).fingerprint
    assert list(tmp_path.iterdir()) == []


def test_another_document_is_cut_as_the_full_dictionary_does(
    make_document: Make, full: Segmenter, tmp_path: Path
) -> None:
    document = make_document(STRANGE)
    segmenter = fitting([document], DICTIONARY, tmp_path)
    assert segmenter.fingerprint != Segmenter(DICTIONARY).fingerprint
    for text in texts_of([document]):
        assert segmenter.cut(text) == full.cut(text)
        assert segmenter.cut_for_search(text) == full.cut_for_search(text)


def test_it_is_made_once(make_document: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(STRANGE)
    made = fitting([document], DICTIONARY, tmp_path)
    monkeypatch.setattr(dictionaries, "all_words", lambda: pytest.fail("made again"))
    assert fitting([document], DICTIONARY, tmp_path).fingerprint == made.fingerprint


def test_a_damaged_one_is_made_again(make_document: Make, tmp_path: Path) -> None:
    document = make_document(STRANGE)
    made = fitting([document], DICTIONARY, tmp_path)
    [kept] = (tmp_path / KEPT_IN).glob("*/dictionary.txt")
    kept.write_text("酵母 1\n", "utf-8")
    assert fitting([document], DICTIONARY, tmp_path).fingerprint == made.fingerprint


def test_without_the_words_the_one_that_ships_does(
    make_document: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "ALL_WORDS", tmp_path / "nothing")
    segmenter = fitting([make_document(STRANGE)], DICTIONARY, None)
    assert segmenter.fingerprint == Segmenter(DICTIONARY).fingerprint


def test_an_imported_document_is_searched_by_its_own_words(make_document: Make, tmp_path: Path) -> None:
    [best, *_] = Related.open([make_document(STRANGE)], tmp_path).search("藜麦来源公示")
    assert best.measure_id == "small/1.1.2"
