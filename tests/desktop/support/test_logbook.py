"""The log: what went wrong and where, bounded, and not a word of what anybody wrote."""

import ast
import errno
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.support import logbook

ROOT = Path(__file__).parents[3]
SECRET = "拆迁补偿方案13800138000"
OURS = logging.getLogger("desktop.test")
THEIRS = logging.getLogger("lxml.test")


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[logging.Handler]:
    handler = logbook.open_log(tmp_path)
    assert handler is not None
    yield handler
    logbook.close_log(handler)


@pytest.fixture
def log(handler: logging.Handler, tmp_path: Path) -> Path:
    """The file, written to from now on."""
    return tmp_path / logbook.LOG_NAME


def test_a_fault_is_kept_with_its_kind_and_its_way_through_the_code(log: Path) -> None:
    try:
        [][3]
    except IndexError:
        OURS.exception("没有做成")
    *_, words, kind, frame = log.read_text("utf-8").splitlines()
    assert "ERROR desktop.test 没有做成" in words
    assert kind.strip() == "IndexError"
    assert frame.strip().startswith("tests/desktop/support/test_logbook.py:")
    assert frame.endswith("test_a_fault_is_kept_with_its_kind_and_its_way_through_the_code")


def failures() -> Iterator[Exception]:
    """Errors that quote what somebody wrote, each in another place."""
    yield ValueError(SECRET)
    yield KeyError(SECRET)
    yield UnicodeEncodeError("ascii", SECRET, 0, 1, SECRET)
    yield OSError(errno.EACCES, SECRET, f"/{SECRET}/{SECRET}.txt", None, SECRET)
    yield SyntaxError(SECRET, (SECRET, 1, 1, SECRET))
    yield ExceptionGroup(SECRET, [ValueError(SECRET)])
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(f'SELECT "{SECRET}" FROM "{SECRET}"')
        except sqlite3.Error as error:
            yield error
    noted = ValueError()
    noted.add_note(SECRET)
    yield noted


@pytest.mark.parametrize("error", list(failures()), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("logger", [OURS, THEIRS], ids=lambda logger: logger.name)
def test_what_an_error_quotes_is_not_kept(log: Path, error: Exception, logger: logging.Logger) -> None:
    try:
        try:
            raise error
        except Exception as caught:
            raise RuntimeError(SECRET) from caught
    except RuntimeError:
        logger.exception("读到 %s 时出错：%r", SECRET, SECRET)
    text = log.read_text("utf-8")
    assert type(error).__name__ in text
    assert "起因" in text
    assert_silent(text)


def test_what_the_system_and_sqlite_number_is_kept(log: Path) -> None:
    errors = {type(error): error for error in failures()}
    for error in errors.values():
        OURS.error("没有做成", exc_info=error)
    text = log.read_text("utf-8")
    assert f"PermissionError {errno.EACCES}" in text
    assert "OperationalError SQLITE_ERROR" in text


def test_other_peoples_messages_are_known_only_by_their_place(log: Path) -> None:
    THEIRS.warning(f"cannot parse {SECRET}")
    text = log.read_text("utf-8")
    assert "WARNING lxml.test （tests/desktop/support/test_logbook.py:" in text
    assert_silent(text)


def assert_silent(text: str) -> None:
    """No piece of the secret is in it."""
    assert [piece for piece in ("拆迁", "补偿", "方案", "138") if piece in text] == []


def test_own_messages_are_sentences_of_the_source() -> None:
    """A message that is put together where it is logged could bring anything in."""
    loose = []
    for room in ("content", "index", "desktop"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(
                            value=ast.Name(id="log") | ast.Attribute(attr="log"),
                            attr="debug" | "info" | "warning" | "error" | "critical" | "exception",
                        ),
                        args=[words, *_],
                    ) if not (isinstance(words, ast.Constant) or path.name == "faults.py"):
                        loose.append(f"{path.name}:{node.lineno}")
    assert loose == []


def test_folders_are_not_named(log: Path) -> None:
    place = Path("/", "home", "张三", "lib", "python3", "site-packages", "lxml", "etree.py")
    if sys.platform == "win32":
        place = Path("C:/", *place.parts[1:])
    code = compile("raise ValueError", str(place), "exec")
    try:
        exec(code)
    except ValueError:
        OURS.exception("没有做成")
    text = log.read_text("utf-8")
    assert "site-packages/lxml/etree.py:1" in text
    assert "张三" not in text
    assert logbook.short_name(str(place.parents[3] / "私事.py")) == "私事.py"
    assert logbook.short_name(os.__file__).endswith("/os.py")
    assert logbook.short_name("desktop/app.py") == "desktop/app.py"


def test_endless_recursion_takes_little_room(log: Path) -> None:
    def again() -> None:
        again()

    try:
        again()
    except RecursionError:
        OURS.exception("没有做成")
    text = log.read_text("utf-8")
    assert "略去" in text
    assert len(text.splitlines()) < 80


def test_warnings_are_kept_and_small_talk_is_not(log: Path) -> None:
    OURS.info("闲话")
    assert not log.exists()
    OURS.warning("要紧的")
    assert "要紧的" in log.read_text("utf-8")


def test_the_log_does_not_grow_without_end(log: Path, tmp_path: Path) -> None:
    for _ in range(200):
        OURS.warning("长" * 3_000)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 2
    assert sum(sizes) <= 2 * logbook.BYTES


def test_the_tail_is_the_newest_whole_lines_of_both_files(log: Path, tmp_path: Path) -> None:
    assert logbook.tail(tmp_path, 1000) == ""
    log.with_name(f"{log.name}.1").write_text("旧一\n旧二\n", "utf-8")
    log.write_text("新一\n新二\n", "utf-8")
    assert logbook.tail(tmp_path, 1000) == "旧一\n旧二\n新一\n新二\n"
    assert logbook.tail(tmp_path, 8) == "新一\n新二\n"


def test_a_folder_that_cannot_be_written_only_costs_the_log(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert logbook.open_log(tmp_path / "data") is None
    logbook.close_log(None)


def test_a_log_that_cannot_be_written_is_passed_over(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.mkdir()
    OURS.error("没有做成")
    assert capsys.readouterr().err == ""
