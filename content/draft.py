"""A document in the making: headings and sentences in printed order, numbered when it is finished."""

from dataclasses import dataclass, field

from content.model import Document, Front, Measure, Part, Section


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as found in a source: its number as printed, its title, and the mark after it."""

    label: str
    title: str
    stop: str = ""


NO_HEADING = Heading("", "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A measure to be: its text, and whether it begins a paragraph."""

    text: str
    opens_paragraph: bool


@dataclass(slots=True)
class DraftSection:
    """A section to be; without a heading it will be section 0."""

    heading: Heading | None
    sentences: list[Sentence] = field(default_factory=list)

    def finish(self, prefix: str, number: int) -> Section:
        heading = self.heading or NO_HEADING
        measures = _measures(f"{prefix}.{number}", self.sentences)
        return Section(number, heading.label, heading.title, heading.stop, measures)


@dataclass(slots=True)
class DraftPart:
    """A part to be; without a heading it will be part 0."""

    heading: Heading | None
    sections: list[DraftSection] = field(default_factory=list)

    def finish(self, document: str, number: int) -> Part:
        heading = self.heading or NO_HEADING
        prefix = f"{document}/{number}"
        first = 0 if self.sections and self.sections[0].heading is None else 1
        sections = tuple(section.finish(prefix, place) for place, section in enumerate(self.sections, first))
        return Part(number, heading.label, heading.title, heading.stop, sections)


class Draft:
    """Takes headings and sentences in printed order and gives the numbered document."""

    def __init__(self) -> None:
        self._parts: list[DraftPart] = []
        self._imprint: list[Sentence] | None = None

    def open_part(self, heading: Heading) -> None:
        """Start the next part."""
        self._parts.append(DraftPart(heading))

    def open_section(self, heading: Heading) -> None:
        """Start the next section of the current part."""
        self._current_part().sections.append(DraftSection(heading))

    def open_imprint(self) -> None:
        """What is added from now on stands after the last part (抄送, 印发)."""
        self._imprint = self._imprint or []

    def add(self, text: str, *, opens_paragraph: bool) -> None:
        """Append one sentence, or one line that stands for itself, where the draft is."""
        sentence = Sentence(text, opens_paragraph)
        if self._imprint is not None:
            self._imprint.append(sentence)
            return
        sections = self._current_part().sections
        if not sections:
            sections.append(DraftSection(None))
        sections[-1].sentences.append(sentence)

    def finish(self, front: Front) -> Document:
        """The document, every measure with its id, numbers dense from the headings' order."""
        first = 0 if self._parts and self._parts[0].heading is None else 1
        parts = tuple(part.finish(front.id, number) for number, part in enumerate(self._parts, first))
        before = 0
        if parts and parts[0].number == 0 and parts[0].sections[0].number == 0:
            before = len(parts[0].sections[0].measures)
        imprint = _measures(f"{front.id}/0.0", self._imprint or [], before + 1)
        return Document(front, parts, imprint)

    def _current_part(self) -> DraftPart:
        if not self._parts:
            self._parts.append(DraftPart(None))
        return self._parts[-1]


def _measures(prefix: str, sentences: list[Sentence], first: int = 1) -> tuple[Measure, ...]:
    return tuple(
        Measure(f"{prefix}.{number}", sentence.text, sentence.opens_paragraph)
        for number, sentence in enumerate(sentences, first)
    )
