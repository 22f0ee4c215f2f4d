"""The judged questions: what officials ask, and the measures or sections that answer it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("queries-dev.tsv")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the ids, of measures or sections, any one of which answers it."""

    query: str
    answers: tuple[str, ...]

    def reciprocal_rank(self, found: Sequence[str]) -> float:
        """1 / the rank of the first answer among the first ten; 0 if it is not there."""
        for rank, measure_id in enumerate(found[:10], 1):
            if any(f"{measure_id}.".startswith(f"{answer}.") for answer in self.answers):
                return 1 / rank
        return 0.0


def judged(document: str = "shanghai-2023") -> list[Judged]:
    """All questions."""
    rows = [
        line.split("\t") for line in QUESTIONS.read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    return [Judged(query, tuple(f"{document}/{one}" for one in answers.split())) for query, answers in rows]


def mean_reciprocal_rank(search: Callable[[str], Sequence[str]]) -> float:
    """MRR@10 of a search over all questions."""
    questions = judged()
    return sum(one.reciprocal_rank(search(one.query)) for one in questions) / len(questions)
