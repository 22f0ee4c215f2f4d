"""What can go wrong with a document, each with one sentence a reader can act on."""

import errno

_REASONS = {
    errno.ENOENT: "找不到文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "名称太长",
}


class ContentError(Exception):
    """A fault of the material, told in one Chinese sentence: what happened and what to do."""


class UnknownDocument(ContentError):
    """No document has this id, and no such folder is there."""


class DamagedPolicy(ContentError):
    """A policy.md that cannot be read as a document."""


class UnreadableSource(ContentError):
    """A file that cannot be imported: missing, of an unknown kind, or not text."""


def reason(error: OSError) -> str:
    """Why the system refused something, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno or error}")
