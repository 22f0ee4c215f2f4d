"""A step of the self-test, and what the steps share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content.library import Library
from content.model import Document

PLAN = "shanghai-2023"
MEASURE = f"{PLAN}/2.3.3"
WORDS = "完善水电气网"
"""Stand in the plan's 二、（三）."""
OWN = "自检时写的**批注**"


class Failed(Exception):
    """Something came out otherwise than it must."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The plan, and a folder that is thrown away afterwards."""

    folder: Path
    document: Document

    @classmethod
    def in_folder(cls, folder: Path) -> "Desk":
        """A desk with the plan on it. Raises ContentError."""
        return cls(folder, Library().document(PLAN))

    @property
    def data(self) -> Path:
        """The folder of the notebook that the steps write in."""
        return self.folder / "数据"


@dataclass(frozen=True, slots=True)
class Step:
    """``act`` does it and says what came of it. Raises whatever went wrong."""

    name: str
    act: Callable[[Desk], str]


def expect(holds: object, told: str) -> None:
    """Raise Failed unless something holds."""
    if not holds:
        raise Failed(told)
