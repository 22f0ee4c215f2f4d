"""Screens: which one others see, which one is the speaker's own, and what becomes of both when a screen goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMenu, QWidget

from desktop import settings
from desktop.fonts import Fonts
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.presenter import Cue, Presenter
from desktop.views.projection import Projection, Slide

_GONE = "投影的屏幕已断开，投影结束；接好后再按 F5。"


class Staging(QObject):
    """Shows slides on the chosen screen, which is remembered.

    The speaker's view stands on the screen where the desk itself stands, and only if that is not what others see: what
    is written is never shown where it was not to be seen before.
    """

    told = Signal(str)

    def __init__(
        self, window: QWidget, fonts: Fonts, theme: Callable[[], Theme], remembered: Settings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._fonts = fonts
        self._theme = theme
        self._settings = remembered
        self._audience: QScreen | None = None
        self.shown: Projection | None = None
        self.presenter: Presenter | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._lose)

    def show(self, slides: Sequence[Slide], cues: Sequence[Cue], start: int, *, ask: bool) -> None:
        """Begin with a slide. Asked is where there are several screens and none is remembered, or if ``ask``."""
        screens = QGuiApplication.screens()
        wanted = self._settings.get(settings.PROJECTION_SCREEN)
        known = [one for one in screens if _name(one) == wanted]
        if len(screens) == 1 or (known and not ask):
            self._begin(slides, cues, start, known[0] if len(known) == 1 else screens[0])
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = self._window.screen()
        for screen in sorted(screens, key=lambda one: one is own):
            size = screen.size()
            words = f"投影到{screen.name()}　{size.width()}×{size.height()}"
            act = menu.addAction(words + ("（本窗口所在）" if screen is own else ""))
            act.triggered.connect(
                lambda checked=False, screen=screen: self._choose(slides, cues, start, screen)
            )
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _choose(self, slides: Sequence[Slide], cues: Sequence[Cue], start: int, screen: QScreen) -> None:
        if screen not in QGuiApplication.screens():  # it went while the menu was open
            self.told.emit(_GONE)
            return
        self._settings.set(settings.PROJECTION_SCREEN, _name(screen))
        self._begin(slides, cues, start, screen)

    def _begin(self, slides: Sequence[Slide], cues: Sequence[Cue], start: int, screen: QScreen) -> None:
        self._audience = screen
        fonts = self._fonts
        self.shown = shown = Projection(slides, start, self._theme(), fonts.serif, fonts.sans, self._window)
        shown.ended.connect(self._end)
        _fill(shown, screen)
        self._present(slides, cues, start, shown)
        screen.geometryChanged.connect(self._follow)
        active = self.presenter or shown
        active.activateWindow()
        active.setFocus()

    def _present(self, slides: Sequence[Slide], cues: Sequence[Cue], start: int, shown: Projection) -> None:
        """Show the speaker's view, if there is a screen for it."""
        own, audience = self._window.screen(), self._audience
        assert audience is not None
        if own is audience or own.geometry().intersects(audience.geometry()):
            return
        self.presenter = presenter = Presenter(
            slides,
            cues,
            audience.geometry(),
            self._theme(),
            (self._fonts.serif, self._fonts.sans),
            self._window,
        )
        presenter.key_pressed.connect(shown.obey)
        presenter.left.connect(self._lose_presenter)
        shown.moved.connect(presenter.show_place)
        presenter.show_place(start, 0, 1)
        _fill(presenter, own)
        shown.repeat()

    def _follow(self, place: QRect) -> None:
        """The projected screen has another size or place, perhaps that of the speaker's own."""
        if self.presenter is not None:
            self.presenter.set_audience(place)
        if self.shown is not None:
            self.shown.setGeometry(place)

    def _lose(self, screen: QScreen) -> None:
        """Close what stands on a screen that goes, before it is moved to where it must not be seen."""
        if self.presenter is not None and self.presenter.screen() is screen:
            self.presenter.close()
        if self.shown is not None and self._audience is screen:
            self.shown.close()
            self.told.emit(_GONE)

    def _lose_presenter(self) -> None:
        self.presenter = None
        if self.shown is not None:
            self.shown.activateWindow()
            self.shown.setFocus()

    def _end(self, number: int) -> None:
        self.shown = None
        if self._audience is not None:
            self._audience.geometryChanged.disconnect(self._follow)
            self._audience = None
        if self.presenter is not None:
            self.presenter.close()
        self._window.activateWindow()


def _fill(view: QWidget, screen: QScreen) -> None:
    """Show a window over a whole screen; it is never anywhere else."""
    view.setScreen(screen)
    view.setGeometry(screen.geometry())
    view.showFullScreen()


def _name(screen: QScreen) -> str:
    """What a screen is known by next time."""
    return " ".join(
        filter(None, (screen.name(), screen.manufacturer(), screen.model(), screen.serialNumber()))
    )
