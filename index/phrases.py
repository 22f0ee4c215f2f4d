"""原文命中 in many documents: what ``ExactIndex`` scans for, looked up in SQLite's full text index (FTS5).

Every character of a folded text is one word of the index, and a term is the phrase of its characters: so a term of
any length, from one character on, is found wherever it stands and nowhere else, and the time grows with what is
found, not with the texts. A character is written as its code point in hexadecimal digits. That is a different word
for each of all code points (marks, controls and lone surrogates too), and FTS5's plainest tokenizer takes it as it
is; unicode61 would drop marks, join letters that differ by an accent, and split by its own edition of Unicode.

The texts themselves are not kept in the database (some 200 bytes a measure on disk): documents have them.
"""

import hashlib
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from threading import Lock

from content.folding import Folded, fold, fold_with_offsets
from content.model import Document, Front, Measure
from index import folders
from index.exact import ExactIndex, Span, TitleHit, headings, ranges, relevant_terms, runs_within
from index.folders import DamagedIndexError
from index.hits import Hits
from index.nearest import runs, slips
from index.query import Clause, Query
from index.readings import Reading, Readings

DATABASE = "phrases.db"
FOLDER = "phrases"

_FORMAT = 1
_ANY = "z"
"""Stands behind every text, and in none: no hexadecimal digit."""
_KEPT_FOLDS = 4096
_MOST_TERMS = 5
_REACH = 16
"""Characters of a term that is not found for which something near is looked for."""
_MOST_NEAR = 200
"""Measures that are looked at for what is near to a term."""


