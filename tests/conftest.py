"""What every test stands on: no window on the screen, and time enough on a busy machine."""

import os

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """A package that was built elsewhere can be tested: ``desk.py test --package --built=FOLDER``."""
    parser.addoption("--built", metavar="FOLDER", default="", help="test the packaged program in this folder")
