"""Workbooks made to do harm: ``python -m tests.bench.hostile``.

Each is read in a process of its own. The figures are seconds of the processor, the memory in MB that reading took at its
peak beyond what the process had before, and what the reader is told. Exits with 1 if one takes more than 600 MB or 20 s,
or ends in anything but a table or a sentence.
"""

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from openpyxl import Workbook

from desktop.export import xlsx_reading
from desktop.export.errors import CannotReadTable

_MOST_MEGABYTES, _MOST_SECONDS = 600, 20.0
_SHEET, _STRINGS, _STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OPEN, _CLOSE = f"<worksheet {_SPACE}><sheetData>", "</sheetData></worksheet>"
_STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_READ_ALONE = "--read"


def main() -> int:
    """Make each file, have it read, print what happened, give the exit code."""
    is_bad = False
    with tempfile.TemporaryDirectory(prefix="desk-hostile-") as name:
        for what, members in _files():
            source = _packed(Path(name) / f"{what}.xlsx", members)
            answer = _in_a_process(source)
            is_bad |= answer["seconds"] > _MOST_SECONDS or answer["megabytes"] > _MOST_MEGABYTES
            size = source.stat().st_size / 1e6
            print(
                f"{what:<24} {size:6.1f} MB  {answer['seconds']:5.1f} s  {answer['megabytes']:4.0f} MB  {answer['said']}"
            )
    return int(is_bad)


def read_alone(source: Path) -> None:
    """Read one file and print what it took."""
    import openpyxl.reader.excel  # noqa: F401 - loaded before it is measured, as it is once in the program

    before, started = _megabytes(), process_time()
    try:
        tables = xlsx_reading.read(source)
        said = f"read: {sum(len(table.rows) for table in tables)} rows"
    except CannotReadTable as error:
        said = str(error)
    print(json.dumps({"seconds": process_time() - started, "megabytes": _megabytes() - before, "said": said}))


def _files() -> Iterator[tuple[str, dict[str, str]]]:
    chance = random.Random(2023)
    words = ["".join(chance.choices("优化营商环境统一口径系统联调上线", k=8)) for _ in range(5_000)]

    def cell() -> str:
        return f'<c t="inlineStr"><is><t>{chance.choice(words)}{chance.randrange(99)}</t></is></c>'

    def rows(count: int, inside: Callable[[], str], times: int) -> str:
        return "".join(f"<row>{''.join(inside() for _ in range(times))}</row>" for _ in range(count))

    yield "spaces", {_SHEET: _OPEN + " " * 60_000_000 + _CLOSE}
    yield "the most that is read", {_SHEET: _OPEN + rows(19_000, cell, 25) + _CLOSE}
    numbers = rows(19_000, lambda: f"<c><v>{chance.randrange(9999)}</v></c>", 38)
    yield "many numbers", {_SHEET: _OPEN + numbers + _CLOSE}
    strings = "".join(f"<si><t>{chance.choice(words)}{at}</t></si>" for at in range(700_000))
    yield (
        "many shared strings",
        {
            _STRINGS: f"<sst {_SPACE}>{strings}</sst>",
            _SHEET: _OPEN + '<row><c t="s"><v>9</v></c></row>' + _CLOSE,
        },
    )
    fonts = "".join(f'<font><sz val="{chance.randrange(9999)}"/></font>' for _ in range(49_000))
    yield "many styles", {_STYLES: f"<styleSheet {_SPACE}><fonts>{fonts}</fonts></styleSheet>"}
    yield "a million rows", {_SHEET: _OPEN + '<row r="1048576"><c><v>1</v></c></row>' + _CLOSE}
    empty = "".join(f'<row ht="{chance.randrange(9999)}"/>' for _ in range(1_000_000))
    yield "a million empty rows", {_SHEET: _OPEN + empty + _CLOSE}
    far = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 19_000))
    yield "cells far to the right", {_SHEET: _OPEN + far + _CLOSE}
    long = "".join(chance.choice(words) for _ in range(2_000_000))
    one = f'<row><c t="inlineStr"><is><t>{long}</t></is></c></row>'
    yield "one cell of 16 million", {_SHEET: _OPEN + one + _CLOSE}
    joins = "".join(f'<mergeCell ref="A{chance.randrange(999)}:A{at}"/>' for at in range(1_000, 2_000_000))
    joined = f"</sheetData><mergeCells>{joins}</mergeCells></worksheet>"
    yield "many joined cells", {_SHEET: _OPEN + "<row><c><v>1</v></c></row>" * 9_000 + joined}
    yield "nested deep", {_SHEET: _OPEN + "".join(f"<x{chance.randrange(99)}>" for _ in range(900_000))}
    yield "entities", {_SHEET: f'<!DOCTYPE x [<!ENTITY a "{"a" * 999}">]>' + _OPEN + "&a;" * 9_999 + _CLOSE}


def _packed(target: Path, members: dict[str, str]) -> Path:
    """The skeleton of a workbook with these members besides or instead."""
    book, plain = Workbook(), io.BytesIO()
    book.active["A1"] = "任务"  # type: ignore[index]
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name).replace(b"</Types>", _STRINGS_TYPE + b"</Types>"))
        members = {_STRINGS: f"<sst {_SPACE}/>", **members}
        for name, text in members.items():
            new.writestr(name, text.encode())
    return target


def _in_a_process(source: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.hostile", _READ_ALONE, str(source)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=os.environ, timeout=300, check=True
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _megabytes() -> float:
    """The most memory that this process has had, in MB."""
    # Not getrusage: there a child begins with what its parent has had.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    if _READ_ALONE in sys.argv:
        read_alone(Path(sys.argv[-1]))
    else:
        raise SystemExit(main())
