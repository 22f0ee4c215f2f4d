"""Where the host's packages come from, read from its own settings."""

from pathlib import Path

import pytest
from linux import host
from linux.steps import StepFailed

OLD_FORM = """\
# deb https://elsewhere.invalid/debian bookworm main
deb [signed-by=/usr/share/keyrings/debian.gpg] https://mirror.invalid/debian bookworm main
deb-src https://sources.invalid/debian bookworm main
deb https://mirror.invalid/debian-security bookworm-security main
"""
NEW_FORM = """\
Types: deb
URIs: https://tools.invalid/nodes
Suites: stable

Types: deb deb-src
URIs: https://mirror.invalid/debian
Suites: bookworm bookworm-updates

Types: deb
URIs: https://mirror.invalid/debian-security
Suites: bookworm-security
"""


@pytest.mark.parametrize(
    ("name", "text"), [("sources.list", OLD_FORM), ("sources.list.d/debian.sources", NEW_FORM)]
)
def test_archive_and_security_updates_are_told_apart(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    assert host.mirror(apt=tmp_path) == "https://mirror.invalid/debian"
    assert host.mirror(security=True, apt=tmp_path) == "https://mirror.invalid/debian-security"


def test_a_host_without_debian_is_told(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="no archive of Debian"):
        host.mirror(apt=tmp_path)
