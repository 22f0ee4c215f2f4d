"""A process killed in the middle of writing: everything it had acknowledged is there."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.notebook.store import FILE_NAME, Notebook

ROOT = Path(__file__).parents[3]
ROUNDS = 24
WRITER = """
import sys
from itertools import count
from pathlib import Path
from desktop.notebook.model import Anchor
from desktop.notebook.store import Notebook

notebook = Notebook.open(Path(sys.argv[1]))
anchor = Anchor("plan", "plan/1.1.1", "引文", "", "", 0, 2)
for number in count():
    body = f"{sys.argv[2]}-{number}"
    note = notebook.add_note(anchor, "草稿" * 200).entry.id
    notebook.edit_note(note, body)
    print(body, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    chance = random.Random(2023)
    for number in range(ROUNDS):
        acknowledged += _write_and_die(tmp_path, str(number), chance.randrange(1, 60))
        notebook = Notebook.open(tmp_path)
        bodies = [note.body for note in notebook.notes("plan")]
        notebook.close()
        assert [body for body in acknowledged if body not in bodies] == []
        assert len(bodies) <= len(acknowledged) + 2 * (number + 1)
    assert len(acknowledged) > ROUNDS * 10
    assert (tmp_path / FILE_NAME).stat().st_size > 0


def _write_and_die(folder: Path, name: str, lines: int) -> list[str]:
    """The lines that a writer printed before it was killed, somewhere after the given number of them."""
    command = [sys.executable, "-c", WRITER, str(folder), name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as writer:
        assert writer.stdout
        seen = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        seen += writer.stdout.readlines()
    return [line.rstrip("\n") for line in seen if line.endswith("\n")]
