"""The window as a whole: what it remembers, how it folds, what it wears, which document it shows, its help."""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from content.model import Document
from desktop import settings
from desktop.actions import ACTIONS, key_text
from desktop.app import Application, Options
from desktop.fonts import Fonts
from desktop.settings import Settings
from desktop.support.licences import components
from desktop.theme import DARK, HIGH_CONTRAST, LIGHT, Theme
from desktop.views.fault_dialog import FaultDialog
from desktop.views.licences_dialog import LicencesDialog
from desktop.views.place_dialog import PlaceDialog
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, colors_in, lines_of

SAMPLE = Path(__file__).parents[1] / "content" / "samples" / "35.txt"
SMALL = """关于印发《某市小方案》的通知

各有关单位：

一、总体要求
坚持依法办事。

二、主要任务
（一）简化流程。
一次告知所需材料。
当场办结。
（二）加强服务。
设立帮办窗口。
"""


def label(reader: Reader, name: str) -> QLabel:
    """A label by its name."""
    found = reader.window.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def outside(window: QWidget) -> list[str]:
    """The visible widgets that stand out of the window or of what holds them; what scrolls may."""
    found = []
    children: Iterable[QWidget] = window.findChildren(QWidget)
    for child in children:
        scrolls = any(isinstance(one, QAbstractScrollArea) for one in _holders(child, window))
        if child.isVisible() and not scrolls and not isinstance(child, QMenu):
            place = QRect(child.mapTo(window, QPoint()), child.size())
            if not window.rect().contains(place):
                found.append(f"{type(child).__name__} {child.objectName()} {place}")
    return found


def _holders(child: QWidget, window: QWidget) -> Iterable[QWidget]:
    holder = child.parentWidget()
    while holder is not None and holder is not window:
        yield holder
        holder = holder.parentWidget()


class TestFirstSight:
    def test_it_says_that_later_editions_are_out(self, reader: Reader) -> None:
        notice = label(reader, "notice")
        assert notice.isVisible()
        assert all(year in notice.text() for year in ("2023", "2024", "2025", "2026"))
        assert "引用前请核对" in notice.text()

    def test_the_plan_is_ready_to_be_read(self, reader: Reader, plan: Document) -> None:
        assert plan.title in reader.window.reading.toPlainText()
        assert reader.is_at(reader.window.reading)
        assert plan.title in reader.window.windowTitle()
        assert "196 条举措 · 0 条批注 · 0 个书签" in reader.status
        assert "Ctrl+K" in reader.status
        assert "不联网" in reader.status
        assert reader.told == ""

    def test_the_outline_lists_every_part_and_section(self, reader: Reader) -> None:
        lines = lines_of(reader.window.views.outline)
        assert len(lines) == 1 + 5 + 27
        assert lines[:3] == [
            "印发通知与引言",
            "一、明确总体要求",
            "二、深化重点领域对标改革，提升营商环境竞争力",
        ]

    def test_empty_places_say_how_they_are_filled(self, reader: Reader) -> None:
        texts = [one.text() for one in reader.window.views.desk.findChildren(QLabel, "empty")]  # type: ignore[var-annotated]
        assert any("还没有批注" in text for text in texts)
        assert any("Ctrl+D" in text for text in texts)


class TestSizes:
    @pytest.mark.parametrize("size", [(1280, 720), (880, 480), (1920, 1080)])
    def test_everything_is_inside_the_window(self, sit_down: Sitting, size: tuple[int, int]) -> None:
        reader = sit_down(size=size)
        assert (reader.window.width(), reader.window.height()) == size
        assert outside(reader.window) == []
        reader.search("一件事")
        reader.window.tell("一句话。" * 12)
        reader.wait(20)
        assert outside(reader.window) == []
        notice = label(reader, "notice")
        assert notice.height() >= notice.heightForWidth(notice.width())

    @pytest.mark.parametrize("size", [(1280, 720), (880, 480)])
    def test_the_text_has_room(self, sit_down: Sitting, size: tuple[int, int]) -> None:
        reader = sit_down(size=size)
        assert reader.page.width() >= 420 - 20
        assert reader.page.height() >= 300

    def test_it_cannot_be_made_too_small_to_use(self, reader: Reader) -> None:
        reader.window.resize(100, 100)
        assert (reader.window.width(), reader.window.height()) == (880, 480)

    def test_what_one_reads_stays_when_the_window_changes(self, reader: Reader) -> None:
        reader.window.open_citation("2.3.1")
        before = reader.window.reading.top_measure()
        reader.window.resize(900, 600)
        reader.wait(20)
        assert reader.window.reading.top_measure() == before


