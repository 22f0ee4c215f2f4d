"""The plan, an anchor in it, an open notebook with a clock that stands still, and a plain user's rights."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content.library import Library
from content.model import Document
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Anchor
from desktop.notebook.store import Notebook

NOBODY = 65534
FIRST = "shanghai-2023/2.3.4"
NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def plan() -> Document:
    return Library().document("shanghai-2023")


@pytest.fixture(scope="session")
def anchor(plan: Document) -> Anchor:
    return anchor_measure(plan, FIRST)


@pytest.fixture
def open_notebook(tmp_path: Path) -> Iterator[Callable[..., Notebook]]:
    """Opens the same notebook as often as asked; closes all in the end."""
    opened: list[Notebook] = []

    def open_it(folder: Path = tmp_path) -> Notebook:
        opened.append(Notebook.open(folder, lambda: NOW))
        return opened[-1]

    yield open_it
    for notebook in opened:
        notebook.close()


@pytest.fixture
def notebook(open_notebook: Callable[..., Notebook]) -> Notebook:
    return open_notebook()


@pytest.fixture
def plain_folder() -> Iterator[Path]:
    """A folder of a user for whom permissions count; root becomes such a user for the length of the test."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are a matter of POSIX here")
    folder = Path(tempfile.mkdtemp(prefix="desk-plain-"))
    root = os.geteuid() == 0
    if root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
