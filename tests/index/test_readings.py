"""Readings: what a query that stands nowhere in the text was meant to say."""

import re
import threading
from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from content.folding import fold
from content.model import Document
from index import pinyin
from index.exact import ExactIndex
from index.query import Clause, Query, parse
from index.readings import Reading, Readings
from index.search import Searcher

PINYIN, INITIALS, SOUND, SLIP, TRADITIONAL, MARKS = "拼音", "首字母", "同音", "一字之差", "繁体", "标点"

TYPED: list[tuple[str, str, str]] = [
    ("laodongjiuye", "劳动就业", PINYIN),
    ("LaoDongJiuYe", "劳动就业", PINYIN),
    ("ｌａｏｄｏｎｇｊｉｕｙｅ", "劳动就业", PINYIN),
    ("laodong jiuye", "劳动就业", PINYIN),
    ("lao dong jiu ye", "劳动就业", PINYIN),
    ("lao'dong'jiu'ye", "劳动就业", PINYIN),
    ("láodòng jiùyè", "劳动就业", PINYIN),
    ("laodongji", "劳动就业", PINYIN),
    ("laodongj", "劳动就业", PINYIN),
    ("yingshanghuanj", "营商环境", PINYIN),
    ("lvse", "绿色", PINYIN),
    ("lüse", "绿色", PINYIN),
    ("luse", "绿色", PINYIN),
    ("yinhang", "银行", PINYIN),
    ("changsanjiao", "长三角", PINYIN),
    ("tiaojie", "调解", PINYIN),
    ("diaojie", "调解", PINYIN),
    ("zhongdian", "重点", PINYIN),
    ("shichangzr", "市场准入", PINYIN),
    ("zisicanquan", "知识产权", PINYIN),
    ("zhishichangquang", "知识产权", PINYIN),
    ("naodongjiuye", "劳动就业", PINYIN),
    ("市场zhunru", "市场准入", PINYIN),
    ("zhishi产权", "知识产权", PINYIN),
    ("aizhengwu", "AI＋政务", PINYIN),
    ("li'an", "离岸", PINYIN),
    ("ldjy", "劳动就业", INITIALS),
    ("LDJY", "劳动就业", INITIALS),
    ("l d j y", "劳动就业", INITIALS),
    ("zscq", "知识产权", INITIALS),
    ("zhshchq", "知识产权", INITIALS),
    ("yshj", "营商环境", INITIALS),
    ("scjg", "市场监管", INITIALS),
    ("诚诺即办", "承诺即办", SOUND),
    ("桩机先行", "桩基先行", SOUND),
    ("誠諾即辦", "承诺即办", SOUND),
    ("知识产圈", "知识产权", SOUND),
    ("银商环境", "营商环境", SOUND),
    ("条解", "调解", SOUND),
    ("营商坏境", "营商环境", SLIP),
    ("营商境", "营商环境", SLIP),
    ("营商的环境", "营商环境", SLIP),
    ("营环商境", "营商环境", SLIP),
    ("QFLB", "QFLP", SLIP),
    ("变更注销", "变更、注销", MARKS),
    ("“变更”注销", "变更、注销", MARKS),
    ("AI政务服务", "AI＋政务服务", MARKS),
    ("跨境貿易", "跨境贸易", TRADITIONAL),
]


@pytest.fixture(scope="module")
def readings(exact: ExactIndex) -> Callable[[str], tuple[Reading, ...]]:
    return lambda typed: exact.readings(parse(typed))


Read = Callable[[str], tuple[Reading, ...]]


@pytest.mark.parametrize(("typed", "text", "kind"), TYPED)
def test_read(readings: Read, typed: str, text: str, kind: str) -> None:
    best = readings(typed)[0]
    assert (best.text, best.kind) == (text, kind)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("市场 zhunru", "市场 准入"),
        ("zhunru 市场", "准入 市场"),
        ("zhunru -qiye", "准入 -qiye"),
        ("市场|zhunru", "市场|准入"),
        ('"zhunru" 市场', "准入 市场"),
        ("诚诺即办 桩机先行", "承诺即办 桩基先行"),
        ("aizhengwu", "AI＋政务"),
        ("goufang chaxun", "购房 查询"),
        ("goufangzigechaxun", "购房 查询"),
        ("-市场 zhunru", "-市场 准入"),
    ],
)
def test_the_whole_query(readings: Read, exact: ExactIndex, typed: str, query: str) -> None:
    assert readings(typed)[0].query == query


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "|",
        "-",
        '""',
        "l",
        "市",
        "甲",
        "甲乙丙",
        "市场",
        "劳动就业",
        "-laodongjiuye",
        "购房资格查询",
        "98%",
    ],
)
def test_nothing_to_read(readings: Read, typed: str) -> None:
    assert readings(typed) == ()


