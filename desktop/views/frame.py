"""The window's frame: the program's name, three columns and the foot, before anything but the text is in them."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

_HEADER_HEIGHT = 52
_FOOT_HEIGHT = 28


class Host(QFrame):
    """A place in the frame that a view is put into."""

    def __init__(self, name: str, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self.setObjectName(name)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(*margins)
        self._box.setSpacing(20)

    def put(self, view: QWidget, stretch: int = 1) -> None:
        """Show a view here, after those already shown."""
        self._box.addWidget(view, stretch)


class Frame:
    """The places of the window, laid out in it."""

    def __init__(self, window: QWidget, middle: QWidget) -> None:
        self.window = window
        self.header = Host("header", (16, 0, 12, 0))
        self.header.setFixedHeight(_HEADER_HEIGHT)
        self.header.put(_name(), 0)
        self.message = Host("messageHost")
        self.left = Host("leftColumn")
        self.desk = Host("deskPanel")
        self.foot = Host("statusBar")
        self.foot.setFixedHeight(_FOOT_HEIGHT)
        # Not QSplitter(window): telling its overloads apart would load the Qt namespace.
        self.columns = QSplitter()
        self.columns.setChildrenCollapsible(False)
        self.columns.setHandleWidth(1)
        for view, width in ((self.left, 220), (middle, 420), (self.desk, 220)):
            view.setMinimumWidth(width)
            self.columns.addWidget(view)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([286, 700, 294])
        self.workspaces = QStackedWidget()
        self.workspaces.addWidget(self.columns)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for view in (self.header, self.message):
            layout.addWidget(view)
        layout.addWidget(self.workspaces, 1)
        layout.addWidget(self.foot)


def _name() -> QLabel:
    name = QLabel("政策案头")
    name.setObjectName("appName")
    return name
