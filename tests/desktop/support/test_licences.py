"""开源许可: nothing that is used goes without the text of its licence and the place of its source."""

from pathlib import Path

import pytest

from desktop.support import licences
from desktop.support.licences import Component, components, normalised

ROOT = Path(__file__).parents[3]
LOCKED = sorted(
    {
        line.partition("==")[0]
        for line in (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
)


@pytest.fixture(scope="module")
def listed() -> dict[str, Component]:
    return {normalised(one.name): one for one in components()}


@pytest.mark.parametrize("name", LOCKED)
def test_every_locked_distribution_has_a_text_and_a_source(listed: dict[str, Component], name: str) -> None:
    one = listed[normalised(name)]
    assert one.version[0].isdigit()
    assert one.licence
    assert one.source.startswith("https://")
    assert len(one.text) > 800
    assert any(word in one.text.lower() for word in ("permission", "redistribution", "licen"))


@pytest.mark.parametrize("name", ["python", "qt", "opencc（繁简字表）", "pypinyin（拼音表）"])
def test_what_is_no_distribution_is_listed_too(listed: dict[str, Component], name: str) -> None:
    assert listed[name].version[0].isdigit()
    assert listed[name].source.startswith("https://")
    assert len(listed[name].text) > 800


def test_what_is_under_the_lgpl_comes_with_it_and_can_be_replaced(listed: dict[str, Component]) -> None:
    replaceable = {name for name, one in listed.items() if one.is_replaceable}
    assert replaceable == {"qt", "pyside6-essentials", "shiboken6"}
    for name in replaceable:
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in listed[name].text
        assert "GNU GENERAL PUBLIC LICENSE" in listed[name].text


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("qt", "HarfBuzz"),
        ("qt", "The FreeType Project"),
        ("python", "libffi"),
        ("lxml", "Daniel Veillard"),
        ("nh3", "ammonia 4"),
        ("nh3", "Mozilla Public License"),
    ],
)
def test_parts_of_components_are_told_of(listed: dict[str, Component], name: str, part: str) -> None:
    assert part.lower() in listed[name].text.lower()


def test_the_list_of_a_package_is_read_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "components.json"
    monkeypatch.setattr(licences, "MADE", made)
    whole = components()
    made.write_text(licences.as_json(whole[:5]), "utf-8")
    assert components() == whole[:5]
    texts = [text for one in whole for text in one.texts]
    written = licences.as_json(whole)
    assert written.count("Everyone is permitted to copy and distribute verbatim copies") < sum(
        "Everyone is permitted to copy and distribute verbatim copies" in text for text in texts
    )
