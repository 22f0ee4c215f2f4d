"""The one door from a fresh checkout: sets up `.venv` once, then runs or tests the program.

Standard library only. Every start reads this file anew, so only `os` and `sys` are imported at its head; what
setting up needs is imported where it is used. It has to parse on old Pythons, to tell them what is needed.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - a reader with an older Python is told, not shown a traceback
    told = "政策案头需要 Python 3.11 或更新的版本，这里是 {}.{}：请换用新的 Python 再运行。\n"
    sys.stderr.buffer.write(told.format(*sys.version_info).encode("utf-8"))
    sys.exit(2)

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))
UNFINISHED = os.path.join(VENV, "desk-unfinished")
ROOMS = ("content", "index", "desktop", "desktop.notebook")

HELP = """\
政策案头

用法：
  python3 desk.py                      打开程序
  python3 desk.py 文件                 打开程序和这个文件（政策文件，或同事导出的批注 .zip）
  python3 desk.py --data 文件夹        打开程序，笔记放在这个文件夹里
  python3 desk.py content …            文件：列出、查看、检查、导入
  python3 desk.py index …              检索：建立索引、查询
  python3 desk.py desktop …            程序本身，与不写一样
  python3 desk.py desktop.notebook …   笔记本：列出、导出、导入、体检、备份、恢复
  python3 desk.py test [pytest 参数]   运行全部测试
  python3 desk.py test --package       只运行打包测试

Windows 上把 python3 写作 py。content、index、desktop、desktop.notebook 后面加 --help 看详细用法。
第一次运行会在这里建立 .venv 并安装所需的组件；想换一个 Python 或重新安装，删去 .venv 文件夹再运行即可。"""

# What Qt's xcb and offscreen platforms load and its wheels do not bring.
LIBRARIES = """
libEGL.so.1 libGL.so.1 libX11-xcb.so.1 libdbus-1.so.3 libfontconfig.so.1 libglib-2.0.so.0 libxcb-cursor.so.0
libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 libxcb-randr.so.0 libxcb-render-util.so.0
libxcb-render.so.0 libxcb-shape.so.0 libxcb-shm.so.0 libxcb-sync.so.1 libxcb-xfixes.so.0 libxcb-xkb.so.1
libxkbcommon-x11.so.0 libxkbcommon.so.0
"""
FONT_PACKAGE = "fonts-noto-cjk"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_NAMES = """
cjk sourcehan notosanssc notoserifsc wqy uming ukai fandol lxgw droidsansfallback
simsun simhei simfang simkai msyh fangsong kaiti songti heiti
"""

# What pip says when it fails, and what the reader can do about it; the first that fits is told.
ADVICE = (
    ("DO NOT MATCH THE HASHES", "下载的文件与锁定的校验值不符：请换一个 pip 镜像或清空 pip 缓存再运行。"),
    ("No space left", "磁盘空间不够：请腾出约 1 GB 再运行。"),
    ("Permission denied", "没有写入的权限：请把程序放到自己能写的文件夹里再运行。"),
    ("ConnectionError", "连不上软件源：请检查网络，或为 pip 设置可用的镜像再运行。"),
    ("Retrying (", "连不上软件源：请检查网络，或为 pip 设置可用的镜像再运行。"),
    ("No matching distribution", "软件源里没有适合本机的组件：请检查镜像，或换用 64 位 Python 3.11–3.14。"),
    ("", "组件没有装上：请按上面 pip 的说明处理，再运行一次。"),
)

TYPE_CHECKING = False  # typing itself would cost more than all the rest of a start
if TYPE_CHECKING:
    from collections.abc import Iterable


class SetupError(Exception):
    """Why the environment cannot be made: one sentence for the reader."""


def say(text: str, stream: object = None) -> None:
    """Write a line for the reader, in UTF-8 whatever the locale is; a Windows console takes that as it is."""
    out = getattr(stream or sys.stderr, "buffer", None)
    if out is not None:  # pythonw has no streams
        out.write((text + "\n").encode("utf-8", "replace" if WINDOWS else "surrogateescape"))
        out.flush()


def route(words: list[str]) -> tuple[list[str], list[str]] | None:
    """The locks that a command line needs and the words after `python -m`; None if it makes no sense."""
    first = words[0] if words else ""
    if first == "test":
        rest = [word for word in words[1:] if word != "--package"]
        if len(rest) < len(words) - 1:
            return ["run", "test", "package"], ["pytest", "-m", "package", *rest]
        return ["run", "test"], ["pytest", *rest]
    if first in ROOMS:
        return ["run"], words
    if not words or first.startswith("-") or os.path.isfile(first):
        return ["run"], ["desktop", *words]
    return None


def lock_path(name: str) -> str:
    """The file that pins what one use of the program needs."""
    return os.path.join(ROOT, "requirements", name + ".txt")


def stamp_path(name: str) -> str:
    """The file that says which lock was installed, for which checkout and by which Python."""
    return os.path.join(VENV, "desk-" + name + ".stamp")


def read(path: str) -> bytes:
    """The bytes of a file; none if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def is_fresh(name: str) -> bool:
    """Whether a lock is installed as it stands, here, and the Python it was installed for still lives."""
    head, _, installed = read(stamp_path(name)).partition(b"\n\n")
    place, _, base = os.fsdecode(head).partition("\n")
    return (
        place == VENV
        and os.path.lexists(PYTHON)
        and os.path.exists(base)
        and (WINDOWS or os.path.realpath(PYTHON) == base)
        and installed == read(lock_path(name)) != b""
    )


