"""The package around the text of a DOCX: page, grid, page numbers, settings, fonts and properties."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from desktop.export import paper as pages
from desktop.export.brief import Brief
from desktop.export.docx_styles import FOOTER_LINE, NAMESPACE, font_table, styles, twips
from desktop.export.faces import Fonts
from desktop.export.paper import POINTS_PER_MM, Paper
from desktop.export.prose import clean

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LEFT_OUT = ("thumbnail", "stylesWithEffects", "customXml", "webSettings", "numbering")
"""What python-docx's template brings besides; nothing here refers to it."""


def empty_document(brief: Brief, paper: Paper, fonts: Fonts) -> WordDocument:
    """A document without text, on the page that is wanted."""
    made = docx.Document()
    for part in (made.part, made.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in (*_LEFT_OUT, "fontTable"):
                del part.rels[key]
    _replace(made.styles.element, styles(paper, fonts))
    _replace(made.settings.element, _SETTINGS)
    _add(made, "fontTable", RELATIONSHIP_TYPE.FONT_TABLE, CONTENT_TYPE.WML_FONT_TABLE, font_table(fonts))
    odd, even = (
        _add(made, name, RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER, _footer(side))
        for name, side in (("footer1", "right"), ("footer2", "left"))
    )
    body = made.element.body
    for child in list(body):
        body.remove(child)
    body.append(parse_xml(_section(paper, odd, even)))
    _describe(made, brief)
    return made


def _mm(length: float) -> int:
    return twips(length * POINTS_PER_MM)


def _section(paper: Paper, odd: str, even: str) -> str:
    """The page, and a grid that holds so many lines of so many characters (GB/T 9704—2012, 5.2.3).

    ``odd`` and ``even`` name the footers; ``charSpace`` is what the grid adds to the size of the type, in 1/4096 of a point.
    """
    dash_to_end = pages.BOTTOM - pages.DASH_BELOW
    footer = dash_to_end * POINTS_PER_MM - FOOTER_LINE / 2
    space = math.floor((paper.advance - paper.body) * 4096)
    return (
        f'<w:sectPr xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}"><w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/><w:pgSz w:w="{_mm(pages.WIDTH)}" w:h="{_mm(pages.HEIGHT)}"/>'
        f'<w:pgMar w:top="{_mm(pages.TOP)}" w:right="{_mm(pages.RIGHT)}" w:bottom="{_mm(pages.BOTTOM)}" '
        f'w:left="{_mm(pages.LEFT)}" w:header="851" w:footer="{twips(footer)}" w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{twips(paper.pitch)}" w:charSpace="{space}"/></w:sectPr>'
    )


def _footer(side: str) -> str:
    """— 1 — at the outer side, one character from the edge of the text (7.5)."""
    return (
        f'{_DECLARATION}<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{twips(pages.PAGE_NUMBER)}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{_words('— ')}{_FIELD}{_words(' —')}</w:p></w:ftr>"
    )


def _run(inside: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{inside}</w:r>'


def _words(text: str) -> str:
    return _run(f'<w:t xml:space="preserve">{text}</w:t>')


_FIELD = (
    _run('<w:fldChar w:fldCharType="begin"/>')
    + _run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
    + _run('<w:fldChar w:fldCharType="separate"/>')
    + _run("<w:t>1</w:t>")
    + _run('<w:fldChar w:fldCharType="end"/>')
)
_COMPATIBILITY = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
)
_SETTINGS = (
    f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    f"<w:doNotExpandShiftReturn/><w:useFELayout/>{_COMPATIBILITY}</w:compat>"
    '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" '
    'w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
    'w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def _replace(element: object, xml: str) -> None:
    """Give an element the children of another."""
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    for child in list(parse_xml(xml)):
        element.append(child)  # type: ignore[attr-defined]


def _add(made: WordDocument, name: str, relation: str, content_type: str, xml: str) -> str:
    """Put a part into the package, and give the id by which the text refers to it."""
    package = made.part.package
    assert package is not None
    part = Part(PackURI(f"/word/{name}.xml"), content_type, xml.encode(), package)
    return made.part.relate_to(part, relation)


def _describe(made: WordDocument, brief: Brief) -> None:
    about = made.core_properties
    about.title = clean(brief.title)
    about.subject = brief.kind.value
    about.language = "zh-CN"
    about.author = about.last_modified_by = "政策案头"
    about.comments = about.keywords = about.category = ""
    about.revision = 1
    moment = datetime(brief.day.year, brief.day.month, brief.day.day, tzinfo=UTC)
    about.created = about.modified = moment
