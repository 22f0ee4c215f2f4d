"""What else could have served the two groups, built as their manuals say: FTS5 trigrams, jieba words in FTS5 or tantivy."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from content.folding import fold
from index.segmentation import Segmenter, characters

CHARACTER_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Material:
    """Texts in order: folded, as words (jieba, for search, marks left out), as characters that mean something."""

    folds: Sequence[str]
    words: Sequence[list[str]]
    characters: Sequence[list[str]]

    @classmethod
    def of(cls, texts: Sequence[str], segmenter: Segmenter) -> "Material":
        words = [cut(text, segmenter) for text in texts]
        return cls([fold(text) for text in texts], words, [characters(text) for text in texts])


def cut(text: str, segmenter: Segmenter) -> list[str]:
    """All words of a text in order, folded, marks left out."""
    return [word for word in map(fold, segmenter.cut_for_search(text)) if any(map(str.isalnum, word))]


class Scan:
    """``in``, text by text."""

    name = "plain scan"

    def __init__(self, material: Material, folder: Path, segmenter: Segmenter) -> None:
        self._folds = material.folds

    def find(self, term: str, most: int) -> tuple[list[int], int]:
        """(the first numbers, how many there are) of the texts with a folded term."""
        found = [number for number, folded in enumerate(self._folds) if term in folded]
        return found[:most], len(found)


class Table:
    """An FTS5 table asked for phrases."""

    name = ""
    tokenizer = ""

    def __init__(self, material: Material, folder: Path, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._connection = sqlite3.connect(folder / "table.db")
        self._connection.execute(
            f"CREATE VIRTUAL TABLE t USING fts5(x, content='', columnsize=0, tokenize='{self.tokenizer}')"
        )
        self._connection.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(self.texts(material)))
        self._connection.execute("INSERT INTO t(t) VALUES ('optimize')")
        self._connection.commit()

    def texts(self, material: Material) -> Sequence[str]:
        return material.folds

    def phrase(self, term: str) -> str:
        """A term in FTS5's language; empty for one that has no words."""
        return '"{}"'.format(term.replace('"', '""'))

    def find(self, term: str, most: int) -> tuple[list[int], int]:
        phrase = self.phrase(term)
        if not phrase:
            return [], 0
        rows = self._connection.execute("SELECT rowid FROM t WHERE t MATCH ? LIMIT ?", (phrase, most))
        first = [number for (number,) in rows]
        return first, self._connection.execute(
            "SELECT count(*) FROM t WHERE t MATCH ?", (phrase,)
        ).fetchone()[0]


class Trigrams(Table):
    """FTS5's own tokenizer for languages without spaces."""

    name = "FTS5 trigrams"
    tokenizer = "trigram"


class Words(Table):
    """FTS5 over jieba's words."""

    name = "FTS5 jieba words"
    tokenizer = "unicode61"

    def texts(self, material: Material) -> Sequence[str]:
        return [" ".join(words) for words in material.words]

    def phrase(self, term: str) -> str:
        words = cut(term, self._segmenter)
        return f'"{" ".join(words)}"' if words else ""


class RankedTable:
    """FTS5's bm25 over jieba's words and, less heavy, single characters."""

    name = "FTS5 bm25"

    def __init__(self, material: Material, folder: Path, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._connection = sqlite3.connect(folder / "ranked.db")
        self._connection.execute("CREATE VIRTUAL TABLE t USING fts5(w, c, content='', tokenize='unicode61')")
        rows = zip(material.words, material.characters, strict=True)
        self._connection.executemany(
            "INSERT INTO t(rowid, w, c) VALUES (?, ?, ?)",
            ((number, " ".join(words), " ".join(letters)) for number, (words, letters) in enumerate(rows)),
        )
        self._connection.execute("INSERT INTO t(t) VALUES ('optimize')")
        self._connection.commit()

    def rank(self, query: str, below: int, most: int) -> list[int]:
        """The numbers, less than ``below``, of the best texts."""
        terms = [f'w:"{word}"' for word in dict.fromkeys(cut(query, self._segmenter)) if len(word) > 1]
        terms += [f'c:"{letter}"' for letter in dict.fromkeys(characters(query))]
        if not terms:
            return []
        question = (
            "SELECT rowid FROM t WHERE t MATCH ? AND rowid < ? "
            f"AND rank MATCH 'bm25(1.0, {CHARACTER_WEIGHT})' ORDER BY rank LIMIT ?"
        )
        rows = self._connection.execute(question, (" OR ".join(terms), below, most))
        return [number for (number,) in rows]


class Tantivy:
    """tantivy over jieba's words and, for ranking, single characters. Raises ImportError where it is not installed."""

    name = "tantivy jieba words"

    def __init__(self, material: Material, folder: Path, segmenter: Segmenter) -> None:
        self._tantivy: Any = import_module("tantivy")
        self._segmenter = segmenter
        builder = self._tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True, fast=True)
        builder.add_text_field("w", tokenizer_name="whitespace")
        builder.add_text_field("c", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        index = self._tantivy.Index(self._schema, path=str(folder))
        writer = index.writer(num_threads=1)
        for number, (words, letters) in enumerate(zip(material.words, material.characters, strict=True)):
            writer.add_document(self._tantivy.Document(number=number, w=" ".join(words), c=" ".join(letters)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def find(self, term: str, most: int) -> tuple[list[int], int]:
        words = cut(term, self._segmenter)
        if not words:
            return [], 0
        query = self._tantivy.Query
        asked = (
            query.phrase_query(self._schema, "w", words)
            if len(words) > 1
            else query.term_query(self._schema, "w", words[0])
        )
        found = self._searcher.search(asked, limit=most, count=True)
        return self._numbers(found), found.count

    def rank(self, query: str, below: int, most: int) -> list[int]:
        """The numbers of the best texts; those of ``below`` and above are left out only afterwards."""
        asked = self._tantivy.Query
        should = self._tantivy.Occur.Should
        terms = [
            (should, asked.term_query(self._schema, "w", word))
            for word in dict.fromkeys(cut(query, self._segmenter))
            if len(word) > 1
        ]
        terms += [
            (should, asked.boost_query(asked.term_query(self._schema, "c", letter), CHARACTER_WEIGHT))
            for letter in dict.fromkeys(characters(query))
        ]
        if not terms:
            return []
        found = self._searcher.search(asked.boolean_query(terms), limit=most, count=False)
        return [number for number in self._numbers(found) if number < below]

    def _numbers(self, found: Any) -> list[int]:
        return [self._searcher.doc(address)["number"][0] for _, address in found.hits]
