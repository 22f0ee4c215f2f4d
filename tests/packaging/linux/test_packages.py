"""What makes two builds the same, and the list of sums that goes with the packages."""

import subprocess
from pathlib import Path

from linux.folder import even_out
from linux.packages import write_sums

EPOCH = 1_700_000_000


def test_dates_and_permissions_are_evened_out(tmp_path: Path) -> None:
    inner = tmp_path / "内" / "libx.so.1"
    inner.parent.mkdir(mode=0o700)
    inner.write_bytes(b"")
    inner.chmod(0o775)
    (tmp_path / "program").write_bytes(b"")
    (tmp_path / "program").chmod(0o700)
    even_out(tmp_path, EPOCH)
    modes = [path.stat().st_mode & 0o777 for path in (inner.parent, inner, tmp_path / "program")]
    assert modes == [0o755, 0o644, 0o755]
    assert {path.stat().st_mtime for path in (tmp_path, *tmp_path.rglob("*"))} == {EPOCH}


def test_sums_are_those_that_sha256sum_reads(tmp_path: Path) -> None:
    files = [tmp_path / "乙.deb", tmp_path / "甲.tar.xz"]
    for file in files:
        file.write_text(file.name, "utf-8")
    write_sums(files, tmp_path / "SHA256SUMS")
    assert len((tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()) == 2
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 0
    files[0].write_text("changed", "utf-8")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1
