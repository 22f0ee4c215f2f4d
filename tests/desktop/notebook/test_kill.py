"""A process killed in the middle of writing: everything it had acknowledged is there, and nothing is there by halves."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.notebook.model import Action, Note
from desktop.notebook.store import Notebook

ROOT = Path(__file__).parents[3]
ROUNDS = 24
WRITER = """
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from desktop.notebook.model import Anchor, Reach
from desktop.notebook.store import Notebook

notebook = Notebook.open(Path(sys.argv[1]))
anchor = Anchor("plan", Reach.MEASURE, "plan/1.1.1", "plan/1.1.1", 0, 2, "引文", "", "")
for number in count():
    body = f"{sys.argv[2]}-{number}"
    note = notebook.add_note(anchor, "草稿" * 200).entry
    note = notebook.revise([(note, replace(note, body=body))]).entry
    row = notebook.add_action(anchor, due="2023-06").entry
    row = notebook.revise([(row, replace(row, due="2023-09", problem=body))]).entry
    progress = notebook.add_progress(row, "2026-11-20", body).entry
    meeting = notebook.add_meeting(anchor, body, series=sys.argv[2]).entry
    items = [edit.entry for edit in notebook.add_agenda_items(meeting.id, [anchor]).edits]
    notebook.delete([note, row, progress, meeting, *items])
    print(body, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    chance = random.Random(2023)
    for number in range(ROUNDS):
        acknowledged += _write_and_die(tmp_path, str(number), chance.randrange(1, 60))
        notebook = Notebook.open(tmp_path)
        deleted, everything = notebook.deleted("plan"), notebook.everything()
        notebook.close()
        bodies = {one.body for one in deleted if isinstance(one, Note)}
        assert [body for body in acknowledged if body not in bodies] == []
        assert len(deleted) == 5 * len(bodies), "a note went without the others"
        assert len(everything) <= 5 * (len(acknowledged) + number + 1)
        rows = [one for one in deleted if isinstance(one, Action)]
        assert {(one.due, one.first_due) for one in rows} == {("2023-09", "2023-06")}
        assert {one.problem for one in rows} == bodies
    assert len(acknowledged) > ROUNDS * 10


def _write_and_die(folder: Path, name: str, lines: int) -> list[str]:
    """The lines that a writer printed before it was killed, somewhere after the given number of them."""
    command = [sys.executable, "-c", WRITER, str(folder), name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as writer:
        assert writer.stdout
        seen = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        seen += writer.stdout.readlines()
    return [line.rstrip("\n") for line in seen if line.endswith("\n")]
