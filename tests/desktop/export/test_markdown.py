"""Markdown and plain text: the same words, with and without marks."""

import re
import subprocess
import sys
from dataclasses import replace
from html import unescape

import pytest
from markdown import markdown as to_html

from content.model import Document
from desktop.export import faces, markdown
from desktop.export.brief import Brief, Item, Options, Passage


class TestMarkdown:
    def test_every_sentence_is_the_plans_with_its_citation(self, plan: Document, annotated: Brief) -> None:
        lines = markdown.markdown(annotated, Options()).split("\n")
        cited = [line for line in lines if line.endswith("句）") and line[0] not in ">#"]
        assert cited == [f"{one.text}（{one.citation}）" for one in annotated.passages]
        assert [one.text for one in annotated.passages] == [one.text for one in plan.measures]

    def test_own_words_are_labelled_quotations(self, meeting: Brief) -> None:
        made = markdown.markdown(meeting, Options())
        assert "> **【本单位所写】发言要点**\n>\n> 请电力公司说明口径。" in made
        assert "> **台账（本单位填写，非方案原文）**" in made
        assert "| 市经济信息化委 | 市通信管理局 | 2026-06<br>（原定 2026-03-31） | 进行中 |" in made
        assert r"| =cmd\|'/C calc'!A0 |" in made

    def test_head_and_end(self, meeting: Brief) -> None:
        made = markdown.markdown(meeting, Options())
        assert made.startswith("# 优化营商环境专题会\n\n会议材料\n\n时间：2026年11月25日（周三）14:00\n")
        assert f"**{meeting.source.notice}**" in made
        assert made.endswith("2026年11月25日从政策案头导出。\n")

    @pytest.mark.parametrize(
        "text",
        ["1. 不是列表", "# 不是标题", "*不斜*_`码`[x](y)|~\\", "1 < 2 > 0", "- 不是项", "+1 - 2", "12) 甲"],
    )
    def test_original_words_are_no_marks(self, meeting: Brief, text: str) -> None:
        item = Item("", passages=(Passage("x/1.1.1", text, "出处", "出处", 0),))
        made = markdown.markdown(replace(meeting, items=(item,), title="题"), Options())
        html = to_html(made)
        assert f"<p>{text}（出处）</p>" in unescape(html) or f"{text}（出处）" in unescape(
            re.sub("</?p>", "", html)
        )


class TestPlain:
    def test_every_sentence_is_the_plans(self, annotated: Brief) -> None:
        lines = markdown.plain(annotated, Options(original_only=True)).split("\n")
        cited = [line for line in lines if line.endswith("句）")]
        assert cited == [f"{one.text}（{one.citation}）" for one in annotated.passages]

    def test_own_words_are_labelled_and_indented(self, meeting: Brief) -> None:
        made = markdown.plain(meeting, Options())
        assert "　　【本单位所写】议定事项\n　　月底前报口径。" in made
        assert (
            "　　1. 牵头单位：市经济信息化委；配合单位：市通信管理局；时限：2026-06 （原定 2026-03-31）；"
            in made
        )
        assert "**" not in made

    def test_the_file_is_for_windows(self, meeting: Brief) -> None:
        data = markdown.render_plain(meeting, Options(), faces.named())
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in data


def test_libraries_are_loaded_only_when_used() -> None:
    code = "import sys, desktop.export; print({'docx', 'openpyxl', 'lxml', 'defusedxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
