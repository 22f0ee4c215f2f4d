"""A brief as a Word file after GB/T 9704—2012."""

from desktop.export.brief import Brief, Options, Watch, tailored, unwatched
from desktop.export.faces import Fonts
from desktop.export.paper import paper


def render(brief: Brief, options: Options, fonts: Fonts, watch: Watch = unwatched) -> bytes:
    """The bytes of the file. Raises what ``watch`` raises."""
    from desktop.export.docx_body import Body  # python-docx takes a quarter of a second to load

    return Body(tailored(brief, options), paper(options.large_type), fonts).write(watch)
