"""What the table of the ledger shows: its columns, and its lines as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` names what is in it, ``width`` is in pixels."""

    key: str
    title: str
    width: int


COLUMNS = (
    Column("place", "出处", 120),
    Column("text", "举措（方案原文）", 250),
    Column("lead", "牵头单位", 122),
    Column("support", "配合单位", 112),
    Column("due", "时限", 104),
    Column("status", "状态", 78),
    Column("latest", "最近进展", 140),
    Column("problem", "问题", 110),
    Column("next_step", "下一步", 110),
    Column("person", "责任人", 76),
)
KEYS = tuple(column.key for column in COLUMNS)
STATUS, LATEST = "status", "latest"
TYPED = ("lead", "support", "due", "problem", "next_step", "person")
"""The columns that are written in place."""
FILLED = (*TYPED, STATUS)
"""The columns that can be filled down."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One row. ``cells`` are the words of each column by its key, ``typed_due`` the due date as it was written;
    ``first_due`` is what it was at the very first, empty if that has not changed; ``alert`` is 逾期, 临期 or nothing.
    """

    entry_id: str
    cells: Mapping[str, str]
    typed_due: str = ""
    first_due: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class LedgerHeading:
    """What the lines below have in common, and how many there are."""

    title: str
    count: int


Item = LedgerLine | LedgerHeading
