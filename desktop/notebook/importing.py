"""What importing a colleague's entries would do here, entry by entry, before anything is done.

Entries are known by their ids, which they keep wherever they go; so what one wrote oneself stays one's own when it comes
back through a colleague. The same file can be imported again and again and changes nothing more.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import sha256
from typing import Any

from content.model import Document
from desktop.notebook import citing
from desktop.notebook.attaching import LOST, Attacher, Attachment, Fit
from desktop.notebook.belonging import whole_of
from desktop.notebook.model import Action, Bookmark, Change, Edit, Entry, Progress, with_first_due
from desktop.notebook.packet import NAMELESS, Packet, as_json

_ONES_OWN = ("pinned", "archived", "position", "first_due")
"""What is no difference between two people's states of an entry."""
_MOST_SHOWN = 30
"""Characters of an entry's words in a line about it."""


class Standing(Enum):
    """What an entry of the file is to this notebook."""

    NEW = "新增"
    LOST = "失配"
    """New as well, but its words are not in the text here, or the text is not here."""
    CONFLICT = "冲突"
    BINNED = "在回收"
    """Known here and deleted here, or a new part of what is: it stays there unless it is asked for by itself."""
    SAME = "相同"


class Choice(Enum):
    """What to do with an entry of the file."""

    KEEP = "keep"
    """What is here stays as it is; what is not here is left out."""
    TAKE = "take"
    """What is in the file is put here, in the place of what has the same id."""
    BOTH = "both"
    """What is here stays, and what is in the file is put beside it under an id made from its content."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One entry of the file.

    ``mine`` is what this notebook has of it, or None; ``found`` says where ``theirs`` stands in the text here.
    """

    standing: Standing
    theirs: Entry
    mine: Entry | None = None
    found: Attachment = LOST


@dataclass(frozen=True, slots=True)
class Preview:
    """All that is in a file, in its order, and what can be done with it.

    ``texts`` are the documents at hand by their ids, ``first_free`` is the place in the order of bookmarks from which new
    ones are put, ``me`` the name of this notebook's owner.
    """

    packet: Packet
    incoming: tuple[Incoming, ...]
    texts: Mapping[str, Document]
    first_free: int = 1
    me: str = ""

    @property
    def counts(self) -> Counter[Standing]:
        """How many entries there are of each standing."""
        return Counter(one.standing for one in self.incoming)

    @property
    def summary(self) -> str:
        """One line: 新增 12 · 失配 1 · 冲突 2 · 在回收 0 · 相同 30."""
        return " · ".join(f"{one.value} {self.counts[one]}" for one in Standing)

    def of(self, standing: Standing) -> list[Incoming]:
        """The entries of one standing, in the file's order."""
        return [one for one in self.incoming if one.standing is standing]

    def change(self, conflicts: Choice = Choice.BOTH, chosen: Mapping[str, Choice] | None = None) -> Change:
        """What to apply to the notebook: all that is new, and conflicts settled in one way.

        ``chosen`` settles single entries by their id otherwise, those in the 回收 too. Has no edits where there is
        nothing to do.
        """
        ruled = {Standing.NEW: Choice.TAKE, Standing.LOST: Choice.TAKE, Standing.CONFLICT: conflicts}
        edits: dict[str, Edit] = {}
        position = self.first_free
        for one in self.incoming:
            choice = self._choice(one, chosen or {}) or ruled.get(one.standing, Choice.KEEP)
            if one.standing is Standing.SAME or choice is Choice.KEEP:
                continue
            edit = self._edit(one, choice, position)
            # A copy that the file brings along may be the very one that is made here.
            edits.setdefault(edit.entry.id, edit)
            position += isinstance(edit.after, Bookmark)
        return Change(tuple(edits.values()))

    def _choice(self, one: Incoming, chosen: Mapping[str, Choice]) -> Choice | None:
        """How an entry is to be settled by itself: parts follow their whole out of the 回收."""
        if one.standing is Standing.BINNED:
            return chosen.get(one.theirs.id, chosen.get(whole_of(one.theirs)))
        return chosen.get(one.theirs.id)

    def lines(self) -> list[str]:
        """The file's warnings, the summary, and a line for each entry that is not the same here."""
        told = [one for standing in Standing if standing is not Standing.SAME for one in self.of(standing)]
        return [*self.packet.warnings, self.summary, *map(self.line, told)]

    def line(self, one: Incoming) -> str:
        """One entry in a line: what it is here and as what, where, whose, and what it says."""
        theirs = one.theirs
        place = citing.place(self.texts.get(theirs.anchor.document), theirs, one.found)
        pieces = [one.standing.value, citing.name(theirs), place, theirs.author]
        if one.standing is Standing.CONFLICT and one.mine is not None:
            return "　".join([*pieces, f"{_said(theirs)}（这里是 {_said(one.mine)}）"])
        return "　".join([*pieces, _said(theirs)])

    def _edit(self, one: Incoming, choice: Choice, position: int) -> Edit:
        if one.mine is not None and (choice is Choice.TAKE or one.mine.deleted) and not _is_fixed(one):
            return Edit(one.mine, _settled(one.mine, one.theirs))
        added = replace(one.theirs, author=self._author(one.theirs.author))
        if one.mine is not None:
            # What was mine and came back changed has been through the hands of whoever sent it.
            author = one.theirs.author if one.mine.author else self.packet.author
            added = replace(added, id=copy_id(one.theirs), author=self._author(author))
        return Edit(None, replace(added, position=position) if isinstance(added, Bookmark) else added)

    def _author(self, name: str) -> str:
        return "" if name == self.me and name != NAMELESS else name


