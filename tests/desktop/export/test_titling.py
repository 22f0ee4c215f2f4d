"""Titles break where words end."""

import pytest

from desktop.export.titling import title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("优化营商环境专题会", ("优化营商环境专题会",)),
        ("上海市加强集成创新持续优化营商环境行动方案", ("上海市加强集成创新持续优化营商环境", "行动方案")),
        ("关于持续改进全市各区营商环境建设的实施意见", ("关于持续改进全市各区营商环境建设的", "实施意见")),
        ("甲" * 30, ("甲" * 30,)),
        ("甲\n乙", ("甲", "乙")),
    ],
)
def test_lines(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, 20) == lines
