"""LibreOffice as another office would use it: opens, edits and saves files, with a profile of its own."""

import html
import shutil
import subprocess
from pathlib import Path

import pytest

_XLSX = "Calc MS Excel 2007 XML"
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>
"""
_MACRO = """Sub Main(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(0)
  {acts}
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "{form}"
  book.storeToURL(target, how())
  book.close(True)
End Sub
"""


class Office:
    """Skips the test where LibreOffice is not installed."""

    def __init__(self, profile: Path) -> None:
        if shutil.which("soffice") is None:
            pytest.skip("LibreOffice is not installed")
        self._profile = profile

    def convert(self, source: Path, kind: str, folder: Path) -> Path:
        """Open a file and save it as another kind (pdf, ods, xlsx) in a folder."""
        self._run(
            "--convert-to",
            f"{kind}:{_XLSX}" if kind == "xlsx" else kind,
            "--outdir",
            str(folder),
            str(source),
        )
        return (folder / source.name).with_suffix(f".{kind}")

    def work(self, source: Path | None, target: Path, acts: str) -> None:
        """Open a workbook, or a new one, do something to its ``sheet`` in Basic, and save it as .xlsx."""
        module = self._profile / "user" / "basic" / "Standard" / "Module1.xba"
        if not module.exists():
            self._run("--terminate_after_init")  # the first start makes the profile
        macro = _MACRO.format(acts="\n  ".join(acts.strip().splitlines()), form=_XLSX)
        module.write_text(_MODULE.format(html.escape(macro)), encoding="utf-8")
        opened = source.as_uri() if source else "private:factory/scalc"
        self._run(f"macro:///Standard.Module1.Main({opened},{target.as_uri()})")
        assert target.exists(), "LibreOffice did not run the macro"

    def _run(self, *arguments: str) -> None:
        command = ["soffice", f"-env:UserInstallation={self._profile.as_uri()}", "--headless", *arguments]
        subprocess.run(command, capture_output=True, check=True, timeout=180)
