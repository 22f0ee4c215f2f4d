"""A text that later editions have followed says so, in words that fit its kind."""

import pytest

from content.library import Library
from content.model import Document, Edition, Front
from content.standing import edition_name, superseded_notice

LATER = (Edition("7.0", "2024"), Edition("8.0", "2025"))


def test_the_plan_names_the_editions_after_it() -> None:
    assert superseded_notice(Library().document("shanghai-2023")) == (
        "本方案为 2023 年版；其后已有 2024、2025、2026 年版行动方案发布，引用前请核对现行文件。"
    )


@pytest.mark.parametrize(
    ("title", "issued", "notice"),
    [
        (
            "某市管理办法",
            "2020-05-01",
            "本办法为 2020 年版；其后已有 2024、2025 年版办法发布，引用前请核对现行文件。",
        ),
        ("某市若干措施", "", "本措施为旧版；其后已有 2024、2025 年版措施发布，引用前请核对现行文件。"),
        (
            "某市白皮书",
            "2021",
            "本文件为 2021 年版；其后已有 2024、2025 年版文件发布，引用前请核对现行文件。",
        ),
    ],
)
def test_the_notice_speaks_of_the_kind_of_text(title: str, issued: str, notice: str) -> None:
    assert superseded_notice(Document(Front("x", title, issued=issued, superseded_by=LATER), ())) == notice


def test_a_text_without_later_editions_says_nothing() -> None:
    assert superseded_notice(Document(Front("x", "某市方案", issued="2023-01-04"), ())) == ""


@pytest.mark.parametrize(
    ("front", "name"),
    [
        (Front("x", "题", issued="2023-01-04", series="某系列"), "2023 年版"),
        (Front("x", "题", issued="2018-11-16", number="国发〔2018〕39号"), "国发〔2018〕39号"),
        (Front("x", "题", issued="2018-11-16"), "2018 年"),
        (Front("x", "题"), ""),
    ],
)
def test_an_edition_is_named_by_its_series_its_number_or_its_year(front: Front, name: str) -> None:
    assert edition_name(Document(front, ())) == name
