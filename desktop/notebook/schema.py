"""The notebook's tables, as numbered migrations; ``user_version`` says which have been applied."""

_ANCHOR_COLUMNS = """
    document TEXT NOT NULL,
    measure TEXT NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"""CREATE TABLE note (
            id TEXT PRIMARY KEY,
            {_ANCHOR_COLUMNS},
            body TEXT NOT NULL,
            created TEXT NOT NULL,
            changed TEXT NOT NULL,
            deleted TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        f"""CREATE TABLE bookmark (
            id TEXT PRIMARY KEY,
            {_ANCHOR_COLUMNS},
            created TEXT NOT NULL,
            deleted TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE INDEX note_place ON note (document, measure)",
        "CREATE INDEX bookmark_place ON bookmark (document, measure)",
    ),
)
"""One entry a version, in order; each is a list of statements run in one transaction."""

VERSION = len(MIGRATIONS)
