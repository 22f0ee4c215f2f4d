"""What is remembered: round trips, and files that cannot be trusted."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray

from desktop import settings
from desktop.settings import Setting, Settings

VALUES = [
    (settings.GEOMETRY, QByteArray(b"\0\1\2geometry\xff")),
    (settings.COLUMNS, QByteArray(b"columns")),
    (settings.DESK_SHOWN, False),
    (settings.OUTLINE_SHOWN, False),
    (settings.TEXT_SIZE, 24),
    (settings.THEME, "dark"),
    (settings.HIT_ORDER, "RELEVANCE"),
    (settings.HIT_GROUPING, "SECTION"),
    (settings.RECENT_SEARCHES, '["小微 贷款", "\\"AI 政务\\"", "承诺 -告知"]'),
    (settings.SAVED_SEARCHES, '[["周会", "小额|简易"]]'),
    (settings.place("shanghai-2023"), "shanghai-2023/2.3.4"),
    (settings.place("文件/甲 乙"), "文件/1.1.1"),
]


@pytest.mark.parametrize(("setting", "value"), VALUES, ids=lambda one: getattr(one, "key", ""))
def test_a_value_comes_back_in_the_next_sitting(tmp_path: Path, setting: Setting, value: Any) -> None:
    first = Settings(tmp_path)
    first.set(setting, value)
    assert first.get(setting) == value
    first.flush()
    again = Settings(tmp_path).get(setting)
    assert again == value
    assert isinstance(again, setting.type)


@pytest.mark.parametrize(("setting", "value"), VALUES, ids=lambda one: getattr(one, "key", ""))
def test_without_a_file_there_are_defaults(tmp_path: Path, setting: Setting, value: Any) -> None:
    assert Settings(tmp_path / "none").get(setting) == setting.default
    assert isinstance(setting.default, setting.type)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x00\xff\xfe garbage \x80" * 50, id="garbage"),
        pytest.param(b"", id="empty"),
        pytest.param(b"[window\ngeometry=@ByteArray(", id="cut off"),
        pytest.param(b"[reading]\ntext_size=huge\n[window]\ngeometry=17\ndesk_shown=12\n", id="wrong types"),
        pytest.param(b"[reading]\ntext_size=@Invalid()\n[look]\ntheme=@Size(1 2)\n", id="odd types"),
        pytest.param("[reading]\ntext_size=１８\n[look]\ntheme=a, b\n".encode(), id="lists, full width"),
        pytest.param(b"[reading]\ntext_size=--5\n", id="odd number"),
    ],
)
def test_a_damaged_file_gives_values_of_the_right_type(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.ini").write_bytes(content)
    read = Settings(tmp_path)
    for setting, _ in VALUES:
        assert isinstance(read.get(setting), setting.type), setting.key
    assert read.get(settings.COLUMNS) == QByteArray()
    assert read.get(settings.DESK_SHOWN) is True


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    held = Settings(tmp_path / "data")
    held.set(settings.TEXT_SIZE, 20)
    held.flush()
    assert held.get(settings.TEXT_SIZE) == 20
    assert (tmp_path / "data").read_text() == "in the way"


def test_places_of_documents_do_not_mix(tmp_path: Path) -> None:
    kept = Settings(tmp_path)
    kept.set(settings.place("a"), "a/1.1.1")
    assert kept.get(settings.place("b")) == ""
