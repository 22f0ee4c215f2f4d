"""The window itself: opened on the notebook, searched in, drawn; and what it shows of the program."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import fonts, resources
from desktop.app import Application, Options
from desktop.selftest.step import Desk, Failed, Step, expect
from desktop.support import licences

_SECONDS = 60.0
_SIZE = (1280, 720)
_TONES = 8
"""Colours that a drawn window has at least."""


def _open_window(desk: Desk) -> str:
    application = QApplication.instance()
    chosen = fonts.installed()
    expect(chosen is not None, "本机没有中文字体")
    assert isinstance(application, QApplication)
    assert chosen is not None
    program = Application(application, chosen, Options(desk.data, size=_SIZE))
    program.start()
    try:
        _wait(lambda: program.is_ready)
        window = program.window
        window.remembers = False
        _wait(lambda: window.work.desk.writing.is_possible)
        window.search_for("一件事")
        _wait(lambda: "原文命中" in window.views.hits_bar.count.text())
        expect(window.open_citation("二（三）3"), "没有找到二（三）3")
        image = window.grab().toImage()
        tones = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        expect(len(tones) >= _TONES, "窗口是空白的")
        return f"{QApplication.platformName()}，{window.views.hits_bar.count.text()}"
    finally:
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wait(holds: Callable[[], bool]) -> None:
    end = monotonic() + _SECONDS
    while not holds():
        QCoreApplication.processEvents()
        if monotonic() > end:
            raise Failed("等了一分钟没有完成")


def _speak_chinese(desk: Desk) -> str:
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    expect(translator.load("qtbase_zh_CN", folder), "没有 Qt 的中文翻译")
    return translator.translate("QPlatformTheme", "Cancel")


def _find_resources(desk: Desk) -> str:
    for path in (resources.ICON, resources.NO_FONT_NOTICE, resources.STYLE_SHEET):
        expect(path.is_file(), f"缺少 {path.name}")
    return "图标、样式都在"


def _list_licences(desk: Desk) -> str:
    found = licences.components()
    bare = [one.name for one in found if not one.text.strip() or not one.source]
    expect(not bare, f"没有许可或来源：{'、'.join(bare)}")
    return f"{len(found)} 个组件"


STEPS = (
    Step("打开窗口、搜索、显示", _open_window),
    Step("系统对话框的中文", _speak_chinese),
    Step("图标和样式", _find_resources),
    Step("开源许可", _list_licences),
)
