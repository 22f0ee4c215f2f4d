"""Where the files that come with the program stand, from a checkout and from a package alike."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
POLICIES = RESOURCES / "policies"
SIMPLIFIED_CHARACTERS = RESOURCES / "folding" / "simplified.tsv"
