"""Colours: every text can be read on every ground it is drawn on, and the style sheet knows every role it names."""

import math
import re
from dataclasses import fields, replace
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from desktop import resources, theme
from desktop.theme import LIGHT, NAMES, THEMES, Theme

TEXT = 4.5
SIGN = 3.0
"""WCAG 2.1: text 1.4.3, graphical signs 1.4.11."""
APART = 12
"""What can be told apart at a glance and not side by side, in CIE 1976 colour distances."""

HIGHLIGHTERS = ("highlight_yellow", "highlight_green", "highlight_blue", "highlight_pink")

# ink: what is drawn; its grounds, each with the place where it is
DRAWN = {
    "ink": (
        "paper",  # the text
        "desk",  # outline, results, dialogs
        "header",  # title
        "field",  # boxes, menus, tool tips
        "band",  # the current measure
        "hit",  # words found, in the text
        "hit_here",  # the same in the current measure
        "selection",
        "accent_soft",  # a selected row
        "pill",  # a row under the mouse
        "notice",  # the line that tells what went wrong
        *HIGHLIGHTERS,
    ),
    "muted": ("paper", "desk", "header", "field", "band", "accent_soft", "pill"),
    "accent": ("header", "field", "band", "accent_soft", "paper", "desk"),
    "on_accent": ("accent",),
    "hit_ink": ("hit", "hit_here"),
    "notice_ink": ("notice",),
    "overdue": ("paper", "band", "accent_soft", "pill"),
    "soon": ("paper", "band", "accent_soft", "pill"),
}
SIGNS = {
    "star": ("paper", "band", "desk", "accent_soft", "pill"),
    "accent": ("paper", "band", "desk"),
    "note_line": ("paper", "band"),
}


def linear(color: str) -> list[float]:
    """Red, green and blue as light, IEC 61966-2-1."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.1."""
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(color), strict=True))


def contrast(first: str, second: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def lab(color: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65), CIE 15."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    ratios = [
        sum(weight * part for weight, part in zip(row, linear(color), strict=True)) / white
        for row, white in zip(rows, (0.9505, 1, 1.089), strict=True)
    ]
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lightness(color: str) -> float:
    """From 0, black, to 100, white."""
    return lab(color)[0]


def distance(first: str, second: str) -> float:
    """CIE 1976: 2.3 can just be seen side by side."""
    return math.dist(lab(first), lab(second))


def too_pale(shown: Theme, drawn: dict[str, tuple[str, ...]], least: float) -> list[str]:
    """The pairs that cannot be told apart well enough."""
    pairs = [(ink, ground) for ink, grounds in drawn.items() for ground in grounds]
    return [
        f"{ink} on {ground}: {contrast(getattr(shown, ink), getattr(shown, ground)):.2f}"
        for ink, ground in pairs
        if contrast(getattr(shown, ink), getattr(shown, ground)) < least
    ]


def test_the_formula_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_where_it_is_drawn(name: str) -> None:
    assert too_pale(THEMES[name], DRAWN, TEXT) == []


@pytest.mark.parametrize("name", THEMES)
def test_every_sign_can_be_seen(name: str) -> None:
    assert too_pale(THEMES[name], SIGNS, SIGN) == []


@pytest.mark.parametrize("name", THEMES)
def test_grounds_that_mean_something_differ(name: str) -> None:
    shown = THEMES[name]
    assert len({shown.paper, shown.band, shown.hit, shown.hit_here, shown.selection}) == 5
    assert contrast(shown.hit, shown.hit_here) > 1.15


@pytest.mark.parametrize("name", THEMES)
def test_highlighters_differ_from_each_other_and_from_what_else_lies_behind_words(name: str) -> None:
    shown = THEMES[name]
    grounds = (*HIGHLIGHTERS, "hit", "hit_here", "band", "paper", "selection")
    alike = [
        (first, second)
        for first in HIGHLIGHTERS
        for second in grounds
        if first != second and distance(getattr(shown, first), getattr(shown, second)) < APART
    ]
    assert alike == []


@pytest.mark.parametrize("name", THEMES)
def test_a_grey_print_keeps_the_highlighters_apart(name: str) -> None:
    shown = THEMES[name]
    greys = sorted(lightness(getattr(shown, role)) for role in (*HIGHLIGHTERS, "paper"))
    assert min(lighter - darker for darker, lighter in pairwise(greys)) >= 5


def test_colours_are_written_in_full() -> None:
    for shown in THEMES.values():
        assert all(re.fullmatch("#[0-9a-f]{6}", getattr(shown, one.name)) for one in fields(shown))


def test_every_role_in_the_style_sheet_exists() -> None:
    named = set(re.findall(r"@(\w+)", resources.text(resources.STYLE_SHEET)))
    assert named <= {one.name for one in fields(Theme)} | {"sans", "tick", "arrow"}
    assert {"paper", "ink", "sans"} <= named


@pytest.mark.parametrize("name", THEMES)
def test_the_filled_style_sheet_has_no_role_left(name: str) -> None:
    filled = theme.fill(resources.text(resources.STYLE_SHEET), THEMES[name], "Some Sans")
    assert "@" not in filled
    assert '"Some Sans"' in filled
    assert filled.count("{") == filled.count("}")


def test_a_role_nobody_knows_is_a_fault() -> None:
    with pytest.raises(KeyError):
        theme.fill("a { color: @nonsense; }", LIGHT, "x")


def test_every_choice_has_a_name() -> None:
    assert set(NAMES) == {*THEMES, "system"}


def test_a_choice_gives_its_theme(qapp: QApplication) -> None:
    assert [theme.theme_for(name, qapp) for name in THEMES] == list(THEMES.values())
    assert theme.theme_for("system", qapp) in (THEMES["light"], THEMES["dark"])
    assert theme.theme_for("nonsense", qapp) == theme.theme_for("system", qapp)


def test_the_application_wears_it(qapp: QApplication) -> None:
    theme.apply(qapp, replace(LIGHT, paper="#010203"), "Some Sans")
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#010203")
    assert "#010203" in qapp.styleSheet()
    theme.apply(qapp, LIGHT, "Some Sans")


@pytest.mark.parametrize("shown", THEMES.values())
def test_the_tick_stands_out_from_its_ground(shown: Theme) -> None:
    [path] = re.findall(r'url\("(.+)"\)', theme.fill("@tick", shown, "Sans"))
    ticks = [QImage(path), QImage(path.replace(".png", "@2x.png"))]
    assert [one.width() for one in ticks] == [12, 24]
    for tick in ticks:
        pixels = [tick.pixelColor(x, y) for x in range(tick.width()) for y in range(tick.height())]
        drawn = max(pixels, key=QColor.alpha)
        assert contrast(drawn.name(), shown.accent) >= TEXT
