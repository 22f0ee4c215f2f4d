"""The page of an official paper in figures, after GB/T 9704—2012; lengths in mm, sizes of type in points."""

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
WIDTH, HEIGHT = 210.0, 297.0
"""A4 (5.1)."""
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""天头 and 订口, and what the 156 × 225 mm of text leave below and on the right (5.2.1)."""
TEXT_WIDTH, TEXT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
DASH_BELOW = 7.0
"""From the lower edge of the text to the dashes around the page number (7.5)."""
PAGE_NUMBER = 14.0
"""四号 (7.5)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Lines on a page and characters in a line, and the sizes of what stands there.

    ``own`` is the size of the unit's words, ``cited`` that of citations, ``table`` that of tables.
    """

    lines: int
    characters: int
    body: float
    title: float
    own: float
    cited: float
    table: float

    @property
    def pitch(self) -> float:
        """From line to line in points, in whole twentieths so that no line is lost to rounding."""
        return int(TEXT_HEIGHT * POINTS_PER_MM / self.lines * 20) / 20

    @property
    def advance(self) -> float:
        """From character to character in points."""
        return TEXT_WIDTH * POINTS_PER_MM / self.characters

    @property
    def title_characters(self) -> int:
        """As many as a line of the title holds."""
        return int(TEXT_WIDTH * POINTS_PER_MM / self.title)


STANDARD = Paper(lines=22, characters=28, body=16, title=22, own=14, cited=12, table=10.5)
"""三号 in 22 lines of 28 characters (5.2.2, 5.2.3), the title in 二号 (7.3.1)."""
LARGE = Paper(lines=16, characters=20, body=22, title=26, own=18, cited=15, table=14)
"""For reading at arm's length: 二号 on the same page, the title in 一号. No standard says how."""


def paper(large_type: bool) -> Paper:
    """The page wanted."""
    return LARGE if large_type else STANDARD
