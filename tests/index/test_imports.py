"""Whoosh and jieba are loaded without the network and without what else they do not need."""

import subprocess
import sys

_OPEN_AND_SEARCH = """
import sys
from content.library import Library
from index.related import Related
Related.open([Library().document("shanghai-2023")], None).search("灵活就业", frozenset())
print(*sorted(set(sys.modules) & {"asyncio", "ssl", "socket", "http", "http.client", "urllib.request", "email"}))
"""


def test_related_search_loads_nothing_that_could_open_a_connection() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_SEARCH], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == []


def test_the_real_modules_can_still_be_loaded_afterwards() -> None:
    check = _OPEN_AND_SEARCH + "import asyncio, urllib.request\nasyncio.run(asyncio.sleep(0))\n"
    check += "assert urllib.request.urlretrieve is not None\n"
    subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)


def test_modules_that_are_loaded_already_are_left_alone() -> None:
    check = "import asyncio\nkept = asyncio\n" + _OPEN_AND_SEARCH + "assert sys.modules['asyncio'] is kept\n"
    subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
