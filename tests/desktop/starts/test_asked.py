"""What a start is asked for is understood whatever is typed."""

from pathlib import Path

import pytest

from desktop.starts.asked import in_full, is_notes, is_policy

STRANGE = ["长" * 5000, "甲\0乙", "\udcff", "", " ", "/", "..", "CON", "a/" * 3000]


@pytest.mark.parametrize("asked", STRANGE, ids=range(len(STRANGE)))
def test_nothing_that_is_typed_is_a_fault(asked: str) -> None:
    assert is_notes(asked) is False
    assert is_policy(asked) in (True, False)
    assert in_full(asked) in (asked, str(Path(asked).absolute()) if "\0" not in asked else asked)


def test_kinds_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes, text, folder = tmp_path / "批注.ZIP", tmp_path / "来文.txt", tmp_path / "文件夹.zip"
    notes.write_bytes(b"")
    text.write_bytes(b"")
    folder.mkdir()
    assert [is_notes(str(path)) for path in (notes, text, folder)] == [True, False, False]
    assert is_policy("shanghai-2023")
    assert is_policy(str(text))
    assert not is_policy("二（三）3")
    monkeypatch.chdir(tmp_path)
    assert in_full("来文.txt") == str(text)
    assert in_full("二（三）3") == "二（三）3"
