"""Reading and importing texts."""

from pathlib import Path

from content import check
from content.importer import import_into
from content.library import Library
from desktop.selftest.step import PLAN, Desk, Step, expect

_TEXT = """关于印发《自检用方案》的通知

各有关单位：

现将《自检用方案》印发给你们，请认真贯彻执行。

自检用方案

一、总体要求

坚持依法办事。优化审批流程。

二、主要任务

（一）办事服务

推行“一件事”集成办理。压减材料，缩短时限。
"""
_HTML = "<!doctype html><html><head><title>自检用方案</title></head><body>{}</body></html>"


def _read_plan(desk: Desk) -> str:
    library = Library()
    findings = list(check.check(library.folder(PLAN)))
    broken = [finding.promise for finding in findings if not finding.holds]
    expect(not broken, "、".join(broken))
    return f"{len(desk.document.places)} 条，{len(findings)} 项核对都成立"


def _import_texts(desk: Desk) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in _TEXT.splitlines() if line)
    sources = {
        "自检.txt": _TEXT.encode("utf-8"),
        "自检 国标.txt": _TEXT.encode("gb18030"),
        "自检.html": _HTML.format(paragraphs).encode("utf-8"),
        "自检.md": _TEXT.encode("utf-8"),
    }
    found = {name: _imported(desk, name, data) for name, data in sources.items()}
    for name, measures in found.items():
        expect("推行“一件事”集成办理。" in measures, f"{name} 里没有读出条目")
    return "、".join(found)


def _imported(desk: Desk, name: str, data: bytes) -> list[str]:
    source = Path(desk.folder, name)
    source.write_bytes(data)
    made = import_into(source, desk.folder / "导入" / source.suffix[1:] / str(len(data)))
    again = Library(made.folder.parent).document(made.document.id)
    return [measure.text for measure in again.measures]


STEPS = (Step("读取并核对随附的方案", _read_plan), Step("导入文本、网页、Markdown", _import_texts))
