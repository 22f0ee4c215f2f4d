"""The one door to the files that come with the program."""

from pathlib import Path

from content.resources import RESOURCES

ICON = RESOURCES / "icons" / "policy-desk.png"
NO_FONT_NOTICE = RESOURCES / "icons" / "no-chinese-font.png"
LIGHT_TICK = RESOURCES / "icons" / "tick-light.png"
DARK_TICK = RESOURCES / "icons" / "tick-dark.png"
"""Ticks for a dark ground and for a light one; beside each stands one of twice the size."""
LIGHT_ARROW = RESOURCES / "icons" / "arrow-light.png"
DARK_ARROW = RESOURCES / "icons" / "arrow-dark.png"
"""The sign that a button opens a menu. No letter: most Chinese fonts have no small triangle."""
STYLE_SHEET = RESOURCES / "styles" / "desk.qss"


def text(path: Path) -> str:
    """A bundled text file."""
    return path.read_text("utf-8")
