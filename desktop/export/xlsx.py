"""A ledger as a sheet for Excel, WPS and LibreOffice."""

import io
from typing import TYPE_CHECKING

from desktop.export.brief import Brief, Options, Watch, tailored, unwatched
from desktop.export.faces import Fonts
from desktop.export.ledger import Ledger, LedgerRow

if TYPE_CHECKING:
    from desktop.export.brief import Passage


def render(brief: Brief, options: Options, fonts: Fonts, watch: Watch = unwatched) -> bytes:
    """The ledger of a brief's measures; those without a row get an empty one to be filled in. Raises CannotWrite."""
    return render_ledger(_ledger(tailored(brief, options)), fonts, watch)


def render_ledger(ledger: Ledger, fonts: Fonts, watch: Watch = unwatched) -> bytes:
    """The bytes of the file. Raises CannotWrite where words are longer than a cell can hold, and what ``watch`` raises."""
    from desktop.export.xlsx_sheet import workbook  # openpyxl takes a quarter of a second to load

    file = io.BytesIO()
    workbook(ledger, fonts, watch).save(file)
    return file.getvalue()


def _ledger(brief: Brief) -> Ledger:
    rows: list[LedgerRow] = []
    for item in brief.items:
        for passage in item.passages:
            own = [row for row in item.rows if row.measure == passage.id]
            rows += own or [_empty_row(passage, item.heading)]
    source = brief.source
    return Ledger(f"{brief.title}台账", brief.day, source.line, source.notice, tuple(rows))


def _empty_row(passage: "Passage", heading: str) -> LedgerRow:
    return LedgerRow(measure=passage.id, citation=passage.place, section=heading, text=passage.text)
