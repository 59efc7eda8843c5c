"""The review in a notebook (复核): a list of documents, the one that is open, and the buttons of decision.

Every decision is kept at once (`pipeline.archive.decide`): closing the notebook, or a crash, loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Protocol

from ipywidgets import HTML, Box, Button, Dropdown, HBox, IntProgress, Layout, Select, Textarea, VBox

from pipeline.archive import CHOICES, StoreInUse, decide
from pipeline.document import Function
from pipeline.ledger import NOT_LISTED, LedgerError
from pipeline.review.display import Shown
from pipeline.review.queue import LABELS, Item, Pick, State, next_open, picked, progress

ANY = "全部环节"
_STYLES = {"保留": "success", "修订": "warning", "立法": "info", "废止": "danger", NOT_LISTED: ""}
_TITLE_SHOWN = 24


class Reviewed(Protocol):
    """What is reviewed: an output folder, its documents as they stand, and a view of each."""

    out: Path

    @property
    def items(self) -> list[Item]: ...

    def show(self, document: str) -> Shown: ...


class ReviewWidget:
    """The review of one scan. Its parts are attributes, so that a notebook or a test can set and click them."""

    def __init__(self, scan: Reviewed):
        self._scan = scan
        self._items = scan.items
        self.pick = _dropdown(Pick, "范围：")
        self.state = _dropdown([State.ANY, State.OPEN, State.DECIDED], "进度：")
        self.function = _dropdown([ANY, *Function], "环节：")
        self.list = Select(rows=24, layout=Layout(width="380px", flex="0 0 380px", height="640px"))
        self.view = HTML(layout=Layout(width="100%"))
        self.note = Textarea(
            placeholder="复核意见（可不填，写入台账备注）：先写意见，再点决定",
            continuous_update=False,
            layout=Layout(width="auto", height="52px"),
        )
        self.buttons = {
            choice: _button(LABELS.get(choice, choice), _STYLES[choice], self._deciding(choice)) for choice in CHOICES
        }
        self.undo = _button("撤销决定", "", self._deciding(""))
        self.previous = _button("上一个", "", lambda _: self._step(-1))
        self.next = _button("下一个", "", lambda _: self._step(1))
        self.bar = IntProgress(min=0, layout=Layout(width="160px", margin="6px 8px 0 8px"))
        self.said = HTML()
        self._drafts: dict[str, str] = {}  # notes on documents that are not decided yet
        self._filling = False
        for control in (self.pick, self.state, self.function):
            control.observe(lambda _: self._fill(), names="value")
        self.list.observe(lambda _: self._open(), names="value")
        self.note.observe(lambda _: self._noted(), names="value")
        self._fill()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        head = HBox([self.pick, self.state, self.function, self.bar, self.said], layout=Layout(flex_flow="row wrap"))
        decisions = HBox([*self.buttons.values(), self.undo, self.previous, self.next], layout=Layout(flex_flow="row wrap"))
        page = Box([self.view], layout=Layout(height="528px", overflow="auto", border="1px solid #d5dbe3"))
        right = VBox([page, self.note, decisions], layout=Layout(flex="1 1 auto", width="auto", min_width="0"))
        display(VBox([head, HBox([self.list, right], layout=Layout(width="100%"))]))

    @property
    def item(self) -> Item | None:
        """The document that is open; None where no document passes the filters."""
        return next((item for item in self._items if item.document_id == self.list.value), None)

    def open(self, document_id: str) -> None:
        """Open a document of the list."""
        self.list.value = document_id

    # what the controls do

    def _shown(self) -> list[Item]:
        function = "" if self.function.value == ANY else self.function.value
        return picked(self._items, Pick(self.pick.value), State(self.state.value), function)

    def _fill(self, go_to: str | None = None) -> None:
        """Fill the list by the filters; stay where the person was, if that still passes."""
        shown, stay = self._shown(), go_to or self.list.value
        ids = [item.document_id for item in shown]
        self._filling = True  # new options select the first of them; that must not open it
        self.list.options = [(_line(number, item), item.document_id) for number, item in enumerate(shown, 1)]
        self.list.value = stay if stay in ids else next(iter(ids), None)
        self._filling = False
        self._open()

    def _open(self) -> None:
        if self._filling:
            return
        item = self.item
        self.view.value = self._view(item) if item else "<p>没有符合条件的文件。</p>"
        self.note.value = self._drafts.get(item.document_id, item.note) if item else ""
        for button in (*self.buttons.values(), self.undo, self.previous, self.next):
            button.disabled = item is None
        for choice, button in self.buttons.items():
            button.icon = "check" if item and item.decision == choice else ""
        self._tell()

    def _view(self, item: Item) -> str:
        try:
            return str(self._scan.show(item.document_id))
        except StoreInUse:
            return "<p>正在扫描，扫描完成后才能查看。</p>"

    def _tell(self, sentence: str = "") -> None:
        """How far the review has come (已决定 x/y), and what was just done or refused."""
        done, of = progress(picked(self._items, Pick.FLAGGED))
        self.bar.max, self.bar.value = max(of, 1), done
        outside = len(picked(self._items, Pick.OUTSIDE))
        others = f"（另有 {outside} 个不属本单位）" if outside else ""
        self.said.value = f"命中文件已决定 {done}/{of}{others}　{escape(sentence)}"

    def _deciding(self, choice: str) -> Callable[[Button], None]:
        return lambda _: self._decide(choice)

    def _decide(self, choice: str) -> None:
        item = self.item
        if item is None or not self._keep(item, choice):
            return
        following = next_open(self._shown(), item.document_id) if choice else None
        self._fill(following.document_id if following else item.document_id)
        self._tell(f"已保存：{_short(item.title or item.path)} → {choice or '撤销决定'}")

    def _noted(self) -> None:
        """A note on a decided document is kept at once; on another it waits for the decision."""
        item = self.item
        if item is None or self.note.value == item.note:
            return
        if not item.decision:
            self._drafts[item.document_id] = self.note.value
        elif self._keep(item, item.decision):
            self._tell(f"已保存意见：{_short(item.title or item.path)}")

    def _keep(self, item: Item, choice: str) -> bool:
        """Keep the decision and the note as written; where that fails, say so and change nothing."""
        try:
            decide(self._scan.out, item.document_id, choice, self.note.value)
        except StoreInUse:
            self._tell("没有保存：正在扫描，请等扫描完成后再点")
            return False
        except (LedgerError, OSError) as error:
            self._tell(f"没有保存：{error}")
            return False
        except KeyError:
            self._tell("没有保存：该文件已不在扫描结果中，请重新打开")
            return False
        # taken back: what the confirmed ledger says, if anything, holds again
        now = replace(item, decision=choice, note=self.note.value) if choice else self._reread(item)
        self._items = [now if each.document_id == item.document_id else each for each in self._items]
        self._drafts.pop(item.document_id, None)
        return True

    def _reread(self, item: Item) -> Item:
        return next(each for each in self._scan.items if each.document_id == item.document_id)

    def _step(self, by: int) -> None:
        ids = [value for _, value in self.list.options]
        if self.list.value in ids:
            self.list.value = ids[max(0, min(len(ids) - 1, ids.index(self.list.value) + by))]


def _dropdown(options: Iterable[str], label: str) -> Dropdown:
    style = {"description_width": "44px"}
    return Dropdown(options=[str(option) for option in options], description=label, style=style, layout=Layout(width="220px"))


def _button(label: str, style: str, clicked: Callable[[Button], None]) -> Button:
    button = Button(description=label, button_style=style, layout=Layout(width="auto"))
    button.on_click(clicked)
    return button


def _line(number: int, item: Item) -> str:
    """A line of the list: number, decision, title."""
    name = item.title or item.path.replace("!", "/").rpartition("/")[2]
    return f"{number}. {f'【{item.decision}】' if item.decision else ''}{_short(name)}"


def _short(name: str) -> str:
    return name if len(name) <= _TITLE_SHOWN else name[:_TITLE_SHOWN] + "……"
