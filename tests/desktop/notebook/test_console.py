"""python -m desktop.notebook: what each command says and does, and how it ends."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from content.model import Document
from desktop.notebook import backups, exchange
from desktop.notebook.__main__ import main
from desktop.notebook.anchors import anchor_document, anchor_section
from desktop.notebook.backups import Reason
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.model import Anchor, Color, Entry, Note, NoteKind
from desktop.notebook.schema import migrate
from desktop.notebook.store import Notebook
from tests.desktop.notebook.conftest import NOW
from tests.desktop.notebook.damaging import left_by_a_kill
from tests.desktop.notebook.entries import ONE_OF_EACH, a_meeting

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command on the notebook in the folder: its exit code, what it said, and what it complained of."""

    def run(*words: object, data: Path = tmp_path) -> tuple[int, str, str]:
        code = main(["--data", str(data), *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def filled(notebook: Notebook, plan: Document, anchor: Anchor) -> Notebook:
    """Two notes, a bookmark, a highlight, and a deleted note."""
    notebook.add_note(anchor, "**先问**\n电力公司", NoteKind.QUESTION, ("张江", "待办"))
    notebook.add_note(anchor_document(plan), "总的看法")
    notebook.add_bookmark(anchor_section(plan, (2, 3)), "报装")
    notebook.add_highlight(anchor, Color.GREEN)
    notebook.delete([notebook.add_note(anchor, "不要了").entry])
    return notebook


def assert_told(result: tuple[int, str, str], code: int, *words: str) -> None:
    """It ended with this code and one Chinese line on the error stream that holds these words."""
    assert result[:2] == (code, "")
    assert result[2].count("\n") == 1, result[2]
    assert all(word in result[2] for word in words), result[2]
    assert re.search(r"[\u4e00-\u9fff].*。$", result[2].strip())


def wrong(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """What comes of a call that argparse ends."""
    with pytest.raises(SystemExit) as caught:
        main(words)
    said = capsys.readouterr()
    return int(str(caught.value.code)), said.out, said.err


class TestCalls:
    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["nonsense"],
            ["list", "x"],
            ["export"],
            ["list", "--kind", "想法"],
            ["restore"],
            ["backup", "3"],
        ],
    )
    def test_a_wrong_call_is_told(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert_told(wrong(words, capsys), 2, "--help")

    @pytest.mark.parametrize("name", ["", "list", "export", "import", "check", "backup", "restore"])
    def test_help_is_chinese(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = wrong([*filter(None, [name]), "--help"], capsys)
        assert (code, err) == (0, "")
        assert out.startswith("用法：")
        assert "--data" in out

    @pytest.mark.parametrize("words", [["list"], ["export", "x.zip"], ["check"], ["backup"]])
    def test_a_folder_without_a_notebook_is_told_and_stays_empty(
        self, command: Run, tmp_path: Path, words: list[str]
    ) -> None:
        assert_told(command(*words, data=tmp_path / "none"), 1, "none", "--data")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("words", [["list"], ["check"], ["import", "x.zip"], ["backup"]])
    def test_a_damaged_notebook_is_told(self, command: Run, tmp_path: Path, words: list[str]) -> None:
        (tmp_path / FILE_NAME).write_bytes(b"no notebook" * 1000)
        assert command(*words)[0] == 1

    def test_data_can_stand_after_the_command(
        self, filled: Notebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["list", "--data", str(tmp_path)]) == 0
        assert "报装" in capsys.readouterr().out


class TestWork:
    @pytest.mark.parametrize(
        ("kind", "row"),
        [
            ("会议", "会议\t全文\t专题会 2026年11月25日（周三）14:00"),
            ("议题", "议题\t二、（三）第4句\t先问电力公司"),
            ("台账", "台账·未启动\t二、（三）第4句\t市经济信息化委 2023-06"),
            ("台账进展", "台账进展\t二、（三）第4句\t2026-11-20 已完成口径统一"),
        ],
    )
    def test_meetings_and_the_ledger_are_listed(
        self, command: Run, notebook: Notebook, anchor: Anchor, kind: str, row: str
    ) -> None:
        notebook.add([a_meeting(), *(replace(one, anchor=anchor) for one in ONE_OF_EACH[4:])])
        assert command("list", "--kind", kind) == (0, f"shanghai-2023\t{row}\n", "")

    def test_they_are_taken_to_a_colleague(self, command: Run, notebook: Notebook, tmp_path: Path) -> None:
        notebook.add(ONE_OF_EACH)
        assert command("export", tmp_path / "x.zip", "--author", "张三")[0] == 0
        code, out, _ = command("import", tmp_path / "x.zip", data=tmp_path / "li")
        assert (code, out.splitlines()[-1]) == (0, "已导入 7 条。")
        assert command("import", tmp_path / "x.zip", data=tmp_path / "li")[1].endswith("没有改动。\n")


class TestOpening:
    def test_a_broken_log_is_told_of_before_any_of_it_is_dropped(self, command: Run, tmp_path: Path) -> None:
        left_by_a_kill(tmp_path, seed=7, count=12)
        log = tmp_path / f"{FILE_NAME}-wal"
        before = bytearray(log.read_bytes())
        before[len(before) // 2] ^= 0xFF
        log.write_bytes(before)
        assert_told(command("list"), 1, "已损坏", "restore")
        assert log.read_bytes() == before

    def test_an_older_notebook_is_backed_up_before_it_is_upgraded(self, command: Run, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
            migrate(connection, 1)
        assert command("list") == (0, "", "")
        assert [one.reason for one in backups.backups(tmp_path)] == [Reason.BEFORE_UPGRADE]


class TestList:
    def test_lines_are_in_the_order_of_the_text(self, command: Run, filled: Notebook) -> None:
        code, out, err = command("list")
        assert (code, err) == (0, "")
        quote = filled.highlights("shanghai-2023")[0].anchor.quote
        assert out.splitlines() == [
            "shanghai-2023\t批注\t全文\t总的看法",
            "shanghai-2023\t书签\t二、（三）全节\t报装",
            "shanghai-2023\t批注·问题\t二、（三）第4句\t先问 电力公司\t#张江 #待办",
            f"shanghai-2023\t标记·绿\t二、（三）第4句\t{quote[:59]}{'…' if len(quote) > 60 else quote[59:]}",
        ]

    @pytest.mark.parametrize(
        ("words", "count"),
        [
            (["--kind", "问题"], 1),
            (["--kind", "一般"], 1),
            (["--kind", "书签"], 1),
            (["--kind", "标记"], 1),
            (["--kind", "进展"], 0),
            (["--tag", "张江"], 1),
            (["--tag", "张"], 0),
            (["--document", "shanghai-2023"], 4),
            (["--document", "other"], 0),
        ],
    )
    def test_some_of_them(self, command: Run, filled: Notebook, words: list[str], count: int) -> None:
        assert command("list", *words)[1].count("\n") == count

    def test_json(self, command: Run, filled: Notebook) -> None:
        found = json.loads(command("list", "--json")[1])
        assert [one["type"] for one in found] == ["note", "bookmark", "note", "highlight"]
        assert (found[2]["body"], found[2]["place"], found[2]["fit"]) == (
            "**先问**\n电力公司",
            "二、（三）第4句",
            "原位",
        )


class TestExchange:
    @pytest.fixture
    def sent(self, command: Run, filled: Notebook, tmp_path: Path) -> Path:
        code, out, err = command("export", tmp_path / "x.zip", "--author", "张三")
        assert (code, err) == (0, "")
        assert "4 条" in out
        return tmp_path / "x.zip"

    def test_a_colleague_imports_it_once(self, command: Run, sent: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        assert command("import", sent, data=other)[1].splitlines()[-1] == "已导入 4 条。"
        assert command("import", sent, data=other)[1].splitlines()[-1] == "没有要导入的，笔记本没有改动。"
        assert command("list", data=other)[1].splitlines()[0].endswith("\t总的看法\t\t张三")

    @pytest.mark.parametrize("option", ["--dry-run", "--预览"])
    def test_a_preview_changes_nothing(self, command: Run, sent: Path, tmp_path: Path, option: str) -> None:
        code, out, err = command("import", sent, option, data=tmp_path / "other")
        assert (code, err) == (0, "")
        assert out.splitlines()[0] == "新增 4 · 失配 0 · 冲突 0 · 在回收 0 · 相同 0"
        assert len(out.splitlines()) == 5
        assert not (tmp_path / "other").exists()
        assert "相同 4" in command("import", sent, option)[1]

    @pytest.mark.parametrize(
        ("choice", "bodies"), [("keep", ["改"]), ("take", ["总的看法"]), ("both", ["改", "总的看法"])]
    )
    def test_conflicts(
        self, command: Run, filled: Notebook, sent: Path, choice: str, bodies: list[str]
    ) -> None:
        note = next(one for one in filled.notes("shanghai-2023") if one.body == "总的看法")
        filled.revise([(note, replace(note, body="改"))])
        assert command("import", sent, "--conflict", choice)[0] == 0
        kept = [one.body for one in filled.notes("shanghai-2023") if one.kind is NoteKind.GENERAL]
        assert kept == bodies

    def test_what_cannot_be_read_or_written_is_told(
        self, command: Run, filled: Notebook, tmp_path: Path
    ) -> None:
        assert_told(command("import", tmp_path / "none.zip"), 1, "none.zip", "找不到")
        assert_told(command("import", tmp_path / FILE_NAME), 1, "不是政策案头")
        assert_told(command("export", tmp_path / "none" / "x.zip"), 1, "没有导出")

    def test_a_folder_that_cannot_be_written_is_told(
        self, command: Run, plan: Document, plain_folder: Path
    ) -> None:
        exchange.export([plan], [], plain_folder / "x.zip", "张三", NOW)
        plain_folder.chmod(0o500)
        assert_told(command("import", plain_folder / "x.zip", data=plain_folder), 1, "不可写")


class TestCheck:
    def test_all_is_well(self, command: Run, filled: Notebook) -> None:
        code, out, err = command("check")
        assert (code, err) == (0, "")
        assert [line[:1] for line in out.splitlines()] == ["√", "√", " "]
        assert "原位 4" in out

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"quote": "原文里没有的一句话", "measure": "x", "before": "", "after": ""}, "失配"),
            ({"document": "other"}, "本机没有文件 other"),
        ],
    )
    def test_what_has_lost_its_place_is_listed(
        self, command: Run, notebook: Notebook, anchor: Anchor, change: dict[str, str], word: str
    ) -> None:
        notebook.add_note(replace(anchor, **change), "一")  # type: ignore[arg-type]
        code, out, _ = command("check")
        assert code == 1
        assert re.search(f"×.*{word}|×(.|\n)*{word}", out)

    def test_an_index_that_does_not_fit_the_table(
        self, command: Run, notebook: Notebook, anchor: Anchor, tmp_path: Path
    ) -> None:
        notebook.add_note(anchor, "一")
        notebook.close()
        swap_an_index(tmp_path / FILE_NAME)
        code, out, err = command("check")
        assert code == 1
        assert "损坏" in out + err


def swap_an_index(path: Path) -> None:
    """Make the index on the notes' documents say something else than the notes: no quick check sees that."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = 'CREATE INDEX note_document ON note (quote)' WHERE name = 'note_document'"
    )
    connection.commit()
    connection.close()


class TestBackUp:
    def test_a_backup_says_where_it_is_and_what_is_in_it(
        self, command: Run, filled: Notebook, tmp_path: Path
    ) -> None:
        code, out, err = command("backup")
        assert (code, err) == (0, "")
        [made] = backups.backups(tmp_path)
        assert out == f"已备份并核对完整：{made.path}（批注 2 · 书签 1 · 标记 1 · 回收 1）\n"
        assert backups.entries(made) == filled.everything()

    def test_the_list_is_newest_first_and_says_what_cannot_be_read(
        self, command: Run, filled: Notebook, tmp_path: Path
    ) -> None:
        assert command("backup", "--list") == (0, "", "")
        first = backups.back_up(filled.connection, tmp_path, Reason.AUTOMATIC, NOW)
        backups.back_up(filled.connection, tmp_path, Reason.BY_HAND, NOW)
        first.path.write_bytes(b"nothing")
        assert command("backup", "--list") == (
            0,
            "2\t2026-11-24 09:12:00\t手动\t批注 2 · 书签 1 · 标记 1 · 回收 1\n1\t2026-11-24 09:12:00\t自动\t读不出来\n",
            "",
        )

    def test_a_folder_that_cannot_be_written_is_told(self, command: Run, plain_folder: Path) -> None:
        Notebook.open(plain_folder).close()
        (plain_folder / backups.FOLDER_NAME).mkdir(mode=0o500)
        assert_told(command("backup", data=plain_folder), 1, "备份没有做成", "都在")


class TestRestore:
    @pytest.fixture
    def before(self, filled: Notebook, tmp_path: Path) -> dict[str, Entry]:
        """What was in the notebook when it was backed up; since then a note was changed, one made, a bookmark purged."""
        entries = {one.id: one for one in filled.everything()}
        backups.back_up(filled.connection, tmp_path, Reason.AUTOMATIC, NOW)
        [question, general] = filled.notes("shanghai-2023")
        filled.revise([(general, replace(general, body="改"))])
        filled.add_note(question.anchor, "后写的")
        filled.purge(filled.bookmarks("shanghai-2023"))
        return entries

    @pytest.mark.parametrize("option", ["--dry-run", "--预览"])
    def test_a_preview_changes_nothing(
        self, command: Run, filled: Notebook, before: dict[str, Entry], option: str, tmp_path: Path
    ) -> None:
        present = filled.everything()
        code, out, err = command("restore", "1", option)
        assert (code, err) == (0, "")
        assert out == "恢复后：找回 1 条，改回 1 条，之后写的 1 条放入回收。\n"
        assert filled.everything() == present
        assert len(backups.backups(tmp_path)) == 1

    @pytest.mark.parametrize("number", ["1", "latest"])
    def test_everything_is_as_it_was_and_what_came_since_is_in_the_bin(
        self, command: Run, filled: Notebook, before: dict[str, Entry], number: str
    ) -> None:
        code, out, err = command("restore", number)
        assert (code, err) == (0, "")
        assert out == "已恢复到备份 1，改动 3 条；要撤回，请恢复备份 2。\n"
        after = {one.id: one for one in filled.everything()}
        assert before.items() <= after.items()
        [newer] = [one for one in after.values() if one.id not in before]
        assert isinstance(newer, Note)
        assert (newer.body, bool(newer.deleted)) == ("后写的", True)

    def test_it_is_taken_back_by_restoring_the_backup_it_made(
        self, command: Run, filled: Notebook, before: dict[str, Entry]
    ) -> None:
        present = {one.id: one for one in filled.everything()}
        command("restore", "1")
        code, out, _ = command("restore", "2")
        assert (code, out.endswith("要撤回，请恢复备份 3。\n")) == (0, True)
        after = {one.id: one for one in filled.everything()}
        assert present.items() <= after.items()
        assert all(after[entry_id].deleted for entry_id in after.keys() - present.keys())

    def test_what_cannot_be_restored_is_told(
        self, command: Run, filled: Notebook, before: dict[str, Entry], tmp_path: Path
    ) -> None:
        present = filled.everything()
        assert_told(command("restore", "9"), 1, "编号为 9", "backup --list", "都在")
        assert_told(command("restore", "latest", data=tmp_path / "none"), 1, "没有编号为 latest")
        backups.backups(tmp_path)[0].path.write_bytes(b"nothing")
        assert_told(command("restore", "1"), 1, "读不出来", "没有改动", "换一份")
        assert filled.everything() == present

    def test_a_notebook_that_is_gone_comes_back_from_its_backup(
        self, command: Run, filled: Notebook, before: dict[str, Entry], tmp_path: Path
    ) -> None:
        filled.close()
        (tmp_path / FILE_NAME).unlink()
        code, out, _ = command("restore", "latest")
        assert (code, "备份都在" in out, "改动 5 条" in out) == (0, True, True)
        assert command("list")[1].count("\n") == 4
