"""The longest time anything typed can take on the plan: ``python -m tests.bench.fuzz [NUMBER]``.

So many (10,000) random strings of ``tests.index.strategies``, and the odd ones of ``tests.index.test_fuzz``, are searched for,
all groups together, by the scan and by the phrases; prints p50, p95 and the longest in milliseconds with what took it. The
slowest are timed three times more and the least counts: other programs and the collection of hypothesis' garbage
cost more than any search.
"""

import gc
import sys
import warnings
from statistics import median, quantiles
from time import perf_counter

from hypothesis import HealthCheck, Phase, given, settings

from content.library import Library
from index.exact import Exact, ExactIndex
from index.phrases import PhraseIndex
from index.related import Related
from index.search import Searcher
from tests.index.strategies import ANY_TEXT, LONG, QUERIES
from tests.index.test_fuzz import ODD

SHOWN = 40
AGAIN = 200


def main() -> None:
    """Print the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    documents = Library().documents()
    related = Related.open(documents, None)
    for name, exact in (("scan", ExactIndex(documents)), ("phrases", PhraseIndex(documents))):
        times = sorted(_times(exact, related, number), reverse=True)
        gc.collect()
        gc.freeze()  # what hypothesis keeps is not for the program to search through
        again = [(min(_time(exact, related, typed) for _ in range(3)), typed) for _, typed in times[:AGAIN]]
        times = sorted(again + times[AGAIN:], reverse=True)
        milliseconds = [time for time, _ in times]
        print(
            f"{name:<8} {len(times)} strings  p50 {median(milliseconds):.2f}  "
            f"p95 {quantiles(milliseconds, n=20)[-1]:.2f}  longest {max(milliseconds):.1f} ms"
        )
        for time, typed in times[:3]:
            print(f"  {time:7.1f} ms  {len(typed)} characters: {typed[:SHOWN]!r}")


def _times(exact: Exact, related: Related, number: int) -> list[tuple[float, str]]:
    times: list[tuple[float, str]] = []

    def search(typed: str) -> None:
        times.append((_time(exact, related, typed), typed))

    @given(QUERIES | ANY_TEXT | LONG)
    @settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(typed: str) -> None:
        search(typed)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run()
    for typed in ODD:
        search(typed)
    return times


def _time(exact: Exact, related: Related, typed: str) -> float:
    searcher = Searcher(exact, related)
    started = perf_counter()
    searcher.search(typed)
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
