"""How fast and how good searching is: python -m tests.bench.search [COPIES]

The judged questions and passages of the plan are typed character by character. With COPIES the exact group is
also timed over that many copies of the plan. Ratios hold within one run; times are this machine's. Linux only
(memory is read from /proc).
"""

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from content.library import Library
from content.model import Document
from index.exact import ExactIndex
from index.query import parse
from index.related import DICTIONARY, Related
from index.search import Searcher
from index.segmentation import full_dictionary
from tests.index.judged import judged, mean_reciprocal_rank

_LOADING = """
import os, time
from pathlib import Path
from content.library import Library
documents = Library().documents()
import index.related, index.segmentation
def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
before, started = megabytes(), time.perf_counter()
kept = {work}
print(time.perf_counter() - started, megabytes() - before)
"""


def main() -> None:
    """Print all figures."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    documents = Library().documents()
    started = perf_counter()
    exact = ExactIndex(documents)
    print(f"exact index ready                     {_ms(perf_counter() - started)}")
    searcher = Searcher(exact, Related.open(documents, None))
    print(f"MRR@10, exact then related            {mean_reciprocal_rank(lambda q: _found(searcher, q)):.3f}")
    keys = _keystrokes(documents[0])
    _tell("exact, a keystroke", keys, lambda typed: exact.search(parse(typed)))
    _tell("exact with its marks, first 50", keys, lambda typed: _shown(exact, typed))
    _tell("exact, headings, related", keys, lambda typed: _search_anew(searcher, typed))
    if copies:
        many = ExactIndex(_copies(documents[0], copies))
        _tell(f"exact, {copies} copies of the plan", keys[::20], lambda typed: many.search(parse(typed)))
        _tell("the same, first 50 marked", keys[::20], lambda typed: _shown(many, typed))
    _tell_loading()


def _keystrokes(document: Document) -> list[str]:
    chance = random.Random(1)
    queries = [one.query for one in judged()]
    for measure in document.measures:
        at = chance.randrange(max(1, len(measure.text) - 8))
        queries.append(measure.text[at : at + 8])
    return [query[:end] for query in queries for end in range(1, len(query) + 1)]


def _shown(exact: ExactIndex, typed: str) -> None:
    query = parse(typed)
    for measure_id in exact.search(query)[:50]:
        exact.spans(measure_id, query)


def _search_anew(searcher: Searcher, typed: str) -> None:
    searcher._remembered.cache_clear()
    searcher.search(typed)


def _found(searcher: Searcher, query: str) -> Sequence[str]:
    result = searcher.search(query)
    return [*result.exact, *(hit.measure_id for hit in result.related)]


def _copies(document: Document, number: int) -> list[Document]:
    found = []
    for copy in range(number):
        name = f"copy{copy}"
        parts = tuple(
            replace(
                part,
                sections=tuple(
                    replace(
                        section,
                        measures=tuple(
                            replace(measure, id=measure.id.replace(document.id, name))
                            for measure in section.measures
                        ),
                    )
                    for section in part.sections
                ),
            )
            for part in document.parts
        )
        found.append(Document(replace(document.front, id=name), parts))
    return found


def _tell(what: str, keys: Sequence[str], search: Callable[[str], object]) -> None:
    times = []
    for typed in keys:
        started = perf_counter()
        search(typed)
        times.append(perf_counter() - started)
    print(f"{what:<37} p50 {_ms(median(times))}  p95 {_ms(quantiles(times, n=20)[-1])}  ({len(keys)})")


def _tell_loading() -> None:
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "dictionary.txt"
        full.write_text("\n".join(full_dictionary()), "utf-8")
        for what, work in (
            ("words, the dictionary that ships", f"index.segmentation.Segmenter(Path({str(DICTIONARY)!r}))"),
            ("words, jieba's full dictionary", f"index.segmentation.Segmenter(Path({str(full)!r}))"),
            ("related group, all of it", "index.related.Related.open(documents, None)"),
        ):
            runs = [_load(work) for _ in range(5)]
            seconds, megabytes = (median(values) for values in zip(*runs, strict=True))
            print(f"{what:<37} {_ms(seconds)}  {megabytes:.1f} MB")


def _load(work: str) -> tuple[float, float]:
    script = _LOADING.format(work=work)
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    seconds, megabytes = map(float, out.split())
    return seconds, megabytes


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3f} ms"


if __name__ == "__main__":
    main()
