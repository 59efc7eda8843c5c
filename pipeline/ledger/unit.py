"""The unit (本单位) that fills in the ledger, and whose document a document is (DOMAIN.md 1: the notice's scope)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pipeline.document import Metadata


class Scope(StrEnum):
    """Whose document it is. The first four belong on the unit's ledger."""

    OWN = "本单位"
    SUBORDINATE = "下属单位"
    ON_BEHALF = "代党委、政府起草"
    UNSET = "未设置单位"
    OTHER = "不属本单位"


class UnitError(Exception):
    """A unit.toml that can't be used; the message says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What unit.toml says: the unit's name, aliases, subordinate bodies, and whom it drafts for."""

    name: str
    aliases: list[str] = field(default_factory=list)
    subordinates: list[str] = field(default_factory=list)
    on_behalf_of: list[str] = field(default_factory=list)


_KEYS = {"单位名称": "name", "别名": "aliases", "下属单位": "subordinates", "代拟对象": "on_behalf_of"}


def load_unit(path: str | Path | None) -> Unit | None:
    """Read a unit.toml; None where none is given. Raises UnitError."""
    if path is None:
        return None
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UnitError(f"找不到单位设置文件：{path}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnitError(f"{path} 格式有误：{error}。请检查引号和方括号，并保存为 UTF-8 编码。") from error
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise UnitError(f"{path} 中有不认识的项：{'、'.join(unknown)}。可用的项：{'、'.join(_KEYS)}。")
    if not isinstance(table.get("单位名称"), str) or not table["单位名称"].strip():
        raise UnitError(f"{path} 缺少“单位名称”。")
    for key in ("别名", "下属单位", "代拟对象"):
        if not all(isinstance(name, str) for name in table.get(key, [])) or isinstance(table.get(key, []), str):
            raise UnitError(f'{path} 中的“{key}”应写成列表，如 {key} = ["某某局"]。')
    return Unit(**{_KEYS[key]: value for key, value in table.items()})


def scope_of(metadata: Metadata, unit: Unit | None) -> Scope:
    """Whose document this is. One with unknown issuer stays on the unit's own ledger: a missed row costs more."""
    if unit is None:
        return Scope.UNSET
    issuers = metadata.issuers
    if not issuers or _named(issuers, [unit.name, *unit.aliases]):
        return Scope.OWN
    if _named(issuers, unit.subordinates):
        return Scope.SUBORDINATE
    return Scope.ON_BEHALF if _named(issuers, unit.on_behalf_of) else Scope.OTHER


def _named(issuers: list[str], names: list[str]) -> bool:
    return any(issuer == name or issuer == name.removesuffix("办公室") for issuer in issuers for name in names)
