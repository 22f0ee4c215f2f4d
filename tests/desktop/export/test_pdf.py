"""PDF and pages: words that can be selected, page numbers, headings that stay with their words."""

import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from content.model import Document
from desktop.export import faces, pdf
from desktop.export.brief import Brief, Item, Options, Passage
from desktop.export.errors import Stopped
from desktop.export.pdf_pages import Strip

pytestmark = pytest.mark.usefixtures("qapp")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


def read(data: bytes, folder: Path, *words: str) -> str:
    (folder / "x.pdf").write_bytes(data)
    command = ["pdftotext", *words, str(folder / "x.pdf"), "-"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def pages(data: bytes, folder: Path) -> list[str]:
    """The words of each page without blanks and page numbers."""
    found = read(data, folder).split("\f")[:-1]
    return ["".join(page.split()).removesuffix(f"—{number}—") for number, page in enumerate(found, 1)]


@needs_poppler
class TestWords:
    def test_every_sentence_is_the_plans(
        self, plan: Document, annotated: Brief, drawn: faces.Fonts, tmp_path: Path
    ) -> None:
        found = "".join(pages(pdf.render(annotated, Options(original_only=True), drawn), tmp_path))
        at = 0
        for passage in annotated.passages:
            words = "".join(f"{passage.text}（《方案》{passage.place}）".split())
            at = found.find(words, at)
            assert at >= 0, passage
            at += len(words)

    def test_own_words_notice_and_end_are_there(
        self, meeting: Brief, drawn: faces.Fonts, tmp_path: Path
    ) -> None:
        found = "".join(pages(pdf.render(meeting, Options(), drawn), tmp_path))
        for words in (
            "「本单位所写」发言要点",
            "台账（本单位填写，非方案原文）",
            "问题：口径不一",
            "2026年11月25日从政策案头导出。",
        ):
            assert words in found
        assert "".join(meeting.source.notice.split()) in found

    def test_no_character_is_a_radical(self, annotated: Brief, drawn: faces.Fonts, tmp_path: Path) -> None:
        found = read(pdf.render(annotated, Options(), drawn), tmp_path)
        assert [letter for letter in found if 0x2E80 <= ord(letter) < 0x2FE0] == []

    def test_pages_are_numbered_in_turn(self, annotated: Brief, drawn: faces.Fonts, tmp_path: Path) -> None:
        found = read(pdf.render(annotated, Options(), drawn), tmp_path).split("\f")[:-1]
        assert all(f"{number}" in page.rstrip()[-8:] for number, page in enumerate(found, 1))

    def test_22_lines_of_28_characters(
        self, plan: Document, meeting: Brief, drawn: faces.Fonts, tmp_path: Path
    ) -> None:
        long = Passage("x/1.1.1", "政" * 28 * 60, "出处", "出处", 0)
        brief = replace(meeting, items=(Item("", passages=(long,)),))
        page = read(pdf.render(brief, Options(), drawn), tmp_path, "-f", "2", "-l", "2").split()
        assert [len(line) for line in page if line[0] == "政"] == [28] * 22


def test_headings_and_labels_do_not_stand_alone(annotated: Brief, drawn: faces.Fonts) -> None:
    laid_out = pdf.Pages(annotated, Options(), drawn)
    picked = [strip for strip in laid_out.strips if strip.keeps]
    assert len(picked) > 30
    assert not {strip.bottom for strip in picked} & {sheet.bottom for sheet in laid_out.sheets}


def test_lines_are_evenly_apart_whatever_their_face(meeting: Brief, drawn: faces.Fonts) -> None:
    mixed = replace(drawn, first="Noto Sans CJK SC", second="AR PL UKai CN")
    items = tuple(Item("标题", "一、", level) for level in (1, 2, 1, 2))
    laid_out = pdf.Pages(replace(meeting, items=items), Options(), mixed)
    [*lines] = (
        strip for strip in laid_out.strips if strip.block is not None and strip.block.text() == "一、标题"
    )
    assert len(lines) == 4
    assert {lower.top - upper.bottom for upper, lower in pairwise(lines)} == {0}
    assert {round(_baseline(lower) - _baseline(upper)) for upper, lower in pairwise(lines)} == {579}


def _baseline(strip: Strip) -> float:
    assert strip.block is not None
    assert strip.origin is not None
    line = strip.block.layout().lineAt(strip.number)
    return strip.origin.y() + line.y() + line.ascent()


def test_tables_are_closed_at_their_foot(meeting: Brief, drawn: faces.Fonts) -> None:
    laid_out = pdf.Pages(meeting, Options(), drawn)
    image = pdf.picture(laid_out, 0, 1654)  # 200 to the inch
    [notice] = [strip for strip in laid_out.sheets[0].strips if strip.block is None][:1]
    foot = round((37 / 25.4 + notice.bottom / 1440) * 200)
    column = round((28 + 78) / 25.4 * 200)
    inks = [image.pixelColor(column, y).lightness() for y in range(foot - 6, foot + 4)]
    assert min(inks) < 200


def test_a_page_can_be_looked_at(meeting: Brief, drawn: faces.Fonts) -> None:
    laid_out = pdf.Pages(meeting, Options(), drawn)
    image = pdf.picture(laid_out, 0, 420)
    assert (image.width(), image.height()) == (420, 594)
    ink = [image.pixelColor(x, y).lightness() for x in range(56, 368) for y in range(74, 524)]
    margin = [image.pixelColor(x, y).lightness() for x in range(420) for y in range(70)]
    assert min(ink) < 100
    assert min(margin) == 255


def test_large_type_takes_more_pages(annotated: Brief, drawn: faces.Fonts) -> None:
    plain, large = (pdf.Pages(annotated, Options(large_type=large), drawn) for large in (False, True))
    assert large.count > plain.count


def test_a_row_higher_than_a_page_goes_on(meeting: Brief, drawn: faces.Fonts) -> None:
    [row, *_] = meeting.items[0].rows
    brief = replace(meeting, items=(replace(meeting.items[0], rows=(replace(row, problem="难\n" * 200),)),))
    laid_out = pdf.Pages(brief, Options(), drawn)
    assert laid_out.count > 4
    assert all(0 < sheet.bottom - sheet.top <= 22 * 579 for sheet in laid_out.sheets)


def test_it_can_be_stopped(annotated: Brief, drawn: faces.Fonts) -> None:
    def watch(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        pdf.render(annotated, Options(), drawn, watch)
