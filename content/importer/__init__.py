"""Documents made from files as received: .txt, .html and .md, by documented steps that lose no character."""

from content.errors import UnreadableSource
from content.importer.deposit import import_into
from content.importer.normalise import has_half_width_stop
from content.importer.report import Report
from content.importer.source import Imported, body_text, import_file

__all__ = [
    "Imported",
    "Report",
    "UnreadableSource",
    "body_text",
    "has_half_width_stop",
    "import_file",
    "import_into",
]
