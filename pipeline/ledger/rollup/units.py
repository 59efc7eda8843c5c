"""The list of units (单位.csv): who must report, at which level, under whom."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import Refusal

_COLUMNS = {
    "unit": ("单位", "单位名称", "填报单位", "名称"),
    "level": ("层级", "级别", "级次"),
    "parent": ("上级", "上级单位", "汇总单位", "主管单位"),
    "aliases": ("别名", "简称"),
}
#: From the lowest up; a parent stands above its units.
_RANKS = {"村": 0, "社区": 0, "乡镇": 1, "街道": 1, "镇": 1, "乡": 1, "县区": 2, "县": 2, "区": 2, "县级": 2, "市": 3, "地市": 3, "市级": 3, "省": 4, "省级": 4}  # fmt: skip


class UnitListError(Refusal, ValueError):
    """A list of units that can't be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of the list; ``parent`` is the name of the unit that gathers its ledger, empty at the top."""

    name: str
    level: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units in the order of the list; ``names`` maps every bare name to the unit's own."""

    members: tuple[Member, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def own_name(self, name: str) -> str:
        """A unit as the list names it; as it was written where the list does not have it."""
        return self.names.get(bare(name), name)

    def level_of(self, name: str) -> str:
        return next((member.level for member in self.members if member.name == name), "")

    def below(self, name: str) -> set[str]:
        """A unit with all that report through it."""
        found, waiting = {name}, [name]
        while waiting:
            parent = waiting.pop()
            new = {member.name for member in self.members if member.parent == parent} - found
            found |= new
            waiting.extend(new)
        return found


def bare(text: str) -> str:
    """A name or number without what typists change."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def load_units(path: str | Path) -> UnitList:
    """Read 单位.csv (UTF-8 or the GB18030 that Excel writes). Raises FileNotFoundError, UnitListError with the line."""
    path = Path(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    head = [cell.strip() for cell in lines[0]] if lines else []
    places = {key: next((head.index(name) for name in names if name in head), None) for key, names in _COLUMNS.items()}
    if places["unit"] is None:
        raise UnitListError(f"{path} 第1行：没有“单位”列；应有 单位,层级,上级 三列（可加 别名）")
    members = []
    for number, cells in enumerate(lines[1:], 2):

        def of(key: str, cells: list[str] = cells) -> str:
            place = places[key]
            return cells[place].strip() if place is not None and place < len(cells) else ""

        if not any(cell.strip() for cell in cells):
            continue
        if not of("unit"):
            raise UnitListError(f"{path} 第{number}行：没有填写单位名称")
        members.append(
            (number, Member(of("unit"), of("level"), of("parent"), tuple(filter(None, re.split("[、;；|]", of("aliases"))))))
        )
    return _checked(path, members)


def _checked(path: Path, numbered: list[tuple[int, Member]]) -> UnitList:
    names: dict[str, str] = {}
    for number, member in numbered:
        for name in (member.name, *member.aliases):
            if names.get(bare(name), member.name) != member.name or (name == member.name and bare(name) in names):
                raise UnitListError(f"{path} 第{number}行：“{name}”出现两次")
            names[bare(name)] = member.name
    by_name = {member.name: member for _, member in numbered}
    made = []
    for number, member in numbered:
        parent = names.get(bare(member.parent), "") if member.parent else ""
        if member.parent and not parent:
            raise UnitListError(f"{path} 第{number}行：上级“{member.parent}”不在名单中")
        above, below = _RANKS.get(by_name[parent].level) if parent else None, _RANKS.get(member.level)
        if above is not None and below is not None and above < below:
            raise UnitListError(
                f"{path} 第{number}行：上级“{parent}”的层级（{by_name[parent].level}）低于“{member.name}”（{member.level}）"
            )
        made.append(Member(member.name, member.level, parent, member.aliases))
    for (number, _), member in zip(numbered, made, strict=True):
        if _in_circle(member, {each.name: each for each in made}):
            raise UnitListError(f"{path} 第{number}行：“{member.name}”的上级又归到它自己")
    return UnitList(tuple(made), names)


def _in_circle(member: Member, by_name: dict[str, Member]) -> bool:
    at, steps = member, 0
    while at.parent and steps <= len(by_name):
        at, steps = by_name[at.parent], steps + 1
    return steps > len(by_name)
