"""讲解: what the one who speaks sees on his own screen while others see the slide: his notes, the next item, the clock."""

import time
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRect, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from desktop.notebook.rendering import to_html
from desktop.theme import Theme
from desktop.views.projection import Slide

Cue = tuple[tuple[str, str], ...]
"""What is said beside a slide: labels and Markdown."""
_TICK_MS = 1000
_SETTLED_MS = 150
"""By then a window manager has put a new window where it wants it."""
_WORDS_PX, _NOTES_PX, _LABEL_PX, _MARGIN = 22, 18, 14, 18
_NEXT_WORDS = 60
_NOTHING = "这一项没有写发言要点和批注。"
_LAST = "这是最后一项。"


class Presenter(QWidget):
    """``key_pressed``: for whoever turns the slides; ``left``: the reader wants to end.

    ``audience`` is where others look, in pixels of the whole desk: where this window touches it, it shows nothing and
    closes.
    """

    key_pressed = Signal(int)
    left = Signal()

    def __init__(
        self,
        slides: Sequence[Slide],
        cues: Sequence[Cue],
        audience: QRect,
        theme: Theme,
        fonts: tuple[str, str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("presenter")
        self.setWindowTitle("讲解")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slides, self._cues = tuple(slides), tuple(cues)
        self._audience = audience
        self._theme = theme
        self._serif, self._sans = fonts
        self._started = time.monotonic()
        self._inside = QWidget(self)
        self._inside.hide()
        self.clock, self.where = QLabel(self._inside), QLabel(self._inside)
        self.next = QLabel(self._inside)
        self.next.setObjectName("presenterNext")
        self.next.setWordWrap(True)
        self.words, self.notes = QTextBrowser(self._inside), QTextBrowser(self._inside)
        for view, name in ((self.words, "投影上的原文"), (self.notes, "发言要点和批注")):
            view.setAccessibleName(name)
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setOpenLinks(False)
            view.document().setDocumentMargin(_MARGIN)
        self._lay_out()
        self._ticking = QTimer(self)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start(_TICK_MS)
        self._tick()

    def show_place(self, number: int, page: int, pages: int) -> None:
        """Show what belongs to a slide, from 0, and to its page."""
        slide = self._slides[number]
        on = f"　第 {page + 1} / {pages} 页" if pages > 1 else ""
        self.where.setText(f"{number + 1} / {len(self._slides)}{on}　{slide.place}")
        words = "".join(f"<p>{escape(one.text)}</p>" for one in slide.passages)
        self.words.setHtml(self._page(f"<h3>{escape(slide.heading)}</h3>{words}", self._serif, _WORDS_PX))
        said = "".join(self._remark(label, body) for label, body in self._cues[number])
        self.notes.setHtml(self._page(said or f"<p>{_NOTHING}</p>", self._sans, _NOTES_PX))
        self.next.setText(self._following(number))

    def set_audience(self, audience: QRect) -> None:
        """Others look elsewhere now."""
        self._audience = audience
        self._withdraw()

    @property
    def is_private(self) -> bool:
        """Whether nobody else can see this window."""
        return not self.geometry().intersects(self._audience)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event.key())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(_SETTLED_MS, self, self._guard)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._withdraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setGeometry(self.rect())
        self._withdraw()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._inside.hide()
        super().closeEvent(event)
        self.left.emit()

    def _guard(self) -> None:
        """Show what is written only where nobody else sees it."""
        if self.is_private:
            self._inside.show()
        else:
            self.close()

    def _withdraw(self) -> None:
        """Show nothing until it is sure where this window is."""
        if not self.is_private:
            self._inside.hide()
        if self.isVisible():
            QTimer.singleShot(_SETTLED_MS, self, self._guard)

    def _following(self, number: int) -> str:
        if number + 1 >= len(self._slides):
            return _LAST
        slide = self._slides[number + 1]
        words = "".join(one.text for one in slide.passages)
        short = words[:_NEXT_WORDS] + ("…" if len(words) > _NEXT_WORDS else "")
        return f"下一项　{slide.place}　{slide.heading}\n{short}"

    def _remark(self, label: str, body: str) -> str:
        look = f"color:{self._theme.muted}; font-size:{_LABEL_PX}px; margin-bottom:0"
        return f'<p style="{look}">{escape(label)}</p>{to_html(body)}'

    def _page(self, html: str, family: str, size: int) -> str:
        ink = self._theme.ink
        style = f"font-family:'{family}'; font-size:{size}px; color:{ink}; line-height:150%"
        return f'<body style="{style}">{html}</body>'

    def _tick(self) -> None:
        gone = int(time.monotonic() - self._started)
        self.clock.setText(f"{QTime.currentTime().toString('HH:mm')}　已讲 {gone // 60} 分 {gone % 60:02} 秒")

    def _lay_out(self) -> None:
        title = QLabel("讲解　只有这块屏幕看得到", self._inside)
        title.setObjectName("previewTitle")
        self.clock.setObjectName("presenterClock")
        self.where.setObjectName("cardMeta")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.clock)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.words, 5)
        both.addWidget(self.notes, 6)
        foot = QHBoxLayout()
        foot.addWidget(self.next, 1)
        for text, key in (
            ("上一页 ←", Qt.Key.Key_Left),
            ("下一页 →", Qt.Key.Key_Right),
            ("结束 Esc", Qt.Key.Key_Escape),
        ):
            button = QPushButton(text, self._inside)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda checked=False, key=key: self.key_pressed.emit(int(key)))
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.where)
        layout.addLayout(both, 1)
        layout.addLayout(foot)
