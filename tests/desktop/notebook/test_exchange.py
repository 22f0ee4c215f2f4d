"""A file for a colleague: whole or not there, readable with the program and without, and never trusted."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.model import Document
from desktop.notebook import packet as packets
from desktop.notebook.anchors import anchor_document, anchor_range, anchor_section
from desktop.notebook.exchange import (
    JSON_NAME,
    PAGE_NAME,
    CannotExport,
    export,
    read,
    suggested_name,
)
from desktop.notebook.model import Anchor, Color, Entry, Highlight, Note, NoteKind, Status
from desktop.notebook.packet import CannotImport
from desktop.notebook.store import Notebook
from tests.desktop.notebook.conftest import NOW
from tests.desktop.notebook.entries import ONE_OF_EACH, a_meeting, a_progress, an_action, an_item

TIME = "2026-11-24T09:12:00+08:00"


@pytest.fixture
def entries(plan: Document, anchor: Anchor, notebook: Notebook) -> list[Entry]:
    """One of each kind on one of each reach, one of a colleague, and a deleted one, all from a real notebook."""
    words = anchor_range(plan, "shanghai-2023/2.3.4", 3, "shanghai-2023/2.3.5", 9)
    notebook.add_note(words, "**先问**电力公司\n98%<99%？", NoteKind.QUESTION, ("张江", "待办"))
    notebook.add_note(anchor_document(plan), "总的看法")
    notebook.add_note(anchor_section(plan, (2, 3)), "本节由规划处答")
    notebook.add_bookmark(anchor, "报装", "会前")
    notebook.add_highlight(words, Color.GREEN)
    notebook.add([Note("ab" * 16, anchor, "李四写的", TIME, TIME, author="李四")])
    notebook.delete([notebook.add_note(anchor, "不要了").entry])
    return notebook.everything()


@pytest.fixture
def packed(plan: Document, entries: list[Entry], tmp_path: Path) -> Path:
    """The file that is made of them."""
    export([plan], entries, tmp_path / "批注.zip", "张三", NOW)
    return tmp_path / "批注.zip"


def remade(source: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A file with the JSON changed in one way."""
    with zipfile.ZipFile(source) as archive:
        whole = json.loads(archive.read(JSON_NAME))
    change(whole)
    return holding(source.with_name("改过.zip"), json.dumps(whole).encode())


