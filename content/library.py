"""The documents at hand: those that come with the program, and folders named by their path."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from content import markdown
from content.errors import ContentError, DamagedPolicy, UnknownDocument, reason
from content.model import Document, Front
from content.resources import POLICIES

POLICY_FILE = "policy.md"


@dataclass(frozen=True, slots=True)
class Library:
    """Folders of documents under one root; each holds a policy.md and its source.* as received."""

    root: Path = POLICIES

    def folders(self) -> list[Path]:
        """The folders that hold a document, by name."""
        return sorted(path.parent for path in self.root.glob(f"*/{POLICY_FILE}"))

    def fronts(self) -> list[Front]:
        """The front matter of every document. Raises DamagedPolicy."""
        return [
            markdown.read_front(_policy_text(folder), str(folder / POLICY_FILE)) for folder in self.folders()
        ]

    def documents(self) -> list[Document]:
        """Every document, read. Raises DamagedPolicy."""
        return [read_folder(folder) for folder in self.folders()]

    def folder(self, wanted: str) -> Path:
        """The folder of a document, by its id or by the path of the folder (or of the policy.md in it).

        Raises UnknownDocument.
        """
        path = Path(wanted)
        path = path.parent if path.name == POLICY_FILE else path
        with contextlib.suppress(OSError, ValueError):  # too long, or with a NUL in it
            if _is_name(wanted) and (self.root / wanted / POLICY_FILE).is_file():
                return self.root / wanted
            if wanted and (path / POLICY_FILE).is_file():
                return path
        raise UnknownDocument(f"没有编号或路径为“{wanted[:60]}”的文件；请用 content list 查看已有文件。")

    def document(self, wanted: str) -> Document:
        """One document, by id or path. Raises UnknownDocument, DamagedPolicy."""
        return read_folder(self.folder(wanted))


def read_folder(folder: Path) -> Document:
    """The document in a folder. Raises DamagedPolicy."""
    return markdown.read(_policy_text(folder), str(folder / POLICY_FILE))


def source_of(folder: Path) -> Path:
    """The text as received in a document's folder. Raises ContentError if there is none."""
    sources = sorted(folder.glob("source.*"))
    if not sources:
        raise ContentError(f"{folder} 中没有原始文本 source.*；请重新导入该文件。")
    return sources[0]


def _is_name(wanted: str) -> bool:
    return bool(wanted) and wanted not in (".", "..") and not set(wanted) & set("/\\:\0")


def _policy_text(folder: Path) -> str:
    path = folder / POLICY_FILE
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedPolicy(f"{path} 不是 UTF-8 文本，可能已损坏；请用 content import 重新生成。") from error
    except OSError as error:
        raise DamagedPolicy(f"{path} 读不出来（{reason(error)}）；请检查文件和权限。") from error
