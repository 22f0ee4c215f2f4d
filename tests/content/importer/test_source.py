"""Files of every kind and encoding, whole or not; no character of a text is ever lost."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import markdown, printing
from content.errors import UnreadableSource
from content.folding import fold
from content.importer import Imported, body_text, import_file
from content.importer.source import import_bytes
from content.importer.unwrap import line_width

SHAPE = {
    1: [2],
    2: [9, 11, 10, 8, 9, 13, 6, 6, 10, 7],
    3: [7, 6, 6, 5, 6, 4, 4, 7, 6],
    4: [8, 11, 7, 7, 11],
    5: [5, 3, 4],
}
NAMES = ["01", "05", "07", "09", "13", "35", "39", "60"]
WORDS = st.sampled_from(
    ["加强", "监管。", "一、", "二、", "三、总体要求", "（一）", "(二)", "（三）落实责任。", "第一章 总则\n", "第一条 ", "1.",
     *"“”《》«»（）()。.，,；!?\"'#\\\t \u3000\u0301\u1160\u200b…", "\n", "\n\n", "\n　　", "\n ", "AEO", "９０％", "2.5",
     "附件\n", "抄送：市委", "2023年1月4日", "印发", "国务院", "（此件公开发布）", "---\n", "# ", "\U00100170", "ｅ", "通知",
     "各区人民政府：", "优化营商环境是党中央国务院根据新形势新发展要求作出的重大决策", "\r", "\x0c", "\x85", "\u2028"]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.lists(WORDS, max_size=50).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=100),
    st.lists(st.one_of(WORDS, st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])), max_size=30).map(
        "".join
    ),
)


def test_the_plan_has_its_shape(plan_folder: Path) -> None:
    document = import_file(plan_folder / "source.txt").document
    shape = {part.number: [len(one.measures) for one in part.sections] for part in document.parts[1:]}
    assert shape == SHAPE
    assert sum(len(counts) for number, counts in shape.items() if number > 1) == 27
    assert sum(sum(counts) for number, counts in shape.items() if number > 1) == 196
    assert all(
        measure.text.endswith("。")
        for one in document.parts[1:]
        for s in one.sections
        for measure in s.measures
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_lose_not_one_character(samples: Path, name: str) -> None:
    whole = fold((samples / f"{name}.txt").read_text("utf-8"))
    from_text = import_file(samples / f"{name}.txt").document
    from_page = import_file(samples / f"{name}.html").document
    assert fold(printing.text(from_text)) == whole
    assert fold(printing.text(from_page)) == whole
    assert markdown.write(from_text) == markdown.write(from_page)


def typeset(line: str, width: int) -> list[str]:
    """A paragraph broken into lines as a page is: closing marks hang."""
    lines = [""]
    for character in line:
        if line_width(lines[-1] + character) > width and character not in "，。；：、）》”,.;:)»":
            lines.append("")
        lines[-1] += character
    return lines


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("width", "indent"), [(44, ""), (56, ""), (56, "\u3000\u3000"), (76, "\u3000\u3000")]
)
def test_a_paper_typeset_like_the_plan_is_read_as_the_paper(
    samples: Path, name: str, width: int, indent: str
) -> None:
    text = (samples / f"{name}.txt").read_text("utf-8")
    whole = import_bytes(text.encode(), Path("a.txt")).document
    half = text.translate(str.maketrans("，。；：（）《》０１", ",.;:()«»01"))
    paragraphs = [line.strip() for line in half.splitlines() if line.strip()]
    lines = [piece for at, one in enumerate(paragraphs) for piece in typeset(indent * (at > 4) + one, width)]
    again = import_bytes("\n\n".join(lines).encode(), Path("a.txt")).document
    assert [(one.id, one.text) for one in again.measures] == [(one.id, one.text) for one in whole.measures]
    assert again.front == whole.front
    # A full line that ends with a stop may end its paragraph: without indents nobody can tell.
    assert not indent or again == whole


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("05", [[1], [1, 1, 1, 1], [2], [10, 9, 8, 8, 10], [8]]),
        ("39", [[3, 2], [4, 2, 1], [1, 3, 3], [2, 1, 4], [2, 3, 3, 7]]),
    ],
)
def test_the_shape_of_two_samples(samples: Path, name: str, shape: list[list[int]]) -> None:
    document = import_file(samples / f"{name}.txt").document
    assert [[len(one.measures) for one in part.sections] for part in document.parts if part.number] == shape


@given(ANY_TEXT)
def test_any_text_survives_its_import(text: str) -> None:
    if not fold(text):
        return
    document = import_bytes(text.encode(), Path("any.txt")).document
    assert fold(printing.text(document)) == fold(text)
    assert markdown.read(markdown.write(document)) == document
    assert all(measure.text for measure in document.measures)


@given(ANY_TEXT, st.sampled_from(["<p>{}</p>", "<div>{}<br>{}</div>", "{}", "<td>{}</td><p>甲"]))
def test_any_page_survives_its_import(text: str, frame: str) -> None:
    page = frame.replace("{}", text).encode()
    try:
        document = import_bytes(page, Path("any.html")).document
    except UnreadableSource:
        return
    assert markdown.read(markdown.write(document)) == document


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"]
)
def test_encodings_are_detected(samples: Path, tmp_path: Path, encoding: str) -> None:
    text = (samples / "60.txt").read_text("utf-8")
    path = tmp_path / "paper.TXT"
    path.write_bytes(text.encode(encoding))
    assert body_text(path) == text
    assert import_file(path).document.title == "政府网站集约化试点工作方案"


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "utf-8", "big-nonsense", ""])
def test_a_page_in_the_encoding_it_names(samples: Path, tmp_path: Path, charset: str) -> None:
    page = (samples / "60.html").read_text("utf-8").replace('charset="utf-8"', f'charset="{charset}"')
    path = tmp_path / "page.htm"
    path.write_bytes(page.encode("utf-8" if charset == "utf-8" else "gb18030"))
    assert import_file(path).document.id == "guobanhan-2018-71"


def test_a_policy_is_read_as_such(plan_folder: Path, tmp_path: Path) -> None:
    taken = import_file(plan_folder / "policy.md")
    assert taken.document == markdown.read((plan_folder / "policy.md").read_text("utf-8"))
    assert fold(body_text(plan_folder / "policy.md")) == fold(printing.text(taken.document))


def test_markdown_headings_are_headings(imported: Callable[..., Imported]) -> None:
    document = imported(
        "# 关于加强管理的意见\n\n## 一、总体要求\n\n坚持。\n\n## 二、任务\n\n### （一）准入\n\n甲。乙。\n",
        "a.md",
    ).document
    assert document.title == "关于加强管理的意见"
    assert [part.heading for part in document.parts] == ["", "总体要求", "任务"]
    assert [section.title for section in document.parts[2].sections] == ["准入"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "空的"),
        ("a.txt", b" \n\t", "空的"),
        ("a.txt", b"\xef\xbb\xbf", "空的"),
        ("a.txt", "\u200b\n".encode(), "没有可见"),
        ("a.txt", bytes(range(256)) * 20, "不是文本"),
        ("a.txt", b"\x00" * 100, "不是文本"),
        ("a.txt", b"PK\x03\x04" + b"x" * 50, "另存为"),
        ("a.txt", b"%PDF-1.4", "PDF"),
        ("a.txt", "优化营商环境。".encode() * 50 + b"\xff" + "结束。".encode(), "损坏"),
        ("a.html", b"<html><script>var a;</script></html>", "没有找到正文"),
        ("a.md", b"---\nid: a\n", "没有结束"),
        ("a.xyz", b"x", "不能导入"),
        ("a", b"x", "不能导入"),
        ("a.docx", b"PK\x03\x04", "不能导入"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=told) as raised:
        import_file(path)
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name, told in (("none.txt", "找不到"), ("folder.txt", "文件夹"), ("x" * 300 + ".txt", "读不出来")):
        with pytest.raises(UnreadableSource, match=told):
            import_file(tmp_path / name)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.md"]))
def test_no_bytes_crash_it(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableSource):
        import_bytes(data, Path(name))


MANY = 150_000


@pytest.mark.parametrize(
    ("name", "unit"),
    [(f"{kind}.txt", unit) for kind, unit in enumerate(
        ["营商", " ", "营 ", "1.", ".", "（", "“", "”", "（“", '"', "一、", "（一）", "一", "。（负责）", "2023年1月4日", "《",
         "a.b/", "关于印发《", "抄送：", "营\u0301", "第一条", "《\n", "一、甲\n", "（一）甲。\n"]
    )]
    + [(f"{kind}.html", unit) for kind, unit in enumerate(
        ["<", "<a ", "<a b='", '<a b="', "<!--", "<![", "<div>", "</div>", "<b>营", "<p>营", "<td>营", "&", "&#", "<script "]
    )],
)  # fmt: skip
def test_a_hostile_file_takes_linear_time(name: str, unit: str) -> None:
    times = []
    for length in (MANY // 4, MANY):
        begun = time.perf_counter()
        with contextlib.suppress(UnreadableSource):
            import_bytes((unit * (length // len(unit)) + "营商环境").encode(), Path(name))
        times.append(time.perf_counter() - begun)
    assert times[1] < 1 or times[1] < 10 * times[0]
