"""try_package PACKAGES PICTURES: installs, uses and uninstalls the Windows packages under Wine, as an official would.

    PYTHONPATH=packaging python3 -m windows.wine.try_package dist/windows pictures

Runs inside the Debian root. Prints a line for each thing tried and leaves pictures; ends with 1 if anything failed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from windows.wine.official import (
    CLOUD,
    DRIVE,
    NUMBER,
    PROFILE,
    USER,
    Failure,
    expect,
    is_shown,
    keys,
    paste,
    picture,
    prepare,
    registry,
    run,
    start,
    wait_until,
    windows,
)

PROGRAM = PROFILE / "AppData" / "Local" / "Programs" / "PolicyDesk"
NOTEBOOK = PROFILE / "AppData" / "Local" / "policy-desk" / "notebook.sqlite3"
LINKS = (
    PROFILE / CLOUD / "桌面" / "政策案头.lnk",
    PROFILE / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "政策案头.lnk",
)
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\PolicyDesk"
NOTE = "张江片区上半年已试行，周三前请规划资源局补数据。"


class Trial:
    """All that is tried, in this order; each method is one thing and returns what it found."""

    def __init__(self, packages: Path, pictures: Path) -> None:
        (self.setup,) = packages.glob("*-setup.exe")
        (self.portable,) = packages.glob("*-portable.zip")
        self.pictures = pictures
        self.program: subprocess.Popen[bytes] | None = None

    def installs_silently(self) -> str:
        """The installer asks nothing and puts everything where it belongs."""
        begun = time.monotonic()
        code, _ = windows(self.setup, "/S")
        took = time.monotonic() - begun
        expect(code == 0, f"安装程序的返回值是 {code}")
        expect((PROGRAM / "policy-desk.exe").is_file(), "程序不在应在的文件夹")
        for link in LINKS:
            expect(link.is_file(), f"没有快捷方式 {link}")
        size = sum(path.stat().st_size for path in PROGRAM.rglob("*") if path.is_file())
        return f"{took:.1f} 秒，{size / 1e6:.1f} MB；{registry(UNINSTALL_KEY, 'DisplayName')}"

    def runs_in_code_page_936(self) -> str:
        """The system is as an office's: what cmd prints is GBK."""
        _, printed = run("wine", "cmd", "/c", "echo", "政策案头")
        expect(printed.strip().decode("gbk") == "政策案头", f"代码页不是 936：{printed!r}")
        return "cmd 按 GBK 输出"

    def prints_to_the_console(self) -> str:
        """The executable for the command line prints UTF-8 and gives an exit code."""
        code, printed = windows(PROGRAM / "policy-desk-cli.exe", "search", "一件事", "--json")
        expect(code == 0 and len(json.loads(printed)["exact"]) == 4, f"返回值 {code}：{printed}")
        code, _ = windows(PROGRAM / "policy-desk-cli.exe", "--size", "大")
        expect(code == 2, f"写错命令的返回值是 {code}，应为 2")
        return "search 一件事 打印 4 处命中；写错的命令返回 2"

    def tests_itself(self) -> str:
        """The program's own list of all that it does."""
        code, printed = windows(PROGRAM / "policy-desk-cli.exe", "--self-test")
        expect(code == 0, f"返回值 {code}：{printed}")
        return printed.strip().splitlines()[-1]

    def starts_quickly(self) -> str:
        """The first start and a second one, in a data folder of their own."""
        reports = []
        for _ in range(2):
            code, printed = windows(
                PROGRAM / "policy-desk-cli.exe", "--data", r"C:\数据 一", "--startup-report"
            )
            expect(code == 0, f"返回值 {code}")
            reports.append(printed.strip())
        return "；".join(reports)

    def opens(self) -> str:
        """A double click on the desktop's entry opens the window."""
        self.program = start("wine", "start", "/unix", str(LINKS[0]))
        wait_until(lambda: is_shown("政策案头"), "窗口没有打开")
        time.sleep(4)
        expect(NOTEBOOK.is_file(), "笔记本没有建在用户文件夹里")
        return "由重定向到 OneDrive 的桌面快捷方式打开"

    def searches(self) -> str:
        """Chinese in the search box finds what is there."""
        keys("ctrl+k")
        paste("一件事")
        time.sleep(2)
        picture(self.pictures, "search")
        keys("Escape")
        return "搜索“一件事”，见 search.png"

    def takes_a_note(self) -> str:
        """A note is written and is there after a new start."""
        self._go_to_measure()
        keys("ctrl+m", pause=1.5)
        paste(NOTE)
        picture(self.pictures, "note")
        self._close()
        expect(NOTE.encode("utf-8") in NOTEBOOK.read_bytes(), "批注没有写进笔记本")
        self.opens()
        self._go_to_measure()
        picture(self.pictures, "note-again")
        return "关闭再打开，批注还在，见 note.png、note-again.png"

    def opens_once(self) -> str:
        """A second start hands what it was given to the first and ends."""
        code, _ = windows(PROGRAM / "policy-desk.exe", "三（五）1")
        expect(code == 0, f"返回值 {code}")
        time.sleep(2)
        picture(self.pictures, "second-start")
        shown = run("xdotool", "search", "--onlyvisible", "--name", "行动方案", locale="C.UTF-8")[1].split()
        expect(len(shown) == 1, f"开了 {len(shown)} 个窗口")
        self._go_to_measure()
        return "第二次启动转到先开的窗口，见 second-start.png"

    def exports(self) -> str:
        """A DOCX goes to the redirected documents folder and says what the plan says."""
        target = PROFILE / CLOUD / "文档" / "报装 摘录.docx"
        keys("ctrl+e", pause=3)
        picture(self.pictures, "export")
        keys("Return", pause=3)
        keys("ctrl+a")
        paste(f"C:\\users\\{USER}\\{CLOUD}\\文档\\{target.name}")
        picture(self.pictures, "export-where")
        keys("Return")
        wait_until(target.is_file, "没有写出 DOCX")
        time.sleep(2)
        picture(self.pictures, "exported")
        with zipfile.ZipFile(target) as archive:
            text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode("utf-8"))
        expect("报装" in text and "第3句" in text, f"DOCX 里的字不对：{text[:200]}")
        keys("Escape")
        return f"{target.stat().st_size / 1000:.0f} kB，读回 {len(text)} 字"

    def is_not_replaced_while_it_runs(self) -> str:
        """Silently the installer gives way to a running program."""
        code, _ = windows(self.setup, "/S")
        expect(code == 3, f"返回值是 {code}，应为 3")
        expect(is_shown("政策案头"), "程序被关掉了")
        return "返回值 3，程序照常"

    def is_updated_after_a_question(self) -> str:
        """By hand the installer asks, closes the program and goes on."""
        kept, stale = PROGRAM / "别的" / "文件.txt", PROGRAM / "_internal" / "old.py"
        for file in (kept, stale):
            file.parent.mkdir(exist_ok=True)
            file.write_text("", "utf-8")
        setup = start("wine", self.setup)
        wait_until(lambda: is_shown("政策案头 安装"), "安装程序没有打开")
        time.sleep(1)
        picture(self.pictures, "setup")
        keys("Return", pause=3)
        picture(self.pictures, "setup-question")
        keys("alt+y", pause=12)
        picture(self.pictures, "setup-done")
        keys("Return")
        wait_until(lambda: setup.poll() is not None, "安装程序没有结束")
        expect(kept.is_file() and not stale.exists(), "更新时动了不该动的，或留下了旧文件")
        wait_until(lambda: is_shown("行动方案"), "更新后没有打开程序")
        time.sleep(4)
        self._go_to_measure()
        picture(self.pictures, "updated")
        self._close()
        shutil.rmtree(kept.parent)
        return "问过才关闭，更新后批注还在，见 setup-question.png、updated.png"

    def does_not_replace_a_newer_version(self) -> str:
        """Silently the installer leaves a newer version alone."""
        words = ("reg", "add", UNINSTALL_KEY, "/v", "DisplayVersion", "/f", "/d")
        ours = registry(UNINSTALL_KEY, "DisplayVersion")
        run("wine", *words, "10.0.0")
        code, _ = windows(self.setup, "/S")
        run("wine", *words, ours)
        expect(code == 4, f"返回值是 {code}，应为 4")
        return "返回值 4"

    def says_when_it_cannot_write(self) -> str:
        """A folder that may not be written gives an exit code."""
        code, _ = windows(self.setup, "/S", r"/D=Z:\usr\policy-desk")
        expect(code == 2, f"返回值是 {code}，应为 2")
        return "返回值 2"

    def brings_the_old_version_back(self) -> str:
        """An update that cannot be finished leaves the old version as it was."""
        held = PROGRAM / "_internal"
        os.chown(held, 0, 0)  # so that the user cannot move it, as if a scanner held it
        before = sorted(path.name for path in PROGRAM.iterdir())
        code, _ = windows(self.setup, "/S")
        os.chown(held, NUMBER, NUMBER)
        expect(code == 2, f"返回值是 {code}，应为 2")
        expect(sorted(path.name for path in PROGRAM.iterdir()) == before, "旧版本不完整")
        code, _ = windows(PROGRAM / "policy-desk-cli.exe", "search", "一件事")
        expect(code == 0, f"旧版本的返回值是 {code}")
        return "返回值 2，旧版本照常"

    def is_uninstalled_and_keeps_the_notebook(self) -> str:
        """By hand the uninstaller asks about the notebook; Enter means keeping it."""
        start("wine", PROGRAM / "uninstall.exe")
        wait_until(lambda: is_shown("政策案头 卸载"), "卸载程序没有打开")
        time.sleep(1)
        keys("Return", pause=6)
        picture(self.pictures, "uninstall-question")
        keys("Return", pause=2)
        picture(self.pictures, "uninstalled")
        keys("Return")
        return self._is_gone()

    def is_uninstalled_silently(self) -> str:
        """Installed anew and removed without a question."""
        self.installs_silently()
        windows(PROGRAM / "uninstall.exe", "/S")
        return self._is_gone()

    def runs_from_a_folder(self) -> str:
        """The portable zip keeps its notebook beside the program, in a folder with a long Chinese name."""
        place = DRIVE / "U盘 资料" / ("很长的文件夹名" * 8)
        place.mkdir(parents=True)
        with zipfile.ZipFile(self.portable) as archive:
            archive.extractall(place)
        subprocess.run(["chown", "-R", str(NUMBER), DRIVE / "U盘 资料"], check=True)
        before = NOTEBOOK.read_bytes()
        code, _ = windows(place / "policy-desk" / "policy-desk.exe", "--startup-report")
        expect(code == 0, f"返回值 {code}")
        expect((place / "policy-desk" / "data" / "notebook.sqlite3").is_file(), "笔记本不在 data 里")
        expect(NOTEBOOK.read_bytes() == before, "动了用户文件夹里的笔记本")
        return "笔记本在旁边的 data 里"

    def deletes_the_notebook_only_when_told_twice(self) -> str:
        """Two answers of yes, neither of them the default, remove it."""
        self.installs_silently()
        start("wine", PROGRAM / "uninstall.exe")
        wait_until(lambda: is_shown("政策案头 卸载"), "卸载程序没有打开")
        keys("Return", pause=6)
        keys("alt+y", pause=2)
        picture(self.pictures, "uninstall-sure")
        expect(NOTEBOOK.is_file(), "只答一次就删了笔记本")
        keys("alt+y", pause=3)
        keys("Return")
        wait_until(lambda: not NOTEBOOK.parent.exists(), "笔记本还在")
        return "答两次“是”才删"

    def _is_gone(self) -> str:
        wait_until(lambda: not PROGRAM.exists(), "程序文件夹还在")
        for link in LINKS:
            expect(not link.exists(), f"快捷方式还在：{link}")
        expect(registry(UNINSTALL_KEY, "DisplayName") == "", "注册表里还有本程序")
        expect(NOTE.encode("utf-8") in NOTEBOOK.read_bytes(), "笔记本没有留下")
        return "程序、快捷方式、注册表都清了，笔记本还在"

    def _go_to_measure(self) -> None:
        keys("ctrl+k")
        paste("2.3.3")
        keys("Return", "Escape", pause=1)

    def _close(self) -> None:
        keys("alt+F4")
        wait_until(lambda: not is_shown("行动方案"), "窗口没有关上")
        time.sleep(2)


def main() -> None:
    packages, pictures = map(Path, sys.argv[1:3])
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    prepare()
    trial = Trial(packages, pictures)
    failed = 0
    for name, attempt in list(vars(Trial).items()):
        if name.startswith("_"):
            continue
        try:
            print(f"ok    {name}: {attempt(trial)}", flush=True)
        except (Failure, OSError, subprocess.SubprocessError) as error:
            failed += 1
            picture(pictures, f"failed-{name}")
            print(f"FAIL  {name}: {error}", flush=True)
    print(f"{failed} 项没有通过" if failed else "全部通过")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
