"""build: makes the Linux packages, on Debian as root. What it needs beside Python and pip: debootstrap, git, binutils."""

import argparse
import os
import shutil
import sys
import tomllib
from pathlib import Path

from linux import native, symbols
from linux.folder import Workshop
from linux.packages import Packer, write_sums
from linux.root import Root
from linux.steps import CHECKOUT, StepFailed, command, timed

RELEASE, SOURCES = "bullseye", "bookworm"
"""The Debian that the packages are built in, and the one whose Python and SQLite they carry."""
QT_NEEDS = (
    *("libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libwayland-cursor0"),
    *(
        "libwayland-egl1",
        "libx11-xcb1",
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-image0",
        "libxcb-keysyms1",
    ),
    *(
        "libxcb-randr0",
        "libxcb-render-util0",
        "libxcb-render0",
        "libxcb-shape0",
        "libxcb-shm0",
        "libxcb-sync1",
    ),
    *("libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxkbcommon0"),
)
"""Debian packages of the libraries that Qt's wheels ask for."""


def main(arguments: list[str] | None = None) -> int:
    """Make the packages; the exit code."""
    parser = argparse.ArgumentParser(prog="build", description=__doc__)
    parser.add_argument("--output", type=Path, default=CHECKOUT / "dist", help="where the packages go")
    parser.add_argument(
        "--root",
        type=Path,
        default=CHECKOUT / "build" / "linux",
        help="keeps the Debian 11 for the next build",
    )
    wanted = parser.parse_args(arguments)
    if os.geteuid():
        print("build: only root can make a Debian in a folder", file=sys.stderr)
        return 2
    try:
        with timed("everything"):
            build(wanted.root.resolve(), wanted.output.resolve())
    except StepFailed as failure:
        print(f"build: {failure}", file=sys.stderr)
        return 1
    return 0


def build(roots: Path, output: Path) -> None:
    """All steps in order. Raises StepFailed."""
    workshop = Workshop(Root(roots / RELEASE, RELEASE), epoch())
    prepare(workshop)
    with timed("copying the checkout"):
        workshop.bring_checkout()
    with timed("installing the pinned requirements"):
        workshop.install_requirements()
    with timed("freezing the program"):
        program = workshop.freeze()
    with timed("reading the symbols of every file"):
        refuse_too_new(program)
    packer = Packer(workshop, program, version())
    with timed("packing the .deb"):
        deb = packer.pack_deb()
    with timed("packing the .tar.xz"):
        archive = packer.pack_archive()
    output.mkdir(parents=True, exist_ok=True)
    made = [Path(shutil.copy(file, output)) for file in (deb, archive)]
    write_sums(made, output / "SHA256SUMS")
    for file in made:
        print(f"{file}  {file.stat().st_size / 1e6:.1f} MB")


def prepare(workshop: Workshop) -> None:
    """Make the Debian and build Python in it, unless both are there from before."""
    root = workshop.root
    with timed(f"a root of Debian {RELEASE}"):
        root.make([*native.TOOLS, *QT_NEEDS], SOURCES)
    if native.is_built(root):
        return
    with timed(f"building SQLite from the sources of Debian {SOURCES}"):
        native.build_sqlite(root, workshop.environment)
    with timed(f"building Python from the sources of Debian {SOURCES}"):
        native.build_python(root, workshop.environment)


def refuse_too_new(program: Path) -> None:
    """Raise StepFailed if any file of the program needs a newer system than the packages are for."""
    lines = list(symbols.too_new(program))
    if lines:
        raise StepFailed("needs newer system libraries:\n" + "\n".join(lines))


def version() -> str:
    """The program's version, of pyproject.toml."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def epoch() -> int:
    """The date of every file: as asked for in SOURCE_DATE_EPOCH, or that of the last commit."""
    return int(
        os.environ.get("SOURCE_DATE_EPOCH") or command("git", "-C", CHECKOUT, "log", "-1", "--format=%ct")
    )


if __name__ == "__main__":
    sys.exit(main())
