"""Faults in one sentence: the environment's as they are, the program's own logged and told as such."""

import errno
import logging
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.errors import DamagedPolicy, UnknownDocument, UnreadableSource
from desktop import errors
from desktop.notebook.errors import CannotOpen, CannotRead, CannotSave, ChangedElsewhere

Report = Callable[[BaseException], None]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def installed(tmp_path: Path, told: list[str]) -> Iterator[Report]:
    """The hook in place, logging into a folder; gives what Python does with an unhandled fault."""
    uninstall = errors.install(tmp_path, told.append)
    yield lambda error: sys.excepthook(type(error), error, error.__traceback__)
    uninstall()


def thrown(error: BaseException) -> BaseException:
    """An error with a traceback."""
    try:
        raise error
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    "kind",
    [UnknownDocument, DamagedPolicy, UnreadableSource, CannotOpen, CannotRead, CannotSave, ChangedElsewhere],
)
def test_a_fault_of_the_domain_says_its_own_sentence(kind: type[Exception]) -> None:
    assert errors.sentence(kind("这一句。")) == "这一句。"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied", "/数据/甲.txt"), ["“/数据/甲.txt”", "没有权限"]),
        (OSError(errno.ENOSPC, "No space left on device"), ["文件读写失败", "磁盘已满"]),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "乙"), ["“乙”", "找不到"]),
        (OSError("odd"), ["文件读写失败"]),
        (ValueError("boom"), ["程序内部出错", "日志"]),
        (MemoryError(), ["程序内部出错"]),
    ],
)
def test_other_faults_are_told_in_chinese_with_advice(error: Exception, words: list[str]) -> None:
    told = errors.sentence(error)
    assert all(word in told for word in words), told
    assert "都在" in told
    assert "请" in told
    assert not re.search(r"[A-Za-z]{3,} [a-z]", told), "English in it"


def test_an_unknown_fault_is_told_and_logged_with_its_traceback(
    installed: Report, told: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    installed(thrown(ZeroDivisionError("by zero")))
    assert told == [errors.sentence(ZeroDivisionError())]
    written = (tmp_path / errors.LOG_NAME).read_text("utf-8")
    assert "ZeroDivisionError: by zero" in written
    assert "Traceback" in written
    assert "test_errors.py" in written


def test_a_known_fault_is_told_by_its_own_sentence(
    installed: Report, told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    installed(thrown(CannotSave("没有存下。")))
    assert told == ["没有存下。"]


def test_an_interrupt_is_left_to_python(
    installed: Report, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, trace: seen.append(kind))
    installed(thrown(KeyboardInterrupt()))
    assert (told, seen) == ([], [KeyboardInterrupt])


def test_everything_is_put_back(tmp_path: Path) -> None:
    hook, handlers = sys.excepthook, list(logging.getLogger().handlers)
    uninstall = errors.install(tmp_path, lambda sentence: None)
    assert sys.excepthook is not hook
    uninstall()
    assert sys.excepthook is hook
    assert logging.getLogger().handlers == handlers


def test_warnings_are_kept_and_small_talk_is_not(installed: Report, tmp_path: Path) -> None:
    logging.getLogger("desktop.jobs").info("small talk")
    assert not (tmp_path / errors.LOG_NAME).exists()
    logging.getLogger("desktop.jobs").warning("要紧的")
    assert "要紧的" in (tmp_path / errors.LOG_NAME).read_text("utf-8")


def test_the_log_does_not_grow_without_end(installed: Report, tmp_path: Path) -> None:
    for _ in range(60):
        logging.getLogger("desktop").warning("长" * 10_000)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 2
    assert sum(sizes) < 1_100_000


def test_a_folder_that_cannot_be_written_only_costs_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("in the way")
    told: list[str] = []
    uninstall = errors.install(tmp_path / "data", told.append)
    sys.excepthook(ValueError, ValueError("x"), None)
    uninstall()
    assert len(told) == 1
    assert errors.open_log(tmp_path / "data") is None
