"""What the drive under a folder can do: a network drive shares no memory between machines, and some cannot lock."""

import os
import shutil
import sys
from pathlib import Path

_REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "davfs", "ceph", "glusterfs")
"""File systems of other machines, by their names in /proc/mounts."""
_REMOTE_FUSE = ("fuse.sshfs", "fuse.smbnetfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone")
_LEAST_BYTES = 64 * 1024
_DRIVE_REMOTE = 4
"""DRIVE_REMOTE of the Windows function GetDriveTypeW."""


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on another machine, as far as the system tells."""
    if sys.platform == "win32":
        import ctypes

        path = str(folder.resolve())
        root = path if path.startswith("\\\\") else f"{folder.resolve().drive}\\"
        return path.startswith("\\\\") or bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)
    return _file_system(folder.resolve()) in (*_REMOTE, *_REMOTE_FUSE)


def can_lock(folder: Path) -> bool:
    """Whether files in a folder can be locked; tried on a file that is gone afterwards. Raises OSError."""
    if sys.platform == "win32":
        return True
    import fcntl

    probe = folder / f".{os.urandom(8).hex()}.tmp"
    with probe.open("xb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            probe.unlink()
    return True


def is_full(folder: Path) -> bool:
    """Whether there is no room in a folder for as much as SQLite needs to open a file."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_BYTES
    except OSError:
        return False


def _file_system(folder: Path) -> str:
    """The name of the file system a folder is on; empty where the system does not tell."""
    best, name = -1, ""
    try:
        lines = Path("/proc/mounts").read_text("utf-8", "replace").strip("\n").split("\n")
    except OSError:
        return ""
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        mount = (
            place.encode().decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace")
        )
        # Of two in one place, as automounters make them, the later hides the other.
        if folder.is_relative_to(mount) and len(mount) >= best:
            best, name = len(mount), kind
    return name