def preview(
    present: Iterable[Entry], packet: Packet, documents: Iterable[Document] = (), me: str = ""
) -> Preview:
    """Hold a file against the entries that are here, deleted ones too, and the texts that are here.

    ``me`` is the name under which this notebook's owner exports: what bears it and is not known here becomes one's own.
    """
    entries = {one.id: one for one in present}
    texts = {one.id: one for one in documents}
    here = _Here(entries, texts)
    incoming = tuple(map(here.receive, packet.entries))
    last = max((one.position for one in entries.values() if isinstance(one, Bookmark)), default=0)
    return Preview(packet, incoming, texts, last + 1, me)


def essence(entry: Entry) -> str:
    """What makes an entry what it is, as a string that is equal for equal ones.

    Not in it: whose it is, when it was written, whether it is deleted, and how everyone has arranged their own desk
    (pinned, archived, order by hand); what its due date was at first, of which everyone keeps their own; of the anchor
    the surroundings, which follow the text.
    """
    found = as_json(entry)
    for name in ("id", "author", "created", "changed", *_ONES_OWN):
        found.pop(name, None)
    for name in ("before", "after"):
        found["anchor"].pop(name)
    return json.dumps(found, sort_keys=True)


def copy_id(entry: Entry) -> str:
    """The id of the copy that stands beside an entry of the same id and other content; always the same for the same."""
    return sha256(f"{entry.id}\0{essence(entry)}".encode()).hexdigest()[:32]


@dataclass
class _Here:
    """What this notebook has, and the texts beside it."""

    entries: Mapping[str, Entry]
    texts: Mapping[str, Document]
    attachers: dict[str, Attacher] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.binned = {one.id for one in self.entries.values() if one.deleted}
        self.twins = {copy_id(one): one for one in self.entries.values()}

    def receive(self, theirs: Entry) -> Incoming:
        """Say what an entry is to this notebook."""
        mine = self.entries.get(theirs.id)
        if mine is not None and type(mine) is not type(theirs):  # no program writes that; both can live on
            theirs = replace(theirs, id=copy_id(theirs))
            mine = self.entries.get(theirs.id)
        found = self._attach(theirs)
        known = mine or self._known_otherwise(theirs)
        if known is None and whole_of(theirs) in self.binned:
            return Incoming(Standing.BINNED, theirs, None, found)
        if known is None:
            return Incoming(Standing.LOST if found.fit is Fit.LOST else Standing.NEW, theirs, None, found)
        if not known.deleted and essence(known) != essence(theirs):
            # Where both are kept, the copy of theirs is already here.
            copy = self.entries.get(copy_id(theirs))
            if copy is None:
                return Incoming(Standing.CONFLICT, theirs, known, found)
            known = copy
        return Incoming(Standing.BINNED if known.deleted else Standing.SAME, theirs, known, found)

    def _known_otherwise(self, theirs: Entry) -> Entry | None:
        """What a colleague has a copy of, made there when both had changed it."""
        twin = self.twins.get(theirs.id)
        return twin if twin is not None and essence(twin) == essence(theirs) else None

    def _attach(self, entry: Entry) -> Attachment:
        wanted = entry.anchor.document
        if wanted not in self.texts:
            return LOST
        if wanted not in self.attachers:
            self.attachers[wanted] = Attacher(self.texts[wanted])
        return self.attachers[wanted].attach(entry.anchor)


def _settled(mine: Entry, theirs: Entry) -> Entry:
    """Their words in the place of mine; whose it is, when it was begun and how my desk is arranged stays."""
    kept = ("id", "author", "created", "pinned", "archived", "position")
    values: dict[str, Any] = {name: getattr(mine, name) for name in kept if hasattr(mine, name)}
    taken = replace(theirs, **values, deleted="")
    if isinstance(mine, Action) and isinstance(taken, Action):
        return replace(taken, first_due=with_first_due(mine, taken).first_due or taken.first_due)
    return taken


def _is_fixed(one: Incoming) -> bool:
    """Whether their words may only be put beside mine: progress is never overwritten."""
    return (
        isinstance(one.theirs, Progress) and one.mine is not None and essence(one.mine) != essence(one.theirs)
    )


def _said(entry: Entry) -> str:
    return f"“{citing.words(entry, _MOST_SHOWN)}”"
