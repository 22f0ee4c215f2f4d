"""The judged questions: what officials ask, and the measures or sections that answer it."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

QUESTIONS = Path(__file__).with_name("queries-dev.tsv")
OWN = Path(__file__).with_name("queries-own.tsv")


class Half(StrEnum):
    """The questions that may be looked at while the search is tuned, and those that may not."""

    TUNED = "tuned"
    HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the ids, of measures or sections, any one of which answers it."""

    query: str
    answers: tuple[str, ...]
    category: str = ""

    @property
    def half(self) -> Half:
        """Where it belongs; nothing but the query decides it."""
        return Half.HELD_OUT if zlib.crc32(self.query.encode("utf-8")) % 2 else Half.TUNED

    def reciprocal_rank(self, found: Sequence[str]) -> float:
        """1 / the rank of the first answer among the first ten; 0 if it is not there."""
        for rank, measure_id in enumerate(found[:10], 1):
            if any(f"{measure_id}.".startswith(f"{answer}.") for answer in self.answers):
                return 1 / rank
        return 0.0


def judged(document: str = "shanghai-2023") -> list[Judged]:
    """All questions of the small set."""
    return _read(QUESTIONS, document)


def own(half: Half | None = None, document: str = "shanghai-2023") -> list[Judged]:
    """The questions of our own set, or those of one half of it."""
    return [one for one in _read(OWN, document) if half in (None, one.half)]


def mean_reciprocal_rank(
    search: Callable[[str], Sequence[str]], questions: Sequence[Judged] | None = None
) -> float:
    """MRR@10 of a search over some questions, or over all of the small set."""
    asked = judged() if questions is None else questions
    return sum(one.reciprocal_rank(search(one.query)) for one in asked) / len(asked)


def _read(path: Path, document: str) -> list[Judged]:
    lines = path.read_text("utf-8").splitlines()
    return [_question(line.split("\t"), document) for line in lines if not line.startswith("#")]


def _question(row: Sequence[str], document: str) -> Judged:
    query, answers, *category = row
    return Judged(query, tuple(f"{document}/{one}" for one in answers.split()), *category)
