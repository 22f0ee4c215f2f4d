"""Searches of before: which are remembered, for how long, and that nonsense in the settings does no harm."""

from pathlib import Path

import pytest

from desktop import settings
from desktop.search.recall import MOST_RECENT, REST_SECONDS, Attention, Recall, SavedSearch
from desktop.settings import Settings

RESTED = REST_SECONDS + 0.1


@pytest.fixture
def recall(tmp_path: Path) -> Recall:
    return Recall(Settings(tmp_path))


class TestRecent:
    def test_the_newest_comes_first_and_none_twice(self, recall: Recall) -> None:
        for one in ("一", "二", " 一 ", "三"):
            recall.add(one)
        assert recall.recent == ["三", "一", "二"]

    @pytest.mark.parametrize("blank", ["", " ", "　"])
    def test_blanks_are_none(self, recall: Recall, blank: str) -> None:
        recall.add(blank)
        assert recall.recent == []

    def test_the_oldest_make_room(self, recall: Recall) -> None:
        for number in range(MOST_RECENT + 5):
            recall.add(str(number))
        assert recall.recent == [str(number) for number in range(MOST_RECENT + 4, 4, -1)]

    def test_one_or_all_can_be_dropped(self, recall: Recall) -> None:
        for one in ("一", "二", "三"):
            recall.add(one)
        recall.forget("二")
        assert recall.recent == ["三", "一"]
        recall.save("", "三")
        recall.forget_all()
        assert recall.recent == []
        assert recall.saved == [SavedSearch("三", "三")]


class TestSaved:
    def test_a_name_is_given_changed_and_taken_away(self, recall: Recall) -> None:
        recall.save("周会", "小额|简易")
        recall.save(" ", " 承诺 -告知 ")
        recall.save(" 周三 \n专题会 ", "小额|简易")
        assert recall.saved == [
            SavedSearch("周三 专题会", "小额|简易"),
            SavedSearch("承诺 -告知", "承诺 -告知"),
        ]
        assert recall.name_of("小额|简易 ") == "周三 专题会"
        recall.drop("小额|简易")
        assert recall.name_of("小额|简易") == ""

    def test_all_is_there_in_the_next_sitting_of_this_folder_only(self, tmp_path: Path) -> None:
        kept = Settings(tmp_path / "a")
        first = Recall(kept)
        first.add('"AI 政务"')
        first.add("一，二；三=四, [五]\\六")
        first.save('逗号, 引号"', "98%")
        kept.flush()
        again = Recall(Settings(tmp_path / "a"))
        assert again.recent == first.recent
        assert again.saved == first.saved
        assert Recall(Settings(tmp_path / "b")).recent == []


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "nonsense",
        "{}",
        "7",
        "null",
        "[1, null, {}, []]",
        '["", " "]',
        "[" * 5000,
        '[["a"], ["a", 1], ["", "b"]]',
    ],
)
def test_nonsense_in_the_settings_is_passed_over(tmp_path: Path, kept: str) -> None:
    store = Settings(tmp_path)
    store.set(settings.RECENT_SEARCHES, kept)
    store.set(settings.SAVED_SEARCHES, kept)
    assert (Recall(store).recent, Recall(store).saved) == ([], [])


class Watched:
    """Attention with a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.attention = Attention(lambda: self.now)

    def type(self, *texts: str, rest: float = 0.3) -> list[str]:
        """Turn to one text after another, each after a while; gives what was meant."""
        meant = []
        for text in texts:
            meant.append(self.attention.turn_to(text))
            self.now += rest
        return [one for one in meant if one]


@pytest.fixture
def watched() -> Watched:
    return Watched()


class TestAttention:
    def test_what_is_typed_in_passing_was_not_meant(self, watched: Watched) -> None:
        assert watched.type("一", "一件", "一件事", "", "服", "服务", "") == []

    def test_what_is_rested_on_and_left_was_meant(self, watched: Watched) -> None:
        watched.type("一", "一件")
        assert watched.type("一件事", rest=RESTED) == []
        assert watched.type("") == ["一件事"]
        assert watched.type("服务", "") == []

    def test_what_is_rested_on_and_replaced_was_meant(self, watched: Watched) -> None:
        watched.type("一件事", rest=RESTED)
        assert watched.type("服务") == ["一件事"]

    def test_a_pause_on_the_way_means_nothing(self, watched: Watched) -> None:
        watched.type("一件", rest=RESTED)
        assert watched.type("一件事", "一件事 员工", "") == []
        watched.type("一件", rest=RESTED)
        watched.type("一件事", rest=RESTED)
        assert watched.type("") == ["一件事"]

    def test_taking_the_letters_away_one_by_one_is_leaving_too(self, watched: Watched) -> None:
        watched.type("一件事", rest=RESTED)
        assert watched.type("一件", "一") == []
        assert watched.type("") == ["一件事"]

    def test_acting_on_it_means_it_at_once(self, watched: Watched) -> None:
        watched.type("一件事")
        assert watched.attention.act() == "一件事"
        assert watched.type("") == []

    def test_what_another_query_was_taken_for_was_not_meant(self, watched: Watched) -> None:
        watched.type("诚诺即办", rest=RESTED)
        watched.attention.take("承诺即办")
        assert watched.type("承诺即办", rest=RESTED) == []
        assert watched.type("") == ["承诺即办"]
