"""Parts and their whole: agenda items belong to a meeting, progress belongs to a row of the ledger.

They go into the 回收 together and come back together; neither is ever lost for want of the other.
"""

from collections.abc import Iterable, Sequence

from desktop.notebook.model import AgendaItem, Entry, Progress


def whole_of(entry: Entry) -> str:
    """The id of the meeting or ledger row that an entry is a part of; empty for what stands by itself."""
    match entry:
        case AgendaItem():
            return entry.meeting
        case Progress():
            return entry.action
    return ""


def going(chosen: Sequence[Entry], entries: Iterable[Entry]) -> list[Entry]:
    """What goes into the 回收 with the chosen ones: they, and the parts of them, all that is in use."""
    used = [one for one in chosen if not one.deleted]
    ids = {one.id for one in used}
    parts = [one for one in entries if whole_of(one) in ids and one.id not in ids]
    return [*used, *(one for one in parts if not one.deleted)]


def returning(chosen: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """What comes out of the 回收 with the chosen ones: the wholes of parts, and the parts that went with a whole."""
    known = {one.id: one for one in entries}
    wholes = [known[whole_of(one)] for one in chosen if whole_of(one) in known]
    found = {one.id: one for one in (*wholes, *chosen)}
    for one in entries:
        if went_with(one, found):
            found.setdefault(one.id, one)
    return [one for one in found.values() if one.deleted]


def vanishing(chosen: Sequence[Entry], entries: Iterable[Entry]) -> list[Entry]:
    """What is removed for good with the chosen ones: they, and what lies in the 回收 of their parts."""
    ids = {one.id for one in chosen}
    return [*chosen, *(one for one in entries if one.deleted and whole_of(one) in ids and one.id not in ids)]


def went_with(entry: Entry, wholes: dict[str, Entry]) -> bool:
    """Whether a deleted part went into the 回收 with its whole, which is among these, and not by itself before."""
    whole = wholes.get(whole_of(entry))
    return whole is not None and bool(entry.deleted) and entry.deleted == whole.deleted


def strays(entries: Iterable[Entry]) -> list[Entry]:
    """The parts in use whose whole is not: a damaged file or half an import may leave them; they are to be shown."""
    found = list(entries)
    wholes = {one.id for one in found if not one.deleted}
    return [one for one in found if not one.deleted and whole_of(one) and whole_of(one) not in wholes]


def by_action(progress: Iterable[Progress]) -> dict[str, list[Progress]]:
    """The progress of each row of the ledger, the latest day last; of one day what was written last comes last."""
    found: dict[str, list[Progress]] = {}
    for one in progress:
        found.setdefault(one.action, []).append(one)
    for some in found.values():
        some.sort(key=lambda one: one.day)
    return found
