"""Which system libraries programs ask for, and that the built package asks for none newer than the offices have."""

import shutil
import sys
from pathlib import Path

import pytest
from linux import symbols

pytestmark = pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed")
PROGRAM = Path("/bin/sh")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one program of this system in it, and one file that is none."""
    if sys.platform != "linux":
        pytest.skip("reads programs of Linux")
    (tmp_path / "bin").mkdir()
    shutil.copy(PROGRAM, tmp_path / "bin" / "shell")
    (tmp_path / "text").write_text("ELF", "utf-8")
    return tmp_path


def test_programs_are_known_by_what_is_in_them(folder: Path) -> None:
    assert symbols.elf_files(folder) == [folder / "bin" / "shell"]


def test_a_program_that_asks_for_more_is_named(folder: Path) -> None:
    asked = symbols.newest(folder / "bin" / "shell")["GLIBC"]
    name = f"bin/shell: GLIBC_{'.'.join(map(str, asked))}"
    assert list(symbols.too_new(folder, {"GLIBC": (2, 2)})) == [name]
    assert list(symbols.too_new(folder, {"GLIBC": asked})) == []


@pytest.mark.package
def test_the_built_package_runs_with_the_libraries_of_the_offices(pytestconfig: pytest.Config) -> None:
    built = pytestconfig.getoption("--built")
    if not built:
        pytest.skip("only what is built for others is held to this: --built=FOLDER")
    assert len(symbols.elf_files(Path(built))) > 50
    assert list(symbols.too_new(Path(built))) == []
