"""The calendar of the work (日程): what the notice asks by when, and what of it is done, due or late."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import Refusal
from pipeline.ledger.unit import read_toml

FILE = "日程.toml"
SHIPPED = Path(__file__).with_name("timetable.toml")
#: The item that a seal settles; the others are done when a person says so.
LEDGER = "报送函"
_ITEM = ("名称", "期限", "办法", "出处")


class TimetableError(Refusal, ValueError):
    """A calendar that can't be used; the message, in Chinese, names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to hand in. ``by`` is the kind of letter that does it (shixin draft), ``source`` where the notice asks it."""

    name: str
    due: date
    by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The notice, to whom the unit reports, and the items by date. ``shipped``: not set by the unit."""

    notice: str
    number: str
    to: str
    items: tuple[Item, ...]
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as it stands on a day. ``done`` is the day on which it was done, None where it is not."""

    item: Item
    done: date | None
    today: date

    @property
    def state(self) -> str:
        """One of 已完成, 迟完成, 逾期, 今天到期, 未到期."""
        if self.done:
            return "已完成" if self.done <= self.item.due else "迟完成"
        left = (self.item.due - self.today).days
        return "逾期" if left < 0 else "今天到期" if left == 0 else "未到期"

    @property
    def said(self) -> str:
        """The state in words, with the days."""
        days = abs(((self.done or self.today) - self.item.due).days)
        return {
            "已完成": f"已完成（{self.done}）",
            "迟完成": f"已完成（{self.done}，迟 {days} 天）",
            "逾期": f"逾期 {days} 天",
            "今天到期": "今天到期",
            "未到期": f"还有 {days} 天",
        }[self.state]


def load_timetable(out: str | Path | None = None) -> Timetable:
    """The calendar of an output folder (日程.toml), else the one of the notice of 2021. Raises TimetableError."""
    own = Path(out) / FILE if out is not None else None
    path = own if own and own.is_file() else SHIPPED
    try:
        table = read_toml(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise TimetableError(f"{path}：不是 UTF-8 编码，请用记事本另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise TimetableError(f"{path}：写法有误（{error}），请对照默认日程修改") from None
    items = [_item(path, number, each) for number, each in enumerate(table.get("事项", []), 1)]
    if not items:
        raise TimetableError(f"{path}：没有任何事项，应有 [[事项]] 名称、期限")
    notice, number, to = (str(table.get(key, "")).strip() for key in ("通知名称", "文号", "报送机关"))
    return Timetable(notice, number, to, tuple(sorted(items, key=lambda item: item.due)), shipped=path == SHIPPED)


def _item(path: Path, number: int, said: Mapping[str, Any]) -> Item:
    if unknown := [key for key in said if key not in _ITEM]:
        raise TimetableError(f"{path} 第{number}个事项：不认识“{unknown[0]}”，可用的有：{'、'.join(_ITEM)}")
    name, due = str(said.get("名称", "")).strip(), said.get("期限")
    if not name or type(due) is not date:
        raise TimetableError(f'{path} 第{number}个事项：应写明 名称 = "……" 和 期限 = 2021-03-20')
    return Item(name, due, str(said.get("办法", "")), str(said.get("出处", "")))


def standings(timetable: Timetable, done: Mapping[str, date], today: date) -> list[Standing]:
    """Each item as it stands; ``done`` maps names of items to days."""
    return [Standing(item, done.get(item.name), today) for item in timetable.items]


def next_item(listed: Sequence[Standing], by: str) -> Standing | None:
    """The first item of a kind that is not done yet, else the last of that kind."""
    of_kind = [each for each in listed if each.item.by == by]
    return next((each for each in of_kind if not each.done), of_kind[-1] if of_kind else None)
