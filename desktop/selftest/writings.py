"""Writing in the notebook, keeping it, and exchanging it."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime

from content import markdown
from content.library import POLICY_FILE, Library
from desktop.notebook import backups, exchange, schema
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_section
from desktop.notebook.attaching import Fit
from desktop.notebook.checkup import check_up
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotOpen
from desktop.notebook.importing import preview
from desktop.notebook.model import Color, Note
from desktop.notebook.opening import open_notebook
from desktop.notebook.rendering import to_html
from desktop.notebook.store import Notebook
from desktop.selftest.step import MEASURE, OWN, PLAN, Desk, Failed, Step, expect

_BEFORE, _AFTER = "报装全程服务时限，连接服务", "报装全流程服务的时限，接入服务"


def _write(desk: Desk) -> str:
    opened = open_notebook(desk.data)
    notebook = opened.notebook
    anchor = anchor_measure(desk.document, MEASURE)
    notebook.add_note(anchor, OWN)
    notebook.add_bookmark(anchor, "自检")
    notebook.add_highlight(anchor, Color.GREEN)
    notebook.close()
    return _read_again(desk)


def _read_again(desk: Desk) -> str:
    notebook = Notebook.open(desk.data)
    bodies = [note.body for note in notebook.notes(PLAN)]
    counts = len(bodies), len(notebook.bookmarks(PLAN)), len(notebook.highlights(PLAN))
    notebook.close()
    expect(bodies == [OWN] and counts == (1, 1, 1), "重新打开后与写下的不同")
    return "批注、书签、标记各 1，重新打开都在"


def _lay_out_markdown(desk: Desk) -> str:
    made = to_html("**要点**\n\n|甲|乙|\n|-|-|\n|1|2|\n\n<script>alert(1)</script>")
    expect("<strong>要点</strong>" in made and "<table>" in made, "Markdown 没有排版")
    expect("<script" not in made, "没有滤去脚本")
    return "加粗、表格已排版，脚本已滤去"


def _hold_meeting(desk: Desk) -> str:
    notebook = Notebook.open(desk.data)
    [edit] = notebook.add_meeting(anchor_document(desk.document), "自检会", "2026-11-25T14:00").edits
    meeting = edit.after
    expect(meeting, "会议没有存下")
    assert meeting is not None
    anchors = [anchor_measure(desk.document, MEASURE), anchor_section(desk.document, (2, 4))]
    notebook.add_agenda_items(meeting.id, anchors)
    expect([one.meeting for one in notebook.agenda_items()] == [meeting.id] * 2, "议程与加入的不同")
    notebook.close()
    return "议程 2 项"


def _keep_ledger(desk: Desk) -> str:
    notebook = Notebook.open(desk.data)
    anchor = anchor_measure(desk.document, MEASURE)
    notebook.add_action(anchor, lead="市经济信息化委", due="2026-12-31")
    [action] = notebook.actions()
    notebook.add_progress(action, "2026-11-20", "已统一口径")
    expect([one.text for one in notebook.progress()] == ["已统一口径"], "进展没有存下")
    notebook.close()
    return "1 行，进展 1 条"


def _back_up_and_restore(desk: Desk) -> str:
    notebook = Notebook.open(desk.data)
    made = backups.back_up(notebook.connection, desk.data, backups.Reason.BY_HAND, datetime.now())
    kept = backups.entries(made)
    notebook.delete(notebook.notes(PLAN))
    expect(not notebook.notes(PLAN), "批注没有放进回收")
    notebook.apply(backups.restoring(notebook.everything(), kept, _now()))
    expect([note.body for note in notebook.notes(PLAN)] == [OWN], "恢复后与备份不同")
    notebook.close()
    return f"备份 {len(kept)} 条，已核对；恢复后都在"


def _mend(desk: Desk) -> str:
    """A damaged copy: put aside, and what is in the backup brought back."""
    copy = desk.folder / "损坏"
    shutil.copytree(desk.data, copy)
    file = copy / FILE_NAME
    data = bytearray(file.read_bytes())
    data[: len(data) // 2] = bytes(len(data) // 2)
    file.write_bytes(data)
    opened = open_notebook(copy)
    found = [one for one in opened.entries if isinstance(one, Note)]
    opened.notebook.close()
    expect("已损坏" in opened.told and [note.body for note in found] == [OWN], "损坏的笔记本没有修复")
    return "损坏的另存，内容由备份补回"


def _find_again(desk: Desk) -> str:
    """What was written on words that have been changed since."""
    text = (Library().folder(PLAN) / POLICY_FILE).read_text("utf-8")
    expect(_BEFORE in text, "原文中没有要改的话")
    changed = markdown.read(text.replace(_BEFORE, _AFTER), "自检")
    notebook = Notebook.open(desk.data)
    checkup = check_up(changed, notebook.notes(PLAN))
    notebook.close()
    expect(checkup.counts[Fit.CHANGED] == 1, "原文改动后批注没有找到新的位置")
    return "原文改动后找到新的位置"


def _upgrade(desk: Desk) -> str:
    """A notebook as the first version of the program made it: backed up, then brought to today's shape."""
    folder = desk.folder / "旧版"
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        schema.migrate(connection, 1)
        connection.execute(
            "INSERT INTO note (id, document, measure, quote, before, after, start, end, body, created, changed)"
            " VALUES ('n', ?, ?, '', '', '', 0, 0, ?, '', '')",
            (PLAN, MEASURE, OWN),
        )
    notebook = open_notebook(folder).notebook
    bodies = [note.body for note in notebook.notes(PLAN)]
    notebook.close()
    reasons = [one.reason for one in backups.backups(folder)]
    expect(bodies == [OWN], "升级后与原来不同")
    expect(reasons == [backups.Reason.BEFORE_UPGRADE], "升级前没有备份")
    return f"第 1 版升级到第 {schema.VERSION} 版，先作了备份"


def _leave_newer_alone(desk: Desk) -> str:
    folder = desk.folder / "新版"
    shutil.copytree(desk.data, folder)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE note ADD COLUMN later TEXT")
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
        connection.execute("PRAGMA journal_mode = DELETE")
    before = (folder / FILE_NAME).read_bytes()
    try:
        open_notebook(folder).notebook.close()
    except CannotOpen as error:
        expect("更新版本" in str(error), "没有说明是更新版本的笔记本")
    else:
        raise Failed("打开了更新版本的笔记本")
    expect((folder / FILE_NAME).read_bytes() == before, "改动了更新版本的笔记本")
    return "说明后原样留下"


def _exchange(desk: Desk) -> str:
    notebook = Notebook.open(desk.data)
    entries = notebook.everything()
    notebook.close()
    target = desk.folder / "批注.zip"
    count = exchange.export([desk.document], entries, target, "自检", datetime.now())
    packet = exchange.read(target)
    other = Notebook.open(desk.folder / "同事")
    other.apply(preview(other.everything(), packet, [desk.document], "同事").change())
    expect(len(other.everything()) == count, "导入的与导出的不同")
    other.close()
    return f"{count} 条，导入后都在"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


STEPS = (
    Step("写批注、书签、标记", _write),
    Step("Markdown 排版", _lay_out_markdown),
    Step("会议和议程", _hold_meeting),
    Step("台账和进展", _keep_ledger),
    Step("备份和恢复", _back_up_and_restore),
    Step("修复损坏的笔记本", _mend),
    Step("锚点体检", _find_again),
    Step("旧版笔记本升级", _upgrade),
    Step("不动更新版本的笔记本", _leave_newer_alone),
    Step("导出批注、导入批注", _exchange),
)
