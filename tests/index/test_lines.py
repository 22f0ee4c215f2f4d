"""Lines: those that are told apart by their characters are the right ones, and give the same readings as all of them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.folding import fold
from content.model import Document
from index import lines, sounds
from index.lines import Excerpt, Lines
from index.readings import Reading, Readings
from tests.index.strategies import PIECES

LETTERS = st.text('市场准入知识产权即办,."a', max_size=12)


@pytest.fixture(scope="module", autouse=True)
def _much() -> Iterator[None]:
    """However few lines there are, they are told apart by their characters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "MUCH", 0)
        patch.setattr(lines, "_MANY", 1)
        patch.setattr(lines, "_FEW", 1)
        yield


@contextmanager
def _not_told_apart() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lines, "having", lambda self, *_, **__: range(len(self.ends) - 1))
        patch.setattr(Lines, "having_each", lambda self, _: range(len(self.ends) - 1))
        yield


class TestCharacters:
    @given(st.lists(LETTERS, max_size=40), LETTERS)
    @example(["市"] * 100, "市")
    @example([*["场"] * 70, "市"], "市")
    def test_lines_that_have_them(self, texts: list[str], letters: str) -> None:
        kinds = set(letters)
        lacking = [len(kinds - set(text)) for text in texts]
        kept = Lines(texts)
        assert list(kept.having(letters)) == [at for at, number in enumerate(lacking) if number == 0]
        assert list(kept.having(letters, 1)) == [at for at, number in enumerate(lacking) if number <= 1]

    @given(st.lists(LETTERS, max_size=40), st.lists(st.frozensets(st.sampled_from("市场准入知识乙"))))
    def test_none_with_one_of_each_kind_is_left_out(
        self, texts: list[str], kinds: list[frozenset[str]]
    ) -> None:
        found = Lines(texts).having_each(kinds)
        right = {at for at, text in enumerate(texts) if all(kind & set(text) for kind in kinds)}
        assert right <= set(found)
        assert list(found) == sorted(found)
        # Beside the right ones there is at most as many as it takes no time to go through.
        assert len(found) <= max(1, len(right))

    @given(st.lists(LETTERS, max_size=40), LETTERS.filter(bool))
    def test_lines_that_hold_a_word(self, texts: list[str], word: str) -> None:
        kept = Lines(texts)
        right = [text for text in texts if word in text]
        assert list(kept.holding(word)) == right
        assert (word in kept) is bool(right)
        with _not_told_apart():
            assert list(kept.holding(word)) == right


@given(st.lists(LETTERS, min_size=1, max_size=20), st.data())
def test_an_excerpt_knows_its_places(texts: list[str], data: st.DataObject) -> None:
    kept = Lines(texts)
    numbers = sorted(data.draw(st.sets(st.integers(0, len(texts) - 1), min_size=1)))
    for chosen in (numbers, range(len(texts))):
        excerpt = Excerpt(kept.text, kept.ends, chosen)
        assert excerpt.text == "\n" + "".join(f"{texts[number]}\n" for number in chosen)
        for at, character in enumerate(excerpt.text[:-1]):
            assert kept.text[excerpt.place(at)] == character


Read = Callable[[str], tuple[Reading, ...]]


@pytest.fixture(scope="module")
def folds(plan: Document) -> list[str]:
    headings = [section.title for part in plan.parts for section in part.sections]
    return [fold(text) for text in (*(measure.text for measure in plan.measures), *headings)]


def _both(folds: Iterable[str], typed: str) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """What is read where lines are told apart, and where all of them are gone through."""
    folds = list(folds)
    told = Readings(folds).read(typed)
    with _not_told_apart():
        return told, Readings(folds).read(typed)


@pytest.fixture(scope="module")
def read(folds: list[str], _much: None) -> Read:
    return Readings(folds).read


@pytest.fixture(scope="module")
def read_all(folds: list[str], _much: None) -> Read:
    all_lines = Readings(folds)

    def read(typed: str) -> tuple[Reading, ...]:
        with _not_told_apart():
            return all_lines.read(typed)

    return read


class TestReadings:
    @given(PIECES, st.integers(0, 7), st.text("市场准入知识产权a,“即 ", max_size=1), st.integers(0, 1))
    @settings(max_examples=400, deadline=None)
    def test_the_same_with_a_slip(
        self, read: Read, read_all: Read, piece: str, at: int, other: str, left_out: int
    ) -> None:
        typed = piece[:at] + other + piece[at + left_out :]
        assert read(typed) == read_all(typed)

    @pytest.mark.parametrize("effort", [1, 7, 60, 20_000])
    @pytest.mark.parametrize(
        "typed",
        ["诚诺即办", "桩机先行", "ldjy", "zs", "shichangz", "银商环境", "营商境", "qiye", "的是", "变更注销"],
    )
    def test_the_same_however_much_effort_it_is_worth(
        self, folds: list[str], typed: str, effort: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sounds, "_EFFORT", effort)
        told, right = _both(folds, typed)
        assert told == right

    def test_what_is_meant_is_read(self, read: Read) -> None:
        for typed, meant in (("诚诺即办", "承诺即办"), ("zscq", "知识产权"), ("营商坏境", "营商环境")):
            assert read(typed)[0].text == meant

    @given(st.lists(LETTERS, max_size=12), LETTERS)
    @settings(max_examples=200, deadline=None)
    @example(["甲甲乙."], "甲" * 9 + "乙")
    def test_the_same_in_any_lines(self, texts: list[str], typed: str) -> None:
        told, right = _both(map(fold, texts), typed)
        assert told == right
