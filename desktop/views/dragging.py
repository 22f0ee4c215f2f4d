"""What is dragged from one place of the window to another, and to other programs as words."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QLabel, QWidget

_FORMAT = "application/x-policy-desk-places"
_SLIP_WORDS = 16
"""Characters of what is dragged that the slip under the mouse shows."""

Stretch = tuple[str, int, str, int]
"""Characters of the text: from one in a measure up to, not including, one in the same or a later measure."""


@dataclass(frozen=True, slots=True)
class Dragged:
    """Places in one document: stretches of words, whole measures, sections (section 0: a part), notes by their ids."""

    document: str
    stretches: tuple[Stretch, ...] = ()
    measures: tuple[str, ...] = ()
    sections: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()

    def put_into(self, data: QMimeData) -> None:
        """Add the places to what is dragged or copied."""
        data.setData(_FORMAT, json.dumps(asdict(self)).encode())


def dragged_in(data: QMimeData) -> Dragged | None:
    """The places in what is dragged; None if there are none that this program wrote."""
    if not data.hasFormat(_FORMAT):
        return None
    try:
        found = json.loads(bytes(data.data(_FORMAT).data()))
        return Dragged(
            str(found["document"]),
            tuple((str(a), int(b), str(c), int(d)) for a, b, c, d in found["stretches"]),
            tuple(map(str, found["measures"])),
            tuple((int(part), int(section)) for part, section in found["sections"]),
            tuple(map(str, found["notes"])),
        )
    except (ValueError, KeyError, TypeError):
        return None


def drag(source: QWidget, dragged: Dragged, words: str) -> None:
    """Let the reader drag places about until he lets go; another program is given the ``words``."""
    data = QMimeData()
    data.setText(words)
    dragged.put_into(data)
    carry(source, data, words)


def carry(source: QWidget, data: QMimeData, words: str) -> None:
    """Drag data, with a slip under the mouse that shows the beginning of ``words``."""
    moved = QDrag(source)
    moved.setMimeData(data)
    line = " ".join(words.split())
    slip = QLabel(line[:_SLIP_WORDS] + "…" * (len(line) > _SLIP_WORDS), source)
    slip.setObjectName("dragSlip")
    slip.ensurePolished()
    slip.adjustSize()
    moved.setPixmap(slip.grab())
    moved.setHotSpot(QPoint(-6, -6))
    slip.deleteLater()
    moved.exec(Qt.DropAction.CopyAction)
