"""Whatever is typed or pasted: an answer, never an error, from the scan and from the phrases."""

import pytest
from hypothesis import example, given, settings

from content.model import Document
from index.exact import ExactIndex
from index.phrases import PhraseIndex
from index.query import parse
from index.related import Related
from index.search import Searcher
from tests.index.strategies import ANY_TEXT, LONG, QUERIES

ODD = [
    '"' * 9_999,
    "-" * 9_999,
    "|" * 9_999,
    " -" * 5_000,
    '-"' * 5_000,
    "市" * 20_000,
    "市 场|" * 5_000,
    "".join(map(chr, range(0x4E00, 0x6E00))),
    " ".join(map(chr, range(0x4E00, 0x6E00))),
    "|".join(map(chr, range(0x4E00, 0x6E00))),
    " -".join(map(chr, range(0x4E00, 0x6E00))),
    "\u0301" * 9_999,
    "ﷺ" * 5_000,
    "\u1100\u1161" * 5_000,
    "".join(map(chr, range(0x3000))),
    "".join(map(chr, range(0xD800, 0xE000))),
    "市\ud800场\0\x1b[31m",
]


@pytest.fixture(scope="module")
def phrases(plan: Document, related: Related) -> Searcher:
    return Searcher(PhraseIndex([plan]), related)


@given(QUERIES | ANY_TEXT | LONG)
@settings(max_examples=300)
def test_nothing_typed_is_an_error(
    searcher: Searcher, phrases: Searcher, exact: ExactIndex, typed: str
) -> None:
    result, other = searcher.search(typed), phrases.search(typed)
    assert result.exact == other.exact
    assert result.titles == other.titles
    assert [hit.measure_id for hit in result.related] == [hit.measure_id for hit in other.related]
    for measure_id in result.exact[:3]:
        exact.spans(measure_id, parse(typed))


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_odd_ones(searcher: Searcher, phrases: Searcher, typed: str) -> None:
    assert searcher.search(typed).exact == phrases.search(typed).exact


@given(QUERIES)
@example("市场 的|-的")
def test_scopes_of_any_kind(searcher: Searcher, phrases: Searcher, typed: str) -> None:
    for scope in ("shanghai-2023/2", typed, f"shanghai-2023/{typed}"):
        assert searcher.search(typed, scope).exact == phrases.search(typed, scope).exact
