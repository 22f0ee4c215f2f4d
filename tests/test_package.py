"""The packaged program: made with build.spec, then run where neither Python nor the checkout can be found."""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from content.library import Library
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.store import Notebook
from desktop.support.licences import from_json

pytestmark = pytest.mark.package

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "tests" / "content" / "samples").glob("*.txt"))
LINUX = sys.platform == "linux"
SUFFIX = ".exe" if sys.platform == "win32" else ""
SIZE = (1280, 720)
NOBODY = 65534
SECONDS = 60
OURS = ("python", "Qt6", "PySide", "pyside", "shiboken", "libicu")
"""What the names of files begin with, after ``lib``, that the program must bring itself."""

linux_only = pytest.mark.skipif(not LINUX, reason="reads /proc")


@dataclass(frozen=True)
class Desk:
    """A packaged program and somebody who runs it: a home of one's own, nothing else that helps."""

    program: Path
    home: Path
    user: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        """An environment without a way to Python, Qt or the checkout."""
        names = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        homes = dict.fromkeys(("HOME", "USERPROFILE"), str(self.home))
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.home / "临时"))
        return {**kept, **homes, **temporary, "PATH": "", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}

    def start(self, *words: str | Path, **variables: str) -> "subprocess.Popen[str]":
        """Start it from its home."""
        return subprocess.Popen(
            [self.program, *words],
            cwd=self.home,
            env={**self.environment, **variables},
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *words: str | Path, **variables: str) -> str:
        """Run it to its end, which must be a good and quiet one; what it printed."""
        with self.start(*words, **variables) as process:
            try:
                out, said = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
        assert (process.returncode, said) == (0, "")
        return out

    def picture(self, *words: str | Path, **variables: str) -> bytes:
        """The PNG that it makes of its window; the data folder is 数据 unless the words say otherwise."""
        asked = ["--data", "数据", "--size", "{}x{}".format(*SIZE), "--screenshot", "图.png"]
        self.run(*asked, *words, **variables)
        return (self.home / "图.png").read_bytes()


def look(folder: Path) -> dict[str, tuple[int, int]]:
    """Everything in a folder with its size and the time of its last change."""
    files = {path.relative_to(folder).as_posix(): path.lstat() for path in [folder, *folder.rglob("*")]}
    return {name: (status.st_size, status.st_mtime_ns) for name, status in files.items()}


def size(png: bytes) -> tuple[int, ...]:
    """Width and height, as a PNG's header tells them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">2I", png[16:24])


def wait_for(path: Path) -> None:
    """Wait until a file is there."""
    until = monotonic() + SECONDS
    while not path.exists():
        assert monotonic() < until, path
        sleep(0.05)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user can enter, with an awkward name."""
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        Path(folder).chmod(0o755)
        inner = Path(folder, "程序 文件")
        inner.mkdir()
        yield inner


