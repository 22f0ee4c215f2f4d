"""Whoosh behind an adapter: building an index of texts, keeping it in a folder, reading it.

An index is a few files in memory; a folder holds the same files and ``meta.json`` with the fingerprint of
what was indexed and a checksum of each file: one that is stale, cut short or damaged is never used. Whoosh
unpickles part of its files, so only the program's own folders are read.
"""

import hashlib
import json
import shutil
import tempfile
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from time import time
from typing import Any

from content.folding import fold
from content.model import Place
from index import imports
from index.segmentation import Segmenter, characters

META = "meta.json"
WORDS, CHARACTERS, TITLE = "words", "characters", "title"

_FORMAT = 1
_B = 0.3
"""How much BM25F favours short measures; found on the judged questions."""
_BUILD_MEMORY = 64
"""Megabytes of words that are sorted at a time."""
_KEPT_TERMS = 4096
_KEPT_FOLDERS = 3
_ABANDONED = 24 * 3600.0
"""Seconds after which nobody is still writing an index."""

Files = dict[str, bytes]
Postings = tuple["array[int]", "array[float]"]
"""Document numbers in order, and the score of the term in each."""

_NONE: Postings = array("L"), array("d")


class DamagedIndexError(Exception):
    """A folder that holds no index, another one, or not all of it."""


class Store:
    """An index ready to be asked. Documents are numbered as the measures were when it was built."""

    def __init__(self, files: Files) -> None:
        from whoosh.scoring import BM25F

        # The schema given, the pickled one is skipped.
        self._searcher = _memory(files).open_index(schema=_schema()).searcher(weighting=BM25F(B=_B))
        self.postings = lru_cache(maxsize=_KEPT_TERMS)(self._postings)

    def beginning_with(self, prefix: str, most: int) -> list[str]:
        """The first words of the index, in code point order, that begin with a prefix and are longer."""
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
            return _NONE
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


def fingerprint(places: Sequence[Place], segmenter: Segmenter) -> str:
    """SHA-256 over all that an index is made from: versions, ids, texts, titles, folding, dictionary."""
    makers = {
        "format": _FORMAT,
        "whoosh": imports.whoosh().versionstring(),
        "segmenter": segmenter.fingerprint,
    }
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
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    meta = {"fingerprint": mark, "files": sums}
    (folder / META).write_text(json.dumps(meta, indent=1) + "\n", "utf-8", newline="\n")


def read(folder: Path, mark: str) -> Files:
    """The files of the index in a folder. Raises DamagedIndexError if it is not whole, or another one."""
    try:
        meta = json.loads((folder / META).read_text("utf-8"))
        if meta["fingerprint"] != mark:
            raise DamagedIndexError(f"{folder}: another fingerprint")
        files = {}
        for name, checksum in meta["files"].items():
            files[name] = (folder / Path(name).name).read_bytes()
            if hashlib.sha256(files[name]).hexdigest() != checksum:
                raise DamagedIndexError(f"{folder}: {name} is damaged")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndexError(f"{folder}: {error}") from error
    return files


def keep(parent: Path, files: Files, mark: str) -> None:
    """Put an index under its fingerprint into a folder, and take away old ones. Raises OSError.

    It is written beside and renamed; where two do this at once, the later one finds the work done.
    """
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / mark
    beside = Path(tempfile.mkdtemp(prefix=".", dir=parent))
    try:
        write(beside, files, mark)
        try:
            load(folder, mark)
        except DamagedIndexError:
            _remove(folder)
            with suppress(OSError):
                beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _prune(parent, folder)


def _prune(parent: Path, current: Path) -> None:
    """Take away all but the newest indexes, and what was left half written."""
    ages: dict[Path, float] = {}
    for folder in parent.iterdir():
        with suppress(FileNotFoundError):  # another program may be tidying up as well
            ages[folder] = time() - folder.stat().st_mtime
    ages.pop(current, None)
    whole = sorted((folder for folder in ages if not folder.name.startswith(".")), key=ages.__getitem__)
    left = [folder for folder, age in ages.items() if folder.name.startswith(".") and age > _ABANDONED]
    for folder in whole[_KEPT_FOLDERS - 1 :] + left:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Take a folder away whole, or leave it whole where another program has it open."""
    with suppress(OSError):
        gone = folder.with_name(f".{folder.name}")
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


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
