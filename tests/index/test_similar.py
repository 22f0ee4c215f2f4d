"""相关条目: what is like a measure of the real plan, and what the two are said to share."""

import pytest

from content.model import Document
from index.related import Related

HERE = "shanghai-2023"


@pytest.mark.parametrize(
    ("measure", "like", "shared"),
    [
        ("2.1.6", "4.2.2", "联办"),
        ("2.1.6", "2.8.6", "术语：“一件事”"),
        ("2.3.3", "2.3.6", "报装"),
        ("3.5.2", "2.5.2", "信贷风险"),
    ],
)
def test_what_is_alike_is_found_and_said_why(related: Related, measure: str, like: str, shared: str) -> None:
    hits = {hit.measure_id: hit for hit in related.similar(f"{HERE}/{measure}")}
    assert shared in hits[f"{HERE}/{like}"].reason


def test_no_measure_is_like_itself_and_the_best_come_first(related: Related, plan: Document) -> None:
    for measure in plan.measures:
        hits = related.similar(measure.id)
        assert measure.id not in [hit.measure_id for hit in hits]
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert all(0 < hit.score <= 1 for hit in hits)
        assert len(hits) <= 8


def test_every_reason_names_words_that_stand_there_or_are_known_for_them(
    related: Related, plan: Document
) -> None:
    for measure in list(plan.measures)[::7]:
        for hit in related.similar(measure.id):
            for part in hit.reason.split("；"):
                kind, _, words = part.partition("：")
                assert kind in ("同词", "术语", "近义")
                other = plan.places[hit.measure_id].measure.text.casefold()
                if kind == "同词":
                    assert all(word in other for word in words.split("、")), part


def test_an_unknown_measure_is_an_error(related: Related) -> None:
    with pytest.raises(KeyError):
        related.similar("shanghai-2023/9.9.9")
