"""Edits and changes: what was done, and how it is taken back."""

from dataclasses import replace

import pytest

from desktop.notebook.model import KINDS, NAMES, Change, Edit, Entry, this_one, with_first_due
from tests.desktop.notebook.entries import ONE_OF_EACH, a_bookmark, a_highlight, a_note, an_action

OLD, NEW = a_note("旧"), a_note("新")


@pytest.mark.parametrize(
    ("edit", "newest"),
    [
        pytest.param(Edit(None, NEW), NEW, id="made"),
        pytest.param(Edit(OLD, NEW), NEW, id="revised"),
        pytest.param(Edit(OLD, None), OLD, id="gone for good"),
    ],
)
def test_an_edit_is_about_the_newest_state_there_is(edit: Edit, newest: Entry) -> None:
    assert edit.entry is newest


def test_a_change_is_about_its_first_entry() -> None:
    assert Change((Edit(OLD, NEW), Edit(None, a_bookmark()))).entry is NEW


def test_an_inverse_takes_back_every_edit_last_one_first() -> None:
    change = Change((Edit(None, OLD), Edit(OLD, NEW), Edit(a_highlight(), None)))
    assert change.inverse == Change((Edit(None, a_highlight()), Edit(NEW, OLD), Edit(OLD, None)))
    assert change.inverse.inverse == change


def test_changes_that_follow_each_other_become_one_from_the_first_to_the_last() -> None:
    first, second = Change((Edit(None, OLD),)), Change((Edit(OLD, NEW),))
    assert first.followed_by(second) == Change((Edit(None, NEW),))
    assert first.followed_by(second).inverse == Change((Edit(NEW, None),))
    assert second.followed_by(Change((Edit(NEW, None),))) == Change((Edit(OLD, None),))


@pytest.mark.parametrize("many", [(), (Edit(None, OLD), Edit(None, a_bookmark()))], ids=["none", "two"])
def test_only_changes_of_a_single_entry_become_one(many: tuple[Edit, ...]) -> None:
    single = Change((Edit(OLD, NEW),))
    with pytest.raises(ValueError, match="values to unpack"):
        single.followed_by(Change(many))
    with pytest.raises(ValueError, match="values to unpack"):
        Change(many).followed_by(single)


@pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda one: one.id)
def test_entries_are_in_use_and_the_owners_until_said_otherwise(entry: Entry) -> None:
    assert (entry.deleted, entry.author) == ("", "")


def test_every_kind_has_a_name_of_its_own_and_one_in_a_sentence() -> None:
    assert [type(one) for one in ONE_OF_EACH] == list(KINDS)
    assert len({NAMES[kind] for kind in KINDS}) == len({this_one(one) for one in ONE_OF_EACH}) == len(KINDS)


@pytest.mark.parametrize(
    ("before", "asked", "first"),
    [
        pytest.param({"due": ""}, {"due": "2023-06"}, "", id="set at all"),
        pytest.param({"due": "2023-06"}, {"due": "2023-09"}, "2023-06", id="changed"),
        pytest.param({"due": "2023-09", "first_due": "2023-06"}, {"due": "2023-12"}, "2023-06", id="again"),
        pytest.param(
            {"due": "2023-09", "first_due": "2023-06"}, {"due": "2023-06"}, "2023-06", id="and back"
        ),
        pytest.param({"due": "2023-06"}, {"due": ""}, "2023-06", id="taken away"),
        pytest.param({"due": "", "first_due": "2023-06"}, {"due": "长期"}, "2023-06", id="and set again"),
        pytest.param({"due": "2023-06"}, {"lead": "市商务委"}, "", id="another column"),
        pytest.param({"due": "2023-09", "first_due": "2023-06"}, {"first_due": ""}, "2023-06", id="tampered"),
        pytest.param({"due": "2023-06"}, {"first_due": "2020"}, "", id="made up"),
    ],
)
def test_the_very_first_due_date_stays_beside_another(
    before: dict[str, str], asked: dict[str, str], first: str
) -> None:
    old = an_action(**before)
    assert with_first_due(old, replace(old, **asked)) == replace(old, **{**asked, "first_due": first})  # type: ignore[arg-type]
