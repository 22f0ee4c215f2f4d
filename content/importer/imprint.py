"""What is printed after the body: 抄送, who printed it and when, signature and date."""

import re

from content.importer.dates import DATE
from content.importer.unwrap import Paragraph

ORGAN = re.compile(
    r"[\u4e00-\u9fff、·（） ]{0,40}"
    r"(?:政府|办公室|委|局|厅|部|院|会|署|中心|行|社|总队|党组|公司)"
)
_COPIES = re.compile(r"(?:抄送|抄报|主送|分送|报送|报|送)[：:]")
_PRINTED = re.compile(rf".{{0,60}}?{DATE.pattern}\s*印发。?")
_SIGNED = re.compile(rf"(?:[\u4e00-\u9fff、· ]{{0,40}})?{DATE.pattern}")
_RELEASE = re.compile(r"[（(](?:此件|联系|附件).{0,40}[）)]")


def imprint_start(found: list[Paragraph], last_part: int) -> int:
    """The place of the first imprint paragraph at the end, ``len(found)`` if there is none.

    ``last_part`` is the place of the last part's heading; without one (-1) all stands in place.
    """
    if last_part < 0:
        return len(found)
    start = len(found)
    sure = False
    while start - 1 > last_part:
        text = found[start - 1].text
        certain = is_certain(text)
        if not certain and not ORGAN.fullmatch(text):
            break
        sure = sure or certain
        start -= 1
    return start if sure else len(found)


def is_certain(text: str) -> bool:
    """Whether a line can only be part of an imprint or a signature."""
    return bool(
        _COPIES.match(text) or _PRINTED.fullmatch(text) or _SIGNED.fullmatch(text) or _RELEASE.fullmatch(text)
    )
