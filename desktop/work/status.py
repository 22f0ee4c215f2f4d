"""The line at the foot of the window: where the reader is, how much there is, whether it is saved."""

from __future__ import annotations

from content import citation
from desktop.ledger.ledgering import Ledgering
from desktop.meetings.convening import Convening
from desktop.search.searching import Searching
from desktop.work.parts import Parts
from desktop.workspaces import LEDGER, MEETINGS


class StatusWork:
    """Says what belongs to the workspace in sight."""

    def __init__(
        self, parts: Parts, searching: Searching, convening: Convening, ledgering: Ledgering
    ) -> None:
        self._parts = parts
        self._status = parts.views.status
        self._searching = searching
        self._convening = convening
        self._ledgering = ledgering

    def update(self) -> None:
        """Say what is so now."""
        show = {MEETINGS: self._show_meeting, LEDGER: self._show_ledger}
        show.get(self._parts.workspaces.current, self._show_reading)()

    def show_saving(self) -> None:
        """Whether what is written is on the disk."""
        commands = self._parts.commands
        closed = "正在打开笔记本" if commands.is_opening else "笔记本未打开"
        self._status.show_saving("已保存" if commands.is_writable else closed)

    def _show_meeting(self) -> None:
        self._status.show_place(self._convening.summary)

    def _show_ledger(self) -> None:
        self._status.show_place("")
        self._status.show_counts(self._ledgering.summary)

    def _show_reading(self) -> None:
        current, shelf = self._parts.navigation.current, self._parts.shelf
        pieces = [citation.short(self._parts.document, current)] if current else []
        pieces += filter(None, [self._searching.position(current)])
        self._status.show_place("　·　".join(pieces))
        self._status.show_counts(
            f"{shelf.measure_count} 条举措 · {len(shelf.notes)} 条批注 · {len(shelf.bookmarks)} 个书签"
        )