class TestFolding:
    @pytest.mark.parametrize(("key", "name"), [("F8", "left"), ("F9", "desk")])
    def test_a_key_folds_and_unfolds_a_column(self, reader: Reader, key: str, name: str) -> None:
        column: QWidget = getattr(reader.window.views, name)
        reader.press(key)
        assert not column.isVisible()
        reader.press(key)
        assert column.isVisible()

    def test_a_search_unfolds_the_left_column_only_for_itself(self, reader: Reader) -> None:
        reader.press("F8")
        reader.search("一件事")
        assert reader.sees_results
        reader.press("Esc")
        assert not reader.window.views.left.isVisible()


class TestRemembering:
    def test_place_size_text_size_and_columns(self, sit_down: Sitting) -> None:
        first = sit_down(size=(900, 560))
        first.window.open_citation("4.1.3")
        first.press("Ctrl++", "Ctrl++", "F9")
        first.leave()
        second = sit_down(size=None)
        assert second.current == "4.1.3"
        assert second.is_in_sight(second.window.current)
        assert "四、（一）第3句" in second.status
        assert second.window.height() == 560
        assert not second.window.views.desk.isVisible()
        assert second.window.views.left.isVisible()
        second.press("Ctrl++")
        assert "文字大小 22" in second.status

    def test_the_place_without_a_choice_is_what_was_at_the_top(self, sit_down: Sitting) -> None:
        first = sit_down()
        first.press("PgDown", "PgDown", "PgDown")
        top = first.window.reading.top_measure()
        first.leave()
        assert sit_down().window.current == top

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            (settings.TEXT_SIZE, 400),
            (settings.TEXT_SIZE, -3),
            (settings.THEME, "nonsense"),
            (settings.place("shanghai-2023"), "shanghai-2023/99.9.9"),
            (settings.GEOMETRY, "nonsense"),
        ],
    )
    def test_nonsense_in_the_settings_is_passed_over(
        self, sit_down: Sitting, tmp_path: Path, setting: settings.Setting, value: object
    ) -> None:
        kept = Settings(tmp_path)
        kept.set(setting, value)
        kept.flush()
        reader = sit_down()
        assert reader.current == ""
        reader.press("Ctrl++")
        assert "文字大小 18" in reader.status


class TestThemes:
    @pytest.mark.parametrize(
        ("name", "theme"), [("dark", DARK), ("contrast", HIGH_CONTRAST), ("light", LIGHT)]
    )
    def test_a_choice_changes_every_ground(self, reader: Reader, name: str, theme: Theme) -> None:
        reader.window.actions_by_id[f"theme_{name}"].trigger()
        reader.wait(20)
        picture = reader.picture(reader.window)
        assert {theme.paper, theme.desk, theme.header, theme.ink} <= colors_in(picture, picture.rect())
        column = reader.window.views.column
        margin = QRect(column.width() - 30, 150, 12, column.height() - 200)
        assert colors_in(reader.picture(column), margin) == {theme.paper}

    def test_cards_that_are_there_change_too(self, reader: Reader) -> None:
        reader.window.open_citation("2.1.4")
        reader.press("Ctrl+M")
        reader.write("深色")
        reader.press("Esc")
        reader.window.actions_by_id["theme_dark"].trigger()
        reader.wait(20)
        seen = colors_in(reader.picture(reader.notes.viewport()), reader.card_place("深色"))
        assert {DARK.field, DARK.muted} <= seen
        assert not {LIGHT.field, LIGHT.muted} & seen

    def test_it_is_remembered(self, sit_down: Sitting) -> None:
        first = sit_down()
        first.window.actions_by_id["theme_dark"].trigger()
        first.leave()
        picture = (second := sit_down()).picture(second.window)
        assert {DARK.paper, DARK.desk} <= colors_in(picture, picture.rect())


