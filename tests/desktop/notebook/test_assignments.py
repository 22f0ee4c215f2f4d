"""Pasted text about who does what by when: what is understood of it, what is not, and that no character is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook.assignments import Role, understand

PLAN_DATE = date(2023, 1, 4)
SENTENCE = "公布水电气网（宽带）报装全程服务时限，连接服务满意率98%以上。"


@pytest.mark.parametrize(
    ("text", "lead", "support", "due"),
    [
        (
            "（牵头单位：市发展改革委；配合单位：市经济信息化委、市商务委，各区政府；2023年6月底前）",
            "市发展改革委",
            "市经济信息化委、市商务委、各区政府",
            "2023-06",
        ),
        ("责任单位：市市场监管局；完成时限：2023年12月底前", "市市场监管局", "", "2023-12"),
        (
            "责任单位： 市市场监管局、市规划资源局， 2023年底前完成",
            "市市场监管局、市规划资源局",
            "",
            "2023年",
        ),
        (
            "(牵头单位:市发展改革委;责任单位:市商务委、各区政府;时限:长期坚持)",
            "市发展改革委",
            "市商务委、各区政府",
            "长期坚持",
        ),
        (
            "由市发展改革委牵头，市经济信息化委、市商务委等按职责分工负责，2023年6月底前完成",
            "市发展改革委",
            "市经济信息化委、市商务委",
            "2023-06",
        ),
        ("市发展改革委牵头、市商务委配合，年底前完成。", "市发展改革委", "市商务委", "2023年"),
        (
            "（市市场监管局、市经济信息化委等按职责分工负责）",
            "市市场监管局、市经济信息化委",
            "",
            "",
        ),
        ("市市场监管局，市商务委负责", "市市场监管局、市商务委", "", ""),
        ("（市市场监管局、市经济信息化委，6月底前）", "市市场监管局、市经济信息化委", "", "2023-06"),
        (
            "【牵头单位】市住房城乡建设管理委【配合单位】各区【完成时限】二季度末",
            "市住房城乡建设管理委",
            "各区",
            "2023年二季度",
        ),
        (
            "牵头单位\t市发展改革委\n配合单位\t市商务委\n完成时限\t2023-06-30",
            "市发展改革委",
            "市商务委",
            "2023-06-30",
        ),
        ("责任部门：市人社局 完成时间：即时", "市人社局", "", "即时"),
        ("主办：市教委；协办：市科委、市财政局", "市教委", "市科委、市财政局", ""),
        (
            "牵头单位：市发展改革委；市商务委；市科委。配合单位：各区",
            "市发展改革委、市商务委、市科委",
            "各区",
            "",
        ),
        ("责任单位：市发展改革委会同市商务委，持续推进", "市发展改革委", "市商务委", "持续推进"),
        ("牵头部门为市发展改革委，配合部门为市商务委", "市发展改革委", "市商务委", ""),
        ("配合单位：申通地铁", "", "申通地铁", ""),
        ("牵头单位：市商务委、市商务委", "市商务委", "", ""),
        ("完成时限：视情况而定", "", "", "视情况而定"),
        ("2024年上半年", "", "", "2024年上半年"),
        ("完成时限：2023年6月底前；长期坚持", "", "", "2023-06；长期坚持"),
        ("牵头单位 ： 上海海关", "上海海关", "", ""),
    ],
)
def test_all_of_it_is_understood(text: str, lead: str, support: str, due: str) -> None:
    found = understand(text, PLAN_DATE)
    assert (found.lead, found.support, found.due) == (lead, support, due)
    assert found.rest == []
    assert not found.is_empty


@pytest.mark.parametrize(
    ("text", "lead", "rest"),
    [
        (f"{SENTENCE}（牵头单位：市经济信息化委）", "市经济信息化委", [SENTENCE]),
        ("牵头单位：市发展改革委，加快推进相关工作", "市发展改革委", ["加快推进相关工作"]),
        ("牵头单位：市发展改革委；备注：已报市政府", "市发展改革委", ["备注：已报市政府"]),
        ("市公安局（交警总队）牵头，市商务委牵头", "市商务委", ["市公安局（交警总队）"]),
        (SENTENCE, "", [SENTENCE]),
        ("严格落实", "", ["严格落实"]),
        ("牵头单位：", "", []),
        ("牵头", "", []),
        ("，。；（）", "", []),
        ("", "", []),
    ],
)
def test_what_is_not_understood_is_shown(text: str, lead: str, rest: list[str]) -> None:
    found = understand(text, PLAN_DATE)
    assert (found.lead, found.rest) == (lead, rest)
    assert found.is_empty is not bool(lead)


def test_who_answers_for_it_is_known_by_the_label() -> None:
    found = understand("牵头单位：市商务委；责任人：张三，联系电话 12345", PLAN_DATE)
    assert (found.lead, found.person, found.rest) == ("市商务委", "张三", ["联系电话 12345"])


def test_every_piece_says_what_it_is() -> None:
    pieces = understand("（由市发展改革委牵头；6月底）", PLAN_DATE).pieces
    assert [(one.role, one.text) for one in pieces] == [
        (Role.MARK, "（"),
        (Role.LABEL, "由"),
        (Role.LEAD, "市发展改革委"),
        (Role.LABEL, "牵头"),
        (Role.MARK, "；"),
        (Role.DUE, "6月底"),
        (Role.MARK, "）"),
    ]


WORDS = st.sampled_from(
    [
        *(
            "牵头单位",
            "配合单位",
            "责任单位",
            "完成时限",
            "责任人",
            "牵头",
            "配合",
            "负责",
            "会同",
            "由",
            "等",
            "按职责分工",
        ),
        *("：", ":", "；", "，", "、", "。", "（", "）", "【", "】", "\n", "\t", " ", "为"),
        *("市发展改革委", "各区政府", "申通地铁", "2023年6月底前", "长期", "加快推进"),
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS, max_size=20).map("".join))
def test_no_character_is_lost_whatever_is_pasted(text: str) -> None:
    found = understand(text, PLAN_DATE)
    assert "".join(one.text for one in found.pieces) == text
    assert all(one.text for one in found.pieces)
    known = "".join(one.text for one in found.pieces if one.role is not Role.REST)
    shown = "".join(found.rest)
    assert all(
        character in known + shown or not character.isalnum()
        for one in found.pieces
        for character in one.text
    )
    for words in (found.lead, found.support, found.due, found.person):
        assert words == words.strip()


@given(st.lists(WORDS, max_size=12).map("".join))
def test_what_is_not_understood_is_shown_to_the_last_letter(text: str) -> None:
    found = understand(text, PLAN_DATE)
    rest = "".join(one.text for one in found.pieces if one.role is Role.REST)
    shown = "".join(found.rest)
    assert [one for one in rest if one.isalnum()] == [one for one in shown if one.isalnum()]


def test_a_long_text_is_read_in_no_time() -> None:
    text = f"{SENTENCE}（牵头单位：市发展改革委；配合单位：各区政府；2023年6月底前）" * 500
    found = understand(text, PLAN_DATE)
    assert found.lead == "市发展改革委"
    assert "".join(one.text for one in found.pieces) == text
