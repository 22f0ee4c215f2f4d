"""make_python.py FOLDER: a CPython 3.11 for Windows with all of requirements/package.txt, made on Linux.

No package registry has Windows' Python as such, but a wheel there carries python.org's own files (python.txt). The standard
library is this Python's; `compile-python` adds the two files that are missing then. Everything is pinned and hashed.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

try:
    from packaging.markers import Marker
except ImportError:  # in a Python that has nothing but pip
    from pip._vendor.packaging.markers import Marker  # type: ignore[no-redef]

HERE = Path(__file__).resolve().parent
LOCKS = HERE.parents[2] / "requirements"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
}
AS_WINDOWS = ("--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:", "--no-deps")
SOURCE_ONLY = "jieba"
"""Published as source: built here, which gives the same files on every system."""

UNUSED_FILES = (
    "api-ms-win-*",
    "vcruntime140*",
    "tcl86t.dll",
    "tk86t.dll",
    "_tkinter.pyd",
    "_msi.pyd",
    "winsound.pyd",
)
UNUSED_LIBRARY = (
    *("__pycache__", "site-packages", "dist-packages", "lib-dynload", "config-*", "_sysconfigdata*"),
    *("test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3"),
)


def requirements(lock: str) -> Iterator[str]:
    """Each requirement of a lock with its hashes, without its marker; those that are not for Windows left out."""
    for entry in lock.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        wanted, _, hashes = entry.partition("--hash")
        name, _, marker = wanted.partition(";")
        if not marker.strip() or Marker(marker).evaluate(WINDOWS):
            yield f"{name.strip()} --hash{hashes}"


def pip(command: str, entries: Iterable[str], *options: str, tools: str = "") -> None:
    """Run a pip command on locked requirements."""
    environment = {**os.environ, "PYTHONPATH": tools, "PIP_USER": "0", "PIP_USE_PEP517": "1"}
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder, "lock.txt")
        lock.write_text("\n".join(entries) + "\n", "utf-8")
        words = [command, "-qq", "--require-hashes", "--disable-pip-version-check", "-r", str(lock), *options]
        subprocess.run([sys.executable, "-m", "pip", *words], check=True, env=environment)


def add_interpreter(target: Path) -> None:
    """The DLLs and extension modules of python.org's CPython."""
    (target / "DLLs").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        pip("download", requirements((HERE / "python.txt").read_text("utf-8")), *AS_WINDOWS, "-d", folder)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                place = PurePosixPath(member)
                if place.parent.name == "deploy_libs" and not is_unused(place.name):
                    (target / "DLLs" / place.name).write_bytes(archive.read(member))
    (target / "DLLs" / "python311.dll").rename(target / "python311.dll")


def is_unused(name: str) -> bool:
    """Whether a file of the interpreter is left out; the C runtime is taken from PySide, which has a newer one."""
    return any(PurePosixPath(name.lower()).match(pattern) for pattern in UNUSED_FILES)


def add_library(target: Path) -> None:
    """The standard library, as Python files."""
    shutil.copytree(
        sysconfig.get_path("stdlib"), target / "Lib", ignore=shutil.ignore_patterns(*UNUSED_LIBRARY)
    )


def add_packages(target: Path) -> None:
    """Everything of the lock, as for Windows."""
    packages = str(target / "Lib" / "site-packages")
    locked = list(requirements((LOCKS / "package.txt").read_text("utf-8")))
    source = [entry for entry in locked if entry.startswith(SOURCE_ONLY + "==")]
    wheels = [entry for entry in locked if entry not in source]
    options = ("--no-compile", "--target", packages)
    pip("install", wheels, *AS_WINDOWS, *options)
    with tempfile.TemporaryDirectory() as tools:
        pip("install", requirements((LOCKS / "build.txt").read_text("utf-8")), "--target", tools)
        pip("install", source, "--no-deps", "--no-build-isolation", *options, tools=tools)


def add_runtime(target: Path) -> None:
    """Microsoft's C runtime beside python.exe, where Windows looks first."""
    for library in (target / "Lib" / "site-packages" / "shiboken6").glob("vcruntime140*.dll"):
        shutil.copy(library, target)


def main() -> None:
    if sys.version_info[:2] != (3, 11):
        sys.exit("需要 Python 3.11：标准库取自运行本脚本的 Python。")
    target = Path(sys.argv[1])
    add_interpreter(target)
    add_library(target)
    add_packages(target)
    add_runtime(target)


if __name__ == "__main__":
    main()
