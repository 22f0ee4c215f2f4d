"""python -m content list|show|text|check|import"""

import json
import sys
from pathlib import Path
from typing import Any

from content import check, importer, printing
from content.console import DONE, NO, Parser, called, fail, run
from content.errors import ContentError, reason
from content.library import Library
from content.model import Document


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ContentError as error:
        return fail(error)
    except BrokenPipeError:
        raise  # ``run`` ends it quietly
    except OSError as error:
        return fail(f"{error.filename or '文件'}：{reason(error)}；请检查路径、权限和磁盘空间后重试。")


def as_json(document: Document) -> dict[str, Any]:
    """The document in the stable JSON form; the imprint's measures stand at the end of part 0."""
    parts: list[dict[str, Any]] = [
        {
            "number": part.number,
            "heading": part.heading,
            "sections": [
                {
                    "number": section.number,
                    "title": section.title,
                    "measures": [{"id": measure.id, "text": measure.text} for measure in section.measures],
                }
                for section in part.sections
            ],
        }
        for part in document.parts
    ]
    if document.imprint:
        if not parts or parts[0]["number"] != 0:
            parts.insert(0, {"number": 0, "heading": "", "sections": []})
        if document.section(0, 0) is None:
            parts[0]["sections"].insert(0, {"number": 0, "title": "", "measures": []})
        parts[0]["sections"][0]["measures"] += [
            {"id": measure.id, "text": measure.text} for measure in document.imprint
        ]
    front = document.front
    return {
        "id": front.id,
        "title": front.title,
        "number": front.number,
        "issuer": front.issuer,
        "issued": front.issued,
        "status": front.status,
        "parts": parts,
    }


def _list(options: Any) -> int:
    for front in Library().fronts():
        print(f"{front.id}\t{front.title}\t{front.issued}\t{front.status}")
    return DONE


def _show(options: Any) -> int:
    document = Library().document(options.id)
    if options.json:
        print(json.dumps(as_json(document), ensure_ascii=False))
        return DONE
    print(f"{document.id}  《{document.title}》")
    for place in document.places.values():
        print(f"{place.measure.id.rpartition('/')[2]}\t{place.measure.text}")
    return DONE


def _text(options: Any) -> int:
    sys.stdout.write(printing.text(Library().document(options.id)))
    return DONE


def _check(options: Any) -> int:
    library = Library()
    broken = 0
    for folder in [library.folder(wanted) for wanted in options.id] or library.folders():
        print(folder.name)
        for finding in check.check(folder):
            broken += not finding.holds
            print(f"  {'√' if finding.holds else '×'} {finding.promise}：{finding.detail}")
    return NO if broken else DONE


def _import(options: Any) -> int:
    reports, code = [], DONE
    for file in options.file:
        try:
            reports.append(importer.import_into(Path(file), Path(options.output)))
        except ContentError as error:
            code = fail(error)
        except OSError as error:
            where = error.filename or options.output
            code = fail(f"{file} 没有导入：{reason(error)}（{where}），原有文件未动；请处理后重试。")
    if options.json:
        print(json.dumps([report.as_json() for report in reports], ensure_ascii=False))
    else:
        for report in reports:
            print(report.told())
    return code


def _parser() -> Parser:
    parser = Parser(prog=called("content"), description="政策文件：查看、核对、导入")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令", parser_class=Parser)
    listing = commands.add_parser("list", help="列出已有文件，一行一份")
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", help="按编、节、条显示一份文件")
    show.add_argument("id", metavar="ID", help="文件编号，或文件夹路径")
    show.add_argument("--json", action="store_true", help="以 JSON 输出")
    show.set_defaults(run=_show)
    text = commands.add_parser("text", help="按印发原样输出全文")
    text.add_argument("id", metavar="ID", help="文件编号，或文件夹路径")
    text.set_defaults(run=_text)
    checking = commands.add_parser("check", help="逐项核对文本与原始文件是否一致")
    checking.add_argument("id", metavar="ID", nargs="*", help="文件编号或文件夹路径；不写则全部核对")
    checking.set_defaults(run=_check)
    importing = commands.add_parser("import", help="把 .txt .md .html 导入为政策文件")
    importing.add_argument("file", metavar="FILE", nargs="+", help="要导入的文件")
    importing.add_argument(
        "-o", "--output", metavar="DIR", default=".", help="写到哪个文件夹（默认当前文件夹）"
    )
    importing.add_argument("--json", action="store_true", help="以 JSON 输出导入结果")
    importing.set_defaults(run=_import)
    return parser


if __name__ == "__main__":
    run(main)
