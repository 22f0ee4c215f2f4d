"""python -m content: exit codes, one-line errors in Chinese, and JSON with exactly the agreed keys."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from content.__main__ import main

ROOT = Path(__file__).parent.parent.parent


def test_list_gives_a_line_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "shanghai-2023\t上海市加强集成创新持续优化营商环境行动方案\t2023-01-04\t已有后续版本"
    ]


def test_show_json_has_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "shanghai-2023", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == ["id", "title", "number", "issuer", "issued", "status", "parts"]
    assert {tuple(part) for part in shown["parts"]} == {("number", "heading", "sections")}
    sections = [section for part in shown["parts"] for section in part["sections"]]
    assert {tuple(section) for section in sections} == {("number", "title", "measures")}
    measures = [measure for section in sections for measure in section["measures"]]
    assert {tuple(measure) for measure in measures} == {("id", "text")}
    assert len({measure["id"] for measure in measures}) == len(measures) == 208


def test_show_prints_a_measure_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "shanghai-2023"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 209
    assert lines[11].startswith("2.1.1\t完善企业登记数字化服务平台")


def test_text_prints_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", "shanghai-2023"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("关于印发《")
    assert printed.endswith("2023年1月5日印发\n")


def test_check_says_each_promise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out.count("√") == 6


def test_check_of_a_broken_document_says_no(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(samples / "60.txt"), "-o", str(tmp_path)]) == 0
    policy = tmp_path / "guobanhan-2018-71" / "policy.md"
    policy.write_text(policy.read_text("utf-8").replace("打通信息壁垒", "打破信息壁垒"), "utf-8")
    assert main(["check", str(policy.parent)]) == 1
    assert "×" in capsys.readouterr().out


def test_import_json_has_exactly_the_agreed_keys(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(samples / "01.html"), str(samples / "05.txt")]
    assert main(["import", *files, "-o", str(tmp_path), "--json"]) == 0
    reports = json.loads(capsys.readouterr().out)
    assert [list(report) for report in reports] == [["file", "id", "path", "warnings"]] * 2
    assert [report["file"] for report in reports] == files
    assert [report["path"] for report in reports] == [str(tmp_path / report["id"]) for report in reports]
    assert main(["show", reports[0]["path"]]) == 0


def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / "none.txt"), str(samples / "05.txt")]
    assert main(["import", *files, "-o", str(tmp_path), "--json"]) == 1
    told = capsys.readouterr()
    assert [report["id"] for report in json.loads(told.out)] == ["guofa-2019-3"]
    assert told.err.count("\n") == 1
    assert "找不到" in told.err


@pytest.mark.parametrize(
    "words",
    [
        ["show", "nowhere"],
        ["text", ""],
        ["check", "nowhere"],
        ["import", "none.txt"],
        ["import", "."],
        ["show", "\0"],
    ],
)
def test_the_answer_no_is_one_chinese_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert any("\u4e00" <= character <= "\u9fff" for character in told.err)


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["show"], ["list", "--loud"], ["import"], ["show", "a", "b"]]
)
def test_a_wrong_call_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "--help" in told


@pytest.mark.parametrize("words", [[], ["list"], ["show"], ["text"], ["check"], ["import"]])
def test_help_everywhere(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    assert "用法" in capsys.readouterr().out


def test_output_where_nothing_can_be_written(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert main(["import", str(samples / "60.txt"), "-o", str(tmp_path / "file")]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "没有导入" in told


def test_the_module_speaks_utf8_in_any_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "content", "text", "shanghai-2023"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "优化营商环境" in done.stdout.decode("utf-8")
