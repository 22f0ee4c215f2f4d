"""The search for an input method on the bus, and its coming and going."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from desktop.input_methods.bus import DAEMON, DAEMON_PATH, ERROR, REPLY, SIGNAL, Bus, Message
from desktop.input_methods.context import Context
from desktop.input_methods.dialects import Dialect

_BUS = (DAEMON, DAEMON_PATH, DAEMON)
_PATH = re.compile("(/[A-Za-z0-9_]+)+")
"""What can be a path: libdbus ends the process that uses another."""


class Event(Enum):
    """What a message changed."""

    FOUND = auto()
    LOST = auto()
    ABSENT = auto()


class Service:
    """Holds the ``context`` at whichever input method answers, the dialects tried in order; never waits."""

    def __init__(self, bus: Bus, dialects: Sequence[Dialect]) -> None:
        self._bus = bus
        self._dialects = {dialect.service: dialect for dialect in dialects}
        self._questions: dict[int, str] = {}
        self._creations: dict[int, tuple[Dialect, str]] = {}
        self._owner = ""
        self.context: Context | None = None

    def seek(self) -> None:
        """Begin to look, and to listen for what comes later."""
        for service in self._dialects:
            self._bus.watch(
                f"type='signal',sender='{DAEMON}',interface='{DAEMON}',member='NameOwnerChanged',arg0='{service}'"
            )
        self._ask(next(iter(self._dialects)))

    def give_up(self) -> None:
        """Drop a context that does not answer, and take a new one as soon as its input method does."""
        if self.context is None:
            return
        context, self.context = self.context, None
        context.give_up()
        dialect = self._dialects[context.service]
        self._create(dialect, self._owner)

    def hear(self, message: Message) -> Event | None:
        """What a message changed, None if nothing."""
        if message.kind == SIGNAL and message.member == "NameOwnerChanged" and message.sender == DAEMON:
            service, _, owner = message.arguments
            return self._follow(service, owner)
        if message.kind not in (REPLY, ERROR):
            return None
        if service := self._questions.pop(message.answers, ""):
            return self._answered(service, message)
        if creation := self._creations.pop(message.answers, None):
            return self._created(*creation, message)
        return None

    def _ask(self, service: str) -> None:
        self._questions[self._bus.send(_BUS, "GetNameOwner", "s", service, answer=True)] = service

    def _answered(self, service: str, message: Message) -> Event | None:
        if self.context is not None or self._creations:
            return None
        if message.kind == REPLY:
            self._create(self._dialects[service], message.arguments[0])
            return None
        return self._try_after(service)

    def _try_after(self, service: str) -> Event | None:
        services = list(self._dialects)
        rest = services[services.index(service) + 1 :]
        if not rest:
            return Event.ABSENT
        self._ask(rest[0])
        return None

    def _follow(self, service: str, owner: str) -> Event | None:
        if service not in self._dialects:
            return None
        if owner:
            if self.context is None and not self._creations:
                self._create(self._dialects[service], owner)
            return None
        self._creations = {at: one for at, one in self._creations.items() if one[0].service != service}
        if self.context is None or self.context.service != service:
            return None
        self.context = None
        # The other name may still be there: fcitx 5 can have both.
        self._ask(next(iter(self._dialects)))
        return Event.LOST

    def _create(self, dialect: Dialect, owner: str) -> None:
        member, signature, arguments = dialect.creation
        place = (owner, dialect.path, dialect.interface)
        self._creations[self._bus.send(place, member, signature, *arguments, answer=True)] = dialect, owner

    def _created(self, dialect: Dialect, owner: str, message: Message) -> Event | None:
        if self.context is not None:
            return None
        path = dialect.context_path(message.arguments) if message.kind == REPLY and message.arguments else ""
        if not _PATH.fullmatch(path):
            return self._try_after(dialect.service)
        self._owner = owner
        self.context = Context(self._bus, dialect, owner, path)
        return Event.FOUND
