"""Characters and UTF-16 units: Python counts the former, Qt the latter; rare Han characters are two units."""


def units(text: str, at: int) -> int:
    """The number of units before the character ``at``."""
    return at + sum(character > "\uffff" for character in text[:at])


def characters(text: str, count: int) -> int:
    """The number of whole characters in the first ``count`` units, at most all there are."""
    at = 0
    for character in text:
        count -= 2 if character > "\uffff" else 1
        if count < 0:
            break
        at += 1
    return at
