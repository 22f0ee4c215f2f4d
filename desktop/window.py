"""The window: it alone connects the views with the text, the search and the notebook.

It is made in two steps, because the reader wants the text at once: ``__init__`` makes the frame and the text, ``furnish``,
after the first paint, everything else. Modules for the second step are loaded then, and nothing of the first step
touches PySide's ``Qt`` namespace, whose hundred enums alone take longer than the layout of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from content.model import Document
from content.standing import edition_name, superseded_notice
from desktop import settings
from desktop.arrangement import Arrangement
from desktop.fonts import Fonts
from desktop.navigation import Navigation
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.frame import Frame
from desktop.views.marks import Marks
from desktop.views.reading import ReadingView
from desktop.views.reading_column import ReadingColumn

if TYPE_CHECKING:
    from desktop.commands import Commands
    from desktop.finder import Finder
    from desktop.jobs import Jobs

READING, MEETINGS, LEDGER = "阅读", "会议", "台账"
"""The workspace that is always there, that of the meetings, that of the ledger."""
_ON_TEXT = (
    *("copy", "copy_plain", "copy_citation", "bookmark", "meeting", "unmark", "selection_bar"),
    *("mark_yellow", "mark_green", "mark_blue", "mark_pink"),
)
"""Actions on what is selected or current in the text; where it is not in sight they would work on nobody knows what."""
_ON_AGENDA = ("item_up", "item_down")
"""Actions whose keys are a list's own elsewhere."""
_BESIDE_TEXT = (
    *("next_hit", "previous_hit", "back", "forward", "next_section", "previous_section", "terms"),
    *("note", "note_section", "note_document", "show_notes", "filter_notes", "show_bookmarks"),
    *("show_highlights", "show_related", "show_bin", "toggle_outline", "toggle_desk"),
)
"""Actions that show something beside the text, and lead back to it first."""
KEEPING = ("checkup", "export_notes", "import_notes", "back_up", "restore")
"""Actions on the notebook as a whole; who made the window sees to them."""
_FRONT_MATTER = "印发通知与引言"
_UNSAVED = "有文字没有存下，还在写的地方；请复制到别处，或处理好笔记本后再关闭。再次关闭将不保留这些文字。"
LEDGER_HINT = "Enter 编辑 · Ctrl+V 粘贴分工 · Ctrl+Shift+↓ 向下填充 · Ctrl+L 加一行 · Del 删除"
HINT = "Ctrl+K 搜索 · Ctrl+C 复制并附出处 · Ctrl+M 批注 · Ctrl+D 书签 · F1 更多"


