"""When the notebook cannot be written or read: reading and searching go on, and no word that was typed is lost."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.notebook.connection import FILE_NAME
from desktop.views.note_editor import AUTOSAVE_MS
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader

HERE = "shanghai-2023/2.1.4"
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
Hold = Callable[[Reader], Callable[[], None]]


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Has another process hold a reader's notebook from now on; gives what makes it let go."""
    holders: list[subprocess.Popen[str]] = []

    def take(reader: Reader) -> Callable[[], None]:
        be_impatient(reader)
        command = [sys.executable, "-c", HOLDER, str(reader.folder / FILE_NAME)]
        pipe = subprocess.PIPE
        holder = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8")
        holders.append(holder)
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        return lambda: (holder.communicate(""), None)[1]

    yield take
    for holder in holders:
        if holder.poll() is None:
            holder.communicate("")


def be_impatient(reader: Reader) -> None:
    """Let the open notebook wait no longer than a moment for another process."""
    notebook = reader.desk._commands.notebook  # type: ignore[union-attr]
    assert notebook is not None
    notebook._connection.execute("PRAGMA busy_timeout = 50")


class TestANotebookThatDoesNotOpen:
    @pytest.fixture
    def reader(self, sit_down: Sitting, tmp_path: Path) -> Reader:
        (tmp_path / FILE_NAME).mkdir()
        return sit_down()

    def test_reading_and_searching_go_on(self, reader: Reader) -> None:
        assert "打不开" in reader.told
        assert "笔记本未打开" in reader.status
        assert not reader.window.views.desk.notes.new_note.isEnabled()
        reader.search("一件事")
        assert reader.count == "原文命中 4"
        reader.press("F3", "Ctrl+C")
        assert "二、（四）第2句" in reader.clipboard

    @pytest.mark.parametrize("key", ["Ctrl+D", "Ctrl+J", "Alt+1"])
    def test_what_would_be_written_is_refused_and_not_shown(self, reader: Reader, key: str) -> None:
        reader.window.open_citation("2.1.4")
        reader.press(key)
        assert "没有打开" in reader.told
        assert reader.tabs == ["批注", "书签", "标记", "相关", "回收"]

    def test_the_message_can_be_closed(self, reader: Reader) -> None:
        reader.click(reader.window.views.message.close_button)
        assert reader.told == ""


def test_after_damage_one_can_go_on_writing(sit_down: Sitting, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no notebook" * 1000)
    reader = sit_down()
    assert "已损坏" in reader.told
    reader.press("Ctrl+M")
    reader.write("接着写")
    reader.press("Esc")
    assert reader.stored() == ["接着写"]


class TestALockedNotebook:
    def test_words_that_could_not_be_saved_stay_and_are_saved_later(self, at: Reader, hold: Hold) -> None:
        let_go = hold(at)
        at.press("Ctrl+M")
        at.write("存不下的话")
        at.press("Esc")
        assert "占用" in at.told
        assert "有改动未存下" in at.status
        assert at.window.views.desk.notes.new_note.body == "存不下的话"
        let_go()
        at.press("Ctrl+M", "Esc")
        assert at.stored("SELECT measure, body FROM note") == [(HERE, "存不下的话")]

    def test_words_of_one_measure_are_never_saved_to_another(self, at: Reader, hold: Hold) -> None:
        let_go = hold(at)
        at.press("Ctrl+M")
        at.write("第四句的话")
        at.click_measure("shanghai-2023/2.1.6")
        assert at.window.views.desk.notes.new_note.body == "第四句的话"
        let_go()
        at.press("Ctrl+M", "Esc")
        assert at.stored("SELECT measure FROM note") == [HERE]

    def test_the_end_of_a_draft_stays_too(self, at: Reader, hold: Hold) -> None:
        at.press("Ctrl+M")
        at.write("前半")
        at.until(lambda: at.stored() == ["前半"])
        let_go = hold(at)
        at.write("后半")
        at.press("Esc")
        assert at.stored() == ["前半"]
        assert at.window.views.desk.notes.new_note.body == "前半后半"
        let_go()
        at.press("Ctrl+M", "Esc")
        assert at.stored() == ["前半后半"]

    def test_words_in_an_open_note_outlast_a_jump(self, noted: Reader, hold: Hold) -> None:
        let_go = hold(noted)
        noted.click_card("问市场", "编辑")
        noted.write("，没存下")
        noted.press("Esc")
        noted.window.open_citation("4.1.1")
        noted.wait(AUTOSAVE_MS + 50)
        assert noted.form.isVisible()
        assert noted.form.body == "问市场监管局，没存下"
        let_go()
        noted.click(noted.form.editor.viewport())
        noted.press("Esc")
        assert noted.stored() == ["问市场监管局，没存下"]
        assert noted.notes.form is None

    def test_closing_with_words_that_cannot_be_saved_asks_once(self, at: Reader, hold: Hold) -> None:
        hold(at)
        at.press("Ctrl+M")
        at.write("存不下的话")
        at.window.close()
        assert at.window.isVisible()
        assert "再次关闭" in at.told
        at.window.close()
        assert not at.window.isVisible()

    def test_what_was_not_saved_is_not_shown(self, noted: Reader, hold: Hold) -> None:
        hold(noted)
        noted.press("Alt+1", "Ctrl+D")
        noted.click_card("问市场", "删除")
        assert noted.tabs == ["批注 1", "书签", "标记", "相关", "回收"]
        assert noted.bodies == ["问市场监管局"]
        noted.press("Esc", "Ctrl+Z")
        assert noted.bodies == ["问市场监管局"]

    def test_the_bookmarks_stay_as_they_are_in_the_file(self, at: Reader, hold: Hold) -> None:
        at.press("Ctrl+D", "Down", "Ctrl+D", "Ctrl+Shift+D")
        before = at.bookmarks
        let_go = hold(at)
        at.press("Alt+Down", "F2", "Ctrl+A")
        at.write("新名")
        at.press("Return")
        assert at.bookmarks == before
        let_go()
        at.press("Alt+Down")
        assert at.bookmarks == before[::-1]
