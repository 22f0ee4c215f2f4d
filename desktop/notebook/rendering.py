"""A note's Markdown as harmless HTML, and as plain words. Nothing in a note is ever loaded or followed."""

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

MOST_CHARACTERS = 10_000
"""Longer notes are shown as they were typed: nobody lays that much out by hand, and Markdown's work grows faster than
the note."""
MOST_LINES = 1_000
"""The same of a note of many short lines."""
_DEEPEST = 12
"""Quotations, lists and emphasis nested deeper than this are no writing of a person's."""
_MOST_BACKTICKS = 200
"""Markdown seeks a partner for each of them through the whole note."""
_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_MARKS = re.compile(
    r"[*_`|\\\r]"  # emphasis, code, tables, escapes
    r"|^[ \t]*(?:#{1,6}[ \t]|>|[-+][ \t]|\d{1,9}\.[ \t]|=+[ \t]*$|-+[ \t]*$|(?:-[ \t]?){3})"
    r"|^(?: {4}| {0,3}\t)",
    re.MULTILINE,
)
_DEEP = re.compile(rf"(?:(?:>|[-+*][ \t]|\d{{1,9}}\.[ \t])[ \t]*){{{_DEEPEST},}}|[*_`]{{{4 * _DEEPEST},}}")
_HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>[^\n]*?)[ \t]*#*(?:\n|$)")
_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}\.)[ \t]+\S")
_NOT_OBEYED = (
    *("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"),
    *("autolink", "automail", "html", "entity"),
)
"""Patterns of Markdown left out: links, pictures and HTML are shown as they were typed."""
_AMPERSAND = "\ufdd0"
"""Stands for & while Markdown works, which would take &lt; for a mark; no text has this character."""
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0]")
"""Characters that HTML has no place for, and Markdown's own."""
_TAG = re.compile(r"<[^>]*>")


def is_plain(body: str) -> bool:
    """Whether a note has nothing in it that Markdown would show in another way."""
    return _MARKS.search(body) is None


def to_html(body: str) -> str:
    """A note as HTML of a few tags: emphasis, headings, lists, tables, quotations, code. The only attribute is the number
    a list starts with.

    Every line break is kept. Never raises, and takes a bounded time: what is too long or too deep is shown as typed.
    """
    body = _STRANGE.sub("\ufffd", body.replace("\r\n", "\n").replace("\r", "\n"))
    if _is_too_much(body):
        return _as_typed(body)
    import nh3

    try:
        made = _converter().reset().convert(_set_off_lists(body.replace("&", _AMPERSAND)))
    except (RecursionError, ValueError, AttributeError, IndexError):
        # Whatever Markdown makes of strange words, the words are shown.
        return _as_typed(body)
    return nh3.clean(made, tags=_TAGS, attributes={"ol": {"start"}}, link_rel=None).replace(
        _AMPERSAND, "&amp;"
    )


def plain_text(body: str) -> str:
    """The words of a note without Markdown's marks, a line for each paragraph, item or cell."""
    if not is_plain(body):
        from html import unescape

        body = unescape(_TAG.sub("", to_html(body)))
    return "\n".join(line for line in map(str.strip, body.splitlines()) if line)


def _is_too_much(body: str) -> bool:
    return (
        len(body) > MOST_CHARACTERS
        or body.count("\n") > MOST_LINES
        or body.count("`") > _MOST_BACKTICKS
        or _DEEP.search(body) is not None
    )


def _set_off_lists(body: str) -> str:
    """An empty line before each list that begins right below a line of words: Markdown would take it for more words."""
    lines: list[str] = []
    is_in_words = False
    for line in body.split("\n"):
        is_item = _ITEM.match(line) is not None
        if is_item and is_in_words:
            lines.append("")
        if is_item or not line.strip():
            is_in_words = False
        elif not lines or not lines[-1].strip():
            is_in_words = not line.startswith(("    ", "\t"))
        lines.append(line)
    return "\n".join(lines)


def _as_typed(body: str) -> str:
    return "<p>" + escape(body, quote=False).replace("\n", "<br>\n") + "</p>"


@lru_cache(maxsize=1)
def _converter() -> "Markdown":
    from markdown import Markdown
    from markdown.extensions.nl2br import Nl2BrExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    converter = Markdown(extensions=[Nl2BrExtension(), SaneListExtension(), TableExtension()])
    converter.preprocessors.deregister("html_block")
    converter.parser.blockprocessors.deregister("reference")
    for pattern in _NOT_OBEYED:
        converter.inlinePatterns.deregister(pattern)
    # “#1 …” is a number; a heading has a space after its mark.
    setattr(converter.parser.blockprocessors["hashheader"], "RE", _HEADING)  # noqa: B010 - typed as a constant
    return converter
