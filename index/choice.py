"""Which index serves some documents: chosen by how many measures they have, by nothing else."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from content.model import Document
from index.exact import Exact, ExactIndex

LARGE = 20_000
"""Measures from which on an index on disk is better than one in memory.

Below, a scan needs neither a file nor time to build one, and a keystroke takes it some 13 ms (p95, a page of hits with
their marks). Above, its time grows with the texts: at 100,000 the hits take it 7 ms, and 2 ms to look them up; with
other readings of what stands nowhere a keystroke takes 62 and 6 ms, and 97 and 47 if a character is wrong.
``python -m tests.bench.scale`` prints all of these.
"""


def is_large(documents: Sequence[Document]) -> bool:
    """Whether documents have so many measures that they are looked up, not scanned."""
    return sum(len(document.places) for document in documents) >= LARGE


def open_exact(documents: Sequence[Document], user_folder: Path | None) -> Exact:
    """What finds measures of these documents by their words; what it keeps goes to ``user_folder``."""
    if is_large(documents):
        from index.phrases import PhraseIndex

        with suppress(sqlite3.Error):  # a SQLite without FTS5
            return PhraseIndex.open(documents, user_folder)
    return ExactIndex(documents)
