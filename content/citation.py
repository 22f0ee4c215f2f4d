"""出处: saying where a measure stands, and finding the place a citation means."""

import re
import unicodedata
from dataclasses import dataclass

from content.headings import NUMERALS, label_number
from content.model import Document, Part, Place, Section


@dataclass(frozen=True, slots=True)
class Target:
    """What a typed citation leads to: a part, a section or one measure. Numbers are those of the ids.

    ``measure_id`` is the measure itself or, for a part or a section, the first one in it.
    """

    part: int
    section: int | None
    sentence: int | None
    measure_id: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a measure stands, ready to be printed after its words."""

    title: str
    place: str

    def __str__(self) -> str:
        return f"《{self.title}》{self.place}"


def cite(document: Document, measure_id: str) -> Citation:
    """The citation of a measure, such as 《…行动方案》二、（三）第4句. Raises KeyError for an unknown id."""
    return Citation(document.title, short(document, measure_id))


def short(document: Document, measure_id: str) -> str:
    """The citation without the document's title: 二、（三）第4句; 文首第2句; 文末第1句."""
    name, number = _counted(document, document.places[measure_id])
    return f"{name}第{number}句"


def section_name(part: Part, section: Section) -> str:
    """二、（三）; a heading without a number is named by its title, what stands before all parts 文首."""
    if part.number == 0 and section.number == 0:
        return "文首"
    part_name = part.label.strip() or (part.heading and f"“{part.heading}”")
    if section.number == 0:
        return part_name
    return part_name + (section.label.strip() or f"“{section.title}”")


def find(document: Document, typed: str) -> Target | None:
    """The place meant by a typed citation, or None if it is not one or the document has no such place.

    Understood, in any width: ``二（三）3``, ``二、（三）第3句``, ``《…》二、（三）第3句``, ``2.3.3``, ``2-3``,
    ``二（三）``, ``第三条``, and the id ``shanghai-2023/2.3.3``.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    plain = re.sub(r"^《[^》]*》", "", plain).replace(" ", "")
    if "/" in plain:
        owner, _, plain = plain.rpartition("/")
        if owner != document.id.casefold() and owner != document.id:
            return None
    numbers = _numbers(plain)
    if numbers:
        return _target(document, *numbers)
    return _statute(document, plain)


_DOTTED = re.compile(r"(\d{1,3})[.．。\-](\d{1,3})(?:[.．。\-](\d{1,4}))?")
_CHINESE = re.compile(
    rf"(?:第?([{NUMERALS}]+)(?:部分|编|章)?[、,.]?)(?:\(?第?([{NUMERALS}]+)[)项节])?(?:、?第?(\d+|[{NUMERALS}]+)(?:句|条)?)?"
)
_ARTICLE = re.compile(rf"第([{NUMERALS}\d]+)条(?:第?(\d+|[{NUMERALS}]+)句)?")


def _numbers(plain: str) -> tuple[int, int | None, int | None] | None:
    dotted = _DOTTED.fullmatch(plain)
    if dotted:
        part, section, sentence = dotted.groups()
        return int(part), int(section), int(sentence) if sentence else None
    chinese = _CHINESE.fullmatch(plain)
    # A lone 一 or 十 is a word to search for; 一、 or 第一部分 is a place.
    if not chinese or re.fullmatch(rf"[{NUMERALS}]+", plain):
        return None
    part, section, sentence = chinese.groups()
    number = label_number(part)
    if number is None:
        return None
    return number, label_number(section) if section else None, label_number(sentence) if sentence else None


def _statute(document: Document, plain: str) -> Target | None:
    article = _ARTICLE.fullmatch(plain)
    if not article:
        return None
    wanted = label_number(article.group(1))
    sentence = label_number(article.group(2)) if article.group(2) else None
    for part in document.parts:
        for section in part.sections:
            if "条" in section.label and label_number(section.label) == wanted:
                return _target(document, part.number, section.number, sentence)
    return None


def _target(document: Document, part: int, section: int | None, sentence: int | None) -> Target | None:
    owner = document.part(part)
    if owner is None:
        return None
    if section is None and sentence is not None:
        section = 0
    for candidate in owner.sections:
        if section is not None and candidate.number != section:
            continue
        if candidate.measures and (sentence is None or 1 <= sentence <= len(candidate.measures)):
            return Target(part, section, sentence, candidate.measures[(sentence or 1) - 1].id)
    place = document.places.get(f"{document.id}/{part}.{section}.{sentence}")
    return Target(part, section, sentence, place.measure.id) if place else None


def with_citation(document: Document, text: str, measure_ids: list[str]) -> str:
    """A quotation with its source after it, as officials write it: text（《…》二、（三）第3句）.

    ``measure_ids`` are the measures the text was taken from, in printed order, not empty; neighbours in one section
    are given as 第3—5句, others one after another.
    """
    spans: list[tuple[str, int, int]] = []
    for measure_id in measure_ids:
        name, number = _counted(document, document.places[measure_id])
        if spans and spans[-1][0] == name and spans[-1][2] + 1 == number:
            spans[-1] = (name, spans[-1][1], number)
        else:
            spans.append((name, number, number))
    cited = "；".join(
        f"{name}第{first}句" if first == last else f"{name}第{first}—{last}句" for name, first, last in spans
    )
    return f"{text}（《{document.title}》{cited}）"


def _counted(document: Document, place: Place) -> tuple[str, int]:
    """The name of the section, and the number of the sentence in it, as a reader would count."""
    if place.measure in document.imprint:
        return "文末", document.imprint.index(place.measure) + 1
    return section_name(place.part, place.section), place.number
