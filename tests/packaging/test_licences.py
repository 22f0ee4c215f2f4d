"""The list of what is in a package, made from the files that go into it."""

import sys
from pathlib import Path
from runpy import run_path

import docx
import nh3
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def components() -> object:
    return run_path(str(ROOT / "packaging" / "licences.py"))["components"]


def names(components: object, *files: str | None) -> set[str]:
    """The names of the components of a package with these files."""
    entries = [("place", str(file), "DATA") for file in files]
    return {one.name for one in components(entries)}  # type: ignore[operator]


def test_files_belong_to_the_distribution_they_came_with(components: object) -> None:
    found = names(components, docx.__file__, nh3.__file__, pytest.__file__)
    assert {"python-docx", "nh3", "pytest", "Python", "Qt"} <= found
    assert "openpyxl" not in found


def test_own_files_and_pythons_are_no_components_of_their_own(components: object) -> None:
    own = names(components, __file__, sys.modules["os"].__file__, str(ROOT / "resources" / "thesaurus.tsv"))
    assert own == names(components)


@pytest.mark.skipif(not Path("/var/lib/dpkg").is_dir(), reason="no Debian")
def test_a_library_of_the_system_is_listed_with_its_packages_terms(components: object) -> None:
    library = next(Path("/usr/lib").rglob("libc.so.6"), None) or next(Path("/lib").rglob("libc.so.6"))
    [one] = [
        one
        for one in components([("libc.so.6", str(library), "BINARY")])  # type: ignore[operator]
        if one.name == "libc6"
    ]
    assert "GNU C Library" in one.text
    assert one.is_replaceable
    assert one.source.endswith("/glibc/")


def test_a_file_that_nobody_knows_ends_the_build(components: object, tmp_path: Path) -> None:
    stranger = tmp_path / "libstranger.so"
    stranger.write_bytes(b"")
    with pytest.raises(SystemExit, match="libstranger"):
        names(components, str(stranger))
