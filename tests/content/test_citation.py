"""出处: every measure can be cited, and its citation leads back to it."""

from pathlib import Path

import pytest

from content import citation
from content.importer import import_file
from content.model import Document


def place(document: Document, typed: str) -> str | None:
    target = citation.find(document, typed)
    return target.measure_id.rpartition("/")[2] if target else None


def test_every_measure_is_found_by_its_citation(plan: Document) -> None:
    cited = {measure.id: str(citation.cite(plan, measure.id)) for measure in plan.measures}
    assert len(set(cited.values())) == len(cited) == 208
    for measure_id, printed in cited.items():
        target = citation.find(plan, printed)
        assert target is not None
        assert target.measure_id == measure_id


@pytest.mark.parametrize("name", ["01", "05", "07", "09", "13", "35", "39", "60"])
def test_every_measure_of_the_samples_is_found_by_its_citation(samples: Path, name: str) -> None:
    document = import_file(samples / f"{name}.txt").document
    for measure in document.measures:
        target = citation.find(document, str(citation.cite(document, measure.id)))
        assert target is not None
        assert target.measure_id == measure.id


@pytest.mark.parametrize(
    "typed",
    ["二（三）3", "二、(三)第3句", "二、（三）第3句", "２．３．３", "2.3.3", "2-3-3", "二(三)第三句", " 二、（三） 3 ",
     "shanghai-2023/2.3.3", "Shanghai-2023/2.3.3", "《上海市加强集成创新持续优化营商环境行动方案》二、（三）第3句",
     "《行动方案》二（三）3", "第二部分第三节第3句", "二、（三）第3—5句"],
)  # fmt: skip
def test_a_measure_typed_in_many_ways(plan: Document, typed: str) -> None:
    assert citation.find(plan, typed) == citation.Target(2, 3, 3, "shanghai-2023/2.3.3")


@pytest.mark.parametrize("typed", ["二（三）", "2.3", "二、（三）", "shanghai-2023/2.3"])
def test_a_section_leads_to_its_first_measure(plan: Document, typed: str) -> None:
    assert citation.find(plan, typed) == citation.Target(2, 3, None, "shanghai-2023/2.3.1")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("二、", "2.1.1"),
        ("第五部分", "5.1.1"),
        ("一、第2句", "1.0.2"),
        ("文首第5句", "0.0.5"),
        ("文末第1句", "0.0.9"),
    ],
)
def test_parts_and_what_stands_around_them(plan: Document, typed: str, found: str) -> None:
    assert place(plan, typed) == found


@pytest.mark.parametrize(
    "typed",
    ["", " ", "一", "十", "二三", "90.5", "98%", "2023年1月4日", "一网通办", "AEO", "二（十一）", "二（三）99", "六、",
     "2.3.0", "9.9.9", "第三条", "other/2.3.3", "《别的方案》二（三）3", "/", "（三）", "文首第99句", "()", "第句", "\0"],
)  # fmt: skip
def test_what_is_no_place_here(plan: Document, typed: str) -> None:
    assert citation.find(plan, typed) is None


def test_printed_numbers_that_count_through_the_parts(samples: Path) -> None:
    document = import_file(samples / "35.txt").document
    assert place(document, "二（三）") == place(document, "（三）") == place(document, "2.1") == "2.1.1"
    assert place(document, "二（一）") is None


def test_a_quotation_with_its_source(plan: Document) -> None:
    ids = [f"shanghai-2023/{one}" for one in ("2.3.1", "2.3.2", "2.3.4", "0.0.9")]
    printed = citation.with_citation(plan, "……", ids)
    assert printed == f"……（《{plan.title}》二、（三）第1—2句；二、（三）第4句；文末第1句）"


def test_an_unknown_measure_is_refused(plan: Document) -> None:
    with pytest.raises(KeyError):
        citation.cite(plan, "shanghai-2023/9.9.9")
