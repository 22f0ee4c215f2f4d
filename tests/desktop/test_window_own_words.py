"""The reader's own words in the search box: notes, tags and bookmarks in groups of their own, as they are written."""

import pytest

from desktop.notebook.anchors import anchor_measure
from tests.desktop.reader import Reader, lines_of, row_of

# The offscreen platform has no windows to raise, as opening a menu would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def tagged(noted: Reader) -> Reader:
    """With a note on 二、（一）第4句 that has the tag 张江督办, and a bookmark called 重名备查 there."""
    noted.click_card("问市场监管局", "编辑")
    noted.click(noted.form.tags_line)
    noted.write("张江督办")
    noted.press("Esc", "Esc")
    commands = noted.window.work.desk.writing._commands
    commands.toggle_bookmark("shanghai-2023/2.1.4")
    [bookmark] = commands.shelf.bookmarks
    noted.window.work.desk.writing._rename_bookmark(bookmark.id, "重名备查")
    return noted


def heads(reader: Reader) -> list[str]:
    return [row.text for row in reader.row_kinds("head")]


@pytest.mark.parametrize(
    ("typed", "head", "line"),
    [
        ("问市场监管", "批注 1", "问市场监管局"),
        ("張江督辦", "批注 1", "#张江督办"),
        ("重名备", "书签 1", "重名备查"),
    ],
)
def test_notes_tags_and_bookmarks_are_found_apart_from_the_text(
    tagged: Reader, typed: str, head: str, line: str
) -> None:
    tagged.search(typed)
    assert head in heads(tagged)
    assert tagged.row_kinds("exact") == []
    assert any(line in one for one in lines_of(tagged.window.views.results))
    tagged.press("Return")
    assert tagged.is_at(tagged.window.views.results)


def test_what_is_quoted_is_not_the_readers_own(tagged: Reader) -> None:
    tagged.search("争议处理")
    assert not [one for one in heads(tagged) if one.startswith(("批注", "书签"))]


def test_what_is_written_is_found_at_once_and_what_is_deleted_no_more(reader: Reader) -> None:
    reader.search("甲乙丙")
    assert "批注 1" not in heads(reader)
    commands = reader.window.work.desk.writing._commands
    commands.write_note(anchor_measure(commands.document, "shanghai-2023/2.1.5"), "甲乙丙丁")
    assert "批注 1" in heads(reader)
    commands.undo()
    assert "批注 1" not in heads(reader)


def test_meetings_and_the_ledger_are_found_too(reader: Reader) -> None:
    commands = reader.window.work.desk.writing._commands
    commands.add_meeting("甲乙丙专题会")
    commands.add_action(anchor_measure(commands.document, "shanghai-2023/2.1.5"), lead="甲乙丙委员会")
    reader.search("甲乙丙")
    assert [head for head in heads(reader) if head.startswith(("会议", "台账"))] == ["会议 1", "台账 1"]
    reader.click_line(reader.window.views.results, row_of(reader.window.views.results, "甲乙丙委员会"))
    assert reader.current == "2.1.5"


def test_words_the_reader_has_written_are_not_read_as_others(reader: Reader) -> None:
    """答复 sounds like 大幅, which the plan has; it is what the note says all the same."""
    reader.search("答复")
    assert reader.row_kinds("read")
    commands = reader.window.work.desk.writing._commands
    commands.write_note(anchor_measure(commands.document, "shanghai-2023/2.1.5"), "周五前答复")
    reader.search("")
    reader.search("答复")
    assert reader.row_kinds("read") == []
    assert [row.text for row in reader.row_kinds("reading")] == ["大幅"]
    assert "批注 1" in heads(reader)
