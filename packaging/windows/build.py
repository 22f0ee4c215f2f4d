"""build.py: makes the packages for Windows, on Windows with python.org's 64-bit Python 3.11 and, for the installer, NSIS.

    py -3.11 packaging\\windows\\build.py

Leaves in dist\\windows the portable zip, the installer and their SHA-256 sums. `--program FOLDER` takes a folder that
build.spec has made already; `build-under-wine` does so.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from runpy import run_path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / "dist" / "windows"
WORK = ROOT / "build" / "windows"
NSIS_FOLDERS = ("C:/Program Files (x86)/NSIS", "C:/Program Files/NSIS")
PORTABLE_NOTE = """\
政策案头 便携版

双击 policy-desk.exe 打开。不用安装，不联网；可以放在 U 盘上。
批注、会议、台账和设置都在本文件夹的 data 里，整个文件夹可以搬走。
更新：关闭程序，删去 _internal 和两个 exe，放进新版的，data 原样留着。
命令行：policy-desk-cli.exe --help
"""


class BuildError(Exception):
    """Why there is no package: one sentence."""


def freeze() -> Path:
    """Set up .venv with the locked packages and run build.spec in it; the program's folder."""
    if sys.platform != "win32" or sys.version_info[:2] != (3, 11) or sys.maxsize < 2**32:
        raise BuildError(
            "请在 Windows 上用 python.org 的 64 位 Python 3.11 运行：py -3.11 packaging\\windows\\build.py"
        )
    sys.path.insert(0, str(ROOT))
    import desk

    try:
        desk.set_up(["run", "package"])
    except desk.SetupError as error:
        raise BuildError(str(error)) from error
    command = [
        desk.PYTHON,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--distpath",
        str(WORK),
        "--workpath",
        str(WORK / "work"),
    ]
    subprocess.run([*command, str(ROOT / "build.spec")], check=True, cwd=ROOT, env=steady_environment())
    return WORK / "policy-desk"


def steady_environment() -> dict[str, str]:
    """The environment in which the same sources give the same bytes."""
    return {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment())}


def moment() -> int:
    """The time written into what is made, in seconds since 1970: SOURCE_DATE_EPOCH, or the last commit's, or now."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    git = shutil.which("git")
    asked = [git or "", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, capture_output=True, text=True) if git else None
    return int(done.stdout) if done and done.stdout.strip() else int(datetime.now(UTC).timestamp())


def files(program: Path) -> Iterator[Path]:
    """All files of the program, always in the same order."""
    yield from sorted((path for path in program.rglob("*") if path.is_file()), key=Path.as_posix)


def size(program: Path) -> int:
    """The bytes of all its files."""
    return sum(path.stat().st_size for path in files(program))


def set_times(program: Path, seconds: int) -> None:
    """Give every file the same time, which the installer keeps."""
    for path in files(program):
        os.utime(path, (seconds, seconds))


def make_portable(program: Path, target: Path, seconds: int) -> None:
    """A zip of one folder: the program, an empty folder for the notebook, and a page that says how to use it."""
    date = datetime.fromtimestamp(seconds, UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(f"policy-desk/{name}", date)
            entry.create_system = 0  # as made on Windows, wherever that is done
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)

        add("data/", b"")
        add("便携版说明.txt", PORTABLE_NOTE.replace("\n", "\r\n").encode("utf-8-sig"))
        for path in files(program):
            add(path.relative_to(program).as_posix(), path.read_bytes())


def find_nsis() -> str | None:
    """The command that makes installers."""
    return shutil.which("makensis", path=os.pathsep.join((os.environ.get("PATH", ""), *NSIS_FOLDERS)))


def make_installer(nsis: str, program: Path, target: Path, version: str) -> None:
    """The installer, by installer.nsi."""
    values = {"VERSION": version, "PROGRAM": program, "TARGET": target, "KILOBYTES": size(program) // 1024}
    defines = [f"-D{name}={value}" for name, value in values.items()]
    command = [nsis, "-V2", "-INPUTCHARSET", "UTF8", *defines, str(HERE / "installer.nsi")]
    subprocess.run(command, check=True, env=steady_environment())


def write_sums(packages: list[Path]) -> None:
    """SHA-256 sums beside the packages, as `sha256sum -c` reads them."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in packages]
    (packages[0].parent / "SHA256SUMS").write_text("".join(lines), "utf-8", newline="\n")


def make_packages(program: Path) -> list[Path]:
    """The zip, the installer where NSIS is there, and their sums."""
    version: str = run_path(str(ROOT / "desktop" / "version.py"))["VERSION"]
    OUT.mkdir(parents=True, exist_ok=True)
    name = f"policy-desk-{version}-windows-x64"
    portable, setup = OUT / f"{name}-portable.zip", OUT / f"{name}-setup.exe"
    set_times(program, moment())
    make_portable(program, portable, moment())
    packages = [portable]
    nsis = find_nsis()
    if nsis:
        make_installer(nsis, program, setup, version)
        packages.append(setup)
    else:
        print("没有找到 NSIS（makensis），没有生成安装程序。")
    write_sums(packages)
    return packages


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path)
    wanted = parser.parse_args()
    try:
        program = wanted.program or freeze()
        packages = make_packages(program.resolve())
    except (BuildError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    print(f"{size(program) / 1e6:6.1f} MB  {program}")
    for path in packages:
        print(f"{path.stat().st_size / 1e6:6.1f} MB  {path}")


if __name__ == "__main__":
    main()
