"""Everything the reader can do, in one table: menus, shortcuts and the help are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: where it stands, what it is called, and its keys (the first is shown)."""

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()


ACTIONS = (
    ActionSpec("search", "查找", "搜索或转到出处", ("Ctrl+K", "Ctrl+F")),
    ActionSpec("next_hit", "查找", "下一处命中", ("F3",)),
    ActionSpec("previous_hit", "查找", "上一处命中", ("Shift+F3",)),
    ActionSpec("literal", "查找", "仍按输入的字搜索，再按换回", ("Alt+Return",)),
    ActionSpec("switch_order", "查找", "命中按原文或按相关度排列", ("Ctrl+Shift+O",)),
    ActionSpec("switch_grouping", "查找", "命中不分组、按编、按节", ("Ctrl+Shift+G",)),
    ActionSpec("save_search", "查找", "收藏这次搜索…", ("Ctrl+Shift+S",)),
    ActionSpec("search_guide", "查找", "搜索写法", ("Ctrl+/",)),
    ActionSpec("clear_search", "查找", "清除搜索", ("Esc",)),
    ActionSpec("vocabulary", "查找", "近义词…"),
    ActionSpec("reading", "转到", "阅读", ("Ctrl+1",)),
    ActionSpec("ledger", "转到", "台账", ("Ctrl+3",)),
    ActionSpec("back", "转到", "后退", ("Alt+Left",)),
    ActionSpec("forward", "转到", "前进", ("Alt+Right",)),
    ActionSpec("next_section", "转到", "下一节", ("Ctrl+PgDown",)),
    ActionSpec("previous_section", "转到", "上一节", ("Ctrl+PgUp",)),
    ActionSpec("meetings", "转到", "会议，再按回到原文", ("Ctrl+2",)),
    ActionSpec("terms", "转到", "引号术语…", ("Ctrl+Shift+T",)),
    ActionSpec("copy", "摘录与批注", "复制并附出处", ("Ctrl+C",)),
    ActionSpec("copy_plain", "摘录与批注", "只复制原文", ("Ctrl+Shift+C",)),
    ActionSpec("copy_citation", "摘录与批注", "只复制出处", ("Ctrl+Alt+C",)),
    ActionSpec("excerpt", "摘录与批注", "导出条目、本节或全文批注本…", ("Ctrl+E",)),
    ActionSpec("print", "摘录与批注", "打印条目、本节、全文或会议材料…", ("Ctrl+P",)),
    ActionSpec("note", "摘录与批注", "批注选中文字或当前条目", ("Ctrl+M",)),
    ActionSpec("note_section", "摘录与批注", "批注本节", ("Ctrl+Shift+M",)),
    ActionSpec("note_document", "摘录与批注", "批注全文"),
    ActionSpec("bookmark", "摘录与批注", "加上或取消书签", ("Ctrl+D",)),
    ActionSpec("meeting", "摘录与批注", "加入会议", ("Ctrl+J",)),
    ActionSpec("ledger_row", "摘录与批注", "列入台账", ("Ctrl+L",)),
    ActionSpec("mark_yellow", "摘录与批注/标记", "标黄", ("Alt+1",)),
    ActionSpec("mark_green", "摘录与批注/标记", "标绿", ("Alt+2",)),
    ActionSpec("mark_blue", "摘录与批注/标记", "标蓝", ("Alt+3",)),
    ActionSpec("mark_pink", "摘录与批注/标记", "标粉", ("Alt+4",)),
    ActionSpec("unmark", "摘录与批注/标记", "去除标记", ("Alt+0",)),
    ActionSpec("selection_bar", "摘录与批注/标记", "到选中文字的浮条", ("F10",)),
    ActionSpec("item_up", "会议", "议题上移", ("Alt+Up",)),
    ActionSpec("item_down", "会议", "议题下移", ("Alt+Down",)),
    ActionSpec("project", "会议", "投影", ("F5",)),
    ActionSpec("project_to", "会议", "投影到另选的屏幕…", ("Shift+F5",)),
    ActionSpec("undo", "摘录与批注", "撤销", ("Ctrl+Z",)),
    ActionSpec("redo", "摘录与批注", "重做", ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec("show_notes", "案头", "到当前条目的批注，再按回到原文", ("F6",)),
    ActionSpec("filter_notes", "案头", "筛选全部批注", ("Ctrl+Shift+F",)),
    ActionSpec("show_bookmarks", "案头", "书签", ("Ctrl+Shift+D",)),
    ActionSpec("show_highlights", "案头", "标记", ("Ctrl+Shift+H",)),
    ActionSpec("show_related", "案头", "与当前条目相近的条目", ("Ctrl+Shift+L",)),
    ActionSpec("show_bin", "案头", "回收", ("Ctrl+Shift+R",)),
    ActionSpec("checkup", "笔记本", "锚点体检…"),
    ActionSpec("export_notes", "笔记本", "导出批注…", ("Ctrl+Shift+E",)),
    ActionSpec("import_notes", "笔记本", "导入批注…", ("Ctrl+Shift+I",)),
    ActionSpec("back_up", "笔记本", "立即备份"),
    ActionSpec("restore", "笔记本", "从备份恢复…"),
    ActionSpec("larger", "显示", "放大文字", ("Ctrl++", "Ctrl+=")),
    ActionSpec("smaller", "显示", "缩小文字", ("Ctrl+-",)),
    ActionSpec("normal_size", "显示", "恢复文字大小", ("Ctrl+0",)),
    ActionSpec("toggle_outline", "显示", "收起或展开左栏", ("F8",)),
    ActionSpec("toggle_desk", "显示", "收起或展开案头", ("F9",)),
    ActionSpec("theme_system", "显示/外观", "跟随系统"),
    ActionSpec("theme_light", "显示/外观", "浅色"),
    ActionSpec("theme_dark", "显示/外观", "深色"),
    ActionSpec("theme_contrast", "显示/外观", "高对比度"),
    ActionSpec("keys", "帮助", "快捷键一览", ("F1",)),
    ActionSpec("data_folder", "帮助", "我的数据在哪…"),
    ActionSpec("diagnostics", "帮助", "导出诊断信息…"),
    ActionSpec("about", "帮助", "关于政策案头"),
    ActionSpec("quit", "", "退出", ("Ctrl+Q",)),
)


_CAPS = (
    ("Left", "←"),
    ("Right", "→"),
    ("Up", "↑"),
    ("Down", "↓"),
    ("PgUp", "PageUp"),
    ("PgDown", "PageDown"),
    ("Return", "Enter"),
)
"""What stands on the key, where Qt names it otherwise."""


def make_actions(parent: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action for every row of the table, its keys working in the whole window.

    Raises KeyError if a row has no handler.
    """
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.text, parent)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        handler = handlers[spec.id]
        action.triggered.connect(lambda checked=False, handler=handler: handler())
        parent.addAction(action)
        made[spec.id] = action
    return made


class KeysOfActions(QObject):
    """Keeps text fields from taking keys of ours that X11 gives a meaning of its own.

    There Ctrl+E is the end of the line, Ctrl+K deletes up to it and Ctrl+D a character (QPlatformTheme's table of keys,
    KB_X11); what the menu says would then not be done.
    """

    _KEYS = frozenset({Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_K})

    def follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Look after a field from when it first has the keyboard: of the others no event comes through here."""
        if isinstance(new, QLineEdit | QTextEdit | QPlainTextEdit):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in self._KEYS or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        event.ignore()
        return True


def fill_menu(menu: QMenu, actions: Mapping[str, QAction]) -> None:
    """The whole table as a menu, a submenu for each name in ``ActionSpec.menu``."""
    branches: dict[str, QMenu] = {"": menu}
    for spec in ACTIONS:
        path = ""
        for name in filter(None, spec.menu.split("/")):
            parent, path = branches[path], f"{path}/{name}"
            if path not in branches:
                branches[path] = parent.addMenu(name)
        branches[path].addAction(actions[spec.id])


def key_text(spec: ActionSpec) -> str:
    """The keys of an action as the help shows them."""
    shown = "、".join(spec.keys)
    for name, cap in _CAPS:
        shown = shown.replace(name, cap)
    return shown
