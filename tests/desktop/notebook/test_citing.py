"""Entries in a line: what they are, where they stand, what they say."""

from dataclasses import replace

import pytest

from content.library import Library
from desktop.notebook import citing
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_section
from desktop.notebook.attaching import Attacher
from desktop.notebook.model import Anchor, Bookmark, Color, Entry, Highlight, Note, NoteKind, Status
from tests.desktop.notebook.entries import a_meeting, a_progress, an_action, an_item

PLAN = Library().document("shanghai-2023")
ATTACHER = Attacher(PLAN)
FOURTH = anchor_measure(PLAN, "shanghai-2023/2.3.4")
GONE = replace(FOURTH, measure="x", quote="原文里没有的一句话", before="", after="")


def note(anchor: Anchor = FOURTH, body: str = "", kind: NoteKind = NoteKind.GENERAL) -> Note:
    return Note("1", anchor, body, "", "", kind)


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (note(), "批注"),
        (note(kind=NoteKind.NEXT_STEP), "批注·下一步"),
        (Bookmark("1", FOURTH, "", ""), "书签"),
        (Highlight("1", FOURTH, "", "", Color.PINK), "标记·粉"),
        (a_meeting(), "会议"),
        (an_item(), "议题"),
        (an_action(status=Status.UNDER_WAY), "台账·推进中"),
        (a_progress(), "台账进展"),
    ],
)
def test_name(entry: Entry, name: str) -> None:
    assert citing.name(entry) == name


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        (FOURTH, "二、（三）第4句"),
        (anchor_section(PLAN, (2, 3)), "二、（三）全节"),
        (anchor_document(PLAN), "全文"),
        (anchor_measure(PLAN, PLAN.imprint[0].id), "文末第1句"),
        (GONE, "原文中已找不到"),
    ],
)
def test_place(anchor: Anchor, place: str) -> None:
    assert citing.place(PLAN, note(anchor), ATTACHER.attach(anchor)) == place


@pytest.mark.parametrize("anchor", [FOURTH, anchor_document(PLAN)])
def test_without_the_text_there_is_no_place(anchor: Anchor) -> None:
    assert citing.place(None, note(anchor), ATTACHER.attach(anchor)) == "原文中已找不到"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (note(body="# 一\n\n**二** 三"), "一 二 三"),
        (note(GONE, "  "), "原文里没有的一句话"),
        (Bookmark("1", GONE, "", "", "报装"), "报装"),
        (Highlight("1", GONE, "", ""), "原文里没有的一句话"),
        (note(body="长" * 20), "长" * 9 + "…"),
        (a_meeting(title="例会", time="下周"), "例会 下周"),
        (a_meeting(title="", time="2026-11-25"), "2026年11月2…"),
        (an_item(points="**先**问"), "先问"),
        (an_item(points="", decision="照办"), "照办"),
        (an_item(points=""), "引文"),
        (an_action(lead="", due="2023-06"), "2023-06"),
        (an_action(lead="", due=""), "引文"),
        (a_progress(day="11-20", text="已办"), "11-20 已办"),
    ],
)
def test_words(entry: Entry, words: str) -> None:
    assert citing.words(entry, 10) == words
