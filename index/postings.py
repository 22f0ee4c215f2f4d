"""What relates the measures of many documents: the posting lists of words and characters, in an SQLite table.

It stands in for Whoosh (``index.store``) where there are many: Whoosh reads a list one posting at a time in Python, and
a common character has tens of thousands. Here a list is two compressed columns, so that reading it costs next to
nothing; the scores are Whoosh's BM25F to a few percent (Whoosh rounds the lengths of texts).

What else was measured at 100,000 measures (``python -m tests.bench.scale``; MRR@10 of the judged questions): these lists
answer in 6 ms (p50) and 15 ms (p95; 9 and 26 with the thesaurus), MRR 0.88; tantivy in 0.1 and 0.4 ms, MRR 0.88, but it
adds 17 MB (Linux) or 12 MB (Windows) to a program of 114 MB, to save time in a pause of the typing that lasts 100 ms;
FTS5's bm25 in 10 and 46 ms, MRR 0.87, with three times the room on disk. Both know only B = 0.75, which ranks the
plan alone at 0.88 where 0.3 reaches 0.91. At 20,000 these lists need half of Whoosh's time, and a third of its time to build.
"""

import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import lru_cache
from itertools import accumulate, chain
from math import log
from operator import sub
from pathlib import Path

from content.model import Place
from index import folders
from index.folders import DamagedIndexError
from index.segmentation import Segmenter, characters
from index.store import CHARACTERS, NONE, TITLE, WORDS, B, Postings, encodable, fingerprint

DATABASE = "postings.db"
ENGINE = "postings 1"

_K1 = 1.2
_KEPT_TERMS = 512
_LAST = "\U0010ffff"
_SCHEMA = """
CREATE TABLE postings (field TEXT, term TEXT, steps BLOB, counts BLOB, PRIMARY KEY (field, term));
CREATE TABLE lengths (field TEXT PRIMARY KEY, lengths BLOB);
"""


class PostingStore:
    """Posting lists ready to be asked, as ``index.store.Terms``. A table that cannot be read any more has none."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Raises sqlite3.Error or zlib.error for a table of another kind."""
        self._connection = connection
        rows = connection.execute("SELECT field, lengths FROM lengths")
        self._lengths = {field: array("I", zlib.decompress(packed)) for field, packed in rows}
        self._norms = {field: _norms(lengths) for field, lengths in self._lengths.items()}
        self.postings = lru_cache(maxsize=_KEPT_TERMS)(self._postings)

    @classmethod
    def open(cls, places: Sequence[Place], segmenter: Segmenter, parent: Path | None) -> "PostingStore":
        """The lists of some measures: kept in a folder in ``parent``, built there when they are missing, stale or
        damaged (segmentation takes some 20 seconds for 100,000 measures); else in memory.
        """
        if parent is not None:
            mark = fingerprint(places, segmenter, ENGINE)
            folder = parent / mark
            with suppress(DamagedIndexError):
                return cls._load(folder, mark)
            with suppress(OSError, DamagedIndexError):
                folders.keep(
                    parent,
                    mark,
                    lambda beside: _write(beside, places, segmenter, mark),
                    lambda one: cls._load(one, mark)._connection.close(),
                )
                return cls._load(folder, mark)
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, places, segmenter)
        return cls(connection)

    @classmethod
    def _load(cls, folder: Path, mark: str) -> "PostingStore":
        folders.check(folder, mark)
        place = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro&immutable=1"
        try:
            return cls(sqlite3.connect(place, uri=True, check_same_thread=False))
        except (sqlite3.Error, zlib.error) as error:
            raise DamagedIndexError(f"{folder}: {error}") from error

    def beginning_with(self, prefix: str, most: int) -> list[str]:
        """The first words, in code point order, that begin with a prefix and are longer."""
        question = "SELECT term FROM postings WHERE field = ? AND term > ? AND term < ? ORDER BY term LIMIT ?"
        with suppress(sqlite3.Error):
            rows = self._connection.execute(question, (WORDS, prefix, prefix + _LAST, most))
            return [term for (term,) in rows]
        return []

    def _postings(self, field: str, term: str) -> Postings:
        question = "SELECT steps, counts FROM postings WHERE field = ? AND term = ?"
        with suppress(sqlite3.Error, zlib.error):
            row = self._connection.execute(question, (field, term)).fetchone()
            if row:
                numbers = array("I", accumulate(array("I", zlib.decompress(row[0]))))
                return numbers, _Scores(numbers, zlib.decompress(row[1]), self._norms[field])
        return NONE


class _Scores(Sequence[float]):
    """The BM25F score of a term in each measure of its list, computed when it is looked at."""

    def __init__(self, numbers: "array[int]", counts: bytes, norms: "array[float]") -> None:
        self._numbers, self._counts, self._norms = numbers, counts, norms
        self._most = (log(len(norms) / (len(numbers) + 1)) + 1) * (_K1 + 1)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        count = self._counts[at]
        return self._most * count / (count + self._norms[self._numbers[at]])

    def __iter__(self) -> Iterator[float]:
        most, norms = self._most, self._norms
        for number, count in zip(self._numbers, self._counts, strict=True):
            yield most * count / (count + norms[number])


def _norms(lengths: "array[int]") -> "array[float]":
    mean = sum(lengths) / (len(lengths) or 1) or 1
    return array("d", [_K1 * ((1 - B) + B * length / mean) for length in lengths])


def _write(folder: Path, places: Sequence[Place], segmenter: Segmenter, mark: str) -> None:
    """Build a table in an empty folder. Raises OSError."""
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            # Nobody else sees the file before it is whole.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, places, segmenter)
    except sqlite3.Error as error:
        raise OSError(f"{folder}: {error}") from error
    folders.seal(folder, mark, [DATABASE])


def _fill(connection: sqlite3.Connection, places: Sequence[Place], segmenter: Segmenter) -> None:
    # One field after the other, so that only one is in memory.
    texts = [encodable(place.measure.text) for place in places]
    titles = [encodable(place.section.title) for place in places]
    words_of = lru_cache(maxsize=1)(segmenter.words)  # the measures of a section have one title
    connection.executescript(_SCHEMA)
    for field, found in (
        (WORDS, map(segmenter.words, texts)),
        (CHARACTERS, map(characters, texts)),
        (TITLE, map(words_of, titles)),
    ):
        _fill_field(connection, field, found)
    connection.commit()


def _fill_field(connection: sqlite3.Connection, field: str, terms: Iterable[list[str]]) -> None:
    numbers: dict[str, array[int]] = {}
    counts: dict[str, bytearray] = {}
    lengths = array("I")
    for number, found in enumerate(terms):
        lengths.append(len(found))
        for term, count in Counter(found).items():
            numbers.setdefault(term, array("I")).append(number)
            counts.setdefault(term, bytearray()).append(min(count, 255))
    connection.execute("INSERT INTO lengths VALUES (?, ?)", (field, zlib.compress(lengths.tobytes(), 1)))
    rows = (
        (field, term, _packed_steps(numbers[term]), zlib.compress(counts[term], 1))
        for term in sorted(numbers)
    )
    connection.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", rows)


def _packed_steps(numbers: "array[int]") -> bytes:
    """The differences between one number and the next: small ones, which pack well."""
    return zlib.compress(array("I", map(sub, numbers, chain([0], numbers))).tobytes(), 1)
