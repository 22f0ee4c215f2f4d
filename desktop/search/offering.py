"""What the search box offers under it: the ways of typing, the searches of before, and keeping one of them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from content import citation
from content.model import Document
from desktop.search import guide
from desktop.search.finder import Finder
from desktop.search.recall import Recall
from desktop.search.scope import Scope
from desktop.views.box_dropdown import BoxDropdown
from desktop.views.offer_list import Offer
from desktop.views.search_box import SearchBox

_NO_NOTES = "本人所写的批注"


class Offering(QObject):
    """Fills the dropdown and does what is picked there. ``place`` gives part and section that 本编 and 本节 mean.

    ``query_taken``: a query that is to be searched for; ``scope_taken``: where.
    """

    query_taken = Signal(str)
    scope_taken = Signal(object)
    word_said = Signal(str)

    def __init__(
        self,
        document: Document,
        finder: Finder,
        recall: Recall,
        box: SearchBox,
        dropdown: BoxDropdown,
        place: Callable[[], tuple[int, int]],
    ) -> None:
        super().__init__(dropdown)
        self._document = document
        self._finder = finder
        self._recall = recall
        self._box = box
        self._dropdown = dropdown
        self._place = place
        self._shows_guide = False
        self._query = ""
        box.guide_requested.connect(self.switch_guide)
        box.keeping_requested.connect(self.ask_name)
        box.textChanged.connect(self._follow_text)
        box.composing_began.connect(dropdown.hide)
        dropdown.list.row_activated.connect(self._take)
        dropdown.list.removed.connect(self._remove)
        dropdown.list.left_upwards.connect(self._go_to_box)
        dropdown.list.left.connect(dropdown.hide)
        dropdown.form.left.connect(dropdown.hide)
        dropdown.form.saved.connect(self._keep)
        dropdown.form.dropped.connect(self._drop)
        dropdown.closed.connect(self._forget_guide)

    def close(self) -> bool:
        """Put the dropdown away; False if there was none."""
        was_open = self._dropdown.isVisible()
        self._dropdown.hide()
        return was_open

    def switch_guide(self) -> None:
        """Show how queries are typed, with the keyboard on the first example; or put it away again."""
        if self._shows_guide:
            self._dropdown.hide()
            return
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._dropdown.show_offers(self._guide_rows())
        self._shows_guide = True
        self._dropdown.list.enter_from_above()

    def show_recall(self) -> None:
        """Offer the searches of before; the keyboard stays in the box."""
        if not self._dropdown.isVisible():
            self._dropdown.show_offers(self._recall_rows())

    def enter(self) -> None:
        """Go down into what is offered."""
        self.show_recall()
        self._dropdown.list.enter_from_above()

    def ask_name(self) -> None:
        """Ask under which name the present search is kept."""
        query = self._box.text().strip()
        if not query:
            self.word_said.emit("搜索框是空的；先搜索，再收藏。")
        elif self._dropdown.shows_form:
            self._dropdown.hide()
        else:
            self._query = query
            self._dropdown.ask_name(query, self._recall.name_of(query))

    def _follow_text(self, text: str) -> None:
        self._dropdown.hide()
        self._box.show_kept(bool(self._recall.name_of(text)))

    def _go_to_box(self) -> None:
        self._box.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _forget_guide(self) -> None:
        self._shows_guide = False

    def _guide_rows(self) -> list[Offer]:
        count = self._finder.count
        shown = guide.examples(self._document, count)
        rows = [Offer("head", "搜索写法", meaning="点选或按 Enter 放入搜索框")]
        rows += [Offer("example", one.query, one.query, one.meaning, one.found) for one in shown]
        query = self._box.text().strip() or (shown[0].query if shown else "")
        rows.append(Offer("head", "搜索范围", meaning=f"“{query}”在各范围的命中" if query else ""))
        place = self._place()
        for scope in Scope:
            meaning = self._scope_meaning(scope, place)
            found = f"{count(query, scope, place)} 条" if meaning else ""
            rows.append(
                Offer("scope", scope.value, query if meaning else "", meaning or "当前位置不在其中", found)
            )
        return rows

    def _scope_meaning(self, scope: Scope, place: tuple[int, int]) -> str:
        """What a scope is here; nothing where there is none."""
        part, section = self._document.part(place[0]), self._document.section(*place)
        if scope is Scope.ALL:
            return "全篇原文和批注"
        if scope is Scope.NOTES:
            return _NO_NOTES
        if part is None or not part.number:
            return ""
        if scope is Scope.PART:
            return f"{part.label}{part.heading}"
        return f"{citation.section_name(part, section)}{section.title}" if section and section.number else ""

    def _recall_rows(self) -> list[Offer]:
        recall = self._recall
        rows = []
        if recall.saved:
            rows.append(Offer("head", "收藏的搜索"))
            rows += [
                Offer("saved", one.name, one.query, one.query if one.name != one.query else "")
                for one in recall.saved
            ]
        rows.append(Offer("head", "最近搜索", meaning="只存在本机" if recall.recent else ""))
        rows += [Offer("recent", one, one) for one in recall.recent]
        if recall.recent:
            rows.append(Offer("clear", "清除全部最近搜索"))
        else:
            rows.append(Offer("empty", "还没有。搜索过的字词会记在这里；Ctrl+/ 看搜索写法。"))
        return rows

    def _take(self, row: Offer) -> None:
        if row.kind == "clear":
            number = len(self._recall.recent)
            self._recall.forget_all()
            self._dropdown.show_offers(self._recall_rows())
            self._dropdown.list.enter_from_above()
            self.word_said.emit(f"已清除 {number} 条最近搜索。")
            return
        self._dropdown.hide()
        self.query_taken.emit(row.query)
        if row.kind == "scope":
            self.scope_taken.emit(Scope(row.text))
        elif row.kind in ("recent", "saved"):
            self._recall.add(row.query)

    def _remove(self, row: Offer) -> None:
        rows = list(self._dropdown.list.rows)
        if row.kind == "recent":
            self._recall.forget(row.query)
        else:
            self._recall.drop(row.query)
            self.word_said.emit(f"已取消收藏“{row.text}”。")
        self._dropdown.show_offers(self._recall_rows(), rows.index(row))

    def _keep(self, name: str) -> None:
        self._recall.save(name, self._query)
        self._end_naming(f"已收藏“{self._recall.name_of(self._query)}”；搜索框为空时按 ↓ 可再用。")

    def _drop(self) -> None:
        self._recall.drop(self._query)
        self._end_naming("已取消收藏。")

    def _end_naming(self, word: str) -> None:
        self._dropdown.hide()
        self._box.show_kept(bool(self._recall.name_of(self._box.text())))
        self.word_said.emit(word)
