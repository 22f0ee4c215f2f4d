"""Where a search looks."""

from enum import Enum


class Scope(Enum):
    """Where to search."""

    ALL = "全文"
    PART = "本编"
    SECTION = "本节"
    NOTES = "批注"
