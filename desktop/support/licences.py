"""What the program is made of: every component with its licence, the text of it, and where its source is.

In the packaged program the list was made with the package, from what is really inside; from source it is made of what is
installed.
"""

import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from content.resources import RESOURCES

FOLDER = RESOURCES / "licences"
MADE = FOLDER / "components.json"
LOCK = RESOURCES.parent / "requirements" / "run.txt"
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_SOURCES = ("source", "source code", "repository", "github", "homepage")
_LONGEST_NAME = 60
_RULE = f"\n\n{'=' * 72}\n\n"
_QT_VERSION = "6.8"
_QT_SOURCE = "https://download.qt.io/official_releases/"


@dataclass(frozen=True, slots=True)
class Component:
    """One component. ``source`` is an address; ``is_replaceable``: its licence lets the user put another build in its place,
    and it lies in the program's folder as a file of its own."""

    name: str
    version: str
    licence: str
    source: str
    texts: tuple[str, ...]
    is_replaceable: bool = False

    @property
    def text(self) -> str:
        """All its texts, one after another."""
        return _RULE.join(self.texts) + "\n"


@dataclass(frozen=True, slots=True)
class Known:
    """What a distribution does not say of itself, or not well: bundled texts by their names, its licence, its source."""

    texts: tuple[str, ...]
    licence: str = ""
    source: str = ""
    is_replaceable: bool = False


_LGPL = ("LGPL-3.0", "GPL-3.0")
KNOWN = {
    "pyinstaller": Known((), "GPL-2.0，附引导程序例外条款"),
    "jieba": Known(("jieba",), "MIT"),
    "lxml": Known(("LGPL-2.1",), "BSD-3-Clause（其中 libiconv：LGPL-2.1）"),
    "nh3": Known(("Apache-2.0", "MPL-2.0", "Unicode-3.0"), "MIT（所含 Rust 组件另列）"),
    "pyside6-essentials": Known(_LGPL, "LGPL-3.0", f"{_QT_SOURCE}QtForPython/pyside6/", is_replaceable=True),
    "shiboken6": Known(_LGPL, "LGPL-3.0", f"{_QT_SOURCE}QtForPython/pyside6/", is_replaceable=True),
}
"""By the normalised name of the distribution."""


def components() -> list[Component]:
    """All components, by name."""
    if MADE.exists():
        return from_json(MADE.read_text("utf-8"))
    return by_name([*always(), *of_distributions(_locked())])


def as_json(found: Iterable[Component]) -> str:
    """What is written to ``MADE``: components name their texts, each of which stands there once, by its number."""
    listed = list(found)
    texts = list(dict.fromkeys(text for one in listed for text in one.texts))
    numbers = {text: number for number, text in enumerate(texts)}
    rows = [{**asdict(one), "texts": [numbers[text] for text in one.texts]} for one in listed]
    return json.dumps({"components": rows, "texts": texts}, ensure_ascii=False, indent=1)


def from_json(written: str) -> list[Component]:
    """The components that ``as_json`` has written down."""
    whole = json.loads(written)
    return [
        Component(**{**one, "texts": tuple(whole["texts"][number] for number in one["texts"])})
        for one in whole["components"]
    ]


def by_name(found: Iterable[Component]) -> list[Component]:
    """In the order of their names, each once."""
    return sorted({one.name.casefold(): one for one in found}.values(), key=lambda one: one.name.casefold())


def of_distributions(names: Iterable[str]) -> Iterator[Component]:
    """The components that installed distributions are; those that are not installed are left out."""
    for name in names:
        try:
            yield of_distribution(metadata.distribution(name))
        except metadata.PackageNotFoundError:
            continue


def of_distribution(found: metadata.Distribution) -> Component:
    """A distribution with the texts it brings and those that are known of it."""
    known = KNOWN.get(normalised(found.name), Known(()))
    texts = dict.fromkeys([*_own_texts(found), *_crates(found), *map(text, known.texts)])
    return Component(
        found.name,
        found.version,
        known.licence or _licence(found),
        known.source or _source(found),
        tuple(texts),
        known.is_replaceable,
    )


def always() -> Iterator[Component]:
    """What no distribution tells of: Python, Qt, and the tables that were made from others' data."""
    yield Component(
        "Python",
        platform.python_version(),
        "PSF-2.0",
        "https://www.python.org/downloads/source/",
        (text("Python"), text("python-parts")),
    )
    yield Component(
        "Qt",
        _qt_version(),
        "LGPL-3.0",
        f"{_QT_SOURCE}qt/",
        (*map(text, _LGPL), text("qt-third-party")),
        is_replaceable=True,
    )
    yield Component(
        "OpenCC（繁简字表）",
        "1.4.2",
        "Apache-2.0",
        "https://github.com/BYVoid/OpenCC",
        ("© Carbo Kuo and contributors", text("Apache-2.0")),
    )
    yield Component(
        "pypinyin（拼音表）",
        "0.55.0",
        "MIT",
        "https://github.com/mozillazg/python-pinyin",
        ((RESOURCES / "pinyin" / "LICENSE.txt").read_text("utf-8").strip("\n"),),
    )


def text(name: str) -> str:
    """A bundled licence text."""
    return (FOLDER / "texts" / f"{name}.txt").read_text("utf-8").strip("\n")


def normalised(name: str) -> str:
    """A distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked() -> list[str]:
    lines = LOCK.read_text("utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line]


def _own_texts(found: metadata.Distribution) -> Iterator[str]:
    for file in found.files or ():
        if ".dist-info" in file.parts[0] and _LICENCE_FILE.search(file.name):
            path = Path(str(found.locate_file(file)))
            if path.is_file():
                yield path.read_text("utf-8", "replace").strip("\n")


def _crates(found: metadata.Distribution) -> Iterator[str]:
    """What a distribution made with Rust is made of, as its bill of materials says."""
    for file in found.files or ():
        if file.name.endswith(".cyclonedx.json"):
            listed = json.loads(Path(str(found.locate_file(file))).read_text("utf-8"))["components"]
            lines = [
                f"{one['name']} {one['version']}  "
                + ", ".join(each.get("expression", "") for each in one.get("licenses", ()))
                for one in listed
            ]
            yield "\n".join(["所含的 Rust 组件（crates.io）：", *lines])


def _licence(found: metadata.Distribution) -> str:
    said = found.metadata
    name = _said(found, "License-Expression") or _said(found, "License")
    if name and "\n" not in name and len(name) <= _LONGEST_NAME:
        return name
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if "License ::" in one]
    return "、".join(classified) or "见许可全文"


def _source(found: metadata.Distribution) -> str:
    urls: dict[str, str] = {}
    for line in found.metadata.get_all("Project-URL", []):
        label, _, address = line.partition(",")
        urls[str(label).strip().lower()] = str(address).strip()
    for label in _SOURCES:
        if label in urls:
            return urls[label]
    return _said(found, "Home-page")


def _said(found: metadata.Distribution, field: str) -> str:
    return str(next(iter(found.metadata.get_all(field, [])), ""))


def _qt_version() -> str:
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None:
        return str(qt.qVersion())
    try:
        return metadata.version("shiboken6")
    except metadata.PackageNotFoundError:
        return _QT_VERSION
