"""Python and SQLite, built inside a root from a newer Debian's sources.

The old release's own SQLite lacks STRICT tables, which the notebook has.
"""

from collections.abc import Mapping
from pathlib import Path

from linux.root import Root
from linux.steps import StepFailed

TOOLS = (
    *("binutils", "build-essential", "dpkg-dev", "pkg-config", "tcl"),
    *("libbz2-dev", "libexpat1-dev", "libffi-dev", "liblzma-dev", "libssl-dev", "zlib1g-dev"),
)
"""Debian packages that the building takes."""
PYTHON = "/usr/local/bin/python3.11"
_FOLDER = "/usr/src/policy-desk"
_BUILT = f"{_FOLDER}/built"
_PROOF = """
import bz2, ctypes, decimal, lzma, pyexpat, sqlite3, ssl, sys, zlib
memory = sqlite3.connect(":memory:")
memory.execute("CREATE TABLE notes (body TEXT NOT NULL) STRICT")
memory.execute("CREATE VIRTUAL TABLE words USING fts5 (body)")
print("Python", sys.version.split()[0], "SQLite", sqlite3.sqlite_version)
"""
"""Ends badly if Python or SQLite lacks what the program needs."""
_SQLITE = "libsqlite3-0"
_SQLITE_CONTROL = """\
Package: libsqlite3-0
Source: sqlite3
Version: {version}
Architecture: amd64
Maintainer: nobody <nobody@localhost>
Description: SQLite from the sources of a newer Debian
"""
_OLDER_SYMBOLS = f"{_FOLDER}/older_symbols.h"
_FLAGS = f"-include {_OLDER_SYMBOLS}"
_SQLITE_FLAGS = f"-O2 -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_SECURE_DELETE {_FLAGS}"


def build_sqlite(root: Root, environment: Mapping[str, str]) -> None:
    """Install SQLite's shared library and headers, as a Debian package: so dpkg can tell whose they are."""
    folder = _source(root, "sqlite3")
    places = "--prefix=/usr --libdir=/usr/lib/x86_64-linux-gnu"
    version = root.run("dpkg-parsechangelog", "--show-field", "Version", at=folder).strip()
    root.write(f"{folder}/package/DEBIAN/control", _SQLITE_CONTROL.format(version=version))
    steps = (
        f"./configure {places} --enable-fts5 --disable-tcl --disable-static --disable-readline",
        "make -j2",
        "make install DESTDIR=$PWD/package",
        f"install -D -m 644 debian/copyright package/usr/share/doc/{_SQLITE}/copyright",
        f"dpkg-deb --build package {_SQLITE}.deb && dpkg --install {_SQLITE}.deb && ldconfig",
    )
    _make(root, folder, steps, {**environment, "CFLAGS": _SQLITE_FLAGS})


def build_python(root: Root, environment: Mapping[str, str]) -> None:
    """Install Python with its shared library under /usr/local."""
    root.run("sh", "-c", "rm -rf /usr/local/*")  # what is left of a build that did not come to its end
    folder = _source(root, "python3.11")
    wanted = "--enable-shared --without-static-libpython --with-system-expat --with-ensurepip=no"
    # A fix that Debian carries in pyexpat reads a private header, as only Debian's own way of building allows.
    private = "sed -i 's/^MODULE_PYEXPAT_CFLAGS=.*/& -DPy_BUILD_CORE_MODULE/' Makefile"
    older = "ac_cv_func_sem_clockwait=no"  # came with glibc 2.30; Python has another way
    steps = (f"./configure {wanted} {older}", private, "make -j2", "make install TESTSUBDIRS=", "ldconfig")
    # Debian turns ensurepip off for all but virtual environments; pip can install itself.
    pip = f"PYTHONPATH=$(ls {folder}/Lib/ensurepip/_bundled/pip-*.whl)"
    own = f"{pip} {PYTHON} -m pip install --no-index --find-links {folder}/Lib/ensurepip/_bundled pip"
    _make(root, folder, (*steps, own), {**environment, "CFLAGS": _FLAGS})
    print("    " + root.run(PYTHON, "-c", _PROOF).strip())
    root.write(_BUILT, "")


def is_built(root: Root) -> bool:
    """Whether both were built before, to the end."""
    return root.outside(_BUILT).exists()


def _source(root: Root, package: str) -> str:
    """Fetch a source package, by its signature, and give the folder it was unpacked to."""
    parent = f"{_FOLDER}/{package}"
    root.run("rm", "-rf", parent)
    root.run("mkdir", "-p", parent)
    root.run("apt-get", "-q", "source", package, at=parent)
    folders = [path.name for path in root.outside(parent).iterdir() if path.is_dir()]
    if len(folders) != 1:
        raise StepFailed(f"{len(folders)} folders came out of the source package {package}")
    return f"{parent}/{folders[0]}"


def _make(root: Root, folder: str, steps: tuple[str, ...], environment: Mapping[str, str]) -> None:
    root.bring(Path(__file__).parent / "files" / "older_symbols.h", _OLDER_SYMBOLS)
    for step in steps:
        root.run("sh", "-c", step, at=folder, environment=environment)
