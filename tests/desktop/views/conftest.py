"""The text alone with the real plan, as the window sets it up, and a hand on mouse and keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QKeyCombination, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from content.model import Document
from desktop import theme
from desktop.fonts import Fonts
from desktop.theme import LIGHT
from desktop.views.mark_painter import range_rects
from desktop.views.marks import Marks, Stroke
from desktop.views.page import Typography, rows
from desktop.views.reading import ReadingView
from desktop.views.selection_bar import SelectionBar

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Hand:
    """Reads the plan in a view of its own; measures are named as 2.3.4."""

    def __init__(self, plan: Document, view: ReadingView, bar: SelectionBar) -> None:
        self.plan = plan
        self.view = view
        self.bar = bar
        self.current = ""
        view.measure_chosen.connect(self.go_to)
        view.stepped.connect(self._step)

    def go_to(self, measure: str) -> None:
        """Make a measure the current one, as the window does."""
        self.current = measure.removeprefix(f"{self.plan.id}/")
        self.view.set_current(self.id(self.current))

    def _step(self, step: int) -> None:
        order = list(self.plan.places)
        self.go_to(order[order.index(self.id(self.current)) + step])

    def id(self, measure: str) -> str:
        return f"{self.plan.id}/{measure}"

    def text(self, measure: str) -> str:
        return self.plan.places[self.id(measure)].measure.text

    def span(self, measure: str, words: str) -> tuple[int, int]:
        """Where words stand in a measure."""
        start = self.text(measure).index(words)
        return start, start + len(words)

    def stroke(self, measure: str, words: str, color: str, entry_id: str = "e") -> Stroke:
        """A highlight on words."""
        return Stroke(*self.span(measure, words), f"highlight_{color}", entry_id)

    def mark(self, **marks: object) -> None:
        """Show marks: highlights, note_counts and so on, by measure."""
        by_id = {
            name: {self.id(measure): value for measure, value in of.items()} if isinstance(of, dict) else of
            for name, of in marks.items()
        }
        self.view.set_marks(Marks(**by_id))  # type: ignore[arg-type]

    def place(self, measure: str, words: str) -> QRect:
        """The box round words on one line, in the page's pixels."""
        block = self.view._laid_out(self.id(measure))
        [box] = range_rects(block, self.view._rows[block.blockNumber()], *self.span(measure, words))
        return self.view._to_viewport(box).toAlignedRect()

    def click(self, at: QPoint) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, NO_KEYS, at)

    def drag(self, measure: str, words: str) -> None:
        """Select words with the mouse."""
        box, page = self.place(measure, words), self.view.viewport()
        start, end = (QPoint(x, box.center().y()) for x in (box.left() + 2, box.right() - 1))
        QTest.mousePress(page, LEFT, NO_KEYS, start)
        QTest.mouseMove(page, box.center())
        QTest.mouseMove(page, end)
        QTest.mouseRelease(page, LEFT, NO_KEYS, end)

    def press(self, *keys: str) -> None:
        """Press keys such as Shift+Right, wherever the keyboard is."""
        for key in keys:
            combination: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs forget it
            focus = QApplication.focusWidget()
            assert focus is not None, "the keyboard is nowhere"
            QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())

    @property
    def words(self) -> list[str]:
        """What is selected, measure by measure."""
        return [one.text for one in self.view.selected()]

    @property
    def picture(self) -> QImage:
        """What the text looks like now."""
        return self.view.viewport().grab().toImage()


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, chosen_fonts: Fonts, plan: Document) -> Iterator[Hand]:
    """At 二、（三）, its heading at the top."""
    theme.apply(qapp, LIGHT, chosen_fonts.sans)
    view = ReadingView(LIGHT, chosen_fonts.sans)
    qtbot.addWidget(view)
    view.show_page(rows(plan), Typography(chosen_fonts.serif, 17))
    view.resize(760, 600)
    view.show()
    qtbot.waitUntil(lambda: bool(view.top_measure()))
    view.settle()
    bar = SelectionBar(LIGHT, view)
    view.selection_finished.connect(bar.show_for_selection)
    view.selection_cleared.connect(bar.hide)
    bar.left.connect(view.setFocus)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.scroll_to(f"{plan.id}/2.3.1", heading=True)
    yield Hand(plan, view, bar)
    QApplication.clipboard().clear()
