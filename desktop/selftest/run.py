"""Running the self-test: a line for each step, and an exit code."""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from content.console import DONE, NO, fail
from content.errors import ContentError
from desktop import errors
from desktop.selftest import papers, program, searches, texts, writings
from desktop.selftest.step import Desk, Failed, Step
from desktop.support import logbook

STEPS = (*texts.STEPS, *searches.STEPS, *writings.STEPS, *papers.STEPS, *program.STEPS)


def run() -> int:
    """Do every step in a folder of its own; gives the exit code: 0 if all went well, 1 if not."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    folder = Path(tempfile.mkdtemp(prefix="policy-desk-"))
    try:
        failed = run_steps(STEPS, Desk.in_folder(folder))
    except ContentError as error:
        return fail(error)
    finally:
        # On Windows a file may still be held for a moment; it lies in the folder for such things.
        shutil.rmtree(folder, ignore_errors=True)
    if failed:
        print(f"自检未通过：{len(STEPS)} 项中 {failed} 项有误。您的笔记本没有用到，也没有改动。")
        return NO
    print(f"自检通过：共 {len(STEPS)} 项。您的笔记本没有用到，也没有改动。")
    return DONE


def run_steps(steps: Iterable[Step], desk: Desk) -> int:
    """Do the steps, a line for each; gives how many went wrong."""
    return sum(not _went_well(step, desk) for step in steps)


def _went_well(step: Step, desk: Desk) -> bool:
    try:
        print(f"√ {step.name}：{step.act(desk)}", flush=True)
    except Exception as error:
        print(f"× {step.name}：{_why(error)}", flush=True)
        if not isinstance(error, Failed):
            print(*logbook.trace(error), sep="\n", flush=True)
        return False
    return True


def _why(error: Exception) -> str:
    if isinstance(error, Failed) or errors.is_known(error):
        return str(error) if isinstance(error, Failed) else errors.sentence(error)
    # Nothing of the reader's is at hand here, so the words of the error may be shown.
    return f"{type(error).__name__} {error}".strip()
