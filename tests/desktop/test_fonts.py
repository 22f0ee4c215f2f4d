"""Which of the installed families are used."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.fonts import SANS, SERIF, Fonts, choose, installed


@pytest.mark.parametrize(
    ("families", "chinese", "chosen"),
    [
        ([*SERIF, *SANS], [], Fonts(SERIF[0], SANS[0])),
        (["SimSun", "Microsoft YaHei"], [], Fonts("SimSun", "Microsoft YaHei")),
        (["宋体", "微软雅黑"], [], Fonts("宋体", "微软雅黑")),
        (["SimSun"], [], Fonts("SimSun", "SimSun")),
        (["SimHei"], [], Fonts("SimHei", "SimHei")),
        (["SimSun"], ["Some Kai"], Fonts("SimSun", "Some Kai")),
        (["Arial", "Some Kai"], ["Some Kai"], Fonts("Some Kai", "Some Kai")),
        (["WenQuanYi Zen Hei"], [], Fonts("WenQuanYi Zen Hei", "WenQuanYi Zen Hei")),
        (["Arial", "DejaVu Sans"], [], None),
        ([], [], None),
    ],
)
def test_the_best_of_what_is_there(families: list[str], chinese: list[str], chosen: Fonts | None) -> None:
    assert choose(families, chinese) == chosen


def test_the_order_of_what_is_installed_does_not_matter() -> None:
    assert choose(list(reversed(SERIF + SANS)), []) == choose(SERIF + SANS, [])


def test_what_is_chosen_here_is_installed(qapp: QApplication, chosen_fonts: Fonts) -> None:
    assert installed() == chosen_fonts
    assert QFont(chosen_fonts.serif).exactMatch()
    assert QFont(chosen_fonts.sans).exactMatch()
