"""The ledger of the notebook on its way into a sheet."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from content import citation
from content.model import Document
from desktop.export.gathering import source
from desktop.export.ledger import Ledger, LedgerRow, Step
from desktop.notebook.due import parse
from desktop.notebook.ledger import Timing, due_of, timing
from desktop.notebook.model import Action, Progress, Status

_ALERTS = (Timing.OVERDUE, Timing.SOON)


def ledger_of(
    document: Document,
    actions: Iterable[Action],
    progress: Callable[[str], Sequence[Progress]],
    measure_of: Callable[[Action], str],
    day: date,
) -> Ledger:
    """These rows in their order, with all their progress. What is lost in the text has its quote and no citation."""
    named = source(document)
    rows = tuple(_row(document, one, progress(one.id), measure_of(one), day) for one in actions)
    states = tuple(status.value for status in Status)
    return Ledger(f"{document.title}台账", day, named.line, named.notice, rows, states)


def _row(
    document: Document, action: Action, progress: Sequence[Progress], measure: str, day: date
) -> LedgerRow:
    place = document.places.get(measure)
    state = timing(action, day)
    return LedgerRow(
        id=action.id,
        measure=measure,
        citation=citation.short(document, measure) if place else "",
        section=place.section.title or place.part.heading if place else "",
        text=place.measure.text if place else action.anchor.quote,
        lead=action.lead,
        support=action.support,
        due=due_of(action).display,
        first_due=parse(action.first_due).display if action.first_due else "",
        state=action.status.value,
        progress=tuple(Step(one.day, one.text) for one in progress),
        problem=action.problem,
        next_step=action.next_step,
        person=action.person,
        alert=state.value if state in _ALERTS else "",
    )
