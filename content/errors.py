"""What can go wrong with a document, each with one sentence a reader can act on."""

import errno

_GONE = "磁盘或网络盘读写不了，可能已断开"
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
    errno.EFBIG: "文件太大，这个磁盘放不下",
    errno.EBUSY: "正被其他程序占用",
    **dict.fromkeys(
        (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT),
        _GONE,
    ),
    errno.EDQUOT: "磁盘配额已用完",
}
_WINDOWS_REASONS = {
    **dict.fromkeys((21, 53, 55, 59, 64, 67, 1117, 1167), _GONE),
    **dict.fromkeys((32, 33), "正被其他程序打开"),
    123: "名称中有不能用的字符",
    223: "文件太大，这个磁盘放不下",
}
"""By Windows' own numbers (winerror.h), which say more than what they are mapped to."""


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
    known = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    return known or _REASONS.get(error.errno or 0, f"系统错误 {error.errno or error}")
