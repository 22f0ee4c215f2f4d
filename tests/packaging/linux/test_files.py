"""What the packages tell the desktop of the program, against what the program really does."""

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from desktop.notebook import exchange

FILES = Path(__file__).parents[3] / "packaging" / "linux" / "files"
NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
KIND = "application/vnd.policy-desk.notes+zip"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def kind() -> ElementTree.Element:
    """The description of the exchange file."""
    found = ElementTree.parse(FILES / "policy-desk.xml").find("mime:mime-type", NAMESPACE)
    assert found is not None
    return found


def test_the_menu_entry_opens_the_kind_of_file_that_is_described(kind: ElementTree.Element) -> None:
    assert kind.get("type") == KIND
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(FILES / "policy-desk.desktop", "utf-8")
    told = entry["Desktop Entry"]
    assert (told["Name"], told["Exec"], told["Icon"]) == ("政策案头", "policy-desk %f", "policy-desk")
    assert told["MimeType"] == f"{KIND};application/zip;"


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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know kinds of files by their endings")
def test_the_desktop_tells_an_exported_file_from_another_zip(tmp_path: Path) -> None:
    (tmp_path / "mime" / "packages").mkdir(parents=True)
    shutil.copy(FILES / "policy-desk.xml", tmp_path / "mime" / "packages")
    notes = tmp_path / exchange.suggested_name("张三", NOW)
    exchange.export([], [], notes, "张三", NOW)
    with ZipFile(tmp_path / "年报.zip", "w") as other:
        other.writestr("年报.txt", "")
    script = (
        "import sys; from PySide6.QtCore import QMimeDatabase\n"
        "for name in sys.argv[1:]: print(QMimeDatabase().mimeTypeForFile(name).name())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, notes, tmp_path / "年报.zip"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == [KIND, "application/zip"]


@pytest.mark.parametrize("author", ["张三", ""])
def test_an_exported_file_is_known_by_its_name(kind: ElementTree.Element, author: str) -> None:
    pattern = kind.find("mime:glob", NAMESPACE)
    assert pattern is not None
    assert fnmatchcase(exchange.suggested_name(author, NOW), str(pattern.get("pattern")))
    assert not fnmatchcase("年报.zip", str(pattern.get("pattern")))
