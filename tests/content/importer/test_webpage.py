"""Web pages: the body found, the rest left out, and what the page states."""

import pytest

from content.importer.webpage import read

BODY = "<p>优化营商环境是党中央、国务院作出的重大决策。</p>" * 8
TEXT = "\n".join(["优化营商环境是党中央、国务院作出的重大决策。"] * 8)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>标题</title></head><body>{BODY}</body></html>",
        f"<body><nav>首页 导航</nav><div>{BODY}</div><div>版权所有</div></body>",
        f"<div class='top'>首页</div><div id='UCAP-CONTENT'>{BODY}</div><div>扫一扫</div>",
        f"<table><tr><td>左栏</td><td><div class=TRS_Editor>{BODY}</div></td></tr></table>",
        f"<script>if (a<b) document.write('<p>x</p>')</script><style>p{{}}</style><div>{BODY}</div>",
        f"<!-- <p>注释</p> --><div>{BODY}</div><!-- 没有结束 <p>x",
        f"<head><meta charset=utf-8><div>{BODY}</div>",
        f"<div>{BODY.replace('</p>', '')}</div>",
        "<DIV title='a>b'>" + BODY.replace("<p>", '<P style="x:1;y:>">') + "</DIV>",
        "<div>" + BODY.replace("<p>", "").replace("</p>", "<br/>") + "</div>",
        "<div>" + BODY.replace("营商", "<b>营</b><span>商</span>") + "</div>",
    ],
)  # fmt: skip
def test_the_body_is_found_and_the_rest_left_out(page: str) -> None:
    assert read(page).text == TEXT


def test_entities_are_resolved() -> None:
    assert read("<p>&ldquo;一件事&rdquo;&nbsp;&#20013;&lt;a&gt;&amp;</p>").text == "“一件事”\xa0中<a>&"


def test_a_lone_bracket_is_text() -> None:
    assert read("<p>增速<5%且>3%</p>").text == "增速<5%且>3%"


def test_table_rows_are_lines() -> None:
    page = "<div><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>准入</td></tr></table></div>"
    assert [line.split() for line in read(page).text.splitlines()] == [["序号", "任务"], ["1", "准入"]]


def test_what_the_page_states() -> None:
    page = (
        "<table><tr><td><b>发文机关：</b></td><td>国务院</td><td><b>成文日期：</b></td><td>2019年01月27日</td></tr>"
        "<tr><td>标　　题：</td><td>关于甲的意见</td></tr><tr><td>发文字号:</td><td>国发〔2019〕5号</td></tr>"
        f"<tr><td>主 题 词：</td><td></td></tr></table><div id='UCAP-CONTENT'>{BODY}</div>"
    )
    hints = read(page).hints
    assert (hints.title, hints.number, hints.issuer, hints.issued) == (
        "关于甲的意见",
        "国发〔2019〕5号",
        "国务院",
        "2019年01月27日",
    )


def test_an_empty_value_is_not_the_next_label() -> None:
    assert (
        read(
            "<table><tr><td>发文字号：</td><td></td><td>发文机关：</td><td>国务院</td></tr></table>"
        ).hints.number
        == ""
    )
