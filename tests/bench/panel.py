"""The panel with 10,000 notes: ``python -m tests.bench.panel [notes]``.

Types into the filter of the real window, chooses kinds, tags, times and orders, and turns the wheel over the list; each is
measured from the event until the list has been painted. Then the start of the program with these notes beside one
with none, in turns. Prints p50 and p95 in milliseconds, medians and ratios.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from content.library import Library
from desktop import fonts
from desktop.app import Application, Options
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Note, NoteKind
from desktop.notebook.store import Notebook, new_id
from tests.bench.keystroke import Painted, wait_until_searchable
from tests.bench.startup import run

NOTES = 10_000
STARTS = 9
WORDS = ("电力", "请市场监管局说明", "98%", "周三会", "问题", "没有这样的话")
TAGS = ("周三会", "电力", "待办", "区里", "数据")
SENTENCES = (
    "请牵头单位说明上季度完成情况。",
    "与区发展改革委核对口径，**先报初稿**。",
    "周三会上汇报，附数据：\n- 已办 12 件\n- 在办 3 件",
    "涉及电力、燃气两家，费用清单待补。",
    "问市场监管局：98% 是年均还是年末？",
)


def fill(folder: Path, count: int) -> None:
    """Write so many notes on measures of the plan, as a reader of some years might have."""
    plan = Library().document("shanghai-2023")
    chance = random.Random(2023)
    places = [anchor_measure(plan, one) for one in plan.places]
    kinds = list(NoteKind)

    def note(number: int) -> Note:
        day = f"202{chance.randrange(3, 7)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        time_ = f"{day}T09:{number % 60:02}:00+08:00"
        body = f"{number} " + "".join(chance.choices(SENTENCES, k=chance.randrange(1, 5)))
        tags = tuple(chance.sample(TAGS, chance.randrange(3)))
        return Note(new_id(), chance.choice(places), body, time_, time_, chance.choice(kinds), tags)

    notebook = Notebook.open(folder)
    notebook.add([note(number) for number in range(count)])
    notebook.close()


class Panel:
    """The notes page of an open program, and what is done to it, in milliseconds."""

    def __init__(self, application: QApplication, desk: Application) -> None:
        self._application = application
        self._page = desk.window.views.desk.notes
        self._painted = Painted()
        self._page.list.viewport().installEventFilter(self._painted)
        self._listed = 0
        self._page.listing_changed.connect(self._count_listing)

    def filter(self) -> list[float]:
        """Each character typed and each choice made."""
        wanted = self._page.filter
        wanted.take_keyboard()
        self._settle()
        acts: list[Callable[[], object]] = []
        for word in WORDS:
            acts += [partial(self._type, letter) for letter in word]
            acts.append(wanted.words.clear)
        for box in (wanted.kinds, wanted.tags, wanted.periods, wanted.orders):
            acts += [partial(box.setCurrentIndex, row) for row in (*range(1, box.count()), 0)]
        return [self._measure(act, lambda: self._listed) for act in acts]

    def scroll(self) -> list[float]:
        """Turns of the wheel, and pages."""
        bar = self._page.list.verticalScrollBar()
        times = [self._measure(self._turn, lambda: self._painted.count) for _ in range(120)]
        page = partial(bar.triggerAction, bar.SliderAction.SliderPageStepAdd)
        return times + [self._measure(page, lambda: self._painted.count) for _ in range(60)]

    def _count_listing(self) -> None:
        self._listed += 1

    def _type(self, letter: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        self._application.sendEvent(self._page.filter.words, event)

    def _turn(self) -> None:
        viewport = self._page.list.viewport()
        place = QPointF(viewport.rect().center())
        event = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self._application.sendEvent(viewport, event)

    def _measure(self, act: Callable[[], object], counted: Callable[[], int]) -> float:
        """Until something has been counted and what it asked to be painted has been."""
        before = counted()
        started = time.perf_counter()
        act()
        while counted() == before and time.perf_counter() - started < 2:
            self._application.processEvents()
        self._application.processEvents()
        taken = (time.perf_counter() - started) * 1000
        self._settle()
        return taken

    def _settle(self) -> None:
        end = time.monotonic() + 0.03
        while time.monotonic() < end:
            self._application.processEvents()


def told(name: str, times: list[float]) -> None:
    """Print the figures of one thing done often."""
    centiles = statistics.quantiles(times, n=100)
    print(
        f"{name}: {len(times)} times, p50 {centiles[49]:.1f} ms, p95 {centiles[94]:.1f} ms, longest {max(times):.1f} ms"
    )


def starts(empty: Path, full: Path) -> None:
    """Print how much longer the program takes to start with the notes."""
    pairs = [
        (
            run("desktop", "--data", str(empty), "--startup-report"),
            run("desktop", "--data", str(full), "--startup-report"),
        )
        for _ in range(STARTS + 1)
    ][1:]
    for name, unit in (("first_paint_ms", "ms"), ("searchable_ms", "ms"), ("rss_mb", "MB")):
        none, many = (statistics.median(pair[at][name] for pair in pairs) for at in (0, 1))
        print(
            f"{name}: without notes {none:.0f} {unit}, with them {many:.0f} {unit}, ratio {many / none:.2f}"
        )


def main(count: int) -> None:
    """Print the figures."""
    application = QApplication(sys.argv)
    application.setStyle("Fusion")
    chosen = fonts.installed()
    assert chosen is not None, "no Chinese font"
    with tempfile.TemporaryDirectory() as data:
        full, empty = Path(data) / "full", Path(data) / "empty"
        fill(full, count)
        desk = Application(application, chosen, Options(full, size=(1280, 720)))
        desk.start()
        wait_until_searchable(application, desk)
        panel = Panel(application, desk)
        print(f"{count} notes")
        told("filter", panel.filter())
        told("scroll", panel.scroll())
        desk.window.close()
        starts(empty, full)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
