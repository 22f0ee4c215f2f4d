"""A damaged file opened: ``python -m tests.bench.damage [entries=400] [flips=200] [cuts=50] [seed=2023]``.

A notebook of a few hundred entries, some of many pages, has one byte changed or its end cut off, each time anew, once
without a backup and once with one of all but the last tenth of the entries.

untouched  opened with nothing to tell, and everything is as it was
recovered  told, put aside and made anew
read       share of the entries that are exactly as they were, taken from the damaged file or the backup
backup     entries that came from the backup
suspect    entries whose words may be wrong, and say so or are counted in what is told
silent     entries missing or different without anything being told: has to be 0
kept       damaged files that lie byte for byte in the quarantine
"""

import random
import re
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import NotebookError
from desktop.notebook.model import Entry
from desktop.notebook.recovery import QUARANTINE_NAME
from desktop.notebook.store import Notebook
from tests.desktop.notebook.damaging import backed_up, by_id, filled, flipped, fresh, made_up, opened

Damage = Callable[[bytes], bytes]
_TOLD = re.compile(r"读出 (\d+) 条(?:，由备份补回 (\d+) 条)?(?:，其中 (\d+) 条)?")


def main(count: int = 400, flips: int = 200, cuts: int = 50, seed: int = 2023) -> int:
    """Damage it in every way, print what came of it, and give the exit code."""
    chance, bad = random.Random(seed), 0
    entries = made_up(chance, count)
    with tempfile.TemporaryDirectory(prefix="desk-damage-") as name:
        for has_backup in (False, True):
            source = Path(name) / f"source-{has_backup}"
            _prepare(source, entries, has_backup)
            size = (source / FILE_NAME).stat().st_size
            print(f"{len(entries)} entries, {size:,} bytes, {'with' if has_backup else 'without'} a backup")
            ways: dict[str, tuple[int, Damage]] = {
                "flips": (flips, lambda data: flipped(data, chance.randrange(len(data)), chance)),
                "cuts": (cuts, lambda data: data[: chance.randrange(len(data))]),
            }
            for way, (times, damage) in ways.items():
                bad += _report(way, times, source, Path(name) / "x", by_id(entries), damage)
    return int(bad > 0)


def _prepare(folder: Path, entries: list[Entry], has_backup: bool) -> None:
    newer = len(entries) // 10
    filled(folder, entries[:-newer])
    if has_backup:
        backed_up(folder)
    notebook = Notebook.open(folder)
    notebook.add(entries[-newer:])
    notebook.close()


def _report(
    way: str, times: int, source: Path, folder: Path, written: dict[str, Entry], damage: Damage
) -> int:
    """Damages and opens it so many times; gives how often something was silent, lost from view, or a traceback."""
    found: Counter[str] = Counter()
    started = perf_counter()
    for _ in range(times):
        path = fresh(folder, source)
        damaged = damage(path.read_bytes())
        path.write_bytes(damaged)
        found += _opened(folder, written, damaged)
    total = times * len(written)
    print(
        f"  {times} {way}: untouched {found['untouched']}, recovered {found['recovered']},"
        f" refused {found['refused']}, tracebacks {found['tracebacks']};"
        f" read {found['exact'] / total:.2%}, from backup {found['backup']}, suspect {found['suspect']},"
        f" lost and told {found['lost']}, silently lost {found['silent']};"
        f" kept {found['kept']}/{found['recovered']}; {(perf_counter() - started) / times * 1000:.0f} ms each"
    )
    shutil.rmtree(folder)
    return found["silent"] + found["tracebacks"] + found["refused"] + found["recovered"] - found["kept"]


def _opened(folder: Path, written: dict[str, Entry], damaged: bytes) -> Counter[str]:
    try:
        opening = opened(folder)
    except NotebookError as error:
        print(f"    refused: {error}", file=sys.stderr)
        return Counter(refused=1)
    except Exception:
        traceback.print_exc()
        return Counter(tracebacks=1)
    present = by_id(opening.entries)
    exact = sum(present.get(entry_id) == entry for entry_id, entry in written.items())
    if not opening.told:
        return Counter(untouched=1, exact=exact, silent=len(written) - exact)
    told = _TOLD.search(opening.told)
    _, backup, suspect = (int(number or 0) for number in told.groups()) if told else (0, 0, 0)
    aside = [path.read_bytes() for path in (folder / QUARANTINE_NAME).glob(f"*/{FILE_NAME}")]
    return Counter(
        recovered=1,
        exact=exact,
        backup=backup,
        suspect=suspect,
        lost=sum(entry_id not in present for entry_id in written),
        kept=int(aside == [damaged] or not damaged),
    )


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
