"""The door: its routes, its stamp, setting up with packages made here: no test needs a network."""

import ast
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import desk

SOURCE = Path(desk.__file__)
HOST = getattr(sys, "_base_executable", sys.executable)
SETTINGS = ("PIP", "QT", "PYTHONPATH", "PYTHONUTF8")
METADATA = "Metadata-Version: 2.1\nName: {}\nVersion: 1\n"
TAGS = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
PROJECT = '[build-system]\nrequires = ["tool"]\nbuild-backend = "tool"\n'
BACKEND = f"""
import pathlib, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "jieba-1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        wheel.writestr("jieba.py", "")
        wheel.writestr("jieba-1.dist-info/METADATA", {METADATA.format("jieba")!r})
        wheel.writestr("jieba-1.dist-info/WHEEL", {TAGS!r})
        wheel.writestr("jieba-1.dist-info/RECORD", "")
    return name
"""
ROOM = "import sys, os; print('室', sys.argv[1:], sys.flags.utf8_mode); sys.exit(3)"
PYTEST = "import sys, os; print(sys.argv[1:], os.environ['QT_QPA_PLATFORM'], os.getcwd()); sys.exit(5)"


def wheel(folder: Path, name: str, code: str) -> str:
    """Make a wheel with one module; the line of a lock that asks for it."""
    path = folder / f"{name}-1-py3-none-any.whl"
    about = f"{name}-1.dist-info"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.py", code)
        file.writestr(f"{about}/METADATA", METADATA.format(name))
        file.writestr(f"{about}/WHEEL", TAGS)
        file.writestr(f"{about}/RECORD", "")
    return f"{name}==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def source_jieba(folder: Path) -> str:
    """Make a jieba that has to be built by the tool of the build lock; the line that asks for it."""
    path = folder / "jieba-1.tar.gz"
    with tarfile.open(path, "w:gz") as file:
        for name, text in (("pyproject.toml", PROJECT), ("PKG-INFO", METADATA.format("jieba"))):
            entry = tarfile.TarInfo("jieba-1/" + name)
            entry.size = len(text)
            file.addfile(entry, io.BytesIO(text.encode()))
    return f"jieba==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def lay_out(folder: Path) -> Path:
    """A new checkout with one room and locks of tiny packages, in a folder with an awkward name."""
    root, store = folder / "政策 案头", folder / "store"
    for path in (root / "requirements", root / "content", root / "elsewhere", store):
        path.mkdir(parents=True)
    (root / "desk.py").write_bytes(SOURCE.read_bytes())
    (root / "content" / "__main__.py").write_text(ROOM, "utf-8")
    run = wheel(store, "thing", "") + source_jieba(store)
    locks = {"build": wheel(store, "tool", BACKEND), "run": run, "test": run + wheel(store, "pytest", PYTEST)}
    for name, lines in locks.items():
        (root / "requirements" / f"{name}.txt").write_text(lines, "utf-8")
    return root


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh checkout."""
    return lay_out(tmp_path)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that was set up, for others to be copied from."""
    root = lay_out(tmp_path_factory.mktemp("pattern"))
    assert call(root, "content")[0] == 3
    return root


