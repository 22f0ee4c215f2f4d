"""Run by the packaged program before anything else: what it starts, such as the file manager, must find the system's
libraries and not the program's own, which its starter has put before them."""

import os

_PATH = "LD_LIBRARY_PATH"
_KEPT = os.environ.pop(f"{_PATH}_ORIG", None)
os.environ.pop(_PATH, None)
if _KEPT is not None:
    os.environ[_PATH] = _KEPT
