"""Words: the dictionary that ships cuts the plan exactly as jieba's own; nothing is left on disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from content.folding import fold
from content.model import Document
from index.related import DICTIONARY
from index.segmentation import PADDING, Segmenter, characters, full_dictionary, prune, texts_of
from tests.index.judged import judged

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    path = tmp_path_factory.mktemp("full") / "dictionary.txt"
    path.write_text("\n".join(full_dictionary()), "utf-8")
    return Segmenter(path)


@pytest.fixture(scope="module")
def pruned() -> Segmenter:
    return Segmenter(DICTIONARY)


def test_the_whole_plan_is_cut_identically(plan: Document, full: Segmenter, pruned: Segmenter) -> None:
    for text in texts_of([plan]):
        assert pruned.cut(text) == full.cut(text)
        assert pruned.cut_for_search(text) == full.cut_for_search(text)


def test_every_passage_of_the_plan_is_cut_identically(
    plan: Document, full: Segmenter, pruned: Segmenter
) -> None:
    for measure in plan.measures:
        for at in range(0, len(measure.text), 5):
            passage = measure.text[at : at + 9]
            assert pruned.cut_for_search(passage) == full.cut_for_search(passage)


def test_the_full_dictionary_is_read_as_jieba_reads_it(
    plan: Document, full: Segmenter, tmp_path: Path
) -> None:
    import jieba

    theirs = jieba.Tokenizer()
    theirs.tmp_dir = str(tmp_path)
    for measure in plan.measures:
        assert full.cut(measure.text) == theirs.lcut(measure.text)
        assert full.cut_for_search(measure.text) == theirs.lcut_for_search(measure.text)


def test_questions_are_cut_nearly_identically(full: Segmenter, pruned: Segmenter) -> None:
    different = [one.query for one in judged() if pruned.cut(fold(one.query)) != full.cut(fold(one.query))]
    assert set(different) <= {"口岸乱收费", "协会乱收费"}


def test_pruning() -> None:
    lines = ["市场 50 n", "主体 40 n", "场市 3 n", "市主 30 n", "体育 900 n", "主体市 1 n"]
    assert prune(lines, ["市场", "主体"]) == ["市场 50", "主体 40", "市主 30", f"{PADDING} 904"]


def test_pruning_keeps_the_sum() -> None:
    lines = full_dictionary()
    kept = prune(lines, ["优化营商环境"])
    assert len(kept) < 50
    assert sum(int(line.split()[1]) for line in kept) == sum(int(line.split()[1]) for line in lines)


def test_the_dictionary_that_ships_is_small(pruned: Segmenter) -> None:
    assert DICTIONARY.stat().st_size < 400_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("优化营商环境。", ["优化", "营商", "环境"]),
        ("知识产权", ["知识", "产权", "知识产权"]),
        ("ＱＦＬＰ试点", ["qflp", "试点"]),
        ("98%以上", ["98%", "以上"]),
        ("的", []),
        ("，。“”", []),
        ("", []),
        ("\0\n😀", []),
    ],
)
def test_words(pruned: Segmenter, text: str, words: list[str]) -> None:
    assert set(words) <= set(pruned.words(text))
    assert bool(pruned.words(text)) is bool(words)


def test_characters() -> None:
    assert characters("“一網”QFLP 9%，ａ") == ["一", "网"]


@pytest.mark.parametrize("damaged", ["市场\n", "市场 many\n", "\n"])
def test_a_damaged_dictionary(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "dictionary.txt").write_text(damaged, "utf-8")
    with pytest.raises(ValueError):  # noqa: PT011 - any way of not being a dictionary
        Segmenter(tmp_path / "dictionary.txt")


def test_a_missing_dictionary(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        Segmenter(tmp_path / "nowhere")


def test_no_cache_no_log_no_pkg_resources(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from content.library import Library\n"
        "from index.related import Related\n"
        "for options in ({}, {'prebuilt': Path('nowhere')}):\n"
        "    related = Related.open(Library().documents(), None, **options)\n"
        "    assert related.search('购房资格查询')\n"
        "assert 'jieba' in sys.modules and 'pkg_resources' not in sys.modules\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_pkg_resources_that_is_there_stays() -> None:
    script = (
        "import sys\n"
        "sys.modules['pkg_resources'] = mark = type(sys)('pkg_resources')\n"
        "from index.related import DICTIONARY\n"
        "from index.segmentation import Segmenter\n"
        "assert Segmenter(DICTIONARY).cut('优化环境') == ['优化', '环境']\n"
        "assert sys.modules['pkg_resources'] is mark\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
