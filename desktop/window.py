"""The window: it alone connects the views with the text, the search and the notebook.

It is made in two steps, because the reader wants the text at once: ``__init__`` makes the frame and the text, ``furnish``,
after the first paint, everything else. Modules for the second step are loaded then, and nothing of the first step
touches PySide's ``Qt`` namespace, whose hundred enums alone take longer than the layout of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from content.model import Document
from content.standing import edition_name, superseded_notice
from desktop import settings
from desktop.fonts import Fonts
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.frame import Frame
from desktop.views.marks import Marks
from desktop.views.page import Typography, rows
from desktop.views.reading import ReadingView
from desktop.views.reading_column import ReadingColumn

if TYPE_CHECKING:
    from desktop.commands import Commands
    from desktop.finder import Finder

TEXT_SIZES = (12, 13, 14, 15, 16, 17, 18, 20, 22, 24, 28, 32)
_FRONT_MATTER = "印发通知与引言"
_UNSAVED = "有批注没有存下，文字还在案头；请复制到别处，或处理好笔记本后再关闭。再次关闭将不保留这些文字。"
HINT = "Ctrl+K 搜索 · Ctrl+C 复制并附出处 · Ctrl+M 批注 · Ctrl+D 书签 · F1 更多"


class Window(QWidget):
    """One document on the desk."""

    theme_chosen = Signal(str)
    data_folder_requested = Signal()
    help_requested = Signal(str)
    closed = Signal()

    def __init__(self, document: Document, remembered: Settings, fonts: Fonts, theme: Theme) -> None:
        super().__init__()
        self.remembers = True
        self._document = document
        self._settings = remembered
        self._fonts = fonts
        self._theme = theme
        self._order = list(document.places)
        self._current = ""
        self._section = (0, 0)
        self._text_size = settings.TEXT_SIZE.default
        self._is_furnished = False
        self._has_warned = False
        self.setObjectName("window")
        self.setWindowTitle(document.title)
        self.setMinimumSize(880, 480)
        self.resize(1280, 720)
        self.reading = ReadingView(theme, fonts.sans, self)
        self.column = ReadingColumn(self.reading, superseded_notice(document), self)
        self._frame = Frame(self, self.column)
        self._restore()

    @property
    def current(self) -> str:
        """The id of the current measure; empty before the reader has chosen one."""
        return self._current

    def show_theme(self, theme: Theme) -> None:
        """Draw what style sheets do not reach with other colours."""
        self._theme = theme
        for view in (self.reading, self.outline, self.results, self.header.search_box, self.desk):
            view.set_theme(theme)
        self.writing.refresh()

    def tell(self, sentence: str) -> None:
        """Show a sentence that stays until it is closed."""
        self.message.tell(sentence)

    def open_citation(self, typed: str) -> bool:
        """Go to a place such as 二（三）3; False if there is none like that."""
        from content import citation

        target = citation.find(self._document, typed)
        if target is not None:
            self.go_to(target.measure_id)
        return target is not None

    def search_for(self, text: str) -> None:
        """Search as if the reader had typed it."""
        self.header.search_box.setText(text)

    def go_to(self, measure_id: str) -> None:
        """Jump to a measure, so that going back leads to where one was."""
        self._history.jump(self._here(), measure_id)
        self._make_current(measure_id)
        place = self._document.places[measure_id]
        if place.number == 1:
            self.reading.scroll_to(measure_id, heading=True)
        else:
            self.reading.bring_into_view(measure_id)
        self._update_history_actions()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_furnished and not self._may_close():
            event.ignore()
            return
        if self.remembers:
            self._remember()
        super().closeEvent(event)
        self.closed.emit()

    def _may_close(self) -> bool:
        """Save what is written; where that fails the first attempt to close only tells."""
        self.desk.finish_draft()
        if self._has_warned or not self.desk.has_unsaved_words:
            return True
        self._has_warned = True
        self._frame.desk.show()
        self.tell(_UNSAVED)
        return False

    def furnish(self, finder: Finder, commands: Commands) -> None:
        """Fill the frame, once, with what makes the text searchable and the notebook writable."""
        from desktop import actions
        from desktop.copying import Copying
        from desktop.history import History
        from desktop.searching import Searching
        from desktop.writing import Writing

        self._history = History()
        self._make_views()
        self.searching = Searching(
            self._document, finder, self.header.search_box, self.left, self.results, self._here
        )
        self.writing = Writing(self._document, commands, self.desk, self.outline)
        self.copying = Copying(self._document, self.reading, lambda: self._current)
        self.actions_by_id = actions.make_actions(self, self._handlers())
        actions.fill_menu(self.header.menu, self.actions_by_id)
        self._connect()
        self._is_furnished = True
        self.reading.settle()
        self._update_history_actions()
        self._announce_place()

    def _make_views(self) -> None:
        from desktop.views.desk import DeskPanel
        from desktop.views.header import Header
        from desktop.views.left_column import LeftColumn
        from desktop.views.message import Message
        from desktop.views.outline import OutlineView, entries
        from desktop.views.results import ResultsView
        from desktop.views.status import StatusBar

        self._entries = entries(self._document)
        self.header = Header(self._document.title, edition_name(self._document), self._theme)
        self.message = Message()
        self.outline = OutlineView(self._entries, self._theme)
        self.results = ResultsView(self._theme, self._fonts.serif)
        self.left = LeftColumn(self.outline, self.results)
        self.desk = DeskPanel(self._theme)
        self.status = StatusBar(HINT)
        frame = self._frame
        for host, view in (
            (frame.header, self.header),
            (frame.message, self.message),
            (frame.left, self.left),
            (frame.desk, self.desk),
            (frame.foot, self.status),
        ):
            host.put(view)

    def _connect(self) -> None:
        self.header.search_box.left.connect(self._leave_search)
        self.results.left.connect(self._leave_search)
        self.searching.measure_shown.connect(self._show_measure)
        self.searching.measure_opened.connect(self._open_measure)
        self.searching.changed.connect(self._show_search)
        self.searching.ended.connect(self._end_search)
        self.outline.place_chosen.connect(self._choose_section)
        self.reading.measure_chosen.connect(self._make_current)
        self.reading.stepped.connect(self._step)
        self.reading.section_reached.connect(self._reach_section)
        self.reading.copy_requested.connect(self.copying.with_citation)
        self.reading.menu_requested.connect(self._show_menu)
        self.desk.place_chosen.connect(self.go_to)
        self.desk.left.connect(self.reading.setFocus)
        self.writing.changed.connect(self._show_notebook)
        self.writing.failed.connect(self._tell_failure)
        for source in (self.searching, self.writing, self.copying):
            source.word_said.connect(self.status.flash)

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "search": self.searching.take_keyboard,
            "next_hit": lambda: self.searching.step(1),
            "previous_hit": lambda: self.searching.step(-1),
            "clear_search": self._leave_search,
            "back": lambda: self._travel(self._history.back),
            "forward": lambda: self._travel(self._history.forward),
            "next_section": lambda: self._step_section(1),
            "previous_section": lambda: self._step_section(-1),
            "copy": self.copying.with_citation,
            "copy_plain": self.copying.words,
            "copy_citation": self.copying.citation,
            "note": self._start_note,
            "bookmark": self._toggle_bookmark,
            "undo": self.writing.undo,
            "redo": self.writing.redo,
            "larger": lambda: self._resize_text(1),
            "smaller": lambda: self._resize_text(-1),
            "normal_size": lambda: self._set_text_size(settings.TEXT_SIZE.default),
            "toggle_outline": lambda: self._toggle(self._frame.left, settings.OUTLINE_SHOWN),
            "toggle_desk": lambda: self._toggle(self._frame.desk, settings.DESK_SHOWN),
            "theme_system": lambda: self.theme_chosen.emit("system"),
            "theme_light": lambda: self.theme_chosen.emit("light"),
            "theme_dark": lambda: self.theme_chosen.emit("dark"),
            "theme_contrast": lambda: self.theme_chosen.emit("contrast"),
            "keys": lambda: self.help_requested.emit("keys"),
            "data_folder": self.data_folder_requested.emit,
            "about": lambda: self.help_requested.emit("about"),
            "quit": self.close,
        }

    # What was remembered

    def _restore(self) -> None:
        get = self._settings.get
        size = get(settings.TEXT_SIZE)
        self._set_text_size(size if TEXT_SIZES[0] <= size <= TEXT_SIZES[-1] else settings.TEXT_SIZE.default)
        if not get(settings.GEOMETRY).isEmpty():
            self.restoreGeometry(get(settings.GEOMETRY))
        if not get(settings.COLUMNS).isEmpty():
            self._frame.columns.restoreState(get(settings.COLUMNS))
        self._frame.left.setVisible(get(settings.OUTLINE_SHOWN))
        self._frame.desk.setVisible(get(settings.DESK_SHOWN))
        place = get(settings.place(self._document.id))
        if place in self._document.places:
            self._current = place
            self._section = self._document.places[place].section_key
            self.reading.set_current(place)
        self.column.show_part(self._part_heading())

    def _announce_place(self) -> None:
        """Tell the views that have just been made where the reader is."""
        from content import citation

        if self._current:
            self.desk.show_measure(self._current, citation.short(self._document, self._current))
        self._reach_section(self._section)
        self.writing.refresh()

    def _part_heading(self) -> str:
        part = self._document.part(self._section[0])
        return part.printed_heading if part and part.number else _FRONT_MATTER

    def return_to_place(self) -> None:
        """Scroll to the remembered measure; works only once the window has its size."""
        if self._current:
            self.reading.bring_into_view(self._current)

    def _remember(self) -> None:
        keep = self._settings.set
        keep(settings.GEOMETRY, QByteArray(self.saveGeometry()))
        keep(settings.COLUMNS, QByteArray(self._frame.columns.saveState()))
        keep(settings.TEXT_SIZE, self._text_size)
        keep(settings.place(self._document.id), self._here())
        self._settings.flush()

    # Reading

    def _here(self) -> str:
        return self._current or self.reading.top_measure()

    def _make_current(self, measure_id: str) -> None:
        from content import citation

        if measure_id == self._current:
            return
        self._current = measure_id
        self.reading.set_current(measure_id)
        self.results.mark(measure_id)
        self.desk.show_measure(measure_id, citation.short(self._document, measure_id))
        self._reach_section(self._document.places[measure_id].section_key)
        self._update_status()

    def _step(self, step: int) -> None:
        if self._current:
            at = self._order.index(self._current) + step
            target = self._order[min(max(at, 0), len(self._order) - 1)]
        else:
            target = self.reading.top_measure()
        if target:
            self._make_current(target)
            self.reading.bring_into_view(target)

    def _step_section(self, step: int) -> None:
        here = self._order.index(self.reading.top_measure() or self._order[0])
        firsts = [self._order.index(entry.measure_id) for entry in self._entries]
        ahead = (
            [at for at in firsts if at > here] if step > 0 else [at for at in reversed(firsts) if at < here]
        )
        if ahead:
            self._choose_section(self._order[ahead[0]])

    def _choose_section(self, measure_id: str) -> None:
        self._history.jump(self._here(), measure_id)
        self._make_current(measure_id)
        self.reading.scroll_to(measure_id, heading=True)
        self._update_history_actions()

    def _reach_section(self, key: tuple[int, int]) -> None:
        self._section = key
        self.outline.show_section(key)
        section = self._document.section(*key)
        heading = self._part_heading()
        self.column.show_part(heading)
        self.left.describe_scopes(
            heading if key[0] else "",
            f"{section.label}{section.title}" if section and section.number else "",
        )
        if not self.desk.isAncestorOf(self.focusWidget() or self):
            self.writing.show_section(key)

    def _travel(self, step: Callable[[str], str | None]) -> None:
        target = step(self._here())
        if target:
            self._make_current(target)
            self.reading.bring_into_view(target)
        self._update_history_actions()

    def _update_history_actions(self) -> None:
        self.actions_by_id["back"].setEnabled(self._history.can_go_back)
        self.actions_by_id["forward"].setEnabled(self._history.can_go_forward)

    def _resize_text(self, step: int) -> None:
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - self._text_size))
        at = TEXT_SIZES.index(nearest) + step
        self._set_text_size(TEXT_SIZES[min(max(at, 0), len(TEXT_SIZES) - 1)])
        self.status.flash(f"文字大小 {self._text_size}")

    def _set_text_size(self, size: int) -> None:
        self._text_size = size
        self.reading.show_page(rows(self._document), Typography(self._fonts.serif, size))

    def _toggle(self, view: QWidget, setting: settings.Setting) -> None:
        shown = not view.isVisible()
        view.setVisible(shown)
        self._settings.set(setting, shown)

    # Searching

    def _show_measure(self, measure_id: str) -> None:
        self._make_current(measure_id)
        self.reading.bring_into_view(measure_id)

    def _open_measure(self, measure_id: str) -> None:
        self.go_to(measure_id)
        self.reading.setFocus()

    def _show_search(self) -> None:
        searching = self.searching.findings is not None
        self._frame.left.setVisible(searching or self._settings.get(settings.OUTLINE_SHOWN))
        self._show_marks()
        self._update_status()

    def _end_search(self, origin: str) -> None:
        if origin and self._current and origin != self._current:
            self._history.jump(origin, self._current)
            self._update_history_actions()

    def _leave_search(self) -> None:
        if self.desk.isAncestorOf(self.focusWidget() or self):
            self.reading.setFocus()
            return
        self.searching.clear()
        self.reading.setFocus()

    # Writing

    def _show_notebook(self) -> None:
        self._show_marks()
        self._update_status()
        self.status.show_saving("已保存" if self.writing.is_possible else "笔记本未打开")
        self.actions_by_id["undo"].setEnabled(self.writing.can_undo)
        self.actions_by_id["redo"].setEnabled(self.writing.can_redo)

    def _show_marks(self) -> None:
        findings = self.searching.findings
        shelf = self.writing.shelf
        marks = Marks(noted=shelf.noted, bookmarked=shelf.bookmarked)
        if findings is not None:
            marks.hits = findings.spans
        self.reading.set_marks(marks)

    def _start_note(self) -> None:
        if not self._current:
            self._step(1)
        self._frame.desk.show()
        self.desk.write_note()

    def _toggle_bookmark(self) -> None:
        if not self._current:
            self._step(1)
        self.writing.toggle_bookmark(self._current)

    def _tell_failure(self, sentence: str) -> None:
        self.status.show_saving("有改动未存下")
        self.tell(sentence)

    # Menus and status

    def _show_menu(self, measure_id: str, corner: QPoint) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        if measure_id:
            self._make_current(measure_id)
        menu = QMenu(self)
        for name in ("copy", "copy_plain", "copy_citation", "", "note", "bookmark"):
            if name:
                menu.addAction(self.actions_by_id[name])
            else:
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(corner)

    def _update_status(self) -> None:
        from content import citation

        pieces = [citation.short(self._document, self._current)] if self._current else []
        hits = self.searching.hits
        if self._current in hits:
            pieces.append(f"命中 {hits.index(self._current) + 1} / {len(hits)}")
        elif hits:
            pieces.append(f"命中 {len(hits)}")
        self.status.show_place("　·　".join(pieces))
        shelf = self.writing.shelf
        self.status.show_counts(
            f"{shelf.measure_count} 条举措 · {len(shelf.notes)} 条批注 · {len(shelf.bookmarks)} 个书签"
        )
