"""What is put on the clipboard, word for word."""

import pytest

from content.model import Document
from desktop.reading import quoting
from desktop.views.reading import Selected

TITLE = "《上海市加强集成创新持续优化营商环境行动方案》"


def chosen(plan: Document, *wanted: str, start: int = 0, end: int | None = None) -> list[Selected]:
    """Selected measures; ``start`` cuts into the first, ``end`` into the last."""
    found = []
    for number, name in enumerate(wanted):
        measure_id = f"{plan.id}/{name}"
        text = plan.places[measure_id].measure.text
        first = start if number == 0 else 0
        last = end if number == len(wanted) - 1 and end is not None else len(text)
        found.append(Selected(measure_id, first, last, text[first:last]))
    return found


WORDS = {
    "2.1.2": "依托电子营业执照系统推行“市场主体身份码”。",
    "2.1.3": "全面推行企业名称申报承诺制，提高一次核准率。",
    "2.1.4": "完善企业名称争议处理机制。",
    "2.2.3": "全面推行“桩基先行”，建设项目设计方案批复后可单独办理桩基施工许可。",
}


@pytest.mark.parametrize(
    ("wanted", "words", "source"),
    [
        (["2.1.4"], WORDS["2.1.4"], "二、（一）第4句"),
        (["2.1.3", "2.1.4"], WORDS["2.1.3"] + WORDS["2.1.4"], "二、（一）第3—4句"),
        (
            ["2.1.2", "2.1.3", "2.1.4"],
            WORDS["2.1.2"] + WORDS["2.1.3"] + WORDS["2.1.4"],
            "二、（一）第2—4句",
        ),
        (["2.1.4", "2.2.3"], WORDS["2.1.4"] + "\n" + WORDS["2.2.3"], "二、（一）第4句；二、（二）第3句"),
        (["2.1.2", "2.1.4"], WORDS["2.1.2"] + WORDS["2.1.4"], "二、（一）第2句；二、（一）第4句"),
    ],
)
def test_words_and_where_they_stand(plan: Document, wanted: list[str], words: str, source: str) -> None:
    selected = chosen(plan, *wanted)
    assert quoting.words(plan, selected) == words
    assert quoting.with_citation(plan, selected) == f"{words}（{TITLE}{source}）"
    assert quoting.only_citation(plan, selected) == f"{TITLE}{source}"


def test_a_part_of_a_measure_keeps_its_citation(plan: Document) -> None:
    selected = chosen(plan, "2.1.3", "2.1.4", start=14, end=6)
    assert (
        quoting.with_citation(plan, selected) == f"提高一次核准率。完善企业名称（{TITLE}二、（一）第3—4句）"
    )


def test_a_whole_measure_is_like_a_selected_one(plan: Document) -> None:
    for measure in plan.measures:
        [whole] = quoting.whole_measure(plan, measure.id)
        assert (whole.start, whole.end, whole.text) == (0, len(measure.text), measure.text)
        assert quoting.with_citation(plan, [whole]).startswith(f"{measure.text}（《")


def test_what_stands_before_all_parts_is_cited_too(plan: Document) -> None:
    first = next(iter(plan.places))
    assert quoting.only_citation(plan, quoting.whole_measure(plan, first)) == f"{TITLE}文首第1句"


def test_what_stands_after_all_parts_is_cited_too(plan: Document) -> None:
    last = list(plan.places)[-1]
    assert quoting.only_citation(plan, quoting.whole_measure(plan, last)).startswith(f"{TITLE}文末第")