@pytest.fixture
def installed(pattern: Path, tmp_path: Path) -> Path:
    """A checkout that was set up."""
    root = tmp_path / pattern.name
    shutil.copytree(pattern.parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    stamp = root / ".venv" / "desk-run.stamp"
    stamp.write_bytes(stamp.read_bytes().replace(os.fsencode(pattern), os.fsencode(root), 1))
    return root


def start(root: Path, *words: str, options: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    """Start the door of a checkout from another folder, where neither apt-get nor a network can be had."""
    return subprocess.Popen(
        [HOST, *options, str(root / "desk.py"), *words],
        cwd=root / "elsewhere",
        env={
            **{name: value for name, value in os.environ.items() if name.partition("_")[0] not in SETTINGS},
            **{"PATH": "", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "LC_ALL": "C"},
            "PIP_FIND_LINKS": (root.parent / "store").as_uri(),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def call(root: Path, *words: str, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
    """Run the door to its end: exit code, what the program printed, what the door and pip said."""
    process = start(root, *words, options=options)
    out, said = process.communicate(timeout=120)
    return process.returncode, out, said


ROUTES = {
    "": (["run"], ["desktop"]),
    "--data D": (["run"], ["desktop", "--data", "D"]),
    "desktop --data D": (["run"], ["desktop", "--data", "D"]),
    "content show shanghai-2023 --json": (["run"], ["content", "show", "shanghai-2023", "--json"]),
    "index --help": (["run"], ["index", "--help"]),
    "desktop.notebook list": (["run"], ["desktop.notebook", "list"]),
    "test": (["run", "test"], ["pytest"]),
    "test -k fold -x": (["run", "test"], ["pytest", "-k", "fold", "-x"]),
    "test --package -x": (["run", "test", "package"], ["pytest", "-m", "package", "-x"]),
    str(SOURCE): (["run"], ["desktop", str(SOURCE)]),
    "no-such-room": None,
    "tests": None,
}


@pytest.mark.parametrize("line", ROUTES)
def test_route(line: str) -> None:
    assert desk.route(line.split()) == ROUTES[line]


def test_help_is_chinese_and_names_every_command(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert desk.main(["--help"]) == 0
    told = capfdbinary.readouterr().out.decode("utf-8")
    assert all(word in told for word in ("用法", "desk.py test --package", *desk.ROOMS))


def test_unknown_word_is_one_line_whatever_the_locale() -> None:
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([HOST, str(SOURCE), "读"], env={**os.environ, **environment}, capture_output=True)
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("不认识“读”：")
    assert done.stderr.count(b"\n") == 1


def test_old_python_is_told_what_is_needed() -> None:
    ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 7))
    code = "import sys; sys.version_info = (3, 8, 10); exec(open(sys.argv[1], encoding='utf-8').read())"
    done = subprocess.run([sys.executable, "-c", code, str(SOURCE)], capture_output=True)
    assert done.returncode == 2
    assert (
        done.stderr.decode("utf-8")
        == "政策案头需要 Python 3.11 或更新的版本，这里是 3.8：请换用新的 Python 再运行。\n"
    )


def test_set_up_once_then_add_the_tests_then_start_at_once(checkout: Path) -> None:
    code, out, said = call(checkout, "content", "看", "a b")
    assert (code, out) == (3, "室 ['看', 'a b'] 1\n")
    assert [line.split()[0] for line in said.splitlines()][1:4] == ["建立", "安装构建工具", "安装运行组件"]
    assert {path.name for path in checkout.glob(".venv/**/site-packages/*.py")} == {"thing.py", "jieba.py"}

    code, out, said = call(checkout, "test", "-x")
    assert (code, out) == (5, f"['-x'] offscreen {checkout}\n")
    assert "安装测试组件" in said
    assert "建立" not in said

    assert call(checkout, "test", "-x") == (5, out, "")
    assert call(checkout, "content") == (3, "室 [] 1\n", "")


@pytest.mark.skipif(desk.WINDOWS, reason="a start on Windows waits for its child and so imports subprocess")
def test_later_starts_import_next_to_nothing(installed: Path) -> None:
    code, _, said = call(installed, "content", options=("-S", "-X", "importtime"))
    imported = {line.rpartition("|")[2].strip() for line in said.splitlines()}
    assert code == 3
    assert "os" in imported
    assert not imported & {"subprocess", "venv", "shutil", "tempfile", "hashlib", "typing", "pathlib", "re"}


def half_made(root: Path) -> None:
    (root / ".venv" / "desk-unfinished").touch()
    (root / ".venv" / "desk-run.stamp").unlink()


def gone_python(root: Path) -> None:
    (root / Path(desk.PYTHON).relative_to(desk.ROOT)).unlink()


def moved(root: Path) -> None:
    stamp = root / ".venv" / "desk-run.stamp"
    stamp.write_bytes(stamp.read_bytes().replace(os.fsencode(root), b"/elsewhere", 1))


@pytest.mark.parametrize("harm", [half_made, gone_python, moved])
def test_harm_is_healed(installed: Path, harm: Callable[[Path], None]) -> None:
    (installed / ".venv" / "litter").touch()
    harm(installed)
    code, _, said = call(installed, "content")
    assert (code, "建立 .venv" in said) == (3, True)
    assert not (installed / ".venv" / "litter").exists()
    assert call(installed, "content")[2] == ""


def test_failure_is_told_with_advice_and_tried_again(checkout: Path) -> None:
    lock = checkout / "requirements" / "run.txt"
    right = lock.read_text("utf-8")
    lock.write_text("thing==1 --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    code, out, said = call(checkout, "content")
    assert (code, out) == (1, "")
    assert "DO NOT MATCH THE HASHES" in said
    assert said.splitlines()[-1].startswith("下载的文件与锁定的校验值不符")
    lock.write_text(right, "utf-8")
    assert call(checkout, "content")[0] == 3


def test_failure_to_add_the_tests_leaves_the_program_working(installed: Path) -> None:
    lock = installed / "requirements" / "test.txt"
    lock.write_text("absent==1 --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    assert call(installed, "test")[0] == 1
    assert call(installed, "content") == (3, "室 [] 1\n", "")
    assert not (installed / ".venv" / "desk-unfinished").exists()


def test_nothing_unhashed_is_installed(checkout: Path) -> None:
    (checkout / "requirements" / "run.txt").write_text("thing==1\n", "utf-8")
    code, _, said = call(checkout, "content")
    assert code == 1
    assert "hash" in said.lower()


def test_two_at_once_set_up_one_after_the_other(checkout: Path) -> None:
    both = [start(checkout, "content"), start(checkout, "content")]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [3, 3]
    assert sum("建立 .venv" in text for text in said) == 1


def test_folder_of_somebody_else_is_left_alone(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "letter.txt").write_text("mine", "utf-8")
    code, _, said = call(checkout, "content")
    assert code == 1
    assert "不是本程序建立的" in said
    assert (checkout / ".venv" / "letter.txt").exists()


@pytest.fixture
def stamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that the door of this process takes for its own, with the run lock installed."""
    for name, path in (
        ("ROOT", tmp_path),
        ("VENV", tmp_path / ".venv"),
        ("PYTHON", tmp_path / ".venv/bin/python"),
    ):
        monkeypatch.setattr(desk, name, str(path))
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(HOST)
    (tmp_path / "requirements/run.txt").write_bytes(b"thing==1\n\nother==2\n")
    desk.stamp("run", b"thing==1\n\nother==2\n")
    return tmp_path


def test_stamp_holds(stamped: Path) -> None:
    assert desk.is_fresh("run")
    assert not desk.is_fresh("test")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("requirements/run.txt", b"thing==2\n"),
        ("requirements/run.txt", None),
        (".venv/desk-run.stamp", b""),
        (".venv/desk-run.stamp", b"/somewhere/.venv\n/usr/bin/python3\n\nthing==1\n\nother==2\n"),
        (".venv/desk-run.stamp", None),
        (".venv/bin/python", b"another Python"),
        (".venv/bin/python", None),
    ],
)
def test_stamp_does_not_hold(stamped: Path, path: str, data: bytes | None) -> None:
    (stamped / path).unlink()
    if data is not None:
        (stamped / path).write_bytes(data)
    assert not desk.is_fresh("run")


def test_windows_waits_and_hands_on_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "WINDOWS", True)
    monkeypatch.setattr(desk, "PYTHON", sys.executable)
    assert desk.run(["timeit", "--no-such-option"], testing=False) == 2


def test_windows_leaves_an_interrupt_to_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[KeyboardInterrupt | int] = iter([KeyboardInterrupt(), KeyboardInterrupt(), 4])

    class Child:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            assert env["PYTHONUTF8"] == "1"

        def wait(self) -> int:
            answer = next(answers)
            if isinstance(answer, int):
                return answer
            raise answer

    monkeypatch.setattr(desk, "WINDOWS", True)
    monkeypatch.setattr(subprocess, "Popen", Child)
    assert desk.run(["desktop"], testing=False) == 4


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ],
)
def test_debian_package_of_a_library(library: str, package: str) -> None:
    assert library in desk.LIBRARIES.split()
    assert desk.debian_package(library) == package


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What apt-get is asked for on a Debian that lacks libraries and a font; the font it has not got."""
    asked: list[tuple[str, ...]] = []

    def note(apt: str, *arguments: str) -> bool:
        asked.append(arguments)
        return "fonts-noto-cjk" not in arguments

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(desk, "missing_libraries", lambda: ["libEGL.so.1", "libdbus-1.so.3"])
    monkeypatch.setattr(desk, "has_chinese_font", lambda: False)
    monkeypatch.setattr(desk, "run_apt", note)
    return asked


def test_root_gets_what_is_missing_installed(
    apt: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    desk.check_system()
    install = ("install", "-y", "--no-install-recommends")
    assert apt == [("update",), (*install, "libegl1", "libdbus-1-3"), (*install, "fonts-noto-cjk")]
    assert capfd.readouterr().err.endswith("请稍后运行：apt-get install fonts-noto-cjk\n")


def test_others_are_told_the_command(
    apt: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    desk.check_system()
    assert apt == []
    assert "sudo apt-get install libegl1 libdbus-1-3 fonts-noto-cjk\n" in capfd.readouterr().err


def test_elsewhere_the_libraries_themselves_are_named(
    apt: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    desk.check_system()
    assert apt == []
    assert "libEGL.so.1 libdbus-1.so.3" in capfd.readouterr().err
