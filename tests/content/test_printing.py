"""The print of a document: all of it, in order, and nothing twice."""

from pathlib import Path

from content import markdown, printing
from content.folding import fold
from content.model import Document


def test_the_plan_prints_as_it_was_received(plan: Document, plan_folder: Path) -> None:
    assert fold(printing.text(plan)) == fold((plan_folder / "source.txt").read_text("utf-8"))


def test_paragraphs_are_those_of_the_print(plan: Document) -> None:
    paragraphs = list(printing.paragraphs(plan))
    assert paragraphs[0] == "关于印发《上海市加强集成创新持续优化营商环境行动方案》的通知"
    assert paragraphs[3:5] == ["2023年1月4日", "上海市加强集成创新持续优化营商环境行动方案"]
    assert "一、明确总体要求" in paragraphs
    assert "二、深化重点领域对标改革，提升营商环境竞争力" in paragraphs
    assert sum(paragraph.startswith("（一）市场准入退出。完善企业登记") for paragraph in paragraphs) == 1
    assert paragraphs[-1] == "上海市人民政府办公厅 2023年1月5日印发"
    assert len(paragraphs) == 6 + 2 + 4 + 27 + 2


def test_a_bare_article_label_keeps_a_blank_before_its_text() -> None:
    read = markdown.read(
        "---\nid: a\ntitle: b\n---\n\n# 第一章 总则\n\n## 第一条\n为了规范，制定本办法。\n\n# 五、\n开展。\n"
    )
    assert printing.text(read) == "第一章 总则\n第一条 为了规范，制定本办法。\n五、开展。\n"


def test_a_heading_with_nothing_under_it_is_printed() -> None:
    read = markdown.read("---\nid: a\ntitle: b\n---\n\n# 一、甲\n\n## （一）乙\n\n# 二、丙\n")
    assert printing.text(read) == "一、甲\n（一）乙\n二、丙\n"
