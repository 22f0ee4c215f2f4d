"""The system's Chinese fonts: a serif for the text, a sans for controls, chosen by what is installed."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtGui import QFontDatabase

SERIF = (
    "Source Han Serif SC", "思源宋体", "Noto Serif CJK SC", "Noto Serif SC", "FZShuSong-Z01S", "方正书宋_GBK",
    "FZSongS", "STSong", "华文宋体", "NSimSun", "新宋体", "SimSun", "宋体", "Songti SC",
    "AR PL UMing CN", "WenQuanYi Zen Hei",
)  # fmt: skip
SANS = (
    "Source Han Sans SC", "思源黑体", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei UI", "Microsoft YaHei",
    "微软雅黑", "PingFang SC", "HarmonyOS Sans SC", "FZHei-B01S", "SimHei", "黑体", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "AR PL UKai CN",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families to use."""

    serif: str
    sans: str


def choose(installed: Collection[str], chinese: Collection[str]) -> Fonts | None:
    """The best families among the installed ones; None if no font with Chinese characters is there.

    ``chinese`` are those that the font database says can write simplified Chinese: the way out where none of
    the known names is installed.
    """
    other = next(iter(chinese), None)
    serif = next((family for family in SERIF if family in installed), other)
    sans = next((family for family in SANS if family in installed), other)
    if serif is None and sans is None:
        return None
    return Fonts(serif or sans or "", sans or serif or "")


def installed() -> Fonts | None:
    """What ``choose`` makes of this machine."""
    families = frozenset(QFontDatabase.families())
    chosen = choose(families, ())
    if chosen is not None:
        return chosen
    return choose(families, QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
