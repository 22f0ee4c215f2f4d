"""A document as it was printed: paragraphs in order, nothing left out."""

from collections.abc import Iterable, Iterator

from content.model import Document, Measure


def paragraphs(document: Document) -> Iterator[str]:
    """The paragraphs of the print, headings among them, from the notice to the imprint."""
    for part in document.parts:
        opening = _opening(part.printed_heading, part.label)
        for section in part.sections:
            if opening and section.printed_heading:
                yield opening.strip()
                opening = ""
            yield from _flow(opening or _opening(section.printed_heading, section.label), section.measures)
            opening = ""
        if opening:
            yield opening.strip()
    yield from _flow("", document.imprint)


def text(document: Document) -> str:
    """The whole text, a paragraph a line, ending with a line feed."""
    return "".join(f"{paragraph}\n" for paragraph in paragraphs(document))


def _opening(heading: str, label: str) -> str:
    """A heading as text goes on behind it: with a blank where it is no more than 第…条."""
    bare = heading != "" and heading == label and heading.endswith(tuple("编篇章节条分"))
    return f"{heading} " if bare else heading


def _flow(opening: str, measures: Iterable[Measure]) -> Iterator[str]:
    line = opening
    for measure in measures:
        if measure.opens_paragraph and line:
            yield line.strip()
            line = ""
        line += measure.text
    if line:
        yield line.strip()