def holding(path: Path, data: bytes, name: str = JSON_NAME, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip with one member."""
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr(name, data)
    return path


def assert_one_sentence(error: Exception, *words: str) -> None:
    """It is Chinese, one line, says what is safe and what to do."""
    told = str(error)
    assert all(word in told for word in words), told
    assert "\n" not in told
    assert told.endswith("。")
    assert "请" in told
    assert "都在" in told


class TestExport:
    def test_everything_in_use_comes_back_as_it_was(self, packed: Path, entries: list[Entry]) -> None:
        packet = read(packed)
        wanted = [replace(one, author=one.author or "张三") for one in entries if not one.deleted]
        assert list(packet.entries) == wanted
        assert (packet.author, dict(packet.titles)) == (
            "张三",
            {"shanghai-2023": "上海市加强集成创新持续优化营商环境行动方案"},
        )
        assert packet.warnings == ()

    def test_the_json_stays_what_it_is(self, packed: Path) -> None:
        with zipfile.ZipFile(packed) as archive:
            whole = json.loads(archive.read(JSON_NAME))
        assert list(whole) == ["format", "version", "author", "exported", "documents", "entries"]
        assert (whole["format"], whole["version"]) == ("policy-desk-notes", 1)
        anchor = ["document", "reach", "measure", "last", "start", "end", "quote", "before", "after"]
        fields = {one["type"]: list(one) for one in whole["entries"]}
        both = ["created", "changed"]
        assert fields == {
            "note": ["type", "id", "body", *both, "kind", "tags", "pinned", "author", "anchor"],
            "bookmark": ["type", "id", *both, "label", "folder", "position", "author", "anchor"],
            "highlight": ["type", "id", *both, "color", "author", "anchor"],
        }
        assert all(list(one["anchor"]) == anchor for one in whole["entries"])

    def test_what_an_older_program_can_read_is_written_for_it(
        self, plan: Document, entries: list[Entry], tmp_path: Path
    ) -> None:
        """A file with meetings or a ledger is of version 2, which it refuses as that of a newer program."""
        for more, version in (([], 1), *(([one], 2) for one in ONE_OF_EACH[3:])):
            export([plan], [*entries, *more], tmp_path / "x.zip", "张三", NOW)
            with zipfile.ZipFile(tmp_path / "x.zip") as archive:
                assert json.loads(archive.read(JSON_NAME))["version"] == version
            assert len(read(tmp_path / "x.zip").entries) == 6 + len(more)

    def test_meetings_and_the_ledger_come_back_as_they_were(self, plan: Document, tmp_path: Path) -> None:
        full: list[Entry] = [
            a_meeting(place="3 号会议室", participants="发改", series="例会", archived=True),
            an_item(notes=("note",), decision="照办", unit="市商务委", due="2026-12", is_open=False),
            an_item(id="next", carried_from="item"),
            an_action(
                first_due="2023-04", status=Status.PAUSED, problem="口径", next_step="统一", person="王"
            ),
            a_progress(),
        ]
        export([plan], full, tmp_path / "x.zip", "张三", NOW)
        assert list(read(tmp_path / "x.zip").entries) == [replace(one, author="张三") for one in full]

    def test_the_page_is_in_the_file(self, packed: Path) -> None:
        with zipfile.ZipFile(packed) as archive:
            assert archive.namelist() == [JSON_NAME, PAGE_NAME]
            assert "李四写的" in archive.read(PAGE_NAME).decode()

    @pytest.mark.parametrize("author", ["", " "])
    def test_whoever_gives_no_name_is_nameless_and_not_the_reader(
        self, plan: Document, entries: list[Entry], tmp_path: Path, author: str
    ) -> None:
        export([plan], entries, tmp_path / "x.zip", author, NOW)
        assert {one.author for one in read(tmp_path / "x.zip").entries} == {"未署名", "李四"}

    def test_an_empty_notebook_makes_a_file_too(self, plan: Document, tmp_path: Path) -> None:
        assert export([plan], [], tmp_path / "x.zip", "张三", NOW) == 0
        assert read(tmp_path / "x.zip").entries == ()

    @pytest.mark.parametrize(
        ("author", "name"),
        [("张三", "批注_张三_20261124.zip"), ("", "批注_20261124.zip"), ("a/b:c", "批注_abc_20261124.zip")],
    )
    def test_suggested_name(self, author: str, name: str) -> None:
        assert suggested_name(author, NOW) == name


class TestExportFails:
    @pytest.fixture
    def small_disk(self, tmp_path: Path) -> Iterator[Path]:
        """A disk of 16 kB with a file on it."""
        disk = tmp_path / "disk"
        disk.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
        if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
        (disk / "批注.zip").write_bytes(b"the one before")
        yield disk
        subprocess.run(["umount", str(disk)], check=True)

    def test_a_full_disk_leaves_the_old_file_whole(
        self, plan: Document, anchor: Anchor, small_disk: Path
    ) -> None:
        many = [Note(f"{at:032x}", anchor, f"{at}" * 40, TIME, TIME) for at in range(2000)]
        with pytest.raises(CannotExport) as caught:
            export([plan], many, small_disk / "批注.zip", "张三", NOW)
        assert_one_sentence(caught.value, "磁盘已满")
        assert {path.name: path.read_bytes() for path in small_disk.iterdir()} == {
            "批注.zip": b"the one before"
        }

    @pytest.mark.parametrize("name", ["none/批注.zip", "folder", ".", "长" * 300, "a\0b"])
    def test_a_place_that_cannot_be_written_is_told(
        self, plan: Document, entries: list[Entry], tmp_path: Path, name: str
    ) -> None:
        (tmp_path / "folder").mkdir()
        before = sorted(tmp_path.iterdir())
        with pytest.raises(CannotExport) as caught:
            export([plan], entries, tmp_path / name, "张三", NOW)
        assert_one_sentence(caught.value, "没有导出到")
        assert sorted(tmp_path.iterdir()) == before

    def test_what_could_not_be_imported_is_not_exported(
        self, plan: Document, anchor: Anchor, tmp_path: Path
    ) -> None:
        long = Note("0" * 32, anchor, "长" * (packets.MOST_CHARACTERS + 1), TIME, TIME)
        with pytest.raises(CannotExport) as caught:
            export([plan], [long], tmp_path / "x.zip", "张三", NOW)
        assert_one_sentence(caught.value, "放不下")
        assert list(tmp_path.iterdir()) == []


class TestRead:
    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"", "不是政策案头"),
            ("一份别的文件".encode(), "不是政策案头"),
            (b"PK\x03\x04" + b"\0" * 50, "损坏"),
            (b"PK\x05\x06" + b"\0" * 18, "不是政策案头"),
        ],
    )
    def test_no_zip(self, tmp_path: Path, data: bytes, word: str) -> None:
        (tmp_path / "x.zip").write_bytes(data)
        with pytest.raises(CannotImport) as caught:
            read(tmp_path / "x.zip")
        assert_one_sentence(caught.value, word)

    @pytest.mark.parametrize("name", ["没有", ".", "a\0b"])
    def test_no_file(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(CannotImport) as caught:
            read(tmp_path / name)
        assert_one_sentence(caught.value, "找不到")

    @pytest.mark.parametrize("name", ["x/notebook.json", "../notebook.json", "/notebook.json", "批注.html"])
    def test_a_zip_without_our_member(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(CannotImport) as caught:
            read(holding(tmp_path / "x.zip", b"{}", name))
        assert_one_sentence(caught.value, "不是政策案头")

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_packed_in_a_way_that_may_fill_the_memory(self, tmp_path: Path, method: int) -> None:
        with pytest.raises(CannotImport):
            read(holding(tmp_path / "x.zip", b"{}", method=method))

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        with pytest.raises(CannotImport) as caught:
            read(holding(tmp_path / "x.zip", b" " * (packets.MOST_BYTES + 1)))
        assert_one_sentence(caught.value, "太大")

    def test_a_bomb_that_lies_about_its_size(self, tmp_path: Path) -> None:
        path = holding(tmp_path / "x.zip", b" " * (packets.MOST_BYTES + 1))
        true_size = (packets.MOST_BYTES + 1).to_bytes(4, "little")
        path.write_bytes(path.read_bytes().replace(true_size, (100).to_bytes(4, "little")))
        with pytest.raises(CannotImport) as caught:
            read(path)
        assert_one_sentence(caught.value, "损坏")

    def test_a_zip_of_very_many_members(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            for at in range(5000):
                archive.writestr(f"{at}", b"")
        with pytest.raises(CannotImport):
            read(tmp_path / "x.zip")

    def test_a_large_file_is_not_even_opened(self, tmp_path: Path) -> None:
        with (tmp_path / "x.zip").open("wb") as file:
            file.truncate(10**9)
        with pytest.raises(CannotImport) as caught:
            read(tmp_path / "x.zip")
        assert_one_sentence(caught.value, "太大")

    def test_a_locked_one(self, packed: Path) -> None:
        data = bytearray(packed.read_bytes())
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + offset] |= 1
        packed.write_bytes(data)
        with pytest.raises(CannotImport) as caught:
            read(packed)
        assert_one_sentence(caught.value, "密码")

    def test_any_damage_is_told_or_harmless(self, packed: Path) -> None:
        whole, good = packed.read_bytes(), read(packed)
        target = packed.with_name("损坏.zip")

        @given(st.integers(0, len(whole) - 1), st.binary(max_size=8), st.integers(0, 40))
        def damage(at: int, other: bytes, gone: int) -> None:
            target.write_bytes(whole[:at] + other + whole[at + gone :])
            try:
                assert read(target) == good
            except CannotImport as error:
                assert_one_sentence(error)

        damage()

    def test_cut_short(self, packed: Path) -> None:
        packed.write_bytes(packed.read_bytes()[:-100])
        with pytest.raises(CannotImport) as caught:
            read(packed)
        assert_one_sentence(caught.value, "损坏")


class TestContents:
    @pytest.mark.parametrize(
        ("change", "word"),
        [
            (lambda whole: whole.update(format="something"), "不是政策案头"),
            (lambda whole: whole.update(version=3), "更新版本"),
            (lambda whole: whole.update(version=3, entries=None), "更新版本"),
            (lambda whole: whole.update(version="1"), "损坏"),
            (lambda whole: whole.update(version=0), "损坏"),
            (lambda whole: whole.pop("author"), "损坏"),
            (lambda whole: whole.update(author=7), "损坏"),
            (lambda whole: whole.update(author="长" * 1000), "损坏"),
            (lambda whole: whole.update(exported="昨天"), "损坏"),
            (lambda whole: whole.update(documents=[[]]), "损坏"),
            (lambda whole: whole.update(entries={}), "损坏"),
            (lambda whole: whole["entries"].insert(1, "x"), "第 2 条"),
            (lambda whole: whole["entries"][1].pop("body"), "第 2 条"),
            (lambda whole: whole["entries"][1].update(body=None), "第 2 条"),
            (lambda whole: whole["entries"][1].update(body="长" * 1_000_001), "第 2 条"),
            (lambda whole: whole["entries"][1].update(id=""), "第 2 条"),
            (lambda whole: whole["entries"][1].update(id="../x"), "第 2 条"),
            (lambda whole: whole["entries"][1].update(type="drawing"), "第 2 条"),
            (lambda whole: whole["entries"][1].update(tags="张江"), "第 2 条"),
            (lambda whole: whole["entries"][1].update(tags=[1]), "第 2 条"),
            (lambda whole: whole["entries"][1].update(tags=["x"] * 2000), "第 2 条"),
            (lambda whole: whole["entries"][1].update(pinned=1), "第 2 条"),
            (lambda whole: whole["entries"][1].update(anchor=None), "第 2 条"),
            (lambda whole: whole["entries"][1]["anchor"].update(start=-1), "第 2 条"),
            (lambda whole: whole["entries"][1]["anchor"].update(start=2**64), "第 2 条"),
            (lambda whole: whole["entries"][1]["anchor"].update(start=True), "第 2 条"),
            (lambda whole: whole["entries"][1]["anchor"].update(start=1.5), "第 2 条"),
            (lambda whole: whole["entries"][1]["anchor"].update(reach="page"), "第 2 条"),
            (lambda whole: whole["entries"][1]["anchor"].update(document=""), "第 2 条"),
            (lambda whole: whole["entries"].insert(1, packets.as_json(a_meeting())), "第 2 条"),
            (lambda whole: whole["entries"][1].update(type=["note"]), "第 2 条"),
        ],
    )
    def test_what_is_wrong_is_refused_as_a_whole(
        self, packed: Path, change: Callable[[dict[str, Any]], object], word: str
    ) -> None:
        with pytest.raises(CannotImport) as caught:
            read(remade(packed, change))
        assert_one_sentence(caught.value, word)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"null",
            b"[]",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b"1" * 100_000,
            b"NaN",
            b"[1e999]",
            b"[" + b"{}," * 3_000_000 + b"{}]",
        ],
        ids=lambda data: repr(data[:8]),
    )
    def test_no_json_of_ours(self, tmp_path: Path, data: bytes) -> None:
        with pytest.raises(CannotImport) as caught:
            read(holding(tmp_path / "x.zip", data))
        assert_one_sentence(caught.value)

    def test_kinds_and_colors_of_another_time_fall_back_and_are_told(self, packed: Path) -> None:
        def change(whole: dict[str, Any]) -> None:
            for one in whole["entries"]:
                one.update(kind="想法", color=["红"])

        packet = read(remade(packed, change))
        assert {one.kind for one in packet.entries if isinstance(one, Note)} == {NoteKind.GENERAL}
        assert {one.color for one in packet.entries if isinstance(one, Highlight)} == {Color.YELLOW}
        assert [re.findall(r"\d+|一般|黄", one) for one in packet.warnings] == [["4", "一般"], ["1", "黄"]]

    def test_a_part_without_its_whole_is_taken_and_a_status_of_another_time_told(self, packed: Path) -> None:
        item, row, progress = (packets.as_json(one) for one in ONE_OF_EACH[4:])
        item.update(meeting="../x", notes=["a b", "note"], carried_from="…")
        row.update(status="督办")
        progress.update(action="", day="昨天")

        def change(whole: dict[str, Any]) -> None:
            whole.update(version=2, entries=[item, row, progress])

        packet = read(remade(packed, change))
        assert packet.entries == (
            an_item(meeting="", notes=("note",), author="张三"),
            an_action(author="张三"),
            a_progress(action="", day=TIME[:10], author="张三"),
        )
        assert [re.findall(r"\d+|状态|未启动", one) for one in packet.warnings] == [["1", "状态", "未启动"]]

    def test_an_id_that_comes_twice_counts_once(self, packed: Path) -> None:
        packet = read(remade(packed, lambda whole: whole["entries"].append(whole["entries"][0])))
        assert len({one.id for one in packet.entries}) == len(packet.entries) == 6
        assert "重复" in packet.warnings[0]

    def test_strange_values_become_harmless(self, packed: Path) -> None:
        def change(whole: dict[str, Any]) -> None:
            first = whole["entries"][0]
            first.update(
                body="半个\ud800字", tags=["\udfff"], created="", changed="明天", extra={"new": 1}, author=" "
            )
            first["anchor"].update(before="前" * 500, after="后" * 500)

        note = read(remade(packed, change)).entries[0]
        assert isinstance(note, Note)
        assert (note.body, note.tags, note.author) == ("半个?字", ("?",), "张三")
        assert note.created == note.changed == NOW.astimezone().isoformat(timespec="seconds")
        assert (note.anchor.before, note.anchor.after) == ("前" * 32, "后" * 32)

    @given(
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5)
    )
    def test_any_value_anywhere_is_refused_or_harmless(self, value: object) -> None:
        entries = [packets.as_json(one) for one in ONE_OF_EACH[1:]]
        for entry, place in ((one, place) for one in entries for place in (one, one["anchor"])):
            for name in place:
                changed = json.loads(json.dumps(entry))
                (changed if place is entry else changed["anchor"])[name] = value
                whole = {
                    "format": packets.FORMAT,
                    "version": 2,
                    "author": "甲",
                    "exported": TIME,
                    "documents": [],
                    "entries": [changed],
                }
                try:
                    [taken] = packets.parse(json.dumps(whole).encode()).entries
                    hash(taken)
                except CannotImport as error:
                    assert_one_sentence(error)
