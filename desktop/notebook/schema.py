"""The notebook's tables, as numbered migrations; ``user_version`` says which have been applied."""

import sqlite3

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

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _RANGES_KINDS_COLORS_DIGESTS)
"""One entry a version, in order; each is a list of statements run in one transaction. A migration that changes the
columns of a table has to set its digests anew, with ``row_digest`` over all columns in the order of ``rows.columns``."""

VERSION = len(MIGRATIONS)


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
