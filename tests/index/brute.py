"""Search written a second time, as plainly as it can be: what the index is held against."""

import re
from collections.abc import Iterator

from content.folding import fold
from content.model import Document

_TOKEN = re.compile(r'(?P<either>\|)|(?P<without>-(?=[^\s|]))?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s|]+))')


def containing(document: Document, *terms: str) -> tuple[str, ...]:
    """The measures that contain every term."""
    return tuple(
        measure.id for measure in document.measures if all(fold(term) in fold(measure.text) for term in terms)
    )


def search(document: Document, typed: str, scope: str = "") -> tuple[str, ...]:
    """The measures within a scope (not a measure's id) that what was typed asks for, operators and all."""
    begin = f"{scope}." if "/" in scope else f"{scope}/"
    return tuple(
        measure.id
        for measure in document.measures
        if (not scope or measure.id.startswith(begin)) and _accepts(typed, fold(measure.text))
    )


def _accepts(typed: str, folded: str) -> bool:
    return any(
        alternative and all((term in folded) is not unwanted for unwanted, term in alternative)
        for alternative in _alternatives(typed)
    )


def _alternatives(typed: str) -> Iterator[list[tuple[bool, str]]]:
    """For each alternative its terms, folded: (whether it is unwanted, the term)."""
    terms: list[tuple[bool, str]] = []
    for token in _TOKEN.finditer(typed):
        if token["either"]:
            yield terms
            terms = []
        elif term := fold(token["plain"] if token["quoted"] is None else token["quoted"]):
            terms.append((token["without"] is not None, term))
    yield terms
