"""All formats by the one table, and with no more than the packaged program has."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.export import FORMATS, Format, export, faces
from desktop.export.brief import Brief, Options
from desktop.export.errors import CannotWrite, Stopped
from desktop.export.filing import file_name

LEFT_OUT = (
    "urllib.request",
    "http",
    "ssl",
    "asyncio",
    "lxml.html",
    "lxml.objectify",
    "unittest",
    "multiprocessing",
)
"""Of what build.spec leaves out, all that one of the libraries might want."""
SCRIPT = f"""
import sys
sys.modules.update(dict.fromkeys({LEFT_OUT!r}))
from datetime import date
from pathlib import Path
from content.library import Library
from desktop.export import FORMATS, export, faces, xlsx_reading
from desktop.export.brief import Options
from desktop.export.gathering import annotated_brief
brief = annotated_brief(Library().document("shanghai-2023"), [], date(2026, 11, 25))
for form in FORMATS:
    if not form.draws:
        export(brief, Path(sys.argv[1]) / f"x{{form.suffix}}", form, Options(), faces.named())
[table] = xlsx_reading.read(Path(sys.argv[1]) / "x.xlsx")
print(len(table.rows))
"""


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@pytest.mark.usefixtures("qapp")
def test_every_format_makes_a_file(form: Format, meeting: Brief, drawn: faces.Fonts, tmp_path: Path) -> None:
    target = tmp_path / file_name(meeting.title, form.suffix)
    export(meeting, target, form, Options(), drawn)
    assert target.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@pytest.mark.usefixtures("qapp")
def test_what_is_stopped_leaves_the_old_file(
    form: Format, meeting: Brief, drawn: faces.Fonts, old_file: Path
) -> None:
    def watch(done: int, total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        export(meeting, old_file, form, Options(), drawn, watch)
    assert old_file.read_bytes() == b"old"


class _WindowsFault(PermissionError):
    """What Windows raises; the number is its own."""

    def __init__(self, number: int) -> None:
        super().__init__(13, "refused")
        self.winerror = number


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (_WindowsFault(32), "正被 Word、WPS 或其他程序打开"),
        (OSError(errno.ENOSPC, "full"), "磁盘已满"),
        (OSError(errno.EIO, "gone"), "可能已断开"),
        (_WindowsFault(21), "可能已断开"),
        (_WindowsFault(123), "名称中有不能用的字符"),
    ],
    ids=["open elsewhere", "full", "pulled out", "pulled out of Windows", "forbidden name"],
)
@pytest.mark.usefixtures("qapp")
def test_what_cannot_be_put_in_its_place_leaves_the_old_file(
    form: Format,
    error: OSError,
    said: str,
    meeting: Brief,
    drawn: faces.Fonts,
    old_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWrite, match=f"^没有导出到 .*{said}.*原有的文件没有改动") as told:
        export(meeting, old_file, form, Options(), drawn)
    assert str(told.value).endswith("。")
    assert old_file.read_bytes() == b"old"


def test_the_package_has_all_that_is_wanted(plan_rows: int, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (done.stdout.strip(), done.stderr) == (str(plan_rows), "")


@pytest.fixture
def plan_rows(annotated: Brief) -> int:
    """As many as the plan has sentences."""
    return len(list(annotated.passages))
