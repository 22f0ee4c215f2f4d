"""The query language: what every way of typing means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold
from index.query import Clause, Query, Term, parse, terms

MEANINGS = [
    ("", []),
    ("   \t\n　", []),
    ("|", []),
    ("||  |", []),
    ("市场", [("市场", "")]),
    ("市场 监管", [("市场 监管", "")]),
    ("市场　监管", [("市场 监管", "")]),
    ("市场|监管", [("市场", ""), ("监管", "")]),
    ("a b|c", [("a b", ""), ("c", "")]),
    ("a|b c", [("a", ""), ("b c", "")]),
    ("a | | b", [("a", ""), ("b", "")]),
    ("-市场", [("", "市场")]),
    ("监管 -市场", [("监管", "市场")]),
    ("-a -b c", [("c", "a b")]),
    ("-", [("-", "")]),
    ("- 市场", [("- 市场", "")]),
    ("-|市场", [("-", ""), ("市场", "")]),
    ("--", [("", "-")]),
    ("a-b", [("a-b", "")]),
    ("－市场", [("-市场", "")]),
    ("市场｜监管", [("市场|监管", "")]),
    ('"', [('"', "")]),
    ('""', []),
    ('" "', []),
    ('"市场 监管"', [("市场监管", "")]),
    ('"a|b"', [("a|b", "")]),
    ('"-a"', [("-a", "")]),
    ('-"市场 监管"', [("", "市场监管")]),
    ('-"', [("", '"')]),
    ('"市场', [('"市场', "")]),
    ('市"场"', [('市"场"', "")]),
    ('"a"b', [("a b", "")]),
    ('"a""b"', [("a b", "")]),
    ("“一件事”", [('"一件事"', "")]),
    ("“a b”", [('"a b"', "")]),
    ("＂a b＂", [('"a b"', "")]),
    ("98%", [("98%", "")]),
    ("９８％", [("98%", "")]),
    ("ai＋", [("ai+", "")]),
    ("(QFLP)", [("(qflp)", "")]),
    ("（qflp）", [("(qflp)", "")]),
    ("跨境貿易", [("跨境贸易", "")]),
    ("a a A", [("a", "")]),
    ("a|A", [("a", "")]),
    ("\u200b", []),
    ("\u200b 市场", [("市场", "")]),
    ("市场 -\u200b", [("市场", "")]),
    ("*", [("*", "")]),
    ("a AND b", [("a and b", "")]),
]


@pytest.mark.parametrize(("typed", "meant"), MEANINGS)
def test_meaning(typed: str, meant: list[tuple[str, str]]) -> None:
    clauses = tuple(Clause(tuple(wanted.split()), tuple(unwanted.split())) for wanted, unwanted in meant)
    assert parse(typed).alternatives == clauses


def test_remembers_what_was_typed() -> None:
    assert parse(" 市场 ").text == " 市场 "
    assert parse(" 市场 ") == parse("市场")


@pytest.mark.parametrize("typed", ["", " ", "|", '""', "\u200b", "\ufeff"])
def test_nothing_is_asked(typed: str) -> None:
    assert parse(typed).is_empty
    assert parse(typed) == Query()


def test_wanted_terms_of_all_alternatives_once() -> None:
    assert parse("a b|b c|-d").wanted == ("a", "b", "c")


@given(st.text(st.characters() | st.sampled_from('|-" 市场“”')))
def test_nothing_typed_is_an_error(typed: str) -> None:
    for clause in parse(typed).alternatives:
        assert clause.wanted or clause.unwanted
        for term in clause.wanted + clause.unwanted:
            assert term
            assert not any(character.isspace() for character in term)


@given(st.text(st.characters(codec="utf-8")))
def test_a_quoted_text_is_one_term(text: str) -> None:
    text = text.replace('"', "")
    assert parse(f'"{text}"').wanted == ((fold(text),) if fold(text) else ())


@pytest.mark.parametrize(
    "typed", ['"' * 10_000, "-" * 10_000, "|" * 10_000, "a|" * 5_000, "-a " * 3_000, '" ' * 5_000]
)
def test_long_runs_of_operators(typed: str) -> None:
    assert len(parse(typed).alternatives) <= 1


def test_terms_know_where_they_are_typed() -> None:
    typed = 'ＡＢ -"c d"|e'
    assert list(terms(typed)) == [
        Term("ab", False, 0, 2, 0),
        Term("cd", True, 4, 9, 0),
        Term("e", False, 10, 11, 1),
    ]
    assert [typed[term.start : term.end] for term in terms(typed)] == ["ＡＢ", '"c d"', "e"]
