"""The oldest system libraries that a folder of programs and libraries runs with, as their symbols tell."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from linux.steps import command

Version = tuple[int, ...]

OLDEST: dict[str, Version] = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11), "GCC": (8,)}
"""What UOS 20 and Debian 10 have, by the library's name in its symbols; 麒麟 V10 and Debian 11 have glibc 2.31."""
_ASKED = re.compile(r"\*UND\*.*?\(?\b(GLIBC|GLIBCXX|CXXABI|GCC)_(\d[\d.]*)\)?\s")
_ELF = b"\x7fELF"


def elf_files(folder: Path) -> list[Path]:
    """Every program and library in a folder, however deep."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [path for path in files if _begins_as_elf(path)]


def newest(path: Path) -> dict[str, Version]:
    """The newest version of each system library that a program or library asks for. Raises StepFailed."""
    found: dict[str, Version] = {}
    for name, number in _ASKED.findall(command("objdump", "-T", path)):
        version = tuple(map(int, number.split(".")))
        found[name] = max(version, found.get(name, ()))
    return found


def too_new(folder: Path, oldest: Mapping[str, Version] = OLDEST) -> Iterator[str]:
    """A line for every file that needs newer libraries than these."""
    for path in elf_files(folder):
        for name, version in newest(path).items():
            if version > oldest.get(name, version):
                yield f"{path.relative_to(folder)}: {name}_{'.'.join(map(str, version))}"


def _begins_as_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ELF)) == _ELF
