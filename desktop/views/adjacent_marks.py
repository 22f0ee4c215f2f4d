"""Adjacent punctuation set close, as in print: ”， takes one and a half characters, not two.

CLREQ (Requirements for Chinese Text Layout) calls this the adjustment of adjacent punctuation marks. It is done with letter
spacing, because few installed fonts have the OpenType feature for it (chws).
"""

import re
from collections.abc import Iterator

from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat

_PAIRS = re.compile("[”’」』）》〉】〕，。、；：](?=[”’」』）》〉】〕，。、；：“‘「『（《〈【〔])")
"""A mark with an empty second half, before another mark."""


def positions(text: str) -> Iterator[int]:
    """The characters of a text whose empty half is to go."""
    return (pair.start() for pair in _PAIRS.finditer(text))


def closer(font: QFont) -> QTextCharFormat:
    """The format that takes the empty half away; it does nothing where the font's marks have none."""
    made = QTextCharFormat()
    pixels = font.pixelSize()
    if QFontMetricsF(font).horizontalAdvance("”") > 0.9 * pixels:
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(-pixels / 2)
    return made
