"""映射.toml: which column of a form takes which of ours, guessed by the program, corrected by a person."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pipeline.ledger.template.header import Heading
from pipeline.ledger.workbook.columns import column_of, columns
from pipeline.ledger.workbook.read import LedgerError

FILE = "映射.toml"
_NONE = ""
_INTRODUCTION = """\
# 样表的各栏填台账的哪一栏。左边是样表的表头，右边是台账的栏名；不填的写 ""。
# 改好后保存，再运行一次 shixin ledger 即按此填写。换用另一份样表时，本文件会另存，不会丢失。
# 可用的栏名：{names}
"""


def names() -> dict[str, str]:
    """The names that a person may write, by key: the headers of ours without what stands in parentheses."""
    return {column.key: column.header.partition("（")[0] for column in columns() if column.kind != "hidden"}


def corrected(path: Path, template: str, headings: Sequence[Heading]) -> list[Heading]:
    """The headings as 映射.toml says; as guessed where there is none for this form. Raises LedgerError that names the line."""
    said = _read(path)
    if said is None or said.get("样表") != template:
        return list(headings)
    mapped = said.get("对应")
    if not isinstance(mapped, dict):
        raise LedgerError(f"{path}：没有“对应”一节；删去本文件后重新运行，程序会重写")
    made = []
    taken: dict[str, str] = {}
    for heading in headings:
        word = mapped.get(heading.name, names().get(heading.key, _NONE))
        key = column_of(word) if isinstance(word, str) and word.strip() else _NONE
        if key is None or (key and key not in names()):
            raise LedgerError(f"{path}：“{heading.name}”后面的“{word}”不是台账的栏名，可用的有：{'、'.join(names().values())}")
        if key and key in taken:
            raise LedgerError(f"{path}：“{taken[key]}”和“{heading.name}”都对应“{names()[key]}”，只能留一个")
        taken |= {key: heading.name} if key else {}
        made.append(heading._replace(key=key, how=heading.how if key == heading.key else "人工指定"))
    if unknown := [name for name in mapped if name not in {heading.name for heading in headings}]:
        raise LedgerError(f"{path}：样表没有“{unknown[0]}”这一栏，请照样表的表头写")
    return made


def write(path: Path, template: str, sheet: str, headings: Sequence[Heading]) -> None:
    """Write the mapping; one that was made for another form is set aside."""
    said = _read(path)
    if said is not None and said.get("样表") != template:
        path.rename(path.with_name(f"{path.stem}（{Path(str(said.get('样表') or '旧')).stem}）.toml"))
    lines = [_INTRODUCTION.format(names="、".join(names().values()))]
    lines += [f"{_quoted('样表')} = {_quoted(template)}", f"{_quoted('工作表')} = {_quoted(sheet)}", "", f"[{_quoted('对应')}]"]
    lines += [f"{_quoted(heading.name)} = {_quoted(names().get(heading.key, _NONE))}" for heading in headings]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _read(path: Path) -> dict | None:
    if not path.is_file():
        return None
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LedgerError(f"{path}：写法有误（{error}）；文字要放在英文双引号中。改好或删去本文件后重新运行") from error
