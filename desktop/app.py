"""The application: the one place where objects are made and handed to each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer
from PySide6.QtWidgets import QApplication

from content.library import Library
from content.model import Document
from desktop import fonts, resources, settings, startup, theme
from desktop.input_methods import choice
from desktop.input_methods.choice import Choice
from desktop.notebook.place import Place, PlaceKind
from desktop.settings import Settings
from desktop.window import Window

if TYPE_CHECKING:
    from desktop.commands import Commands
    from desktop.jobs import Jobs
    from desktop.notebook.opening import Opened
    from desktop.starts.instance import Instance
    from desktop.support.faults import Faults
    from index.related import Related

DEFAULT_DOCUMENT = "shanghai-2023"
_ROOMY_SCREEN = (1400, 860)
"""Pixels from which on the first window need not fill the screen."""


@dataclass(frozen=True)
class Options:
    """What the command line asks for. ``kind`` says why the data lie in ``data``; ``size`` is the window's, in pixels."""

    data: Path
    kind: PlaceKind = PlaceKind.ASKED_FOR
    file: str = ""
    startup_report: bool = False
    screenshot: str = ""
    at: str = ""
    search: str = ""
    size: tuple[int, int] | None = None
    instance: Instance | None = None
    """This program's place in the data folder, if it has one."""

    @property
    def is_unattended(self) -> bool:
        """Whether the program ends by itself."""
        return self.startup_report or bool(self.screenshot)


