"""Faults told in one sentence: the environment's as they are, the program's own as such and logged."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from content.errors import ContentError, reason
from desktop.notebook.errors import NotebookError

LOG_NAME = "policy-desk.log"
_LOG_BYTES = 500_000

log = logging.getLogger("desktop")


def sentence(error: BaseException) -> str:
    """What to tell the reader about a fault."""
    if isinstance(error, ContentError | NotebookError):
        return str(error)
    if isinstance(error, OSError):
        subject = f"“{error.filename}”" if error.filename else "文件"
        return f"{subject}读写失败：{reason(error)}。已有的批注都在；请检查路径、权限和磁盘空间后重试。"
    return "程序内部出错，刚才的操作可能没有完成；已写下的批注都在。若再次出现，请把数据文件夹中的日志交给维护人员。"


def install(folder: Path, tell: Callable[[str], None]) -> Callable[[], None]:
    """Log every unhandled fault in ``folder`` and hand its sentence to ``tell``; the program goes on.

    Gives what takes this back.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unhandled", exc_info=(kind, error, trace))
        tell(sentence(error))

    before = sys.excepthook
    handler = open_log(folder)
    sys.excepthook = hook

    def uninstall() -> None:
        sys.excepthook = before
        if handler is not None:
            logging.getLogger().removeHandler(handler)
            handler.close()

    return uninstall


def open_log(folder: Path) -> logging.Handler | None:
    """Keep warnings and faults in a file of bounded size; None where the folder is not writable."""
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler
