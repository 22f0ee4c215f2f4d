"""Anchors: found again where their words are, or said to be lost; never on other words."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.library import Library
from content.model import Document, Measure
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import Attacher, Attachment, Fit, Span
from desktop.notebook.checkup import check_up, reattached
from desktop.notebook.model import CONTEXT, Anchor, Highlight, Reach
from tests.bench.anchors import run

PLAN = Library().document("shanghai-2023")
IDS = list(PLAN.places)
MEASURE = "shanghai-2023/2.3.3"
TEXT = PLAN.places[MEASURE].measure.text


def edited(key: tuple[int, int], *texts: str | None, document: Document = PLAN) -> Document:
    """The plan with other measures in one section; None leaves the measure that stands at this place."""
    parts = []
    for part in document.parts:
        sections = []
        for section in part.sections:
            if (part.number, section.number) == key:
                old = iter(section.measures)
                lines = [next(old).text if text is None else text for text in texts]
                ids = (f"{document.id}/{key[0]}.{key[1]}.{number}" for number in range(1, 1000))
                section = replace(
                    section, measures=tuple(Measure(one, text) for one, text in zip(ids, lines, strict=False))
                )
            sections.append(section)
        parts.append(replace(part, sections=tuple(sections)))
    return replace(document, parts=tuple(parts))


def section_texts(key: tuple[int, int]) -> list[str]:
    section = PLAN.section(*key)
    assert section
    return [measure.text for measure in section.measures]


def words_at(document: Document, found: Attachment) -> str:
    """The words that an attachment covers."""
    return "".join(document.places[one.measure].measure.text[one.start : one.end] for one in found.spans)


def on(quote: str, measure: str = MEASURE) -> Anchor:
    """An anchor on these words of a measure."""
    start = PLAN.places[measure].measure.text.index(quote)
    return anchor_range(PLAN, measure, start, measure, start + len(quote))


class TestMaking:
    def test_a_range_keeps_its_words_and_those_around(self) -> None:
        anchor = on("98%以上")
        assert (anchor.reach, anchor.measure, anchor.last, anchor.quote) == (
            Reach.RANGE,
            MEASURE,
            MEASURE,
            "98%以上",
        )
        assert anchor.before.endswith(TEXT[: anchor.start])
        assert anchor.after.startswith("。")
        assert len(anchor.before) == len(anchor.after) == CONTEXT

    def test_a_range_over_measures_has_a_line_for_each(self) -> None:
        anchor = anchor_range(PLAN, "shanghai-2023/2.3.3", 5, "shanghai-2023/2.3.5", 4)
        texts = section_texts((2, 3))
        assert anchor.quote == "\n".join((texts[2][5:], texts[3], texts[4][:4]))
        assert [span.measure[-1] for span in Attacher(PLAN).attach(anchor).spans] == ["3", "4", "5"]

    def test_a_section_is_known_by_its_title(self) -> None:
        anchor = anchor_section(PLAN, (2, 3))
        assert (anchor.reach, anchor.quote) == (Reach.SECTION, "市政公共基础设施报装")
        assert (anchor.measure, anchor.last) == ("shanghai-2023/2.3.1", "shanghai-2023/2.3.10")

    def test_a_part_without_sections_by_its_heading_and_the_front_by_the_title(self) -> None:
        assert anchor_section(PLAN, (1, 0)).quote == "明确总体要求"
        assert anchor_section(PLAN, (0, 0)) == anchor_document(PLAN)

    @pytest.mark.parametrize("bounds", [(3, 3), (5, 2)])
    def test_an_empty_range_is_refused(self, bounds: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match=MEASURE):
            anchor_range(PLAN, MEASURE, bounds[0], MEASURE, bounds[1])

    @pytest.mark.parametrize("key", [(9, 9), (2, 99)])
    def test_what_is_not_there_has_no_anchor(self, key: tuple[int, int]) -> None:
        with pytest.raises(KeyError):
            anchor_section(PLAN, key)


class TestUntouched:
    @given(st.integers(0, len(IDS) - 1), st.integers(0, 3), st.data())
    def test_every_range_is_in_place(self, first: int, more: int, data: st.DataObject) -> None:
        last = min(first + more, len(IDS) - 1)
        start = data.draw(st.integers(0, len(PLAN.places[IDS[first]].measure.text) - 1))
        end = data.draw(
            st.integers(start + 1 if first == last else 1, len(PLAN.places[IDS[last]].measure.text))
        )
        anchor = anchor_range(PLAN, IDS[first], start, IDS[last], end)
        found = Attacher(PLAN).attach(anchor)
        assert (found.fit, found.score) == (Fit.IN_PLACE, 1)
        assert words_at(PLAN, found) == anchor.quote.replace("\n", "")
        assert (found.spans[0].measure, found.spans[0].start) == (IDS[first], start)

    def test_measures_sections_and_the_document_are(self) -> None:
        attacher = Attacher(PLAN)
        anchors = [anchor_measure(PLAN, one) for one in IDS]
        anchors += [anchor_section(PLAN, place.section_key) for place in PLAN.places.values()]
        assert {attacher.attach(anchor).fit for anchor in anchors} == {Fit.IN_PLACE}
        assert attacher.attach(anchor_document(PLAN)) == Attachment(Fit.IN_PLACE)

    def test_an_anchor_of_another_document_is_lost(self) -> None:
        assert Attacher(PLAN).attach(replace(on("98%以上"), document="other")).fit is Fit.LOST


class TestChangedText:
    def test_a_measure_put_before_moves_the_words_along(self) -> None:
        text = edited((2, 3), "新增的第一句话。", *section_texts((2, 3)))
        found = Attacher(text).attach(on("98%以上"))
        assert found.fit is Fit.MOVED
        assert found.spans == (Span("shanghai-2023/2.3.4", TEXT.index("98"), TEXT.index("98") + 5),)

    @pytest.mark.parametrize("at", range(10))
    def test_so_it_is_for_every_measure_of_the_section(self, at: int) -> None:
        text = edited((2, 3), "优先保障重点项目用能需求。", *section_texts((2, 3)))
        found = Attacher(text).attach(anchor_measure(PLAN, f"shanghai-2023/2.3.{at + 1}"))
        assert (found.fit, found.measure) == (Fit.MOVED, f"shanghai-2023/2.3.{at + 2}")

    def test_reworded_words_are_found_and_said_to_be_changed(self) -> None:
        text = edited((2, 3), None, None, TEXT.replace("98%以上", "99%以上"), *section_texts((2, 3))[3:])
        found = Attacher(text).attach(on("连接服务满意率98%以上"))
        assert found.fit is Fit.CHANGED
        assert words_at(text, found) == "连接服务满意率99%以上"
        assert 0.8 < found.score < 1

    def test_words_that_stay_while_others_change_are_in_place(self) -> None:
        text = edited((2, 3), None, None, TEXT.replace("公布", "定期公开"), *section_texts((2, 3))[3:])
        found = Attacher(text).attach(on("98%以上"))
        assert (found.fit, words_at(text, found)) == (Fit.MOVED, "98%以上")

    def test_a_deleted_measure_is_lost_with_all_on_it(self) -> None:
        texts = section_texts((2, 3))
        attacher = Attacher(edited((2, 3), *texts[:2], *texts[3:]))
        for anchor in (anchor_measure(PLAN, MEASURE), on("98%以上"), on("服务时限"), on("，连接服务满意率")):
            assert attacher.attach(anchor).fit is Fit.LOST

    def test_the_same_two_characters_at_the_same_place_of_another_sentence_are_not_it(self) -> None:
        texts = section_texts((2, 3))
        anchor = on("完善", "shanghai-2023/2.3.1")
        attacher = Attacher(edited((2, 3), "完善全市气象灾害预警信息发布制度。", *texts[1:]))
        assert attacher.attach(anchor).fit is Fit.LOST

    def test_a_repeated_sentence_does_not_draw_the_note_away(self) -> None:
        texts = section_texts((2, 3))
        found = Attacher(edited((2, 3), TEXT, *texts)).attach(anchor_measure(PLAN, MEASURE))
        assert found.measure in ("shanghai-2023/2.3.4", "")

    def test_a_renamed_and_a_renumbered_section(self) -> None:
        anchor = anchor_section(PLAN, (2, 3))
        part = PLAN.parts[2]
        renamed = tuple(
            replace(one, title="市政公用基础设施接入") if one.number == 3 else one for one in part.sections
        )
        shifted = tuple(
            replace(
                one,
                number=one.number + 1,
                measures=tuple(
                    replace(measure, id=f"shanghai-2023/2.{one.number + 1}.{number}")
                    for number, measure in enumerate(one.measures, 1)
                ),
            )
            for one in part.sections
        )
        fits = []
        for sections in (renamed, shifted):
            parts = tuple(replace(one, sections=sections) if one is part else one for one in PLAN.parts)
            found = Attacher(replace(PLAN, parts=parts)).attach(anchor)
            fits.append((found.fit, found.measure))
        assert fits == [(Fit.CHANGED, "shanghai-2023/2.3.1"), (Fit.MOVED, "shanghai-2023/2.4.1")]

    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
    def test_whatever_an_anchor_says_it_is_answered(self, quote: str, before: str, after: str) -> None:
        anchor = replace(on("98%以上"), quote=quote, before=before, after=after, start=-3, end=999)
        assert Attacher(PLAN).attach(anchor).fit in Fit


def test_hardly_any_anchor_is_put_on_wrong_words() -> None:
    counts = run(3000, random.Random(7).randrange(1000), Attacher.attach)
    for name, kind in {key[:2] for key in counts}:
        right, wrong, lost, fair = (counts[name, kind, one] for one in ("right", "wrong", "lost", "fair"))
        assert wrong <= 0.005 * (right + wrong + lost + fair) + 3
    right, wrong, lost, fair = (counts["all", "", one] for one in ("right", "wrong", "lost", "fair"))
    assert wrong < 0.005 * (right + wrong + lost + fair)
    assert right > 0.9 * (right + wrong + lost)


class TestCheckup:
    def highlight(self, anchor: Anchor) -> Highlight:
        return Highlight(anchor.quote, anchor, "2026-11-24", "2026-11-24")

    def test_the_worst_come_first_and_all_are_counted(self) -> None:
        texts = section_texts((2, 3))
        text = edited((2, 3), *texts[:2], TEXT.replace("98%以上", "99%以上"), *texts[4:])
        quotes = [
            ("公布水电气网", 3),
            ("全程服务时限，连接服务满意率98%以上", 3),
            ("推行供电、供水", 4),
            ("定期公布", 5),
        ]
        entries = [self.highlight(on(quote, f"shanghai-2023/2.3.{at}")) for quote, at in quotes]
        report = check_up(text, entries)
        assert [one.attachment.fit for one in report.findings] == [
            Fit.LOST,
            Fit.CHANGED,
            Fit.MOVED,
            Fit.IN_PLACE,
        ]
        assert report.summary == "原位 1 · 移动 1 · 原文有改 1 · 失配 1"
        assert "推行供电、供水" in report.lines()[1]
        assert "现为“全程服务时限，连接服务满意率99%以上”" in report.lines()[2]

    def test_an_accepted_place_is_in_place_from_then_on(self) -> None:
        text = edited((2, 3), "新增。", *section_texts((2, 3)))
        for anchor in (on("98%以上"), anchor_measure(PLAN, MEASURE)):
            entry = self.highlight(anchor)
            found = Attacher(text).attach(entry.anchor)
            fresh = reattached(text, entry, found)
            assert (fresh.anchor.quote, fresh.anchor.reach) == (anchor.quote, anchor.reach)
            assert Attacher(text).attach(fresh.anchor) == replace(found, fit=Fit.IN_PLACE)
        lost = self.highlight(replace(on("98%以上"), quote="没有的话"))
        assert reattached(text, lost, Attachment(Fit.LOST)) is lost