class Application(QObject):
    """Opens the window, then what takes longer: notebook, related search."""

    def __init__(
        self,
        application: QApplication,
        chosen_fonts: fonts.Fonts,
        options: Options,
        way: Choice = choice.LEFT_ALONE,
    ) -> None:
        super().__init__()
        self._application = application
        self._fonts = chosen_fonts
        self._options = options
        self._way = way
        self._settings = Settings(options.data)
        self._first_paint_ms = 0.0
        self._searchable_ms = 0.0
        self.is_ready = False
        """Whether everything that loads after the first paint has been loaded."""
        self.exit_code = 0
        self._faults: Faults | None = None
        document, fault = _open_document(options)
        self._jobs: Jobs | None = None
        self._commands: Commands | None = None
        self._document = document
        self._fault = fault
        self.window = self._make_window()

    def start(self) -> None:
        """Show the window; everything else follows its first paint."""
        self.window.reading.painted.connect(self._after_first_paint)
        self.window.remembers = not self._options.is_unattended
        if self._options.size:
            self.window.resize(*self._options.size)
        if self.window.remembers and self._is_first_start and self._is_small_screen:
            self.window.showMaximized()
        else:
            self.window.show()
        self.window.reading.setFocus()
        self.window.return_to_place()

    @property
    def _is_first_start(self) -> bool:
        return self._options.size is None and bool(self._settings.get(settings.GEOMETRY).isEmpty())

    @property
    def _is_small_screen(self) -> bool:
        room = self._application.primaryScreen().availableSize()
        return room.width() < _ROOMY_SCREEN[0] or room.height() < _ROOMY_SCREEN[1]

    def _make_window(self) -> Window:
        chosen = theme.theme_for(self._settings.get(settings.THEME), self._application)
        theme.apply(self._application, chosen, self._fonts.sans)
        window = Window(self._document, self._settings, self._fonts, chosen)
        window.closed.connect(self._end)
        return window

    def _after_first_paint(self) -> None:
        self.window.reading.painted.disconnect(self._after_first_paint)
        self._first_paint_ms = startup.milliseconds_since_birth()
        QTimer.singleShot(0, self._open_the_rest)

    def _open_the_rest(self) -> None:
        try:
            self._furnish()
        except Exception as error:
            if not self._options.is_unattended:
                raise
            from desktop import errors

            self._fail(errors.sentence(error))

    def _furnish(self) -> None:
        from desktop.commands import Commands
        from desktop.jobs import Jobs
        from desktop.search.finder import Finder
        from desktop.support.faults import Faults
        from index.choice import open_exact

        window, place = self.window, Place(self._options.data, self._options.kind)
        self._faults = faults = Faults(window, place.folder)
        faults.install()
        self._jobs = jobs = Jobs(self)
        self._commands = commands = Commands(self._document, self)
        # The shelf's copy, not the notebook: no key that is typed waits for the disk.
        self._exact = open_exact([self._document], self._options.data)
        shelf = commands.shelf
        self._finder = Finder(
            self._document,
            self._exact,
            jobs,
            lambda: shelf.in_use,
            self,
            shelf.measure_of,
        )
        commands.changed.connect(self._finder.refresh_own)
        window.furnish(self._finder, commands, jobs, place)
        faults.told.connect(window.tell)
        faults.report_requested.connect(window.work.support.reporting.show)
        window.theme_chosen.connect(self._choose_theme)
        # To methods of objects that can be thrown away, not to functions, which the application would keep for ever.
        self._application.styleHints().colorSchemeChanged.connect(self._dress)
        self._application.applicationStateChanged.connect(commands.follow_others)
        if self._fault:
            window.tell(self._fault)
        self._load_related(jobs)
        # After what the search needs, so that a large notebook does not keep it waiting.
        folder = self._options.data
        jobs.run(partial(_open_notebook, folder), self._use_notebook, "open", self._go_without_notebook)
        self._set_icon()
        self._speak_chinese()
        if self._way.needs_client and not self._options.is_unattended:
            self._serve_input_method()

    def _serve_input_method(self) -> None:
        """Speak to fcitx in Qt's place. Only now: nothing of it is needed to paint."""
        from desktop.input_methods.client import Client

        client = Client(self._application, self)
        client.told.connect(self.window.views.status.flash)
        self.window.closed.connect(client.stop)
        client.start()

    def _speak_chinese(self) -> None:
        """Qt's own words, in its dialogs and menus, in Simplified Chinese."""
        from PySide6.QtCore import QLocale, QTranslator

        QLocale.setDefault(QLocale("zh_CN"))
        translator = QTranslator(self)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(translator)

    def _set_icon(self) -> None:
        from PySide6.QtGui import QIcon

        self.window.setWindowIcon(QIcon(str(resources.ICON)))

    def _load_related(self, jobs: Jobs) -> None:
        document, folder, exact = self._document, self._options.data, self._exact

        def load() -> Related:
            from index.query import parse
            from index.related import Related

            # The first question is the dearest: it is asked before the reader asks.
            exact.readings(parse("a"))
            related = Related.open([document], folder)
            related.search("营商环境", frozenset())
            return related

        jobs.run(load, self._use_related, "load", self._go_without_related)

    def _use_notebook(self, opened: Opened) -> None:
        assert self._commands is not None
        self._commands.use_notebook(opened.notebook, opened.entries)
        if opened.told:
            self.window.tell(opened.told)
        keeping = self.window.work.keeping
        keeping.checking.mention_displaced()
        if not self._options.is_unattended:
            keeping.start()
        self._be_ready()

    def _go_without_notebook(self, error: Exception) -> None:
        from desktop import errors

        assert self._commands is not None
        self._commands.go_without_notebook()
        self.window.tell(errors.sentence(error))
        self._be_ready()

    def _use_related(self, related: Related) -> None:
        self.window.work.use_related(related)
        self._be_searchable()

    def _go_without_related(self, error: Exception) -> None:
        from desktop import errors

        self.window.tell(f"“相关”暂不可用，原文搜索不受影响。{errors.sentence(error)}")
        self._be_searchable()

    def _be_searchable(self) -> None:
        self._searchable_ms = startup.milliseconds_since_birth()

    def _be_ready(self) -> None:
        self.is_ready = True
        if self._options.startup_report:
            startup.print_report(self._first_paint_ms, self._searchable_ms)
            self.window.close()
        elif self._options.screenshot:
            self._pose()
        else:
            self._receive()

    def _receive(self) -> None:
        """Show what the program was started for, and from now on what later starts are."""
        from desktop.starts.asked import in_full, is_notes, is_policy
        from desktop.starts.calls import Calls
        from desktop.starts.receiving import Receiving

        asked = in_full(self._options.file)
        is_text = bool(asked) and is_policy(asked) and not is_notes(asked)
        receiving = Receiving(self.window, self._document, asked if is_text else "")
        if not is_text and not self._fault:
            receiving.show(asked)
        if self._options.instance is not None and self._options.instance.is_first:
            Calls(self._options.instance, receiving.take, self)

    def _pose(self) -> None:
        from desktop.starts.posing import Posing

        posing = Posing(self.window, self._finder, Path(self._options.screenshot))
        posing.failed.connect(self._fail)
        posing.pose(self._options.at, self._options.search)

    def _fail(self, sentence: str) -> None:
        from content.console import fail

        self.exit_code = fail(sentence)
        self.window.close()

    def _choose_theme(self, wanted: str) -> None:
        self._settings.set(settings.THEME, wanted)
        self._dress()

    def _dress(self) -> None:
        chosen = theme.theme_for(self._settings.get(settings.THEME), self._application)
        theme.apply(self._application, chosen, self._fonts.sans)
        self.window.show_theme(chosen)

    def _end(self) -> None:
        if self._jobs is not None:
            self._jobs.stop()
        if self._faults is not None:
            self._faults.uninstall()
        if self.window.is_furnished and not self._options.is_unattended:
            self.window.work.keeping.end()
        if self._commands is not None:
            self._commands.close()
        self._application.quit()


def run(arguments: list[str], options: Options) -> int:
    """Open the program; gives its exit code when the window is closed."""
    way = choice.choose_here(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    with way.in_force():
        application = QApplication(arguments)
    application.setApplicationName("policy-desk")
    application.setApplicationDisplayName("政策案头")
    application.setStyle("Fusion")
    chosen = fonts.installed()
    if chosen is None:
        from desktop.views.no_font import show_no_font

        return show_no_font(application, options.is_unattended)
    try:
        desk = Application(application, chosen, options, way)
        desk.start()
    except Exception as error:
        from desktop.support.faults import tell_of_start

        return tell_of_start(error, options.data, options.is_unattended)
    application.exec()
    return desk.exit_code


def _open_document(options: Options) -> tuple[Document, str]:
    """The document to show, and what went wrong with the asked-for one."""
    library = Library()
    usual = library.document(DEFAULT_DOCUMENT)
    if not options.file:
        return usual, ""
    from desktop.starts.opening import open_document

    return open_document(options.file, usual, library, options.data)


def _open_notebook(folder: Path) -> Opened:
    from desktop.notebook.opening import open_notebook

    return open_notebook(folder)
