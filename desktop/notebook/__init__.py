"""The reader's own data: notes and bookmarks on the text, in one SQLite file. No Qt."""
