"""Documents put into folders: sources byte for byte, nothing overwritten that a person made."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from content import markdown
from content.check import check
from content.errors import UnreadableSource
from content.importer import deposit, import_into
from content.library import Library


def test_a_folder_with_the_source_and_the_policy(samples: Path, tmp_path: Path) -> None:
    report = import_into(samples / "07.html", tmp_path)
    assert report.as_json() == {
        "file": str(samples / "07.html"),
        "id": "guobanfa-2018-128",
        "path": str(tmp_path / "guobanfa-2018-128"),
        "warnings": [],
    }
    assert sorted(path.name for path in report.folder.iterdir()) == ["policy.md", "source.html"]
    assert (report.folder / "source.html").read_bytes() == (samples / "07.html").read_bytes()
    assert Library(tmp_path).document("guobanfa-2018-128") == report.document


def test_the_report_says_what_was_understood(plan_folder: Path, tmp_path: Path) -> None:
    told = import_into(plan_folder / "source.txt", tmp_path).told()
    for words in (
        "上海市加强集成创新持续优化营商环境行动方案",
        "2023-01-04",
        "5 编 27 节",
        "208",
        "文号：原文中没有找到",
    ):
        assert words in told


def test_importing_again_keeps_what_people_corrected(plan_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(plan_folder, tmp_path / "shanghai-2023"))
    before = (folder / "policy.md").read_bytes()
    report = import_into(plan_folder / "source.txt", tmp_path)
    assert report.folder == folder
    assert (folder / "policy.md").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["policy.md", "source.txt"]


def test_the_same_text_in_another_form_renews_the_folder(samples: Path, tmp_path: Path) -> None:
    import_into(samples / "39.txt", tmp_path)
    report = import_into(samples / "39.html", tmp_path)
    assert sorted(path.name for path in report.folder.iterdir()) == ["policy.md", "source.html"]
    assert all(finding.holds for finding in check(report.folder))


def test_another_text_with_the_same_id_gets_its_own_folder(samples: Path, tmp_path: Path) -> None:
    first = import_into(samples / "60.txt", tmp_path)
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    changed = tmp_path / "changed.txt"
    changed.write_text((samples / "60.txt").read_text("utf-8").replace("打通", "打破"), "utf-8")
    for _ in range(2):
        second = import_into(changed, tmp_path)
        assert second.document.id == "guobanhan-2018-71-2"
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before
    assert all(finding.holds for finding in check(second.folder))
    assert len(Library(tmp_path).folders()) == 2


def test_the_reader_is_told_of_another_text(samples: Path, tmp_path: Path) -> None:
    import_into(samples / "60.txt", tmp_path)
    changed = tmp_path / "changed.txt"
    changed.write_text((samples / "60.txt").read_text("utf-8") + "补充。\n", "utf-8")
    assert "改用编号“guobanhan-2018-71-2”" in import_into(changed, tmp_path).warnings[0]


def test_a_text_corrected_by_hand_is_kept_aside(samples: Path, tmp_path: Path) -> None:
    policy = import_into(samples / "60.txt", tmp_path).folder / "policy.md"
    corrected = policy.read_text("utf-8").replace("打通信息壁垒", "打破信息壁垒")
    policy.write_text(corrected, "utf-8")
    report = import_into(samples / "60.txt", tmp_path)
    assert (policy.parent / deposit.KEPT_FILE).read_text("utf-8") == corrected
    assert any(deposit.KEPT_FILE in warning for warning in report.warnings)


def test_a_failed_import_leaves_the_old_files_whole(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = import_into(samples / "60.txt", tmp_path).folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="28"):
        import_into(samples / "60.html", tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_unreadable_file_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01" * 50)
    with pytest.raises(UnreadableSource):
        import_into(tmp_path / "a.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_source_already_in_its_folder(samples: Path, tmp_path: Path) -> None:
    folder = import_into(samples / "60.txt", tmp_path).folder
    assert import_into(folder / "source.txt", tmp_path).folder == folder
    assert (folder / "source.txt").read_bytes() == (samples / "60.txt").read_bytes()


def test_a_damaged_policy_is_made_anew_and_kept(samples: Path, tmp_path: Path) -> None:
    folder = import_into(samples / "60.txt", tmp_path).folder
    (folder / "policy.md").write_bytes(b"\xff broken")
    import_into(samples / "60.txt", tmp_path)
    assert (folder / deposit.KEPT_FILE).read_bytes() == b"\xff broken"
    assert Library(tmp_path).document("guobanhan-2018-71").title == "政府网站集约化试点工作方案"


def test_a_policy_file_can_be_imported(plan_folder: Path, tmp_path: Path) -> None:
    report = import_into(plan_folder / "policy.md", tmp_path)
    assert (report.folder / "policy.md").read_bytes() == (plan_folder / "policy.md").read_bytes()
    assert all(finding.holds for finding in check(report.folder))


def test_a_policy_with_an_id_windows_refuses(plan_folder: Path, tmp_path: Path) -> None:
    document = markdown.read((plan_folder / "policy.md").read_text("utf-8"))
    path = tmp_path / "a.md"
    path.write_text(markdown.write(replace(document, front=replace(document.front, id="con"))), "utf-8")
    with pytest.raises(UnreadableSource, match="con"):
        import_into(path, tmp_path / "out")
