"""导出诊断信息: what the program can say of itself and of the machine without a word of what the reader reads or writes.

No path is named, because it may bear the reader's name: only what kind of place it is.
"""

import locale
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from desktop.notebook import backups, drive
from desktop.notebook.connection import FILE_NAME, LOCK_NAME
from desktop.notebook.place import Place
from desktop.notebook.recovery import QUARANTINE_NAME
from desktop.notebook.schema import VERSION as NOTEBOOK_VERSION
from desktop.support import crash, logbook
from desktop.support.licences import components
from desktop.version import VERSION

_HEAD = (
    "政策案头 诊断信息",
    "",
    "这个文件供查找程序故障用。其中只有：程序和系统的版本、笔记本的条数和大小、出错的时间和程序中的位置。",
    "没有批注、会议、台账的内容，没有搜索词，没有所开文件的名称和内容，也没有文件夹的路径。",
    "请先看一遍，确认可以交给维护人员，再发送。程序自己不会发送任何东西。",
)
_LOG_CHARACTERS = 200_000

Section = tuple[str, Iterable[str]]


def report(place: Place, look: Mapping[str, object], counts: Mapping[str, int] | None, now: datetime) -> str:
    """The whole text. ``look`` is what the windowing system says of itself, by name; ``counts`` are the entries of the
    open notebook by kind, None where it is not open."""
    sections: tuple[Section, ...] = (
        ("程序", _program(now)),
        ("系统", _system()),
        ("显示", (f"{name}：{value}" for name, value in look.items())),
        ("数据", _data(place)),
        ("笔记本", _notebook(place.folder, counts)),
        ("日志", _log(place.folder)),
        ("非正常结束", (crash.told(place.folder) or "没有记录",)),
    )
    lines = list(_HEAD)
    for title, body in sections:
        lines += ["", f"【{title}】", *body]
    return "\n".join(lines) + "\n"


def _program(now: datetime) -> Iterator[str]:
    yield f"版本：{VERSION}（{'打包的程序' if getattr(sys, 'frozen', False) else '源代码'}）"
    yield f"导出时间：{now:%Y-%m-%d %H:%M:%S}"
    yield f"Python：{platform.python_version()}"
    yield "组件：" + "、".join(f"{one.name} {one.version}" for one in components())


def _system() -> Iterator[str]:
    yield f"系统：{platform.system()} {platform.release()} {platform.machine()}"
    if sys.platform == "win32":
        yield f"Windows：{' '.join(platform.win32_ver())}"
    elif sys.platform == "linux":
        yield f"发行版：{_distribution()}；C 库：{' '.join(platform.libc_ver())}"
    yield f"区域和编码：{locale.getlocale()[0] or '未设'} {locale.getencoding()}"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "未知")
    except OSError:
        return "未知"


def _data(place: Place) -> Iterator[str]:
    folder = place.folder
    yield f"数据文件夹：{place.kind.value}"
    if not folder.is_dir():
        yield "文件夹不在"
        return
    try:
        free = shutil.disk_usage(folder).free
        yield f"磁盘：{'网络盘' if drive.is_remote(folder) else '本机'}，剩余 {free // 1_000_000} MB"
        yield f"文件锁：{'可用' if drive.can_lock(folder) else '不可用'}"
    except OSError as error:
        yield f"磁盘：不可写（系统错误 {error.errno}）"


def _notebook(folder: Path, counts: Mapping[str, int] | None) -> Iterator[str]:
    yield f"本程序的笔记本版本：{NOTEBOOK_VERSION}"
    for name in (FILE_NAME, f"{FILE_NAME}-wal", LOCK_NAME):
        try:
            yield f"{name}：{(folder / name).stat().st_size} 字节"
        except OSError:
            continue
    if counts is None:
        yield "笔记本没有打开"
    else:
        yield "、".join(f"{name} {count}" for name, count in counts.items())
    try:
        for one in backups.backups(folder):
            size = one.path.stat().st_size
            yield f"备份 {one.id}：{one.made:%Y-%m-%d %H:%M} {one.reason.value} {size} 字节"
    except OSError:
        yield "备份文件夹读不出来"
    if (folder / QUARANTINE_NAME).is_dir():
        yield "有移开的损坏文件"


def _log(folder: Path) -> Iterator[str]:
    yield logbook.tail(folder, _LOG_CHARACTERS).rstrip("\n") or "没有记录"
