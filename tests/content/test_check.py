"""content check: each promise holds for the plan, and each is found when it is broken on purpose."""

import shutil
from pathlib import Path

import pytest

from content.check import check
from content.errors import ContentError

PROMISES = [
    "与原始文本一致",
    "可重新导入",
    "编号唯一、连续",
    "引号、括号配对",
    "标点、字形规范",
    "编、节、条齐全",
]


@pytest.fixture
def folder(plan_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(plan_folder, tmp_path / "shanghai-2023"))


def broken(folder: Path) -> dict[str, str]:
    return {finding.promise: finding.detail for finding in check(folder) if not finding.holds}


def edit(folder: Path, old: str, new: str) -> None:
    policy = folder / "policy.md"
    text = policy.read_text("utf-8")
    assert old in text
    policy.write_text(text.replace(old, new, 1), "utf-8")


def test_every_promise_holds_for_the_plan(plan_folder: Path) -> None:
    findings = list(check(plan_folder))
    assert [finding.promise for finding in findings] == PROMISES
    assert all(finding.holds for finding in findings)
    assert "5 编 27 节 196 条" in findings[-1].detail


@pytest.mark.parametrize(
    ("old", "new", "promise", "told"),
    [
        ("提高一次核准率", "提高二次核准率", "与原始文本一致", "二次核准率"),
        ("提高一次核准率。\n", "提高一次核准率。", "可重新导入", "人工改动"),
        ("“一件事”，优化全程", "“一件事，优化全程", "引号、括号配对", "”"),
        ("（QFLP）", "（QFLP", "引号、括号配对", "）"),
        ("推行企业名称申报承诺制，", "推行企业名称申报承诺制,", "标点、字形规范", "2.1.3"),
        ("E企融·", "E企融\U00100170", "标点、字形规范", "4.5"),
        ("# 五、组织保障\n", "# 五、组织保障\n\n## （零）空节\n", "编、节、条齐全", "没有任何条目"),
    ],
)
def test_a_broken_promise_is_found(folder: Path, old: str, new: str, promise: str, told: str) -> None:
    edit(folder, old, new)
    assert told in broken(folder)[promise]


def test_a_changed_source_is_found(folder: Path) -> None:
    source = folder / "source.txt"
    source.write_text(source.read_text("utf-8").replace("一、明确", "一、进一步明确"), "utf-8")
    assert set(broken(folder)) == {"与原始文本一致", "可重新导入"}


def test_a_missing_source_breaks_only_what_needs_it(folder: Path) -> None:
    (folder / "source.txt").unlink()
    assert set(broken(folder)) == {"与原始文本一致", "可重新导入"}


def test_an_unreadable_source_is_told(folder: Path) -> None:
    (folder / "source.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    assert "不是文本" in broken(folder)["与原始文本一致"]


def test_repeated_ids_are_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from content import draft
    from content.model import Measure

    monkeypatch.setattr(
        draft, "_measures", lambda prefix, said, first=1: tuple(Measure("a/1.1.1", one.text) for one in said)
    )
    assert "编号" in broken(folder)["编号唯一、连续"]


def test_a_damaged_policy_cannot_be_checked(folder: Path) -> None:
    (folder / "policy.md").write_text("", "utf-8")
    with pytest.raises(ContentError):
        list(check(folder))


@pytest.mark.parametrize("name", ["07.txt", "07.html", "39.html"])
def test_every_promise_holds_for_an_imported_paper(samples: Path, tmp_path: Path, name: str) -> None:
    from content.importer import import_into

    assert broken(import_into(samples / name, tmp_path).folder) == {}
