"""The thesaurus: which words of a query it knows, what they lead to, what a reader can add, what is passed over."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.model import Document
from index.related import Related
from index.thesaurus import OWN_NAME, SHIPPED, Thesaurus

LINES = (
    "# 词\t方向\t用语\t理由",
    "开公司、办执照\t→\t设立登记、企业登记\t口语",
    "发改委\t＝\t发展改革委、发展和改革委员会\t简称",
    "人行\t→\t人民银行\t简称",
    "小额官司\t→\t小额诉讼\t口语",
    "官司\t→\t诉讼\t口语",
)


@pytest.fixture(scope="module")
def small() -> Thesaurus:
    return Thesaurus(LINES)


def led_to(thesaurus: Thesaurus, text: str, borders: range | None = None) -> dict[str, list[str]]:
    """Each word that is known, and what it leads to; every place is a border of words unless told otherwise."""
    found = thesaurus.senses(text, range(len(text) + 1) if borders is None else borders)
    return {sense.word: list(sense.terms.values()) for sense in found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开公司", {"开公司": ["设立登记", "企业登记"]}),
        ("设立登记", {}),
        ("发改委", {"发改委": ["发展改革委", "发展和改革委员会"]}),
        ("发展改革委", {"发展改革委": ["发改委", "发展和改革委员会"]}),
        ("打小额官司", {"小额官司": ["小额诉讼"]}),
        ("官司", {"官司": ["诉讼"]}),
        (
            "开公司找发改委",
            {"开公司": ["设立登记", "企业登记"], "发改委": ["发展改革委", "发展和改革委员会"]},
        ),
        ("没有的词", {}),
        ("", {}),
    ],
)
def test_words_lead_to_terms_in_their_direction(
    small: Thesaurus, text: str, found: dict[str, list[str]]
) -> None:
    assert led_to(small, text) == found


def test_a_short_word_is_not_seen_across_two_others(small: Thesaurus) -> None:
    assert led_to(small, "外国人行政许可", range(0, 8, 3)) == {}
    assert led_to(small, "外国人行账户", range(0, 7, 2)) == {"人行": ["人民银行"]}


def test_the_same_thing_has_one_spelling(small: Thesaurus) -> None:
    fullwidth = Thesaurus(["ＡＥＯ\t＝\t经认证的经营者\t英文"])
    assert led_to(fullwidth, "aeo") == {"aeo": ["经认证的经营者"]}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "只有一栏",
        "两栏\t→",
        "词\t⇒\t用语\t理由",
        "\t→\t用语\t理由",
        "词\t→\t\t理由",
        "词\t→\t词\t理由",
        "长" * 30 + "\t→\t短\t口语",
    ],
)
def test_what_cannot_be_understood_is_passed_over(line: str) -> None:
    assert len(Thesaurus([line, "词\t→\t用语\t口语"])) == 1


def test_the_readers_own_entries_are_added(tmp_path: Path) -> None:
    (tmp_path / OWN_NAME).write_text("\ufeff本处行话\t→\t设立登记\t行话\n", "utf-8")
    thesaurus = Thesaurus.open(tmp_path)
    assert led_to(thesaurus, "本处行话") == {"本处行话": ["设立登记"]}
    assert len(thesaurus) == len(Thesaurus.open()) + 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_files_that_cannot_be_read_are_done_without(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / OWN_NAME).write_bytes(content)
    assert len(Thesaurus.open(tmp_path)) == len(Thesaurus.open()) > 3000
    assert len(Thesaurus.open(tmp_path, tmp_path / "nothing")) == 0


@given(st.text(max_size=60))
def test_whatever_is_typed_the_words_found_stand_in_it(text: str) -> None:
    for sense in Thesaurus.open().senses(text, range(len(text) + 1)):
        assert sense.word in text
        assert sense.terms


def test_a_measure_is_offered_for_its_official_words_and_says_so(related: Related, plan: Document) -> None:
    [best, *_] = related.search("不上门检查")
    assert "非现场监管" in plan.places[best.measure_id].measure.text
    assert "近义：非现场监管" in best.reason


def test_what_is_asked_around_the_words_counts_for_nothing(related: Related) -> None:
    plain = related.search("变更登记")
    assert [hit.measure_id for hit in related.search("变更登记怎么办？")] == [hit.measure_id for hit in plain]


def test_a_reader_can_teach_it_a_word(plan: Document, tmp_path: Path) -> None:
    assert Related.open([plan], None).search("甲乙丙丁") == ()
    (tmp_path / OWN_NAME).write_text("甲乙丙丁\t→\t破产\t行话\n", "utf-8")
    hits = Related.open([plan], tmp_path).search("甲乙丙丁")
    assert hits
    assert all("破产" in plan.places[hit.measure_id].measure.text or ".10." in hit.measure_id for hit in hits)


def test_what_ships_is_a_file_a_reader_can_open() -> None:
    assert SHIPPED.read_text("utf-8").startswith("# ")
