"""unit.toml as clerks write it, and whose a document is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document import Metadata
from pipeline.ledger import Scope, UnitError, load_unit, scope

TEXT = '单位名称 = "云州市水务局"\n别名 = ["市水务局"]\n下属单位 = ["云州市水文站"]\n代拟对象 = ["云州市人民政府"]\n'


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "unit.toml"
    path.write_text(text, encoding=encoding)
    return path


def test_chinese_keys_need_no_quotes(tmp_path: Path) -> None:
    unit = load_unit(written(tmp_path, TEXT))
    assert unit is not None
    assert (unit.name, unit.subordinates) == ("云州市水务局", ("云州市水文站",))


def test_a_byte_order_mark_from_notepad_is_no_error(tmp_path: Path) -> None:
    unit = load_unit(written(tmp_path, TEXT, "utf-8-sig"))
    assert unit is not None and unit.name == "云州市水务局"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("别名 = []\n", "单位名称"), ('单位名称 = "甲局"\n电邮 = "x"\n', "电邮"), ("单位名称 = 甲局\n", "双引号")],
)
def test_errors_say_in_chinese_what_to_write(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(UnitError, match=expected):
        load_unit(written(tmp_path, text))


@pytest.mark.parametrize(
    ("issuers", "expected"),
    [
        (["云州市水务局"], Scope.OWN),
        (["市水务局"], Scope.OWN),
        (["云州市水文站"], Scope.SUBORDINATE),
        (["云州市人民政府"], Scope.ON_BEHALF),
        (["某省水利厅"], Scope.OUTSIDE),
    ],
)
def test_scope_follows_the_issuer(tmp_path: Path, issuers: list[str], expected: Scope) -> None:
    assert scope(Metadata(issuers=issuers), load_unit(written(tmp_path, TEXT))) is expected


def test_without_a_unit_nothing_is_put_aside() -> None:
    assert scope(Metadata(issuers=["某省水利厅"]), None) is Scope.NO_UNIT
