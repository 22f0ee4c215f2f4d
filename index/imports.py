"""jieba and Whoosh, loaded without what they load for features that are not used here.

What is left out is half of their time and memory, and, with asyncio, ssl and http, everything that could open a
connection.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


def jieba() -> Any:
    """The jieba package."""
    # WORKAROUND jieba/_compat.py: it imports pkg_resources, which is slow and fails beside an old setuptools;
    # None makes that import an ImportError, which jieba is prepared for.
    with _stand_ins({"pkg_resources": None}):
        return importlib.import_module("jieba")


def whoosh() -> Any:
    """The whoosh package, with the modules that open, build and search an index."""
    # WORKAROUND whoosh/compat.py: it imports urlretrieve, which nothing in Whoosh calls.
    request = _module("urllib.request", urlretrieve=None)
    # WORKAROUND cached_property.py: it asks asyncio whether a property is a coroutine; Whoosh has none.
    asyncio = _module("asyncio", iscoroutinefunction=lambda function: False)
    with _stand_ins({"urllib.request": request, "asyncio": asyncio}):
        for name in ("fields", "filedb.filestore", "reading", "scoring", "searching", "writing"):
            importlib.import_module(f"whoosh.{name}")
        return importlib.import_module("whoosh")


def _module(name: str, **contents: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(contents)
    return made


@contextmanager
def _stand_ins(modules: dict[str, ModuleType | None]) -> Iterator[None]:
    """While it lasts, importing one of these names gives the stand-in, unless the real one is loaded already."""
    loaded: dict[str, Any] = sys.modules
    added = {name: module for name, module in modules.items() if name not in loaded}
    loaded.update(added)
    try:
        yield
    finally:
        for name in added:
            del loaded[name]
