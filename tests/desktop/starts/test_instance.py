"""One program for each notebook folder: who is first, what is handed over, and that no start is ever lost or locked out."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import time

import pytest

from desktop.starts import instance as module
from desktop.starts.instance import FOLDER_NAME, Answer, Instance, Wish

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from pathlib import Path
from desktop.starts import instance as module
from desktop.starts.instance import Instance
instance = Instance(Path(sys.argv[1]))
print(instance.is_first, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that is first in the folder, and answers nothing."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def hand_over(second: Instance, asked: str) -> list[Answer]:
    """Hand over in the background; the answer will be in the list."""
    answers: list[Answer] = []
    threading.Thread(target=lambda: answers.append(second.hand_over(asked, 10))).start()
    return answers


def receive(first: Instance, takes: bool, answers: list[Answer]) -> list[Wish]:
    """Answer until the other has its answer."""
    wishes: list[Wish] = []

    def take(wish: Wish) -> bool:
        wishes.append(wish)
        return takes

    while not answers:
        first.answer(take)
    return wishes


class TestFirstAndSecond:
    def test_the_second_is_one_while_the_first_lives(self, tmp_path: Path) -> None:
        first, second = Instance(tmp_path), Instance(tmp_path)
        assert (first.is_first, first.is_second) == (True, False)
        assert (second.is_first, second.is_second) == (False, True)
        first.release()
        third = Instance(tmp_path)
        assert third.is_first
        third.release()

    def test_other_folders_are_other_programs(self, tmp_path: Path) -> None:
        one, other = Instance(tmp_path / "甲"), Instance(tmp_path / "乙")
        assert one.is_first
        assert other.is_first
        one.release()
        other.release()

    def test_it_does_not_matter_how_the_folder_is_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = Instance(tmp_path / "数据")
        monkeypatch.chdir(tmp_path)
        assert Instance(Path("数据")).is_second
        assert Instance(tmp_path / "数据" / ".." / "数据").is_second
        first.release()

    def test_a_dead_one_is_succeeded(self, tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
        assert Instance(tmp_path).is_second
        holder.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        holder.wait()
        assert (tmp_path / FOLDER_NAME / "lock").exists()
        successor = Instance(tmp_path)
        assert successor.is_first
        successor.release()

    def test_one_on_another_machine_is_left_alone(
        self, tmp_path: Path, holder: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "machine_name", lambda: "another")
        here = Instance(tmp_path)
        assert (here.is_first, here.is_second) == (False, False)

    @pytest.mark.skipif(sys.platform == "win32", reason="fcntl")
    def test_a_drive_without_locks_locks_nobody_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import errno
        import fcntl

        def refuse(*_: object) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(fcntl, "flock", refuse)
        for _ in range(2):
            here = Instance(tmp_path)
            assert (here.is_first, here.is_second) == (False, False)

    def test_a_folder_that_cannot_be_written_locks_nobody_out(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("in the way")
        here = Instance(tmp_path / "data")
        assert (here.is_first, here.is_second) == (False, False)

    def test_of_many_at_once_one_is_first(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", HOLDER, str(tmp_path)]
        pipe = subprocess.PIPE
        started = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8") for _ in range(6)
        ]
        said = [process.stdout.readline() for process in started if process.stdout]
        for process in started:
            process.communicate("")
        assert sorted(said) == ["False\n"] * 5 + ["True\n"]


class TestHandingOver:
    @pytest.mark.parametrize("asked", ["", "二（三）3", "/某处/批注 “甲”.zip"])
    def test_the_first_hears_what_was_asked(self, tmp_path: Path, asked: str) -> None:
        first, second = Instance(tmp_path), Instance(tmp_path)
        answers = hand_over(second, asked)
        assert [wish.asked for wish in receive(first, True, answers)] == [asked]
        assert answers == [Answer.TAKEN]
        assert [path.name for path in first.folder.iterdir()] == ["lock"]
        first.release()

    def test_what_it_does_not_take_comes_back(self, tmp_path: Path) -> None:
        first, second = Instance(tmp_path), Instance(tmp_path)
        answers = hand_over(second, "另一份")
        receive(first, False, answers)
        assert answers == [Answer.REFUSED]
        assert [path.name for path in first.folder.iterdir()] == ["lock"]
        first.release()

    def test_several_are_heard_in_their_order(self, tmp_path: Path) -> None:
        first, second = Instance(tmp_path), Instance(tmp_path)
        for number in range(5):
            second._put(Wish(str(number)))
        heard: list[str] = []

        def take(wish: Wish) -> bool:
            heard.append(wish.asked)
            return True

        first.answer(take)
        assert heard == ["0", "1", "2", "3", "4"]
        first.release()

    def test_who_waits_while_the_first_ends_takes_its_place(self, tmp_path: Path) -> None:
        first, second = Instance(tmp_path), Instance(tmp_path)
        answers = hand_over(second, "二（三）3")
        while not list(first.folder.glob("*.wish")):
            pass
        first.release()
        while not answers:
            pass
        assert answers == [Answer.FREE]
        assert second.is_first
        assert [path.name for path in first.folder.iterdir()] == ["lock"]
        second.release()

    def test_no_answer_leaves_no_wish(self, tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
        second = Instance(tmp_path)
        assert second.hand_over("二（三）3", 0.2) is Answer.NONE
        assert [path.name for path in second.folder.iterdir()] == ["lock"]

    def test_a_fault_of_the_first_does_not_keep_the_second_waiting(self, tmp_path: Path) -> None:
        first, second = Instance(tmp_path), Instance(tmp_path)
        answers = hand_over(second, "二（三）3")

        def fail(wish: Wish) -> bool:
            raise ZeroDivisionError

        while not list(first.folder.glob("*.wish")):
            pass
        with pytest.raises(ZeroDivisionError):
            first.answer(fail)
        while not answers:
            pass
        assert answers == [Answer.TAKEN]
        first.release()

    @pytest.mark.parametrize("text", ["", "{}", "二（三）3", "一半\0"])
    def test_what_is_no_wish_is_thrown_away(self, tmp_path: Path, text: str) -> None:
        first = Instance(tmp_path)
        (first.folder / "x.wish").write_text(text)
        first.answer(lambda wish: pytest.fail("taken for a wish"))
        assert [path.name for path in first.folder.iterdir()] == ["lock"]
        first.release()

    def test_old_wishes_are_not_heard(self, tmp_path: Path) -> None:
        old, new = tmp_path / FOLDER_NAME / "1.wish", tmp_path / FOLDER_NAME / "2.wish"
        old.parent.mkdir()
        for path in (old, new):
            path.write_text("\0\0")
        os.utime(old, (time() - 3600, time() - 3600))
        first = Instance(tmp_path)
        assert not old.exists()
        assert new.exists()
        first.release()
