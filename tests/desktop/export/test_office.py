"""What LibreOffice makes of the files: it opens them without repair and lays them out as the standard asks."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import fonts
from desktop.export import docx, faces, xlsx
from desktop.export.brief import Brief, Item, Options, Passage
from desktop.export.ledger import Ledger
from tests.desktop.export.office import Office

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
MM = 72 / 25.4


@pytest.fixture
def names(chosen_fonts: fonts.Fonts) -> faces.Fonts:
    """The fonts of this machine by name, so that nothing stands in for them."""
    return faces.drawn((), chosen_fonts.serif, chosen_fonts.sans)


def as_pdf(office: Office, name: str, data: bytes, folder: Path) -> Path:
    (folder / name).write_bytes(data)
    return office.convert(folder / name, "pdf", folder)


def words(source: Path, page: int) -> list[tuple[str, float, float, float]]:
    """Text, left, top and right of each line of a page, in points."""
    command = ["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), str(source), "-"]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    lines = re.findall(
        r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.*?)</line>', found, re.DOTALL
    )
    return [
        ("".join(re.findall(r">([^<]*)</word>", inside)), float(left), float(top), float(right))
        for left, top, right, inside in lines
    ]


def test_a_full_page_has_22_lines_of_28_characters(
    meeting: Brief, names: faces.Fonts, office: Office, tmp_path: Path
) -> None:
    long = Passage("x/1.1.1", "政" * 28 * 60, "出处", "出处", 0)
    brief = replace(meeting, items=(Item("", passages=(long,)),))
    page = words(as_pdf(office, "x.docx", docx.render(brief, Options(), names), tmp_path), 2)
    body = [line for line in page if line[0].startswith("政")]
    assert [len(text) for text, *_ in body] == [28] * 22
    lefts, tops, rights = zip(*(place for _, *place in body), strict=True)
    assert min(lefts) == pytest.approx(28 * MM, abs=1)
    # LibreOffice does not spread a line without a single space to its very end, as Word does.
    assert max(rights) == pytest.approx((210 - 26) * MM, abs=2)
    assert 37 * MM <= min(tops) < max(tops) <= (297 - 35) * MM - 16
    [number] = [line for line in page if "2" in line[0]]
    assert number[1] == pytest.approx((28 * MM) + 14, abs=3)
    assert number[2] > (297 - 35) * MM


def test_every_sentence_is_laid_out(
    annotated: Brief, names: faces.Fonts, office: Office, tmp_path: Path
) -> None:
    source = as_pdf(office, "x.docx", docx.render(annotated, Options(original_only=True), names), tmp_path)
    found = subprocess.run(
        ["pdftotext", str(source), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    plain = re.sub(r"—\s*\d+\s*—", "", found)
    assert "".join(plain.split()).count("（《方案》") == len(list(annotated.passages))


def test_sheets_open_too(ledger: Ledger, office: Office, tmp_path: Path) -> None:
    source = as_pdf(office, "x.xlsx", xlsx.render_ledger(ledger, faces.named()), tmp_path)
    found = subprocess.run(
        ["pdftotext", "-layout", str(source), "-"], capture_output=True, encoding="utf-8", check=True
    )
    assert "2026-06" in found.stdout
    assert "=cmd|'/C calc'!A0" in found.stdout.replace("\n", "")
