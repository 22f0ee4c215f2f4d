"""Meetings and their agendas: what comes in which order, and what one meeting hands on to the next.

Pure functions; what they give is carried out by the notebook. New entries get their ids from ``new_id`` and the time at
which they are made as an argument (ISO 8601 with offset).
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.notebook.model import AgendaItem, Entry, Meeting, Note

NewId = Callable[[], str]
Revisions = list[tuple[AgendaItem, AgendaItem]]
COPY_MARK = "（副本）"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?", re.ASCII)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a meeting is: ``items`` on its agenda, of them ``unsettled`` open ones, and ``carried`` to a later one."""

    items: int
    unsettled: int
    carried: int

    @property
    def words(self) -> str:
        """3 项 · 2 项未结; 5 项 · 1 项转入下次; 4 项 · 已结; 无议题."""
        if not self.items:
            return "无议题"
        left = [f"{self.unsettled} 项未结"] if self.unsettled else []
        left += [f"{self.carried} 项转入下次"] if self.carried else []
        return " · ".join([f"{self.items} 项", *(left or ["已结"])])


def agenda(items: Iterable[AgendaItem], meeting_id: str) -> list[AgendaItem]:
    """What is on the agenda of a meeting, in its order; of items at the same place the first written comes first."""
    own = (one for one in items if one.meeting == meeting_id and not one.deleted)
    return sorted(own, key=lambda one: one.position)


def tally(meeting_id: str, items: Collection[AgendaItem]) -> Tally:
    """How far a meeting is; ``items`` are those of all meetings."""
    own = agenda(items, meeting_id)
    handed_on = {one.carried_from for one in items if not one.deleted}
    carried = sum(one.is_open and one.id in handed_on for one in own)
    return Tally(len(own), sum(one.is_open for one in own) - carried, carried)


def latest_first(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Meetings as they are listed: the latest first, those that are put away last."""
    found = sorted(meetings, key=starts, reverse=True)
    return sorted(found, key=lambda one: one.archived)


def starts(meeting: Meeting) -> str:
    """When a meeting is, as text that sorts by time; one without a time that can be read, when it was written."""
    found = _TIME.match(meeting.time.strip())
    return f"{found[1]}T{found[2] or ''}" if found else meeting.created


def time_words(time: str) -> str:
    """A meeting's time as it is read out: 2026年11月25日（周三）14:00; what is no date stays as it is."""
    found = _TIME.fullmatch(time.strip())
    try:
        day = datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        return time
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）{found[2] or ''}"


def series_names(meetings: Iterable[Meeting]) -> list[str]:
    """The names of all series, that of the latest meeting first."""
    return list(dict.fromkeys(one.series for one in latest_first(meetings) if one.series))


def last_of_series(meetings: Iterable[Meeting], series: str) -> Meeting | None:
    """The latest meeting in use of a series, by its time and not by when it was written; None without any."""
    own = [one for one in meetings if series and one.series == series and not one.deleted]
    return max(reversed(own), key=starts, default=None)


def carried_over(
    meetings: Iterable[Meeting], items: Iterable[AgendaItem], new: Meeting, new_id: NewId
) -> list[AgendaItem]:
    """With what a new meeting of a series starts: the open items of the last one, without what was decided then."""
    last = last_of_series((one for one in meetings if one.id != new.id), new.series)
    if last is None:
        return []
    left = [one for one in agenda(items, last.id) if one.is_open]
    return [
        replace(_anew(one, new, position, new_id()), decision="", carried_from=one.id)
        for position, one in enumerate(left, 1)
    ]


def duplicate(meeting: Meeting, items: Iterable[AgendaItem], time: str, new_id: NewId) -> list[Entry]:
    """A meeting once more with all of its agenda, so that it can be changed for another occasion."""
    copy = replace(
        meeting,
        id=new_id(),
        title=meeting.title + COPY_MARK,
        created=time,
        changed=time,
        archived=False,
        author="",
        deleted="",
    )
    own = enumerate(agenda(items, meeting.id), 1)
    return [copy, *(_anew(one, copy, position, new_id()) for position, one in own)]


def _anew(item: AgendaItem, meeting: Meeting, position: int, item_id: str) -> AgendaItem:
    made = meeting.created
    return replace(
        item, id=item_id, meeting=meeting.id, position=position, created=made, changed=made, author=""
    )


def archived(meetings: Iterable[Meeting], put_away: bool = True) -> list[tuple[Meeting, Meeting]]:
    """Meetings put away, or taken out again."""
    return [(one, replace(one, archived=put_away)) for one in meetings]


def settled(items: Iterable[AgendaItem], is_open: bool = False) -> Revisions:
    """Agenda items closed, or opened again."""
    return [(one, replace(one, is_open=is_open)) for one in items]


def moved(ordered: Sequence[AgendaItem], ids: Collection[str], at: int) -> Revisions:
    """Items of an agenda moved together before what stands at ``at`` now (its length: to the end).

    Only those that get another position are revised.
    """
    chosen = [one for one in ordered if one.id in ids]
    before = [one for one in ordered[:at] if one.id not in ids]
    after = [one for one in ordered[at:] if one.id not in ids]
    return numbered([*before, *chosen, *after])


def stepped(ordered: Sequence[AgendaItem], ids: Collection[str], step: int) -> Revisions:
    """Items of an agenda moved together up (-1) or down (1) by one place; at the end they stay."""
    places = [at for at, one in enumerate(ordered) if one.id in ids]
    if not places:
        return []
    at = places[0] - 1 if step < 0 else places[-1] + 2
    return moved(ordered, ids, min(max(at, 0), len(ordered)))


def numbered(ordered: Iterable[AgendaItem]) -> Revisions:
    """The positions of items that are to follow each other like this."""
    return [
        (one, replace(one, position=position))
        for position, one in enumerate(ordered, 1)
        if one.position != position
    ]


def shown_notes(item: AgendaItem, notes: Iterable[Note]) -> list[Note]:
    """The notes chosen to be shown with an item, in the order they were chosen in; those that are gone are left out."""
    known = {one.id: one for one in notes if not one.deleted}
    return [known[one] for one in item.notes if one in known]
