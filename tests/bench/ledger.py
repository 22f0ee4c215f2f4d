"""A full ledger: ``python -m tests.bench.ledger [rows=2000] [rounds=100] [seed=2023]``.

So many rows on the plan's measures with three entries of progress each, on a shelf and in a file. Each figure is what one
act of the reader costs without painting (with it: ``tests.bench.ledger_window``): p50 and p95 of so many rounds, in
milliseconds. Exits with 1 if any p95 is above 50 ms.

load     reading everything and finding its places
edit     one cell changed: saved durably, and followed by the shelf
fill     a column filled down fifty rows: saved, and followed by the shelf
undo     that taken back
filter   words sought in rows and progress, as they are typed
sort     each order in turn
group    each grouping in turn, with the counts
"""

import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from content.library import Library
from desktop.notebook import ledger
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.ledger import Grouping, Ledger, Order, Wanted
from desktop.notebook.model import Action, Anchor, Entry, Progress, Status
from desktop.notebook.store import Notebook, new_id
from desktop.shelf import Shelf

_MOST_MS = 50.0
_DAY = date(2023, 6, 15)
_TIME = "2023-02-01T09:00:00+08:00"
_UNITS = (
    "市发展改革委",
    "市经济信息化委",
    "市商务委",
    "市市场监管局",
    "市住房城乡建设管理委",
    "上海海关",
    "各区政府",
)
_DUES = ("2023-05", "2023年二季度", "2023-06-30", "2023年", "2024年上半年", "长期", "即时", "")
_WORDS = "完成口径统一系统联调上线试运行等待价格部门意见覆盖全市各区"


def main(count: int = 2000, rounds: int = 100, seed: int = 2023) -> int:
    """Fill a ledger, measure, print, and give the exit code."""
    chance = random.Random(seed)
    plan = Library().document("shanghai-2023")
    anchors = [anchor_measure(plan, measure) for measure in plan.places]
    entries = filled(chance, anchors, count)
    with tempfile.TemporaryDirectory(prefix="desk-ledger-") as name:
        notebook = Notebook.open(Path(name))
        notebook.add(entries)
        shelf = Shelf(plan)
        load = _took(lambda: shelf.load(notebook.on_desk(plan.id)))
        figures = _measured(chance, notebook, shelf, rounds)
        notebook.close()
    print(f"{count} rows, {3 * count} entries of progress; loaded in {load:.0f} ms")
    worst = 0.0
    for act, took in figures.items():
        ordered = sorted(took)
        p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        worst = max(worst, p95)
        print(f"{act:<8} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")
    return int(worst > _MOST_MS)


def filled(chance: random.Random, anchors: list[Anchor], count: int) -> list[Entry]:
    """So many rows with three entries of progress each."""
    rows = [_row(chance, Action(new_id(), chance.choice(anchors), _TIME, _TIME, at)) for at in range(count)]
    entries: list[Entry] = [*rows]
    for row in rows:
        days = (f"2023-0{month}-1{month}" for month in (3, 4, 5))
        entries += [Progress(new_id(), row.anchor, _TIME, _TIME, row.id, day, _text(chance)) for day in days]
    return entries


def _measured(chance: random.Random, notebook: Notebook, shelf: Shelf, rounds: int) -> dict[str, list[float]]:
    listed, figures = (
        Ledger(),
        {act: list[float]() for act in ("edit", "fill", "undo", "filter", "sort", "group")},
    )

    def ask(wanted: Wanted, order: Order) -> list[Action]:
        return listed.select(shelf.actions, wanted, order, _DAY, shelf.position, shelf.progress)

    def revise(revisions: list[tuple[Action, Action]]) -> None:
        changes.append(notebook.revise(revisions))
        shelf.apply(changes[-1])

    changes = [notebook.revise([])]
    for number in range(rounds):
        row = chance.choice(shelf.actions)
        figures["edit"].append(_took(lambda: revise([(row, replace(row, problem=f"问题{number}"))])))  # noqa: B023
        some = ask(Wanted(), Order.TEXT)[number : number + 51]
        figures["fill"].append(_took(lambda: revise(ledger.fill_down(some, ["due", "lead"]))))  # noqa: B023
        figures["undo"].append(_took(lambda: shelf.apply(notebook.apply(changes[-1].inverse))))
        words = _WORDS[number % 9 : number % 9 + 1 + number % 3]
        figures["filter"].append(_took(lambda: ask(Wanted(words=words), Order.TEXT)))  # noqa: B023
        order = list(Order)[number % len(Order)]
        figures["sort"].append(_took(lambda: ask(Wanted(), order)))  # noqa: B023
        figures["group"].append(_took(lambda: _group(shelf, number)))  # noqa: B023
    return figures


def _group(shelf: Shelf, number: int) -> None:
    grouping = list(Grouping)[number % len(Grouping)]
    ledger.grouped(shelf.actions, grouping, _DAY, lambda one: str(shelf.section_of(one)))
    ledger.counts(shelf.actions, _DAY)


def _took(act: Callable[[], object]) -> float:
    """How long it took, in milliseconds."""
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def _row(chance: random.Random, like: Action) -> Action:
    support = "、".join(chance.sample(_UNITS, chance.randrange(4)))
    return replace(
        like,
        lead=chance.choice(_UNITS),
        support=support,
        due=chance.choice(_DUES),
        status=chance.choice(list(Status)),
        problem=_text(chance),
        next_step=_text(chance),
    )


def _text(chance: random.Random) -> str:
    return "".join(chance.choices(_WORDS, k=chance.randrange(10, 60)))


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
