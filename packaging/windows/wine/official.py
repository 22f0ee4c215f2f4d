"""An official at a Chinese Windows, as Wine gives it: a name with Chinese and a space, code page 936, a desktop in OneDrive.

Wine's own C runtime is hidden, so that only what a package brings counts. For root inside the Debian root (make-root).
"""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

USER = "张三 李四"
NUMBER = 1001
HOME = Path("/home", USER)
DRIVE = HOME / ".wine" / "drive_c"
PROFILE = DRIVE / "users" / USER
CLOUD = "OneDrive - 上海市某某区营商环境工作领导小组办公室"
FOLDERS_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
RUNTIME = "vcruntime140,vcruntime140_1,msvcp140,msvcp140_1,msvcp140_2"
DISPLAY = ":35"
SECONDS = 60


class Failure(Exception):
    """What was not as it should be."""


def expect(fact: object, sentence: str) -> None:
    """Fail with a sentence unless something is so."""
    if not fact:
        raise Failure(sentence)


def wait_until(is_so: Callable[[], object], sentence: str, seconds: float = SECONDS) -> None:
    """Wait for something to become so."""
    until = time.monotonic() + seconds
    while not is_so():
        expect(time.monotonic() < until, f"{sentence}（等了 {seconds:.0f} 秒）")
        time.sleep(0.3)


def environment(locale: str) -> dict[str, str]:
    """The environment of the user."""
    return {
        **{"HOME": str(HOME), "USER": USER, "LOGNAME": USER, "PATH": "/usr/bin:/bin", "DISPLAY": DISPLAY},
        **{"LC_ALL": locale, "WINEDEBUG": "-all", "WINEDLLOVERRIDES": f"mscoree,mshtml=;{RUNTIME}=n"},
    }


def start(*words: str | Path, locale: str = "zh_CN.UTF-8", heard: bool = True) -> "subprocess.Popen[bytes]":
    """Start a command as the user; Wine wants pipes."""
    return subprocess.Popen(
        words,
        env=environment(locale),
        cwd=HOME,
        user=NUMBER,
        group=NUMBER,
        extra_groups=[],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if heard else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def run(*words: str | Path, given: bytes = b"", locale: str = "zh_CN.UTF-8") -> tuple[int, bytes]:
    """Run a command as the user to its end; exit code and what it printed."""
    process = start(*words, locale=locale)
    try:
        printed = process.communicate(given, timeout=SECONDS * 3)[0]
    finally:
        process.kill()
    return process.returncode, printed


def windows(program: Path, *words: str) -> tuple[int, str]:
    """Run a program of Windows to its end."""
    code, printed = run("wine", program, *words)
    return code, printed.decode("utf-8", "replace")


def keys(*names: str, pause: float = 0.6) -> None:
    """Press keys one after another."""
    for name in names:
        run("xdotool", "key", name, locale="C.UTF-8")
        time.sleep(pause)


def paste(text: str) -> None:
    """Put text into the clipboard and press Ctrl+V."""
    # It stays behind, to hand the text out, and would hold a pipe open.
    holder = start("xclip", "-selection", "clipboard", "-in", locale="C.UTF-8", heard=False)
    holder.communicate(text.encode("utf-8"), timeout=SECONDS)
    time.sleep(0.4)
    keys("ctrl+v", pause=1.2)


def is_shown(title: str) -> bool:
    """Whether a window whose title matches is on the screen."""
    return run("xdotool", "search", "--onlyvisible", "--name", title, locale="C.UTF-8")[0] == 0


def picture(folder: Path, name: str) -> None:
    """Keep what is on the screen."""
    run("scrot", "-o", "/tmp/screen.png", locale="C.UTF-8")
    (folder / f"{name}.png").write_bytes(Path("/tmp/screen.png").read_bytes())


def registry(key: str, name: str) -> str:
    """A value of the registry; nothing if it is not there."""
    code, printed = run("wine", "reg", "query", key, "/v", name)
    return "" if code else printed.decode("gbk").strip().splitlines()[-1].split("    ")[-1].strip()


def prepare() -> None:
    """A user with a Chinese name, a screen, and a Windows whose desktop and documents are in OneDrive."""
    with Path("/etc/passwd").open("r+", encoding="utf-8") as users:
        if f"{USER}:" not in users.read():
            users.write(f"{USER}:x:{NUMBER}:{NUMBER}::{HOME}:/bin/bash\n")
    subprocess.run(["rm", "-rf", HOME], check=True)
    HOME.mkdir()
    os.chown(HOME, NUMBER, NUMBER)
    subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x820x24", "-ac"], stderr=subprocess.DEVNULL)
    time.sleep(2)
    start("openbox", locale="C.UTF-8")
    # The server itself is started without the locale: it decides what names on the disk look like.
    run("wineboot", "--init", locale="C.UTF-8")
    for name, folder in (("Desktop", "桌面"), ("Personal", "文档")):
        (PROFILE / CLOUD / folder).mkdir(parents=True)
        place = f"%USERPROFILE%\\{CLOUD}\\{folder}"
        windows(Path("reg"), "add", FOLDERS_KEY, "/v", name, "/t", "REG_EXPAND_SZ", "/d", place, "/f")
    subprocess.run(["chown", "-R", str(NUMBER), PROFILE / CLOUD], check=True)
