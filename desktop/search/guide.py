"""Ways of typing a query, each with an example that stands in the open document."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from content import citation
from content.model import Document

Count = Callable[[str], int]
"""How many measures a query finds."""

_WORDS = 12
"""Frequent words that examples are made of."""
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
_PIECE = re.compile(r"[一-鿿]{2,}")
_LATIN = re.compile(r"[A-Za-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Form:
    """A way of typing a query: what it means, and examples to be tried in turn."""

    meaning: str
    examples: tuple[str, ...]


ALL, ANY, WITHOUT, QUOTED, CITED, FOLDED = FORMS = (
    Form("空格：同一句里都有", ("小微 贷款",)),
    Form("竖线：有其一即可", ("小额|简易",)),
    Form("减号：不要含有这个词的句子", ("承诺 -告知",)),
    Form("英文引号：其中的空格不分词", ('"AI+ 政务"',)),
    Form("出处：直接转到该句", ("二（三）3",)),
    Form("全角半角、大小写、繁简体视为相同", ("水電氣", "企業")),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it shows, and what it finds now: a number of measures or a place."""

    query: str
    meaning: str
    found: str


def examples(document: Document, count: Count) -> list[Example]:
    """An example for every way of typing, as far as the document has one."""
    words = _frequent_words(document)
    found: list[Example] = []
    for form in FORMS:
        if form is CITED:
            found += _cited(document)
            continue
        for query in (*form.examples, *_made(form, words, document)):
            if _shows(form, query, count):
                found.append(Example(query, form.meaning, f"{count(query)} 条"))
                break
    return found


def _shows(form: Form, query: str, count: Count) -> bool:
    """Whether a query finds something and, without a word, less than with it."""
    number = count(query)
    return number > 0 and (form is not WITHOUT or number < count(query.partition(" -")[0]))


def _cited(document: Document) -> Iterator[Example]:
    """The first place that can be typed as a citation; a printed sentence further on, if there is one."""
    for query in (*CITED.examples, *(citation.short(document, one) for one in document.places)):
        target = citation.find(document, query)
        if target is not None:
            yield Example(query, CITED.meaning, f"转到{citation.short(document, target.measure_id)}")
            return


def _made(form: Form, words: list[str], document: Document) -> Iterator[str]:
    """Examples made of a document's own words."""
    pairs = permutations(words, 2)
    if form is ALL:
        yield from (f"{one} {two}" for one, two in pairs)
    elif form is ANY:
        yield from (f"{one}|{two}" for one, two in pairs)
    elif form is WITHOUT:
        yield from (f"{one} -{two}" for one, two in pairs)
    elif form is QUOTED:
        yield from (f'"{piece[:2]} {piece[2:4]}"' for piece in _pieces(document) if len(piece) >= 4)
    else:
        latin = (match for measure in document.measures for match in _LATIN.findall(measure.text))
        yield from (word.translate(_FULL_WIDTH) for word in latin)


def _frequent_words(document: Document) -> list[str]:
    """Two characters that often begin what stands between marks; most of them are words."""
    counted = Counter(piece[:2] for piece in _pieces(document))
    return [word for word, _ in counted.most_common(_WORDS)]


def _pieces(document: Document) -> Iterable[str]:
    return (piece for measure in document.measures for piece in _PIECE.findall(measure.text))
