"""The reporting unit (本单位, ``unit.toml``), and whose a document is (范围)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.document import Metadata
from pipeline.errors import Refusal


class Scope(StrEnum):
    """Whose document it is, as the notice of 2021 divides them (长发改信用发〔2021〕17号, 三（一）)."""

    OWN = "本单位"
    SUBORDINATE = "下属单位"
    ON_BEHALF = "代拟"  # issued in the name of the Party committee or government
    OUTSIDE = "不属本单位"
    NO_UNIT = "未设单位"


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports. ``predecessors`` are dissolved bodies whose documents came to this unit; ``prefixes`` its 机关代字; ``copies_to`` and
    ``printer`` stand at the end of its letters (抄送机关、印发机关)."""

    name: str
    aliases: tuple[str, ...] = ()
    subordinates: tuple[str, ...] = ()
    on_behalf: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    copies_to: tuple[str, ...] = ()
    printer: str = ""


class UnitError(Refusal, ValueError):
    """A unit.toml that can't be used; the message, in Chinese, names the file and the line."""


#: the fields of unit.toml, by their names there
UNIT_FIELDS = {
    "单位名称": "name",
    "别名": "aliases",
    "下属单位": "subordinates",
    "代拟对象": "on_behalf",
    "被撤销机关承继": "predecessors",
    "机关代字": "prefixes",
    "联系人": "contact",
    "电话": "phone",
    "抄送机关": "copies_to",
    "印发机关": "printer",
}
_TEXTS = {"name", "contact", "phone", "printer"}
_BARE_KEY = re.compile(r"^([ \t]*(?:\[\[)?)([\u4e00-\u9fff]+)([ \t]*=|\]\])", re.MULTILINE)
_EXAMPLE = '应写作：单位名称 = "某市某局"'


def load_unit(path: str | Path | None) -> Unit | None:
    """The unit that a unit.toml describes; None for None. Raises FileNotFoundError, UnitError."""
    if path is None:
        return None
    path = Path(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UnitError(f"{path} 第{line}行：不是 UTF-8 编码，请用记事本另存为 UTF-8") from None
    try:
        table = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise UnitError(f"{path} {_where(str(error), text)}：写法有误，文字要放在英文双引号中，{_EXAMPLE}") from None
    values = {_field(key, path, text): value for key, value in table.items()}
    if not isinstance(values.get("name"), str) or not values["name"].strip():
        raise UnitError(f"{path} 第{_line_of('单位名称', text)}行：没有填写单位名称，{_EXAMPLE}")
    fields: dict[str, Any] = {field: _checked(field, value, path, text) for field, value in values.items()}
    return Unit(**fields)


def read_toml(text: str) -> dict[str, Any]:
    """TOML whose Chinese keys need no quotes: TOML 1.0 wants them, a clerk does not, and nothing else could be meant."""
    return tomllib.loads(_BARE_KEY.sub(r'\1"\2"\3', text))


def _where(message: str, text: str) -> str:
    found = re.search(r"line (\d+)", message)
    return f"第{found.group(1) if found else text.count(chr(10)) + 1}行"


def _field(key: str, path: Path, text: str) -> str:
    if key not in UNIT_FIELDS:
        raise UnitError(f"{path} 第{_line_of(key, text)}行：不认识“{key}”，可用的有：{'、'.join(UNIT_FIELDS)}")
    return UNIT_FIELDS[key]


def _line_of(key: str, text: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip(' "[').startswith(key)), 1)


def _checked(field: str, value: object, path: Path, text: str) -> str | tuple[str, ...]:
    name = next(key for key, known in UNIT_FIELDS.items() if known == field)
    if field in _TEXTS:
        if isinstance(value, str):
            return value.strip()
        raise UnitError(f'{path} 第{_line_of(name, text)}行：“{name}”应是文字，如 {name} = "……"')
    values = [value] if isinstance(value, str) else value
    if isinstance(values, list) and all(isinstance(item, str) for item in values):
        return tuple(item.strip() for item in values if item.strip())
    raise UnitError(f'{path} 第{_line_of(name, text)}行：“{name}”应是名称的列表，如 {name} = ["甲", "乙"]')


# Whose a document is

