"""Help: every key, and what the program is and is made of."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from desktop.actions import ACTIONS, key_text
from desktop.search.guide import FORMS
from desktop.version import VERSION


def show_help(parent: QWidget, topic: str) -> None:
    """Open a page of the help over the window."""
    title, page = _PAGES[topic]
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.resize(560, 620 if topic == "keys" else 260)
    browser = QTextBrowser(dialog)
    browser.setOpenLinks(False)
    browser.setHtml(page())
    buttons = QDialogButtonBox(dialog)
    if topic == "about":
        licences = buttons.addButton("开源许可…", QDialogButtonBox.ButtonRole.ActionRole)
        licences.clicked.connect(lambda: _show_licences(dialog))
    buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(browser)
    layout.addWidget(buttons)
    dialog.open()


def keys_page() -> str:
    """The table of actions and their keys, and the ways of typing a query."""
    lines = ["<h3>搜索写法</h3><table cellpadding='5'>"]
    lines += [
        f"<tr><td><b>{escape(form.examples[0])}</b></td><td>{escape(form.meaning)}</td></tr>"
        for form in FORMS
    ]
    lines.append("</table><h3>快捷键</h3><table cellpadding='5'>")
    for spec in ACTIONS:
        if spec.keys:
            lines.append(f"<tr><td><b>{escape(key_text(spec))}</b></td><td>{escape(spec.text)}</td></tr>")
    lines += [f"<tr><td><b>{key}</b></td><td>{meaning}</td></tr>" for key, meaning in _ARROWS]
    lines.append("</table>")
    return "".join(lines)


def about_page() -> str:
    """What the program is, and under which terms."""
    return (
        f"<h3>政策案头 {VERSION}</h3>"
        "<p>离线阅读、搜索、批注政策文件。程序不联网；原文按印发文本逐字核对，"
        "批注、书签只存在本机，由您本人保管。</p>"
        "<p>本程序按 MIT 许可提供，由 Python、Qt 6（LGPL-3.0）等开源组件做成。"
        "“开源许可”列出每个组件的版本、许可全文和源代码所在；其中按 LGPL 许可的可以自行替换。</p>"
    )


def _show_licences(parent: QWidget) -> None:
    from desktop.support.licences import components
    from desktop.views.licences_dialog import LicencesDialog

    dialog = LicencesDialog(components(), parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


_ARROWS = (
    ("↑、↓", "原文中上一句、下一句；搜索框中按 ↓ 进入结果，框空时列出收藏和最近的搜索"),
    ("←、→", "命中分布条上：有命中的上一节、下一节"),
    ("Delete", "收藏和最近的搜索中：去掉这一条"),
)

_PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "keys": ("快捷键一览", keys_page),
    "about": ("关于政策案头", about_page),
}
