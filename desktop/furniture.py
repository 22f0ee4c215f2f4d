"""What stands in the window's frame from the first paint on: every view but the text, made and put in its place."""

from __future__ import annotations

from content.model import Document
from content.standing import edition_name
from desktop.describing import Describing
from desktop.fonts import Fonts
from desktop.ledger.ledgering import make_page
from desktop.meetings.dockets import section_choices
from desktop.search.listing import Grouping, Order
from desktop.theme import Theme
from desktop.views.box_dropdown import BoxDropdown
from desktop.views.desk import DeskPanel
from desktop.views.frame import Frame
from desktop.views.header import Header
from desktop.views.hit_strip import HitStrip, stands
from desktop.views.hits_bar import HitsBar
from desktop.views.left_column import LeftColumn
from desktop.views.meeting_page import MeetingPage
from desktop.views.message import Message
from desktop.views.outline import OutlineView, entries
from desktop.views.reading_column import ReadingColumn
from desktop.views.results import ResultsView
from desktop.views.selection_bar import SelectionBar
from desktop.views.status import StatusBar
from desktop.workspaces import HINT, LEDGER, MEETINGS, READING


class Furniture:
    """The views of one document's window, those of the first paint included."""

    def __init__(
        self,
        frame: Frame,
        column: ReadingColumn,
        document: Document,
        describing: Describing,
        fonts: Fonts,
        theme: Theme,
    ) -> None:
        self.frame = frame
        self.column = column
        self.reading = column.reading
        self.message = Message()
        self.status = StatusBar(HINT)
        self.outline_entries = entries(document)
        self.outline = OutlineView(self.outline_entries, theme)
        self.results = ResultsView(theme, fonts.serif)
        self.strip = HitStrip(stands(document), theme)
        self.hits_bar = HitsBar([one.value for one in Order], [one.value for one in Grouping])
        self.left = LeftColumn(self.outline, self.results, self.strip, self.hits_bar)
        self.desk = DeskPanel(theme, describing.card)
        self.bar = SelectionBar(theme, self.reading)
        self.meetings = MeetingPage(theme, fonts.serif, section_choices(document))
        self.ledger = make_page(theme, fonts.serif)
        self.pages = {READING: frame.columns, MEETINGS: self.meetings, LEDGER: self.ledger}
        self.header = Header(document.title, edition_name(document), tuple(self.pages), theme)
        self._place(frame)
        # A child of the window, above everything in it.
        self.dropdown = BoxDropdown(theme, self.header.search_box, frame.window)

    def show_theme(self, theme: Theme) -> None:
        """Draw what style sheets do not reach with other colours."""
        for view in (
            *(self.reading, self.outline, self.results, self.strip, self.header.search_box),
            *(self.dropdown, self.desk, self.bar, self.meetings, self.ledger),
        ):
            view.set_theme(theme)

    def _place(self, frame: Frame) -> None:
        for page in (self.meetings, self.ledger):
            frame.workspaces.addWidget(page)
        for host, view in (
            (frame.header, self.header),
            (frame.message, self.message),
            (frame.left, self.left),
            (frame.desk, self.desk),
            (frame.foot, self.status),
        ):
            host.put(view)
