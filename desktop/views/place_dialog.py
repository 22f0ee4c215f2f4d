"""我的数据在哪: the folder, why it is that one, what lies in it, and how the program is carried about on a stick."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.notebook.place import PORTABLE_NAMES, Place, PlaceKind

_INSIDE = (
    "其中：notebook.sqlite3 是批注、会议和台账（程序开着时旁边还有 -wal、-shm 两个文件，不可单独搬动）；"
    "backups 是备份；policies 是导入的文件；settings.ini 是窗口和搜索的设置；policy-desk.log 是出错时的日志。"
    "换电脑或重装程序前，请先关闭程序，再把整个文件夹复制走。"
)
_HOW = (
    f"便携使用：在程序文件夹里、与程序并排，新建名为“{PORTABLE_NAMES[1]}”（或 {PORTABLE_NAMES[2]}）的文件夹，"
    "下次启动就把一切存在那里，可连同程序放在 U 盘上带走；要用现有的数据，先关闭程序，再把上面文件夹里的全部内容复制进去。"
    "拔出 U 盘前请先关闭程序，再用系统的“安全弹出”。"
)
_IS_PORTABLE = (
    "现在就是便携使用：程序和数据在同一个文件夹里，可以整个搬走；拔出 U 盘前请先关闭程序，再用系统的“安全弹出”。"
    "更新程序时只替换程序文件，保留这个文件夹。"
)


class PlaceDialog(QDialog):
    """Emits when the reader wants to see the folder itself."""

    folder_requested = Signal()

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = str(place.folder.absolute())
        self.setWindowTitle("我的数据在哪")
        self.resize(QSize(620, 320))
        self.path = QLabel(self._path, self)
        self.path.setObjectName("previewText")
        why = f"批注、会议、台账和设置都在下面的文件夹里，即{place.kind.value}。程序不会把它们送到别处。"
        portable = _IS_PORTABLE if place.kind is PlaceKind.PORTABLE else _HOW
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        self._labels = (QLabel(why, self), self.path, QLabel(_INSIDE, self), QLabel(portable, self))
        for label in self._labels:
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addLayout(self._buttons())

    @property
    def told(self) -> str:
        """Everything that is shown."""
        return "\n".join(label.text() for label in self._labels)

    def _buttons(self) -> QHBoxLayout:
        self.copy = QPushButton("复制路径", self)
        close = QPushButton("关闭", self)
        self.open_folder = QPushButton("打开文件夹", self)
        self.open_folder.setProperty("primary", True)
        self.open_folder.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.open_folder)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._path))
        close.clicked.connect(self.reject)
        self.open_folder.clicked.connect(self.folder_requested)
        return buttons
