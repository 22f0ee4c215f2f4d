"""出处: saying where a measure stands, and finding the place a citation means."""

import re
import unicodedata
from dataclasses import dataclass

from content.folding import fold
from content.headings import NUMERALS, label_number
from content.model import Document, Part, Place, Section

_BEFORE, _AFTER = "文首", "文末"
"""What stands before all parts, and after them."""


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
        return _BEFORE
    part_name = part.label.strip() or (part.heading and f"“{part.heading}”")
    if section.number == 0:
        return part_name
    return part_name + (section.label.strip() or f"“{section.title}”")


def find(document: Document, typed: str) -> Target | None:
    """The place meant by a typed citation, or None if it is not one or the document has no such place.

    Understood, in any width: ``二（三）3``, ``二、（三）第3句``, ``《…》二、（三）第3—5句``, ``2.3.3``,
    ``2-3``, ``二（三）``, ``（十二）``, ``第三条``, ``文首第2句``, and the id ``shanghai-2023/2.3.3``.
    Chinese numbers are those printed, Arabic ones those of the ids. A title before it has to be part of
    the document's own.
    """
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    plain = _without_title(document, plain)
    if "/" in plain:
        owner, _, plain = plain.rpartition("/")
        if owner.casefold() != document.id.casefold():
            return None
    dotted = _DOTTED.fullmatch(plain)
    if dotted:
        part, section, sentence = dotted.groups()
        return _target(document, int(part), int(section), int(sentence) if sentence else None)
    return _named(document, plain) or _by_labels(document, plain) or _statute(document, plain)


_NUMBER = rf"\d{{1,4}}|[{NUMERALS}]{{1,9}}"
_DOTTED = re.compile(r"(\d{1,3})[.．。\-](\d{1,3})(?:[.．。\-](\d{1,4}))?", re.ASCII)
_NAMED = re.compile(r"(.+?)第(\d{1,4})(?:[—–\-~至]\d{1,4})?句", re.ASCII)
_SENTENCE = rf"(?:、?第?({_NUMBER})(?:句|条)?)?"
_PART = rf"第?([{NUMERALS}]+)(?:部分|编|章)?[、,.]?"
_SECTION = rf"(?:\(([{NUMERALS}]+)\)|第?([{NUMERALS}]+)[项节])"
_CHINESE = re.compile(rf"{_PART}{_SECTION}?{_SENTENCE}")
_SECTION_ALONE = re.compile(rf"\(([{NUMERALS}]+)\){_SENTENCE}")
_ARTICLE = re.compile(rf"第([{NUMERALS}\d]{{1,9}})条(?:第?({_NUMBER})句)?")


def _without_title(document: Document, plain: str) -> str:
    """What follows a 《title》; nothing if that is another document's."""
    if not plain.startswith("《"):
        return plain
    own = f"《{''.join(unicodedata.normalize('NFKC', document.title).split())}》"
    if plain.startswith(own):
        return plain[len(own) :]
    title, _, rest = plain[1:].partition("》")
    return rest if title and title in own else ""


def _named(document: Document, plain: str) -> Target | None:
    """The place of a citation as ``short`` prints it, whatever the section is called."""
    match = _NAMED.fullmatch(plain)
    if not match:
        return None
    name, number = fold(match.group(1)), int(match.group(2))
    if name == fold(_AFTER) and 1 <= number <= len(document.imprint):
        before = document.section(0, 0)
        return _target(document, 0, 0, number + (len(before.measures) if before else 0))
    for part in document.parts:
        for section in part.sections:
            if fold(section_name(part, section)) == name and 1 <= number <= len(section.measures):
                return Target(part.number, section.number, number, section.measures[number - 1].id)
    return None


def _by_labels(document: Document, plain: str) -> Target | None:
    # A lone 一 or 十 is a word to search for; 一、 or 第一部分 is a place.
    if re.fullmatch(rf"[{NUMERALS}]+", plain):
        return None
    alone = _SECTION_ALONE.fullmatch(plain)
    if alone:
        return _only_section(document, label_number(alone.group(1)), _sentence(alone.group(2)))
    match = _CHINESE.fullmatch(plain)
    if not match:
        return None
    part = _labelled_part(document, label_number(match.group(1)))
    if part is None:
        return None
    label = match.group(2) or match.group(3)
    if not label:
        return _target(document, part.number, None, _sentence(match.group(4)))
    section = _labelled_section(part, label_number(label))
    return _target(document, part.number, section, _sentence(match.group(4))) if section else None


def _sentence(typed: str | None) -> int | None:
    return label_number(typed) if typed else None


def _labelled_part(document: Document, wanted: int | None) -> Part | None:
    for part in document.parts:
        if part.number and (label_number(part.label) or part.number) == wanted:
            return part
    return None


def _labelled_section(part: Part, wanted: int | None) -> int | None:
    for section in part.sections:
        if section.number and (label_number(section.label) or section.number) == wanted:
            return section.number
    return None


def _only_section(document: Document, wanted: int | None, sentence: int | None) -> Target | None:
    """The part or section labelled with a bracketed number, if only one is: sections may count through."""
    found: list[tuple[int, int | None]] = []
    for part in document.parts:
        if part.label.startswith("（") and label_number(part.label) == wanted:
            found.append((part.number, None))
        for section in part.sections:
            if section.label.startswith("（") and label_number(section.label) == wanted:
                found.append((part.number, section.number))
    return _target(document, *found[0], sentence) if len(found) == 1 else None


def _statute(document: Document, plain: str) -> Target | None:
    article = _ARTICLE.fullmatch(plain)
    if not article:
        return None
    wanted, sentence = label_number(article.group(1)), _sentence(article.group(2))
    for part in document.parts:
        if "条" in part.label and label_number(part.label) == wanted:
            return _target(document, part.number, None, sentence)
        for section in part.sections:
            if "条" in section.label and label_number(section.label) == wanted:
                return _target(document, part.number, section.number, sentence)
    return None


def _target(document: Document, part: int, section: int | None, sentence: int | None) -> Target | None:
    owner = document.part(part)
    if section is None and sentence is not None:
        section = 0
    for candidate in owner.sections if owner else ():
        if section is not None and candidate.number != section:
            continue
        if candidate.measures and (sentence is None or 1 <= sentence <= len(candidate.measures)):
            return Target(part, section, sentence, candidate.measures[(sentence or 1) - 1].id)
    place = document.places.get(f"{document.id}/{part}.{section}.{sentence}")
    return Target(part, section, sentence, place.measure.id) if place else None


def with_citation(document: Document, text: str, measure_ids: list[str]) -> str:
    """A quotation with its source after it, as officials write it: text（《…》二、（三）第3句）.

    ``measure_ids`` are the measures the text was taken from, in printed order, not empty; neighbours in one
    section are given as 第3—5句, others one after another.
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
        return _AFTER, document.imprint.index(place.measure) + 1
    return section_name(place.part, place.section), place.number
