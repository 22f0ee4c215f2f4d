"""The notebook's tables, as numbered migrations; ``user_version`` says which have been applied."""

import sqlite3
from contextlib import closing
from functools import cache

from desktop.notebook.rows import digest

_PLACE_COLUMNS = """
    document TEXT NOT NULL,
    measure TEXT NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
"""

_FIRST = (
    f"""CREATE TABLE note (
        id TEXT PRIMARY KEY,
        {_PLACE_COLUMNS},
        body TEXT NOT NULL,
        created TEXT NOT NULL,
        changed TEXT NOT NULL,
        deleted TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    f"""CREATE TABLE bookmark (
        id TEXT PRIMARY KEY,
        {_PLACE_COLUMNS},
        created TEXT NOT NULL,
        deleted TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX note_place ON note (document, measure)",
    "CREATE INDEX bookmark_place ON bookmark (document, measure)",
)

_RANGES_KINDS_COLORS_DIGESTS = (
    "ALTER TABLE note ADD COLUMN reach TEXT NOT NULL DEFAULT 'measure'",
    "ALTER TABLE note ADD COLUMN last TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE note ADD COLUMN kind TEXT NOT NULL DEFAULT '一般'",
    "ALTER TABLE note ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE note ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE note ADD COLUMN digest INTEGER NOT NULL DEFAULT 0",
    "UPDATE note SET last = measure",
    """UPDATE note SET digest = row_digest(
        id, document, reach, measure, last, start, end, quote, before, after,
        body, created, changed, kind, tags, pinned, author, deleted)""",
    "ALTER TABLE bookmark ADD COLUMN reach TEXT NOT NULL DEFAULT 'measure'",
    "ALTER TABLE bookmark ADD COLUMN last TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bookmark ADD COLUMN changed TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bookmark ADD COLUMN label TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bookmark ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bookmark ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE bookmark ADD COLUMN author TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bookmark ADD COLUMN digest INTEGER NOT NULL DEFAULT 0",
    "UPDATE bookmark SET last = measure, changed = created, position = rowid",
    """UPDATE bookmark SET digest = row_digest(
        id, document, reach, measure, last, start, end, quote, before, after,
        created, changed, label, folder, position, author, deleted)""",
    f"""CREATE TABLE highlight (
        id TEXT PRIMARY KEY,
        {_PLACE_COLUMNS},
        reach TEXT NOT NULL,
        last TEXT NOT NULL,
        color TEXT NOT NULL,
        author TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        changed TEXT NOT NULL,
        deleted TEXT NOT NULL DEFAULT '',
        digest INTEGER NOT NULL
    ) STRICT""",
    # Every question is about a whole document; the index on single places was never used.
    "DROP INDEX note_place",
    "DROP INDEX bookmark_place",
    "CREATE INDEX note_document ON note (document)",
    "CREATE INDEX bookmark_document ON bookmark (document)",
    "CREATE INDEX highlight_document ON highlight (document)",
)

_ANCHORED_COLUMNS = """
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    reach TEXT NOT NULL,
    measure TEXT NOT NULL,
    last TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL
"""
_LAST_COLUMNS = """
    author TEXT NOT NULL,
    deleted TEXT NOT NULL,
    digest INTEGER NOT NULL
"""

# Nothing references: a part may come into the file before its whole, and outlive it where a file is damaged.
_MEETINGS_AND_LEDGER = (
    f"""CREATE TABLE meeting (
        {_ANCHORED_COLUMNS},
        title TEXT NOT NULL,
        time TEXT NOT NULL,
        place TEXT NOT NULL,
        participants TEXT NOT NULL,
        series TEXT NOT NULL,
        archived INTEGER NOT NULL,
        {_LAST_COLUMNS}
    ) STRICT""",
    f"""CREATE TABLE agenda_item (
        {_ANCHORED_COLUMNS},
        meeting TEXT NOT NULL,
        position INTEGER NOT NULL,
        points TEXT NOT NULL,
        notes TEXT NOT NULL,
        decision TEXT NOT NULL,
        unit TEXT NOT NULL,
        due TEXT NOT NULL,
        is_open INTEGER NOT NULL,
        carried_from TEXT NOT NULL,
        {_LAST_COLUMNS}
    ) STRICT""",
    f"""CREATE TABLE ledger_row (
        {_ANCHORED_COLUMNS},
        position INTEGER NOT NULL,
        lead TEXT NOT NULL,
        support TEXT NOT NULL,
        due TEXT NOT NULL,
        first_due TEXT NOT NULL,
        status TEXT NOT NULL,
        problem TEXT NOT NULL,
        next_step TEXT NOT NULL,
        person TEXT NOT NULL,
        {_LAST_COLUMNS}
    ) STRICT""",
    f"""CREATE TABLE progress (
        {_ANCHORED_COLUMNS},
        action TEXT NOT NULL,
        day TEXT NOT NULL,
        text TEXT NOT NULL,
        {_LAST_COLUMNS}
    ) STRICT""",
    "CREATE INDEX meeting_document ON meeting (document)",
    "CREATE INDEX agenda_item_document ON agenda_item (document)",
    "CREATE INDEX ledger_row_document ON ledger_row (document)",
    "CREATE INDEX progress_document ON progress (document)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _RANGES_KINDS_COLORS_DIGESTS, _MEETINGS_AND_LEDGER)
"""One entry a version, in order; each is a list of statements run in one transaction. A migration that changes the
columns of a table has to set its digests anew, with ``row_digest`` over all columns in the order of ``rows.columns``."""

VERSION = len(MIGRATIONS)

Columns = dict[str, str]
"""The columns of a table in the order they are stored in, each with its type."""


@cache
def tables(version: int) -> dict[str, Columns]:
    """The tables of a version of the notebook by their names."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, version)
        return tables_in(connection)


def tables_in(connection: sqlite3.Connection) -> dict[str, Columns]:
    """The tables that are in a file. Raises sqlite3.Error."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid"
    ).fetchall()
    return {
        name: {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in names
    }


def shape(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Everything that is in a file by its kind, its name and how it was made. Raises sqlite3.Error."""
    return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()


def newest_shape() -> list[tuple[str, ...]]:
    """The shape of a notebook of this version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        return shape(connection)


def migrate(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """Bring the tables to a version, in one transaction. Raises sqlite3.Error; then nothing has changed."""
    connection.create_function("row_digest", -1, lambda *values: digest(values), deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        present = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, statements in enumerate(MIGRATIONS[present:version], present + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
