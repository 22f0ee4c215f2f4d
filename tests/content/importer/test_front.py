"""Front matter: title, 文号, issuer, dates and id, found or said to be missing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from content import markdown
from content.importer import Imported, import_file
from content.importer.dates import iso_date
from content.importer.identity import is_reserved, safe_name
from content.model import Front

SAMPLES = {
    "01": ("guofa-2019-5", "国发〔2019〕5号", "国务院", "2019-01-27"),
    "05": ("guofa-2019-3", "国发〔2019〕3号", "国务院", "2019-01-12"),
    "07": ("guobanfa-2018-128", "国办发〔2018〕128号", "国务院办公厅", "2018-12-29"),
    "09": ("guobanfa-2018-129", "国办发〔2018〕129号", "国务院办公厅", "2018-12-30"),
    "13": ("guobanfa-2018-118", "国办发〔2018〕118号", "国务院办公厅", "2018-12-05"),
    "35": ("guobanfa-2018-115", "国办发〔2018〕115号", "国务院办公厅", "2018-12-04"),
    "39": ("guofa-2018-39", "国发〔2018〕39号", "国务院", "2018-11-16"),
    "60": ("guobanhan-2018-71", "国办函〔2018〕71号", "国务院办公厅", "2018-10-27"),
}
TITLES = {
    "01": "国务院关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见",
    "05": "国务院关于促进综合保税区高水平开放高质量发展的若干意见",
    "07": "“无废城市”建设试点工作方案",
    "09": "国务院办公厅关于深入开展消费扶贫助力打赢脱贫攻坚战的指导意见",
    "13": "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "35": "国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见",
    "39": "国务院关于做好当前和今后一个时期促进就业工作的若干意见",
    "60": "政府网站集约化试点工作方案",
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_the_samples(samples: Path, name: str, kind: str) -> None:
    taken = import_file(samples / f"{name}.{kind}")
    front = taken.document.front
    assert (front.id, front.number, front.issuer, front.issued) == SAMPLES[name]
    assert front.title == TITLES[name]
    assert taken.warnings == ()


def test_the_plan_has_no_number_and_says_so(plan_folder: Path) -> None:
    taken = import_file(plan_folder / "source.txt")
    assert taken.document.front == Front(
        id="shanghai-2023",
        title="上海市加强集成创新持续优化营商环境行动方案",
        issuer="上海市人民政府办公厅",
        issued="2023-01-04",
        printed="2023-01-05",
    )
    assert taken.warnings == ("文号：原文中没有找到，留空",)


def test_what_people_corrected_wins(plan_folder: Path, plan: object) -> None:
    known = markdown.read_front((plan_folder / "policy.md").read_text("utf-8"))
    taken = import_file(plan_folder / "source.txt", known)
    assert taken.document.front == known
    assert markdown.write(taken.document) == (plan_folder / "policy.md").read_text("utf-8")
    moved = import_file(plan_folder / "source.txt", replace(known, id="other", number="沪府办发〔2023〕1号"))
    assert moved.warnings == ()
    assert {measure.id.partition("/")[0] for measure in moved.document.measures} == {"other"}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("沪府办发〔2024〕1号\n关于印发《上海市行动方案》的通知\n各区：", "a.txt", "hufubanfa-2024-1"),
        ("北京市关于优化营商环境的意见\n各区：\n北京市人民政府\n2022年3月1日", "a.txt", "beijing-2022"),
        ("没有任何信息的一行", "My Plan (2).txt", "my-plan-2"),
        ("没有任何信息的一行", "CON.txt", "policy-con"),
        ("没有任何信息的一行", "...txt", None),
        ("没有任何信息的一行", "方案.txt", None),
        ("没有任何信息的一行", "a" * 200 + ".txt", "a" * 60),
    ],
)
def test_ids(imported: Callable[..., Imported], text: str, name: str, expected: str | None) -> None:
    found = imported(text, name).document.id
    assert found == expected or (expected is None and found.startswith("policy-"))
    assert not is_reserved(found)


@pytest.mark.parametrize("name", ["aux", "NUL", "com1", "lpt9", "Con.x"])
def test_names_windows_keeps_for_itself(name: str) -> None:
    assert is_reserved(name)
    assert not is_reserved(safe_name(name))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年1月4日", "2023-01-04"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("二○二三年一月四日", "2023-01-04"),
        ("2019年01月27日", "2019-01-27"),
        ("2024-3-5", "2024-03-05"),
        ("2023年13月40日", ""),
        ("2023年", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_a_number_cited_in_the_text_is_not_the_papers_own(imported: Callable[..., Imported]) -> None:
    taken = imported("关于做好工作的通知\n各区：\n根据国发〔2019〕5号文件要求，现通知如下。")
    assert taken.document.front.number == ""


def test_a_title_broken_over_lines_is_one_measure(samples: Path) -> None:
    document = import_file(samples / "13.txt").document
    assert next(document.measures).text == TITLES["13"]


def test_a_law_is_titled_by_its_first_line(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text(
        "中华人民共和国专利法\n\n　　第一条　为了保护专利权，制定本法。\n　　第二条　略。\n", "utf-8"
    )
    imported = import_file(law)
    assert imported.document.title == "中华人民共和国专利法"
    assert not any("标题" in warning for warning in imported.warnings)
