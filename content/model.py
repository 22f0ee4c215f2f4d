"""A document as data: parts, sections and measures, in the order and the words they were printed in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Measure:
    """One sentence up to its 。, or one line that stands for itself (a date, an addressee).

    ``id`` is ``<document>/<part>.<section>.<sentence>``; ``opens_paragraph`` says whether it was printed
    at the start of a paragraph or after the sentence before it (or after a heading on the same line).
    """

    id: str
    text: str
    opens_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A （一） with its title, or, as number 0 without label and title, text directly under a part.

    ``label`` is the number as printed; ``stop`` the mark printed after the title ("。" where text follows on
    the same line, else mostly empty). ``title`` has neither.
    """

    number: int
    label: str
    title: str
    stop: str
    measures: tuple[Measure, ...]

    @property
    def printed_heading(self) -> str:
        """The heading line as printed; empty for section 0."""
        return f"{self.label}{self.title}{self.stop}"


@dataclass(frozen=True, slots=True)
class Part:
    """A 一、 with its heading, or, as number 0, what stands before the first of them."""

    number: int
    label: str
    heading: str
    stop: str
    sections: tuple[Section, ...]

    @property
    def printed_heading(self) -> str:
        """The heading line as printed; empty for part 0."""
        return f"{self.label}{self.heading}{self.stop}"


@dataclass(frozen=True, slots=True)
class Edition:
    """A later edition of the same series. ``number`` (文号) is empty where it is not known."""

    name: str
    year: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """What is known about a document besides its text. Dates are ISO 8601; unknown values are empty."""

    id: str
    title: str
    number: str = ""
    issuer: str = ""
    issued: str = ""
    printed: str = ""
    series: str = ""
    edition: str = ""
    status: str = ""
    superseded_by: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a measure stands: its part, its section, and its number (from 1) within the section."""

    part: Part
    section: Section
    number: int
    measure: Measure

    @property
    def section_key(self) -> tuple[int, int]:
        """(part number, section number)."""
        return self.part.number, self.section.number


@dataclass(frozen=True)
class Document:
    """One edition of one plan.

    ``imprint`` is what is printed after the last part (抄送, 印发); its ids go on counting where those of
    part 0 end, so that every character of the print can be found and cited.
    """

    front: Front
    parts: tuple[Part, ...]
    imprint: tuple[Measure, ...] = field(default=())

    @property
    def id(self) -> str:
        return self.front.id

    @property
    def title(self) -> str:
        return self.front.title

    @cached_property
    def places(self) -> dict[str, Place]:
        """Measure id → place, in printed order (the imprint last, as part 0, section 0)."""
        found = {
            measure.id: Place(part, section, number, measure)
            for part in self.parts
            for section in part.sections
            for number, measure in enumerate(section.measures, 1)
        }
        before = self.section(0, 0) or Section(0, "", "", "", ())
        for number, measure in enumerate(self.imprint, len(before.measures) + 1):
            found[measure.id] = Place(self.part(0) or Part(0, "", "", "", ()), before, number, measure)
        return found

    @property
    def measures(self) -> Iterator[Measure]:
        """Every measure in printed order."""
        return (place.measure for place in self.places.values())

    def section(self, part: int, section: int) -> Section | None:
        """The section with these numbers, or None."""
        owner = self.part(part)
        return next((one for one in owner.sections if one.number == section), None) if owner else None

    def part(self, number: int) -> Part | None:
        """The part with this number, or None."""
        return next((part for part in self.parts if part.number == number), None)
