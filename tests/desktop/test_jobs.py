"""Work off the GUI thread: where answers arrive, which are dropped, what becomes of faults."""

import logging
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_answered_here(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    jobs.run(threading.current_thread, lambda there: seen.append((there, threading.current_thread())), "k")
    qtbot.waitUntil(lambda: bool(seen))
    [(there, here)] = seen
    assert here is threading.main_thread()
    assert there is not here


def test_no_answer_comes_before_the_caller_is_done(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    jobs.run(lambda: 1, seen.append, "k")
    jobs._pool.waitForDone()
    assert seen == []
    qtbot.waitUntil(lambda: seen == [1])


def test_only_the_newest_question_is_answered(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    gate = threading.Event()

    def wait_and_give(number: int) -> int:
        gate.wait(5)
        return number

    for number in range(4):
        jobs.run(lambda number=number: wait_and_give(number), seen.append, "k")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(30)
    assert seen == [3]


def test_a_question_overtaken_before_it_began_is_never_worked_on(jobs: Jobs, qtbot: QtBot) -> None:
    gate, worked, seen = threading.Event(), [], []
    jobs.run(lambda: gate.wait(5), lambda answer: None, "other")
    for number in range(3):
        jobs.run(lambda number=number: worked.append(number), lambda answer: seen.append(1), "k")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert worked == [2]


def test_different_questions_are_all_answered_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(6):
        jobs.run(lambda number=number: number, seen.append, f"key {number}")  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(seen) == 6)
    assert seen == list(range(6))


def test_a_silenced_key_says_nothing_but_may_be_asked_again(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[str] = []
    jobs.run(lambda: "old", seen.append, "k")
    jobs.silence("k")
    jobs.run(lambda: "new", seen.append, "k")
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(20)
    assert seen == ["new"]


def test_a_fault_is_logged_and_handed_over_here(
    jobs: Jobs, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    faults: list[tuple[Exception, threading.Thread]] = []
    jobs.run(
        lambda: 1 / 0,
        lambda answer: pytest.fail("answered"),
        "k",
        lambda fault: faults.append((fault, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(faults))
    [(fault, thread)] = faults
    assert isinstance(fault, ZeroDivisionError)
    assert thread is threading.main_thread()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "ZeroDivisionError" in caplog.text


def test_a_fault_nobody_asked_about_does_no_harm(
    jobs: Jobs, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[int] = []
    jobs.run(lambda: 1 / 0, seen.append, "k")
    jobs.run(lambda: 2, seen.append, "l")
    qtbot.waitUntil(lambda: seen == [2])
    assert "ZeroDivisionError" in caplog.text


def test_after_stopping_nothing_arrives(jobs: Jobs, qtbot: QtBot) -> None:
    begun, seen, worked = threading.Event(), [], []

    def work() -> None:
        begun.set()
        worked.append("first")

    jobs.run(work, lambda answer: seen.append("first"), "a")
    begun.wait(5)
    jobs.run(lambda: threading.Event().wait(0.05), lambda answer: seen.append("second"), "b")
    jobs.run(lambda: worked.append("third"), lambda answer: seen.append("third"), "c")
    jobs.stop()
    qtbot.wait(30)
    assert seen == []
    assert worked == ["first"]
