"""What makes the packages for Windows, as far as it can be proven without Windows."""

import hashlib
import os
import re
import zipfile
from pathlib import Path

import pytest
from windows import build
from windows.wine.make_python import requirements

from desktop.notebook import exchange, place

ROOT = Path(__file__).parents[2]
WINDOWS = ROOT / "packaging" / "windows"
INSTALLER = (WINDOWS / "installer.nsi").read_text("utf-8")
LOCK = """\
altgraph==0.17.5 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
macholib==1.16.4 ; sys_platform == 'darwin' \\
    --hash=sha256:cc
pefile==2024.8.26 ; sys_platform == 'win32' \\
    --hash=sha256:dd
# a remark
shiboken6==6.8.0.2 ; platform_machine == 'aarch64' and sys_platform == 'linux' \\
    --hash=sha256:ee
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder like the one that build.spec makes."""
    folder = tmp_path / "policy-desk"
    for name in ("policy-desk.exe", "_internal/资料/一.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return folder


def defined(name: str) -> str:
    """A name's value in the installer's script."""
    (value,) = re.findall(rf'^!define {name} "(.*)"$', INSTALLER, re.MULTILINE)
    return str(value)


def test_a_lock_is_read_as_windows_reads_it() -> None:
    assert [" ".join(entry.split()) for entry in requirements(LOCK)] == [
        "altgraph==0.17.5 --hash=sha256:aa --hash=sha256:bb",
        "pefile==2024.8.26 --hash=sha256:dd",
    ]


def test_the_projects_lock_has_one_qt_for_windows() -> None:
    lock = (ROOT / "requirements" / "package.txt").read_text("utf-8")
    entries = list(requirements(lock))
    assert [entry.split()[0] for entry in entries if "pyside6" in entry] == ["pyside6-essentials==6.8.3"]
    assert all("--hash=sha256:" in entry and ";" not in entry for entry in entries)


def test_the_portable_zip_has_a_place_for_the_notebook(program: Path, tmp_path: Path) -> None:
    target = tmp_path / "portable.zip"
    build.make_portable(program, target, 1_700_000_000)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        names = {name.removeprefix("policy-desk/") for name in archive.namelist()}
    assert names == {"data/", "便携版说明.txt", "policy-desk.exe", "_internal/资料/一.txt"}


def test_the_same_program_gives_the_same_zip(program: Path, tmp_path: Path) -> None:
    made = []
    for seconds in (1, 2):
        target = tmp_path / "portable.zip"
        os.utime(program / "policy-desk.exe", (seconds, seconds))
        build.make_portable(program, target, 1_700_000_000)
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_the_sums_are_those_of_the_packages(tmp_path: Path) -> None:
    package = tmp_path / "一.zip"
    package.write_bytes(b"1")
    build.write_sums([package])
    assert (tmp_path / "SHA256SUMS").read_text("utf-8") == f"{hashlib.sha256(b'1').hexdigest()}  一.zip\n"


def test_the_installer_names_what_the_program_names() -> None:
    spec = (ROOT / "build.spec").read_text("utf-8")
    for name in ("PROGRAM_FILE", "CONSOLE_FILE"):
        assert f'"{defined(name).removesuffix(".exe")}"' in spec
    assert defined("NOTES_SUFFIX") == exchange.SUFFIX


def test_the_installer_knows_where_the_notebook_lies() -> None:
    source = Path(place.__file__).read_text("utf-8")
    (name,) = re.findall(r'user_data_path\("(.*)", appauthor=False\)', source)
    assert defined("NOTEBOOK") == f"$LOCALAPPDATA\\{name}"


def test_nothing_but_its_own_files_is_ever_removed_from_the_installation() -> None:
    removed = set(re.findall(r'^\s*(?:RMDir /r|Delete) "\$INSTDIR\\?(.*)"', INSTALLER, re.MULTILINE))
    assert removed == {
        "_new",
        "_old",
        "_internal",
        "${PROGRAM_FILE}",
        "${CONSOLE_FILE}",
        "uninstall.exe",
        "${entry}",
    }
    moved = set(re.findall(r'insertmacro (?:MOVE|BRING_BACK) .*"(.*)"$', INSTALLER, re.MULTILINE))
    assert moved == {"_internal", "${PROGRAM_FILE}", "${CONSOLE_FILE}"}
