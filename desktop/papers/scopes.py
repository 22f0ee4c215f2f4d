"""What of the text can go on paper from where the reader is: chosen measures, a section, the whole."""

from collections.abc import Sequence
from datetime import date

from content import citation
from content.model import Document
from desktop.commands import Commands
from desktop.export import gathering
from desktop.export.brief import Brief
from desktop.notebook.model import Entry

Where = tuple[tuple[str, ...], tuple[int, int]]
"""The measures the reader has selected, or the one he is at, and the section he is in."""
_CHOSEN, _SECTION, _WHOLE = "chosen", "section", "whole"


class Papers:
    """Gathers papers of one document with what is written on it now."""

    def __init__(self, document: Document, commands: Commands) -> None:
        self._document = document
        self._commands = commands

    def scopes(self, here: Where) -> dict[str, str]:
        """What can be had from a place, key → what it is called."""
        found = {}
        if len(here[0]) > 1:
            found[_CHOSEN] = f"选中的 {len(here[0])} 条"
        elif here[0]:
            found[_CHOSEN] = f"当前条目：{citation.short(self._document, here[0][0])}"
        part, section = self._document.part(here[1][0]), self._document.section(*here[1])
        if part is not None and section is not None and section.number:
            found[_SECTION] = f"本节：{citation.section_name(part, section)}{section.title}"
        found[_WHOLE] = "全文批注本"
        return found

    def brief(self, here: Where, scope: str) -> Brief:
        """One of them, by its key."""
        entries: Sequence[Entry] = self._commands.shelf.everything
        if scope == _CHOSEN:
            return gathering.extract_brief(self._document, here[0], entries, date.today())
        if scope == _SECTION:
            return gathering.section_brief(self._document, *here[1], entries, date.today())
        return gathering.annotated_brief(self._document, entries, date.today())
