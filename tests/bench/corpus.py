"""Libraries of any size for measurements: the plan, then real statutes, then statutes recombined from their sentences."""

import gzip
import random
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from content.draft import Draft, Heading
from content.library import Library
from content.model import Document, Front

_SENTENCE = re.compile(r"[^。]*[。]|[^。]+")

Article = tuple[str, list[str]]


def library(laws: Path, number: int) -> list[Document]:
    """Documents of exactly so many measures, the plan first (196 are the plan alone, whatever more it has).

    ``laws`` is a gzip file of lines: law, article, text with ``\\n`` between paragraphs. Where the real sentences do not
    suffice, further ones are made of the first half of one and the second half of another, the same ones every time.
    """
    plan = Library().document("shanghai-2023")
    documents = [plan]
    left = number - len(plan.places)
    for count, (title, articles) in enumerate(_statutes(laws)):
        if left <= 0:
            break
        document = _document(f"law{count}", title, articles, left)
        left -= len(document.places)
        documents.append(document)
    return documents


def _statutes(laws: Path) -> Iterator[tuple[str, list[Article]]]:
    """(title, articles) of the real ones, then of recombined ones without end."""
    with gzip.open(laws, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    pool = []
    for title, group in groupby(rows, key=lambda row: row[0]):
        articles = [(name, _sentences(text)) for _, name, text in group]
        pool += [sentence for _, sentences in articles for sentence in sentences]
        yield title, articles
    chance = random.Random(1)
    for count in range(1, 1_000_000):
        articles = [(f"第{one}条", [_recombined(chance, pool) for _ in range(3)]) for one in range(1, 101)]
        yield f"重组文本{count}", articles


def _sentences(text: str) -> list[str]:
    paragraphs = text.split("\\n")
    return [one.strip() for paragraph in paragraphs for one in _SENTENCE.findall(paragraph) if one.strip()]


def _recombined(chance: random.Random, pool: list[str]) -> str:
    first, second = (chance.choice(pool).split("，") for _ in range(2))
    return "，".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])


def _document(name: str, title: str, articles: list[Article], most: int) -> Document:
    draft = Draft()
    draft.open_part(Heading("", title))
    for article, sentences in articles:
        if most <= 0:
            break
        draft.open_section(Heading(article, ""))
        for at, sentence in enumerate(sentences[:most]):
            draft.add(sentence, opens_paragraph=at == 0)
        most -= len(sentences)
    return draft.finish(Front(name, title))
