"""The plan, and real papers of the State Council as text and as web pages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.importer import Imported, import_file
from content.library import Library
from content.model import Document


@pytest.fixture(scope="session")
def plan() -> Document:
    return Library().document("shanghai-2023")


@pytest.fixture(scope="session")
def plan_folder() -> Path:
    return Library().folder("shanghai-2023")


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parent / "samples"


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., Imported]:
    """Imports a text as if it had come as a file of this name."""

    def take(text: str, name: str = "paper.txt") -> Imported:
        path = tmp_path / name
        path.write_text(text, "utf-8", newline="")
        return import_file(path)

    return take
