"""python -m desktop.notebook [--data DIR] list|export|import|check|backup|restore"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from content.console import DONE, NO, Parser, called, fail, run
from content.errors import ContentError, reason
from content.library import Library
from content.model import Document
from desktop.notebook import backups, citing, exchange
from desktop.notebook.arranging import Placed, in_text_order
from desktop.notebook.attaching import Fit
from desktop.notebook.checkup import check_up
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotOpen, Damaged, NotebookError
from desktop.notebook.importing import Choice, Preview, preview
from desktop.notebook.model import KINDS, NAMES, Entry, Note, NoteKind
from desktop.notebook.opening import open_notebook, open_whole
from desktop.notebook.packet import as_json
from desktop.notebook.place import data_folder
from desktop.notebook.store import Notebook

_MOST_SHOWN = 60
"""Characters of an entry's words in a line of the list."""
_KINDS = (*(kind.value for kind in NoteKind), *(NAMES[kind] for kind in KINDS if kind is not Note))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, data_folder(options.data)))
    except (NotebookError, ContentError) as error:
        return fail(error)
    except BrokenPipeError:
        raise  # ``run`` ends it quietly
    except OSError as error:
        return fail(f"{error.filename or '文件'}：{reason(error)}；已有的批注都在。请检查路径、权限后再试。")


