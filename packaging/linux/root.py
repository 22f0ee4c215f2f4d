"""A small Debian of a given release in a folder, and commands run inside it.

Nothing stays mounted: each command has mounts and processes of its own, which end with it.
"""

import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from linux import host
from linux.steps import command

_PLAIN = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
_KERNEL = ("mount -t proc proc proc", "mount --rbind /dev dev", "mount -t tmpfs tmpfs tmp")
_UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Root:
    """A Debian release in a folder."""

    folder: Path
    release: str

    def make(self, packages: Sequence[str], sources: str = "") -> None:
        """Fill the folder, unless that was done before; ``sources`` is a release whose source packages can be had."""
        mark = self.folder.with_name(f"{self.folder.name}-{_UNFINISHED}")
        if self.folder.exists() and not mark.exists():
            return
        if self.folder.exists():
            shutil.rmtree(self.folder)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        command("debootstrap", "--variant=minbase", self.release, self.folder, host.mirror())
        self.write("etc/apt/sources.list", self._archives(sources))
        self.write("etc/apt/apt.conf.d/99host", host.apt_settings())
        self.run("apt-get", "-q", "update")
        self.run("apt-get", "-qy", "upgrade")
        self.install(packages)
        mark.unlink()

    def install(self, packages: Sequence[str]) -> None:
        """Install packages of the release."""
        self.run("apt-get", "-qy", "install", *packages)

    def write(self, place: str, text: str) -> None:
        """Write a text file inside."""
        path = self.outside(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def outside(self, place: str | Path) -> Path:
        """Where a place inside is found from outside."""
        return self.folder / str(place).lstrip("/")

    def bring(self, file: Path, place: str) -> None:
        """Copy a file of the host to a place inside."""
        shutil.copyfile(file, self.outside(place))

    @property
    def plain(self) -> dict[str, str]:
        """The environment of a command inside: nothing of the host's but its proxies."""
        return {**_PLAIN, **host.proxies()}

    def run(
        self,
        *words: str,
        environment: Mapping[str, str] | None = None,
        at: str = "/",
        shown: Mapping[Path, str] | None = None,
        alone: Sequence[str] = (),
    ) -> str:
        """Run a command inside as its root, in a folder of it; what it printed. Raises StepFailed."""
        variables = {**self.plain, **(environment or {})}
        return command(
            *self.entering(words, at, shown, alone), environment=variables, told=shlex.join(words)[:200]
        )

    def entering(
        self,
        words: Sequence[str],
        at: str = "/",
        shown: Mapping[Path, str] | None = None,
        alone: Sequence[str] = (),
    ) -> list[str]:
        """The command that runs a command inside.

        ``shown`` are more files of the host and where they are seen, ``alone`` more options of unshare.
        """
        places = {path: str(path) for path in host.network_files()} | dict(shown or {})
        mounts = [self._mounting(path, place) for path, place in places.items()]
        inner = f"cd {shlex.quote(at)} && exec {shlex.join(words)}"
        script = [f"cd {shlex.quote(str(self.folder))}", *_KERNEL, *mounts]
        script.append(f"exec chroot . /bin/sh -c {shlex.quote(inner)}")
        own = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
        return [*own, *alone, "sh", "-euc", "\n".join(script)]

    def _mounting(self, path: Path, place: str) -> str:
        """The shell line that shows a file of the host inside, where a file or folder is made to lay it on."""
        target = shlex.quote(place.lstrip("/"))
        parent = shlex.quote(str(Path(place).parent).lstrip("/"))
        made = f"mkdir -p {target}" if path.is_dir() else f"mkdir -p {parent} && touch {target}"
        return f"{{ [ -e {target} ] || {{ {made}; }}; }} && mount --bind {shlex.quote(str(path))} {target}"

    def _archives(self, sources: str) -> str:
        main, security = host.mirror(), host.mirror(security=True)
        lines = [f"deb {main} {self.release} main", f"deb {security} {self.release}-security main"]
        if sources:
            lines.append(f"deb-src {main} {sources} main")
        return "\n".join([*lines, ""])
