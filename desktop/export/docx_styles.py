"""The styles of a DOCX as WordprocessingML text: each face and size is said here and nowhere else."""

import math
from collections.abc import Iterator
from html import escape

from desktop.export.faces import BODY, FIRST, LATIN, PLAIN, SECOND, TITLE, Face, Fonts
from desktop.export.paper import PAGE_NUMBER, Paper

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GREY, BAR = "595959", "7F7F7F"
_INDENT = 200
"""左空二字 (GB/T 9704—2012, 7.3.3), in hundredths of a character."""


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def styles(paper: Paper, fonts: Fonts) -> str:
    """The whole of styles.xml."""
    return (
        f'<w:styles xmlns:w="{NAMESPACE}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_face(fonts.body)}{_size(paper.body)}"
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>" + "".join(_all(paper, fonts)) + "</w:styles>"
    )


def font_table(fonts: Fonts) -> str:
    """The whole of fontTable.xml: for each face the others that do as well."""
    used = zip((fonts.title, fonts.body, fonts.first, fonts.second, fonts.plain), _FACES, strict=True)
    entries = {name: _font(name, face) for name, face in used}
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{NAMESPACE}">{latin}{"".join(entries.values())}</w:fonts>'
    )


_FACES = (TITLE, BODY, FIRST, SECOND, PLAIN)


def _all(paper: Paper, fonts: Fonts) -> Iterator[str]:
    indent = _indent(paper.advance)
    yield _style(
        *("Normal", "Normal", ""),
        '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:jc w:val="both"/>',
        # Programs take the width of the grid's cells from the size of this style.
        _face(fonts.body) + _size(paper.body),
        is_default=True,
    )
    yield _CHARACTER_DEFAULT
    yield _TABLE_NORMAL
    exact, cell = _exact(paper.pitch), _closer(paper)
    line = f'<w:snapToGrid w:val="0"/>{exact}'
    yield _style(
        *("Title", "Title", "Normal"),
        f'<w:keepNext/>{line}<w:jc w:val="center"/>',
        _face(fonts.title) + _size(paper.title),
    )
    yield _style(
        "Subtitle", "Subtitle", "Normal", f'{line}<w:jc w:val="center"/>', _face(fonts.second) + cell
    )
    for level, font in enumerate((fonts.first, fonts.second, fonts.body), 1):
        yield _style(
            *(f"Heading{level}", f"heading {level}", "Normal"),
            f'<w:keepNext/>{line}{indent}<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
            _face(font) + ("<w:b/>" if level == 3 else "") + cell,
        )
    yield _style("PlanText", "方案原文", "Normal", line + indent, cell)
    yield _style("MeetingFacts", "会议信息", "Normal", f'{line}{indent}<w:jc w:val="left"/>', cell)
    yield _style(
        "SourceLine",
        "原文来源",
        "Normal",
        f"<w:snapToGrid w:val='0'/>{_exact(paper.own * 1.5)}{_indent(paper.own)}",
        _size(paper.own),
    )
    box = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="{BAR}"/>' for side in _SIDES)
    yield _style(
        *("SupersededNotice", "版本提示", "Normal"),
        f'<w:pBdr>{box}</w:pBdr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="120" w:after="120" w:line="{twips(paper.own * 1.5)}" w:lineRule="exact"/>'
        '<w:ind w:left="120" w:right="120"/>',
        _face(fonts.first) + _size(paper.own),
    )
    yield from _own(paper, fonts)
    yield _character("PlanWords", "原文文字", "")
    yield _character(
        "Cited",
        "出处",
        f'{_face(fonts.second)}<w:color w:val="{GREY}"/><w:spacing w:val="0"/>{_size(paper.cited)}',
    )
    yield _character("OwnLabel", "本单位所写标签", f"{_face(fonts.first)}{_size(paper.cited)}")
    yield _style(
        "Footer",
        "footer",
        "Normal",
        f'<w:snapToGrid w:val="0"/>{_exact(FOOTER_LINE)}',
        _numbers(fonts) + _size(PAGE_NUMBER),
    )


