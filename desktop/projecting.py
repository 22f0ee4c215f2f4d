"""投影: the agenda of the open meeting, or the text section by section, on a screen that others see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMenu, QWidget

from content import citation
from content.model import Document
from desktop import briefing
from desktop.describing import Describing
from desktop.fonts import Fonts
from desktop.notebook.model import AgendaItem
from desktop.shelf import Shelf
from desktop.theme import Theme
from desktop.views.projection import Projection, Shown, Slide

SectionKey = tuple[int, int]


class Projecting(QObject):
    """Makes slides of original words and marks alone: what else is on the shelf is never handed to the view."""

    word_said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        document: Document,
        shelf: Shelf,
        describing: Describing,
        fonts: Fonts,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._shelf = shelf
        self._describing = describing
        self._fonts = fonts
        self._theme = theme
        self.shown: Projection | None = None

    def show_agenda(self, meeting_id: str, item_id: str) -> None:
        """Show the items of a meeting, from one on."""
        items = self._shelf.agenda(meeting_id) if meeting_id else []
        ids = [one.id for one in items]
        start = ids.index(item_id) if item_id in ids else 0
        self._choose_screen([self._item(one) for one in items], start)

    def show_sections(self, key: SectionKey) -> None:
        """Show the text section by section, from one on."""
        found = [
            (part, section) for part in self._document.parts for section in part.sections if section.measures
        ]
        keys = [(part.number, section.number) for part, section in found]
        slides = [
            Slide(
                f"{section.label}{section.title}" if section.number else part.printed_heading,
                citation.section_name(part, section),
                self._passages([one.id for one in section.measures]),
            )
            for part, section in found
        ]
        self._choose_screen(slides, keys.index(key) if key in keys else 0)

    def _item(self, item: AgendaItem) -> Slide:
        ids = briefing.measures(self._document, self._shelf, item)
        place = self._describing.place(item)
        if not ids:
            return Slide("", place, (Shown(item.anchor.quote.replace("\n", "")),))
        first = self._document.places[ids[0]]
        heading = first.section.title or first.part.heading
        return Slide(heading, place, self._passages(ids))

    def _passages(self, ids: Sequence[str]) -> tuple[Shown, ...]:
        strokes = self._describing.strokes()
        return tuple(
            Shown(
                self._document.places[one].measure.text,
                tuple((stroke.start, stroke.end, stroke.color) for stroke in strokes.get(one, ())),
            )
            for one in ids
        )

    def _choose_screen(self, slides: Sequence[Slide], start: int) -> None:
        if not slides:
            self.word_said.emit("议程还是空的，没有可投影的；在原文中按 Ctrl+J 加入条目。")
            return
        screens = QGuiApplication.screens()
        if len(screens) == 1:
            self._show(slides, start, screens[0])
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = self._window.screen()
        for screen in sorted(screens, key=lambda one: one is own):
            size = screen.size()
            words = f"投影到{screen.name()}　{size.width()}×{size.height()}"
            act = menu.addAction(words + ("（本窗口所在）" if screen is own else ""))
            act.triggered.connect(lambda checked=False, screen=screen: self._show(slides, start, screen))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _show(self, slides: Sequence[Slide], start: int, screen: QScreen) -> None:
        self.shown = shown = Projection(
            slides, start, self._theme(), self._fonts.serif, self._fonts.sans, self._window
        )
        shown.ended.connect(self._end)
        shown.setScreen(screen)
        shown.setGeometry(screen.geometry())
        shown.showFullScreen()
        shown.activateWindow()
        shown.setFocus()

    def _end(self, number: int) -> None:
        self.shown = None
        self._window.activateWindow()
