"""Pinyin: the tables that ship, spelling, and what cannot be told apart by ear."""

from pathlib import Path

import pytest

from content.folding import fold
from content.library import Library
from index import pinyin
from index.build import build_pinyin
from index.segmentation import texts_of

LEVEL_ONE_AND_TWO = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]


class TestTables:
    @pytest.mark.parametrize(
        ("character", "syllables"),
        [
            ("市", "shi"),
            ("女", "nv"),
            ("略", "lve"),
            ("行", "xing hang"),
            ("和", "he"),
            ("嗯", "n"),
            ("〇", "ling"),
        ],
    )
    def test_characters(self, character: str, syllables: str) -> None:
        wanted = syllables.split(" ")
        assert list(pinyin.tables().characters[character][: len(wanted)]) == wanted

    @pytest.mark.parametrize(
        ("word", "syllables"),
        [("银行", "yin hang"), ("长三角", "chang san jiao"), ("调解", "tiao jie"), ("重整", "chong zheng")],
    )
    def test_words_that_are_read_otherwise(self, word: str, syllables: str) -> None:
        assert " ".join(pinyin.tables().words[word]) == syllables

    @pytest.mark.parametrize("word", ["重点", "行政"])
    def test_words_that_are_read_as_their_characters_are_left_out(self, word: str) -> None:
        assert word not in pinyin.tables().words

    def test_every_character_of_the_documents_has_a_reading(self) -> None:
        letters = {one for text in texts_of(Library().documents()) for one in fold(text) if one >= "\u4e00"}
        chinese = {one for one in letters if one.isalpha() and one <= "\u9fff"}
        assert chinese <= pinyin.tables().characters.keys()

    def test_every_character_of_gb_2312_has_a_reading(self) -> None:
        characters = {coded.decode("gb2312", "ignore") for coded in LEVEL_ONE_AND_TWO} - {""}
        assert len(characters) == 6763
        assert set(map(fold, characters)) <= pinyin.tables().characters.keys()

    def test_no_folded_text_lacks_a_character_because_it_is_traditional(self) -> None:
        assert all(fold(one) == one for one in pinyin.tables().characters)

    def test_words_use_readings_that_their_characters_have(self) -> None:
        tables = pinyin.tables()
        for word, syllables in tables.words.items():
            assert all(one in tables.characters[letter] for letter, one in zip(word, syllables, strict=True))

    def test_what_ships_is_what_is_built(self, tmp_path: Path) -> None:
        pytest.importorskip("pypinyin", reason="pypinyin makes the tables; nothing else needs it")
        build_pinyin(tmp_path)
        for name in (pinyin.CHARACTERS, pinyin.WORDS):
            assert (tmp_path / name).read_bytes() == (pinyin.FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("laodong", "laodong"),
        ("láodòng", "laodong"),
        ("lüse", "lvse"),
        ("lǜse", "lvse"),
        ("jv", "ju"),
        ("xüexi", "xuexi"),
        ("市场zhǔn入", "市场zhun入"),
        ("", ""),
        ("\ud800\0", "\ud800\0"),
    ],
)
def test_spelling(typed: str, spelled: str) -> None:
    assert pinyin.spelled(typed) == spelled


@pytest.mark.parametrize(
    ("syllable", "spellings", "initials"),
    [("lve", ("lve", "lue"), ("l",)), ("zhang", ("zhang",), ("z", "zh")), ("a", ("a",), ("a",))],
)
def test_ways_to_type_a_syllable(
    syllable: str, spellings: tuple[str, ...], initials: tuple[str, ...]
) -> None:
    assert pinyin.spellings(syllable) == spellings
    assert pinyin.initials(syllable) == initials


@pytest.mark.parametrize(
    "alike",
    [
        ("zhang", "zang", "zan", "zhan"),
        ("cheng", "ceng", "cen"),
        ("shi", "si"),
        ("nan", "lan", "lang"),
        ("ying", "yin"),
        ("guang", "guan"),
    ],
)
def test_syllables_that_are_confused(alike: tuple[str, ...]) -> None:
    assert len({pinyin.near(syllable) for syllable in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("fang", "huang"), ("zhi", "ji"), ("gong", "gon"), ("ban", "bian")]
)
def test_syllables_that_are_not(one: str, other: str) -> None:
    assert pinyin.near(one) != pinyin.near(other)
