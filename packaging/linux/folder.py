"""The program's folder, made by build.spec inside a root: the same bytes whenever it is made from the same files."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from linux import host, native
from linux.root import Root
from linux.steps import CHECKOUT, command

PLACE = "/build/checkout"
"""Where the checkout stands inside: part of what is built, so always the same."""
_INSTALL = """
import desk
if not all(map(desk.is_fresh, ("run", "package"))):
    desk.make_venv()
    pip = desk.find_pip()
    desk.install(pip, "run")
    desk.install(pip, "package")
"""


@dataclass(frozen=True)
class Workshop:
    """A root in which the program is built, and the second since 1970 that all its files are dated."""

    root: Root
    epoch: int

    @property
    def environment(self) -> dict[str, str]:
        """What makes Python, gcc and the archivers give the same bytes each time."""
        return {"SOURCE_DATE_EPOCH": str(self.epoch), "PYTHONHASHSEED": "0"}

    def bring_checkout(self) -> None:
        """Copy what git knows of the checkout into the root, without what an earlier build left there."""
        target = self.root.outside(PLACE)
        target.mkdir(parents=True, exist_ok=True)
        for path in target.iterdir():
            if path.name != ".venv":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name in filter(None, command("git", "-C", CHECKOUT, "ls-files", "-z").split("\0")):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CHECKOUT / name, target / name)

    def install_requirements(self) -> None:
        """Install the locks in a virtual environment inside, as desk.py does; nothing if that was done before."""
        environment = {**self.environment, **host.pip_settings()}
        shown = {path: str(path) for path in host.pip_files()}
        self.root.run(native.PYTHON, "-c", _INSTALL, at=PLACE, environment=environment, shown=shown)

    def freeze(self) -> Path:
        """Run build.spec; the folder that comes out, seen from outside."""
        words = ("-m", "PyInstaller", "--noconfirm", "--clean", "build.spec")
        environment = {**self.environment, "PYINSTALLER_CONFIG_DIR": "/tmp/pyinstaller"}
        self.root.run(f"{PLACE}/.venv/bin/python", *words, at=PLACE, environment=environment)
        folder = self.root.outside(PLACE) / "dist" / "policy-desk"
        for link in [path for path in folder.rglob("*") if path.is_symlink()]:
            link.unlink()  # a stick's file system has none, and the libraries find each other without
        return folder


def even_out(folder: Path, epoch: int) -> None:
    """Give everything in a folder the same date, and permissions by nothing but whether it can be run."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or _is_run(path) else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def _is_run(path: Path) -> bool:
    """Whether a file is meant to be run: libraries are marked so too, which is of no use."""
    return ".so" not in path.name and bool(path.stat().st_mode & 0o100)
