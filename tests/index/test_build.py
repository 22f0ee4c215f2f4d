"""The prebuilt index: the same texts give the same files."""

import random
from collections.abc import Callable
from pathlib import Path

from content.library import Library
from content.model import Document
from index.build import build
from index.related import PREBUILT, Related


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_the_same_texts_give_the_same_files(make_document: Callable[..., Document], tmp_path: Path) -> None:
    document = make_document(["市场主体登记。", "知识产权保护。"])
    assert build([document], tmp_path / "a") == build([document], tmp_path / "b")
    assert _files(tmp_path / "a") == _files(tmp_path / "b")


def test_what_ships_is_what_is_built(tmp_path: Path) -> None:
    build(Library().documents(), tmp_path)
    ours, shipped = _files(tmp_path), _files(PREBUILT)
    assert ours.keys() == shipped.keys()
    assert ours["dictionary.txt"] == shipped["dictionary.txt"]


def test_building_again_leaves_nothing_old(make_document: Callable[..., Document], tmp_path: Path) -> None:
    build([make_document(["市场。"])], tmp_path)
    (tmp_path / "MAIN_other.seg").write_bytes(b"old")
    build([make_document(["市场主体。"])], tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names.isdisjoint({"MAIN_other.seg"})
    assert len(names) == len(list(PREBUILT.iterdir())) - 1  # its .gitattributes


def test_what_was_built_is_used(make_document: Callable[..., Document], tmp_path: Path) -> None:
    document = make_document(["市场主体登记。", "知识产权保护。"])
    build([document], tmp_path / "index")
    opened = Related.open(
        [document],
        tmp_path / "user",
        prebuilt=tmp_path / "index",
        dictionary=tmp_path / "index" / "dictionary.txt",
    )
    assert [hit.measure_id for hit in opened.search("产权的知识")] == ["small/1.1.2"]
    assert not (tmp_path / "user").exists()


def test_chance_goes_on_as_before(make_document: Callable[..., Document], tmp_path: Path) -> None:
    random.seed(5)
    expected = random.random()
    random.seed(5)
    build([make_document(["市场。"])], tmp_path)
    assert random.random() == expected
