"""The text of a document in a web page, and what the page states about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.importer.front import Hints
from content.importer.markup import Element, tree

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)
_HEAD_BYTES = 8192
_LEFT_OUT = {
    "script", "style", "nav", "noscript", "template", "iframe", "select", "button", "textarea",
    "head", "svg", "canvas", "object",
}  # fmt: skip
_IN_LINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "o:p", "st1:chsdate",
}  # fmt: skip
_UNBROKEN = _IN_LINE | _LEFT_OUT
_HOLDERS = {
    "html", "body", "div", "td", "th", "article", "section", "main", "table", "tbody", "tr",
    "center", "form", "blockquote",
}  # fmt: skip
_KNOWN_BODIES = re.compile(
    r"UCAP-CONTENT|pages_content|TRS_U?EDITOR|view-content|article[-_]content|news_content|zwxl-article",
    re.IGNORECASE,
)
_MOST_OF_TEXT = 0.7
"""A part of the page with this share of the text is looked into for the body."""
_STATED = {
    "标题": "title",
    "名称": "title",
    "发文机关": "issuer",
    "发布机构": "issuer",
    "制发机关": "issuer",
    "发文字号": "number",
    "文号": "number",
    "成文日期": "issued",
    "发文日期": "issued",
}


@dataclass(frozen=True, slots=True)
class Page:
    """The body's text, a line for each line of the page, and what the page states."""

    text: str
    hints: Hints


def declared_encoding(data: bytes) -> str:
    """The encoding a page names in its head; empty if it names none."""
    match = _DECLARED.search(data[:_HEAD_BYTES])
    return match.group(1).decode("ascii") if match else ""


def read(markup: str) -> Page:
    """The body of a page and what it states. A page without any text gives an empty body."""
    root = tree(markup)
    return Page("\n".join(_lines(_body(root))), _hints(list(_lines(root, cells=True))))


def _walk(root: Element) -> Iterator[tuple[Element | str, bool]]:
    """Every element and text below, in order: (it, False) when entered, (element, True) when left."""
    pending: list[tuple[Element | str, bool]] = [(root, False)]
    while pending:
        node, leaving = pending.pop()
        yield node, leaving
        if isinstance(node, Element) and not leaving and node.tag not in _LEFT_OUT:
            pending.append((node, True))
            pending.extend((child, False) for child in reversed(node.children))


def _lines(root: Element, *, cells: bool = False) -> Iterator[str]:
    """The lines of text below an element; ``cells`` breaks at table cells too."""
    line: list[str] = []
    for node, _ in _walk(root):
        if isinstance(node, str):
            line.append(re.sub(r"[ \t\r\n\f]+", " ", node))
        elif node.tag == "br" or node.tag not in _UNBROKEN:
            if node.tag in ("td", "th") and not cells:
                line.append(" ")
                continue
            if "".join(line).strip():
                yield "".join(line)
            line = []
    if "".join(line).strip():
        yield "".join(line)


def _body(root: Element) -> Element:
    weights = _weights(root)
    known = [
        node
        for node, leaving in _walk(root)
        if isinstance(node, Element) and not leaving and _KNOWN_BODIES.search(node.names)
    ]
    best = max(known, key=lambda node: weights.get(id(node), 0), default=None)
    if best is not None and weights.get(id(best), 0) * 2 >= weights.get(id(root), 0):
        return best
    element = root
    while True:
        inner = [child for child in element.children if isinstance(child, Element) and child.tag in _HOLDERS]
        heaviest = max(inner, key=lambda child: weights.get(id(child), 0), default=None)
        if heaviest is None or weights.get(id(heaviest), 0) < _MOST_OF_TEXT * max(1, weights[id(element)]):
            return element
        element = heaviest


def _weights(root: Element) -> dict[int, int]:
    """Element's identity → characters of text below it, links left out."""
    weights: dict[int, int] = {}
    path: list[Element] = []
    links = 0
    for node, leaving in _walk(root):
        if isinstance(node, str):
            if path and not links:
                weights[id(path[-1])] += sum(not character.isspace() for character in node)
        elif leaving:
            path.pop()
            links -= node.tag == "a"
            if path:
                weights[id(path[-1])] += weights[id(node)]
        elif node.tag not in _LEFT_OUT:
            weights[id(node)] = 0
            path.append(node)
            links += node.tag == "a"
    return weights


def _hints(cells: list[str]) -> Hints:
    found: dict[str, str] = {}
    plain = [" ".join(cell.split()) for cell in cells]
    for at, cell in enumerate(plain):
        label, colon, value = cell.replace(":", "：").partition("：")
        name = _STATED.get(label.replace(" ", "").strip("【】[]"))
        if not name or (not colon and at + 1 >= len(plain)):
            continue
        value = value.strip() or (plain[at + 1] if at + 1 < len(plain) else "")
        if value and not value.endswith(("：", ":")):
            found.setdefault(name, value)
    return Hints(**found)
