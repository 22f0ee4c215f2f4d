"""python -m index build|search"""

import json
import sys
from collections.abc import Sequence
from typing import Any

from content.citation import cite
from content.console import DONE, NO, WRONG_CALL, Parser, called, fail, run
from content.errors import ContentError
from content.library import Library
from content.model import Document
from index.choice import open_exact
from index.exact import Exact
from index.search import Searcher, SearchResult

_MARK, _PLAIN = "\x1b[1;31m", "\x1b[0m"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(_query_last(given))
    try:
        return int(options.run(options))
    except ContentError as error:
        return fail(error)
    except BrokenPipeError:
        raise  # ``run`` ends it quietly
    except OSError as error:
        return fail(
            f"{error.filename or '文件'}：{error.strerror or error}；请检查路径、权限和磁盘空间后重试。"
        )


def as_json(result: SearchResult) -> dict[str, Any]:
    """A result in the stable JSON form."""
    return {
        "query": result.query.text,
        "exact": list(result.exact),
        "related": [hit.measure_id for hit in result.related],
        "suggestions": result.suggestions,
        "titles": [hit.place for hit in result.titles],
        "took_ms": result.took_ms,
    }


def _build(options: Any) -> int:
    from index.build import build, build_pinyin

    if options.pinyin:
        try:
            print(f"已建立拼音表：pypinyin {build_pinyin()}")
        except ImportError:
            return fail("没有 pypinyin：请先用 pip 安装 requirements/tables.txt。")
        return DONE
    print(f"已建立索引：{build(Library().documents())}")
    return DONE


def _search(options: Any) -> int:
    if options.batch is bool(options.query):
        return fail(
            f"请给出要查的词，或用 --batch 从标准输入逐行读取；用法见 {called('index')} search --help。",
            WRONG_CALL,
        )
    documents = Library().documents()
    searcher, exact = _open(documents)
    if options.batch:
        return _answer_lines(searcher, options.scope)
    result = searcher.search(" ".join(options.query), options.scope)
    if options.json:
        print(_line(result))
        return DONE
    _tell(result, documents, exact)
    return DONE if result.exact or result.titles or result.related else NO


def _open(documents: Sequence[Document]) -> tuple[Searcher, Exact]:
    from index.related import Related

    exact = open_exact(documents, None)
    return Searcher(exact, Related.open(documents, None)), exact


def _answer_lines(searcher: Searcher, scope: str) -> int:
    # Each answer is flushed, so that a caller can wait for it before asking on.
    for number, line in enumerate(sys.stdin.buffer):
        text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
        if number == 0:
            text = text.removeprefix("\ufeff")
        print(_line(searcher.search(text, scope)), flush=True)
    return DONE


def _line(result: SearchResult) -> str:
    return json.dumps(as_json(result), ensure_ascii=False, separators=(",", ":"))


def _tell(result: SearchResult, documents: Sequence[Document], exact: Exact) -> None:
    owners = {document.id: document for document in documents}

    def told(measure_id: str) -> tuple[str, str]:
        document = owners[measure_id.partition("/")[0]]
        return str(cite(document, measure_id)), document.places[measure_id].measure.text

    if result.titles:
        print(f"标题 {len(result.titles)}")
        for title in result.titles:
            print(f"  {_marked(title.text, title.spans)}")
    print(f"原文命中 {len(result.exact)}")
    for measure_id in result.exact:
        place, text = told(measure_id)
        print(f"  {place}  {_marked(text, exact.spans(measure_id, result.query))}")
    if result.related:
        print(f"相关 {len(result.related)}")
        for hit in result.related:
            place, text = told(hit.measure_id)
            print(f"  {place}  {text}（{hit.reason}）")
    if result.suggestions:
        print(f"原文中相近的词：{'、'.join(result.suggestions)}")


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spans coloured where a terminal shows it."""
    if not sys.stdout.isatty():
        return text
    for start, end in reversed(spans):
        text = f"{text[:start]}{_MARK}{text[start:end]}{_PLAIN}{text[end:]}"
    return text


def _query_last(arguments: list[str]) -> list[str]:
    """The arguments of ``search`` with the words of the query behind a ``--``: they may begin with ``-``."""
    if arguments[:1] != ["search"]:
        return arguments
    known: list[str] = []
    words: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        if argument == "--":
            words += rest
        elif argument in ("--json", "--batch", "-h", "--help"):
            known.append(argument)
        elif argument == "--scope":
            known += [argument, *(value for _, value in zip(range(1), rest, strict=False))]
        else:
            words.append(argument)
    return ["search", *known, "--", *words]


def _parser() -> Parser:
    parser = Parser(prog=called("index"), description="检索：建立索引、查询")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令", parser_class=Parser)
    build = commands.add_parser("build", help="为随程序带来的文件建立索引，写入 resources/index")
    build.add_argument(
        "--pinyin", action="store_true", help="改为建立拼音表，写入 resources/pinyin；需要 pypinyin"
    )
    build.set_defaults(run=_build)
    search = commands.add_parser(
        "search",
        help="查词，给出原文命中和相关条目",
        description='查词。空格：都有；|：任一；-词：没有；"…"：其中的空格不拆开。'
        "有结果时退出码为 0，没有为 1；--json 总为 0。",
    )
    search.add_argument(
        "query", metavar="QUERY", nargs="*", help="要查的词，可以“-”开头；与选项同名的词写在 -- 之后"
    )
    search.add_argument("--json", action="store_true", help="以 JSON 输出")
    search.add_argument("--batch", action="store_true", help="从标准输入逐行读取要查的词，逐行输出 JSON")
    search.add_argument(
        "--scope", metavar="范围", default="", help="只查编号以此开头的编、节，如 shanghai-2023/2.3"
    )
    search.set_defaults(run=_search)
    return parser


if __name__ == "__main__":
    run(main)
