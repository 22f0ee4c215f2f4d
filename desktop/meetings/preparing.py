"""会议材料 on their way: previewed as they are written, exported and copied in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFontDatabase

from desktop import errors
from desktop.export import FORMATS, Format, export, faces, pdf
from desktop.export.brief import Brief, Options, Order
from desktop.export.errors import Stopped
from desktop.fonts import Fonts
from desktop.jobs import Jobs
from desktop.papers.destination import ask_where
from desktop.reading.copying import put_on_clipboard
from desktop.views.paper_panel import PREVIEW_WIDTH, PaperPanel

_PREVIEW_PAUSE_MS = 150
_PREVIEWED_PASSAGES = 40
"""With so many the first page is full, whatever else is on it."""


class Preparing(QObject):
    """``brief`` gives what is to be printed now, None without a meeting. ``told``: a sentence that stays; ``word_said``:
    a passing word.
    """

    told = Signal(str)
    word_said = Signal(str)
    _progressed = Signal(int, int)

    def __init__(
        self, panel: PaperPanel, jobs: Jobs, fonts: Fonts, brief: Callable[[], Brief | None]
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._jobs = jobs
        self.brief = brief
        families = frozenset(QFontDatabase.families())
        self._named = faces.named(families or faces.WIDELY_THERE)
        self._drawn = faces.drawn(families, fonts.serif, fonts.sans)
        self._stop = Event()
        self._is_busy = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PREVIEW_PAUSE_MS)
        self._pause.timeout.connect(self._preview)
        self._progressed.connect(self._show_progress)
        panel.switched.connect(self.refresh)
        panel.export_requested.connect(self._choose_target)
        panel.copy_requested.connect(self._copy)
        panel.stop_requested.connect(self._stop.set)

    def refresh(self) -> None:
        """Draw the first page anew, soon."""
        self._pause.start()

    def _preview(self) -> None:
        # Here and not in the background: a few items take some 30 ms, and no long work before it is waited for.
        brief = self.brief()
        if brief is None:
            return
        shown = _beginning(brief)
        laid_out = pdf.Pages(shown, self.options, self._drawn)
        ratio = self._panel.devicePixelRatioF()
        image = pdf.picture(laid_out, 0, round(PREVIEW_WIDTH * ratio))
        image.setDevicePixelRatio(ratio)
        self._panel.show_page(image, laid_out.count if shown == brief else 0)

    @property
    def options(self) -> Options:
        """What is wanted on paper now."""
        choice = self._panel.choice
        return Options(
            with_points=choice["with_points"],
            with_notes=choice["with_notes"],
            with_rows=choice["with_rows"],
            original_only=choice["original_only"],
            order=Order.PLAN if choice["in_plan_order"] else Order.AGENDA,
            large_type=choice["large_type"],
        )

    def _choose_target(self, suffix: str) -> None:
        brief = self.brief()
        if brief is None:
            return
        [form] = [one for one in FORMATS if one.suffix == suffix]
        ask_where(
            self._panel.window(),
            "导出会议材料",
            f"{brief.title}{brief.subtitle}",
            form,
            lambda target: self._export(brief, target, form),
        )

    def _export(self, brief: Brief, target: Path, form: Format) -> None:
        fonts, options = self._drawn if form.draws else self._named, self.options

        def work() -> bool:
            return self._unless_stopped(partial(export, brief, target, form, options, fonts, self._watch))

        self._begin()
        self._jobs.run(
            work, lambda done: self._end(f"已导出到 {target}。" if done else ""), "paper", self._fail
        )

    def _copy(self, suffix: str) -> None:
        brief = self.brief()
        if brief is None:
            return
        [form] = [one for one in FORMATS if one.suffix == suffix]
        options = self.options

        def work() -> bytes:
            made = b""

            def render() -> None:
                nonlocal made
                made = form.render(brief, options, self._named, self._watch)

            return made if self._unless_stopped(render) else b""

        self._begin()
        self._jobs.run(work, lambda text: self._put(text.decode(), form), "paper", self._fail)

    def _put(self, text: str, form: Format) -> None:
        self._end("")
        if not text:
            return
        put_on_clipboard(text, form.suffix)
        self.word_said.emit(f"已复制会议材料（{form.name}）")

    def _begin(self) -> None:
        self._stop.clear()
        self._is_busy = True
        self._panel.show_progress(0, 1)

    def _watch(self, done: int, total: int) -> None:
        """Called in the background."""
        if self._stop.is_set():
            raise Stopped
        self._progressed.emit(done, total)

    def _show_progress(self, done: int, total: int) -> None:
        if self._is_busy:
            self._panel.show_progress(done, total)

    @staticmethod
    def _unless_stopped(work: Callable[[], None]) -> bool:
        """Do it, and say whether it was done to the end."""
        try:
            work()
        except Stopped:
            return False
        return True

    def _end(self, sentence: str) -> None:
        self._is_busy = False
        self._panel.end_progress()
        self._panel.set_ready(self.brief() is not None)
        if self._stop.is_set() and not sentence:
            self.word_said.emit("已停止，没有导出；原有的文件没有改动")
        elif sentence:
            self.told.emit(sentence)

    def _fail(self, error: Exception) -> None:
        self._stop.clear()
        self._end(errors.sentence(error))


def _beginning(brief: Brief) -> Brief:
    """As much of a brief as is sure to fill its first page."""
    passages = count = 0
    for item in brief.items:
        if passages >= _PREVIEWED_PASSAGES:
            break
        passages += max(len(item.passages), 1)
        count += 1
    return replace(brief, items=brief.items[:count])
