"""Folding: one form for every way a word can be written, and the way back to where it stands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold, fold_with_offsets

MARKED = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("é가각\u0301\u1161\u11a8\ufe0f ﾞか\u3099")
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("９８％", "98%"),
        ("ＡＥＯ", "aeo"),
        ("AI＋政务服务", "ai+政务服务"),
        ("“一网通办”", '"一网通办"'),
        ("「一网通办」", '"一网通办"'),
        ("《方案》", "<方案>"),
        ("«方案»", "<方案>"),
        ("（QFLP）", "(qflp)"),
        ("〔2024〕1号", "(2024)1号"),
        ("E企融\U00100170长三角", "e企融·长三角"),
        ("有限 合 伙\u3000人", "有限合伙人"),
        ("完善。", "完善."),
        ("2015—2020年", "2015-2020年"),
        ("……", "......"),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_forms_of_one_text_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("優化營商環境", "优化营商环境"),
        ("國際貿易單一窗口", "国际贸易单一窗口"),
        ("企業註銷", "企业注销"),
        ("稅費爭議解決機制", "税费争议解决机制"),
        ("獲取經營場所", "获取经营场所"),
        ("臨港新片區", "临港新片区"),
        ("電子發票", "电子发票"),
        ("聯合驗收與監管", "联合验收与监管"),
    ],
)
def test_traditional_text_folds_to_simplified(traditional: str, simplified: str) -> None:
    assert fold(traditional) == fold(simplified) == simplified


@given(MARKED)
def test_white_space_never_matters(text: str) -> None:
    assert fold(" \n".join(text)) == fold(text)
    assert not any(character.isspace() for character in fold(text))


@given(MARKED)
def test_offsets_agree_with_the_folded_text(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(MARKED, st.data())
def test_every_folded_character_comes_from_its_original_range(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    if folded.text:
        at = data.draw(st.integers(0, len(folded.text) - 1))
        start, end = folded.original_range(at, at + 1)
        assert folded.text[at] in fold(text[start:end])


@given(st.text(max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=40)
)
def test_compatible_forms_fold_alike(text: str) -> None:
    # Joined-up compatibility forms that hold white space of their own are the exception NFKC makes.
    compatible = unicodedata.normalize("NFKC", text)
    if unicodedata.normalize("NFKC", "".join(text.split())) == "".join(compatible.split()):
        assert fold(compatible) == fold(text)


def test_a_hit_is_shown_on_the_full_width_original() -> None:
    folded = fold_with_offsets("连接服务满意率９８％以上")
    at = folded.text.index("98%")
    assert folded.original_range(at, at + 3) == (7, 10)


def test_a_mark_over_a_line_break_joins_the_letter_before_it() -> None:
    assert fold("e\n\u0301") == fold("é")
