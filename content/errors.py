"""What can go wrong with a document, each with one sentence a reader can act on."""


class ContentError(Exception):
    """A fault of the material, told in one Chinese sentence: what happened and what to do."""


class UnknownDocument(ContentError):
    """No document has this id, and no such folder is there."""


class DamagedPolicy(ContentError):
    """A policy.md that cannot be read as a document."""


class UnreadableSource(ContentError):
    """A file that cannot be imported: missing, of an unknown kind, or not text."""
