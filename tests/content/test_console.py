"""Command lines: quiet when the reader goes away, one Chinese line for a wrong call."""

import subprocess
import sys

import pytest

from content.console import called


@pytest.mark.parametrize("command", [["content", "text", "shanghai-2023"], ["index", "search", "市"]])
def test_a_reader_that_goes_away_ends_the_command_quietly(command: list[str]) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    complaint = writer.stderr.read()
    writer.stderr.close()
    assert writer.wait() == 0
    assert complaint == b""


@pytest.mark.parametrize("room", ["content", "index", "desktop"])
@pytest.mark.parametrize("wrong", [["--nonsense"], ["--screenshot"], ["nonsense", "--json", "--more"]])
def test_a_wrong_call_is_told_in_one_chinese_line(room: str, wrong: list[str]) -> None:
    answer = subprocess.run([sys.executable, "-m", room, *wrong], capture_output=True, encoding="utf-8")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert "--help" in answer.stderr
    assert not any(word in answer.stderr for word in ("error", "Traceback", "usage"))


@pytest.mark.parametrize("room", ["content", "index", "desktop"])
def test_help_is_there_in_chinese(room: str) -> None:
    answer = subprocess.run([sys.executable, "-m", room, "--help"], capture_output=True, encoding="utf-8")
    assert answer.returncode == 0
    assert "用法" in answer.stdout
    assert "usage" not in answer.stdout


def test_in_the_packaged_program_every_command_goes_through_its_door(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rooms = ("desktop", "index", "content", "desktop.notebook")
    assert [called(room) for room in rooms] == list(rooms)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert [called(room) for room in rooms] == [
        "policy-desk",
        *("policy-desk index", "policy-desk content", "policy-desk notebook"),
    ]
