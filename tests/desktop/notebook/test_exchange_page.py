"""The page of an export: everything in the text's order, told apart from the text, loading nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from content.model import Document
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_section
from desktop.notebook.exchange_page import page
from desktop.notebook.model import Anchor, Bookmark, Color, Entry, Highlight, Note, NoteKind
from desktop.notebook.packet import Packet
from tests.desktop.notebook.entries import a_meeting, a_progress, an_action, an_item

TIME, LATER = "2026-11-24T09:12:00+08:00", "2026-11-25T10:00:00+08:00"
ONE_AFTER_ANOTHER = re.compile(r"<h[123]>.*?</h[123]>|<article>.*?</article>", re.DOTALL)


def packet(*entries: Entry) -> Packet:
    return Packet("张三", TIME, {"shanghai-2023": "行动方案"}, entries)


def note(anchor: Anchor, body: str, **values: object) -> Note:
    return replace(Note(body, anchor, body, TIME, TIME, author="张三"), **values)  # type: ignore[arg-type]


def blocks(html: str) -> list[str]:
    """Headings and entries, in their order, without tags."""
    return [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in ONE_AFTER_ANOTHER.findall(html)]


def test_it_is_in_the_order_of_the_text(plan: Document, anchor: Anchor) -> None:
    imprint = anchor_measure(plan, plan.imprint[-1].id)
    lost = replace(anchor, measure="x", quote="原文里没有的一句话", before="", after="")
    entries = [
        note(lost, "失"),
        note(imprint, "末"),
        note(anchor_measure(plan, "shanghai-2023/3.1.1"), "三"),
        note(anchor, "二"),
        note(anchor_section(plan, (2, 3)), "节"),
        note(replace(anchor, document="other", quote="别的"), "外"),
        note(anchor_document(plan), "总"),
    ]
    found = blocks(page([plan], packet(*entries)))
    headings = [one for one in found[1:] if "写" not in one]
    assert headings == [
        "《行动方案》",
        "全文",
        "二、（三）市政公共基础设施报装",
        f"三、（一）{plan.places['shanghai-2023/3.1.1'].section.title}",
        "文末",
        "失配：在原文中找不到位置",
        "《other》",
    ]
    assert [one.split()[-1] for one in found if "写" in one] == ["总", "节", "二", "三", "末", "失", "外"]


def test_an_entry_says_where_what_whose_and_when(plan: Document, anchor: Anchor) -> None:
    one = note(
        anchor, "**先**问", kind=NoteKind.QUESTION, tags=("张江", "待办"), author="李四", changed=LATER
    )
    html = page([plan], packet(one))
    article = blocks(html)[-1]
    title = "《上海市加强集成创新持续优化营商环境行动方案》"
    assert article.startswith(
        f"批注·问题 {title}二、（三）第4句 #张江 #待办 李四 2026-11-24 09:12 写，2026-11-25 10:00 改"
    )
    assert anchor.quote in article
    assert "<strong>先</strong>问" in html


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (lambda anchor: Highlight("1", anchor, TIME, TIME, Color.GREEN, "张三"), "标记·绿"),
        (lambda anchor: Bookmark("1", anchor, TIME, TIME, "报装", "会前", 1, "张三"), "会前 · 报装"),
    ],
)
def test_highlights_and_bookmarks_are_there_too(
    plan: Document, anchor: Anchor, entry: Callable[[Anchor], Entry], words: str
) -> None:
    article = blocks(page([plan], packet(entry(anchor))))[-1]
    assert words in article
    assert anchor.quote in article


def test_meetings_and_the_ledger_are_there_too(plan: Document, anchor: Anchor) -> None:
    item = an_item(anchor=anchor, points="**先**问", decision="照办", unit="市商务委", due="2026-12")
    entries: list[Entry] = [
        a_meeting(anchor=anchor_document(plan), place="3 号会议室", participants="发改"),
        item,
        an_action(anchor=anchor, first_due="2023-04", problem="口径", next_step="统一", person="王"),
        a_progress(anchor=anchor),
    ]
    meeting, *others = (one for one in blocks(page([plan], packet(*entries))) if "写" in one)
    for words in ("专题会", "2026年11月25日（周三）14:00", "3 号会议室", "发改"):
        assert words in meeting
    of_item, of_row, of_progress = others
    assert all(words in of_item for words in ("先 问", "决定：照办", "责任单位：市商务委", "未结"))
    for words in ("牵头单位：市经济信息化委", "配合单位：各区政府", "时限：2023-06", "最初时限：2023-04"):
        assert words in of_row
    assert all(words in of_row for words in ("台账·未启动", "问题：口径", "下一步：统一", "责任人：王"))
    assert "2026-11-20：已完成口径统一" in of_progress


def test_words_that_have_changed_are_told(plan: Document, anchor: Anchor) -> None:
    changed = replace(anchor, quote=anchor.quote.replace("水", "氺"))
    assert "原文有改" in page([plan], packet(note(changed, "一")))


def test_it_says_what_it_is(plan: Document, anchor: Anchor) -> None:
    html = page([plan], packet(note(anchor, "一"), Highlight("2", anchor, TIME, TIME, author="张三")))
    for words in ("张三", "2026-11-24 09:12", "1 条批注", "0 条书签", "1 条标记", "不是备份", "文件原文"):
        assert words in html


def test_nothing_in_it_runs_or_loads(plan: Document, anchor: Anchor) -> None:
    evil = '"><img src=x onerror=1><script>x</script>\ud800'
    strange = replace(anchor, quote=evil, before=evil, document=evil)
    entries: list[Entry] = [
        note(strange, evil, tags=(evil,), author=evil, created=evil),
        Bookmark("1", replace(anchor, quote=evil), TIME, TIME, evil, evil, 1, evil),
        a_meeting(title=evil, time=evil, place=evil, participants=evil, series=evil, author=evil),
        an_item(points=evil, decision=evil, unit=evil, due=evil, author=evil),
        an_action(
            lead=evil, support=evil, due=evil, first_due=evil, problem=evil, next_step=evil, person=evil
        ),
        a_progress(day=evil, text=evil),
    ]
    whole = Packet(evil, evil, {evil: evil}, tuple(entries))
    html = page([plan], whole)
    found: list[tuple[str, dict[str, str | None]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Tags().feed(html)
    assert not {tag for tag, _ in found} & {"img", "script", "a", "link", "iframe", "object"}
    assert {name for _, values in found for name in values} <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "class",
        "style",
    }
    assert "default-src 'none'" in html
    html.encode()
