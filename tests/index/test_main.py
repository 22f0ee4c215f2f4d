"""python -m index: what it prints, in which form, with which exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content.model import Document
from index.__main__ import main
from index.search import Searcher
from tests.index import brute

Output = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]
KEYS = ["query", "exact", "related", "suggestions", "titles", "took_ms"]


def _run(arguments: list[str | bytes], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "index", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60, cwd=ROOT)


def _batch(stdin: bytes) -> list[dict[str, Any]]:
    done = _run(["search", "--json", "--batch"], stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]


class TestOne:
    def test_json(self, plan: Document, capsys: Output) -> None:
        assert main(["search", "市场", "--json"]) == 0
        lines = capsys.readouterr().out.splitlines()
        answer = json.loads(lines[0])
        assert len(lines) == 1
        assert list(answer) == KEYS
        assert answer["query"] == "市场"
        assert tuple(answer["exact"]) == brute.containing(plan, "市场")
        assert not set(answer["exact"]) & set(answer["related"])
        assert answer["took_ms"] > 0

    @pytest.mark.parametrize(
        ("arguments", "query"),
        [
            (["search", "--json", "-市场"], "-市场"),
            (["search", "-市场", "--json"], "-市场"),
            (["search", "--json", "--", "--json"], "--json"),
            (["search", "--json", "--", "-h"], "-h"),
            (["search", "--json", "--nonsense"], "--nonsense"),
            (["search", "--json", "市场", "监管"], "市场 监管"),
            (["search", "--json", ""], ""),
            (["search", "--json", "a|b -c"], "a|b -c"),
        ],
    )
    def test_any_query(self, capsys: Output, arguments: list[str], query: str) -> None:
        assert main(arguments) == 0
        assert json.loads(capsys.readouterr().out)["query"] == query

    def test_scope(self, capsys: Output) -> None:
        assert main(["search", "--json", "市场", "--scope", "shanghai-2023/2.1"]) == 0
        exact = json.loads(capsys.readouterr().out)["exact"]
        assert exact
        assert all(measure_id.startswith("shanghai-2023/2.1.") for measure_id in exact)

    def test_told_with_citations(self, capsys: Output) -> None:
        assert main(["search", "桩基先行"]) == 0
        out = capsys.readouterr().out
        assert "原文命中 1\n" in out
        assert "《上海市加强集成创新持续优化营商环境行动方案》二、（二）第" in out
        assert "\x1b" not in out

    def test_marked_on_a_terminal(self, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        assert main(["search", "桩基先行"]) == 0
        assert "\x1b[1;31m桩基先行\x1b[0m" in capsys.readouterr().out

    @pytest.mark.parametrize(("query", "code"), [("市场", 0), ("购房资格查询", 0), ("甲乙丙", 1), ("", 1)])
    def test_exit_codes(self, capsys: Output, query: str, code: int) -> None:
        assert main(["search", query]) == code
        assert "原文命中" in capsys.readouterr().out

    def test_suggestions_are_told(self, capsys: Output) -> None:
        main(["search", "桩机先行"])
        assert "原文中相近的词：桩基先行\n" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments",
        [
            ["search"],
            ["search", "--json"],
            ["search", "--batch", "市场"],
            [],
            ["find"],
            ["search", "--scope"],
        ],
    )
    def test_wrong_calls(self, capsys: Output, arguments: list[str]) -> None:
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(str(end.code))
        assert code == 2
        assert "--help" in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["build", "-h"]])
    def test_help(self, capsys: Output, arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 0
        assert capsys.readouterr().out.startswith("用法：")

    @pytest.mark.skipif(os.name == "nt", reason="arguments are text there")
    def test_an_argument_that_is_not_text(self) -> None:
        done = _run(["search", "--json", b"\xff\xfe"])
        assert done.returncode == 0
        assert json.loads(done.stdout)["exact"] == []


class TestBatch:
    def test_a_line_out_for_each_line_in(self, searcher: Searcher) -> None:
        queries = [
            "市场",
            "",
            "-市场",
            "a|b",
            "（QFLP）",
            "诚诺即办",
            "  市场  监管 ",
            "“一件事”",
            '"',
            "\u2028",
            "\x0b",
        ]
        answers = _batch("".join(f"{query}\n" for query in queries).encode())
        assert [answer["query"] for answer in answers] == queries
        for answer in answers:
            expected = searcher.search(answer["query"])
            assert list(answer) == KEYS
            assert tuple(answer["exact"]) == expected.exact
            assert answer["related"] == [hit.measure_id for hit in expected.related]
            assert tuple(answer["suggestions"]) == expected.suggestions
            assert answer["titles"] == [hit.place for hit in expected.titles]

    def test_line_ends_and_strange_bytes(self) -> None:
        raw = (
            b"\xef\xbb\xbf-\xe5\xb8\x82\xe5\x9c\xba\r\n\xff\xfe\n\r\n\r\r\n\x00\na\rb\n"
            + b"x" * 10_000
            + "\n市场".encode()
        )
        answers = _batch(raw)
        assert [answer["query"][:9] for answer in answers] == [
            "-市场",
            "\ufffd\ufffd",
            "",
            "\r",
            "\0",
            "a\rb",
            "x" * 9,
            "市场",
        ]
        assert answers[2]["exact"] == answers[2]["related"] == answers[2]["suggestions"] == []
        assert answers[0]["exact"]

    def test_no_lines(self) -> None:
        assert _batch(b"") == []

    @pytest.fixture
    def dialogue(self) -> Iterator[subprocess.Popen[bytes]]:
        with subprocess.Popen(
            [sys.executable, "-m", "index", "search", "--json", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as process:
            yield process
            process.kill()

    def test_line_by_line(self, dialogue: subprocess.Popen[bytes], plan: Document) -> None:
        assert dialogue.stdin
        assert dialogue.stdout
        for query in ("市场", "政策", "", "市场"):
            dialogue.stdin.write(f"{query}\n".encode())
            dialogue.stdin.flush()
            answer = json.loads(dialogue.stdout.readline())
            assert tuple(answer["exact"]) == (brute.containing(plan, query) if query else ())
        dialogue.stdin.close()
        assert dialogue.wait(10) == 0


def test_build_writes_where_the_program_looks(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("index.build.build.__defaults__", (tmp_path,))
    assert main(["build"]) == 0
    assert "已建立索引" in capsys.readouterr().out
    assert (tmp_path / "meta.json").exists()


def test_tables_of_pinyin_need_their_source(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert main(["build", "--pinyin"]) == 1
    assert "requirements/tables.txt" in capsys.readouterr().err
