"""Anchors: found again where their words are, or said to be lost; never on other words."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.library import Library
from content.model import Document, Measure
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_range, anchor_section
from desktop.notebook.attaching import Attacher, Attachment, Fit, Span
from desktop.notebook.model import CONTEXT, Anchor, Reach
from tests.bench.anchors import count, run

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

    def test_measures_of_which_nothing_is_taken_in_are_left_out(self) -> None:
        one, other, third = (f"shanghai-2023/2.3.{number}" for number in (2, 3, 4))
        anchor = anchor_range(PLAN, one, len(PLAN.places[one].measure.text), third, 0)
        assert anchor == anchor_range(PLAN, other, 0, other, len(TEXT))

    @pytest.mark.parametrize("bounds", [(3, 3), (5, 2), (-1, 4), (3, 500)])
    def test_a_range_that_is_empty_or_leaves_its_measure_is_refused(self, bounds: tuple[int, int]) -> None:
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
        least = start + 1 if first == last else 1
        end = data.draw(st.integers(least, len(PLAN.places[IDS[last]].measure.text)))
        anchor = anchor_range(PLAN, IDS[first], start, IDS[last], end)
        found = Attacher(PLAN).attach(anchor)
        assert (found.fit, found.score) == (Fit.IN_PLACE, 1)
        assert words_at(PLAN, found) == anchor.quote.replace("\n", "")
        assert (found.spans[0].measure, found.spans[0].start) == (IDS[first], start)

    def test_an_anchor_of_an_older_notebook_knows_only_its_neighbours(self) -> None:
        anchor = anchor_measure(PLAN, MEASURE)
        texts = section_texts((2, 3))
        older = replace(anchor, before=texts[1][-CONTEXT:], after=texts[3][:CONTEXT])
        assert Attacher(PLAN).attach(older).fit is Fit.IN_PLACE
        short = replace(
            anchor_measure(PLAN, IDS[0]), before="", after=PLAN.places[IDS[1]].measure.text[:CONTEXT]
        )
        assert Attacher(PLAN).attach(short).fit is Fit.IN_PLACE

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

    def test_words_that_stay_are_not_changed_by_a_change_before_them(self) -> None:
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

    def test_a_copy_of_a_sentence_elsewhere_does_not_move_what_is_in_place(self) -> None:
        text = edited((4, 1), *section_texts((4, 1)), TEXT)
        for anchor in (anchor_measure(PLAN, MEASURE), on("98%以上")):
            assert Attacher(text).attach(anchor).fit is Fit.IN_PLACE

    def test_of_two_copies_in_new_places_neither_is_chosen(self) -> None:
        texts = section_texts((2, 3))
        text = edited((4, 1), *section_texts((4, 1))[:4], TEXT)
        text = edited((4, 4), *section_texts((4, 4))[:4], TEXT, document=text)
        text = edited((2, 3), *texts[:2], *texts[3:], document=text)
        for anchor in (anchor_measure(PLAN, MEASURE), on("98%以上"), on("服务时限")):
            assert Attacher(text).attach(anchor).fit is Fit.LOST

    def test_words_are_lost_with_their_sentence_though_they_stand_elsewhere(self) -> None:
        fits: Counter[Fit] = Counter()
        for measure, place in PLAN.places.items():
            texts = section_texts(place.section_key)
            if place.section.number and len(texts) > 1:
                del texts[place.number - 1]
                attacher = Attacher(edited(place.section_key, *texts))
                for start in range(0, len(place.measure.text) - 3, 9):
                    anchor = anchor_range(PLAN, measure, start, measure, start + 4)
                    fits[attacher.attach(anchor).fit] += 1
        assert fits[Fit.LOST] > 0.99 * fits.total()

    def test_a_range_over_measures_that_are_run_together_keeps_its_words(self) -> None:
        texts = section_texts((2, 3))
        anchor = anchor_range(PLAN, MEASURE, 10, "shanghai-2023/2.3.4", 9)
        text = edited((2, 3), *texts[:2], texts[2][:-1] + "，" + texts[3], *texts[4:])
        found = Attacher(text).attach(anchor)
        assert (found.fit, len(found.spans)) == (Fit.CHANGED, 1)
        assert words_at(text, found) == anchor.quote.replace("。\n", "，")

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


def test_hardly_any_anchor_is_put_on_wrong_words_of_an_edited_text() -> None:
    counts = count(run(2400, 7, per_text=50))
    for reach in ("range", "range across measures", "measure", "section"):
        right, wrong, lost, fair = (counts["reach", reach, one] for one in ("right", "wrong", "lost", "fair"))
        assert wrong < 0.005 * (right + wrong + lost + fair)
        assert right > 0.95 * (right + lost)


def test_what_has_not_changed_is_found_without_the_means_for_what_has() -> None:
    script = (
        "import sys\nfrom content.library import Library\nfrom desktop.notebook.anchors import anchor_measure\n"
        "from desktop.notebook.attaching import Attacher\nplan = Library().document('shanghai-2023')\n"
        "print(Attacher(plan).attach(anchor_measure(plan, 'shanghai-2023/2.3.3')).fit.name, 'rapidfuzz' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["IN_PLACE", "False"]