class PhraseIndex:
    """The folded texts of all measures and headings in an FTS5 table, by number; headings come after measures.

    Callers on other threads wait for each other. A database that turns out damaged while it is read is made anew in
    memory. See ``Exact`` for what the methods promise.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        database: "Callable[[Sequence[str]], sqlite3.Connection] | None" = None,
    ) -> None:
        """``database`` gives the table of some folded texts; without it they are indexed in memory. Raises
        sqlite3.Error where SQLite has no FTS5.
        """
        self._texts, self._ids, self._places = _texts(documents)
        self._numbers = {measure_id: number for number, measure_id in enumerate(self._ids)}
        folds = [fold(text) for text in self._texts]
        self._longest = max(map(len, folds), default=0)
        self._letters = frozenset().union(*folds)
        self._connection = (database or _in_memory)(folds)
        self._lock = Lock()
        self._folded = lru_cache(maxsize=_KEPT_FOLDS)(self._fold)
        self._runs = lru_cache(maxsize=64)(self._runs_in)

    @classmethod
    def open(cls, documents: Sequence[Document], user_folder: Path | None) -> "PhraseIndex":
        """The index of these documents: one kept in ``user_folder``/phrases, built there when it is missing, stale
        or damaged; else one in memory.
        """
        return cls(documents, partial(_kept, user_folder / FOLDER) if user_folder else None)

    def search(self, query: Query, scope: str = "") -> Hits[str]:
        """The ids of the measures that satisfy a query, within a scope."""
        return Hits(_Found(self, self._expression(query), self._runs(False, scope)), self._ids.__getitem__)

    def titles(self, query: Query, scope: str = "") -> Hits[TitleHit]:
        """The headings of parts and sections, and document titles, that satisfy a query."""
        wanted = Query(tuple(clause for clause in query.alternatives if clause.wanted))
        return Hits(
            _Found(self, self._expression(wanted), self._runs(True, scope)),
            lambda number: self._title(number, wanted),
        )

    def spans(self, measure_id: str, query: Query) -> tuple[Span, ...]:
        """The ranges in a measure's text where wanted terms of a query stand. Raises KeyError."""
        folded = self._folded(self._numbers[measure_id])
        terms = relevant_terms(query, folded.text)
        return ranges(folded, terms) if terms else ()

    def nearest(self, query: Query) -> tuple[str, ...]:
        """Words near to the query, as ``ExactIndex`` finds them in the measures that are likeliest to have them."""
        terms = tuple(term[:_REACH] for term in islice(query.wanted, _MOST_TERMS))
        numbers = sorted({number for term in terms for number in self._near(term)})
        return self._few(numbers).nearest(Query((Clause(terms),)))

    def readings(self, query: Query) -> tuple[Reading, ...]:
        """Other ways to understand a query. Unlike all else here this needs the texts in memory, and their time."""
        return self._readings.read(query)

    def ask(self, columns: str, expression: str, run: range, most: int = -1) -> list[tuple[int]]:
        """Rows of what is found in a run of numbers; at most so many, -1 for all."""
        if not expression or not run:
            return []
        question = f"SELECT {columns} FROM texts WHERE texts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
        values = (expression, run.start, run.stop - 1, most)
        with self._lock:
            try:
                return self._connection.execute(question, values).fetchall()
            except sqlite3.Error:
                self._connection = _in_memory(map(fold, self._texts))
                return self._connection.execute(question, values).fetchall()

    def _expression(self, query: Query) -> str:
        """A query in FTS5's own language; empty if nothing can satisfy it."""
        clauses = (self._clause(clause) for clause in query.alternatives)
        return " OR ".join(f"({clause})" for clause in clauses if clause)

    def _clause(self, clause: Clause) -> str:
        if not all(map(self._can_stand, clause.wanted)):
            return ""
        wanted = " AND ".join(map(phrase, clause.wanted)) or _ANY
        unwanted = " OR ".join(map(phrase, filter(self._can_stand, clause.unwanted)))
        return f"({wanted}) NOT ({unwanted})" if unwanted else wanted

    def _can_stand(self, term: str) -> bool:
        return len(term) <= self._longest and self._letters.issuperset(term)

    def _title(self, number: int, query: Query) -> TitleHit:
        folded = self._folded(number)
        spans = ranges(folded, relevant_terms(query, folded.text))
        return TitleHit(self._places[number - len(self._ids)], self._texts[number], spans)

    def _near(self, term: str) -> list[int]:
        """The numbers of texts that have a term, or words that differ from it by a slip, or its longest runs."""
        whole = range(len(self._texts))
        if found := self.ask("rowid", self._expression(Query((Clause((term,)),))), whole, 1):
            return [found[0][0]]
        # What lost its first or last character is part of many words: it must not crowd out the rest.
        numbers: list[int] = []
        for patterns in (_inner_slips(term), _edge_slips(term)):
            numbers += [number for (number,) in self.ask("rowid", " OR ".join(patterns), whole, _MOST_NEAR)]
        if slips("\n".join(self._folded(number).text for number in numbers) + "\n", term):
            return numbers

        def find(piece: str) -> int:
            found = self.ask("rowid", phrase(piece), whole, 1) if self._can_stand(piece) else []
            return found[0][0] if found else -1

        return [number for _, _, number in islice(runs(find, term), _MOST_TERMS)]

    @cached_property
    def _readings(self) -> Readings:
        return Readings(map(fold, self._texts), self._first_printed)

    def _first_printed(self, word: str) -> str:
        """A folded word of the texts as it is printed where it stands first."""
        ((number,),) = self.ask("rowid", phrase(word), range(len(self._texts)), 1)
        folded = self._folded(number)
        at = folded.text.index(word)
        start, end = folded.original_range(at, at + len(word))
        return self._texts[number][start:end]

    def _few(self, numbers: Iterable[int]) -> ExactIndex:
        measures = [Measure(str(number), self._texts[number]) for number in numbers]
        return ExactIndex([Document(Front("", ""), (), tuple(measures))])

    def _fold(self, number: int) -> Folded:
        return fold_with_offsets(self._texts[number])

    def _runs_in(self, of_headings: bool, scope: str) -> tuple[range, ...]:
        if not of_headings:
            return runs_within(self._ids, scope)
        first = len(self._ids)
        return tuple(range(first + run.start, first + run.stop) for run in runs_within(self._places, scope))


