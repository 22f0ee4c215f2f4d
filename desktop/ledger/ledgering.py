"""台账 as the reader meets it: rows listed, written, filled down, pasted into, deleted; every change can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from content import citation
from content.model import Document
from desktop.commands import Commands
from desktop.describing import Describing
from desktop.ledger.tabling import Asked, Tabling
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.assignments import Role, understand
from desktop.notebook.due import written
from desktop.notebook.ledger import LABEL, Grouping, Timing, Wanted, fill_down, units
from desktop.notebook.model import Action, Progress, Status
from desktop.theme import Theme
from desktop.views.assignment_dialog import AssignmentDialog
from desktop.views.entry_list import EntryRow
from desktop.views.ledger_line import COLUMNS, TYPED, LedgerLine
from desktop.views.ledger_page import LedgerPage
from desktop.views.progress_dialog import ProgressDialog

CHIPS = {
    "全部": Wanted(),
    "逾期": Wanted(timing=Timing.OVERDUE),
    "30天内": Wanted(timing=Timing.SOON),
    "未启动": Wanted(status=Status.NOT_STARTED),
}
_TITLES = {column.key: column.title for column in COLUMNS}
_PASTED = ("lead", "support", "due", "person")


def make_page(theme: Theme, serif: str) -> LedgerPage:
    """The page with the names of what it can list."""
    return LedgerPage(
        LABEL,
        list(CHIPS),
        [one.value for one in (Grouping.SECTION, *(one for one in Grouping if one is not Grouping.SECTION))],
        [one.value for one in Status],
        theme,
        serif,
    )


class Ledgering(QObject):
    """Passes what the reader writes in the ledger to the commands, and shows what is there now.

    ``here`` gives the current measure of the text, chosen if there is none yet. ``place_opened``: the reader wants to see
    where a row stands in the text (its id); ``changed``: what there is to be counted is other now.
    """

    word_said = Signal(str)
    place_opened = Signal(str)
    changed = Signal()

    def __init__(
        self,
        document: Document,
        commands: Commands,
        describing: Describing,
        page: LedgerPage,
        here: Callable[[], str],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(page)
        self._document = document
        self._commands = commands
        self._page = page
        self._here = here
        self._theme = theme
        self.tabling = Tabling(document, commands.shelf, describing)
        self.asked = Asked()
        self._summary, self._summed = "", -1
        self._connect()

    def _connect(self) -> None:
        page, bar, table = self._page, self._page.bar, self._page.table
        self._commands.changed.connect(self._follow)
        page.shown.connect(self.refresh)
        bar.chip_chosen.connect(self._choose_chip)
        bar.words_changed.connect(self._choose_words)
        bar.grouping_chosen.connect(self._choose_grouping)
        bar.row_requested.connect(self.add_row)
        page.sort_chosen.connect(self._sort)
        page.status_chosen.connect(self._set_status)
        table.lines.edited.connect(self._edit)
        table.filled.connect(self._fill)
        table.pasted.connect(self._paste)
        table.delete_requested.connect(self._delete)
        table.progress_requested.connect(self._open_progress)
        table.place_opened.connect(self.place_opened)

    # What is shown

    @property
    def today(self) -> date:
        """The day for which is said what is late."""
        return date.today()

    @property
    def summary(self) -> str:
        """How many rows and units there are."""
        shelf = self._commands.shelf
        if self._summed != shelf.version:
            self._summed = shelf.version
            written_in = {cell for one in shelf.actions for cell in (one.lead, one.support)}
            named = {unit for cell in written_in for unit in units(cell)}
            self._summary = f"{len(shelf.actions)} 行 · {len(named)} 个单位"
        return self._summary

    def listed(self) -> list[Action]:
        """The rows that are listed now, in the order shown."""
        items = self.tabling.items(self.asked, self.today)
        return self._actions([one.entry_id for one in items if isinstance(one, LedgerLine)])

    def finish(self) -> None:
        """Take over what is being typed."""
        self._page.finish()

    def _follow(self) -> None:
        # What is not seen is not made: it is when the page is shown.
        if self._page.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show what the notebook holds now."""
        day = self.today
        counted = self.tabling.counts(day)
        numbers = (counted.total, counted.overdue, counted.soon, counted.not_started)
        self._page.show_items(
            self.tabling.items(self.asked, day), dict(zip(CHIPS, numbers, strict=True)), not counted.total
        )
        self.changed.emit()

    def _choose_chip(self, name: str) -> None:
        self._ask(wanted=replace(CHIPS[name], words=self.asked.wanted.words))

    def _choose_words(self, words: str) -> None:
        self._ask(wanted=replace(self.asked.wanted, words=words))

    def _choose_grouping(self, name: str) -> None:
        self._ask(grouping=Grouping(name))

    def _sort(self, column: str) -> None:
        self.asked = self.asked.sorted_by(column)
        self._page.table.show_sorting(self.asked.column, self.asked.descending)
        self.refresh()
        how = "从大到小" if self.asked.descending else "从小到大"
        self.word_said.emit(f"按“{_TITLES[column]}”{how}" if self.asked.column else "按原文顺序")

    def _ask(self, **values: object) -> None:
        self.asked = replace(self.asked, **values)  # type: ignore[arg-type]  # the names are those of Asked
        self.refresh()

    # What is changed

    def add_row(self) -> None:
        """A new row for the measure of the row that the keyboard is on, or else for the current measure of the text."""
        action = self._action(self._page.table.current_id) if self._page.isVisible() else None
        measure = self._commands.shelf.measure_of(action) if action is not None else ""
        measure = measure or self._here()
        made = self._commands.add_action(anchor_measure(self._document, measure))
        if not made:
            return
        where = citation.short(self._document, measure)
        if self._page.isVisible():
            self._reveal(made, "lead")
            self.word_said.emit(f"已为 {where} 列入一行，Ctrl+Z 可撤销")
        else:
            self.word_said.emit(f"已把 {where} 列入台账，Ctrl+3 去填写")

    def _reveal(self, action_id: str, key: str) -> None:
        """Put the keyboard on a row; if it is not listed, list all of them."""
        if not self._page.table.go_to(action_id, key):
            self._page.bar.show_all()
            self._ask(wanted=Wanted())
            self._page.table.go_to(action_id, key)
        self._page.setFocus()

    def _edit(self, action_id: str, key: str, words: str) -> None:
        if not self._commands.edit(action_id, f"改{_TITLES[key]}", **{key: self._kept(key, words)}):
            self._page.table.take_back(action_id, key, words)

    def _kept(self, key: str, words: str) -> str:
        return written(words, self.today) if key == "due" else words

    def _set_status(self, ids: list[str], name: str) -> None:
        self._revise(ids, {"status": Status(name)}, "改状态")

    def _fill(self, ids: list[str], keys: list[str]) -> None:
        revisions = fill_down(self._actions(ids), keys)
        if revisions and self._commands.revise(revisions, "向下填充"):
            columns = "、".join(_TITLES[key] for key in keys)
            self.word_said.emit(f"已把“{columns}”向下填充 {len(revisions)} 行，Ctrl+Z 可撤销")

    def _paste(self, text: str, ids: list[str], key: str) -> None:
        found = understand(text, self._reference)
        is_labelled = any(piece.role is Role.LABEL for piece in found.pieces)
        if key in TYPED and not is_labelled:
            words = " ".join(text.split())
            self._revise(ids, {key: self._kept(key, words)}, f"粘贴{_TITLES[key]}")
            return
        values = {name: getattr(found, name) for name in _PASTED}
        dialog = AssignmentDialog(text, values, found.rest, len(ids), self._page)
        dialog.accepted_values.connect(lambda chosen: self._assign(ids, chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _assign(self, ids: list[str], values: Mapping[str, str]) -> None:
        kept = {key: self._kept(key, words) for key, words in values.items()}
        if kept and self._revise(ids, kept, "粘贴分工"):
            self.word_said.emit("已填入，Ctrl+Z 可撤销")

    @property
    def _reference(self) -> date:
        """The day whose year is meant where a text of the plan names none."""
        try:
            return date.fromisoformat(self._document.front.issued)
        except ValueError:
            return self.today

    def _delete(self, ids: list[str]) -> None:
        if self._commands.delete(ids, "删除台账行"):
            self.word_said.emit(f"{len(ids)} 行已放入回收，Ctrl+Z 可撤销")

    def _revise(self, ids: Sequence[str], values: Mapping[str, object], name: str) -> bool:
        pairs = [(one, replace(one, **values)) for one in self._actions(ids)]  # type: ignore[arg-type]
        changed = [(old, new) for old, new in pairs if old != new]
        return not changed or self._commands.revise(changed, name)

    # Progress

    def _open_progress(self, action_id: str) -> None:
        action = self._action(action_id)
        if action is None:
            return
        line = self.tabling.line(action, self.today)
        head = f"{line.cells['place']}　{line.cells['text']}"
        dialog = ProgressDialog(head, self.today, self._theme(), self._page)

        def show() -> None:
            dialog.show_rows([_row(one) for one in reversed(self._commands.shelf.progress_of(action_id))])

        def write(day: str, words: str) -> None:
            if self._commands.add_progress(action_id, day, words):
                dialog.confirm()

        dialog.written.connect(write)
        dialog.delete_requested.connect(lambda ids: self._commands.delete(ids, "删除进展"))
        self._commands.changed.connect(show)
        dialog.finished.connect(lambda: self._commands.changed.disconnect(show))
        dialog.finished.connect(dialog.deleteLater)
        show()
        dialog.open()

    def _action(self, action_id: str) -> Action | None:
        entry = self._commands.shelf.entry(action_id)
        return entry if isinstance(entry, Action) else None

    def _actions(self, ids: Sequence[str]) -> list[Action]:
        return [one for one in self._commands.shelf.chosen(ids) if isinstance(one, Action)]


def _row(progress: Progress) -> EntryRow:
    return EntryRow(progress.id, progress.text, " · ".join(filter(None, (progress.day, progress.author))))
