"""Which labels are headings, how they nest, and what is reported as unsure."""

from collections.abc import Callable

import pytest

from content import printing
from content.folding import fold
from content.importer import Imported
from content.model import Document

Import = Callable[..., Imported]


def outline(document: Document) -> list[tuple[str, list[tuple[str, int]]]]:
    return [
        (
            part.printed_heading,
            [(section.printed_heading, len(section.measures)) for section in part.sections],
        )
        for part in document.parts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甲方案\n一、总体要求\n坚持。落实。\n二、任务\n（一）准入。甲。乙。\n（二）退出。丙。",
            [("", [("", 1)]), ("一、总体要求", [("", 2)]), ("二、任务", [("（一）准入。", 2), ("（二）退出。", 1)])],
        ),
        (
            "第一章 总则\n第一条 为了规范，制定本办法。\n第二条 本市适用。另有规定的除外。\n"
            "第二章 附则\n第三条 自印发之日起施行。",
            [("第一章 总则", [("第一条", 1), ("第二条", 2)]), ("第二章 附则", [("第三条", 1)])],
        ),
        (
            "第一条（目的）\n为了规范。\n第二条（范围）\n本市适用。",
            [("第一条（目的）", [("", 1)]), ("第二条（范围）", [("", 1)])],
        ),
        (
            "一、任务\n1.拓展市场。甲。\n2.提前适用。乙。\n二、保障\n1.加强领导。丙。",
            [("一、任务", [("1.拓展市场。", 1), ("2.提前适用。", 1)]), ("二、保障", [("1.加强领导。", 1)])],
        ),
        ("（一）准入。甲。\n（二）退出。乙。", [("（一）准入。", [("", 1)]), ("（二）退出。", [("", 1)])]),
        ("没有标题。只有两句。\n还有一行", [("", [("", 3)])]),
        (
            "第一章 目标\n第一节 现状\n甲。\n第二节 要求\n乙。\n第二章 任务\n第一节 产业\n丙。",
            [("第一章 目标", [("第一节 现状", 1), ("第二节 要求", 1)]), ("第二章 任务", [("第一节 产业", 1)])],
        ),
        (
            "一、甲\n（一）乙。一。\n1.深层。二。\n（1）更深。三。\n①最深。四。\n（二）己。庚。\n二、丙\n丁。",
            [("一、甲", [("（一）乙。", 7), ("（二）己。", 1)]), ("二、丙", [("", 1)])],
        ),
        (
            "一、甲\n（一）乙。一。\n二、丙\n（二）丁。二。\n（三）戊。三。",
            [("一、甲", [("（一）乙。", 1)]), ("二、丙", [("（二）丁。", 1), ("（三）戊。", 1)])],
        ),
    ],
)  # fmt: skip
def test_headings_and_how_they_nest(imported: Import, text: str, expected: list[object]) -> None:
    assert outline(imported(text).document) == expected


@pytest.mark.parametrize(
    "line",
    [
        "一是加强领导。",
        "一、二、三等奖各一名。",
        "第三条规定的情形除外。",
        "三、这一条序号不对，只是一句很长的正文。",
        "2.5亿元。",
    ],
)
def test_lines_that_only_look_like_headings(imported: Import, line: str) -> None:
    document = imported(f"一、甲\n开头。\n{line}\n二、乙\n结尾。").document
    assert [part.printed_heading for part in document.parts] == ["一、甲", "二、乙"]
    assert line in {measure.text for measure in document.measures} | set(printing.paragraphs(document))


def test_a_first_sentence_too_long_for_a_title_is_text(imported: Import) -> None:
    long = (
        "各区各部门要充分认识优化营商环境工作的重要意义并切实增强责任感和紧迫感确保各项任务落到实处取得成效。"
    )
    document = imported(f"一、{long}坚持。\n二、目标。明确。").document
    assert [(part.label, part.heading, part.stop) for part in document.parts] == [
        ("一、", "", ""),
        ("二、", "目标", "。"),
    ]
    assert [measure.text for measure in document.measures] == [long, "坚持。", "明确。"]


def test_items_with_nothing_under_them_are_measures(imported: Import) -> None:
    document = imported("一、职责\n（一）建立台账。\n（二）加强督查。\n二、其他\n甲。").document
    assert [measure.text for measure in document.measures] == ["建立台账。", "加强督查。", "甲。"]
    assert [section.label for section in document.parts[0].sections] == ["（一）", "（二）"]


def test_a_notice_with_its_own_numbers_stays_before_the_plan(imported: Import) -> None:
    plan = "".join(f"{label}、要求{label}\n" + "落实各项任务。" * 5 + "\n" for label in "一二三四")
    taken = imported("关于印发《甲方案》的通知\n各区：\n一、提高认识。\n二、抓好落实。\n甲方案\n" + plan)
    assert [part.heading for part in taken.document.parts] == ["", "要求一", "要求二", "要求三", "要求四"]
    assert any("第 3 行" in warning and "提高认识" in warning for warning in taken.warnings)


def test_a_gap_in_the_numbers_is_reported(imported: Import) -> None:
    taken = imported("一、甲\n子。\n三、丙\n丑。\n四、丁\n寅。")
    assert [part.label for part in taken.document.parts] == ["一、", "三、", "四、"]
    assert any("第 3 行" in warning and "不连续" in warning for warning in taken.warnings)


def test_a_heading_lost_in_a_paragraph_is_reported(imported: Import) -> None:
    taken = imported("一、甲\n子。二、乙事项丑。\n三、丙\n寅。")
    assert any("二、乙" in warning and "第 2 行" in warning for warning in taken.warnings)


def test_an_annex_is_a_part_of_its_own(imported: Import) -> None:
    document = imported("一、甲\n子。\n二、乙\n丑。\n附件1\n重点任务清单\n一、寅。").document
    assert [part.printed_heading for part in document.parts] == ["一、甲", "二、乙", "附件1"]


@pytest.mark.parametrize(
    ("tail", "imprint"),
    [
        ("国务院\n2019年1月27日\n（此件公开发布）", 3),
        ("抄送：市委各部门。\n上海市人民政府办公厅 2023年1月5日印发", 2),
        ("二〇二三年一月四日", 1),
        ("未纳入试点的可参照本方案推进。", 0),
        ("上海市财政局", 0),
    ],
)
def test_the_imprint_is_what_stands_after_the_body(imported: Import, tail: str, imprint: int) -> None:
    document = imported("一、甲\n子。\n二、乙\n丑。\n" + tail).document
    assert len(document.imprint) == imprint


def test_a_signature_in_the_notice_stays_in_place(imported: Import) -> None:
    document = imported(
        "关于印发《甲方案》的通知\n各区：\n国务院办公厅\n2018年12月29日\n甲方案\n一、乙\n子。\n二、丙\n丑。"
    ).document
    assert document.imprint == ()
    assert [measure.text for measure in document.parts[0].sections[0].measures][2:4] == [
        "国务院办公厅",
        "2018年12月29日",
    ]


def test_run_in_headings_lose_and_repeat_nothing(imported: Import) -> None:
    text = "一、甲\n（一）准入。完善机制。\n（二）退出：\n乙。\n二、丁。戊！己？"
    assert fold(printing.text(imported(text).document)) == fold(text)