def child_environment(testing: bool) -> dict[str, str]:
    """The program's environment: UTF-8 everywhere, and the rooms found whatever the current folder is."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": ROOT}
    environment.pop("PYTHONHOME", None)
    # Without compiled modules every start would be a tenth of a second longer; git ignores them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if testing:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def run(arguments: list[str], testing: bool) -> int:
    """Become the program; on Windows, which cannot, wait for it and return its exit code."""
    command = [PYTHON, "-P", "-m", *arguments]
    if testing:
        os.chdir(ROOT)
    if not WINDOWS:
        os.execve(PYTHON, command, child_environment(testing))
    import subprocess

    child = subprocess.Popen(command, env=child_environment(testing))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the console has sent it to the child as well, which decides
            continue


class SetupLock:
    """Keeps a second desk.py waiting while the first sets up; it ends with the process, however that ends."""

    def __enter__(self) -> None:
        self.file = open(os.path.join(ROOT, ".venv-lock"), "ab")
        if not self.take(wait=False):
            say("另一个窗口正在准备运行环境，请稍候…")
            while not self.take(wait=True):
                pass

    def take(self, wait: bool) -> bool:
        """Try to get the lock, for as long as the system waits when asked to; whether it was got."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self.file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:  # on Windows, held by another; elsewhere, a file system without locks
            return sys.platform != "win32"
        return True

    def __exit__(self, *exception: object) -> None:
        self.file.close()


def set_up(names: list[str]) -> None:
    """Make the environment hold the named locks, from nothing if it is missing, broken or half-made."""
    import time

    begun = time.monotonic()
    with SetupLock():
        stale = [name for name in names if not is_fresh(name)]
        if not stale:
            return
        anew = "run" in stale or os.path.exists(UNFINISHED)
        if anew:
            say("准备运行环境（只在第一次或更新之后）：")
            make_venv()
            stale = names
        pip = find_pip()
        for name in stale:
            install(pip, name)
        if anew:
            check_system()
        if "package" in stale:
            check_packaging()
    say(f"准备好了，用时 {time.monotonic() - begun:.0f} 秒。")


def make_venv() -> None:
    """An empty `.venv` without pip, which a Debian without python3-venv can make too."""
    import shutil
    import venv

    say("  建立 .venv …")
    if os.path.islink(VENV):
        os.unlink(VENV)
    elif os.path.isdir(VENV):
        if os.listdir(VENV) and not any(map(os.path.exists, (UNFINISHED, os.path.join(VENV, "pyvenv.cfg")))):
            raise SetupError(f"{VENV} 不是本程序建立的：请改名或移走后再运行。")
        shutil.rmtree(VENV)
    os.mkdir(VENV)
    write(UNFINISHED, b"")
    venv.create(VENV, symlinks=not WINDOWS, with_pip=False)


def write(path: str, data: bytes) -> None:
    """Put bytes into a file that is whole or not there."""
    with open(path + ".new", "wb") as file:
        file.write(data)
    os.replace(path + ".new", path)


