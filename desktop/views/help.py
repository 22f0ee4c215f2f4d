"""Help: every key, and what the program is and is made of."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from desktop.actions import ACTIONS, key_text
from desktop.guide import FORMS
from desktop.version import VERSION

_COMPONENTS = (
    ("Qt 6、PySide6", "LGPL-3.0；以动态库方式使用，可自行替换"),
    ("Python", "PSF-2.0"),
    ("Whoosh-Reloaded", "BSD-2-Clause"),
    ("jieba", "MIT"),
    ("platformdirs", "MIT"),
    ("Markdown", "BSD-3-Clause"),
    ("nh3", "MIT"),
    ("RapidFuzz", "MIT"),
    ("python-docx", "MIT"),
    ("lxml（含 libxml2、libxslt）", "BSD-3-Clause、MIT"),
    ("openpyxl、et_xmlfile", "MIT"),
    ("defusedxml", "PSF-2.0"),
    ("typing_extensions", "PSF-2.0"),
    ("OpenCC 字表", "Apache-2.0"),
)


def show_help(parent: QWidget, topic: str) -> None:
    """Open a page of the help over the window."""
    title, page = _PAGES[topic]
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.resize(560, 620 if topic == "keys" else 420)
    browser = QTextBrowser(dialog)
    browser.setOpenLinks(False)
    browser.setHtml(page())
    buttons = QDialogButtonBox(dialog)
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
    """What the program is, and the licences of what it is made of."""
    rows = "".join(f"<tr><td>{name}</td><td>{licence}</td></tr>" for name, licence in _COMPONENTS)
    return (
        f"<h3>政策案头 {VERSION}</h3>"
        "<p>离线阅读、搜索、批注政策文件。程序不联网；原文按印发文本逐字核对，"
        "批注、书签只存在本机，由您本人保管。</p>"
        f"<h3>使用的组件与许可</h3><table cellpadding='5'>{rows}</table>"
    )


_ARROWS = (
    ("↑、↓", "原文中上一句、下一句；搜索框中按 ↓ 进入结果，框空时列出收藏和最近的搜索"),
    ("←、→", "命中分布条上：有命中的上一节、下一节"),
    ("Delete", "收藏和最近的搜索中：去掉这一条"),
)

_PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "keys": ("快捷键一览", keys_page),
    "about": ("关于政策案头", about_page),
}
