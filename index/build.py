"""The index and the dictionary that come with the program, made from the documents that do."""

import random
from collections.abc import Sequence
from pathlib import Path

from content.folding import fold
from content.model import Document, Place
from index import store
from index.related import PREBUILT
from index.segmentation import Segmenter, full_dictionary, prune


def build(documents: Sequence[Document], folder: Path = PREBUILT) -> str:
    """Write the dictionary and the index into a folder; gives the fingerprint. Raises OSError.

    The same documents and libraries give the same files.
    """
    places = [place for document in documents for place in document.places.values()]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name == store.META or old.suffix in (".seg", ".toc"):
            old.unlink()
    dictionary = folder / "dictionary.txt"
    lines = prune(full_dictionary(), texts(documents))
    dictionary.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    segmenter = Segmenter(dictionary)
    files = _reproducible(places, segmenter)
    mark = store.fingerprint(places, segmenter)
    store.write(folder, files, mark)
    return mark


def texts(documents: Sequence[Document]) -> list[str]:
    """Everything the dictionary has to cut: titles, headings and measures, as printed and folded."""
    printed = []
    for document in documents:
        printed.append(document.title)
        for part in document.parts:
            printed.append(part.heading)
            printed += [section.title for section in part.sections]
        printed += [measure.text for measure in document.measures]
    return [*printed, *map(fold, printed)]


def _reproducible(places: Sequence[Place], segmenter: Segmenter) -> store.Files:
    # Whoosh names its files with the random module.
    state = random.getstate()
    random.seed(0)
    try:
        return store.build(places, segmenter)
    finally:
        random.setstate(state)