def base_python() -> str:
    """The interpreter that the environment was made from, which it cannot live without."""
    if not WINDOWS:
        return os.path.realpath(PYTHON)
    settings = read(os.path.join(VENV, "pyvenv.cfg")).decode("utf-8").splitlines()
    return next(line.partition("=")[2].strip() for line in settings if line.startswith("executable"))


def find_pip() -> list[str]:
    """The command that installs into the environment: this Python's pip, or one put there by ensurepip."""
    import subprocess

    def works(*command: str) -> bool:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0

    for host in dict.fromkeys((sys.executable, getattr(sys, "_base_executable", sys.executable))):
        pip = [host, "-m", "pip", "--python", PYTHON]
        if not host.startswith(VENV + os.sep) and works(*pip, "--version"):
            return pip
    if works(PYTHON, "-m", "ensurepip", "--default-pip"):
        return [PYTHON, "-m", "pip"]
    raise SetupError(
        "这个 Python 没有 pip：请先安装（Debian、Ubuntu 上是 apt-get install python3-pip），再运行一次。"
    )


def install(pip: list[str], name: str) -> None:
    """Install one lock and stamp it. jieba is published as source: setuptools, locked as well, builds it."""
    import tempfile

    write(UNFINISHED, b"")
    lock = read(lock_path(name))
    if name == "run":
        with tempfile.TemporaryDirectory(prefix="desk-") as tools:
            run_pip(pip, "build", "构建工具", target=tools)
            run_pip(pip, "run", "运行组件", tools=tools)
    else:
        run_pip(pip, name, {"test": "测试组件", "package": "打包组件"}[name])
    stamp(name, lock)
    os.unlink(UNFINISHED)


def stamp(name: str, lock: bytes) -> None:
    """Note that a lock is installed, as `is_fresh` reads it."""
    write(stamp_path(name), os.fsencode(f"{VENV}\n{base_python()}\n\n") + lock)


