"""The document that a start of the program shows."""

from pathlib import Path

from content import citation
from content.errors import ContentError, UnknownDocument
from content.library import Library
from content.model import Document
from desktop.starts.asked import is_notes, is_policy


def open_document(asked: str, usual: Document, library: Library, data: Path) -> tuple[Document, str]:
    """The document to show, and what went wrong with the asked-for one; notes and places are asked of the usual one.

    What is a file is imported into the folder ``data``.
    """
    if is_notes(asked):
        return usual, ""
    if not is_policy(asked) and citation.find(usual, asked) is not None:
        return usual, ""
    try:
        return _read(asked, data, library), ""
    except (ContentError, OSError) as error:
        from desktop import errors

        return usual, f"{errors.sentence(error)}现在显示的是随程序提供的方案。"


def _read(file: str, data: Path, library: Library) -> Document:
    try:
        return library.document(file)
    except UnknownDocument:
        from content.importer import import_into

        return library.document(str(import_into(Path(file), data / "policies").folder))
