"""What leaves the desk: briefs and ledgers as files, and a ledger coming back in from a sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.export import docx, markdown, pdf, xlsx
from desktop.export.brief import Brief, Options, Watch, unwatched
from desktop.export.faces import Fonts
from desktop.export.filing import save


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that a brief can become. ``fonts`` are asked for by ``faces.named``, or to draw by ``faces.drawn``."""

    name: str
    suffix: str
    render: Callable[[Brief, Options, Fonts, Watch], bytes]
    draws: bool = False


FORMATS = (
    Format("Word 文档", ".docx", docx.render),
    Format("PDF", ".pdf", pdf.render, draws=True),
    Format("Excel 台账", ".xlsx", xlsx.render),
    Format("Markdown 文本", ".md", markdown.render),
    Format("纯文本", ".txt", markdown.render_plain),
)


def export(
    brief: Brief, target: Path, form: Format, options: Options, fonts: Fonts, watch: Watch = unwatched
) -> None:
    """Write a brief to a file, all or nothing. Raises CannotWrite, and what ``watch`` raises."""
    save(target, form.render(brief, options, fonts, watch))