@pytest.fixture(scope="module")
def program(place: Path, pytestconfig: pytest.Config) -> Path:
    """The executable: of the folder that was given, or built from the checkout."""
    if built := pytestconfig.getoption("--built"):
        shutil.copytree(built, place / "policy-desk", symlinks=True)
        return place / "policy-desk" / f"policy-desk{SUFFIX}"
    work = place.with_name("build")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", str(ROOT / "build.spec")]
    done = subprocess.run(
        [*command, "--distpath", str(place), "--workpath", str(work)],
        env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(work)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shutil.rmtree(work)
    return place / "policy-desk" / f"policy-desk{SUFFIX}"


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty home with an awkward name, in a folder that every user can enter."""
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        Path(folder).chmod(0o755)
        inner = Path(folder, "张三 的家")
        (inner / "临时").mkdir(parents=True)
        yield inner


@pytest.fixture
def desk(program: Path, home: Path) -> Desk:
    """The program as it is run by who made it."""
    return Desk(program, home)


@pytest.fixture
def stranger(program: Path, home: Path) -> Desk:
    """The program as it is run by somebody who may only read it."""
    if not LINUX or os.geteuid():
        pytest.skip("only root can be somebody else")
    for path in (home, *home.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    return Desk(program, home, NOBODY)


def test_starts_in_an_empty_home_and_leaves_its_own_folder_alone(desk: Desk) -> None:
    before = look(desk.program.parent)
    report = json.loads(desk.run("--data", "数据", "--startup-report"))
    assert 0 < report["first_paint_ms"] < report["searchable_ms"]
    assert report["rss_mb"] > 0
    assert (desk.home / "数据/notebook.sqlite3").is_file()
    assert {path.name for path in desk.home.iterdir()} == {"数据", "临时"}
    assert list((desk.home / "临时").iterdir()) == []
    assert look(desk.program.parent) == before


@linux_only
def test_default_data_folder_follows_the_desktop_standard(desk: Desk) -> None:
    desk.run("--startup-report")
    assert (desk.home / ".local/share/policy-desk/notebook.sqlite3").is_file()
    desk.run("--startup-report", XDG_DATA_HOME=str(desk.home / "数据"))
    assert (desk.home / "数据/policy-desk/notebook.sqlite3").is_file()


def test_it_passes_its_own_test(desk: Desk) -> None:
    told = desk.run("--self-test", QT_QPA_PLATFORM="")
    *lines, last = told.splitlines()
    assert [line for line in lines if not line.startswith("√ ")] == []
    assert len(lines) > 25
    assert last.startswith("自检通过")
    assert {path.name for path in desk.home.iterdir()} == {"临时"}
    assert list((desk.home / "临时").iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("search", "一件事"),
        ("index", "search", "--json", "没有这样的话没有"),
        ("content", "list"),
        ("content", "text", "shanghai-2023"),
        ("content", "check"),
    ],
    ids=" ".join,
)
def test_commands_print_as_they_do_from_source(desk: Desk, words: tuple[str, ...]) -> None:
    room = ["index"] if words[0] == "search" else []
    command = [sys.executable, "-m", *room, *words]
    own = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    untimed = re.compile(r'"took_ms":[\d.]+')
    assert untimed.sub("", desk.run(*words)) == untimed.sub("", own.stdout)


def test_everything_inside_is_listed_with_its_licence(program: Path) -> None:
    [made] = program.parent.rglob("components.json")
    found = {one.name: one for one in from_json(made.read_text("utf-8"))}
    assert {"Qt", "PySide6_Essentials", "shiboken6", "Python", "lxml", "jieba", "pyinstaller"} <= found.keys()
    assert [one.name for one in found.values() if not one.text.strip() or not one.source] == []


def test_a_second_start_hands_over_to_the_first(desk: Desk) -> None:
    with desk.start("--data", "数据") as first:
        try:
            wait_for(desk.home / "数据/notebook.sqlite3")
            assert desk.run("--data", "数据", "二（三）3") == ""
            assert first.poll() is None
        finally:
            first.kill()
    desk.run("--data", "数据", "--startup-report")


def test_pictures_show_what_was_asked_for(desk: Desk) -> None:
    asked = ((), ("--search", "一件事"), ("--at", "2.3.3"))
    pictures = [desk.picture(*words) for words in asked]
    assert [size(picture) for picture in pictures] == [SIZE] * 3
    assert len(set(pictures)) == 3


def test_a_note_made_from_the_checkout_is_shown(desk: Desk) -> None:
    document = Library().document("shanghai-2023")
    folder = desk.home / "随身 数据"
    empty = desk.picture("--data", folder, "--at", "2.3.3")
    assert desk.picture("--data", folder, "--at", "2.3.3") == empty
    notebook = Notebook.open(folder)
    notebook.add_note(anchor_measure(document, "shanghai-2023/2.3.3"), "张江的情况？")
    notebook.close()
    assert desk.picture("--data", folder, "--at", "2.3.3") != empty
    notebook = Notebook.open(folder)
    assert [note.body for note in notebook.notes(document.id)] == ["张江的情况？"]
    notebook.close()


def test_a_folder_beside_the_program_keeps_the_data(desk: Desk) -> None:
    portable = desk.program.with_name("data")
    portable.mkdir()
    try:
        desk.run("--startup-report")
        assert (portable / "notebook.sqlite3").is_file()
        assert {path.name for path in desk.home.iterdir()} == {"临时"}
    finally:
        shutil.rmtree(portable)


def test_marked_up_notes_are_laid_out(desk: Desk) -> None:
    anchor = anchor_measure(Library().document("shanghai-2023"), "shanghai-2023/2.3.3")
    pictures = set()
    for body in ("**先**说", "**后**说"):
        notebook = Notebook.open(desk.home / body)
        notebook.add_note(anchor, body)
        notebook.close()
        pictures.add(desk.picture("--data", desk.home / body, "--at", "2.3.3"))
    assert len(pictures) == 2


@pytest.mark.parametrize("file", SAMPLES[:1], ids=lambda file: file.name)
def test_another_document_is_imported_and_indexed(desk: Desk, file: Path) -> None:
    shutil.copy(file, desk.home / "来文 一.txt")
    plain = desk.picture("--search", "企业")
    assert desk.picture("--search", "企业", "来文 一.txt") != plain
    assert len(list(desk.home.glob("数据/policies/*/policy.md"))) == 1
    assert len(list(desk.home.glob("数据/index/*/meta.json"))) == 1


def test_a_wrong_call_is_told_in_a_sentence(desk: Desk) -> None:
    with desk.start("--size", "大") as process:
        said = process.communicate(timeout=SECONDS)[1]
    assert (process.returncode, said.count("\n"), "1280x720" in said) == (2, 1, True)


def test_a_stranger_can_use_it(stranger: Desk) -> None:
    before = look(stranger.program.parent)
    assert stranger.picture("--search", "一件事") != stranger.picture()
    assert (stranger.home / "数据/notebook.sqlite3").stat().st_uid == NOBODY
    assert look(stranger.program.parent) == before


@linux_only
def test_python_and_qt_are_its_own(desk: Desk) -> None:
    with desk.start() as process:
        try:
            wait_for(desk.home / ".local/share/policy-desk/notebook.sqlite3")
            maps = Path(f"/proc/{process.pid}/maps").read_text("utf-8")
        finally:
            process.kill()
    mapped = {line.split(maxsplit=5)[5] for line in maps.splitlines() if ".so" in line}
    outside = [Path(path) for path in mapped if not Path(path).is_relative_to(desk.program.parent)]
    assert len(mapped) - len(outside) > 20
    assert [path for path in outside if path.name.removeprefix("lib").startswith(OURS)] == []
    assert [
        path for path in outside if not path.is_relative_to("/usr") and not path.is_relative_to("/lib")
    ] == []


def test_nothing_unused_is_inside(program: Path) -> None:
    names = {path.name.lower() for path in program.parent.rglob("*") if path.is_file()}
    unused = ("network", "qml", "quick", "libssl", "libcrypto", "_asyncio", "gtk", "opengl", "tcl", "jieba")
    assert [name for name in names if any(word in name for word in unused)] == []
    assert {"qtbase_zh_cn.qm", "dictionary.txt", "policy-desk.png"} <= names


@linux_only
def test_what_typing_chinese_needs_is_inside(program: Path) -> None:
    names = {path.name for path in program.parent.rglob("*") if path.is_file()}
    modules = {f"lib{name}platforminputcontextplugin.so" for name in ("ibus", "compose")}
    assert modules <= names
    assert [name for name in names if name.startswith("_ctypes.")]


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of an X display that everybody may use."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    options = ["-screen", "0", "1360x850x24", "-nolisten", "tcp", "-ac", "-noreset"]
    with subprocess.Popen(
        [server, "-displayfd", str(writing), *options], pass_fds=[writing], stderr=subprocess.DEVNULL
    ) as process:
        os.close(writing)
        with os.fdopen(reading) as file:
            yield ":" + file.readline().strip()
        process.terminate()


def test_it_opens_on_an_x_display(stranger: Desk, screen: str) -> None:
    picture = stranger.picture("--search", "一件事", QT_QPA_PLATFORM="xcb", DISPLAY=screen)
    assert size(picture) == SIZE