def _list(options: Any, folder: Path) -> int:
    with _open(folder) as notebook:
        entries = [one for one in _in_use(notebook) if _is_wanted(one, options)]
    texts = _texts(folder)
    found = [
        (texts.get(document), placed)
        for document, own in _by_document(entries).items()
        for placed in in_text_order(texts.get(document), own)
    ]
    if options.json:
        print(json.dumps([_described(*one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            print(_row(*one))
    return DONE


def _export(options: Any, folder: Path) -> int:
    with _open(folder) as notebook:
        entries = _in_use(notebook)
    target = Path(options.file)
    count = exchange.export(list(_texts(folder).values()), entries, target, options.author, datetime.now())
    print(f"已导出 {count} 条到 {target}。这是给同事的一份导出，不是备份。")
    return DONE


def _import(options: Any, folder: Path) -> int:
    packet = exchange.read(Path(options.file))
    texts = _texts(folder).values()
    if options.dry_run and not (folder / FILE_NAME).exists():
        return _told(preview((), packet, texts, options.author))
    with _open(folder, make=True) as notebook:
        found = preview(notebook.everything(), packet, texts, options.author)
        if options.dry_run:
            return _told(found)
        change = found.change(Choice(options.conflict))
        if change.edits:
            notebook.apply(change)
    print(*packet.warnings, f"{found.summary}。", sep="\n")
    print(f"已导入 {len(change.edits)} 条。" if change.edits else "没有要导入的，笔记本没有改动。")
    return DONE


def _check(options: Any, folder: Path) -> int:
    try:
        with _open(folder) as notebook:
            entries, broken = _in_use(notebook), False
    except Damaged:
        entries, broken = [], True
    if broken:
        print("× 笔记本文件已损坏；请打开程序，它会读出能读的内容并修复，或用 restore 恢复备份。")
    else:
        print(f"√ 笔记本文件完整，共 {len(entries)} 条")
    texts, lost = _texts(folder), 0
    for document, own in _by_document(entries).items():
        text = texts.get(document)
        if text is None:
            lost += len(own)
            print(f"× 本机没有文件 {document}，其上 {len(own)} 条无法核对")
            continue
        checkup = check_up(text, own)
        lost += checkup.counts[Fit.LOST]
        print(f"{'×' if checkup.counts[Fit.LOST] else '√'} 《{text.title}》", *checkup.lines(), sep="\n  ")
    return NO if broken or lost else DONE


def _back_up(options: Any, folder: Path) -> int:
    if options.list:
        for one in backups.backups(folder):
            print(_backup_row(one))
        return DONE
    with _open(folder) as notebook:
        made = backups.back_up(notebook.connection, folder, backups.Reason.BY_HAND, datetime.now())
    print(f"已备份并核对完整：{made.path}（{backups.counts(made).words}）")
    return DONE


def _restore(options: Any, folder: Path) -> int:
    chosen = next((one for one in backups.backups(folder) if options.number in (one.id, "latest")), None)
    if chosen is None:
        return fail(f"没有编号为 {options.number} 的备份；请用 backup --list 查看。已有的批注都在。", NO)
    wanted = backups.entries(chosen)
    opened = open_notebook(folder)
    notebook = opened.notebook
    try:
        if opened.told:
            print(opened.told)
        now = datetime.now()
        present = notebook.everything()
        change = backups.restoring(present, wanted, now.astimezone().isoformat(timespec="seconds"))
        if options.dry_run or not change.edits:
            print(backups.preview(present, wanted))
            return DONE
        kept = backups.back_up(notebook.connection, folder, backups.Reason.BEFORE_RESTORE, now)
        notebook.apply(change)
    finally:
        notebook.close()
    print(f"已恢复到备份 {chosen.id}，改动 {len(change.edits)} 条；要撤回，请恢复备份 {kept.id}。")
    return DONE


def _backup_row(backup: backups.Backup) -> str:
    try:
        held = backups.counts(backup).words
    except backups.CannotRestore:
        held = "读不出来"
    return f"{backup.id}\t{backup.made:%Y-%m-%d %H:%M:%S}\t{backup.reason.value}\t{held}"


def _told(found: Preview) -> int:
    print(*found.lines(), sep="\n")
    return DONE


@contextmanager
def _open(folder: Path, make: bool = False) -> Iterator[Notebook]:
    """The notebook in a folder, for as long as it is needed; only made there if asked for."""
    notebook = open_whole(folder if make else _present(folder)).notebook
    try:
        yield notebook
    finally:
        notebook.close()


def _present(folder: Path) -> Path:
    if not (folder / FILE_NAME).exists():
        raise CannotOpen(f"{folder} 里还没有笔记本；请用 --data 指明数据文件夹，或先打开程序写下第一条批注。")
    return folder


def _texts(folder: Path) -> dict[str, Document]:
    """The documents at hand: those that come with the program, and those opened before."""
    documents = [*Library().documents(), *Library(folder / "policies").documents()]
    return {document.id: document for document in documents}


def _in_use(notebook: Notebook) -> list[Entry]:
    return [one for one in notebook.everything() if not one.deleted]


def _by_document(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        found[one.anchor.document].append(one)
    return found


def _is_wanted(entry: Entry, options: Any) -> bool:
    return (
        (not options.kind or options.kind == _kind(entry))
        and (not options.tag or (isinstance(entry, Note) and options.tag in entry.tags))
        and (not options.document or options.document == entry.anchor.document)
    )


def _kind(entry: Entry) -> str:
    return entry.kind.value if isinstance(entry, Note) else NAMES[type(entry)]


def _described(document: Document | None, placed: Placed) -> dict[str, Any]:
    place = citing.place(document, placed.entry, placed.found)
    return {**as_json(placed.entry), "place": place, "fit": placed.found.fit.value}


def _row(document: Document | None, placed: Placed) -> str:
    entry = placed.entry
    tags = " ".join(f"#{tag}" for tag in entry.tags) if isinstance(entry, Note) else ""
    said = citing.words(entry, _MOST_SHOWN)
    cells = (citing.name(entry), citing.place(document, entry, placed.found), said, tags, entry.author)
    return "\t".join((entry.anchor.document, *(" ".join(cell.split()) for cell in cells))).rstrip()


def _parser() -> Parser:
    parser = Parser(prog=called("desktop.notebook"), description="笔记本：列出、导出、导入、体检、备份、恢复")
    parser.add_argument("--data", metavar="DIR", default="", help="笔记本所在的文件夹（默认与程序相同）")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令", parser_class=Parser)

    def add(name: str, what: Any, told: str) -> Parser:
        command: Parser = commands.add_parser(name, help=told, description=told)
        command.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="笔记本所在的文件夹")
        command.set_defaults(run=what)
        return command

    listing = add("list", _list, "按原文顺序列出批注、书签、标记、会议、台账，一行一条")
    listing.add_argument("--json", action="store_true", help="以 JSON 输出")
    listing.add_argument("--kind", choices=_KINDS, metavar="类别", help=f"只列这一类：{'、'.join(_KINDS)}")
    listing.add_argument("--tag", metavar="标签", help="只列有这个标签的批注")
    listing.add_argument("--document", metavar="ID", help="只列这份文件上的")
    exporting = add("export", _export, "导出给同事：一个 zip，内有数据和可用浏览器看的网页")
    exporting.add_argument("file", metavar="FILE", help="写到哪个文件")
    exporting.add_argument("--author", metavar="姓名", default="", help="以谁的名义；不写则为“未署名”")
    importing = add("import", _import, "导入同事导出的批注")
    importing.add_argument("file", metavar="FILE", help="同事导出的文件")
    importing.add_argument("--dry-run", "--预览", action="store_true", help="只看会怎样，不导入")
    importing.add_argument(
        "--conflict",
        choices=[one.value for one in Choice],
        default=Choice.BOTH.value,
        help="两边都改过的：keep 留我的，take 用文件里的，both 两份都留（默认）",
    )
    importing.add_argument("--author", metavar="姓名", default="", help="自己的姓名；署这个名的算自己的")
    backing_up = add("backup", _back_up, "备份笔记本并核对；只留最近 14 份")
    backing_up.add_argument("--list", action="store_true", help="只列出已有的备份：编号、时间、缘由、内容")
    restoring = add("restore", _restore, "恢复到一份备份；之后写的放入回收，恢复前先另备一份")
    restoring.add_argument("number", metavar="编号", help="backup --list 所列的编号，或 latest")
    restoring.add_argument("--dry-run", "--预览", action="store_true", help="只看会怎样，不恢复")
    add("check", _check, "检查笔记本文件是否完整，每条的位置是否还在原文中")
    return parser


if __name__ == "__main__":
    run(main)
