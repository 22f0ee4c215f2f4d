"""Whoosh behind an adapter: building an index of texts, keeping it in a folder, reading it.

An index is a few files in memory; a folder (``index.folders``) holds the same files. Whoosh unpickles part of
them, so only the program's own folders are read.
"""

import hashlib
import json
import tempfile
from array import array
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from content.folding import fold
from content.model import Place
from index import folders, imports
from index.folders import DamagedIndexError
from index.segmentation import Segmenter, characters

WORDS, CHARACTERS, TITLE = "words", "characters", "title"

_FORMAT = 1
B = 0.3
"""How much BM25F favours short measures; found on the judged questions."""
_BUILD_MEMORY = 64
"""Megabytes of words that are sorted at a time."""
_KEPT_TERMS = 4096

Files = dict[str, bytes]
Postings = tuple["array[int]", Sequence[float]]
"""Document numbers in order, and the score of the term in each."""

NONE: Postings = array("L"), array("d")


class Terms(Protocol):
    """An index ready to be asked. Documents are numbered as the measures were when it was built."""

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands in a field."""

    def beginning_with(self, prefix: str, most: int) -> list[str]:
        """The first words, in code point order, that begin with a prefix and are longer."""


class Store:
    """Terms in Whoosh's files."""

    def __init__(self, files: Files) -> None:
        from whoosh.scoring import BM25F

        # The schema given, the pickled one is skipped.
        self._searcher = _memory(files).open_index(schema=_schema()).searcher(weighting=BM25F(B=B))
        self.postings = lru_cache(maxsize=_KEPT_TERMS)(self._postings)

    def beginning_with(self, prefix: str, most: int) -> list[str]:
        """See ``Terms``."""
        found: list[str] = []
        for word in self._searcher.reader().expand_prefix(WORDS, prefix):
            text = word.decode("utf-8")
            if text != prefix:
                found.append(text)
            if len(found) == most:
                break
        return found

    def _postings(self, field: str, term: str) -> Postings:
        from whoosh.reading import TermNotFound

        try:
            matcher = self._searcher.postings(field, term)
        except TermNotFound:
            return NONE
        numbers, scores = array("L"), array("d")
        while matcher.is_active():
            numbers.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return numbers, scores


def load(folder: Path, mark: str) -> Store:
    """The index in a folder. Raises DamagedIndexError if it cannot be used."""
    files = read(folder, mark)
    try:
        return Store(files)
    except Exception as error:  # Whoosh and pickle raise anything on files made by other versions.
        raise DamagedIndexError(f"{folder}: {error}") from error


def fingerprint(places: Sequence[Place], segmenter: Segmenter, engine: str = "") -> str:
    """SHA-256 over all that an index is made from: versions, ids, texts, titles, folding, dictionary.

    ``engine`` names what reads the index, with its version; without it that is Whoosh.
    """
    makers = {"format": _FORMAT, "whoosh": engine or imports.whoosh().versionstring()}
    makers["segmenter"] = segmenter.fingerprint
    digest = hashlib.sha256(json.dumps(makers).encode())
    for place in places:
        title, text = place.section.title, place.measure.text
        for piece in (place.measure.id, title, fold(title), text, fold(text)):
            digest.update(piece.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def build(places: Sequence[Place], segmenter: Segmenter) -> Files:
    """The files of an index of measures: their words and characters, the words of their sections' titles."""
    from whoosh.filedb.filestore import FileStorage

    storage = _memory({})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # WORKAROUND whoosh/filedb/filestore.py: temporary files would go to one folder of a fixed name, MAIN.tmp,
        # in the shared temporary folder, which each writer takes away under the others.
        storage.temp_storage = lambda name=None: FileStorage(scratch)
        writer = storage.create_index(_schema()).writer(limitmb=_BUILD_MEMORY)
        for place in places:
            text, title = encodable(place.measure.text), encodable(place.section.title)
            writer.add_document(
                words=segmenter.words(text), characters=characters(text), title=segmenter.words(title)
            )
        writer.commit()
    return {name: bytes(content) for name, content in storage.files.items()}


def write(folder: Path, files: Files, mark: str) -> None:
    """Put an index into a folder that is there. Raises OSError."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    folders.seal(folder, mark, files)


def read(folder: Path, mark: str) -> Files:
    """The files of the index in a folder. Raises DamagedIndexError if it is not whole, or another one."""
    files = {}
    for path, checksum in folders.checksums(folder, mark).items():
        try:
            content = files[path.name] = path.read_bytes()
        except OSError as error:
            raise DamagedIndexError(f"{folder}: {error}") from error
        if hashlib.sha256(content).hexdigest() != checksum:
            raise DamagedIndexError(f"{path} is damaged")
    return files


def keep(parent: Path, files: Files, mark: str) -> None:
    """Put an index under its fingerprint into a folder, and take away old ones. Raises OSError."""
    folders.keep(parent, mark, lambda folder: write(folder, files, mark), lambda folder: load(folder, mark))


def encodable(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def _memory(files: Files) -> Any:
    imports.whoosh()
    from whoosh.filedb.filestore import RamStorage

    storage = RamStorage()
    storage.files = dict(files)
    return storage


def _schema() -> Any:
    from whoosh.fields import KEYWORD, Schema

    return Schema(**{name: KEYWORD(scorable=True) for name in (WORDS, CHARACTERS, TITLE)})
