"""Faults in one sentence: the environment's as they are, the program's own told as such."""

import errno
import re

import pytest

from content.errors import DamagedPolicy, UnknownDocument, UnreadableSource
from desktop import errors
from desktop.notebook.errors import CannotOpen, CannotRead, CannotSave, ChangedElsewhere


@pytest.mark.parametrize(
    "kind",
    [UnknownDocument, DamagedPolicy, UnreadableSource, CannotOpen, CannotRead, CannotSave, ChangedElsewhere],
)
def test_a_fault_of_the_domain_says_its_own_sentence(kind: type[Exception]) -> None:
    assert errors.sentence(kind("这一句。")) == "这一句。"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied", "/数据/甲.txt"), ["“/数据/甲.txt”", "没有权限"]),
        (OSError(errno.ENOSPC, "No space left on device"), ["文件读写失败", "磁盘已满"]),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "乙"), ["“乙”", "找不到"]),
        (OSError("odd"), ["文件读写失败"]),
        (ValueError("boom"), ["程序内部出错", "日志"]),
        (MemoryError(), ["程序内部出错"]),
    ],
)
def test_other_faults_are_told_in_chinese_with_advice(error: Exception, words: list[str]) -> None:
    told = errors.sentence(error)
    assert all(word in told for word in words), told
    assert "都在" in told
    assert "请" in told
    assert not re.search(r"[A-Za-z]{3,} [a-z]", told), "English in it"