FOOTER_LINE = 18.0
"""Points."""
_SIDES = ("top", "left", "bottom", "right")
_CHARACTER_DEFAULT = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
)
_TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _own(paper: Paper, fonts: Fonts) -> Iterator[str]:
    """What the unit wrote: a bar at its left and smaller type, so that nobody takes it for the plan's words."""
    bar = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{BAR}"/></w:pBdr><w:snapToGrid w:val="0"/>'
    line = twips(paper.own * 1.5)
    left = twips(paper.body * 2)
    yield _style(
        *("OwnWords", "本单位所写", "Normal"),
        f'{bar}<w:spacing w:line="{line}" w:lineRule="exact"/><w:ind w:left="{left}"/>',
        _size(paper.own),
    )
    yield _style("OwnHeading", "本单位所写标题", "OwnWords", "<w:keepNext/>", "<w:b/>")
    yield _style(
        "OwnCaption", "本单位所写题注", "OwnWords", "<w:keepNext/>", _face(fonts.first) + _size(paper.cited)
    )
    cell = _exact(paper.table * 1.35)
    yield _style(
        "LedgerText",
        "台账文字",
        "Normal",
        f'<w:snapToGrid w:val="0"/>{cell}<w:jc w:val="left"/>',
        _face(fonts.plain) + _size(paper.table),
    )
    yield _style(
        "LedgerCaption",
        "台账题注",
        "LedgerText",
        '<w:keepNext/><w:spacing w:before="120" w:after="40"/>',
        _face(fonts.first),
    )
    top = f'<w:pBdr><w:top w:val="single" w:sz="6" w:space="6" w:color="{BAR}"/></w:pBdr><w:snapToGrid w:val="0"/>'
    yield _style(
        *("Closing", "文末说明", "Normal"),
        f'{top}<w:spacing w:before="240" w:line="{twips(paper.cited * 1.6)}" w:lineRule="exact"/>',
        _face(fonts.second) + _size(paper.cited),
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{BAR}"/>'
        for side in (*_SIDES, "insideH", "insideV")
    )
    yield (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Ledger"><w:name w:val="台账"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
    )


def _style(
    name_id: str, name: str, base: str, paragraph: str = "", run: str = "", *, is_default: bool = False
) -> str:
    kind = ("" if name_id in _BUILT_IN else ' w:customStyle="1"') + (' w:default="1"' if is_default else "")
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{name_id}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


_BUILT_IN = ("Normal", "Title", "Subtitle", "Heading1", "Heading2", "Heading3", "Footer")


def _character(name_id: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{name_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
    )


def _face(name: str) -> str:
    """A Chinese face; letters and digits beside it in the usual Latin one."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia={_quoted(name)} w:cs="{LATIN}"/>'


def _quoted(words: str) -> str:
    return f'"{escape(words)}"'


def _numbers(fonts: Fonts) -> str:
    """半角宋体阿拉伯数字 (7.5): the Chinese face for the digits too."""
    name = _quoted(fonts.plain)
    return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"


def _closer(paper: Paper) -> str:
    """What is taken off between characters, so that as many stand in a line as the grid has cells.

    WORKAROUND: by the grid itself LibreOffice sets letters and digits, and small type, in cells of their own, with gaps.
    Paragraphs leave the grid to the page therefore, and keep its lines and its characters by their own measures. A
    twentieth of a point more than the figure leaves room for its rounding.
    """
    return f'<w:spacing w:val="{math.floor((paper.advance - paper.body) * 20) - 1}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _exact(points: float) -> str:
    return f'<w:spacing w:line="{twips(points)}" w:lineRule="exact"/>'


def _indent(character: float) -> str:
    return f'<w:ind w:firstLineChars="{_INDENT}" w:firstLine="{twips(character * 2)}"/>'


def _font(name: str, face: Face) -> str:
    others = ",".join(other for other in (*face.names, *face.alike) if other != name)
    family = "roman" if face.is_serif else "swiss"
    return (
        f'<w:font w:name={_quoted(name)}><w:altName w:val={_quoted(others)}/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
    )
