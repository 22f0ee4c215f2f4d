"""The ledger rows of one item as the small table that a paper shows; the sheet has more columns."""

from desktop.export.brief import Item
from desktop.export.ledger import LedgerRow

_HEAD = ("牵头单位", "配合单位", "时限", "状态", "最近进展")
_SHARES = (20, 19, 25, 11, 25)
_PLACE, _PLACE_SHARE = "出处", 18


def table(item: Item) -> tuple[tuple[str, ...], ...]:
    """The head and the rows. A row of a single cell says more of the row above it, over the whole width."""
    places = {passage.id: passage.place for passage in item.passages}
    with_place = len(places) > 1
    rows: list[tuple[str, ...]] = [(_PLACE, *_HEAD) if with_place else _HEAD]
    for row in item.rows:
        place = (places.get(row.measure, row.citation),) if with_place else ()
        rows.append((*place, *_cells(row)))
        if _more(row):
            rows.append((_more(row),))
    return tuple(rows)


def shares(columns: int) -> tuple[int, ...]:
    """How the width is shared among so many columns."""
    return {5: _SHARES, 6: (_PLACE_SHARE, *_SHARES)}.get(columns, (1,) * columns)


def _cells(row: LedgerRow) -> tuple[str, ...]:
    last = row.progress[-1] if row.progress else None
    latest = " ".join(filter(None, (last.date, last.words))) if last else ""
    return row.lead, row.support, row.shown_due, row.state, latest


def _more(row: LedgerRow) -> str:
    named = (("问题", row.problem), ("下一步", row.next_step), ("责任人", row.person))
    return "　".join(f"{name}：{words}" for name, words in named if words)
