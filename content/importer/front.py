"""The front matter of an import: people's corrections first, then what a page states, then the text."""

from dataclasses import dataclass, fields, replace

from content.importer.dates import DATE, iso_date
from content.importer.identity import document_id
from content.importer.imprint import ORGAN, is_certain
from content.importer.title import NUMBER_LINE, Titles
from content.importer.unwrap import Paragraph
from content.model import Front

_HEAD = 15
_TAIL = 15
_LONGEST_ORGAN = 40
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Hints:
    """What a page states about its document apart from the text; empty where it says nothing."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued: str = ""


def front_matter(
    found: list[Paragraph], titles: Titles, hints: Hints, stem: str, known: Front | None
) -> tuple[Front, list[str]]:
    """The front matter, and a sentence on each value that was not found.

    ``stem`` is the file's name without its ending; ``known`` wins wherever it says something.
    """
    printed_at, printed = _printed(found)
    signed_at, issued = _signed(found, printed_at)
    number = _number(hints.number) or next(filter(None, (_number(one.text) for one in found[:_HEAD])), "")
    signed_by = _organ_by(found, signed_at) or _organ_of(found, printed_at)
    issuer = hints.issuer or signed_by or _organ_in(titles.outer)
    front = Front(
        id="unnamed",
        title=titles.own or found[0].text[:_LONGEST_TITLE].strip(),
        number=number,
        issuer=issuer,
        issued=iso_date(hints.issued) or issued,
        printed=printed,
    )
    front = replace(front, id=document_id(front, titles.outer, stem, "".join(one.text for one in found)))
    missing = _missing(front, known, bool(titles.own))
    return _merged(front, known), missing


def _merged(front: Front, known: Front | None) -> Front:
    if known is None:
        return front
    told = {entry.name: getattr(known, entry.name) for entry in fields(Front) if getattr(known, entry.name)}
    return replace(front, **told)


def _missing(front: Front, known: Front | None, has_title: bool) -> list[str]:
    told = known or Front("", "")
    found = []
    if not has_title and not told.title:
        found.append("标题：没有找到，暂以首行代替，请在 policy.md 中改正")
    for name, value, corrected in (
        ("文号", front.number, told.number),
        ("发文机关", front.issuer, told.issuer),
        ("成文日期", front.issued, told.issued),
    ):
        if not value and not corrected:
            found.append(f"{name}：原文中没有找到，留空")
    return found


def _number(text: str) -> str:
    match = NUMBER_LINE.fullmatch(text.strip())
    return f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号" if match else ""


def _printed(found: list[Paragraph]) -> tuple[int, str]:
    """Place and date of the 印发 line near the end; -1 if there is none."""
    for at in range(len(found) - 1, max(-1, len(found) - 1 - _TAIL), -1):
        text = found[at].text
        if is_certain(text) and "印发" in text and DATE.search(text):
            return at, iso_date(text)
    return -1, ""


def _signed(found: list[Paragraph], printed_at: int) -> tuple[int, str]:
    """Place and date of the first line that is a signature's date; -1 if there is none."""
    for at, paragraph in enumerate(found):
        if at != printed_at and is_certain(paragraph.text) and iso_date(paragraph.text):
            return at, iso_date(paragraph.text)
    return -1, ""


def _organ_by(found: list[Paragraph], signed_at: int) -> str:
    """The organ that signs: before the date in its line, or the line before."""
    if signed_at < 0:
        return ""
    same_line = _organ_of(found, signed_at)
    if same_line or signed_at == 0:
        return same_line
    before = found[signed_at - 1].text
    return before if len(before) <= _LONGEST_ORGAN and ORGAN.fullmatch(before) else ""


def _organ_of(found: list[Paragraph], at: int) -> str:
    """The organ named before the date in a line."""
    if at < 0:
        return ""
    before = DATE.split(found[at].text)[0].strip()
    return before if before and ORGAN.fullmatch(before) else ""


def _organ_in(title: str) -> str:
    before = title.partition("关于")[0]
    return before if "关于" in title and ORGAN.fullmatch(before) else ""
