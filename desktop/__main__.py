"""python -m desktop [--data DIR] [FILE], and the other rooms' commands for a package that has no other door"""

import argparse
import builtins
import os
import sys

from content.console import DONE, WRONG_CALL, Parser, called, fail, run
from desktop.notebook.place import PORTABLE_NAMES, data_place
from desktop.starts.instance import Answer, Instance

_QUIET_PLATFORM = "offscreen"
_NO_ANSWER = (
    "政策案头已经开着，但没有回应；已写下的批注都在。请稍等片刻再打开；若它的窗口一直没有反应，"
    "请用系统的任务管理器结束 policy-desk，再打开。"
)


def main(arguments: list[str] | None = None) -> int:
    """Open the program, or run a room's command; gives the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in _COMMANDS:
        return _run_command(given)
    wanted = _parser().parse_args(given)
    size = _size(wanted.size)
    if wanted.size and size is None:
        return fail("窗口大小请写作 宽x高，例如 1280x720。", WRONG_CALL)
    unattended = wanted.startup_report or wanted.self_test or bool(wanted.screenshot)
    if _has_no_display():
        if not unattended:
            return fail(
                "没有可用的图形桌面，窗口打不开；请在图形桌面中运行，或用 --screenshot 直接生成图片。"
            )
        os.environ["QT_QPA_PLATFORM"] = _QUIET_PLATFORM
    if wanted.self_test:
        return _test_itself()
    place = data_place(wanted.data)
    # What ends by itself neither disturbs a program that is open nor waits for one.
    instance = None if unattended else Instance(place.folder)
    if instance is not None and instance.is_second:
        from desktop.starts.asked import in_full

        answer = instance.hand_over(in_full(wanted.file))
        if answer is Answer.TAKEN:
            return DONE
        if answer is Answer.NONE:
            from desktop.support.notice import show_notice

            return show_notice(_NO_ANSWER)
    _import_plainly()
    from desktop.app import Options
    from desktop.app import run as open_program

    options = Options(
        data=place.folder,
        kind=place.kind,
        file=wanted.file,
        startup_report=wanted.startup_report,
        screenshot=wanted.screenshot,
        at=wanted.at,
        search=wanted.search,
        size=size,
        instance=instance,
    )
    return open_program(sys.argv[:1], options)


def _test_itself() -> int:
    _import_plainly()
    from desktop.selftest.run import run as run_tests

    return run_tests()


_COMMANDS = {
    "search": "查词并打印结果，即 index search",
    "content": "文件：列出、查看、核对、导入",
    "index": "检索：建立索引、查询",
    "notebook": "笔记本：列出、导出、导入、体检、备份、恢复",
}
"""First words that print and open no window. A file of such a name is opened as ./index."""


def _run_command(words: list[str]) -> int:
    # Imported by name in plain sight, so that whoever makes a package of the program sees them.
    command, *rest = words
    if command == "content":
        from content.__main__ import main as run_content

        return run_content(rest)
    if command == "notebook":
        from desktop.notebook.__main__ import main as run_notebook

        return run_notebook(rest)
    from index.__main__ import main as run_index

    return run_index(words if command == "search" else rest)


def _import_plainly() -> None:
    """Take PySide's import hook out again.

    WORKAROUND shibokensupport/feature.py (PySide 6.8): for the sake of ``from __feature__ import``, which is not used
    here, it reads the source of every module that is imported from now on, and keeps it.
    """
    import PySide6.QtCore  # noqa: F401 - puts the hook in

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _parser() -> Parser:
    width = max(map(len, _COMMANDS)) + 2
    parser = Parser(
        prog=called("desktop"),
        description="政策案头：离线阅读、搜索、批注政策文件",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(
            [
                "命令（只打印，不开窗口；各自加 --help 看用法）：",
                *(f"  {name:{width}}{told}" for name, told in _COMMANDS.items()),
            ]
        ),
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        default="",
        help="要打开的政策文件或文件夹、同事导出的批注（.zip），或出处如 二（三）3；不写则打开随附的方案",
    )
    parser.add_argument(
        "--data",
        metavar="DIR",
        default="",
        help=f"批注和设置放在这个文件夹；不写时，程序旁边有 {'、'.join(PORTABLE_NAMES)} 之一就用它（便携使用）",
    )
    parser.add_argument("--startup-report", action="store_true", help="启动后报告用时和内存，随即退出")
    parser.add_argument(
        "--self-test", action="store_true", help="在临时笔记本上把各项功能做一遍，逐项报告，随即退出"
    )
    parser.add_argument("--screenshot", metavar="FILE", default="", help="把窗口画面存为 PNG，随即退出")
    parser.add_argument("--at", metavar="出处", default="", help="截图前先转到此处，如 二（三）3")
    parser.add_argument("--search", metavar="QUERY", default="", help="截图前先搜索")
    parser.add_argument("--size", metavar="宽x高", default="", help="窗口大小，如 1280x720")
    return parser


def _size(text: str) -> tuple[int, int] | None:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and len(width) < 6 and len(height) < 6):
        return None
    size = int(width), int(height)
    return size if min(size) > 0 else None


def _has_no_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    run(main)
