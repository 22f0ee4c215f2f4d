"""Words of a Chinese text: jieba, with a dictionary that holds only what the texts need.

Nothing is read from or written to jieba's cache (a file of predictable name in the shared temporary folder,
read with ``marshal``), and nothing is logged. jieba is loaded when the first ``Segmenter`` is made.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from content.folding import fold
from content.model import Document
from index import imports

PADDING = "\ue000"
"""The word, in no text, that has the frequencies of those left out: jieba weighs a word by its share."""

_COMMON = 10
"""Words as frequent as this are kept though the texts lack them: queries and imported documents have them."""


class Segmenter:
    """Cuts texts as jieba does, with a dictionary: a file in jieba's format, tags left out, or the bytes of one.

    Raises OSError if the file cannot be read, ValueError if it is not a dictionary.
    """

    def __init__(self, dictionary: Path | bytes) -> None:
        raw = dictionary if isinstance(dictionary, bytes) else dictionary.read_bytes()
        jieba = imports.jieba()
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total = _frequencies(raw.decode("utf-8"))
        self._tokenizer.initialized = True
        self.fingerprint = f"jieba {jieba.__version__} {hashlib.sha256(raw).hexdigest()}"

    def knows(self, letters: Iterable[str]) -> bool:
        """Whether each of these characters begins a word of the dictionary."""
        return all(letter in self._tokenizer.FREQ for letter in set(letters))

    def cut(self, text: str) -> list[str]:
        """The words of a text in order, nothing left out; unknown words are guessed (HMM)."""
        return list(self._tokenizer.cut(text))

    def cut_for_search(self, text: str) -> list[str]:
        """The same with the shorter words inside each long one before it."""
        return list(self._tokenizer.cut_for_search(text))

    def words(self, text: str) -> list[str]:
        """What a text is searched by: folded, without marks; single Chinese characters are not words."""
        return _words(self.cut_for_search(_plain(text)))

    def whole_words(self, text: str) -> list[str]:
        """The same without the shorter words inside the long ones."""
        return _words(self.cut(_plain(text)))


def characters(text: str) -> list[str]:
    """The letters of a text, folded, that mean something alone: all but ASCII."""
    return [character for character in fold(text) if character.isalnum() and not character.isascii()]


def prune(full_dictionary: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The lines of a dictionary that cuts the texts exactly as the full one does.

    A word is kept if it stands in the texts, or if it is common and its characters all do. The padding comes
    last.
    """
    texts = list(texts)
    known = set().union(*texts)
    rows = [(word, int(frequency)) for word, frequency, *_ in (line.split(" ") for line in full_dictionary)]
    possible = {word for word, _ in rows if known.issuperset(word)}
    standing = _standing({word for word, frequency in rows if frequency < _COMMON} & possible, texts)
    kept = []
    left_out = 0
    for word, frequency in rows:
        if word in standing or (frequency >= _COMMON and word in possible):
            kept.append(f"{word} {frequency}")
        else:
            left_out += frequency
    return [*kept, f"{PADDING} {left_out}"]


def _standing(words: set[str], texts: Iterable[str]) -> set[str]:
    """The words that stand in some texts: in the time of one walk through them, however many words there are."""
    begun = {word[:end] for word in words for end in range(1, len(word) + 1)}
    found: set[str] = set()
    for text in texts:
        for start in range(len(text)):
            end = start + 1
            while (piece := text[start:end]) in begun and end <= len(text):
                if piece in words:
                    found.add(piece)
                end += 1
    return found


def texts_of(documents: Iterable[Document]) -> list[str]:
    """Everything the dictionary has to cut: titles, headings and measures, as printed and folded."""
    printed = []
    for document in documents:
        printed.append(document.title)
        for part in document.parts:
            printed.append(part.heading)
            printed += [section.title for section in part.sections]
        printed += [measure.text for measure in document.measures]
    return [*printed, *map(fold, printed)]


def full_dictionary() -> list[str]:
    """The lines of the dictionary that comes with jieba: 349,046 words, 5 MB."""
    path = Path(imports.jieba().__file__).with_name("dict.txt")
    return path.read_text("utf-8").splitlines()


def _plain(text: str) -> str:
    # jieba knows no full-width letters.
    return normalize("NFKC", text)


def _words(pieces: Iterable[str]) -> list[str]:
    return [word for word in map(fold, pieces) if _is_word(word)]


def _is_word(word: str) -> bool:
    return any(character.isalnum() for character in word) and (len(word) > 1 or word.isascii())


def _frequencies(dictionary: str) -> tuple[dict[str, int], int]:
    """(frequency of each word, and 0 for each beginning of one that is none; the sum)."""
    frequencies: dict[str, int] = {}
    total = 0
    for line in dictionary.splitlines():
        word, frequency = line.split(" ")[:2]
        frequencies[word] = int(frequency)
        total += int(frequency)
    for word in list(frequencies):
        for end in range(len(word) - 1, 0, -1):
            if frequencies.setdefault(word[:end], 0):
                break
    return frequencies, total
