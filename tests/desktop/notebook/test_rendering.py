"""A note's Markdown: shown as meant, harmless whatever is in it, and never a fault."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.notebook.rendering import MOST_CHARACTERS, MOST_LINES, is_plain, plain_text, to_html

MARKS = st.text(alphabet="*_`~|\\<>[]()!#&;-+=.1 \n\t\r\0字a:/\"'\ud800\ufdd0\x02", max_size=200)
ROOT = Path(__file__).parents[3]
HARMLESS = re.compile(
    r"</?(?:p|br|hr|em|strong|code|pre|blockquote|ul|ol|li|h[1-6]|table|t[a-z]+)(?: ?/)?>|<ol start=\"\d+\">"
)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("**牵头**单位", "<strong>牵头</strong>单位"),
        ("第一行\n第二行", "第一行<br>\n第二行"),
        ("第一行\r\n第二行", "第一行<br>\n第二行"),
        ("- 甲\n- 乙", "<li>甲</li>"),
        ("1. 甲\n2. 乙", "<ol>"),
        ("3. 丙\n4. 丁", '<ol start="3">\n<li>丙</li>\n<li>丁</li>'),
        ("请核对：\n- 供电\n- 供水", "<p>请核对：</p>\n<ul>\n<li>供电</li>\n<li>供水</li>"),
        ("- 供电\n续一行\n- 供水", "<li>供电<br>\n续一行</li>\n<li>供水</li>"),
        ("较上年\n-3.5 个百分点", "<p>较上年<br>\n-3.5 个百分点</p>"),
        ("# 标题", "<h1>标题</h1>"),
        ("#1 问题", "<p>#1 问题</p>"),
        ("> 引文", "<blockquote>"),
        ("|部门|时限|\n|-|-|\n|市发改委|年底|", "<td>市发改委</td>"),
        ("利率<5%且>3%", "利率&lt;5%且&gt;3%"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("A&B &lt; **C**", "A&amp;B &amp;lt; <strong>C</strong>"),
        ("[看这里](http://example.com)", "[看这里](http://example.com)"),
        ("[注1]: 见附件", "[注1]: 见附件"),
    ],
)
def test_it_is_shown_as_meant(body: str, shown: str) -> None:
    assert shown in to_html(body)


@pytest.mark.parametrize(
    "body",
    [
        "![图](http://example.com/x.png)",
        "[看](javascript:alert(1))",
        '<img src="file:///etc/passwd" onerror=x>',
        "<http://example.com>",
        '<iframe src="//example.com"></iframe>',
        "[a]: http://example.com\n[a]",
        '<style>@import "http://example.com"</style>',
        "`<img src=x>`",
        "|<img src=x>|\n|-|\n|<a href=x>|",
        "\x02amp\x03lt;img src=x\x02klzzwxh:0001\x03",
    ],
)
def test_nothing_is_loaded_or_followed(body: str) -> None:
    assert "<" not in HARMLESS.sub("", to_html(body))


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("请电力公司说明口径。", True),
        ("两行\n都是字", True),
        ("2023年3月底前；98%以上（含）", True),
        ("a < b", True),
        ("#1 号问题 [待查](附件)", True),
        ("\n" * 5000, True),
        ("**重点**", False),
        ("- 一项", False),
        ("1. 一项", False),
        ("# 标题", False),
        ("    缩进", False),
        (" \t缩进", False),
        ("甲\n-", False),
    ],
)
def test_words_without_marks_need_no_rendering(body: str, plain: bool) -> None:
    assert is_plain(body) is plain


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("# 要点\n**先**说成绩\n\n- 问题 < 三条\n- 下一步", "要点\n先说成绩\n问题 < 三条\n下一步"),
        ("  一句\n\n\n两句 ", "一句\n两句"),
        ("**" + "长" * MOST_CHARACTERS + "**", "**" + "长" * MOST_CHARACTERS + "**"),
        ("", ""),
    ],
)
def test_plain_words_of_a_note(body: str, words: str) -> None:
    assert plain_text(body) == words


@given(MARKS)
@example("[" * 10_000)
@example("[a](" * 2500)
@example(">" * 5000)
@example("> " * 5000)
@example("- " * 5000)
@example("*a" * 4000)
@example("`a" * 5000)
@example("```\\a" * 2000)
@example("1" * 10_000)
@example("\n" * 10_000)
@example("甲\n=\n" * 2500)
@example("\n".join("  " * depth + "- 甲" for depth in range(150)))
@example("甲\n" * (MOST_LINES + 1))
@example("长" * (MOST_CHARACTERS + 1))
def test_whatever_is_typed_is_shown_harmlessly(body: str) -> None:
    assert "<" not in HARMLESS.sub("", to_html(body))
    assert isinstance(plain_text(body), str)


@given(MARKS)
def test_what_is_plain_loses_no_character(body: str) -> None:
    if is_plain(body):
        shown = unescape(HARMLESS.sub("", to_html(body)))
        strange = "\0\x02\ud800\ufdd0"
        expected = body.translate(dict.fromkeys(map(ord, strange), "\ufffd"))
        assert "".join(shown.split()) == "".join(expected.split())


def test_markdown_is_not_loaded_before_it_is_needed() -> None:
    script = (
        "import sys; from desktop.notebook.rendering import is_plain, plain_text; is_plain('*'); plain_text('字')"
        "; print({'markdown', 'nh3'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
