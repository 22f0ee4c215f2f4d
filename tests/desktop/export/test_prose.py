"""Notes in Markdown as paragraphs for writers that know no Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.prose import Run, Shape, blocks, clean


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("一\n二\n\n三", [(Shape.PARAGRAPH, "一\n二"), (Shape.PARAGRAPH, "三")]),
        ("**粗**细", [(Shape.PARAGRAPH, "粗细")]),
        ("# 题\n文", [(Shape.HEADING, "题"), (Shape.PARAGRAPH, "文")]),
        ("> 引", [(Shape.QUOTATION, "引")]),
        ("- 甲\n- 乙", [(Shape.ITEM, "甲"), (Shape.ITEM, "乙")]),
        ("    代码\n    二", [(Shape.CODE, "代码\n二")]),
        ("<b>x</b> & y * z", [(Shape.PARAGRAPH, "<b>x</b> & y * z")]),
        ("一\n\n---\n\n二", [(Shape.PARAGRAPH, "一"), (Shape.RULE, ""), (Shape.PARAGRAPH, "二")]),
    ],
)
def test_shapes(body: str, expected: list[tuple[Shape, str]]) -> None:
    assert [(block.shape, block.text) for block in blocks(body)] == expected


def test_manners() -> None:
    [block] = blocks("**粗***斜*`码`")
    assert block.runs == (Run("粗", is_bold=True), Run("斜", is_italic=True), Run("码", is_code=True))


def test_lists_nest_and_count() -> None:
    found = blocks("3. 甲\n    - 乙\n4. 丙\n\n    丁")
    assert [(block.mark, block.depth, block.text) for block in found] == [
        ("3.", 1, "甲"),
        ("•", 2, "乙"),
        ("4.", 1, "丙"),
        ("", 1, "丁"),
    ]


def test_tables_are_rows_of_words() -> None:
    [block] = blocks("|年|率|\n|-|-|\n|2022|**97.1%**|")
    assert block.rows == (("年", "率"), ("2022", "97.1%"))


def test_what_no_file_holds_is_replaced() -> None:
    assert clean("一\x00二\ud83d三\r\n四\ufffe") == "一\ufffd二\ufffd三\n四\ufffd"


@given(st.text(st.sampled_from("甲*_`#>-+1. \n|\\<&\x00\ud83d　"), max_size=60))
def test_never_raises_and_holds_nothing_strange(body: str) -> None:
    for block in blocks(body):
        assert clean(block.text) == block.text
