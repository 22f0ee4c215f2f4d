"""Searching at size: ``python -m tests.bench.scale [--laws FILE] [--sizes 196,20000,100000] [--whoosh-up-to 20000]``.

Libraries of so many measures are made of the plan and of real statutes (``tests.bench.corpus``; the file, by default
../shared/scale/laws.tsv.gz beside the repository, is no part of it). In each, passages and judged questions are typed
character by character. For every way to find exact hits: p50, p95 and the longest of the milliseconds per keystroke
to the first 50 hits and their number, seconds to build, megabytes on disk and in memory, and for how many of the
queries hits are missing, or false, and which; then what a whole keystroke takes, headings, marks and suggestions for slips of the
finger and all. For every way to rank: the same, and MRR@10 of the judged questions among the
plan's measures. What is built of words is given them ready: their segmentation is told apart (our own do it themselves).

Each way runs in a process of its own (Linux only: memory is read from /proc); all of them in one run, so that ratios hold.
tantivy takes part if it is installed: ``uv pip install tantivy==0.27.0``.
"""

import argparse
import gc
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from content.model import Document
from index import choice
from index.exact import Exact, ExactIndex
from index.phrases import PhraseIndex
from index.query import Clause, Query, parse
from index.related import DICTIONARY, Related
from index.search import Searcher
from index.segmentation import Segmenter
from index.thesaurus import Thesaurus
from tests.bench import rivals
from tests.bench.corpus import library
from tests.index.judged import judged, mean_reciprocal_rank

