"""The typefaces of an official paper, and what stands in for those that a machine does not have.

GB/T 9704—2012 asks for 小标宋 (7.3.1), 仿宋, 黑体 and 楷体 (5.2.2, 7.3.3) and 宋体 (7.5). Windows brings all but 小标宋;
official machines mostly have 方正小标宋简体 and 仿宋_GB2312. A DOCX names a face and, in its table of fonts, the others
that do as well; the program that opens it chooses among them.
"""

from collections.abc import Collection
from dataclasses import dataclass

LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface by the names it goes by, the best first; ``alike`` are others that come near."""

    names: tuple[str, ...]
    alike: tuple[str, ...] = ()
    is_serif: bool = True

    def on(self, installed: Collection[str]) -> str:
        """Its name on a machine with these fonts, or else the first of its names."""
        return next((name for name in self.names if name in installed), self.names[0])


TITLE = Face(
    ("方正小标宋简体", "方正小标宋_GBK", "方正小标宋", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    ("华文中宋", "STZhongsong", "宋体", "SimSun"),
)
BODY = Face(
    ("仿宋_GB2312", "仿宋", "FangSong_GB2312", "FangSong", "方正仿宋_GBK", "方正仿宋简体"),
    ("华文仿宋", "STFangsong"),
)
FIRST = Face(("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体"), ("华文细黑", "STXihei"), is_serif=False)
SECOND = Face(
    ("楷体_GB2312", "楷体", "KaiTi_GB2312", "KaiTi", "方正楷体_GBK", "方正楷体简体"),
    ("华文楷体", "STKaiti", "AR PL UKai CN"),
)
PLAIN = Face(("宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK"), ("华文宋体", "STSong"))
WIDELY_THERE = frozenset(("仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"))
"""What a DOCX names where it is not known which fonts there are."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Family names: of the title, the body, the first and second level, and of page numbers and tables."""

    title: str
    body: str
    first: str
    second: str
    plain: str


def named(installed: Collection[str] = WIDELY_THERE) -> Fonts:
    """The names to write into a file that other machines open, those of this one where it has the face."""
    return Fonts(*(face.on(installed) for face in _FACES))


def drawn(installed: Collection[str], serif: str, sans: str) -> Fonts:
    """The families to draw with here: the face itself, one alike, or the desk's own serif or sans."""
    return Fonts(
        *(
            next(
                (name for name in (*face.names, *face.alike) if name in installed),
                serif if face.is_serif else sans,
            )
            for face in _FACES
        )
    )


_FACES = (TITLE, BODY, FIRST, SECOND, PLAIN)
"""In the order of the fields of ``Fonts``."""
