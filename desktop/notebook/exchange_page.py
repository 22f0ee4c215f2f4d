"""The page beside an export's data: all entries in the order of the text, for any browser, loading nothing."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from content.model import Document
from desktop.notebook import citing
from desktop.notebook.arranging import Placed, in_text_order
from desktop.notebook.attaching import Fit
from desktop.notebook.meetings import time_words
from desktop.notebook.model import (
    NAMES,
    Action,
    AgendaItem,
    Bookmark,
    Color,
    Entry,
    Highlight,
    Meeting,
    Note,
    Progress,
)
from desktop.notebook.packet import Packet
from desktop.notebook.rendering import to_html

INKS = {Color.YELLOW: "#fbe99a", Color.GREEN: "#bfe3bd", Color.BLUE: "#bcd4ee", Color.PINK: "#f3c3cd"}
"""The highlighters on white paper, light enough to stay legible when printed in grey."""
_LOST = "失配：在原文中找不到位置"

_STYLE = """
body { max-width: 42em; margin: 2em auto; padding: 0 1.2em; line-height: 1.75; color: #222; background: #fff;
  font-family: "Source Han Serif SC", "Noto Serif CJK SC", SimSun, "Songti SC", serif; }
h1 { font-size: 1.5em; } h2 { font-size: 1.25em; margin-top: 2em; border-bottom: 1px solid #999; }
h3 { font-size: 1.05em; margin-top: 1.6em; }
article { margin: 1em 0; padding: .6em 1em; border: 1px solid #ccc; border-radius: 4px; break-inside: avoid; }
article h1, article h2, article h3 { font-size: 1em; margin: .4em 0; border: 0; }
article p { margin: .4em 0; } table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: 2px 8px; }
pre, code { white-space: pre-wrap; overflow-wrap: anywhere; }
.about, .facts { color: #555; font-size: .9em; } .facts b { color: #222; }
blockquote.quote { margin: .4em 0; padding-left: .8em; border-left: 3px solid #999; }
mark { color: inherit; padding: 0 .1em; border-bottom: 1px solid #555; }
"""


def page(documents: Sequence[Document], packet: Packet) -> str:
    """The whole page. Entries on documents that are not at hand stand last, under the documents' ids."""
    at_hand = {document.id: document for document in documents}
    ids = list(dict.fromkeys(entry.anchor.document for entry in packet.entries))
    ids.sort(key=lambda one: one not in at_hand)
    body = [*_head(packet)]
    for one in ids:
        entries = [entry for entry in packet.entries if entry.anchor.document == one]
        body += _of_document(at_hand.get(one), packet.titles.get(one, one), entries)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>批注（{_words(packet.author)}）</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _head(packet: Packet) -> Iterator[str]:
    counts = [
        f"{sum(isinstance(entry, kind) for entry in packet.entries)} 条{name}" for kind, name in NAMES.items()
    ]
    yield f"<h1>批注（{_words(packet.author)}）</h1>"
    yield (
        f'<p class="about">{_words(packet.author)}于 {_time(packet.exported)} 从政策案头导出，共有{"、".join(counts)}，'
        "不含已删除的。引文是文件原文，其余是各人所写，不是文件内容。这是给同事看的一份导出，不是备份；"
        "在政策案头中用“导入批注”可以把它们并入自己的笔记本。</p>"
    )


def _of_document(document: Document | None, title: str, entries: Iterable[Entry]) -> Iterator[str]:
    yield f"<h2>《{_words(title)}》</h2>"
    if document is None:
        yield '<p class="about">导出时本机没有这份文件，位置未经核对，按写下的先后排列。</p>'
    heading = ""
    for placed in in_text_order(document, entries):
        new = _heading(document, placed) if document else ""
        if new != heading:
            heading = new
            yield f"<h3>{_words(heading)}</h3>"
        yield "\n".join(_article(document, placed))


def _heading(document: Document, placed: Placed) -> str:
    place = document.places.get(placed.found.measure)
    if place is None:
        return _LOST if placed.found.fit is Fit.LOST else citing.WHOLE
    return citing.section(document, placed.found) + (place.section.title or place.part.heading)


def _article(document: Document | None, placed: Placed) -> Iterator[str]:
    entry = placed.entry
    yield f'<article><p class="facts">{"　".join(_facts(document, placed))}</p>'
    quote = _words(entry.anchor.quote).replace("\n", "<br>\n")
    if isinstance(entry, Highlight):
        quote = f'<mark style="background: {INKS[entry.color]}">{quote}</mark>'
    yield f'<blockquote class="quote">{quote}</blockquote>'
    yield from _own(entry)
    yield "</article>"


def _own(entry: Entry) -> Iterator[str]:
    """What the writer has written."""
    match entry:
        case Note():
            yield to_html(entry.body)
        case Meeting():
            yield from _lines(
                ("会议", entry.title),
                ("时间", time_words(entry.time)),
                ("地点", entry.place),
                ("参会", entry.participants),
                ("系列", entry.series),
            )
        case AgendaItem():
            yield to_html(entry.points)
            yield from _lines(
                ("决定", entry.decision),
                ("责任单位", entry.unit),
                ("时限", entry.due),
                ("结否", "未结" if entry.is_open else "已结"),
            )
        case Action():
            yield from _lines(
                ("牵头单位", entry.lead),
                ("配合单位", entry.support),
                ("时限", entry.due),
                ("最初时限", entry.first_due),
                ("问题", entry.problem),
                ("下一步", entry.next_step),
                ("责任人", entry.person),
            )
        case Progress():
            yield from _lines((entry.day, entry.text))


def _lines(*pairs: tuple[str, str]) -> Iterator[str]:
    for name, text in pairs:
        if text:
            yield f"<p>{_words(name)}：{_words(text)}</p>"


def _facts(document: Document | None, placed: Placed) -> Iterator[str]:
    entry = placed.entry
    yield f"<b>{citing.name(entry)}</b>"
    if isinstance(entry, Bookmark) and (entry.folder or entry.label):
        yield _words(" · ".join(filter(None, (entry.folder, entry.label))))
    yield _words(_place(document, placed))
    if placed.found.fit is Fit.CHANGED:
        yield "原文有改"
    if isinstance(entry, Note) and entry.tags:
        yield _words(" ".join(f"#{tag}" for tag in entry.tags))
    yield _words(entry.author)
    changed = f"，{_time(entry.changed)} 改" if entry.changed != entry.created else ""
    yield f"{_time(entry.created)} 写{changed}"


def _place(document: Document | None, placed: Placed) -> str:
    if document is None:
        return placed.entry.anchor.measure
    cited = citing.place(document, placed.entry, placed.found)
    return f"《{document.title}》{cited}" if placed.found.measure else cited


def _time(time: str) -> str:
    """2026-11-24T09:12:00+08:00 as 2026-11-24 09:12, on the writer's clock."""
    return _words(time[:16].replace("T", " "))


def _words(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
