"""The markup of a web page as a tree of elements.

Not ``html.parser``: what that makes of comments, scripts and broken tags differs between Python releases, so a
page would not always give the same text; and it takes quadratic time over what is never closed. This reads any
text in linear time, as a browser would in the cases that matter for a page of text.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
}  # fmt: skip
_RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
"""Elements whose inside is not markup; none of it is text of the page."""
_IN_HEAD = {"base", "link", "meta", "noscript", "script", "style", "title", "template"}
_NAME = r"<(/?)([A-Za-z][^\s/<>]{0,60})"
_QUOTED_TAG = re.compile(rf"""{_NAME}((?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^<>=]++|=)*+)>""")
_PLAIN_TAG = re.compile(rf"{_NAME}([^<>]*)>")
_LONGEST_QUOTED_TAG = 1000
_ATTRIBUTE = re.compile(r"""\b(id|class)\s*=\s*("[^"]*+"|'[^']*+'|[^\s"'>]++)""", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name, id and class in one string, and what is in it."""

    tag: str
    names: str = ""
    children: list["Element | str"] = field(default_factory=list)


class _Tree:
    """A tree in the making; what is never closed ends with what holds it."""

    def __init__(self) -> None:
        self.root = Element("html")
        self._path = [self.root]
        self._open = Counter[str]()

    def text(self, markup: str) -> None:
        if markup:
            self._path[-1].children.append(html.unescape(markup))

    def start(self, tag: str, attributes: str) -> None:
        if self._open["head"] and tag not in _IN_HEAD:
            self.end("head")
        if tag == self._path[-1].tag and tag in ("p", "li", "tr", "td", "th", "option"):
            self.end(tag)
        names = " ".join(match.group(2).strip("\"'") for match in _ATTRIBUTE.finditer(attributes))
        element = Element(tag, names)
        self._path[-1].children.append(element)
        if tag not in VOID and tag not in _RAW:
            self._path.append(element)
            self._open[tag] += 1

    def end(self, tag: str) -> None:
        while self._open[tag]:
            closed = self._path.pop().tag
            self._open[closed] -= 1
            if closed == tag:
                return


def tree(markup: str) -> Element:
    """The elements and texts of a page, entities resolved, comments and scripts left out."""
    made = _Tree()
    at = start = 0
    last = markup.rfind(">")
    while 0 <= (at := markup.find("<", at)) < last:
        after = _not_text(markup, at)
        match = None if after else _tag(markup, at)
        if match is None and not after:
            at += 1
            continue
        made.text(markup[start:at])
        if match is not None:
            after = _take(made, markup, match)
        start = at = after
    made.text(markup[start:])
    return made.root


def _tag(markup: str, at: int) -> re.Match[str] | None:
    quoted = _QUOTED_TAG.match(markup, at, at + _LONGEST_QUOTED_TAG)
    return quoted or _PLAIN_TAG.match(markup, at)


def _not_text(markup: str, at: int) -> int:
    """The end of a comment, declaration or instruction; 0 if none begins here."""
    if markup.startswith("<!--", at):
        return _past(markup, "-->", at + 4)
    if markup.startswith(("<!", "<?"), at):
        return _past(markup, ">", at)
    return 0


def _past(markup: str, mark: str, at: int) -> int:
    found = markup.find(mark, at)
    return found + len(mark) if found >= 0 else len(markup)


def _take(made: _Tree, markup: str, match: re.Match[str]) -> int:
    """Open or close the element of a tag; gives the place behind it, and behind what is not markup in it."""
    tag = match.group(2).lower()
    if match.group(1):
        made.end(tag)
        return match.end()
    made.start(tag, match.group(3))
    if tag not in _RAW:
        return match.end()
    closing = re.compile(rf"</{tag}(?=[\s/>])[^>]*>", re.IGNORECASE | re.ASCII)
    found = closing.search(markup, match.end())
    return found.end() if found else len(markup)
