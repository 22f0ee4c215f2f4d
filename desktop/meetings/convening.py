"""Meetings as the reader prepares them: listed, opened, written, put in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from content import citation
from content.model import Document
from desktop import settings
from desktop.commands import Commands
from desktop.describing import Describing
from desktop.export.brief import Brief
from desktop.meetings import briefing, dropping
from desktop.meetings.dockets import Dockets, title
from desktop.meetings.dropping import Topics
from desktop.notebook import meetings
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_section
from desktop.notebook.model import AgendaItem, Anchor, Change, Edit, Entry, Meeting
from desktop.settings import Settings
from desktop.views.dragging import Dragged
from desktop.views.meeting_facts import MeetingContent
from desktop.views.meeting_page import MeetingPage

_UNSAVED = "有文字没有存下，会议没有换；文字还在，请复制到别处，或处理好笔记本后再试。"
_NAMES = {
    "title": "改会议名称",
    "time": "改会议时间",
    "place": "改会议地点",
    "participants": "改参会",
    "series": "改会议系列",
    "points": "改发言要点",
    "decision": "改议定事项",
    "unit": "改责任单位",
    "due": "改议题时限",
}
NEW_TITLE = "新会议"


class Convening(QObject):
    """Passes what the reader does to meetings to the commands, and shows what is there now.

    ``here`` gives the current measure, empty without one. ``changed``: another brief would be printed now;
    ``place_opened``: the reader wants to see the words of an item (its id); ``told``: a sentence that stays.
    """

    changed = Signal()
    place_opened = Signal(str)
    told = Signal(str)
    word_said = Signal(str)

    def __init__(
        self,
        document: Document,
        commands: Commands,
        describing: Describing,
        page: MeetingPage,
        remembered: Settings,
        here: Callable[[], str],
    ) -> None:
        super().__init__(page)
        self._document = document
        self._commands = commands
        self._dockets = Dockets(document, commands.shelf, describing)
        self._page = page
        self._settings = remembered
        self._here = here
        self._shown = ""
        self._connect()

    def _connect(self) -> None:
        page, left, agenda = self._page, self._page.meetings, self._page.agenda
        self._commands.changed.connect(lambda change: self.refresh())
        page.shown.connect(self.refresh)
        page.add_current_requested.connect(self._add_current)
        page.section_requested.connect(self._add_section)
        page.dropped.connect(self.drop)
        page.facts.edited.connect(self._edit_meeting)
        left.meeting_chosen.connect(self.open)
        left.new_requested.connect(self.begin)
        left.next_requested.connect(self.go_on)
        left.duplicate_requested.connect(self._duplicate)
        left.archive_chosen.connect(self._archive)
        left.delete_requested.connect(self._delete)
        agenda.edited.connect(self._edit_item)
        agenda.open_chosen.connect(self._set_open)
        agenda.note_chosen.connect(self._show_note)
        agenda.place_opened.connect(self.place_opened)
        agenda.remove_requested.connect(self._remove)
        agenda.moved.connect(self._move)

    # What is shown

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is open: the one last opened, or else the latest that is not put away."""
        chosen = self._commands.shelf.entry(str(self._settings.get(settings.MEETING)))
        if isinstance(chosen, Meeting) and not chosen.deleted:
            return chosen
        listed = meetings.latest_first(self._commands.shelf.meetings)
        return next((one for one in listed if not one.archived), None)

    @property
    def summary(self) -> str:
        """The open meeting in a line."""
        meeting = self.meeting
        if meeting is None:
            return "没有会议"
        return self._dockets.summary(meeting)

    def brief(self) -> Brief | None:
        """会议材料 of the open meeting; what is being written is saved first."""
        self._page.settle()
        meeting = self.meeting
        if meeting is None:
            return None
        return briefing.meeting_brief(self._document, self._commands.shelf, meeting, date.today())

    def refresh(self) -> None:
        """Show what the notebook holds now, if it is looked at."""
        if not self._page.isVisible():
            return
        shelf, page, meeting = self._commands.shelf, self._page, self.meeting
        opened = meeting.id if meeting else ""
        if opened != self._shown:
            page.facts.forget()
            self._shown = opened
        rows = [self._dockets.meeting_row(one) for one in meetings.latest_first(shelf.meetings)]
        page.meetings.show_rows(rows, opened, bool(meeting and meeting.archived))
        page.meetings.new.setEnabled(self._commands.is_writable)
        here = self._here()
        page.show_current_place(citation.short(self._document, here) if here else "")
        if meeting is not None:
            page.facts.show_content(
                MeetingContent(
                    meeting.title, meeting.time, meeting.place, meeting.participants, meeting.series
                )
            )
        agenda = shelf.agenda(opened) if opened else []
        page.agenda.show_rows([self._dockets.card(number, one) for number, one in enumerate(agenda, 1)])
        page.empty.setVisible(not agenda)
        page.show_meeting(meeting is not None)
        self.changed.emit()

    # Meetings

    def open(self, meeting_id: str) -> bool:
        """Show another meeting; refused while words of the open one are not saved."""
        if meeting_id == self._shown:
            return True
        self._page.settle()
        if self._page.is_unsaved:
            self.told.emit(_UNSAVED)
            self.refresh()
            return False
        self._remember(meeting_id)
        self.refresh()
        return True

    def begin(self) -> None:
        """A new meeting, whose title is written next."""
        if self._leave_open():
            self._show_new(self._commands.add_meeting(NEW_TITLE))

    def go_on(self) -> None:
        """The next meeting of the series of the open one, with the last one's open items."""
        if not self._leave_open() or (last := self.meeting) is None:
            return
        series = last.series or last.title or NEW_TITLE
        old = replace(last, series=series)
        new = replace(_made_now(last), time="", series=series, archived=False)
        shelf = self._commands.shelf
        others = [old if one.id == last.id else one for one in shelf.meetings]
        left = meetings.carried_over(others, shelf.agenda_items, new, _new_id)
        made: list[Entry] = [new, *left]
        edits = [Edit(last, old)] if old != last else []
        edits += [Edit(None, one) for one in made]
        if self._commands.make("接着开会", Change(tuple(edits))):
            self._show_new(new.id)
            self.word_said.emit(f"已新建下一次会议，带上 {len(left)} 项未结议题")

    def _duplicate(self) -> None:
        if self._leave_open() and (meeting := self.meeting) is not None:
            self._show_new(self._commands.duplicate_meeting(meeting.id))

    def _archive(self, put_away: bool) -> None:
        if self._leave_open() and (meeting := self.meeting) is not None:
            self._remember(meeting.id)
            name = "归档会议" if put_away else "取消归档"
            if self._commands.revise(meetings.archived([meeting], put_away), name):
                self.word_said.emit("已归档，排在最后" if put_away else "已取消归档")

    def _delete(self) -> None:
        if not self._leave_open() or (meeting := self.meeting) is None:
            return
        if self._commands.delete([meeting.id], "删除会议"):
            self.word_said.emit("会议和议程已放入回收，Ctrl+Z 可撤销")

    def _leave_open(self) -> bool:
        """Save what is being written; gives whether all of it is saved."""
        self._page.settle()
        if self._page.is_unsaved:
            self.told.emit(_UNSAVED)
        return not self._page.is_unsaved

    def _show_new(self, meeting_id: str) -> None:
        if meeting_id:
            self._remember(meeting_id)
            self.refresh()
            self._page.facts.name_it()

    def _remember(self, meeting_id: str) -> None:
        self._settings.set(settings.MEETING, meeting_id)

    def _edit_meeting(self, field: str, words: str) -> None:
        kept_as = self._commands.edit(self._shown, _NAMES[field], **{field: words})
        if kept_as and kept_as != self._shown:
            self._page.facts.forget()
            self.refresh()

    # The agenda

    def put(self, anchor: Anchor) -> None:
        """Put words on the agenda of the open meeting, or of a new one."""
        self._put({anchor: ()})

    def drop(self, places: Dragged, at: int | None = None) -> None:
        """Put dragged places on the agenda before what stands at ``at`` now, or at its end."""
        topics = dropping.topics(self._document, self._commands.shelf, places)
        if topics:
            self._put(topics, at)
        else:
            self.word_said.emit("拖来的内容不在这份文件里，没有加入议程。")

    def _put(self, topics: Topics, at: int | None = None) -> None:
        meeting = self.meeting
        if meeting is None:
            self._put_into_new(topics)
            return
        agenda = self._commands.shelf.agenda(meeting.id)
        numbers = {one.anchor: number for number, one in enumerate(agenda, 1)}
        new = {anchor: notes for anchor, notes in topics.items() if anchor not in numbers}
        at = len(agenda) if at is None else at
        if not new:
            first = next(iter(topics))
            self.word_said.emit(f"已在“{title(meeting)}”议程第 {numbers[first]} 项")
        elif made := self._commands.add_to_agenda(meeting.id, new, at, new):
            where = f"第 {at + 1} 项" if len(made) == 1 else f"，共 {len(made)} 项"
            self.word_said.emit(f"已加入“{title(meeting)}”{where}，Ctrl+Z 可撤销")
            if self._page.isVisible():
                self._page.agenda.take_keyboard(made[0])

    def _put_into_new(self, topics: Topics) -> None:
        made = _now()
        meeting = Meeting(_new_id(), anchor_document(self._document), made, made, NEW_TITLE)
        items = [
            AgendaItem(_new_id(), anchor, made, made, meeting.id, number, notes=notes)
            for number, (anchor, notes) in enumerate(topics.items(), 1)
        ]
        change = Change((Edit(None, meeting), *(Edit(None, one) for one in items)))
        if self._commands.make("加入新会议", change):
            self._remember(meeting.id)
            self.refresh()
            self.word_said.emit("已加入新会议，Ctrl+2 查看，Ctrl+Z 可撤销")

    def _add_current(self) -> None:
        if here := self._here():
            self.put(anchor_measure(self._document, here))

    def _add_section(self, key: tuple[int, int]) -> None:
        self.put(anchor_section(self._document, key))

    def _edit_item(self, item_id: str, field: str, words: str) -> None:
        kept_as = self._commands.edit(item_id, _NAMES[field], **{field: words})
        if kept_as and kept_as != item_id:
            self._page.agenda.forget(item_id, field)
            self.refresh()

    def _set_open(self, item_id: str, is_open: bool) -> None:
        self._revise(item_id, "重新列为未结" if is_open else "结清", is_open=is_open)

    def _show_note(self, item_id: str, note_id: str, is_shown: bool) -> None:
        item = self._item(item_id)
        if item is not None:
            notes = [one for one in item.notes if one != note_id] + [note_id] * is_shown
            self._revise(item_id, "选附批注", notes=tuple(notes))

    def _revise(self, item_id: str, name: str, **values: Any) -> None:
        item = self._item(item_id)
        if item is not None and not self._commands.revise([(item, replace(item, **values))], name):
            self.refresh()

    def _remove(self, item_id: str) -> None:
        self._page.settle()
        if self._commands.delete([item_id], "移出议程"):
            self.word_said.emit("已移出议程，放入回收，Ctrl+Z 可撤销")

    def _move(self, item_id: str, at: int) -> None:
        self._page.settle()
        self._reorder(meetings.moved(self._commands.shelf.agenda(self._shown), [item_id], at))

    def step(self, step: int) -> None:
        """Move the item that has the keyboard up (-1) or down (1)."""
        item_id = self._page.agenda.current if self._page.isVisible() else ""
        if not item_id:
            self.word_said.emit("先点一下要移动的议题。")
            return
        self._page.settle()
        self._reorder(meetings.stepped(self._commands.shelf.agenda(self._shown), [item_id], step))

    def _reorder(self, revisions: meetings.Revisions) -> None:
        if revisions:
            self._commands.revise(list(revisions), "调整议程")

    def _item(self, item_id: str) -> AgendaItem | None:
        entry: Entry | None = self._commands.shelf.entry(item_id)
        return entry if isinstance(entry, AgendaItem) else None


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _made_now(meeting: Meeting) -> Meeting:
    made = _now()
    return replace(meeting, id=_new_id(), created=made, changed=made, author="", deleted="")


def _new_id() -> str:
    # SQLite comes with the store, which is loaded after the first paint.
    from desktop.notebook.store import new_id

    return new_id()
