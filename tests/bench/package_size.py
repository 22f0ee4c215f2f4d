"""The package against a bare window packaged as PyInstaller does by default: python -m tests.bench.package_size [ROUNDS]

Prints the sizes of both folders, the time from each one's birth to its first paint, and the ratios. Run it in the
environment that ``desk.py test --package`` makes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 15
SUFFIX = ".exe" if sys.platform == "win32" else ""
BARE = [
    *("--windowed", "--name", "bare", "--paths", str(ROOT)),
    *("--add-data", f"{ROOT / 'resources' / 'policies'}{os.pathsep}resources/policies"),
    str(ROOT / "tests" / "bench" / "bare_window.py"),
]


def build(folder: Path, *words: str) -> None:
    """Run PyInstaller; what it makes stands in a folder."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(folder), "--workpath", str(folder / "work")]
    if "--name" in words:
        places += ["--specpath", str(folder)]
    subprocess.run(
        [*command, *places, *words],
        env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(folder / "work")},
        check=True,
    )


def megabytes(folder: Path) -> float:
    """The sum of all files, in MB of 10⁶ bytes."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1e6


def first_paint(command: list[str]) -> float:
    """Milliseconds from its birth that a program prints."""
    environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return float(json.loads(answer.stdout)["first_paint_ms"])


def main(rounds: int) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory(prefix="desk-") as name:
        folder = Path(name)
        build(folder, *BARE)
        build(folder, str(ROOT / "build.spec"))
        bare, ours = folder / "bare", folder / "policy-desk"
        figures = [("size", "MB", megabytes(bare), megabytes(ours))]
        ask_bare = [str(bare / f"bare{SUFFIX}")]
        ask_ours = [str(ours / f"policy-desk{SUFFIX}"), "--data", str(folder / "data"), "--startup-report"]
        pairs = [(first_paint(ask_bare), first_paint(ask_ours)) for _ in range(rounds + 1)][1:]
        medians = [statistics.median(times) for times in zip(*pairs, strict=True)]
        figures.append(("first paint", "ms", *medians))
    for what, unit, one, other in figures:
        print(f"{what}: bare {one:.0f} {unit}, program {other:.0f} {unit}, ratio {other / one:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
