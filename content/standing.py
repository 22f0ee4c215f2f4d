"""Whether a text is still in force, in the words a reader must see."""

from content.model import Document

_KINDS = ("方案", "意见", "办法", "规定", "条例", "规划", "计划", "措施", "通知", "决定", "细则")


def superseded_notice(document: Document) -> str:
    """The sentence that says which later editions have followed this one; empty if none has."""
    front = document.front
    if not front.superseded_by:
        return ""
    kind = kind_name(document)
    full_kind = "行动方案" if document.title.endswith("行动方案") else kind
    years = "、".join(edition.year for edition in front.superseded_by)
    year = front.issued[:4]
    own = f"本{kind}为 {year} 年版" if year else f"本{kind}为旧版"
    return f"{own}；其后已有 {years} 年版{full_kind}发布，引用前请核对现行文件。"


def kind_name(document: Document) -> str:
    """What kind of paper a document calls itself: 方案, 意见 …; else 文件."""
    return next((kind for kind in _KINDS if document.title.endswith(kind)), "文件")


def edition_name(document: Document) -> str:
    """How this edition is told from others: 2023 年版 in a series, else its 文号, else its year."""
    front = document.front
    year = front.issued[:4]
    if front.series and year:
        return f"{year} 年版"
    return front.number or (f"{year} 年" if year else "")
