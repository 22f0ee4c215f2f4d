"""Breaking a title into lines where a reader would: 词意完整，排列对称，长短适宜 (GB/T 9704—2012, 7.3.1)."""

import re

_KINDS = "方案|意见|办法|规定|条例|规划|计划|措施|通知|决定|细则|专题会|协调会|例会|会议|清单|要点"
_TAIL = re.compile(rf"(?:行动|实施|工作|三年行动|专项)?(?:{_KINDS})(?=[》）]?(?:的通知|摘录|（|$))")
_PLACES = re.compile(r"(?<=[》、，：])(?!$)|(?=（)|(?=《)|(?<=关于)|(?<=的)(?!通知|决定)")


def title_lines(title: str, most: int) -> tuple[str, ...]:
    """The title in lines of at most so many characters; left whole where no good place to break it is known."""
    if len(title) <= most or "\n" in title:
        return tuple(title.split("\n"))
    places = {match.start() for match in (*_TAIL.finditer(title), *_PLACES.finditer(title))}
    fitting = [place for place in places if 0 < place <= most and len(title) - place <= most]
    if not fitting:
        return (title,)
    best = min(fitting, key=lambda place: (abs(2 * place - len(title)), place))
    return title[:best], title[best:]
