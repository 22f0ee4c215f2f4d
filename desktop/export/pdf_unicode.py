"""Saying in a PDF which character each glyph is.

WORKAROUND: many Chinese fonts draw 入 (U+5165) and the radical ⼊ (U+2F0A) with one glyph. For the text that is copied from
a PDF, Qt's QFontSubset names the lowest character that has the glyph, which is the radical: words would look right but
could not be found. The tables that name them are put right after writing; nothing changes its length.
"""

import re
from collections.abc import Iterable

from PySide6.QtGui import QFont, QRawFont

_REFERENCE = re.compile(rb"/ToUnicode (\d+) 0 R")
_ENTRIES = re.compile(rb"\[[<>0-9A-Fa-f ]*\]")
"""The characters of glyphs that follow each other. Qt names a row of characters by its first alone, at the end of a table
of 256; two radicals that follow each other right there stay."""
_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})>")
_RADICALS = range(0x2E80, 0x2FE0)


def corrected(data: bytes, text: str, fonts: Iterable[QFont]) -> bytes:
    """The PDF with the characters of this text for the radicals that are drawn alike in these fonts."""
    alike = _alike(text, fonts)
    made = bytearray(data)
    for number in {int(match.group(1)) for match in _REFERENCE.finditer(data)}:
        start = data.find(b"\n%d 0 obj" % number)
        end = data.find(b"endstream", start)
        if 0 <= start < end:
            made[start:end] = _ENTRIES.sub(lambda match: _entries(match.group(), alike), data[start:end])
    return bytes(made)


def _entries(array: bytes, alike: dict[int, int]) -> bytes:
    def entry(match: re.Match[bytes]) -> bytes:
        code = int(match.group(1), 16)
        return b"<%04x>" % alike.get(code, code)

    return _ENTRY.sub(entry, array)


def _alike(text: str, fonts: Iterable[QFont]) -> dict[int, int]:
    """Radical → the character of the text that has the same glyph."""
    letters = "".join(sorted({letter for letter in text if ord(letter) <= 0xFFFF} - set(map(chr, _RADICALS))))
    radicals = "".join(map(chr, _RADICALS))
    found: dict[int, int] = {}
    for font in fonts:
        raw = QRawFont.fromFont(font)
        glyphs = dict(zip(raw.glyphIndexesForString(letters), letters, strict=True))
        glyphs.pop(0, None)
        for radical, glyph in zip(radicals, raw.glyphIndexesForString(radicals), strict=True):
            if glyph in glyphs:
                found[ord(radical)] = ord(glyphs[glyph])
    return found
