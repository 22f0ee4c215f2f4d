"""A paragraph split at 。！？ and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.importer.sentences import split


@pytest.mark.parametrize(
    "sentences",
    [
        ["完善机制。", "推行“一口办理”。"],
        ["压减付款时间；优化结算。"],
        ["要“完善制度”“营造环境”。", "制定本方案。"],
        ["他说：“要抓紧。要落实。”", "会议强调。"],
        ["“要抓紧。”的要求。", "落实。"],
        ["试点（注：甲。乙。）推进。", "完成。"],
        ["完善统计方法。（生态环境部牵头，统计局参与）", "优化体制。（甲指导。以下不再列出）"],
        ["形成体系。（商务部指导）", "推动发展。"],
        ["分工如下。", "（一）甲。", "（二）乙。"],
        ["行不行？", "行！", "好。"],
        ["真的？！", "好。"],
        ["没有句号"],
        ["以“开头没有结尾。", "仍然分句。"],
        ["（括号没有结尾。", "仍然分句。"],
        ["多出的引号。”", "下一句。"],
        ["《关于“放管服”。的意见》印发。", "执行。"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_nothing_gives_nothing() -> None:
    assert split("") == []


@given(st.text(st.sampled_from("营商。！？；“”‘’（）《》〔〕()一1 \u200d"), max_size=40))
def test_no_character_is_lost_or_moved(paragraph: str) -> None:
    assert "".join("".join(split(paragraph)).split()) == "".join(paragraph.split())
    assert all(sentence == sentence.strip() != "" for sentence in split(paragraph))
