"""How well the judged questions are answered however they are typed: python -m tests.bench.typing

Each question is typed in nine ways; a way counts as answered if a right measure is among the first three of the
exact and the related group. Then every keystroke of all that is timed. Wrong characters are drawn from the
common ones with a fixed seed; each question has ten such slips of each kind.
"""

import random
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter

from content.library import Library
from content.resources import SIMPLIFIED_CHARACTERS
from index import pinyin
from index.exact import ExactIndex
from index.query import parse
from index.related import Related
from index.search import Searcher
from tests.index.judged import Judged, judged

FIRST = 3
SLIPS = 10
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"


def main() -> None:
    """Print the table and the times."""
    documents = Library().documents()
    exact = ExactIndex(documents)
    started = perf_counter()
    exact.readings(parse("laodongjiuye"))
    print(f"readings ready   {(perf_counter() - started) * 1000:.1f} ms")
    searcher = Searcher(exact, Related.open(documents, None))
    keys: list[str] = []
    print(f"{'typed as':<16} answered  standing  not standing")
    for name, typing in _ways().items():
        asked = [(one, typed) for one in judged() for typed in typing(one.query)]
        keys += [typed for _, typed in asked]
        _tell(name, searcher, exact, asked)
    _time(exact, keys)


def _ways() -> dict[str, Callable[[str], list[str]]]:
    chance = random.Random(6)
    return {
        "as it is": lambda query: [query],
        "pinyin": lambda query: [_spoken(query)],
        "pinyin, unended": lambda query: [_spoken(query)[:-1]],
        "initials": lambda query: ["".join(one[0] for one in _syllables(query))],
        "traditional": lambda query: [_traditional(query)],
        "homophone": lambda query: [_homophone(query, chance) for _ in range(SLIPS)],
        "one wrong": lambda query: [_slip(query, chance, 1, True) for _ in range(SLIPS)],
        "one missing": lambda query: [_slip(query, chance, 1, False) for _ in range(SLIPS) if len(query) > 2],
        "one extra": lambda query: [_slip(query, chance, 0, True) for _ in range(SLIPS)],
    }


def _tell(name: str, searcher: Searcher, exact: ExactIndex, asked: Sequence[tuple[Judged, str]]) -> None:
    right: dict[bool, list[bool]] = {True: [], False: []}
    for question, typed in asked:
        result = searcher.search(typed)
        found = [*result.exact, *(hit.measure_id for hit in result.related)][:FIRST]
        plain = parse(question.query)
        stands = bool(exact.search(plain) or exact.titles(plain))
        right[stands].append(bool(question.reciprocal_rank(found)))
    every = right[True] + right[False]
    shares = [f"{sum(some) / len(some):>7.0%}" for some in (every, right[True], right[False])]
    print(f"{name:<16} {shares[0]}  {shares[1]}   {shares[2]}   ({len(every)})")


def _time(exact: ExactIndex, queries: Sequence[str]) -> None:
    times = []
    for typed in (query[:end] for query in queries for end in range(1, len(query) + 1)):
        query = parse(typed)
        started = perf_counter()
        exact.readings(query)
        times.append((perf_counter() - started) * 1000)
    late = quantiles(times, n=100)
    print(
        f"readings, a key  p50 {median(times):.2f}  p95 {late[94]:.2f}  p99 {late[98]:.2f}  most {max(times):.2f} ms"
        f"  ({len(times)})"
    )


def _syllables(query: str) -> list[str]:
    tables = pinyin.tables()
    sounds = [tables.characters[one][0] if one in tables.characters else one for one in query]
    for word in sorted(tables.words, key=len):
        at = query.find(word)
        if at >= 0:
            sounds[at : at + len(word)] = tables.words[word]
    return sounds


def _spoken(query: str) -> str:
    return "".join(_syllables(query))


def _traditional(query: str) -> str:
    rows = (line.split("\t") for line in SIMPLIFIED_CHARACTERS.read_text("utf-8").splitlines())
    table = {ord(simple): traditional for traditional, simple in reversed(list(rows))}
    return query.translate(table)


def _homophone(query: str, chance: random.Random) -> str:
    """The query with one character that sounds alike, drawn from GB 2312's common ones."""
    tables = pinyin.tables()
    at = _place(query, chance)
    sound = _syllables(query)[at]
    alike = [
        one
        for one, sounds in tables.characters.items()
        if sounds[0] == sound and one != query[at] and _is_common(one)
    ]
    return query[:at] + (chance.choice(alike) if alike else query[at]) + query[at + 1 :]


def _is_common(character: str) -> bool:
    """Whether a character is of the first level of GB 2312: its first byte is below that of the second level."""
    coded = character.encode("gb2312", "ignore")
    return bool(coded) and coded[0] < 0xD8


def _slip(query: str, chance: random.Random, taken: int, given: bool) -> str:
    at = _place(query, chance)
    return query[:at] + (chance.choice(COMMON) if given else "") + query[at + taken :]


def _place(query: str, chance: random.Random) -> int:
    return chance.choice([at for at, one in enumerate(query) if one != " "])


if __name__ == "__main__":
    main()
