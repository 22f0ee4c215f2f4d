"""Ways of typing a query: every example stands in the document that is open."""

from pathlib import Path

from content.importer import import_into
from content.library import Library
from content.model import Document, Front
from desktop.search import guide
from desktop.search.guide import Count, Example
from index.exact import ExactIndex
from index.query import parse

OTHER = """试行办法

一、总则

（一）适用范围
本市企业登记适用本办法。企业登记由市场监管部门负责，企业可以网上申请。登记信息在3个工作日内公开。
（二）办理
登记机关当场办结。登记机关不得收取费用，企业年报与GDP核算另行规定。
"""


def counting(document: Document) -> Count:
    """How many measures a query finds in a document."""
    exact = ExactIndex([document])
    return lambda query: len(exact.search(parse(query)))


def shown(document: Document) -> list[Example]:
    """The examples for a document."""
    return guide.examples(document, counting(document))


def test_the_plan_has_an_example_for_every_way(plan: Document) -> None:
    assert [(one.query, one.found) for one in shown(plan)] == [
        ("小微 贷款", "2 条"),
        ("小额|简易", "2 条"),
        ("承诺 -告知", "6 条"),
        ('"AI+ 政务"', "1 条"),
        ("二（三）3", "转到二、（三）第3句"),
        ("水電氣", "4 条"),
    ]
    assert [one.meaning for one in shown(plan)] == [form.meaning for form in guide.FORMS]


def test_another_document_has_examples_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text(OTHER, "utf-8")
    other = Library().document(str(import_into(file, tmp_path / "policies").folder))
    examples = shown(other)
    assert [one.meaning for one in examples] == [form.meaning for form in guide.FORMS]
    assert not {one.query for one in examples} & {one for form in guide.FORMS[:4] for one in form.examples}
    count = counting(other)
    for one in examples:
        if not one.found.startswith("转到"):
            assert one.found == f"{count(one.query)} 条"
            assert count(one.query) > 0


def test_an_empty_document_has_none() -> None:
    assert shown(Document(Front("empty", "空"), ())) == []
