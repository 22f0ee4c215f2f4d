"""What an import tells the person who asked for it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.model import Document


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one import: the file, the folder written, the document, what was unsure."""

    file: Path
    folder: Path
    document: Document
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable JSON form; ``path`` is the folder."""
        return {
            "file": str(self.file),
            "id": self.document.id,
            "path": str(self.folder),
            "warnings": list(self.warnings),
        }

    def told(self) -> str:
        """The report in Chinese, a fact a line."""
        front = self.document.front
        lines = [
            f"已导入 {self.file} → {self.folder}",
            f"  编号：{front.id}",
            f"  标题：{front.title}",
            f"  文号：{front.number or '（无）'}",
            f"  发文机关：{front.issuer or '（无）'}",
            f"  成文日期：{front.issued or '（无）'}　印发日期：{front.printed or '（无）'}",
            f"  结构：{self._shape()}",
        ]
        if self.warnings:
            lines.append(f"  请核对（{len(self.warnings)} 处）：")
            lines += [f"    - {warning}" for warning in self.warnings]
        return "\n".join(lines)

    def _shape(self) -> str:
        numbered = [part for part in self.document.parts if part.number]
        sections = sum(1 for part in self.document.parts for section in part.sections if section.number)
        return f"{len(numbered)} 编 {sections} 节，共 {len(self.document.places)} 条"
