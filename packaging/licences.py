"""What a package is made of, from the files that PyInstaller puts into it: the list that the about box shows.

A file whose licence is not known ends the build: it must not leave the house.
"""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.support.licences import Component, always, as_json, by_name, of_distribution, text  # noqa: E402

Entry = tuple[str, str, str]
"""As PyInstaller lists them: the place in the package, the file it comes from, its kind."""

_MICROSOFT = re.compile(r"(vcruntime140|msvcp140|concrt140|ucrtbase|api-ms-win-).*\.dll", re.IGNORECASE)
_COMMON = re.compile(r"/usr/share/common-licenses/([A-Z][\w.-]*[\w])")
_REPLACEABLE = "LGPL"
_LIBRARY = "base_library.zip"
"""Made by PyInstaller of Python's own modules."""
_BUILDER = "pyinstaller"
"""Its boot loader is the executable itself, though no entry says so."""


def components(entries: Iterable[Entry]) -> list[Component]:
    """The components of a package. Raises SystemExit where a file belongs to none that is known."""
    found, unknown = [*always()], []
    for source in sorted({source for _, source, _ in entries if source and source != "-"}):
        owner = _owner(Path(source))
        if owner is None:
            unknown.append(source)
        else:
            found += owner
    if unknown:
        raise SystemExit("no licence is known for:\n" + "\n".join(unknown))
    return by_name(found)


def write(entries: Iterable[Entry], target: Path) -> Path:
    """Write the list of a package's components into a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    builder = of_distribution(metadata.distribution(_BUILDER))
    target.write_text(as_json(by_name([builder, *components(entries)])), "utf-8", newline="\n")
    return target


def _owner(source: Path) -> list[Component] | None:
    """The component a file belongs to; none for the project's own and Python's, None where that is not known."""
    if source.name == _LIBRARY or source.name.startswith("libpython3"):
        return []
    real = source.resolve()
    if _MICROSOFT.fullmatch(real.name):  # others bring it along
        return [_microsoft()]
    distribution = _distributions().get(real)
    if distribution is not None:
        return [_of(distribution)]
    is_ours = real.is_relative_to(ROOT) and "site-packages" not in real.parts
    if is_ours or any(real.is_relative_to(place) for place in _library_folders()):
        return []
    package = _debian_package(real)
    if package.startswith(("python3", "libpython3")) or real.is_relative_to(_python_folder()):
        return []
    return [_of_debian(package)] if package else None


@cache
def _distributions() -> dict[Path, str]:
    """Every file of every installed distribution, with its name."""
    return {
        Path(str(found.locate_file(file))).resolve(): found.name
        for found in metadata.distributions()
        for file in found.files or ()
    }


@cache
def _of(name: str) -> Component:
    return of_distribution(metadata.distribution(name))


@cache
def _library_folders() -> tuple[Path, ...]:
    """Where Python's own modules lie."""
    return tuple(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib"))


@cache
def _python_folder() -> Path:
    """Where all of a Python lies that shares its place with nothing else; on a system's own Python, nowhere."""
    base = Path(sys.base_prefix).resolve()
    return base if base not in (Path("/usr"), Path("/usr/local")) else Path(sysconfig.get_path("stdlib"))


@cache
def _microsoft() -> Component:
    return Component(
        "Microsoft Visual C++ 运行库",
        "14",
        "Microsoft 可再分发组件",
        "https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist",
        (text("Microsoft"),),
    )


@cache
def _debian_package(file: Path) -> str:
    """The package that a file of a Debian system came with; empty where there is none."""
    if sys.platform != "linux":
        return ""
    names = [str(file)]
    names.append(names[0].removeprefix("/usr") if names[0].startswith("/usr/") else f"/usr{names[0]}")
    for name in names:
        try:
            done = subprocess.run(
                ["dpkg-query", "-S", name], capture_output=True, encoding="utf-8", check=False
            )
        except OSError:
            return ""
        if done.returncode == 0:
            return done.stdout.partition(":")[0].partition(",")[0]
    return ""


@cache
def _of_debian(package: str) -> Component:
    form = "${Version}\t${source:Package}\n"
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", form, package], capture_output=True, encoding="utf-8", check=True
    )
    version, source = done.stdout.splitlines()[0].split("\t")
    told = Path("/usr/share/doc", package, "copyright").read_text("utf-8", "replace")
    texts = (told, *_common(told))
    return Component(
        package,
        version,
        "见许可全文",
        f"https://sources.debian.org/src/{source}/",
        texts,
        is_replaceable=_REPLACEABLE in told,
    )


def _common(told: str) -> Iterator[str]:
    """The licences that a copyright file of Debian only names."""
    for name in sorted(set(_COMMON.findall(told))):
        file = Path("/usr/share/common-licenses", name)
        if file.is_file():
            yield file.read_text("utf-8", "replace")
