"""The query language: what is typed in the search box, as clauses of folded terms.

White space is *and*, ``|`` is *or* and binds looser, ``-`` before a term is *without*, ``"…"`` around a term
keeps white space and operators in it from meaning anything. Only these ASCII characters are operators; every
other character, their full-width forms included, is searched for as it is typed. No text is an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from content.folding import fold

_OR, _WITHOUT, _QUOTE = "|", "-", '"'


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms that must all be in a measure, and terms none of which may be; folded, each once."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def accepts(self, folded: str) -> bool:
        """Whether a folded text is what this clause asks for."""
        # Loops, not generators: a pasted page may have thousands of clauses.
        for term in self.wanted:
            if term not in folded:
                return False
        for term in self.unwanted:  # noqa: SIM110 - the same
            if term in folded:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses of which a measure has to satisfy one; ``text`` is what was typed, and no part of equality."""

    alternatives: tuple[Clause, ...] = ()
    text: str = field(default="", compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; such a query finds nothing."""
        return not self.alternatives

    @property
    def wanted(self) -> tuple[str, ...]:
        """The wanted terms of all clauses, each once."""
        return tuple(dict.fromkeys(term for clause in self.alternatives for term in clause.wanted))


@dataclass(frozen=True, slots=True)
class Term:
    """A term where it is typed: folded, from character ``start`` up to, not including, ``end``.

    The range holds the quotation marks around it, but not the minus before it. ``alternative`` counts the
    clauses, those without a term included.
    """

    text: str
    is_negated: bool
    start: int
    end: int
    alternative: int


def parse(text: str) -> Query:
    """The query that a text means; never raises. Terms that fold to nothing (joiners, say) are dropped."""
    clauses: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for term in terms(text):
        wanted_and_unwanted = clauses.setdefault(term.alternative, ({}, {}))
        wanted_and_unwanted[term.is_negated][term.text] = None
    alternatives = {Clause(tuple(wanted), tuple(unwanted)): None for wanted, unwanted in clauses.values()}
    return Query(tuple(alternatives), text)


def terms(text: str) -> Iterator[Term]:
    """The terms of what is typed, in order."""
    alternative = 0
    at = 0
    while at < len(text):
        if text[at] == _OR:
            alternative += 1
            at += 1
        elif text[at].isspace():
            at += 1
        else:
            start = at
            negated, term, at = _term(text, start)
            folded = fold(term)
            if folded:
                yield Term(folded, negated, start + negated, at, alternative)


def _term(text: str, start: int) -> tuple[bool, str, int]:
    """(whether negated, the term, where it ends) of the term that starts here."""
    negated = text[start] == _WITHOUT and _goes_on(text, start + 1)
    start += negated
    if text[start] == _QUOTE:
        closing = text.find(_QUOTE, start + 1)
        if closing >= 0:
            return negated, text[start + 1 : closing], closing + 1
    end = start
    while _goes_on(text, end):
        end += 1
    return negated, text[start:end], end


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and text[at] != _OR and not text[at].isspace()
