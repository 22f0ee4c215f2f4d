"""What can go wrong when something leaves the desk or a table comes in, each with one sentence to act on."""

from desktop.notebook.errors import NotebookError


class CannotWrite(NotebookError):
    """A file could not be written; what stood there before is whole."""


class CannotReadTable(NotebookError):
    """A file that is no table of ours or of another office's, or one that must not be read; nothing was taken in."""


class Stopped(Exception):
    """No fault: raised by a watcher because the reader pressed 停止; nothing has been written."""
