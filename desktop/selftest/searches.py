"""Searching: exact, by sound, by meaning, with an index made anew, and as large libraries are searched."""

from content.errors import UnknownDocument
from desktop.selftest.step import PLAN, Desk, Step, expect
from index.choice import open_exact
from index.query import parse
from index.related import Related
from index.search import Searcher, SearchResult


def _search(desk: Desk, text: str) -> SearchResult:
    exact = open_exact([desk.document], None)
    return Searcher(exact, Related.open([desk.document], None)).search(text)


def _find_words(desk: Desk) -> str:
    found = _search(desk, "一件事")
    texts = [desk.document.places[one].measure.text for one in found.exact]
    expect(texts and all("一件事" in text for text in texts), "“一件事”没有找全")
    return f"“一件事”{len(texts)} 处"


def _find_folded(desk: Desk) -> str:
    traditional, simplified = _search(desk, "水電氣"), _search(desk, "水电气")
    expect(simplified.exact and traditional.exact == simplified.exact, "繁体字没有找到简体的条目")
    return f"“水電氣”{len(traditional.exact)} 处"


def _find_by_sound(desk: Desk) -> str:
    for typed in ("ldjy", "laodongjiuye"):
        expect("劳动就业" in _search(desk, typed).suggestions, f"{typed} 没有读成劳动就业")
    return "ldjy、laodongjiuye：劳动就业"


def _find_in_spite_of_a_typo(desk: Desk) -> str:
    expect("营商环境" in _search(desk, "营商环镜").suggestions, "没有提示营商环境")
    return "营商环镜：营商环境"


def _find_by_meaning(desk: Desk) -> str:
    found = _search(desk, "开公司").related
    expect(f"{PLAN}/2.1.1" in [hit.measure_id for hit in found], "“开公司”没有找到设立登记")
    return f"开公司：{found[0].reason}"


def _find_similar(desk: Desk) -> str:
    found = Related.open([desk.document], None).similar(f"{PLAN}/2.3.3")
    expect(found, "没有相近的条目")
    return f"{len(found)} 条"


def _index_anew(desk: Desk) -> str:
    """Of a document of the reader's own, which no index comes with."""
    from content.library import Library

    folders = sorted((desk.folder / "导入").glob("*/*"))
    if not folders:
        raise UnknownDocument("没有导入的文件可以建立索引。")
    documents = Library(folders[0]).documents()
    related = Related.open(documents, desk.data)
    found = Searcher(open_exact(documents, desk.data), related).search("集成办理")
    expect(found.exact, "新建的索引里没有找到")
    made = list((desk.data / "index").glob("*/meta.json"))
    expect(made, "索引没有写入数据文件夹")
    return "已建立，可查"


def _find_in_large_libraries(desk: Desk) -> str:
    from index.phrases import PhraseIndex
    from index.postings import PostingStore
    from index.related import DICTIONARY
    from index.segmentation import Segmenter

    exact = open_exact([desk.document], None)
    index = PhraseIndex.open([desk.document], desk.data)
    for word in ("一件事", "98%", "水"):
        query = parse(word)
        expect(list(index.search(query)) == list(exact.search(query)), f"“{word}”与逐字查找不同")
    places = list(desk.document.places.values())
    store = PostingStore.open(places, Segmenter(DICTIONARY), desk.data)
    expect(store.beginning_with("企", 5), "词表里没有企业")
    return "按字索引、词表都可用"


STEPS = (
    Step("原文查找", _find_words),
    Step("繁简、全半角", _find_folded),
    Step("拼音和首字母", _find_by_sound),
    Step("错字提示", _find_in_spite_of_a_typo),
    Step("近义词和相关", _find_by_meaning),
    Step("相近的条目", _find_similar),
    Step("为导入的文件建立索引", _index_anew),
    Step("大型文库的索引", _find_in_large_libraries),
)
