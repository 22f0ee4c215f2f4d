"""Places visited by a jump, for going back and forward as a browser does."""


class History:
    """Measure ids in the order of the jumps; scrolling leaves no trace."""

    def __init__(self, limit: int = 200) -> None:
        self._back: list[str] = []
        self._forward: list[str] = []
        self._limit = limit

    def jump(self, origin: str, target: str) -> None:
        """Remember where a jump started."""
        if origin == target:
            return
        if not self._back or self._back[-1] != origin:
            self._back.append(origin)
        del self._back[: -self._limit]
        self._forward.clear()

    def back(self, here: str) -> str | None:
        """The place before this one, or None."""
        return self._step(self._back, self._forward, here)

    def forward(self, here: str) -> str | None:
        """The place that ``back`` came from, or None."""
        return self._step(self._forward, self._back, here)

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    @staticmethod
    def _step(source: list[str], other: list[str], here: str) -> str | None:
        while source:
            place = source.pop()
            if place != here:
                other.append(here)
                return place
        return None
