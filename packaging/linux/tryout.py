"""try: installs the Linux packages in bare Debian roots and uses them there as an official would; on Debian as root.

What it needs beside Python and pip: debootstrap, Xvfb, openbox, xdotool, ImageMagick. Pictures and what was found go to
``build/linux/tried``.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from linux.offline import check_offline
from linux.packages import DEPENDS
from linux.person import Desk, Person
from linux.root import Root
from linux.screen import Screen, screen
from linux.steps import CHECKOUT, StepFailed, timed

RELEASES = ("bullseye", "bookworm")
_DESKTOP = ("desktop-file-utils", "fonts-noto-cjk", "libglib2.0-bin", "shared-mime-info", "xz-utils")
"""More of what every desktop has: what the package does not need, but its menu entry and its users do."""
_KIND = "application/vnd.policy-desk.notes+zip"
QUERY, NOTE = "营商环境", "请张江的同志核实：办理时限"


def main(arguments: list[str] | None = None) -> int:
    """Try the packages; the exit code."""
    parser = argparse.ArgumentParser(prog="try", description=__doc__)
    parser.add_argument("--packages", type=Path, default=CHECKOUT / "dist", help="where the packages are")
    parser.add_argument(
        "--root", type=Path, default=CHECKOUT / "build" / "linux", help="keeps the Debian roots"
    )
    wanted = parser.parse_args(arguments)
    if os.geteuid():
        print("try: only root can make a Debian in a folder", file=sys.stderr)
        return 2
    try:
        with timed("everything"), screen() as shown:
            for release in RELEASES:
                try_release(wanted.root.resolve(), release, wanted.packages.resolve(), shown)
    except StepFailed as failure:
        print(f"try: {failure}", file=sys.stderr)
        return 1
    return 0


def try_release(roots: Path, release: str, packages: Path, shown: Screen) -> None:
    """Install and use both packages in one release. Raises StepFailed at the first thing that is not as it should be."""
    root = Root(roots / f"try-{release}", release)
    with timed(f"a bare root of {release} with what every desktop has"):
        root.make([*(name.split()[0] for name in DEPENDS), *_DESKTOP, "strace"])
    [deb], [archive] = packages.glob("*.deb"), packages.glob("*.tar.xz")
    pictures = roots / "tried" / release
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    person = Person.new(root)
    with timed(f"{release}: the .deb installed, used, removed"):
        try_deb(Desk(person, "/usr/bin/policy-desk", shown, pictures / "deb"), deb)
    with timed(f"{release}: the .tar.xz unpacked, used, replaced"):
        try_archive(Desk(person, "", shown, pictures / "archive"), archive)


def try_deb(desk: Desk, deb: Path) -> None:
    """Install with dpkg, use, prove offline, remove; nothing is left but the notebook."""
    root = desk.person.root
    root.bring(deb, "/mnt/policy-desk.deb")
    root.run("dpkg", "--install", "/mnt/policy-desk.deb")
    installed = [
        line for line in root.run("dpkg", "--listfiles", "policy-desk").splitlines() if "policy-desk" in line
    ]
    check_association(desk.person)
    notebook = desk.person.home / ".local/share/policy-desk/notebook.sqlite3"
    use(desk, notebook)
    check_offline(desk, QUERY)
    root.run("dpkg", "--purge", "policy-desk")
    left = [line for line in installed if root.outside(line).exists()]
    if left:
        raise StepFailed(f"left behind: {left}")
    desk.expect_note(notebook, NOTE)


def try_archive(desk: Desk, archive: Path) -> None:
    """Unpack as an ordinary user, use, unpack again over it as an update does; the notebook stays."""
    person = desk.person
    place = person.home / "U 盘"
    person.bring(archive, place / "政策案头.tar.xz")
    unpack = ("tar", "-C", str(place), "-xf", str(place / "政策案头.tar.xz"))
    person.run(*unpack)
    [folder] = [path for path in person.root.outside(place).iterdir() if path.is_dir()]
    desk = Desk(person, str(place / folder.name / "policy-desk"), desk.screen, desk.pictures)
    notebook = place / folder.name / "data" / "notebook.sqlite3"
    use(desk, notebook)
    person.run(*unpack)
    desk.expect_note(notebook, NOTE)
    desk.look_again("updated")


def check_association(person: Person) -> None:
    """Raise StepFailed unless the desktop opens notes with the program, and offers it for any .zip as they are one.

    GNOME's library knows them as no more than a .zip, since it goes by that ending alone; Qt's knows them.
    """
    for kind in (_KIND, "application/zip"):
        if "policy-desk.desktop" not in person.run("gio", "mime", kind):
            raise StepFailed(f"the program is not offered for {kind}")


def use(desk: Desk, notebook: Path) -> None:
    """Start, search, write a note, leave, come back; the note is there."""
    desk.start()
    desk.keep_picture("1-started")
    desk.search(QUERY)
    desk.keep_picture("2-searched")
    desk.annotate(NOTE)
    desk.keep_picture("3-annotated")
    desk.leave()
    desk.expect_note(notebook, NOTE)
    desk.look_again("4-started-again")


if __name__ == "__main__":
    sys.exit(main())
