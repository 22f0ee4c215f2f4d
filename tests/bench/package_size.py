"""The package against a bare window packaged as PyInstaller does by default: python -m tests.bench.package_size [ROUNDS [FOLDER]]

Prints the sizes of both folders, the time from each one's birth to its first paint, beside that of the program run from
source, cold (none of its files in memory) and warm, and the ratios. Run it in the environment that
``desk.py test --package`` makes. FOLDER holds both, ``bare`` and ``policy-desk``, if they were built elsewhere.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 15
SUFFIX = ".exe" if sys.platform == "win32" else ""
BARE = [
    *("--windowed", "--name", "bare", "--paths", str(ROOT)),
    *("--add-data", f"{ROOT / 'resources' / 'policies'}{os.pathsep}resources/policies"),
    str(ROOT / "tests" / "bench" / "bare_window.py"),
]


@dataclass(frozen=True)
class Contender:
    """A program that prints when it first painted, and the folders that it is read from."""

    name: str
    command: Sequence[str]
    folders: Sequence[Path]

    def first_paint(self, cold: bool) -> float:
        """Milliseconds from its birth to its first paint."""
        if cold:
            self.forget()
        environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
        answer = subprocess.run(
            self.command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return float(json.loads(answer.stdout)["first_paint_ms"])

    def forget(self) -> None:
        """Have the system put its files out of memory, as after the machine was switched on; Linux only."""
        for path in (path for folder in self.folders for path in folder.rglob("*") if path.is_file()):
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


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


def contenders(folder: Path, data: Path) -> list[Contender]:
    """The bare window, the package and the program from source."""
    bare, ours = folder / "bare", folder / "policy-desk"
    asked = ["--data", str(data), "--startup-report"]
    rooms = [ROOT / name for name in ("content", "index", "desktop", "resources")]
    source = [sys.executable, "-m", "desktop", *asked]
    return [
        Contender("bare", [str(bare / f"bare{SUFFIX}")], [bare]),
        Contender("program", [str(ours / f"policy-desk{SUFFIX}"), *asked], [ours]),
        Contender("from source", source, [*rooms, Path(sys.prefix)]),
    ]


def paints(compared: Sequence[Contender], rounds: int, cold: bool) -> Iterator[float]:
    """The median first paint of each; they take turns, and the first turn does not count."""
    turns = [[one.first_paint(cold) for one in compared] for _ in range(rounds + 1)][1:]
    return map(statistics.median, zip(*turns, strict=True))


def main(rounds: int = ROUNDS, built: str = "") -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory(prefix="desk-") as name:
        folder = Path(built or name)
        if not built:
            build(folder, *BARE)
            build(folder, str(ROOT / "build.spec"))
        tell("size", "MB", (megabytes(folder / "bare"), megabytes(folder / "policy-desk")))
        compared = contenders(folder, Path(name, "data"))
        tell("first paint, warm", "ms", tuple(paints(compared, rounds, cold=False)))
        if hasattr(os, "posix_fadvise"):
            tell("first paint, cold", "ms", tuple(paints(compared, rounds, cold=True)))


def tell(what: str, unit: str, values: Sequence[float]) -> None:
    """Print the values of the bare window, the program and, where it was run too, the program from source."""
    names = ("bare", "program", "from source")
    words = ", ".join(f"{name} {value:.0f} {unit}" for name, value in zip(names, values, strict=False))
    print(f"{what}: {words}, ratio {values[1] / values[0]:.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, *sys.argv[2:3])
