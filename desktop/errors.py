"""Faults told in one sentence: the environment's as they are, the program's own as such."""

import logging

from content.errors import ContentError, reason
from desktop.notebook.errors import NotebookError

log = logging.getLogger("desktop")


def sentence(error: BaseException) -> str:
    """What to tell the reader about a fault."""
    if isinstance(error, ContentError | NotebookError):
        return str(error)
    if isinstance(error, OSError):
        subject = f"“{error.filename}”" if error.filename else "文件"
        return f"{subject}读写失败：{reason(error)}。已有的批注都在；请检查路径、权限和磁盘空间后重试。"
    return (
        "程序内部出错，刚才的操作可能没有完成；已写下的批注都在。"
        "若再次出现，请用菜单“帮助—导出诊断信息”导出日志，交给维护人员。"
    )


def is_known(error: BaseException) -> bool:
    """Whether a fault is the environment's, with a sentence of its own, and not the program's."""
    return isinstance(error, ContentError | NotebookError | OSError)
