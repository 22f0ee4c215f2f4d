"""What could be typed or pasted into the search box, as hypothesis strategies."""

from hypothesis import strategies as st

from content.library import Library

TEXTS = [measure.text for measure in Library().document("shanghai-2023").measures]

PIECES = st.builds(
    lambda text, at, length: text[at % len(text) :][:length],
    st.sampled_from(TEXTS),
    st.integers(0, 400),
    st.integers(1, 8),
)
"""Substrings of the plan."""

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
"""Any code points: controls, lone surrogates and unassigned ones too."""

_OPERATORS = st.sampled_from(
    [" ", "|", "-", '"', " -", ' "', '" ', ' -"', "　", "\t", "｜", "－", "“", "*", "(", ")"]
)

QUERIES = st.lists(PIECES | _OPERATORS | _OPERATORS | ANY_TEXT, max_size=9).map("".join)
"""Words of the plan, anything else, and operators in any order."""

LONG = st.builds(lambda text, times: text * times, QUERIES, st.integers(1, 400)).map(
    lambda text: text[:20_000]
)
"""The same many times over, as if a whole page had been pasted."""
