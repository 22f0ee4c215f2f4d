"""The promise of the exact group, proved at length: ``python -m tests.bench.exact_proof [NUMBER] [--laws FILE --size N]``.

So many (100,000) random substrings of a text, 1 to 30 characters long, in any width and case, are asked of the scan
and of the phrases, and so are a tenth as many queries with operators of a plain evaluator (``tests.index.brute``). With a
file of statutes (``tests.bench.scale``) a library of N measures is asked instead, a hundredth as often. Prints how many
answers differ; exit code 1 if any does.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from content.folding import fold
from content.library import Library
from content.model import Document
from index.exact import Exact, ExactIndex
from index.phrases import PhraseIndex
from index.query import parse
from tests.bench.corpus import library
from tests.index import brute

LONGEST = 30
OPERATORS = (" ", " ", "|", " -", ' "', '" ', "　")


def main() -> int:
    """Print the counts; gives the exit code."""
    parser = argparse.ArgumentParser(description="原文命中的证明")
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("--laws", type=Path)
    parser.add_argument("--size", type=int, default=20_000)
    options = parser.parse_args()
    number = options.number // 100 if options.laws else options.number
    documents = library(options.laws, options.size) if options.laws else [Library().document("shanghai-2023")]
    texts = [measure.text for document in documents for measure in document.measures]
    differing = 0
    for name, exact in (("scan", ExactIndex(documents)), ("phrases", PhraseIndex(documents))):
        wrong = differing_substrings(exact, documents, number)
        print(f"{name:<8} {number} substrings of {len(texts)} measures, {wrong} answered otherwise")
        differing += wrong
        wrong = differing_queries(exact, documents, number // 10)
        print(f"{name:<8} {number // 10} queries with operators, {wrong} answered otherwise")
        differing += wrong
    return int(differing > 0)


def differing_substrings(exact: Exact, documents: Sequence[Document], number: int, seed: int = 1) -> int:
    """How many of so many random substrings an index answers otherwise than ``in`` does."""
    folds = [(measure.id, fold(measure.text)) for document in documents for measure in document.measures]
    differing = 0
    for piece in _substrings(documents, number, seed):
        folded = fold(piece)
        right = tuple(measure_id for measure_id, text in folds if folded in text) if folded else ()
        differing += exact.search(parse(f'"{piece}"')) != right
    return differing


def differing_queries(exact: Exact, documents: Sequence[Document], number: int, seed: int = 2) -> int:
    """How many of so many random queries with operators an index answers otherwise than the plain evaluator."""
    chance = random.Random(seed)
    pieces = _substrings(documents, number * 4, seed)
    differing = 0
    for _ in range(number):
        typed = "".join(
            next(pieces)[: chance.randint(1, 3)] + chance.choice(OPERATORS)
            for _ in range(chance.randint(1, 4))
        )
        right = tuple(one for document in documents for one in brute.search(document, typed))
        differing += exact.search(parse(typed)) != right
    return differing


def _substrings(documents: Sequence[Document], number: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    texts = [measure.text for document in documents for measure in document.measures]
    for _ in range(number):
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        piece = text[at : at + chance.randint(1, LONGEST)].replace('"', "")
        yield chance.choice((piece, piece, piece.upper(), _wide(piece)))


def _wide(text: str) -> str:
    """Printable ASCII in full width, but for the straight mark, which would not be the same when it is typed."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


if __name__ == "__main__":
    sys.exit(main())
