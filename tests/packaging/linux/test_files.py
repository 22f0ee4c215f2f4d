"""What the packages tell the desktop of the program, against what the program really does."""

import shutil
import subprocess
from configparser import ConfigParser
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop.notebook import exchange

FILES = Path(__file__).parents[3] / "packaging" / "linux" / "files"
NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def kind() -> ElementTree.Element:
    """The description of the exchange file."""
    found = ElementTree.parse(FILES / "policy-desk.xml").find("mime:mime-type", NAMESPACE)
    assert found is not None
    return found


def test_the_menu_entry_opens_the_kind_of_file_that_is_described(kind: ElementTree.Element) -> None:
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(FILES / "policy-desk.desktop", "utf-8")
    told = entry["Desktop Entry"]
    assert (told["Name"], told["Exec"], told["Icon"]) == ("政策案头", "policy-desk %f", "policy-desk")
    assert told["MimeType"] == f"{kind.get('type')};"


def test_the_menu_entry_is_valid() -> None:
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-validate is not installed")
    done = subprocess.run([validate, FILES / "policy-desk.desktop"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")


def test_an_exported_file_is_known_by_its_bytes(kind: ElementTree.Element, tmp_path: Path) -> None:
    exchange.export([], [], tmp_path / "任意.zip", "张三", NOW)
    data = (tmp_path / "任意.zip").read_bytes()
    matches = list(kind.iterfind(".//mime:match", NAMESPACE))
    assert len(matches) == 2
    for match in matches:
        value = str(match.get("value")).encode().decode("unicode_escape").encode("latin-1")
        assert data[int(str(match.get("offset"))) :].startswith(value)


@pytest.mark.parametrize("author", ["张三", ""])
def test_an_exported_file_is_known_by_its_name(kind: ElementTree.Element, author: str) -> None:
    pattern = kind.find("mime:glob", NAMESPACE)
    assert pattern is not None
    assert fnmatchcase(exchange.suggested_name(author, NOW), str(pattern.get("pattern")))
    assert not fnmatchcase("年报.zip", str(pattern.get("pattern")))
