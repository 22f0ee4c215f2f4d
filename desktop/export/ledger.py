"""台账 as plain columns: what goes into a sheet and comes back from one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

LABEL = "本单位填写，非方案原文"
STATES = ("未开始", "进行中", "已完成", "暂缓", "取消")
"""What a sheet offers to choose from where the desk names nothing else."""
LASTING = "长期"
"""The due date of what never ends."""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated entry of the 进展. ``date`` is ISO 8601, or empty where none was given."""

    date: str
    words: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row. ``due`` and ``first_due`` are 2023-06-30, 2023-06, 长期, empty, or words that are no date.

    ``text``, ``section`` and ``citation`` are the plan's; ``measure`` is the measure's id, ``id`` the row's own.
    ``alert`` is what the desk computed on the day of export: 逾期, 临期.
    """

    id: str = ""
    measure: str = ""
    citation: str = ""
    section: str = ""
    text: str = ""
    lead: str = ""
    support: str = ""
    due: str = ""
    first_due: str = ""
    state: str = ""
    progress: tuple[Step, ...] = ()
    problem: str = ""
    next_step: str = ""
    person: str = ""
    alert: str = ""

    @property
    def shown_due(self) -> str:
        """The time limit, with the first one beside it where it was changed."""
        is_changed = self.first_due and self.first_due != self.due
        return f"{self.due}\n（原定 {self.first_due}）" if is_changed else self.due

    @property
    def is_filled_in(self) -> bool:
        """Whether the unit has written anything into it."""
        return any(getattr(self, column.key) for column in COLUMNS if column.owner is Owner.UNIT)


class Owner(Enum):
    """Whose the words of a column are."""

    PLAN = "方案原文"
    UNIT = f"「{LABEL}」"
    PROGRAM = "程序用，请勿改动"


_TASK = (
    "举措 任务 工作任务 重点任务 主要任务 任务内容 工作内容 改革举措 具体举措 具体措施 措施 事项 任务事项 重点工作 任务名称 "
    "工作事项 原文 条目内容"
)
_LEAD = "牵头 责任单位 主责单位 主办单位 牵头部门 责任部门 主责部门 牵头处室 承办单位"
_LIMIT = "完成时限 完成时间 办结时限 截止时间 截止日期 计划完成时间 时间节点 完成期限 时间要求"
_PROGRESS = "最近进展 工作进展 进展情况 推进情况 完成情况 落实情况 工作进展情况 目前进展"
_NEXT = "下一步工作 下一步打算 下步计划 下一步计划 下一步措施 下步打算 下一步安排"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: the field of ``LedgerRow``, its heading, its width in half-width characters.

    ``others`` are what offices call it elsewhere, with blanks between.
    """

    key: str
    header: str
    width: int
    owner: Owner
    others: str = ""


COLUMNS = (
    Column("citation", "出处", 17, Owner.PLAN, "条款 条目 文件出处 方案出处"),
    Column("section", "所在节", 14, Owner.PLAN, "领域 类别 重点领域 改革领域 章节"),
    Column("text", "举措（方案原文）", 44, Owner.PLAN, _TASK),
    Column("lead", "牵头单位", 15, Owner.UNIT, _LEAD),
    Column("support", "配合单位", 15, Owner.UNIT, "配合 协办单位 配合部门 参与单位 协同单位 协助单位"),
    Column("due", "时限", 12, Owner.UNIT, _LIMIT),
    Column("first_due", "原定时限", 12, Owner.UNIT, "原时限 首次时限 最初时限 原完成时限"),
    Column("state", "状态", 9, Owner.UNIT, "完成状态 办理状态 当前状态 进展状态 是否完成"),
    Column("progress", "进展", 32, Owner.UNIT, _PROGRESS),
    Column("problem", "问题", 18, Owner.UNIT, "存在问题 存在的问题 困难问题 问题困难 问题和困难 主要问题"),
    Column("next_step", "下一步", 18, Owner.UNIT, _NEXT),
    Column("person", "责任人", 10, Owner.UNIT, "联系人 负责人 经办人 责任人及电话 具体责任人"),
    Column("alert", "提醒", 8, Owner.UNIT),
    Column("measure", "条目编号", 24, Owner.PROGRAM),
    Column("id", "行编号", 24, Owner.PROGRAM),
)
DATES = ("due", "first_due")
"""The columns that hold a date, a month or words."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows on their way into a sheet.

    ``source`` is the line that says which document the words are from, ``notice`` the one that says which editions
    have followed it; ``day`` the day of export.
    """

    title: str
    day: date
    source: str
    notice: str
    rows: tuple[LedgerRow, ...]
    states: tuple[str, ...] = STATES


def steps_to_text(steps: Iterable[Step]) -> str:
    """The entries of a 进展, each from a line of its own: 2023-11-20 已统一口径. Further lines begin with a wide blank."""
    return "\n".join(
        (f"{step.date} {step.words}" if step.date else step.words).replace("\n", f"\n{_FURTHER}")
        for step in steps
    )


def text_to_steps(text: str) -> tuple[Step, ...]:
    """The entries that such a cell says, also as written by hand: 2023年11月20日：…, 2023/11/20 …"""
    steps: list[Step] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith(_FURTHER) and steps:
            steps[-1] = Step(steps[-1].date, f"{steps[-1].words}\n{line[1:]}")
        elif line.strip():
            steps.append(_step(line))
    return tuple(steps)


def due(text: str) -> str:
    """A time limit as the desk keeps it, from what a person wrote: 2023年6月底前 is 2023-06, 2023.6.30 is 2023-06-30.

    Words that name no year are left as they are.
    """
    plain = "".join(text.split())
    if plain in _ENDLESS:
        return LASTING
    match = _DUE.fullmatch(plain)
    if match is None:
        return text.strip()
    year, month, day = (int(number) if number else None for number in match.group("year", "month", "day"))
    assert year is not None
    if month is None:
        return f"{year:04}-12" if "底" in plain else text.strip()
    return _iso(year, month, day) or text.strip()


_FURTHER = "　"
_ENDLESS = ("长期", "长期坚持", "长期推进", "持续推进", "长期任务", "持续实施")
_DUE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年底?|[-./](?=\d))(?:(?P<month>\d{1,2})(?:月底?|(?=[-./]\d)|$))?"
    r"(?:[-./]?(?P<day>\d{1,2})[日号]?)?(?:之?前|以前|前完成)?",
    re.ASCII,
)
_OWN_DATED = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d) (?P<words>.*)", re.ASCII)
_DATED = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)(?:年|[-./])(?P<month>\d{1,2})(?:月|[-./])(?P<day>\d{1,2})日?(?![\d.])[：:，,、 \t　]*"
    r"(?P<words>.*)",
    re.ASCII,
)


def _step(line: str) -> Step:
    match = _OWN_DATED.fullmatch(line) or _DATED.fullmatch(line)
    when = match and _iso(*(int(number) for number in match.group("year", "month", "day")))
    return Step(when, match.group("words")) if match and when else Step("", line)


def _iso(year: int, month: int, day: int | None) -> str:
    """The date or month, or nothing if there is no such day."""
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
