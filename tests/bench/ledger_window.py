"""A full ledger in the real window: ``python -m tests.bench.ledger_window [rows=2000] [rounds=60] [seed=2023]``.

Each figure is from what the reader does until the table has been painted: p50 and p95 in milliseconds. Exits with 1 if any
p95 is above 50 ms.

edit     a cell written and Enter pressed: saved durably and shown
filter   a character typed into 筛选字词
sort     a click on the head of a column
group    another grouping chosen
status   another status for one row
undo     that taken back
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from content.library import Library
from desktop import fonts
from desktop.app import Application, Options
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.ledger import Grouping
from desktop.notebook.store import Notebook
from desktop.views.ledger_line import KEYS, STATUS
from desktop.views.ledger_table import LedgerTable
from desktop.workspaces import LEDGER
from tests.bench.keystroke import Painted, wait_until_searchable
from tests.bench.ledger import filled

_MOST_MS, _LONGEST = 50.0, 5.0
_WORDS = "完成口径统一系统联调"


def main(count: int = 2000, rounds: int = 60, seed: int = 2023) -> int:
    """Fill a ledger, open the window, measure, print, and give the exit code."""
    application = QApplication(sys.argv)
    application.setStyle("Fusion")
    chosen = fonts.installed()
    assert chosen is not None, "no Chinese font"
    with tempfile.TemporaryDirectory(prefix="desk-ledger-") as name:
        fill(Path(name), count, seed)
        desk = Application(application, chosen, Options(Path(name), size=(1280, 720)))
        desk.start()
        wait_until_searchable(application, desk)
        desk.window.workspaces.show(LEDGER)
        application.processEvents()
        figures = measured(application, desk, rounds)
        desk.window.close()
    worst = 0.0
    print(f"{count} rows")
    for act, took in figures.items():
        ordered = sorted(took)
        p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        worst = max(worst, p95)
        print(f"{act:<8} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")
    return int(worst > _MOST_MS)


def fill(folder: Path, count: int, seed: int) -> None:
    """Write so many rows into a notebook."""
    plan = Library().document("shanghai-2023")
    notebook = Notebook.open(folder)
    notebook.add(filled(random.Random(seed), [anchor_measure(plan, one) for one in plan.places], count))
    notebook.close()


def measured(application: QApplication, desk: Application, rounds: int) -> dict[str, list[float]]:
    """The milliseconds that each act took, round by round."""
    page = desk.window.views.ledger
    table, bar = page.table, page.bar
    painted = Painted()
    table.viewport().installEventFilter(painted)
    figures: dict[str, list[float]] = {
        act: [] for act in ("edit", "filter", "sort", "group", "status", "undo")
    }
    groupings = [one.value for one in Grouping]

    def take(act: str, do: Callable[[], object], is_done: Callable[[], bool] = lambda: True) -> None:
        application.processEvents()
        painted.count = 0
        started = time.perf_counter()
        do()
        while not painted.count or not is_done():
            application.processEvents()
            assert time.perf_counter() - started < _LONGEST, f"{act} shows nothing"
        figures[act].append((time.perf_counter() - started) * 1000)

    for number in range(rounds):
        bar.words.clear()
        table.go_to_row(number * 7 % 400 + 1, KEYS.index("problem"))
        application.processEvents()
        table.open_cell()
        [editor] = [one for one in _fields(table.viewport()) if one.isVisible()]
        editor.setText(f"问题{number}")
        entry = table.current_id
        take(
            "edit",
            lambda editor=editor: QTest.keyClick(editor, Qt.Key.Key_Return),  # type: ignore[misc]
            lambda entry=entry, number=number: _problem(table, entry) == f"问题{number}",  # type: ignore[misc]
        )
        other = (
            "推进中" if table.currentIndex().siblingAtColumn(KEYS.index(STATUS)).data() == "暂缓" else "暂缓"
        )
        take("status", lambda other=other: page.status_chosen.emit([table.current_id], other))  # type: ignore[misc]
        take("undo", desk.window.work.desk.writing.undo)
        take("sort", lambda number=number: table.sort_requested.emit(KEYS[number % len(KEYS)]))  # type: ignore[misc]
        name = groupings[number % len(groupings)]
        take("group", lambda name=name: bar.grouping_chosen.emit(name))  # type: ignore[misc]
        event = QInputMethodEvent()
        event.setCommitString(_WORDS[number % len(_WORDS)])
        take("filter", lambda event=event: application.sendEvent(bar.words, event))  # type: ignore[misc]
    return figures


def _problem(table: LedgerTable, entry_id: str) -> str:
    line = table.lines.line(table.lines.row_of(entry_id))
    return line.cells["problem"] if line is not None else ""


def _fields(parent: object) -> list[QLineEdit]:
    return list(parent.findChildren(QLineEdit))  # type: ignore[attr-defined]


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
