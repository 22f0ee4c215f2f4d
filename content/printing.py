"""A document as it was printed: paragraphs in order, nothing left out."""

from collections.abc import Iterable, Iterator

from content.model import Document, Measure


def paragraphs(document: Document) -> Iterator[str]:
    """The paragraphs of the print, headings among them, from the notice to the imprint."""
    for part in document.parts:
        opening = part.printed_heading
        for section in part.sections:
            if opening and section.printed_heading:
                yield opening
                opening = ""
            yield from _flow(opening or section.printed_heading, section.measures)
            opening = ""
        if opening:
            yield opening
    yield from _flow("", document.imprint)


def text(document: Document) -> str:
    """The whole text, a paragraph a line, ending with a line feed."""
    return "".join(f"{paragraph}\n" for paragraph in paragraphs(document))


def _flow(opening: str, measures: Iterable[Measure]) -> Iterator[str]:
    line = opening
    for measure in measures:
        if measure.opens_paragraph and line:
            yield line
            line = ""
        line += measure.text
    if line:
        yield line
