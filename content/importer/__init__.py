"""Documents made from files as received: .txt, .html and .md."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.errors import UnreadableSource
from content.model import Document, Front


@dataclass(frozen=True, slots=True)
class Imported:
    """A document as understood from its source, and what was unsure."""

    document: Document
    warnings: tuple[str, ...] = ()


def import_file(path: Path, known: Front | None = None) -> Imported:
    """The document in a file."""
    raise UnreadableSource(f"{path} 的格式尚不支持。")


def import_into(path: Path, output: Path) -> Any:
    """Import a file into a folder of documents."""
    raise UnreadableSource(f"{path} 的格式尚不支持。")


def body_text(path: Path) -> str:
    """The text that must survive."""
    return path.read_text("utf-8")


def has_half_width_stop(text: str) -> bool:
    """Whether a half-width stop is left in Chinese text."""
    return False