ROOT = Path(__file__).resolve().parents[2]
LAWS = ROOT.parent / "shared" / "scale" / "laws.tsv.gz"
FIRST = 50
PASSAGES = 60
_EXAMPLES = 6
PASSAGE = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one way; ``answers`` is (first hits, count) or the ids of each query."""

    built: float
    disk: float
    memory: float
    times: list[float]
    answers: list[Any]
    quality: float = 0.0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="检索的规模测试")
    parser.add_argument("--laws", type=Path, default=LAWS)
    parser.add_argument("--sizes", default="196,20000,100000")
    parser.add_argument("--whoosh-up-to", type=int, default=20_000)
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        documents = library(options.laws, size)
        started = perf_counter()
        segmenter = Segmenter(DICTIONARY)
        texts = [measure.text for document in documents for measure in document.measures]
        material = rivals.Material.of(texts, segmenter)
        seconds = perf_counter() - started
        print(f"\n{len(texts)} measures, {sum(map(len, texts))} characters; segmentation {seconds:.1f} s")
        _tell_exact(documents, material, segmenter)
        _tell_related(documents, material, segmenter, with_whoosh=size <= options.whoosh_up_to)


def _tell_exact(documents: list[Document], material: rivals.Material, segmenter: Segmenter) -> None:
    queries = _typed(material.folds)
    truth = [_containing(material.folds, term) for term in queries]
    print(f"{'exact, ' + str(len(queries)) + ' keystrokes':<35}{_HEAD} {'misses':>7} {'false':>7}")
    for name, build in (
        ("ExactIndex (scan)", lambda folder: _own(documents, ExactIndex(documents))),
        ("PhraseIndex (FTS5)", lambda folder: _own(documents, PhraseIndex.open(documents, folder))),
        *((kind.name, _rival(kind, material, segmenter)) for kind in _EXACT_RIVALS),
    ):
        figures = _measured(build, queries)
        if figures is None:
            print(f"{name:<35}not installed")
            continue
        wrong = [_faults(answer, right) for answer, right in zip(figures.answers, truth, strict=True)]
        missed, false = (sum(kinds) for kinds in zip(*wrong, strict=True))
        print(f"{name:<35}{_row(figures)} {missed:>7} {false:>7}")
        _tell_unanswered(queries, [missing for missing, _ in wrong], [false for _, false in wrong])
    for name, build in (
        ("scan, a page with marks", lambda folder: _page(ExactIndex(documents))),
        ("phrases, a page with marks", lambda folder: _page(_opened_again(documents, folder))),
    ):
        for kind, typed in (("", queries), (" (slips)", _slipped(queries))):
            figures = _measured(build, typed)
            if figures:
                print(f"{name + kind:<35}{_row(figures)}")


def _tell_related(
    documents: list[Document], material: rivals.Material, segmenter: Segmenter, *, with_whoosh: bool
) -> None:
    ids = [measure.id for document in documents for measure in document.measures]
    queries = _asked()
    below = len(documents[0].places)
    ways: list[tuple[str, Callable[[Path], Any]]] = []
    if with_whoosh:
        ways.append(("Related (Whoosh)", lambda folder: _ranking(documents, folder, False, Thesaurus(()))))
    ways.append(("Related (postings)", lambda folder: _ranking(documents, folder, True, Thesaurus(()))))
    ways.append(("the same, with the thesaurus", lambda folder: _ranking(documents, folder, True, None)))
    for kind in (rivals.RankedTable, rivals.Tantivy):
        ways.append((kind.name, _ranking_rival(kind, material, segmenter, ids, below)))
    print(f"{'related, ' + str(len(queries)) + ' keystrokes':<35}{_HEAD} {'MRR@10':>7}")
    for name, build in ways:
        figures = _measured(build, queries, judge=True)
        print(f"{name:<35}{_row(figures)} {figures.quality:>7.3f}" if figures else f"{name:<35}not installed")


_EXACT_RIVALS: tuple[Any, ...] = (rivals.Scan, rivals.Trigrams, rivals.Words, rivals.Tantivy)
_HEAD = f"{'p50':>8} {'p95':>8} {'longest':>8} {'built s':>8} {'disk MB':>8} {'RAM MB':>8}"


def _tell_unanswered(queries: Sequence[str], missed: Sequence[bool], false: Sequence[bool]) -> None:
    """Which queries a way does not answer: how many of each length, and some of them."""
    lengths = Counter(map(len, queries))
    for what, wrong in (("misses hits of", missed), ("false hits for", false)):
        bad = [query for query, is_wrong in zip(queries, wrong, strict=True) if is_wrong]
        shares = [
            f"{length}: {number}/{lengths[length]}"
            for length, number in sorted(Counter(map(len, bad)).items())
        ]
        if bad:
            print(
                f"  {what} terms, by length {', '.join(shares)}; such as {' '.join(_some(list(dict.fromkeys(bad))))}"
            )


def _some(queries: Sequence[str]) -> Sequence[str]:
    return queries[:: max(1, len(queries) // _EXAMPLES)][:_EXAMPLES]


def _row(figures: Figures) -> str:
    p95 = quantiles(figures.times, n=20)[-1]
    numbers = (median(figures.times), p95, max(figures.times), figures.built, figures.disk, figures.memory)
    return " ".join(f"{number:>8.2f}" for number in numbers)


def _typed(folds: Sequence[str]) -> list[str]:
    """Folded terms as they grow under the hands: passages from anywhere, and the judged questions."""
    chance = random.Random(1)
    passages = [one.query for one in judged()]
    for folded in chance.sample(list(folds), PASSAGES):
        at = chance.randrange(max(1, len(folded) - PASSAGE))
        passages.append(folded[at : at + PASSAGE])
    terms = (
        term
        for passage in passages
        for clause in parse(f'"{passage}"').alternatives
        for term in clause.wanted
    )
    return [term[:end] for term in terms for end in range(1, len(term) + 1)]


def _asked() -> list[str]:
    return [one.query[:end] for one in judged() for end in range(1, len(one.query) + 1)]


def _containing(folds: Sequence[str], term: str) -> tuple[list[int], int]:
    found = [number for number, folded in enumerate(folds) if term in folded]
    return found[:FIRST], len(found)


def _faults(answer: tuple[list[int], int], right: tuple[list[int], int]) -> tuple[bool, bool]:
    """(whether hits are missing, whether some are false), as far as first hits and counts tell."""
    (first, count), (right_first, right_count) = answer, right
    whole = right_count <= FIRST and count <= FIRST
    missing = count < right_count or (whole and bool(set(right_first) - set(first)))
    return missing, count > right_count or (whole and bool(set(first) - set(right_first)))


def _own(documents: list[Document], exact: Exact) -> Callable[[str], Any]:
    numbers = {
        m.id: number for number, m in enumerate(m for document in documents for m in document.measures)
    }

    def find(term: str) -> tuple[list[int], int]:
        hits = exact.search(Query((Clause((term,)),)))
        return [numbers[measure_id] for measure_id in hits[:FIRST]], len(hits)

    return find


def _page(exact: Exact) -> Callable[[str], Any]:
    """What a keystroke asks for: hits, headings, the nearest where there are none; the first page with its marks."""

    def search(typed: str) -> None:
        result = Searcher(exact).search(typed)
        for count in (len(result.exact), len(result.titles)):
            assert count >= 0
        for measure_id in result.exact[:FIRST]:
            exact.spans(measure_id, result.query)
        tuple(result.titles[:FIRST])

    return search


def _opened_again(documents: list[Document], folder: Path) -> Exact:
    started = perf_counter()
    PhraseIndex.open(documents, folder)
    made = perf_counter()
    opened = PhraseIndex.open(documents, folder)
    print(f"  (made in {made - started:.2f} s, opened in {perf_counter() - made:.2f} s)")
    return opened


def _slipped(queries: Sequence[str]) -> list[str]:
    """The longer terms with one character wrong."""
    chance = random.Random(2)
    letters = "".join(queries)
    return [
        f"{term[:at]}{chance.choice(letters)}{term[at + 1 :]}"
        for term in queries
        if len(term) > 2
        for at in [chance.randrange(len(term))]
    ]


def _rival(
    kind: Any, material: rivals.Material, segmenter: Segmenter
) -> Callable[[Path], Callable[[str], Any]]:
    def build(folder: Path) -> Callable[[str], Any]:
        engine = kind(material, folder, segmenter)
        return lambda term: engine.find(term, FIRST)

    return build


def _ranking(
    documents: list[Document], folder: Path, large: bool, thesaurus: Thesaurus | None
) -> Callable[..., Any]:
    choice.LARGE = 0 if large else 1 << 60
    ranked = Related.open(documents, folder, prebuilt=folder / "none", thesaurus=thesaurus)

    def rank(query: str, scope: str = "") -> list[str]:
        return [hit.measure_id for hit in ranked.search(query, scope=scope)]

    return rank


def _ranking_rival(
    kind: Any, material: rivals.Material, segmenter: Segmenter, ids: list[str], below: int
) -> Callable[[Path], Callable[..., Any]]:
    def build(folder: Path) -> Callable[..., Any]:
        engine = kind(material, folder, segmenter)

        def rank(query: str, scope: str = "") -> list[str]:
            found = engine.rank(query, below, 5000) if scope else engine.rank(query, len(ids), 10)
            return [ids[number] for number in found[:10]]

        return rank

    return build


def _measured(
    build: Callable[[Path], Callable[..., Any]], queries: list[str], *, judge: bool = False
) -> Figures | None:
    """What a way takes, in a process of its own; None if it is not installed."""
    ahead, behind = get_context("fork").Pipe(duplex=False)

    def run() -> None:
        with tempfile.TemporaryDirectory() as name:
            try:
                behind.send(_figures(build, Path(name), queries, judge))
            except ImportError:
                behind.send(None)

    process = get_context("fork").Process(target=run)
    process.start()
    behind.close()  # so that a process that fails is noticed
    figures: Figures | None = ahead.recv()
    process.join()
    return figures


def _figures(
    build: Callable[[Path], Callable[..., Any]], folder: Path, queries: list[str], judge: bool
) -> Figures:
    # What is shared with the parent is not to be copied by the collector's marks.
    gc.freeze()
    before, started = _megabytes(), perf_counter()
    find = build(folder)
    built = perf_counter() - started
    times, answers = [], []
    for query in queries:
        started = perf_counter()
        answers.append(find(query))
        times.append((perf_counter() - started) * 1000)
    memory = _megabytes() - before
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    quality = mean_reciprocal_rank(lambda query: find(query, "shanghai-2023")) if judge else 0.0
    return Figures(built, disk, memory, times, answers, quality)


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
