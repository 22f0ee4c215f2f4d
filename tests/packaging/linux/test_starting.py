"""How the packaged program is started, and what it starts itself."""

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

LINUX = Path(__file__).parents[3] / "packaging" / "linux"
PROGRAM = """\
#!/bin/sh
here=$(dirname "$0")
echo "$1"
cat "$here/_internal/library" "$here/data/notebook"
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="is for Linux alone")


@pytest.mark.parametrize("kept", ["/opt/office/lib", None])
def test_what_the_program_starts_finds_the_systems_libraries(
    monkeypatch: pytest.MonkeyPatch, kept: str | None
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/policy-desk/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if kept is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", kept)
    run_path(str(LINUX / "clear_paths.py"))
    told = subprocess.run(["env"], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    paths = [line for line in told.splitlines() if line.startswith("LD_LIBRARY_PATH")]
    assert paths == ([] if kept is None else [f"LD_LIBRARY_PATH={kept}"])


@pytest.mark.parametrize("mode", [0o755, 0o644], ids=["can be run", "cannot be run"])
def test_a_stick_is_started_from_whatever_its_file_system_allows(tmp_path: Path, mode: int) -> None:
    stick, own = tmp_path / "U 盘", tmp_path / "run"
    for folder in (stick / "_internal", stick / "data", own):
        folder.mkdir(parents=True)
    (stick / "policy-desk").write_text(PROGRAM, "utf-8")
    (stick / "policy-desk").chmod(mode)
    (stick / "_internal" / "library").write_text("Qt ", "utf-8")
    (stick / "data" / "notebook").write_text("批注", "utf-8")
    script = stick / "打开.sh"
    script.write_bytes((LINUX / "files" / "打开.sh").read_bytes())
    said = subprocess.run(
        ["sh", script, "二（三）3"],
        env={**os.environ, "XDG_RUNTIME_DIR": str(own)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout
    assert said == "二（三）3\nQt 批注"
    assert list(own.iterdir()) == []
