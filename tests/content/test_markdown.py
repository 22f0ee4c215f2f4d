"""policy.md: what is written is read back the same, and what is damaged is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import markdown
from content.draft import Draft
from content.errors import DamagedPolicy
from content.headings import split_heading
from content.model import Document, Edition, Front

FRONT = "---\nid: a\ntitle: 方案\n---\n"
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=15)
LINE = st.one_of(
    TEXT, st.sampled_from(["# 标题", "## 二", "---", "\\", "\\# x", "- 甲", "完善。", "（一）", "#"])
)
HEADING = st.one_of(
    TEXT, st.sampled_from(["一、总体要求", "（一）", "（二）退出。", "第一章 总则", "# 标题", "1."])
).filter(lambda text: text.strip("。：:；;.．") != "")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("part"), HEADING, st.just(False)),
        st.tuples(st.just("section"), HEADING, st.just(False)),
        st.tuples(st.just("add"), LINE, st.booleans()),
        st.tuples(st.just("imprint"), LINE, st.booleans()),
    ),
    max_size=12,
)
VALUE = st.text(st.characters(exclude_categories=("C", "Z")), max_size=8)
FRONTS = st.builds(
    Front,
    id=st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True),
    title=TEXT,
    number=VALUE,
    issuer=VALUE,
    series=VALUE,
    status=VALUE,
    superseded_by=st.lists(
        st.builds(
            Edition,
            st.sampled_from(["7.0", "修订版"]),
            st.just("2024"),
            st.sampled_from(["", "沪府办发〔2024〕1号"]),
        ),
        max_size=2,
    ).map(tuple),
)


def document(front: Front, steps: list[tuple[str, str, bool]]) -> Document:
    draft = Draft()
    ended = False
    for step, text, opens in steps:
        if step == "part" and not ended:
            draft.open_part(split_heading(text))
        elif step == "section" and not ended:
            draft.open_section(split_heading(text))
        elif step in ("add", "imprint"):
            if step == "imprint" and not ended:
                draft.open_imprint()
                ended = True
            draft.add(text, opens_paragraph=opens)
    return draft.finish(front)


@given(FRONTS, STEPS)
def test_any_document_is_read_back_as_it_was_written(
    front: Front, steps: list[tuple[str, str, bool]]
) -> None:
    written = document(front, steps)
    text = markdown.write(written)
    assert markdown.read(text) == written
    assert markdown.write(markdown.read(text)) == text
    assert markdown.read_front(text) == front


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(plan: Document) -> None:
    text = markdown.write(plan)
    assert markdown.read("\ufeff" + text.replace("\n", "\r\n")) == plan


def test_the_plan_tells_its_later_editions(plan: Document) -> None:
    assert plan.front.superseded_by == (
        Edition("7.0", "2024", "沪府办发〔2024〕1号"),
        Edition("8.0", "2025"),
        Edition("9.0", "2026"),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "---"),
        ("# 一、\n", "---"),
        ("---\nid: a\ntitle: b\n", "没有结束"),
        ("---\ntitle: b\n---\n", "id"),
        ("---\nid: ../a\ntitle: b\n---\n", "id"),
        ("---\nid: a\n---\n", "title"),
        ("---\nid: a\ntitle: b\n颜色: 红\n---\n", "第 4 行"),
        ("---\nid: a\ntitle: b\nsuperseded_by:\n  - 7.0\n---\n", "第 5 行"),
        (FRONT + "\n# \n", "第 6 行"),
    ],
)
def test_damage_is_named_with_its_place(text: str, named: str) -> None:
    with pytest.raises(DamagedPolicy, match=named) as told:
        markdown.read(text, "policy.md")
    assert "policy.md" in str(told.value)
    assert "\n" not in str(told.value)


def test_one_measure_a_line_and_paragraphs_kept() -> None:
    read = markdown.read(FRONT + "\n# 一、甲\n\n乙。\n丙。\n\n丁。\n")
    assert [(one.id, one.text, one.opens_paragraph) for one in read.measures] == [
        ("a/1.0.1", "乙。", True),
        ("a/1.0.2", "丙。", False),
        ("a/1.0.3", "丁。", True),
    ]