class TestDocuments:
    def test_a_text_file_is_shown(self, sit_down: Sitting, tmp_path: Path) -> None:
        file = tmp_path / "小方案.txt"
        file.write_text(SMALL, "utf-8")
        reader = sit_down(file=str(file), data=tmp_path / "data")
        assert "某市小方案" in reader.window.windowTitle()
        assert "（一）简化流程" in lines_of(reader.window.views.outline)
        reader.search("帮办")
        assert reader.count == "原文命中 1"
        reader.press("Esc", "Ctrl+C")
        assert "二、（二）第1句" in reader.clipboard
        assert reader.told == ""

    def test_a_real_document_is_shown_and_annotated(self, sit_down: Sitting, tmp_path: Path) -> None:
        reader = sit_down(file=str(SAMPLE), data=tmp_path / "data")
        assert reader.told == ""
        reader.press("Down", "Ctrl+M")
        reader.write("别的文件")
        reader.press("Esc")
        assert "1 条批注" in reader.status
        reader.leave()
        assert "0 条批注" in sit_down(data=tmp_path / "data").status

    def test_rare_characters_shift_neither_marks_nor_copies(self, sit_down: Sitting, tmp_path: Path) -> None:
        file = tmp_path / "rare.txt"
        file.write_text(SMALL.replace("当场办结", "𠮷𠮷𠮷𠮷𠮷𠮷当场办结"), "utf-8")
        reader = sit_down(file=str(file), data=tmp_path / "data")
        reader.search("当场")
        before = reader.place_of(reader.window.current, 9, 12).adjusted(2, 0, -2, 0)
        found = reader.place_of(reader.window.current, 12, 14).adjusted(2, 0, -2, 0)
        assert reader.sees(LIGHT.hit_here, found)
        assert not reader.sees(LIGHT.hit_here, before)
        results = reader.window.views.results.viewport()
        row = reader.window.views.results.visualRect(reader.window.views.results.model().index(0, 0))
        rare = QRect(row.left() + 18, row.bottom() - 30, 6 * 15 - 4, 20)
        assert reader.sees(LIGHT.hit, rare.translated(6 * 15, 0), results)
        assert not reader.sees(LIGHT.hit, rare, results)
        middle = QPoint(0, 5)
        reader.drag(found.topLeft() + middle - QPoint(4, 0), found.topRight() + middle + QPoint(4, 0))
        reader.window.reading.setFocus()
        reader.press("Ctrl+Shift+C")
        assert reader.clipboard == "当场"

    def test_a_document_without_later_editions_shows_no_notice(
        self, sit_down: Sitting, tmp_path: Path
    ) -> None:
        reader = sit_down(file=str(SAMPLE))
        assert reader.window.findChild(QLabel, "notice") is None

    @pytest.mark.parametrize("name", ["none.txt", "empty.txt", "photo.jpg", "folder", "\0", "长" * 300])
    def test_a_file_that_is_none_is_told_and_the_plan_shown(
        self, sit_down: Sitting, tmp_path: Path, plan: Document, name: str
    ) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "empty.txt").touch()
        (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
        reader = sit_down(file=f"{tmp_path}/{name}", data=tmp_path / "data")
        assert "现在显示的是随程序提供的方案。" in reader.told
        assert plan.title in reader.window.windowTitle()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform has no windows to raise
class TestHelp:
    def page(self, reader: Reader) -> str:
        """What the help that is open says; it is closed."""
        dialog = reader.window.findChild(QDialog)
        assert isinstance(dialog, QDialog)
        browser = dialog.findChild(QTextBrowser)
        assert isinstance(browser, QTextBrowser)
        text = browser.toPlainText()
        dialog.close()
        return text

    def test_a_key_lists_all_keys(self, reader: Reader) -> None:
        reader.press("F1")
        page = self.page(reader)
        for spec in ACTIONS:
            if spec.keys:
                assert key_text(spec) in page
                assert spec.text in page

    def test_it_says_what_the_program_is_made_of(self, reader: Reader) -> None:
        reader.window.actions_by_id["about"].trigger()
        page = self.page(reader)
        assert all(word in page for word in ("不联网", "LGPL", "开源许可"))

    def test_every_component_is_shown_with_its_licence(self, reader: Reader) -> None:
        reader.window.actions_by_id["about"].trigger()
        about = reader.window.findChild(QDialog)
        assert isinstance(about, QDialog)
        reader.click(next(one for one in about.findChildren(QPushButton) if "开源许可" in one.text()))
        dialog = about.findChild(LicencesDialog)
        assert isinstance(dialog, LicencesDialog)
        reader.until(lambda: reader.is_at(dialog.list))
        listed = components()
        assert dialog.list.count() == len(listed)
        assert "LGPL" in dialog.findChildren(QLabel)[0].text()
        for one in listed:
            assert one.name in dialog.head.text()
            assert one.source in dialog.head.text()
            assert dialog.text.toPlainText() == one.text
            reader.press("Down")
        dialog.close()
        about.close()

    def test_the_menu_in_the_header_holds_it_all(self, reader: Reader) -> None:
        names = [action.text() for action in reader.window.views.header.menu.actions()]
        assert names[-2:] == ["帮助", "退出"]
        button = reader.window.views.header.findChild(QToolButton)
        assert isinstance(button, QToolButton)
        assert button.menu() is reader.window.views.header.menu

    def test_where_the_data_are_is_told_if_it_cannot_be_shown(
        self, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
        reader.window.actions_by_id["data_folder"].trigger()
        dialog = reader.window.findChild(PlaceDialog)
        assert isinstance(dialog, PlaceDialog)
        assert str(tmp_path) in dialog.told
        assert "--data" in dialog.told
        assert "便携使用" in dialog.told
        reader.click(dialog.copy)
        assert reader.clipboard == str(tmp_path)
        reader.click(dialog.open_folder)
        assert str(tmp_path) in reader.told
        dialog.close()


class TestEnding:
    def test_a_key_closes_it(self, reader: Reader) -> None:
        reader.press("Ctrl+Q")
        assert not reader.window.isVisible()

    @pytest.mark.parametrize("shown", [False, True])
    def test_it_can_be_closed_while_it_is_still_loading(
        self, qapp: QApplication, qtbot: QtBot, chosen_fonts: Fonts, tmp_path: Path, shown: bool
    ) -> None:
        desk = Application(qapp, chosen_fonts, Options(tmp_path))
        desk.start()
        if shown:
            with qtbot.waitSignal(desk.window.reading.painted):
                desk.window.show()
        desk.window.close()
        qtbot.wait(150)
        assert not desk.window.isVisible()
        desk.window.deleteLater()
        desk.deleteLater()
        QApplication.sendPostedEvents(None, 0)

    @pytest.mark.qt_log_ignore("This plugin does not support")
    def test_a_fault_of_the_program_is_told_and_it_goes_on(
        self, sit_down: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
        reader = sit_down()
        sys.excepthook(ValueError, ValueError("boom"), None)
        reader.until(lambda: reader.window.findChild(FaultDialog) is not None)
        dialog = reader.window.findChild(FaultDialog)
        assert isinstance(dialog, FaultDialog)
        assert "程序内部出错" in dialog.told
        reader.click(dialog.go_on)
        reader.window.activateWindow()
        reader.until(reader.window.isActiveWindow)
        assert "ValueError" in (tmp_path / "policy-desk.log").read_text("utf-8")
        reader.search("一件事")
        assert reader.count == "原文命中 4"