@pytest.mark.parametrize("typed", ["绿色金融", "代办服务", "开公司"])
def test_words_that_are_meant_as_they_are(readings: Read, typed: str) -> None:
    assert readings(typed) == ()


def test_words_come_before_pieces_of_words(readings: Read) -> None:
    assert readings("zhongdian")[0].text == "重点"
    assert [one.text for one in readings("qy")][:2] == ["企业", "区域"]


def test_words_that_stand_together_come_first() -> None:
    read = Readings(["企业登记.", "办公用房.", "报告对象.", "变更的情况,多次登记."]).read
    best = read("bgdj")[0]
    assert (best.text, best.kind) == ("变更 登记", INITIALS)


def test_marks_come_in_pairs() -> None:
    read = Readings(['推行"一网通办"平台.', "(以下简称)进博会."]).read
    assert read("一网通办平台")[0].text == '"一网通办"平台'
    assert read("推行一网通办")[0].text == '推行"一网通办"'
    assert read("简称进博会")[0].text == "简称)进博会"
    for typed in ("一网通办平台", "推行一网通办", "简称进博会"):
        (clause,) = parse(read(typed)[0].query).alternatives
        assert clause.wanted[0] in ('"一网通办"平台', '推行"一网通办"', "简称)进博会")


def test_operators_in_the_text_are_searched_for() -> None:
    read = Readings(["-甲乙|丙丁.", "戊己."]).read
    (clause,) = parse(read("甲乙丙丁")[0].query).alternatives
    assert clause == Clause(("甲乙|丙丁",))


@pytest.mark.parametrize("query", [Query((Clause(("诚诺即办",)),)), parse("诚诺即办")])
def test_a_query_that_was_parsed(exact: ExactIndex, query: Query) -> None:
    assert exact.readings(query)[0] == Reading("承诺即办", "承诺即办", SOUND)


def test_most(exact: ExactIndex, plan: Document) -> None:
    read = Readings([fold(measure.text) for measure in plan.measures]).read
    assert len(read("qy")) <= 5
    assert len(read("qy", most=2)) == 2


