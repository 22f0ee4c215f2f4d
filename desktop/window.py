"""The window: one document on the desk.

It is made in two steps, because the reader wants the text at once: ``__init__`` makes the frame and the text, ``furnish``,
after the first paint, everything else. Modules for the second step are loaded then, and nothing of the first step
touches PySide's ``Qt`` namespace, whose hundred enums alone take longer than the layout of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from content.model import Document
from content.standing import superseded_notice
from desktop import settings
from desktop.arrangement import Arrangement
from desktop.fonts import Fonts
from desktop.reading.navigation import Navigation
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.frame import Frame
from desktop.views.reading import ReadingView
from desktop.views.reading_column import ReadingColumn

if TYPE_CHECKING:
    from desktop.commands import Commands
    from desktop.jobs import Jobs
    from desktop.notebook.place import Place
    from desktop.search.finder import Finder


class Window(QWidget):
    """One document on the desk. ``furnish`` gives it ``views`` and ``work``."""

    theme_chosen = Signal(str)
    closed = Signal()

    def __init__(self, document: Document, remembered: Settings, fonts: Fonts, theme: Theme) -> None:
        super().__init__()
        self.remembers = True
        self._document = document
        self._settings = remembered
        self._fonts = fonts
        self._theme = theme
        self.is_furnished = False
        self.setObjectName("window")
        self.setWindowTitle(document.title)
        self.setMinimumSize(880, 480)
        self.resize(1280, 720)
        self.reading = ReadingView(theme, fonts.sans, self)
        self._column = ReadingColumn(self.reading, superseded_notice(document), self)
        self._frame = Frame(self, self._column)
        self._arrangement = Arrangement(self, self._frame, self.reading, document, fonts, remembered)
        self._arrangement.restore()
        self.navigation = Navigation(document, self.reading, remembered.get(settings.place(document.id)))
        self._column.show_part(self.navigation.heading)

    @property
    def current(self) -> str:
        """The id of the current measure; empty before the reader has chosen one."""
        return self.navigation.current

    def furnish(self, finder: Finder, commands: Commands, jobs: Jobs, place: Place) -> None:
        """Fill the frame, once, with what makes the text searchable and the notebook, which lies in ``place``, writable."""
        from desktop import actions
        from desktop.describing import Describing
        from desktop.furniture import Furniture
        from desktop.work.parts import Parts
        from desktop.work.whole import Work
        from desktop.workspaces import Workspaces

        describing = Describing(self._document, commands.shelf)
        self.views = Furniture(
            self._frame, self._column, self._document, describing, self._fonts, self._theme
        )
        self.workspaces = Workspaces(self.views)
        parts = Parts(
            window=self,
            document=self._document,
            place=place,
            settings=self._settings,
            fonts=self._fonts,
            theme=lambda: self._theme,
            views=self.views,
            workspaces=self.workspaces,
            arrangement=self._arrangement,
            navigation=self.navigation,
            describing=describing,
            finder=finder,
            commands=commands,
            jobs=jobs,
        )
        self.work = Work(parts)
        handlers = self.work.handlers() | self._handlers()
        self.actions_by_id = actions.make_actions(self, self.workspaces.led_back(handlers))
        actions.fill_menu(self.views.header.menu, self.actions_by_id)
        keys = actions.KeysOfActions(self)
        QApplication.instance().focusChanged.connect(keys.follow_focus)  # type: ignore[union-attr]
        self.workspaces.use_actions(self.actions_by_id)
        self.work.begin(self.actions_by_id)
        self.is_furnished = True
        self.reading.settle()

    def show_theme(self, theme: Theme) -> None:
        """Draw what style sheets do not reach with other colours."""
        self._theme = theme
        self.views.show_theme(theme)
        self.work.desk.writing.refresh()

    def tell(self, sentence: str) -> None:
        """Show a sentence that stays until it is closed."""
        self.views.message.tell(sentence)

    def open_citation(self, typed: str) -> bool:
        """Go to a place such as 二（三）3; False if there is none like that."""
        from content import citation

        target = citation.find(self._document, typed)
        if target is not None:
            self.navigation.go_to(target.measure_id)
        return target is not None

    def search_for(self, text: str) -> None:
        """Search as if the reader had typed it."""
        self.views.header.search_box.setFocus()
        self.views.header.search_box.setText(text)

    def return_to_place(self) -> None:
        """Scroll to the remembered measure; works only once the window has its size."""
        if self.navigation.current:
            self.reading.bring_into_view(self.navigation.current)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_furnished and not self.work.may_close():
            event.ignore()
            return
        if self.remembers:
            self._remember()
        super().closeEvent(event)
        self.closed.emit()

    def _remember(self) -> None:
        self._arrangement.remember()
        if self.is_furnished:
            self.work.search.searching.settle()
        self._settings.set(settings.place(self._document.id), self.navigation.here)
        self._settings.flush()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        """What concerns the window as a whole, by the ids of the actions."""
        themes = ("system", "light", "dark", "contrast")
        return {
            **{f"theme_{name}": partial(self.theme_chosen.emit, name) for name in themes},
            "keys": partial(self._show_help, "keys"),
            "about": partial(self._show_help, "about"),
            "quit": self.close,
        }

    def _show_help(self, topic: str) -> None:
        from desktop.views.help import show_help

        show_help(self, topic)
