"""The packages made of the program's folder: a .deb that installs it and a .tar.xz that runs wherever it is unpacked."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linux.folder import PLACE, Workshop, even_out

_PLACE = "/build/packages"

DEPENDS = (
    *(
        "libc6 (>= 2.28)",
        "libdbus-1-3",
        "libegl1",
        "libexpat1",
        "libfontconfig1",
        "libgcc-s1 | libgcc1",
        "libgl1",
    ),
    *("libglib2.0-0", "liblzma5", "libstdc++6 (>= 8)", "libx11-6", "libx11-xcb1", "libxcb1", "zlib1g"),
)
"""What every desktop has, and what has to be the system's own: its graphics, its fonts, its C and C++."""


@dataclass(frozen=True)
class Packer:
    """A workshop, the program's folder made in it, and the version that the packages are to carry."""

    workshop: Workshop
    program: Path
    version: str

    @property
    def checkout(self) -> Path:
        """The copy that the program was built from."""
        return self.workshop.root.outside(PLACE)

    @property
    def files(self) -> Path:
        """What the packages carry besides the program, or are described by."""
        return self.checkout / "packaging" / "linux" / "files"

    @property
    def icons(self) -> Path:
        """The program's icons."""
        return self.checkout / "resources" / "icons"

    def pack_deb(self) -> Path:
        """Make the .deb, for dpkg; the file, inside the root. Icons and menus need no scripts: triggers see to them."""
        name = f"policy-desk_{self.version}_amd64"
        tree = self._empty(name)
        shutil.copytree(self.program, tree / "opt" / "policy-desk", symlinks=True)
        self._fill_share(tree / "usr" / "share")
        (tree / "usr" / "bin").mkdir()
        (tree / "usr" / "bin" / "policy-desk").symlink_to("../../opt/policy-desk/policy-desk")
        even_out(tree, self.workshop.epoch)
        self._fill_control(tree)
        self._run("dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", name)
        return tree.with_name(f"{name}.deb")

    def pack_archive(self) -> Path:
        """Make the .tar.xz with a folder that needs no installing; the file, inside the root."""
        name = f"policy-desk-{self.version}"
        tree = self._empty(name)
        shutil.copytree(self.program, tree, symlinks=True, dirs_exist_ok=True)
        (tree / "使用说明.txt").write_text(self._filled("使用说明.txt"), "utf-8")
        shutil.copyfile(self.files / "打开.sh", tree / "打开.sh")
        shutil.copyfile(self.icons / "policy-desk.png", tree / "policy-desk.png")
        (tree / "打开.sh").chmod(0o755)
        (tree / "data").mkdir()
        even_out(tree, self.workshop.epoch)
        file = f"{name}-linux-x86_64.tar"
        owner = ("--owner=0", "--group=0", "--numeric-owner", "--format=gnu")
        self._run("tar", "--sort=name", *owner, "-cf", file, name)
        self._run("xz", "-9", "--threads=1", file)
        return tree.with_name(f"{file}.xz")

    def _empty(self, name: str) -> Path:
        tree = self.workshop.root.outside(_PLACE) / name
        for old in tree.parent.glob(f"{name}*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        tree.mkdir(parents=True)
        return tree

    def _fill_share(self, share: Path) -> None:
        for source, place in (
            (self.files / "policy-desk.desktop", "applications/policy-desk.desktop"),
            (self.files / "policy-desk.xml", "mime/packages/policy-desk.xml"),
            (self.icons / "policy-desk.png", "icons/hicolor/256x256/apps/policy-desk.png"),
            (self.icons / "policy-desk.svg", "icons/hicolor/scalable/apps/policy-desk.svg"),
            (self.checkout / "LICENSE", "doc/policy-desk/copyright"),
        ):
            (share / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, share / place)

    def _fill_control(self, tree: Path) -> None:
        files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
        sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files]
        size = sum(path.stat().st_size for path in files)
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(self._filled("control", size // 1024), "utf-8")
        (tree / "DEBIAN" / "md5sums").write_text("".join(sums), "utf-8")
        even_out(tree / "DEBIAN", self.workshop.epoch)

    def _filled(self, name: str, kilobytes: int = 0) -> str:
        text = (self.files / name).read_text("utf-8")
        return text.format(version=self.version, kilobytes=kilobytes, depends=", ".join(DEPENDS))

    def _run(self, *words: str) -> None:
        self.workshop.root.run(*words, at=_PLACE, environment=self.workshop.environment)


def write_sums(files: Sequence[Path], target: Path) -> None:
    """Write SHA256SUMS, as ``sha256sum --check`` reads it."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(files)]
    target.write_text("".join(lines), "utf-8")
