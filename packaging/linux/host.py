"""What this machine's own settings say about where packages come from: nothing of it is written into the project."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from linux.steps import StepFailed, command

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_APT = Path("/etc/apt")
_PASSED_ON = ("Acquire::http", "Acquire::Check-Date")
"""Beginnings of the apt settings that a root needs as well: proxies, and a clock that is off."""


def mirror(security: bool = False, apt: Path = _APT) -> str:
    """The address of the host's Debian archive, or of its security updates. Raises StepFailed if it has none."""
    for address, suites in _sources(apt):
        if any(suite.endswith("-security") == security for suite in suites) and "debian" in address:
            return address
    raise StepFailed(f"no {'security ' if security else ''}archive of Debian in {apt}")


def apt_settings() -> str:
    """An apt.conf for a root. Old releases say that they have expired; their signatures are checked all the same."""
    lines = [line for line in command("apt-config", "dump").splitlines() if line.startswith(_PASSED_ON)]
    return "\n".join([*lines, 'Acquire::Check-Valid-Until "false";', 'APT::Install-Recommends "false";', ""])


def pip_settings() -> dict[str, str]:
    """The host's pip settings as environment variables."""
    settings = {}
    for line in command(sys.executable, "-m", "pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        scope, _, key = name.partition(".")
        if scope in ("global", "install", ":env:"):
            settings["PIP_" + key.upper().replace("-", "_")] = shlex.split(value)[0] if value else ""
    return settings


def network_files() -> list[Path]:
    """Files of the host that have to be seen in a root: how names are resolved and whom to trust."""
    return [path for path in (Path("/etc/resolv.conf"), Path("/etc/hosts"), CERTIFICATES) if path.exists()]


def pip_files() -> list[Path]:
    """Files and folders that the host's pip settings name; of an index in a folder its surroundings, where the files
    are that it tells of."""
    settings = " ".join(pip_settings().values())
    indices = [Path(place).parent for place in re.findall(r"file://(/[^\s'\"]+)", settings)]
    named = [Path(place) for place in re.findall(r"(?<![/:\w])/[^/\s'\"][^\s'\"]*", settings)]
    return [path for path in dict.fromkeys([*indices, *named]) if path.exists() and path != CERTIFICATES]


def proxies() -> dict[str, str]:
    """The host's proxy variables."""
    return {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}


def _sources(apt: Path) -> Iterator[tuple[str, list[str]]]:
    """Every address of binary packages in apt's sources, with its suites."""
    folder = apt / "sources.list.d"
    for path in sorted(folder.glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text("utf-8")):
            fields = dict(re.findall(r"^(\w+):[ \t]*(.*)$", stanza, re.MULTILINE))
            if "deb" in fields.get("Types", "").split():
                for address in fields.get("URIs", "").split():
                    yield address, fields.get("Suites", "").split()
    for path in [apt / "sources.list", *sorted(folder.glob("*.list"))]:
        text = path.read_text("utf-8") if path.exists() else ""
        for address, suite in re.findall(r"^deb\s+(?:\[.*?\]\s+)?(\S+)\s+(\S+)", text, re.MULTILINE):
            yield address, [suite]
