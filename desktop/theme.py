"""Colours by role, and the style sheet they fill. Views name roles, never colours."""

import re
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtGui import QBrush, QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop import resources


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, ``#rrggbb`` each. Text on its ground has a contrast of at least 4.5 : 1 (WCAG 2.1, 1.4.3)."""

    paper: str  # the reading column's ground
    desk: str  # the side columns' ground
    header: str  # header and status bar
    field: str  # boxes one writes in
    line: str
    ink: str
    muted: str  # citations, numbers, hints
    accent: str  # the current place and selection, nothing else
    on_accent: str
    accent_soft: str  # the ground of a selected row
    band: str  # the ground of the current measure
    hit: str
    hit_here: str
    hit_ink: str
    selection: str
    notice: str
    notice_line: str
    notice_ink: str
    star: str
    pill: str
    highlight_yellow: str  # the highlighters differ in lightness too, so that a grey print keeps them apart
    highlight_green: str
    highlight_blue: str
    highlight_pink: str
    note_line: str  # under the words that a note is about
    overdue: str
    soon: str

    def color(self, role: str) -> QColor:
        """A role's colour."""
        return QColor.fromString(getattr(self, role))

    def brush(self, role: str) -> QBrush:
        """A role's colour to fill with."""
        # By way of a palette: QBrush(colour) would load the Qt namespace (see ``desktop.window``).
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, self.color(role))
        return palette.brush(QPalette.ColorRole.Base)


LIGHT = Theme(
    paper="#fffefb", desk="#f6f4ef", header="#fbfaf7", field="#ffffff", line="#dcd8cf", ink="#1f1e1c",
    muted="#666058", accent="#8b1a1a", on_accent="#ffffff", accent_soft="#efe4e1", band="#fbf1e6",
    hit="#ffe08a", hit_here="#ffc65c", hit_ink="#1f1e1c", selection="#d9d3c6", notice="#fdf3d9",
    notice_line="#ead7a0", notice_ink="#5e4300", star="#966a00", pill="#e3dfd4",
    highlight_yellow="#f0ed82", highlight_green="#b9e3c0", highlight_blue="#99bae7", highlight_pink="#f4b8c7",
    note_line="#ad8080", overdue="#b3261e", soon="#805300",
)  # fmt: skip
DARK = Theme(
    paper="#1d1c1a", desk="#242321", header="#292825", field="#1d1c1a", line="#403d38", ink="#e9e5dc",
    muted="#aca699", accent="#e9958a", on_accent="#241110", accent_soft="#402c29", band="#2e2820",
    hit="#5a450f", hit_here="#8a5a00", hit_ink="#fff6dc", selection="#4a463e", notice="#352c14",
    notice_line="#5f4f22", notice_ink="#f0d999", star="#e0b040", pill="#3d3a34",
    highlight_yellow="#6a671f", highlight_green="#27603c", highlight_blue="#1a385b", highlight_pink="#722f47",
    note_line="#9a6b66", overdue="#ff9b90", soon="#e0b040",
)  # fmt: skip
HIGH_CONTRAST = Theme(
    paper="#ffffff", desk="#ffffff", header="#ffffff", field="#ffffff", line="#000000", ink="#000000",
    muted="#262626", accent="#7a0000", on_accent="#ffffff", accent_soft="#ffe9a8", band="#fff3c4",
    hit="#ffd400", hit_here="#ff9d00", hit_ink="#000000", selection="#b9d7ff", notice="#ffffff",
    notice_line="#000000", notice_ink="#000000", star="#7a4f00", pill="#d8d8d8",
    highlight_yellow="#eff800", highlight_green="#8ae691", highlight_blue="#599cff", highlight_pink="#ff96b9",
    note_line="#7a0000", overdue="#a00000", soon="#6b4500",
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}
NAMES = {"system": "跟随系统", "light": "浅色", "dark": "深色", "contrast": "高对比度"}


def theme_for(choice: str, application: QApplication) -> Theme:
    """The theme of a choice in NAMES; "system" follows the desktop's light or dark."""
    if choice in THEMES:
        return THEMES[choice]
    ground = application.style().standardPalette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


def apply(application: QApplication, theme: Theme, sans: str) -> None:
    """Dress the whole application in a theme."""
    application.setPalette(_palette(theme))
    application.setStyleSheet(fill(resources.text(resources.STYLE_SHEET), theme, sans))


def fill(style_sheet: str, theme: Theme, sans: str) -> str:
    """A style sheet with ``@role`` replaced by the role's colour, ``@sans`` by the font family, ``@tick`` by the picture of
    a tick on the accent and ``@arrow`` by that of an arrow on any other ground.
    """
    tick = resources.DARK_TICK if _is_dark(theme.on_accent) else resources.LIGHT_TICK
    arrow = resources.DARK_ARROW if _is_dark(theme.ink) else resources.LIGHT_ARROW
    roles = {field.name: getattr(theme, field.name) for field in fields(theme)}
    roles |= {"sans": f'"{sans}"', "tick": _url(tick), "arrow": _url(arrow)}
    return re.sub(r"@(\w+)", lambda match: roles[match.group(1)], style_sheet)


def _is_dark(color: str) -> bool:
    return QColor.fromString(color).lightness() < 128


def _url(picture: Path) -> str:
    return f'url("{picture.as_posix()}")'


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "desk"),
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.Base, "paper"),
        (QPalette.ColorRole.AlternateBase, "desk"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.Button, "desk"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.PlaceholderText, "muted"),
        (QPalette.ColorRole.Highlight, "selection"),
        (QPalette.ColorRole.HighlightedText, "ink"),
        (QPalette.ColorRole.ToolTipBase, "field"),
        (QPalette.ColorRole.ToolTipText, "ink"),
        (QPalette.ColorRole.Link, "accent"),
    ):
        palette.setColor(role, theme.color(name))
    return palette
