"""What a search found, looked up as it is looked at."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar, overload

Item = TypeVar("Item", covariant=True)

FIRST = 50
"""Hits that are found at once: more than a screen holds."""


class Numbers(Protocol):
    """The numbers of what was found, in order, wherever they are kept."""

    def first(self, most: int) -> list[int]:
        """The first of them."""

    def count(self) -> int:
        """How many there are."""

    def all(self) -> Sequence[int]:
        """All of them."""


class Hits(Sequence[Item]):
    """Like a tuple of what was found, and equal to one. How many there are is counted when it is asked, and what
    comes after the first page is fetched when it is looked at.
    """

    def __init__(self, numbers: Numbers, item: Callable[[int], Item]) -> None:
        self._numbers = numbers
        self._item = item
        self._known: Sequence[int] = numbers.first(FIRST + 1)
        self._is_whole = len(self._known) <= FIRST
        self._count = len(self._known) if self._is_whole else -1

    def __len__(self) -> int:
        if self._count < 0:
            self._count = self._numbers.count()
        return self._count

    def __bool__(self) -> bool:
        return bool(self._known)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> "tuple[Item, ...]": ...
    def __getitem__(self, at: "int | slice") -> "Item | tuple[Item, ...]":
        if isinstance(at, int):
            return self._item(self._reaching(at)[at])
        ends = [-1 if end is None else end for end in (at.start or 0, at.stop)]
        reach = -1 if min(ends) < 0 or (at.step or 1) < 0 else max(ends) - 1
        return tuple([self._item(number) for number in self._reaching(reach)[at]])

    def __iter__(self) -> Iterator[Item]:
        for number in self._known[:FIRST]:
            yield self._item(number)
        for number in self._reaching(-1)[FIRST:]:
            yield self._item(number)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (tuple, Hits)) else NotImplemented

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)}: {', '.join(map(repr, self[:3]))} …)"

    def _reaching(self, at: int) -> Sequence[int]:
        """The numbers, at least up to and with position ``at``; -1 is the last."""
        if not self._is_whole and not 0 <= at < len(self._known):
            self._known, self._is_whole = self._numbers.all(), True
            self._count = len(self._known)
        return self._known
