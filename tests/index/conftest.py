"""The plan that comes with the program, and the searches over it; small documents of two sections."""

from collections.abc import Callable

import pytest

from content.draft import Draft, Heading
from content.library import Library
from content.model import Document, Front
from index.exact import ExactIndex
from index.related import Related
from index.search import Searcher


@pytest.fixture(scope="session")
def plan() -> Document:
    return Library().document("shanghai-2023")


@pytest.fixture(scope="session")
def exact(plan: Document) -> ExactIndex:
    return ExactIndex([plan])


@pytest.fixture(scope="session")
def related(plan: Document) -> Related:
    return Related.open([plan], None)


@pytest.fixture(scope="session")
def searcher(exact: ExactIndex, related: Related) -> Searcher:
    return Searcher(exact, related)


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    """A document of one part with one section for each list of sentences."""

    def make(*sections: list[str], name: str = "small", title: str = "试行方案") -> Document:
        draft = Draft()
        draft.open_part(Heading("一、", "总体要求"))
        for number, sentences in enumerate(sections, 1):
            draft.open_section(Heading(f"（{number}）", f"第{number}节"))
            for sentence in sentences:
                draft.add(sentence, opens_paragraph=False)
        return draft.finish(Front(name, title))

    return make