#: What a body's own offices add to its name; anything longer is another body (某市人民政府 / 某市人民政府外事办公室).
_OWN_OFFICE = re.compile(r"(?:办公室|办公厅|党组|党委|机关党委|文件)?")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_PARTY_COMMITTEE = re.compile(r"^(?:中国共产党|中共)[^（）]*?(?:省|市|县|区|旗|镇|乡|街道|州|盟)(?:委员会|工作委员会|工委|委)")
_GOVERNMENT = re.compile(r"人民政府(?:办公室|办公厅)?$")


def scope(metadata: Metadata, unit: Unit | None) -> Scope:
    """Whose the document is. Cases in the order in which they decide; a joint issue is its first issuer's (牵头机关).

    A document that names no issuer is taken for the unit's own: a missed one costs most, and the remark tells the person.
    """
    # 1. nothing to compare with
    if unit is None:
        return Scope.NO_UNIT
    # 2. the unit's own number stands on it
    if _is_own_number(metadata.number, unit):
        return Scope.OWN
    # 3. no issuer found
    if not metadata.issuers:
        return Scope.OWN
    lead = metadata.issuers[0]
    # 4. by the first issuer
    if _is_one_of(lead, (unit.name, *unit.aliases, *unit.predecessors)):
        return Scope.OWN
    if _is_one_of(lead, unit.on_behalf):
        return Scope.ON_BEHALF
    if _is_one_of(lead, unit.subordinates):
        return Scope.SUBORDINATE
    return Scope.OUTSIDE


def scope_remark(metadata: Metadata, unit: Unit | None) -> str:
    """What a person must check about the scope, in Chinese; empty where nothing."""
    whose = scope(metadata, unit)
    if unit is None:
        return ""
    if whose is Scope.ON_BEHALF:
        return "以党委、政府名义印发，需向党委/政府提出清理建议并牵头清理；请核对是否由本单位起草"
    if not metadata.issuers and not _is_own_number(metadata.number, unit):
        return "没有认出发文机关，暂列本单位，请核对"
    ours = (unit.name, *unit.aliases, *unit.predecessors, *unit.subordinates)
    if whose is Scope.OUTSIDE and any(_is_one_of(issuer, ours) for issuer in metadata.issuers[1:]):
        return f"本单位参与联合发文，由牵头机关{metadata.issuers[0]}填报，请与其核对"
    if whose is Scope.OWN and metadata.issuers and _is_one_of(metadata.issuers[0], unit.predecessors):
        return f"原发文机关{metadata.issuers[0]}已撤销，由本单位承继"
    return ""


def in_name_of_party_or_government(metadata: Metadata, unit: Unit | None) -> str:
    """是否以党委、政府名义印发: 是, 否, or 待核 where no issuer was found."""
    if not metadata.issuers:
        return "待核"
    lead = _bare(metadata.issuers[0])
    named = unit is not None and _is_one_of(lead, unit.on_behalf)
    return "是" if named or _PARTY_COMMITTEE.search(lead) or _GOVERNMENT.search(lead) else "否"


def drafter(metadata: Metadata, unit: Unit | None) -> str:
    """责任（起草）单位 as far as the document and the unit tell; empty where nothing on the document says whose it is."""
    if not metadata.issuers and not (unit and _is_own_number(metadata.number, unit)):
        return ""
    if unit is not None and scope(metadata, unit) in (Scope.OWN, Scope.ON_BEHALF):
        return unit.name
    return metadata.issuers[0] if metadata.issuers else ""


def _is_own_number(number: str, unit: Unit) -> bool:
    """Whether the 机关代字 of the number is the unit's: 某发改信用发〔2021〕1号 begins with 某发改."""
    return any(number.startswith(prefix) for prefix in unit.prefixes)


def _is_one_of(issuer: str, names: Iterable[str]) -> bool:
    bare = _bare(issuer)
    return any(_is(bare, _bare(name)) for name in names if name.strip())


def _is(issuer: str, name: str) -> bool:
    """The same body, or its own office: 某市人民政府办公室 for 某市人民政府, 中共某市委办公室 for 中共某市委员会."""
    stem = name.removesuffix("员会") if name.endswith("委员会") else name
    for form in {name, stem, _PARTY.sub("", stem), _PARTY.sub("", name)}:
        for known in {issuer, _PARTY.sub("", issuer)}:
            if form and known.startswith(form) and _OWN_OFFICE.fullmatch(known[len(form) :].removeprefix("员会")):
                return True
    return False


def _bare(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
