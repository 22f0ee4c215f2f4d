"""The documents at hand, by id and by path; what is missing or damaged is told."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from content.errors import ContentError, DamagedPolicy, UnknownDocument
from content.library import Library, read_folder, source_of


def test_the_plan_comes_with_the_program() -> None:
    assert [front.id for front in Library().fronts()] == ["shanghai-2023"]
    assert [document.title for document in Library().documents()] == [
        "上海市加强集成创新持续优化营商环境行动方案"
    ]


def test_a_document_is_found_by_id_and_by_path(plan_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(plan_folder, tmp_path / "我的 方案")
    for wanted in ("我的 方案", str(tmp_path / "我的 方案"), str(tmp_path / "我的 方案" / "policy.md")):
        assert Library(tmp_path).document(wanted).id == "shanghai-2023"


@pytest.mark.parametrize(
    "wanted", ["", ".", "..", "nowhere", "/nowhere", "a/b", "\0", "长" * 5000, "../content", "C:\\x"]
)
def test_what_is_not_there_is_told_in_one_sentence(wanted: str) -> None:
    with pytest.raises(UnknownDocument, match="content list") as told:
        Library().document(wanted)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("damage", [b"\xff\xfe\x00", b"", b"# \xe4\xb8\x80\n", b"---\nid: a\n"])
def test_a_damaged_document_is_told_with_its_path(tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "policy.md").write_bytes(damage)
    with pytest.raises(DamagedPolicy, match=r"policy\.md"):
        read_folder(folder)
    with pytest.raises(DamagedPolicy):
        Library(tmp_path).fronts()


def test_a_missing_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="重新导入"):
        source_of(tmp_path)


def test_an_empty_library_is_empty(tmp_path: Path) -> None:
    assert Library(tmp_path / "none").folders() == []


def test_reading_a_document_loads_no_importer() -> None:
    code = "import sys, content.library, content.citation\ncontent.library.Library().documents()\n"
    code += "print([name for name in sys.modules if 'importer' in name or name in ('html', 'hypothesis')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