@dataclass(frozen=True, slots=True)
class _Found:
    """The numbers of the texts that satisfy an expression, in some runs of numbers."""

    index: PhraseIndex
    expression: str
    runs: tuple[range, ...]

    def first(self, most: int) -> list[int]:
        found: list[int] = []
        for run in self.runs:
            found += [
                number for (number,) in self.index.ask("rowid", self.expression, run, most - len(found))
            ]
            if len(found) >= most:
                break
        return found

    def count(self) -> int:
        return sum(
            number for run in self.runs for (number,) in self.index.ask("count(*)", self.expression, run)
        )

    def all(self) -> Sequence[int]:
        rows = (self.index.ask("rowid", self.expression, run) for run in self.runs)
        return array("L", [number for found in rows for (number,) in found])


def phrase(term: str) -> str:
    """A folded term in FTS5's query language."""
    return f'"{encode(term)}"'


def encode(text: str) -> str:
    """The words by which a folded text is indexed: the code point of each character in hexadecimal digits."""
    return " ".join(map(_word, text))


@lru_cache(maxsize=1 << 16)
def _word(character: str) -> str:
    return f"{ord(character):x}"


def _inner_slips(term: str) -> Iterator[str]:
    """What finds the words that differ from a term by one slip: wrong, missing, extra, swapped characters."""
    for at in range(1, len(term)):
        yield f"NEAR({phrase(term[:at])} {phrase(term[at:])}, 1)"
        yield phrase(term[: at - 1] + term[at] + term[at - 1] + term[at + 1 :])
    for at in range(1, len(term) - 1):
        yield f"NEAR({phrase(term[:at])} {phrase(term[at + 1 :])}, 1)"
        yield phrase(term[:at] + term[at + 1 :])


def _edge_slips(term: str) -> Iterator[str]:
    if len(term) > 1:
        yield phrase(term[1:])
        yield phrase(term[:-1])


def _texts(documents: Sequence[Document]) -> tuple[list[str], list[str], list[str]]:
    """(texts of measures and then headings, ids of the measures, places of the headings)."""
    measures = [measure for document in documents for measure in document.measures]
    titles = [heading for document in documents for heading in headings(document)]
    texts = [measure.text for measure in measures] + [text for _, text, _ in titles]
    return texts, [measure.id for measure in measures], [place for place, _, _ in titles]


def _fingerprint(folds: Sequence[str]) -> str:
    digest = hashlib.sha256(f"phrases {_FORMAT}".encode())
    for folded in folds:
        digest.update(folded.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _fill(connection: sqlite3.Connection, folds: Iterable[str]) -> None:
    connection.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(text, content='', columnsize=0, tokenize='ascii')"
    )
    rows = ((number, f"{encode(folded)} {_ANY}") for number, folded in enumerate(folds))
    connection.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", rows)
    connection.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    connection.commit()


def _in_memory(folds: Iterable[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, folds)
    return connection


def _kept(parent: Path, folds: Sequence[str]) -> sqlite3.Connection:
    """The database of some folded texts that is kept in a folder, made if need be; else one in memory."""
    mark = _fingerprint(folds)
    with suppress(DamagedIndexError):
        return _load(parent / mark, mark)
    with suppress(OSError, DamagedIndexError):
        folders.keep(
            parent,
            mark,
            lambda folder: _write(folder, folds, mark),
            lambda folder: _load(folder, mark).close(),
        )
        return _load(parent / mark, mark)
    return _in_memory(folds)


def _write(folder: Path, folds: Iterable[str], mark: str) -> None:
    """Build a database in an empty folder. Raises OSError."""
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            # Nobody else sees the file before it is whole.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, folds)
    except sqlite3.Error as error:
        raise OSError(f"{folder}: {error}") from error
    folders.seal(folder, mark, [DATABASE])


def _load(folder: Path, mark: str) -> sqlite3.Connection:
    """The database in a folder, to be read only. Raises DamagedIndexError if it cannot be used."""
    folders.check(folder, mark)
    place = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(place, uri=True, check_same_thread=False)
        connection.execute("SELECT rowid FROM texts WHERE texts MATCH 'z' LIMIT 1").fetchall()
    except sqlite3.Error as error:
        raise DamagedIndexError(f"{folder}: {error}") from error
    return connection
