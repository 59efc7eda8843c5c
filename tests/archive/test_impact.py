"""What a changed table of authorities touches, told before anything changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive import scan
from pipeline.archive.impact import impact
from pipeline.extract.authorities.registry_check import check_registry

NOTICE = (
    "云州市财政局关于加强政府采购诚信管理的通知\n云财采〔2020〕7号\n各采购单位：\n"
    "一、供应商提供虚假材料谋取中标的，依照《中华人民共和国政府采购法》第七十七条列入不良行为记录名单，"
    "在一至三年内禁止参加政府采购活动。\n云州市财政局\n2020年5月8日"
)


def test_a_repealed_basis_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    archive, out = tmp_path / "档案", tmp_path / "out"
    archive.mkdir()
    (archive / "a.txt").write_text(NOTICE, encoding="utf-8")
    scan(archive, out, 1, as_of="2021-01-25")
    table = tmp_path / "依据.csv"
    table.write_text(
        "名称,效力级别,状态,废止日期,替代文件\n中华人民共和国政府采购法,法律,废止,2020-12-31,政府采购新法\n", encoding="utf-8"
    )
    before = (out / "scan.sqlite").read_bytes()
    changes = impact(out, table)
    assert any("政府采购新法" in change.after and "政府采购新法" not in change.before for change in changes)
    assert (out / "scan.sqlite").read_bytes() == before
    assert impact(out, empty(tmp_path)) == []


def empty(folder: Path) -> Path:
    path = folder / "空.csv"
    path.write_text("名称,效力级别\n", encoding="utf-8")
    return path


def test_without_a_scan_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        impact(tmp_path, empty(tmp_path))


def test_the_registry_tells_its_coverage_and_doubts() -> None:
    state = check_registry()
    assert state.levels["法律"] > 300 and state.articles_checked > 500
    assert "山西省" not in state.without_credit_act and "安徽省" in state.without_credit_act
    assert all(doubt for _, doubt in state.doubts)
