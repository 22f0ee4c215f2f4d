"""The thesaurus that ships: every row well formed, every pair said once, nothing that leads to itself."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import permutations, product
from typing import NamedTuple

import pytest

from content.folding import fold
from content.resources import RESOURCES

THESAURUS = RESOURCES / "thesaurus.tsv"
KINDS = ("口语", "行话", "简称", "全称", "旧称", "英文", "同义", "上位", "下位", "相关事项")
LONGEST = 20
"""Characters of the longest folded word or term: nobody types more, and no plan says more in one name."""


class Row(NamedTuple):
    line: int
    words: list[str]
    direction: str
    terms: list[str]
    reason: str


def pairs(row: Row) -> Iterator[tuple[str, str]]:
    """(folded word, folded term) of all that the row leads from and to."""
    words, terms = ([fold(one) for one in side] for side in (row.words, row.terms))
    return permutations(words + terms, 2) if row.direction == "＝" else product(words, terms)


@pytest.fixture(scope="module")
def text() -> str:
    return THESAURUS.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def rows(text: str) -> list[Row]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            words, direction, terms, reason = line.split("\t")
            found.append(Row(number, words.split("、"), direction, terms.split("、"), reason))
    return found


def test_the_file_is_plain(text: str) -> None:
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\r\ufeff\u200b]|\n\n|[ \t]$", text, re.MULTILINE)


def test_the_first_lines_explain_the_rest(text: str) -> None:
    explained = text.partition("\n# 一、")[0]
    assert all(line.startswith("#") for line in explained.splitlines())
    assert [sign for sign in ("、", "→", "＝", *KINDS) if sign not in explained] == []


def test_there_are_enough_rows(rows: list[Row]) -> None:
    assert len(rows) >= 600


def test_directions_and_reasons_are_known(rows: list[Row]) -> None:
    reason = re.compile(rf"(?:{'|'.join(KINDS)})(?:：[^\s!-/:-@]+)?")
    assert {row.direction for row in rows} == {"→", "＝"}
    assert [row for row in rows if not reason.fullmatch(row.reason)] == []


def test_words_and_terms_are_written_as_the_field_writes_them(rows: list[Row]) -> None:
    # Letters, digits and the signs inside names (AI＋, B-Ready, D/O, 6.0); all other marks part or quote.
    name = re.compile(r"[\u4e00-\u9fffA-Za-z0-9＋+/.-]+")
    assert [(row.line, one) for row in rows for one in row.words + row.terms if not name.fullmatch(one)] == []


def test_no_word_is_too_short_or_too_long(rows: list[Row]) -> None:
    lengths = {one: len(fold(one)) for row in rows for one in row.words + row.terms}
    assert {one: length for one, length in lengths.items() if not 2 <= length <= LONGEST} == {}


def test_nothing_leads_to_itself(rows: list[Row]) -> None:
    assert [(row.line, word) for row in rows for word, term in pairs(row) if word == term] == []


def test_no_pair_is_said_twice(rows: list[Row]) -> None:
    said: dict[tuple[str, str], int] = {}
    twice = [
        (pair, said[pair], row.line)
        for row in rows
        for pair in pairs(row)
        if said.setdefault(pair, row.line) != row.line
    ]
    assert twice == []
    assert len(said) == sum(len(list(pairs(row))) for row in rows)
