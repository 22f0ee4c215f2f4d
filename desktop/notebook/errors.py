"""What can go wrong with the notebook, each with one sentence a reader can act on."""


class NotebookError(Exception):
    """A fault of the notebook's file or folder: what happened, what is safe, what to do."""


class CannotOpen(NotebookError):
    """The notebook cannot be opened; the text can still be read and searched."""


class CannotRead(NotebookError):
    """The open notebook no longer gives what is in it; nothing was changed."""


class CannotSave(NotebookError):
    """A change could not be made durable and therefore was not made."""


class UnknownEntry(NotebookError):
    """No note or bookmark has this id."""
