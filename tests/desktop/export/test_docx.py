"""Word files read back: every original word, the geometry of GB/T 9704—2012, and what is whose."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from content.model import Document
from desktop.export import docx as word
from desktop.export import faces
from desktop.export.brief import Brief, Item, Options
from desktop.export.errors import Stopped

MM = 1440 / 25.4
"""Twips."""


def render(brief: Brief, **options: Any) -> bytes:
    return word.render(brief, Options(**options), faces.named())


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml").decode()


def original(data: bytes) -> list[str]:
    """What carries the style of original words, a paragraph each."""
    found = []
    for paragraph in opened(data).paragraphs:
        runs = [run.text for run in paragraph.runs if run.style.style_id == "PlanWords"]
        if runs:
            assert paragraph.style.name == "方案原文"
            found.append("".join(runs))
    return found


def styled(data: bytes, style: str) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs if paragraph.style.style_id == style]


class TestWords:
    def test_every_sentence_is_the_plans(self, plan: Document, annotated: Brief) -> None:
        assert original(render(annotated)) == [measure.text for measure in plan.measures]

    def test_notes_change_no_original_word(self, annotated: Brief) -> None:
        assert original(render(annotated, original_only=True)) == original(render(annotated))

    def test_every_sentence_is_cited(self, annotated: Brief) -> None:
        places = [
            one.text for one in opened(render(annotated)).paragraphs if one.style.style_id == "PlanText"
        ]
        assert all(
            text.endswith(f"（《方案》{passage.place}）")
            for text, passage in zip(places, annotated.passages, strict=True)
        )

    def test_headings_are_real_ones(self, annotated: Brief) -> None:
        found = [
            (one.style.name, one.text)
            for one in opened(render(annotated)).paragraphs
            if one.style.name[:4] == "Head"
        ]
        assert ("Heading 1", "二、深化重点领域对标改革，提升营商环境竞争力") in found
        assert ("Heading 2", "（三）市政公共基础设施报装") in found

    def test_facts_source_notice_and_end_are_there(self, meeting: Brief) -> None:
        data = render(meeting)
        assert styled(data, "Title") == ["优化营商环境专题会"]
        assert styled(data, "Subtitle") == ["会议材料"]
        assert styled(data, "MeetingFacts") == list(meeting.facts.lines)
        assert styled(data, "SupersededNotice") == [meeting.source.notice]
        assert "标有“本单位所写”“本单位填写”的，不是《方案》原文" in styled(data, "Closing")[0]
        assert styled(data, "Closing")[1] == "2026年11月25日从政策案头导出。"


class TestOwnWords:
    def test_they_are_labelled_and_barred(self, meeting: Brief) -> None:
        data = render(meeting)
        assert styled(data, "OwnCaption") == [
            "「本单位所写」批注·问题　张三　#张江　#口径",
            "「本单位所写」发言要点",
            "「本单位所写」批注　全文",
            "「本单位所写」议定事项",
            "「本单位所写」发言要点",
        ]
        [style] = re.findall(r'<w:style [^>]*w:styleId="OwnWords">.*?</w:style>', part(data, "styles"))
        assert '<w:left w:val="single"' in style

    def test_markdown_becomes_runs(self, meeting: Brief) -> None:
        made = opened(render(meeting))
        [bold] = [one for one in made.paragraphs if "满意率" in one.text and one.style.style_id == "OwnWords"]
        assert [run.text for run in bold.runs if run.bold] == ["满意率"]
        texts = [one.text for one in made.paragraphs]
        assert {"• 统计范围", "小结", "批示"} <= set(texts)
        assert [cell.text for cell in made.tables[0].rows[1].cells] == ["2022", "97.1%"]

    def test_marks_are_colours(self, annotated: Brief) -> None:
        assert part(render(annotated), "document").count('w:fill="BFE3BD"') == 2
        assert 'w:fill="BFE3BD"' not in part(render(annotated, with_notes=False), "document")

    def test_ledger_tables_repeat_their_head(self, meeting: Brief) -> None:
        made = opened(render(meeting))
        ledger = made.tables[1]
        assert [cell.text for cell in ledger.rows[0].cells] == [
            "牵头单位",
            "配合单位",
            "时限",
            "状态",
            "最近进展",
        ]
        assert [cell.text for cell in ledger.rows[1].cells][2:4] == ["2026-06\n（原定 2026-03-31）", "进行中"]
        assert "问题：口径不一" in ledger.rows[2].cells[0].text
        for table in made.tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert styled(render(meeting), "LedgerCaption")[0] == "台账（本单位填写，非方案原文）"

    def test_a_row_of_the_ledger_is_not_parted_from_what_belongs_to_it(self, meeting: Brief) -> None:
        [head, row, detail] = opened(render(meeting)).tables[1].rows
        kept = [
            [one.paragraph_format.keep_with_next for cell in line.cells for one in cell.paragraphs]
            for line in (head, row, detail)
        ]
        assert all(kept[0])
        assert all(kept[1])
        assert not any(kept[2])

    def test_strange_characters_do_no_harm(self, meeting: Brief) -> None:
        strange = replace(meeting, title="会\x00议\ud83d", items=(Item("一\x0b", points="</w:t>\x1f"),))
        assert styled(render(strange), "Title") == ["会\ufffd议\ufffd"]


class TestGeometry:
    def test_page_and_margins(self, meeting: Brief) -> None:
        section = opened(render(meeting)).sections[0]
        sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
        assert [round(size.mm, 1) for size in sizes] == [210, 297, 37, 35]
        assert [round(size.mm, 1) for size in (section.left_margin, section.right_margin)] == [28, 26]

    @pytest.mark.parametrize(
        ("large", "lines", "characters", "points"), [(False, 22, 28, 16), (True, 16, 20, 22)]
    )
    def test_the_grid_holds_so_many(
        self, meeting: Brief, large: bool, lines: int, characters: int, points: int
    ) -> None:
        data = render(meeting, large_type=large)
        [(pitch, space)] = re.findall(
            r'<w:docGrid w:type="linesAndChars" w:linePitch="(\d+)" w:charSpace="(-?\d+)"/>',
            part(data, "document"),
        )
        assert int(225 * MM / int(pitch)) == lines
        assert int(156 * MM / 20 / (points + int(space) / 4096)) == characters
        # The text keeps the grid by itself: a line more or a character more would not fit.
        [text] = re.findall(r'w:styleId="PlanText">.*?</w:style>', part(data, "styles"))
        [exact] = re.findall(r'<w:spacing w:line="(\d+)" w:lineRule="exact"/>', text)
        [closer] = re.findall(r'<w:spacing w:val="(-?\d+)"/>', text)
        assert '<w:snapToGrid w:val="0"/>' in text
        assert exact == pitch
        assert int(156 * MM / (points * 20 + int(closer))) == characters
        [normal] = re.findall(r'w:styleId="Normal">.*?</w:style>', part(data, "styles"))
        assert f'<w:sz w:val="{points * 2}"/>' in normal

    @pytest.mark.parametrize(
        ("style", "face", "half_points"),
        [
            ("Title", "方正小标宋简体", 44),
            ("Normal", "仿宋", 32),
            ("Heading1", "黑体", None),
            ("Heading2", "楷体", None),
            ("Heading3", "仿宋", None),
            ("Footer", "宋体", 28),
        ],
    )
    def test_faces_and_sizes(self, meeting: Brief, style: str, face: str, half_points: int | None) -> None:
        [found] = re.findall(rf'w:styleId="{style}">.*?</w:style>', part(render(meeting), "styles"))
        assert f'w:eastAsia="{face}"' in found
        assert half_points is None or f'<w:sz w:val="{half_points}"/>' in found
        assert ("<w:b/>" in found) == (style == "Heading3")

    def test_fonts_name_what_stands_in_for_them(self, meeting: Brief) -> None:
        table = part(render(meeting), "fontTable")
        assert re.search(r'w:name="仿宋"><w:altName w:val="仿宋_GB2312,[^"]*FangSong', table)
        assert 'w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,' in table

    def test_the_face_of_this_machine_is_named(self, meeting: Brief) -> None:
        data = word.render(meeting, Options(), faces.named({"仿宋_GB2312", "SimHei"}))
        assert 'w:eastAsia="仿宋_GB2312"' in part(data, "styles")
        assert 'w:eastAsia="SimHei"' in part(data, "styles")

    def test_quotation_marks_are_set_in_the_chinese_face(self, meeting: Brief) -> None:
        body = part(render(meeting), "document")
        assert body.count("<w:t>") + body.count("<w:t ") <= body.count('<w:rFonts w:hint="eastAsia"')

    def test_page_numbers_stand_at_the_outer_side(self, meeting: Brief) -> None:
        data = render(meeting)
        section = opened(data).sections[0]
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            [paragraph] = footer.paragraphs
            assert paragraph.text == "— 1 —"
            assert "PAGE" in paragraph._p.xml
            assert f'<w:jc w:val="{side}"/>' in paragraph._p.xml
            assert f'w:{side}Chars="100"' in paragraph._p.xml
        assert "<w:evenAndOddHeaders/>" in part(data, "settings")

    def test_the_language_is_chinese(self, meeting: Brief) -> None:
        data = render(meeting)
        assert '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"' in part(data, "styles")
        assert opened(data).core_properties.language == "zh-CN"


class TestFile:
    def test_nothing_of_the_template_is_left(self, meeting: Brief) -> None:
        names = zipfile.ZipFile(io.BytesIO(render(meeting))).namelist()
        assert not [name for name in names if re.search("thumbnail|customXml|WithEffects|numbering", name)]

    def test_every_style_that_is_used_is_there(self, annotated: Brief) -> None:
        data = render(annotated)
        used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"', part(data, "document")))
        assert used <= set(re.findall(r'w:styleId="(\w+)"', part(data, "styles")))

    def test_it_is_the_same_each_time(self, meeting: Brief) -> None:
        assert part(render(meeting), "document") == part(render(meeting), "document")

    def test_it_can_be_stopped(self, annotated: Brief) -> None:
        told = []

        def watch(done: int, total: int) -> None:
            told.append((done, total))
            if done == 5:
                raise Stopped

        with pytest.raises(Stopped):
            word.render(annotated, Options(), faces.named(), watch)
        assert told[-1] == (5, len(annotated.items))