def run_pip(pip: list[str], name: str, title: str, target: str = "", tools: str = "") -> None:
    """Install a lock: nothing that is not pinned and hashed, built with nothing but the tools in a folder."""
    import subprocess

    say(f"  安装{title} …")
    command = [*pip, "install", "--require-hashes", "--no-build-isolation", "--progress-bar", "off"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:", "--no-binary", "jieba"]
    command += ["-r", lock_path(name)] + (["--target", target] if target else [])
    process = subprocess.Popen(
        command,
        env=pip_environment(tools),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with process:
        output = follow(process.stdout or ())
    if process.returncode:
        if name != "run" and "Installing collected packages" not in output:
            os.unlink(UNFINISHED)  # nothing was touched: what was installed before still works
        say("\n".join("  | " + line[:300] for line in output.splitlines()[-8:]))
        raise SetupError(next(advice for sign, advice in ADVICE if sign in output))


def pip_environment(tools: str) -> dict[str, str]:
    """The reader's own pip settings, less those that would install elsewhere than into the environment."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", "PIP_USER": "0"}
    environment["PIP_USE_PEP517"] = "1"  # a variable, for a pip that no longer knows it passes over it
    for unwanted in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
        environment.pop(unwanted, None)
    site = os.path.join(sys.prefix, "pip.ini" if WINDOWS else "pip.conf")
    if os.path.isfile(site):  # this Python's own settings, which its pip overlooks when it serves another
        environment.setdefault("PIP_CONFIG_FILE", site)
    return {**environment, "PYTHONPATH": tools} if tools else environment


def follow(lines: "Iterable[str]") -> str:
    """All that pip says; on a terminal one line shows what it is at."""
    said = []
    terminal = sys.stderr if sys.stderr and sys.stderr.isatty() else None
    for line in lines:
        said.append(line)
        words = line.split()
        if terminal and len(words) > 1 and words[0] in ("Collecting", "Downloading", "Building"):
            print("\r    " + words[1].rpartition("/")[2][:60].ljust(60), end="", file=terminal, flush=True)
    if terminal:
        print("\r" + " " * 64, end="\r", file=terminal, flush=True)
    return "".join(said)


def check_system() -> None:
    """Name the system libraries and the Chinese font that are missing; as root on Debian, install them."""
    import shutil

    if sys.platform != "linux":
        return
    packages = [debian_package(library) for library in missing_libraries()]
    fonts = [] if has_chinese_font() else [FONT_PACKAGE]
    if not packages and not fonts:
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        say("  安装系统库与中文字体：" + " ".join(packages + fonts) + " …")
        run_apt(apt, "update")
        for wanted in filter(None, (packages, fonts)):
            if not run_apt(apt, "install", "-y", "--no-install-recommends", *wanted):
                say("  没有装上，窗口可能打不开或没有汉字。请稍后运行：apt-get install " + " ".join(wanted))
    elif apt:
        say("  缺少系统库或中文字体，请管理员运行：sudo apt-get install " + " ".join(packages + fonts))
    else:
        say("  缺少系统库或中文字体，请用系统的软件管理器安装：" + " ".join(missing_libraries() + fonts))


def check_packaging() -> None:
    """See that PyInstaller has binutils and a shared libpython, or the lock counts as not installed."""
    import shutil

    if can_package():
        return
    apt = shutil.which("apt-get")
    wanted = ["binutils"]
    fault = "打包还缺系统组件：请用系统的软件管理器安装 binutils 和 Python 的共享库，再运行一次。"
    if base_python().startswith("/usr/bin/python3."):
        wanted.append("lib" + os.path.basename(base_python()))
    elif shutil.which("objdump"):
        fault = "这个 Python 没有共享库，不能打包：请删去 .venv，换用系统自带的 python3 再运行一次。"
        apt = None
    if apt and os.geteuid() == 0:
        say("  安装打包所需的系统组件：" + " ".join(wanted) + " …")
        run_apt(apt, "update")
        if run_apt(apt, "install", "-y", "--no-install-recommends", *wanted) and can_package():
            return
    os.unlink(stamp_path("package"))
    if apt:
        fault = f"打包还缺系统组件：请管理员运行 sudo apt-get install {' '.join(wanted)}，再运行一次。"
    raise SetupError(fault)


def can_package() -> bool:
    """Whether PyInstaller finds what it needs of the system."""
    import subprocess

    script = "from PyInstaller.depend.bindepend import get_python_library_path as find; find()"
    return subprocess.run([PYTHON, "-c", script], capture_output=True).returncode == 0


def debian_package(library: str) -> str:
    """The Debian package of a shared library, by the rule that names such packages; glib alone breaks it."""
    name, _, version = library.lower().replace("glib-2.0", "glib2.0").partition(".so.")
    return name + ("-" if name[-1].isdigit() else "") + version


def missing_libraries() -> list[str]:
    """The shared libraries that a process of the environment cannot load."""
    import subprocess

    script = (
        "import ctypes, sys\nfor name in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(name)\n    except OSError: print(name)"
    )
    done = subprocess.run([PYTHON, "-c", script, *LIBRARIES.split()], capture_output=True, text=True)
    return done.stdout.split()


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters is installed, as fontconfig or else the file names tell."""
    import shutil
    import subprocess

    if shutil.which("fc-list"):
        return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())
    for folder in map(os.path.expanduser, FONT_FOLDERS):
        for _, _, files in os.walk(folder):
            if any(name in file.lower() for file in files for name in FONT_NAMES.split()):
                return True
    return False


def run_apt(apt: str, *arguments: str) -> bool:
    """Run apt-get without questions; whether it went well."""
    import subprocess

    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [apt, "-q", "-o", "DPkg::Lock::Timeout=120", *arguments]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode == 0


def main(words: list[str]) -> int:
    """Do what the command line asks; the exit code, on Windows or when nothing was started."""
    if words and words[0] in ("-h", "--help"):
        say(HELP, sys.stdout)
        return 0
    asked = route(words)
    if asked is None:
        say(f"不认识“{words[0]}”：不是文件，也不是 content、index、desktop、test；用法见 desk.py --help")
        return 2
    names, arguments = asked
    try:
        if not all(map(is_fresh, names)):
            set_up(names)
        return run(arguments, testing=arguments[0] == "pytest")
    except SetupError as error:
        say(str(error))
    except ImportError as error:
        say(f"这个 Python 不完整（缺少 {error.name}）：请安装完整的 Python 3.11–3.14 再运行。")
    except OSError as error:
        say(f"运行环境没有建成（{error}）：请关闭正在运行的政策案头，确认这个文件夹可以写入，再运行一次。")
    except KeyboardInterrupt:
        say("\n已停止；下次运行会重新准备。")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
