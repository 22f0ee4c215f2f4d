"""What every room's command line shares: Chinese usage errors, UTF-8 streams, exit codes."""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn

DONE, NO, WRONG_CALL = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def __init__(self, *arguments: object, **options: object) -> None:
        options.setdefault("add_help", False)
        options.setdefault("allow_abbrev", False)
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one line that says what to do."""
        print(f"命令写法不对；请用 {self.prog} --help 查看用法。", file=sys.stderr)
        raise SystemExit(WRONG_CALL)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)


def called(room: str) -> str:
    """What a room's command is called by who runs it: in the packaged program they all go through its one door."""
    if not getattr(sys, "frozen", False):
        return room
    return f"policy-desk {room.removeprefix('desktop').removeprefix('.')}".rstrip()


def run(main: Callable[[], int]) -> NoReturn:
    """Run a command with UTF-8 streams; a reader that goes away and Ctrl+C end it quietly."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace"
            )
    try:
        code = main()
        if sys.stdout is not None:  # a windowed program on Windows has none
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    raise SystemExit(code)


def fail(sentence: object, code: int = NO) -> int:
    """Print one sentence on the error stream; gives the exit code to return."""
    print(sentence, file=sys.stderr)
    return code
