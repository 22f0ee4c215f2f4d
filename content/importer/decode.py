"""The bytes of a file as text: the encoding found, what is not text refused."""

import codecs
import unicodedata

from content.errors import UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
)
_NOT_TEXT = "其内容不是文本；请另存为纯文本（UTF-8）后再导入。"
_SAMPLE = 20_000
_LEAST_ORDINARY = 0.95
"""Share of Chinese and ASCII characters by which UTF-16 without a mark is told."""
_MOST_STRANGE = 0.02
"""A text has at most this share of control, private and unassigned characters."""


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text in the bytes of a file, without its byte order mark.

    ``declared`` is the encoding the file itself names; it is used if the bytes agree with it. Then UTF-8,
    UTF-16 without a mark and GB18030 are tried. Raises UnreadableSource, naming the file.
    """
    for mark, kind in _OTHER_KINDS:
        if data.startswith(mark):
            raise UnreadableSource(f"{name} 实际是{kind}；请打开后另存为纯文本再导入。")
    if not data.strip():
        raise UnreadableSource(f"{name} 是空的；请检查是否选错了文件。")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _plausible(_strictly(data[len(mark) :], encoding), name)
    for encoding in filter(None, (_usable(declared), "utf-8", _bare_utf16(data))):
        text = _strictly(data, encoding)
        if text is not None and "\0" not in text:
            return _plausible(text, name)
    if _damaged_utf8(data):
        raise UnreadableSource(f"{name} 的编码有损坏（UTF-8 中夹有坏字节）；请重新获取该文件后再导入。")
    return _plausible(_strictly(data, "gb18030"), name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _usable(declared: str) -> str:
    """A declared encoding's name for decoding; the GB family by its largest member."""
    name = declared.strip().lower()
    if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030"):
        return "gb18030"
    try:
        return codecs.lookup(name).name if codecs.lookup(name)._is_text_encoding else ""
    except (LookupError, ValueError):
        return ""


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without a byte order mark, told by what its characters would be; else empty."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(data) % 2 or b"\0" not in sample:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if sum(map(_ordinary, text)) >= _LEAST_ORDINARY * len(text):
            return encoding
    return ""


def _ordinary(character: str) -> bool:
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3000" <= character <= "\u301f"
        or "\uff01" <= character <= "\uff5e"
        or "\u2010" <= character <= "\u2026"
        or " " <= character <= "~"
        or character in "\r\n\t"
    )


def _damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of the bytes are UTF-8, which GB18030 text never is."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character >= "\u0800" for character in text) - broken
    return whole > 10 * broken


def _plausible(text: str | None, name: str) -> str:
    if text is None or "\0" in text:
        raise UnreadableSource(f"{name} 无法读取：{_NOT_TEXT}")
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableSource(f"{name} 是空的；请检查是否选错了文件。")
    sample = text[:_SAMPLE]
    strange = sum(map(_strange, sample))
    if strange > max(3, len(sample) * _MOST_STRANGE):
        raise UnreadableSource(f"{name} 无法读取：{_NOT_TEXT}")
    return text


def _strange(character: str) -> bool:
    if character == "\U00100170" or character.isspace():  # the middle dot of some typesetting systems
        return False
    return unicodedata.category(character) in ("Cc", "Co", "Cn")
