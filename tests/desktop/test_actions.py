"""The table of actions: no key twice, nothing without a handler, all of it in the menu and in the help."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import ACTIONS, ActionSpec, KeysOfActions, fill_menu, key_text, make_actions
from desktop.theme import NAMES
from desktop.views.help import keys_page


def actions_in(menu: QMenu) -> Iterator[QAction]:
    """All actions of a menu and its submenus."""
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from actions_in(below)
        else:
            yield action


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_no_id_and_no_key_is_used_twice() -> None:
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_every_key_can_be_pressed(spec: ActionSpec) -> None:
    for key in spec.keys:
        sequence = QKeySequence(key)
        assert sequence.count() == 1
        assert sequence.toString()


def test_every_row_needs_a_handler(parent: QWidget) -> None:
    handlers: dict[str, object] = {spec.id: (lambda: None) for spec in ACTIONS}
    del handlers["note"]
    with pytest.raises(KeyError, match="note"):
        make_actions(parent, handlers)  # type: ignore[arg-type]


def test_each_action_calls_its_own_handler(parent: QWidget) -> None:
    called: list[str] = []
    handlers = {spec.id: (lambda name=spec.id: called.append(name)) for spec in ACTIONS}
    made = make_actions(parent, handlers)
    for action in made.values():
        action.trigger()
    assert called == [spec.id for spec in ACTIONS]


def test_the_menu_holds_every_action_under_its_name(parent: QWidget) -> None:
    menu = QMenu(parent)
    made = make_actions(parent, {spec.id: (lambda: None) for spec in ACTIONS})
    fill_menu(menu, made)
    assert list(actions_in(menu)) == [
        made[spec.id] for spec in sorted(ACTIONS, key=lambda spec: _place(spec))
    ]
    names = [action.text() for action in menu.actions()]
    assert names == [*dict.fromkeys(spec.menu.partition("/")[0] for spec in ACTIONS if spec.menu), "退出"]


def test_every_appearance_can_be_chosen() -> None:
    assert {spec.id: spec.text for spec in ACTIONS if spec.id.startswith("theme_")} == {
        f"theme_{name}": text for name, text in NAMES.items()
    }


def test_the_help_names_every_key() -> None:
    page = keys_page()
    for spec in ACTIONS:
        if spec.keys:
            assert f"<b>{key_text(spec)}</b></td><td>{spec.text}<" in page, spec.id


def _place(spec: ActionSpec) -> int:
    """The position of the top menu that an action stands in; what stands in none comes last."""
    menus = list(dict.fromkeys(spec.menu.partition("/")[0] for spec in ACTIONS if spec.menu))
    return menus.index(spec.menu.partition("/")[0]) if spec.menu else len(menus)


class Grabbing(QLineEdit):
    """A field that wants every key for itself, as on X11 a field wants Ctrl+E."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize(
    ("key", "is_left"), [("E", True), ("K", True), ("D", True), ("A", False), ("C", False)]
)
def test_a_field_leaves_the_keys_of_actions_to_them(qtbot: QtBot, key: str, is_left: bool) -> None:
    field, keys = Grabbing(), KeysOfActions()
    qtbot.addWidget(field)
    keys.follow_focus(None, field)
    held = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key[f"Key_{key}"], held)
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted() is not is_left
