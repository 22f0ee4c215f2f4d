"""The dictionary that fits some texts: the one that ships, or one made for them from all of jieba's words.

The one that ships knows the characters of the documents that ship. A document with others, as every imported one has, is
cut by a dictionary pruned to its own characters, which cuts it as the full one does, and which is kept.
"""

import hashlib
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from content.model import Document
from content.resources import RESOURCES
from index import folders
from index.segmentation import Segmenter, characters, prune, texts_of

ALL_WORDS = RESOURCES / "index" / "words.zlib"
"""jieba's words with their frequencies, a line each, packed: 1.8 MB instead of 5. Read for imported documents only."""
KEPT_IN = "dictionary"
_NAME = "dictionary.txt"


def fitting(documents: Iterable[Document], shipped: Path, user_folder: Path | None) -> Segmenter:
    """What cuts these documents as jieba's full dictionary does; what is made for them is kept in ``user_folder``.

    Raises OSError if the dictionary that ships cannot be read, ValueError if it is none.
    """
    segmenter = Segmenter(shipped)
    texts = texts_of(documents)
    if segmenter.knows(character for text in texts for character in characters(text)):
        return segmenter
    mark = hashlib.sha256("\0".join([segmenter.fingerprint, *texts]).encode("utf-8", "replace")).hexdigest()
    if user_folder is not None:
        with suppress(folders.DamagedIndexError, OSError, ValueError):
            folders.check(user_folder / KEPT_IN / mark, mark)
            return Segmenter(user_folder / KEPT_IN / mark / _NAME)
    try:
        raw = "".join(f"{line}\n" for line in prune(all_words(), texts)).encode()
    except (OSError, zlib.error):
        return segmenter  # cut a little otherwise than jieba would, and searched all the same
    if user_folder is not None:
        with suppress(OSError):
            _keep(user_folder / KEPT_IN, raw, mark)
    return Segmenter(raw)


def all_words() -> list[str]:
    """All words of jieba's dictionary, each with its frequency. Raises OSError, zlib.error."""
    return zlib.decompress(ALL_WORDS.read_bytes()).decode("utf-8").splitlines()


def packed(lines: Iterable[str]) -> bytes:
    """Lines of jieba's dictionary as ``all_words`` reads them; the same lines give the same bytes."""
    words = "\n".join(" ".join(line.split(" ")[:2]) for line in lines)
    return zlib.compress(words.encode("utf-8"), 9)


def _keep(parent: Path, raw: bytes, mark: str) -> None:
    def fill(folder: Path) -> None:
        (folder / _NAME).write_bytes(raw)
        folders.seal(folder, mark, [_NAME])

    folders.keep(parent, mark, fill, lambda folder: folders.check(folder, mark))
