"""What the reader has searched for, and the searches he has saved: kept in the data folder's settings and nowhere else."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from desktop import settings
from desktop.settings import Setting, Settings

MOST_RECENT = 20
REST_SECONDS = 2.0
"""How long the reader looks at what he has found before he can have meant it."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name."""

    name: str
    query: str


class Recall:
    """Recent searches, newest first, and saved ones by name; every change is kept at once."""

    def __init__(self, kept: Settings) -> None:
        self._settings = kept
        self.recent: list[str] = []
        for one in _read(kept, settings.RECENT_SEARCHES):
            if isinstance(one, str) and one.strip():
                self.recent.append(one)
        self.saved: list[SavedSearch] = []
        for one in _read(kept, settings.SAVED_SEARCHES):
            if (
                isinstance(one, list)
                and len(one) == 2
                and all(isinstance(word, str) and word for word in one)
            ):
                self.saved.append(SavedSearch(*one))

    def add(self, query: str) -> None:
        """Make a query the most recent one; the oldest make room."""
        query = query.strip()
        if query:
            self._keep_recent([query, *(one for one in self.recent if one != query)][:MOST_RECENT])

    def forget(self, query: str) -> None:
        """Drop one of the recent searches."""
        self._keep_recent(one for one in self.recent if one != query)

    def forget_all(self) -> None:
        """Drop all recent searches; saved ones stay."""
        self._keep_recent(())

    def save(self, name: str, query: str) -> None:
        """Keep a query under a name, which is the query itself if it is blank; one that is kept already is renamed."""
        query = query.strip()
        new = SavedSearch(" ".join(name.split()) or query, query)
        if self.name_of(query):
            self._keep_saved(new if one.query == query else one for one in self.saved)
        else:
            self._keep_saved([*self.saved, new])

    def drop(self, query: str) -> None:
        """Keep a query no longer."""
        self._keep_saved(one for one in self.saved if one.query != query.strip())

    def name_of(self, query: str) -> str:
        """The name a query is saved under; empty if it is not."""
        return next((one.name for one in self.saved if one.query == query.strip()), "")

    def _keep_recent(self, recent: Iterable[str]) -> None:
        self.recent = list(recent)
        self._settings.set(settings.RECENT_SEARCHES, json.dumps(self.recent, ensure_ascii=False))

    def _keep_saved(self, saved: Iterable[SavedSearch]) -> None:
        self.saved = list(saved)
        pairs = [[one.name, one.query] for one in self.saved]
        self._settings.set(settings.SAVED_SEARCHES, json.dumps(pairs, ensure_ascii=False))


class Attention:
    """Tells the queries the reader meant from those he typed on the way to them.

    He meant one if he acted on it, or if he rested on it and then turned to something else.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._text = ""
        self._since = 0.0
        self._rested = ""

    def turn_to(self, text: str) -> str:
        """There is another text in the box now. Gives the query that was meant and is over, or nothing."""
        now = self._clock()
        if self._text.strip() and now - self._since >= REST_SECONDS:
            self._rested = self._text
        self._text, self._since = text, now
        before, here = self._rested.strip(), text.strip()
        if here and before.startswith(here):
            return ""
        meant, self._rested = self._rested, ""
        # A pause on the way to more words is no end.
        return "" if here and here.startswith(before) else meant

    def take(self, text: str) -> None:
        """The reader takes another query instead of the one he has typed, which he did not mean."""
        self._text, self._since, self._rested = text, self._clock(), ""

    def act(self) -> str:
        """The reader does something with what he has found. Gives the query."""
        self._rested = ""
        return self._text


def _read(kept: Settings, setting: Setting) -> list[Any]:
    """A remembered list; nonsense is an empty one."""
    try:
        found = json.loads(kept.get(setting))
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []
