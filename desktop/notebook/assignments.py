"""Who does what by when, read from pasted text: （牵头单位：市发展改革委；配合单位：各区政府；2023年6月底前）.

The text is cut into pieces that together are all of it, character for character. Each is a label, a mark, or words with
a role; words whose role is not known are kept as such, to be shown. Understood are labels (牵头单位：…), verbs behind
the units (由…牵头，…配合), due dates without either, and a mere list of units; in any order, in brackets or not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from desktop.notebook.due import Scale, parse, written
from desktop.notebook.ledger import units


class Role(Enum):
    """What a piece of the text is."""

    LEAD = "牵头单位"
    SUPPORT = "配合单位"
    DUE = "时限"
    PERSON = "责任人"
    LABEL = "栏名"
    MARK = "标点"
    REST = "未识别"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text as it stands there."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """What was understood of a text whose years, where none is written, are that of ``reference``."""

    pieces: tuple[Piece, ...]
    reference: date

    @property
    def lead(self) -> str:
        """The units that lead, joined by 、."""
        return self._names(Role.LEAD)

    @property
    def support(self) -> str:
        """The units that support, joined by 、."""
        return self._names(Role.SUPPORT)

    @property
    def due(self) -> str:
        """The due date as ``due.written`` keeps it; of several all, joined by ；."""
        return "；".join(written(one, self.reference) for one in self._texts(Role.DUE))

    @property
    def person(self) -> str:
        """Who answers for it."""
        return self._names(Role.PERSON)

    @property
    def rest(self) -> list[str]:
        """The parts that were not understood, in their order; what only marks divide is one part."""
        runs: list[str] = [""]
        for one in self.pieces:
            if one.role in (Role.REST, Role.MARK):
                runs[-1] += one.text
            elif runs[-1]:
                runs.append("")
        return [stripped for run in runs if (stripped := _AT_ENDS.sub("", run))]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was understood."""
        return not any((self.lead, self.support, self.due, self.person))

    def _texts(self, role: Role) -> list[str]:
        return [one.text.strip() for one in self.pieces if one.role is role]

    def _names(self, role: Role) -> str:
        return "、".join(dict.fromkeys(name for text in self._texts(role) for name in units(text)))


def understand(text: str, reference: date) -> Assignment:
    """Who does what by when. Never raises; the texts of all pieces together are the text."""
    reading = _Reading(reference, has_leader=_LEADER.search(text) is not None)
    for kind, piece in _cut(text):
        reading.take(kind, piece)
    return Assignment(tuple(reading.finished()), reference)


_LABEL_WORDS = {
    Role.LEAD: "第一责任(?:单位|部门)|主要责任(?:单位|部门)|牵头责任单位|(?:牵头|主办|主责|承办|落实|实施|负责)(?:单位|部门|处室)"
    "|责任(?:单位|部门|主体|处室)|牵头|主办|主责",
    Role.SUPPORT: "(?:配合|协办|协同|协作|参与|参加|会办|支持)(?:单位|部门|处室)|配合|协办|参与",
    Role.DUE: "(?:完成|办结|办理|落实|整改|工作|推进)?(?:时限|期限)(?:要求)?|(?:完成|截止)(?:时间|日期)"
    "|时间(?:节点|要求|安排)?|进度安排",
    Role.PERSON: "(?:责任|联系|负责)人(?:员)?|(?:责任|分管|牵头)领导",
}
"""What stands before a colon, a bracket or white space; the longest words first."""
_NAME = "|".join(f"(?:{words})" for words in _LABEL_WORDS.values())
_LABEL = rf"(?:{_NAME})(?:\s*[】\]〕]?\s*[:：]|\s*[】\]〕]|[为是]|(?=[\t \u3000\n]))"
_STOP = r"[；;。\n\r（）()【】\[\]〔〕]+"
"""What a role does not reach over, unless units follow."""
_COMMA = r"[，,\t \u3000]+|(?<=牵头)、|(?<=配合)、|(?<=负责)、|(?<=协办)、"
_TOKEN = re.compile(
    rf"(?P<label>(?<![^\W_])(?:{_LABEL})|(?:{_NAME})\s*[:：])|(?P<stop>{_STOP})|(?P<comma>{_COMMA})"
)
_LEADER = re.compile(r"牵头|(?:主办|主责|第一责任|主要责任)(?:单位|部门|处室)")
_SHARED = re.compile(r"责任(?:单位|部门|主体|处室)|负责|落实")
"""Those who lead where nobody else is said to, and support where somebody is."""

_VERB = re.compile(
    r"(?:等(?:单位|部门)?)?(?:按照?(?:各自)?职责(?:分工)?)?(?:共同|分别|具体|积极|做好)?"
    r"(?P<verb>牵头(?:负责|落实|推进)?|主办|配合(?:落实|推进)?|协办|协同|参与|参加|支持|负责(?:落实|推进)?|落实)(?:单位|部门)?$"
)
_SUPPORTING = ("配合", "协办", "协同", "参与", "参加", "支持")
_BEFORE_UNITS = re.compile(r"^(?:由|请)")
_TOGETHER_WITH = re.compile(r"会同")
_UNIT = re.compile(
    r"^[^:：]*(?:委|办|局|厅|部|署|院|行|会|府|司|关|处|科|室|所|站|区|县|市|镇|乡|街道|园|集团|公司|中心|大学|学校|机构|企业|组织|平台"
    r"|单位|部门|总队|支队|大队|电力|消防|通信|气象|地震|税务)(?:等(?:单位|部门)?)?$"
)
_LONGEST_UNIT = 30
"""Characters; what is longer is a sentence that happens to end like a unit."""
_AT_ENDS = re.compile(r"^[\W_]+|[\s，,；;（(【\[]+$")


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Labels, stops, commas, and the words between them."""
    at = 0
    for found in _TOKEN.finditer(text):
        if found.start() > at:
            yield "words", text[at : found.start()]
        yield found.lastgroup or "", found[0]
        at = found.end()
    if at < len(text):
        yield "words", text[at:]


@dataclass
class _Reading:
    """What was read so far.

    ``role`` is that of the last label, ``is_first`` while its first words are still to come, ``is_past`` once a stop has
    followed them. ``waiting`` are the numbers of the pieces since the last stop that a verb may still give a role to.
    """

    reference: date
    has_leader: bool
    pieces: list[Piece] = field(default_factory=list)
    role: Role | None = None
    is_first: bool = False
    waiting: list[int] = field(default_factory=list)

    def take(self, kind: str, text: str) -> None:
        """Read on."""
        match kind:
            case "label":
                self._add(Role.LABEL, text)
                self.role, self.is_first = self._role_of(text), True
                self.waiting.clear()
            case "words":
                self._take_words(text)
            case _:
                self._add(Role.MARK, text)
                if kind == "stop":
                    self.waiting.clear()

    def finished(self) -> list[Piece]:
        """All pieces. Where nobody is said to lead and all the rest are units, they do."""
        rest = [one.text for one in self.pieces if one.role is Role.REST]
        if any(one.role in (Role.LEAD, Role.SUPPORT) for one in self.pieces) or not all(
            map(_are_units, rest)
        ):
            return self.pieces
        return [replace(one, role=Role.LEAD) if one.role is Role.REST else one for one in self.pieces]

    def _add(self, role: Role, text: str) -> None:
        if text:
            self.pieces.append(Piece(role, text))

    def _role_of(self, label: str) -> Role:
        if self.has_leader and _SHARED.match(label):
            return Role.SUPPORT
        return next(role for role, words in _LABEL_WORDS.items() if re.match(words, label))

    def _take_words(self, text: str) -> None:
        is_first, self.is_first = self.is_first, False
        if is_first and self.role is not None and not self._is_due(text):
            self._add_units(self.role, text)
        elif self._is_due(text):
            self._add(Role.DUE, text)
        elif (verb := _VERB.search(text)) and _may_be_units(_BEFORE_UNITS.sub("", text[: verb.start()])):
            self._take_verb(text, verb)
        elif self.role in (Role.LEAD, Role.SUPPORT) and _are_units(text):
            self._add_units(self.role, text)
        else:
            if _are_units(text):
                self.waiting.append(len(self.pieces))
            self._add(Role.REST, text)

    def _take_verb(self, text: str, verb: re.Match[str]) -> None:
        """Units with what they do behind them."""
        is_shared = self.has_leader and _SHARED.match(verb["verb"])
        role = Role.SUPPORT if is_shared or verb["verb"].startswith(_SUPPORTING) else Role.LEAD
        for number in self.waiting:
            self.pieces[number] = replace(self.pieces[number], role=role)
        self.waiting.clear()
        by = _BEFORE_UNITS.match(text)
        begin = by.end() if by else 0
        self._add(Role.LABEL, text[:begin])
        self._add_units(role, text[begin : verb.start()])
        self._add(Role.LABEL, text[verb.start() :])
        self.role = None

    def _add_units(self, role: Role, text: str) -> None:
        """Units; who works together with those that lead supports them."""
        together = _TOGETHER_WITH.search(text) if role is Role.LEAD else None
        if together is None:
            self._add(role, text)
            return
        self._add(role, text[: together.start()])
        self._add(Role.LABEL, together[0])
        self._add(Role.SUPPORT, text[together.end() :])

    def _is_due(self, text: str) -> bool:
        found = parse(text, self.reference)
        return found.is_whole and found.scale not in (Scale.UNKNOWN, Scale.NONE)


def _are_units(text: str) -> bool:
    """Whether words look like one unit or several."""
    found = [name for part in units(text) for name in _TOGETHER_WITH.split(part)]
    return bool(found) and all(len(one) <= _LONGEST_UNIT and _UNIT.match(one) for one in found)


def _may_be_units(text: str) -> bool:
    return not text or _are_units(text)
