"""The index and the dictionary that come with the program, made from the documents that do; tables of pinyin."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from unicodedata import category

from content.folding import fold
from content.model import Document, Place
from index import folders, pinyin, store
from index.dictionaries import ALL_WORDS, packed
from index.related import DICTIONARY, PREBUILT
from index.segmentation import Segmenter, full_dictionary, prune, texts_of

_COMMON = 10
"""Frequency, in jieba's dictionary, of the words whose reading is kept though no document has them."""

_PHRASES = {
    "长三角": "chang san jiao",
    "长效": "chang xiao",
    "重塑": "chong su",
    "重构": "chong gou",
    "重整": "chong zheng",
    "重置": "chong zhi",
    "重审": "chong shen",
    "还款": "huan kuan",
    "还本": "huan ben",
    "还箱": "huan xiang",
    "支行": "zhi hang",
    "财会": "cai kuai",
    "调减": "tiao jian",
    "调价": "tiao jia",
}
"""Words of the documents, and of documents like them, that pypinyin reads wrongly."""


def build(documents: Sequence[Document], folder: Path = PREBUILT) -> str:
    """Write the dictionary and the index into a folder; gives the fingerprint. Raises OSError.

    The same documents and libraries give the same files.
    """
    places = [place for document in documents for place in document.places.values()]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name == folders.META or old.suffix in (".seg", ".toc"):
            old.unlink()
    dictionary = folder / "dictionary.txt"
    lines = prune(full_dictionary(), texts_of(documents))
    dictionary.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    (folder / ALL_WORDS.name).write_bytes(packed(full_dictionary()))
    segmenter = Segmenter(dictionary)
    files = _reproducible(places, segmenter)
    mark = store.fingerprint(places, segmenter)
    store.write(folder, files, mark)
    return mark


def _reproducible(places: Sequence[Place], segmenter: Segmenter) -> store.Files:
    # Whoosh names its files with the random module.
    state = random.getstate()
    random.seed(0)
    try:
        return store.build(places, segmenter)
    finally:
        random.setstate(state)


def build_pinyin(folder: Path = pinyin.FOLDER, dictionary: Path = DICTIONARY) -> str:
    """Write the tables of pinyin into a folder; gives the version of pypinyin, their source.

    Raises ImportError without pypinyin, which nothing else needs, and OSError.
    """
    import pypinyin

    syllables = {character: _syllables(character) for character in _readable_characters()}
    first: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for character, sounds in syllables.items():
        for number, syllable in enumerate(sounds):
            (also if number else first)[syllable].append(character)
    folder.mkdir(parents=True, exist_ok=True)
    rows = (f"{one}\t{''.join(first[one])}\t{''.join(also[one])}\n" for one in sorted({*first, *also}))
    (folder / pinyin.CHARACTERS).write_text("".join(rows), "utf-8", newline="\n")
    words = [line.split(" ")[0] for line in dictionary.read_text("utf-8").splitlines()]
    words += [line.split(" ")[0] for line in full_dictionary() if int(line.split(" ")[1]) >= _COMMON]
    lines = (f"{word}\t{' '.join(sounds)}\n" for word, sounds in _exceptions(words, syllables).items())
    (folder / pinyin.WORDS).write_text("".join(lines), "utf-8", newline="\n")
    return str(pypinyin.__version__)


def _readable_characters() -> list[str]:
    """The characters that pypinyin knows and that folded texts can hold, in code point order."""
    from pypinyin.constants import PINYIN_DICT

    characters = map(chr, sorted(PINYIN_DICT))
    return [one for one in characters if category(one) != "Co" and fold(one) == one and _syllables(one)]


def _syllables(character: str) -> list[str]:
    """The readings of a character without tones, the commonest first, interjections such as ng only if all are."""
    from pypinyin import Style, pinyin

    readings = [one for one in pinyin(character, style=Style.NORMAL, heteronym=True)[0] if one.isascii()]
    return list(dict.fromkeys([one for one in readings if set(one) & set("aeiouv")] or readings))


def _exceptions(words: Iterable[str], syllables: dict[str, list[str]]) -> dict[str, list[str]]:
    """Words that are not read as their characters commonly are, nor as shorter such words in them say."""
    from pypinyin import lazy_pinyin

    found = {word: sounds.split(" ") for word, sounds in _PHRASES.items()}
    for word in sorted(set(words), key=lambda word: (len(word), word)):
        if len(word) > 1 and word not in found and all(character in syllables for character in word):
            sounds = lazy_pinyin(word)
            if sounds != _composed(word, syllables, found) and _is_possible(word, sounds, syllables):
                found[word] = sounds
    return dict(sorted(found.items()))


def _composed(word: str, syllables: dict[str, list[str]], known: dict[str, list[str]]) -> list[str]:
    sounds = [syllables[character][0] for character in word]
    for length in range(2, len(word)):
        for start in range(len(word) - length + 1):
            sounds[start : start + length] = known.get(
                word[start : start + length], sounds[start : start + length]
            )
    return sounds


def _is_possible(word: str, sounds: list[str], syllables: dict[str, list[str]]) -> bool:
    # Phrases with an erhua or a merged syllable are read with fewer or other syllables than the characters have.
    return len(sounds) == len(word) and all(
        sound in syllables[character] for character, sound in zip(word, sounds, strict=True)
    )