class Window(QWidget):
    """One document on the desk."""

    theme_chosen = Signal(str)
    data_folder_requested = Signal()
    vocabulary_requested = Signal()
    excerpt_requested = Signal()
    help_requested = Signal(str)
    keeping_requested = Signal(str)
    closed = Signal()

    def __init__(self, document: Document, remembered: Settings, fonts: Fonts, theme: Theme) -> None:
        super().__init__()
        self.remembers = True
        self._document = document
        self._settings = remembered
        self._fonts = fonts
        self._theme = theme
        self._is_furnished = False
        self._has_warned = False
        self.setObjectName("window")
        self.setWindowTitle(document.title)
        self.setMinimumSize(880, 480)
        self.resize(1280, 720)
        self.reading = ReadingView(theme, fonts.sans, self)
        self.column = ReadingColumn(self.reading, superseded_notice(document), self)
        self._frame = Frame(self, self.column)
        self._arrangement = Arrangement(self, self._frame, self.reading, document, fonts, remembered)
        self._restore()

    @property
    def current(self) -> str:
        """The id of the current measure; empty before the reader has chosen one."""
        return self.navigation.current

    def whereabouts(self) -> tuple[tuple[str, ...], tuple[int, int]]:
        """The measures that are selected, or else the current one, and the section the reader is in."""
        chosen = tuple(dict.fromkeys(one.measure_id for one in self.reading.selected()))
        return chosen or tuple(filter(None, (self.current,))), self.navigation.section

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    def show_theme(self, theme: Theme) -> None:
        """Draw what style sheets do not reach with other colours."""
        self._theme = theme
        for view in (
            self.reading,
            self.outline,
            self.results,
            self.strip,
            self.header.search_box,
            self.dropdown,
            self.desk,
            self.bar,
            self.meetings,
            self.ledger_page,
        ):
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
            self.navigation.go_to(target.measure_id)
        return target is not None

    def search_for(self, text: str) -> None:
        """Search as if the reader had typed it."""
        self.header.search_box.setText(text)

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
        self.ledger_page.finish()
        self.desk.notes.end_writing()
        self.meetings.settle()
        if self._has_warned or not (self.desk.notes.has_unsaved_words or self.meetings.is_unsaved):
            return True
        self._has_warned = True
        if self.desk.notes.has_unsaved_words:
            self._frame.desk.show()
        self.tell(_UNSAVED)
        return False

    def furnish(self, finder: Finder, commands: Commands, jobs: Jobs) -> None:
        """Fill the frame, once, with what makes the text searchable and the notebook writable."""
        from desktop import actions
        from desktop.describing import Describing

        self._describing = Describing(self._document, commands.shelf)
        self._make_views()
        self._make_searching(finder)
        self._make_writing(commands, jobs)
        self._make_meeting_work(commands, jobs)
        self._make_ledger_work(commands)
        handlers = {**self._handlers()}
        handlers |= {name: self._from_reading(handlers[name]) for name in _BESIDE_TEXT}
        self.actions_by_id = actions.make_actions(self, handlers)
        actions.fill_menu(self.header.menu, self.actions_by_id)
        self._connect()
        self._enable_actions(READING)
        self._is_furnished = True
        self.reading.settle()
        self._update_history_actions()
        self._announce_place()

    def _make_searching(self, finder: Finder) -> None:
        from desktop.offering import Offering
        from desktop.recall import Recall
        from desktop.searching import Searching, SearchViews

        recall = Recall(self._settings)
        views = SearchViews(self.header.search_box, self.left, self.results, self.strip, self.hits_bar)
        self.offering = Offering(
            self._document, finder, recall, views.box, self.dropdown, lambda: self.searching.place
        )
        self.searching = Searching(
            self._document,
            finder,
            views,
            self.offering,
            recall,
            self._settings,
            lambda: self.navigation.here,
        )

    def _make_writing(self, commands: Commands, jobs: Jobs) -> None:
        from desktop.copying import Copying
        from desktop.marking import Marking
        from desktop.relating import Relating
        from desktop.writing import Writing

        self.writing = Writing(self._document, commands, self._describing, self.desk, self.outline)
        self.relating = Relating(self._document, jobs, self.desk.related)
        self.copying = Copying(self._document, self.reading, lambda: self.navigation.current)
        self.marking = Marking(
            self._document,
            self.reading,
            self.bar,
            self.writing,
            self.navigation.choose,
            self.copying.with_citation,
        )

    def _make_meeting_work(self, commands: Commands, jobs: Jobs) -> None:
        from desktop.convening import Convening
        from desktop.preparing import Preparing
        from desktop.projecting import Projecting

        self.convening = Convening(
            self._document,
            commands,
            self._describing,
            self.meetings,
            self._settings,
            lambda: self.navigation.current,
        )
        self.preparing = Preparing(self.meetings.paper, jobs, self._fonts, self.convening.brief)
        self.projecting = Projecting(
            self, self._document, commands.shelf, self._describing, self._fonts, lambda: self.theme
        )

    def _make_ledger_work(self, commands: Commands) -> None:
        from desktop.ledgering import Ledgering

        self.ledgering = Ledgering(
            self._document,
            commands,
            self._describing,
            self.ledger_page,
            self.navigation.choose,
            lambda: self._theme,
        )

    def _make_views(self) -> None:
        from desktop.listing import Grouping, Order
        from desktop.views.box_dropdown import BoxDropdown
        from desktop.views.desk import DeskPanel
        from desktop.views.header import Header
        from desktop.views.hit_strip import HitStrip, stands
        from desktop.views.hits_bar import HitsBar
        from desktop.views.left_column import LeftColumn
        from desktop.views.message import Message
        from desktop.views.outline import OutlineView, entries
        from desktop.views.results import ResultsView
        from desktop.views.selection_bar import SelectionBar
        from desktop.views.status import StatusBar

        self._entries = entries(self._document)
        self.header = Header(
            self._document.title,
            edition_name(self._document),
            (READING, *self._make_workspaces()),
            self._theme,
        )
        self.header.tabs.workspace_chosen.connect(self.show_workspace)
        self.header.tabs.show_chosen(READING)
        self.message = Message()
        self.outline = OutlineView(self._entries, self._theme)
        self.results = ResultsView(self._theme, self._fonts.serif)
        self.strip = HitStrip(stands(self._document), self._theme)
        self.hits_bar = HitsBar([one.value for one in Order], [one.value for one in Grouping])
        self.left = LeftColumn(self.outline, self.results, self.strip, self.hits_bar)
        self.desk = DeskPanel(self._theme, self._describing.card)
        self.bar = SelectionBar(self._theme, self.reading)
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
        self.dropdown = BoxDropdown(self._theme, self.header.search_box, self)

    def _make_workspaces(self) -> dict[str, QWidget]:
        """The workspaces beside reading, by the names of their tabs; each is put into the frame."""
        from desktop.ledgering import make_page

        made: dict[str, QWidget] = {}
        made[MEETINGS] = self._make_meetings()
        made[LEDGER] = self.ledger_page = make_page(self._theme, self._fonts.serif)
        for page in made.values():
            self._frame.workspaces.addWidget(page)
        self._workspaces = {READING: self._frame.columns, **made}
        return made

    def show_workspace(self, name: str) -> None:
        """Go to a workspace; the one left keeps its place."""
        self._bring(name)
        (self.reading if name == READING else self._workspaces[name]).setFocus()

    def _bring(self, name: str) -> None:
        """Show a workspace; the keyboard stays where it is."""
        self._frame.workspaces.setCurrentWidget(self._workspaces[name])
        self.header.tabs.show_chosen(name)
        self._enable_actions(name)
        self.status.show_hint(LEDGER_HINT if name == LEDGER else HINT)
        self._update_status()

    def _enable_actions(self, workspace: str) -> None:
        for names, wanted in ((_ON_TEXT, READING), (_ON_AGENDA, MEETINGS)):
            for one in names:
                self.actions_by_id[one].setEnabled(workspace == wanted)
        # In the ledger Esc gives up what is being edited.
        self.actions_by_id["clear_search"].setEnabled(workspace != LEDGER)

    @property
    def _workspace(self) -> str:
        """The workspace that is shown."""
        shown = self._frame.workspaces.currentWidget()
        return next(name for name, page in self._workspaces.items() if page is shown)

    @property
    def _is_reading(self) -> bool:
        return self._frame.workspaces.currentWidget() is self._frame.columns

    def _from_reading(self, act: Callable[[], object]) -> Callable[[], object]:
        """An act that shows something beside the text: the reader is brought there first."""

        def done() -> None:
            if not self._is_reading:
                self.show_workspace(READING)
            act()

        return done

    def _make_meetings(self) -> QWidget:
        from desktop.dockets import section_choices
        from desktop.views.meeting_page import MeetingPage

        self.meetings = MeetingPage(self._theme, self._fonts.serif, section_choices(self._document))
        return self.meetings

    def _switch_meetings(self) -> None:
        self.show_workspace(MEETINGS if not self.meetings.isVisible() else READING)

    def _project(self) -> None:
        if self.meetings.isVisible() and (meeting := self.convening.meeting):
            self.projecting.show_agenda(meeting.id, self.meetings.agenda.current)
        elif self._is_reading:
            self.projecting.show_sections(self.navigation.section)

    def _connect_meetings(self) -> None:
        self.meetings.paper.projection_requested.connect(self._project)
        self.marking.meeting_requested.connect(self.convening.put)
        self.meetings.meetings.left.connect(lambda: self.show_workspace(READING))
        self.convening.place_opened.connect(self._open_item)
        self.convening.changed.connect(self.preparing.refresh)
        self.convening.changed.connect(self._update_status)
        for source in (self.convening, self.preparing):
            source.told.connect(self.tell)
        for speaker in (self.convening, self.preparing, self.projecting):
            speaker.word_said.connect(self.status.flash)

    def _open_item(self, item_id: str) -> None:
        self.show_workspace(READING)
        self._open_entry(item_id)

    def _connect(self) -> None:
        self.header.search_box.left.connect(self._leave_search)
        self.results.left.connect(self._leave_search)
        self.strip.left.connect(self._leave_search)
        self.navigation.measure_reached.connect(self._reach_measure)
        self.navigation.section_reached.connect(self._reach_section)
        self.navigation.jumped.connect(self._update_history_actions)
        self.searching.measure_shown.connect(self.navigation.show)
        self.searching.measure_opened.connect(self._open_measure)
        self.searching.changed.connect(self._show_search)
        self.searching.ended.connect(self.navigation.jump_from)
        self.outline.place_chosen.connect(self.navigation.open_section)
        self.reading.measure_chosen.connect(self.navigation.make_current)
        self.reading.stepped.connect(self.navigation.step)
        self.reading.section_reached.connect(self.navigation.reach)
        self.reading.copy_requested.connect(self.copying.with_citation)
        self.reading.menu_requested.connect(self._show_menu)
        self.reading.margin_clicked.connect(self._show_notes_on)
        self.marking.note_started.connect(self._frame.desk.show)
        self.writing.entry_opened.connect(self._open_entry)
        self.relating.measure_opened.connect(self._show_measure)
        self.desk.left.connect(self.reading.setFocus)
        self.writing.changed.connect(self._show_notebook)
        self.writing.failed.connect(self._tell_failure)
        self._arrangement.tell = self.status.flash
        self.ledgering.place_opened.connect(self._open_ledger_place)
        self.ledgering.changed.connect(self._update_status)
        self.ledgering.word_said.connect(self.status.flash)
        for source in (self.searching, self.offering, self.writing, self.copying, self.marking):
            source.word_said.connect(self.status.flash)
        self._connect_meetings()

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "search": self.searching.take_keyboard,
            "next_hit": lambda: self.searching.step(1),
            "previous_hit": lambda: self.searching.step(-1),
            "literal": self.searching.switch_literal,
            "switch_order": self.searching.switch_order,
            "switch_grouping": self.searching.switch_grouping,
            "save_search": self.offering.ask_name,
            "search_guide": self.offering.switch_guide,
            "clear_search": self._leave_search,
            "vocabulary": self.vocabulary_requested.emit,
            "excerpt": self._request_excerpt,
            "reading": partial(self.show_workspace, READING),
            "ledger": partial(self.show_workspace, LEDGER),
            "ledger_row": self.ledgering.add_row,
            "back": self.navigation.back,
            "forward": self.navigation.forward,
            "next_section": lambda: self._step_section(1),
            "previous_section": lambda: self._step_section(-1),
            "meetings": self._switch_meetings,
            "project": self._project,
            "item_up": lambda: self.convening.step(-1),
            "item_down": lambda: self.convening.step(1),
            "terms": self._show_terms,
            "copy": self.copying.with_citation,
            "copy_plain": self.copying.words,
            "copy_citation": self.copying.citation,
            "note": self.marking.write_note,
            "note_section": lambda: self._write_on(self.writing.write_on_section),
            "note_document": lambda: self._write_on(self.writing.write_on_document),
            "bookmark": self.marking.toggle_bookmark,
            "meeting": self.marking.put_into_meeting,
            **self._marking_handlers(),
            "undo": self.writing.undo,
            "redo": self.writing.redo,
            **self._desk_handlers(),
            **{name: partial(self._request_keeping, name) for name in KEEPING},
            "larger": self._arrangement.enlarge_text,
            "smaller": self._arrangement.reduce_text,
            "normal_size": self._arrangement.reset_text,
            "toggle_outline": self._arrangement.toggle_outline,
            "toggle_desk": self._arrangement.toggle_desk,
            "theme_system": lambda: self.theme_chosen.emit("system"),
            "theme_light": lambda: self.theme_chosen.emit("light"),
            "theme_dark": lambda: self.theme_chosen.emit("dark"),
            "theme_contrast": lambda: self.theme_chosen.emit("contrast"),
            "keys": lambda: self.help_requested.emit("keys"),
            "data_folder": self.data_folder_requested.emit,
            "about": lambda: self.help_requested.emit("about"),
            "quit": self.close,
        }

    def _marking_handlers(self) -> dict[str, Callable[[], object]]:
        from desktop.notebook.model import Color

        return {
            **{f"mark_{color.name.lower()}": partial(self.marking.mark, color) for color in Color},
            "unmark": self.marking.unmark,
            "selection_bar": self.marking.take_keyboard,
        }

    def _desk_handlers(self) -> dict[str, Callable[[], object]]:
        from desktop.views.desk import BIN, BOOKMARKS, HIGHLIGHTS

        desk = self.desk
        return {
            "show_notes": self._go_to_notes,
            "filter_notes": self._filter_notes,
            "show_bookmarks": lambda: self._go_to_tab(BOOKMARKS, desk.bookmarks),
            "show_highlights": lambda: self._go_to_tab(HIGHLIGHTS, desk.highlights),
            "show_related": self._go_to_related,
            "show_bin": lambda: self._go_to_tab(BIN, desk.bin.list),
        }

    # What was remembered

    def _restore(self) -> None:
        self._arrangement.restore()
        place = self._settings.get(settings.place(self._document.id))
        self.navigation = Navigation(self._document, self.reading, place)
        self.column.show_part(self._part_heading())

    def _announce_place(self) -> None:
        """Tell the views that have just been made where the reader is."""
        if self.current:
            self.writing.show_measure(self.current)
            self.relating.show_measure(self.current)
        self._reach_section(self.navigation.section)
        self.writing.refresh()

    def _part_heading(self, number: int | None = None) -> str:
        """The heading of a part, of the one that is being read if none is given."""
        part = self._document.part(self.navigation.section[0] if number is None else number)
        return part.printed_heading if part and part.number else _FRONT_MATTER

    def return_to_place(self) -> None:
        """Scroll to the remembered measure; works only once the window has its size."""
        if self.current:
            self.reading.bring_into_view(self.current)

    def _remember(self) -> None:
        self._arrangement.remember()
        if self._is_furnished:
            self.searching.settle()
        self._settings.set(settings.place(self._document.id), self.navigation.here)
        self._settings.flush()

    # Reading

    def _reach_measure(self, measure_id: str) -> None:
        self.results.mark(measure_id)
        self.writing.show_measure(measure_id)
        self.relating.show_measure(measure_id)
        self._update_status()

    def _step_section(self, step: int) -> None:
        self.navigation.step_section(step, [entry.measure_id for entry in self._entries])

    def _reach_section(self, key: tuple[int, int]) -> None:
        self.outline.show_section(key)
        self.strip.show_section(key)
        self.column.show_part(self._part_heading())
        self._describe_scopes()
        if not self.desk.notes.isAncestorOf(self.focusWidget() or self):
            self.writing.show_section(key)

    def _describe_scopes(self) -> None:
        part, section = self.searching.place
        where = self._document.section(part, section)
        self.left.describe_scopes(
            self._part_heading(part) if part else "",
            f"{where.label}{where.title}" if where and where.number else "",
        )

    def _update_history_actions(self) -> None:
        self.actions_by_id["back"].setEnabled(self.navigation.can_go_back)
        self.actions_by_id["forward"].setEnabled(self.navigation.can_go_forward)

    # Searching

    def _open_measure(self, measure_id: str) -> None:
        self._bring(READING)
        self.navigation.go_to(measure_id)
        self.reading.setFocus()

    def _show_measure(self, measure_id: str) -> None:
        """Bring a measure into view; the keyboard stays where it is."""
        origin = self.navigation.here
        self.navigation.show(measure_id)
        self.navigation.jump_from(origin)

    def _show_search(self) -> None:
        searching = self.searching.findings is not None
        if searching and not self._is_reading:
            self._bring(READING)
        self._frame.left.setVisible(searching or self._arrangement.shows_outline)
        self._describe_scopes()
        self._show_marks()
        self._update_status()

    def _leave_search(self) -> None:
        if self.offering.close():
            return
        if not self._is_reading:
            page = self._workspaces[self._workspace]
            if page.isAncestorOf(self.focusWidget() or self):
                self.show_workspace(READING)
            else:
                page.setFocus()
            return
        if self.reading.hasFocus() and self.reading.drop_selection():
            return
        if self.desk.isAncestorOf(self.focusWidget() or self):
            self.reading.setFocus()
            return
        self.searching.clear()
        self.reading.setFocus()

    # Writing

    def _show_notebook(self) -> None:
        self._show_marks()
        self._update_status()
        closed = "正在打开笔记本" if self.writing.is_opening else "笔记本未打开"
        self.status.show_saving("已保存" if self.writing.is_possible else closed)
        self.actions_by_id["undo"].setEnabled(self.writing.can_undo)
        self.actions_by_id["redo"].setEnabled(self.writing.can_redo)

    def _show_marks(self) -> None:
        spans = self.searching.spans
        shelf, describing = self.writing.shelf, self._describing
        marks = Marks(
            note_counts=shelf.note_counts,
            bookmarked=shelf.bookmarked,
            highlights=describing.strokes(),
            note_ranges=describing.note_ranges(),
        )
        if spans is not None:
            marks.hits = spans
        self.reading.set_marks(marks)

    def _write_on(self, write: Callable[[], None]) -> None:
        self._frame.desk.show()
        write()

    def _show_notes_on(self, measure_id: str) -> None:
        self._frame.desk.show()
        self.writing.show_notes_on(measure_id)

    def _go_to_notes(self) -> None:
        if self.desk.isAncestorOf(self.focusWidget() or self):
            self.reading.setFocus()
        else:
            self._show_notes_on(self.navigation.choose())

    def _filter_notes(self) -> None:
        from desktop.views.desk import NOTES

        self._frame.desk.show()
        self.desk.show_tab(NOTES)
        self.desk.notes.filter.take_keyboard()

    def _go_to_tab(self, tab: int, view: QWidget) -> None:
        self._frame.desk.show()
        self.desk.show_tab(tab)
        view.setFocus()

    def _go_to_related(self) -> None:
        from desktop.views.desk import RELATED

        self.navigation.choose()
        self._go_to_tab(RELATED, self.desk.related.list)

    def _show_terms(self) -> None:
        from desktop.views.terms_dialog import TermsDialog

        rows = self._describing.term_rows()
        dialog = TermsDialog(rows, self._theme, self)
        dialog.term_chosen.connect(self._open_term)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _open_term(self, row_id: str) -> None:
        """Go to where a term stands, to the next place if it is there already."""
        measures = row_id.split()
        at = measures.index(self.current) + 1 if self.current in measures else 0
        self.navigation.go_to(measures[at % len(measures)])

    def _open_entry(self, entry_id: str) -> None:
        """Show where an entry stands; the keyboard stays where it is."""
        shelf = self.writing.shelf
        entry = shelf.entry(entry_id)
        if entry is None or not shelf.measure_of(entry):
            return
        attachment = shelf.attachment(entry)
        origin = self.navigation.here
        self.navigation.make_current(attachment.measure)
        self.navigation.jump_from(origin)
        self.reading.bring_into_view(attachment.measure)
        if attachment.spans:
            span = attachment.spans[0]
            self.reading.show_range(span.measure, span.start, span.end)

    def _request_excerpt(self) -> None:
        self.desk.notes.save_pending()
        self.excerpt_requested.emit()

    def _open_ledger_place(self, action_id: str) -> None:
        """Show in the text what a row of the ledger is about."""
        self.show_workspace(READING)
        self._open_entry(action_id)

    def _request_keeping(self, action: str) -> None:
        if not self.writing.is_possible:
            self.tell(
                "笔记本没有打开，现在不能这样做；原文仍可阅读、搜索。请先按提示处理笔记本，再重新启动。"
            )
            return
        self.desk.notes.save_pending()
        self.keeping_requested.emit(action)

    def _tell_failure(self, sentence: str) -> None:
        self.status.show_saving("有改动未存下")
        self.tell(sentence)

    # Menus and status

    def _show_menu(self, measure_id: str, corner: QPoint) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        if measure_id:
            self.navigation.make_current(measure_id)
        menu = QMenu(self)
        groups = (
            ("copy", "copy_plain", "copy_citation"),
            ("mark_yellow", "mark_green", "mark_blue", "mark_pink", "unmark"),
            ("note", "bookmark", "meeting", "ledger_row"),
        )
        for name in (name for group in groups for name in (*group, "")):
            if name:
                menu.addAction(self.actions_by_id[name])
            else:
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(corner)

    def _update_status(self) -> None:
        from content import citation

        if self.meetings.isVisible():
            self.status.show_place(self.convening.summary)
            return
        if self._workspace == LEDGER:
            self.status.show_place("")
            self.status.show_counts(self.ledgering.summary)
            return
        pieces = [citation.short(self._document, self.current)] if self.current else []
        pieces += filter(None, [self.searching.position(self.current)])
        self.status.show_place("　·　".join(pieces))
        shelf = self.writing.shelf
        self.status.show_counts(
            f"{shelf.measure_count} 条举措 · {len(shelf.notes)} 条批注 · {len(shelf.bookmarks)} 个书签"
        )