def test_one_answer_from_many_threads(plan: Document) -> None:
    fresh = Readings([fold(measure.text) for measure in plan.measures])
    answers: list[tuple[Reading, ...]] = []
    typed = ("zhishichanquan", "zscq", "诚诺即办", "yshj") * 4
    threads = [
        threading.Thread(target=lambda one: answers.append(fresh.read(one)), args=(one,)) for one in typed
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 16
    assert len(set(answers)) == 4


def _runs(document: Document, least: int) -> list[str]:
    """The runs of Chinese characters in a document's measures."""
    return [
        run
        for measure in document.measures
        for run in re.findall(f"[\u4e00-\u9fff]{{{least},}}", fold(measure.text))
    ]


def _spells(text: str, typed: str) -> bool:
    """Whether a run of a text, its last syllable perhaps unfinished, is spelled so in any of its readings."""
    letters = [one for one in text if one.isalnum()]

    def goes_on(at: int, rest: str) -> bool:
        if not rest:
            return True
        sounds = pinyin.tables().characters.get(letters[at], (letters[at],)) if at < len(letters) else ()
        spelled = [one for sound in sounds for one in pinyin.spellings(sound)]
        return any(
            one.startswith(rest) or (rest.startswith(one) and goes_on(at + 1, rest[len(one) :]))
            for one in spelled
        )

    return any(goes_on(at, typed) for at in range(len(letters)))


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_what_is_typed_in_pinyin_is_read_back(plan: Document, exact: ExactIndex, data: st.DataObject) -> None:
    run = data.draw(st.sampled_from(_runs(plan, 2)))
    start = data.draw(st.integers(0, len(run) - 2))
    words = run[start : start + data.draw(st.integers(2, 8))]
    sounds = [data.draw(st.sampled_from(pinyin.tables().characters[one])) for one in words]
    typed = "".join(data.draw(st.sampled_from(pinyin.spellings(sound))) for sound in sounds)
    assume(not exact.search(parse(typed)))
    texts = [one.text for one in exact.readings(parse(typed)) if one.kind == PINYIN]
    assert any(_spells(text, typed) for text in texts), (words, typed, texts)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_the_common_reading_is_read_back_first(
    plan: Document, exact: ExactIndex, data: st.DataObject
) -> None:
    """Four and more characters are hardly ever ambiguous."""
    run = data.draw(st.sampled_from(_runs(plan, 4)))
    words = run[: data.draw(st.integers(4, 8))]
    typed = "".join(pinyin.tables().characters[one][0] for one in words)
    assert any(words in one.text for one in exact.readings(parse(typed)))


MIXED = st.text("市场准入知识产权laodngjiuyezhs“”\"'-|，+ üv9\ud800\0", max_size=40)


@given(st.one_of(st.text(max_size=60), MIXED))
@settings(max_examples=400, deadline=None)
def test_no_text_is_an_error(exact: ExactIndex, typed: str) -> None:
    found = exact.readings(parse(typed))
    assert len(found) <= 5
    assert len(set(found)) == len(found)
    for one in found:
        assert one.text
        assert parse(one.query).wanted


@given(st.lists(st.one_of(st.text(max_size=20), MIXED), max_size=5), MIXED)
@settings(max_examples=200, deadline=None)
def test_no_texts_are_an_error(texts: list[str], typed: str) -> None:
    folds = [fold(text) for text in texts]
    for one in Readings(folds).read(typed):
        assert all(any(fold(word) in text for text in folds) for word in one.text.split(" ") if fold(word))


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "市" * 10_000, "a " * 5_000, "a|" * 500, "ang" * 300, "(" * 999, "shi" * 20]
)
def test_long_texts(exact: ExactIndex, typed: str) -> None:
    started = perf_counter()
    exact.readings(parse(typed))
    assert perf_counter() - started < 1


class TestSearch:
    def test_what_is_meant_comes_first(self, searcher: Searcher) -> None:
        result = searcher.search("shichangzhunru")
        assert result.exact == ()
        assert result.readings[0] == Reading("市场准入", "市场准入", PINYIN)
        meant = searcher.search("市场准入").exact
        assert tuple(hit.measure_id for hit in result.related[: len(meant)]) == meant[:10]
        assert result.related[0].reason == "拼音：市场准入"
        assert result.suggestions[0] == "市场准入"

    def test_then_what_is_related_to_it(self, searcher: Searcher) -> None:
        result = searcher.search("诚诺即办")
        assert result.related[0].reason == "同音：承诺即办"
        assert len(result.related) > 1
        scores = [hit.score for hit in result.related]
        assert scores == sorted(scores, reverse=True)

    def test_exact_comes_first_and_does_not_change(self, searcher: Searcher, exact: ExactIndex) -> None:
        for typed in ("市场", "劳动就业", "ai", "qflp", "跨境貿易"):
            result = searcher.search(typed)
            assert result.exact == exact.search(parse(typed))
            assert not any("拼音" in hit.reason for hit in result.related)

    def test_many_hits_need_no_other_reading(self, searcher: Searcher) -> None:
        assert searcher.search("市场").readings == ()

    def test_what_is_unwanted_stays_away(self, searcher: Searcher) -> None:
        unwanted = set(searcher.search("市场准入 浦东").exact)
        result = searcher.search("shichangzhunru -浦东")
        assert unwanted
        assert not unwanted & {hit.measure_id for hit in result.related}

    def test_within_a_scope(self, searcher: Searcher) -> None:
        related = searcher.search("shichangzhunru", "shanghai-2023/4.1").related
        assert related
        assert all(hit.measure_id.startswith("shanghai-2023/4.1.") for hit in related)

    def test_without_the_related_group(self, exact: ExactIndex) -> None:
        result = Searcher(exact).search("shichangzhunru")
        assert result.related == ()
        assert result.readings[0].text == "市场准入"
