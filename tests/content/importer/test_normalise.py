"""Characters brought to Chinese punctuation and plain digits; what is ambiguous stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold
from content.importer.normalise import has_half_width_stop, normalise

PIECES = st.sampled_from(
    [*"营商优化一二三中国", *",.;:?!()\"'《》«»“”（）。，、…%％", "AEO", "2.5", "1,000", "９８％", " ", "\u3000", "\U00100170",
     "www.gov.cn", "ｅ", "\u200b", "．", "-", "\u0301"]
)  # fmt: skip
TEXT = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=30))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "经市政府同意,现将«方案»印发给你们,请认真按照执行.",
            "经市政府同意，现将《方案》印发给你们，请认真按照执行。",
        ),
        ("２０２３年１月４日", "2023年1月4日"),
        ("连接服务满意率９８％以上.", "连接服务满意率98%以上。"),
        ("解决率,“１２３４５”三方", "解决率，“12345”三方"),
        ("加大 AEO(中国海关经认证的经营者)培育", "加大AEO（中国海关经认证的经营者）培育"),
        ("深化合格境外有限 合 伙 人(QFLP)、试点.", "深化合格境外有限合伙人（QFLP）、试点。"),
        ("完善E企融\U00100170长三角", "完善E企融·长三角"),
        ("推动PC端", "推动PC端"),
        ("«中共中央 国务院关于打赢脱贫攻坚战的意见»", "《中共中央 国务院关于打赢脱贫攻坚战的意见》"),
        ("　上海市人民政府办公厅 ２０２３年１月５日印发", "上海市人民政府办公厅 2023年1月5日印发"),
        ("约2.5亿元,增长1,000户", "约2.5亿元，增长1,000户"),
        ("时间:10:30;地点:大厅", "时间：10:30；地点：大厅"),
        ("1.拓展两个市场.", "1.拓展两个市场。"),
        ("包括:1.甲;2.乙.", "包括：1.甲；2.乙。"),
        ("详见www.gov.cn,谢谢", "详见www.gov.cn，谢谢"),
        ("https://www.gov.cn/a.html", "https://www.gov.cn/a.html"),
        ("The plan, as of 2.5 (draft).", "The plan, as of 2.5 (draft)."),
        ("是否可行?可行!", "是否可行？可行！"),
        ('推行"一件事"改革', "推行“一件事”改革"),
        ('推动"AI"应用', "推动“AI”应用"),
        ('只有一个"引号', '只有一个"引号'),
        ("(一)市场准入退出.完善", "（一）市场准入退出。完善"),
        ("(2015—2020年)", "（2015—2020年）"),
        ("一.总体要求", "一.总体要求"),
        ("建设CBD.推进", "建设CBD。推进"),
        ("达到90%.", "达到90%。"),
        ("达到90%.2023年起", "达到90%。2023年起"),
        ("It rose 50%.2019 saw 7.5%.", "It rose 50%.2019 saw 7.5%."),
        ("甲, ,乙", "甲，，乙"),
        ("包括(1)甲;(2)乙.", "包括（1）甲；（2）乙。"),
        ("函数f(x)是", "函数f(x)是"),
        ("等等...", "等等..."),
        ("第一章　总则", "第一章 总则"),
        ("关 于 印 发", "关于印发"),
        ("2023 年 1 月 4 日", "2023年1月4日"),
        ("World Bank 报告", "World Bank报告"),
        ("（二)落实(三）", "（二）落实（三）"),
        ("１．５倍", "1.5倍"),
    ],
)
def test_what_each_step_makes(source: str, text: str) -> None:
    assert normalise(source) == text
    assert normalise(text) == text


@given(TEXT)
def test_folding_is_the_same_before_and_after(text: str) -> None:
    assert fold(normalise(text)) == fold(text)


@given(TEXT)
def test_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(TEXT)
def test_no_line_ends_and_no_double_blanks_are_left(text: str) -> None:
    made = normalise(text)
    assert made == made.strip()
    assert len(made.splitlines()) <= 1
    assert "  " not in made


@pytest.mark.parametrize("text", ["完善,机制", "机制.", "问题:", "(一)落实", "达到90%,推动"])
def test_half_width_stops_are_found(text: str) -> None:
    assert has_half_width_stop(text)


@pytest.mark.parametrize("text", ["完善，机制。", "2.5亿", "1.拓展", "10:30开始", "www.gov.cn", "AEO", ""])
def test_what_is_no_half_width_stop(text: str) -> None:
    assert not has_half_width_stop(text)
