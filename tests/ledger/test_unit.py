"""The unit's file, and whose a document is."""

from __future__ import annotations

import pytest

from pipeline.document import Metadata
from pipeline.ledger import Scope, UnitError, load_unit, scope
from pipeline.ledger.unit import drafter, in_name_of_party_or_government, scope_remark
from tests.ledger.ledger_samples import UNIT

FULL = """单位名称 = "云河市水务局"
别名 = ["市水务局"]
下属单位 = ["云河市水库管理处"]
代拟对象 = ["云河市人民政府"]
被撤销机关承继 = ["云河市水利局"]
机关代字 = ["云水"]
联系人 = "某某"
电话 = "1234567"
"""


def test_a_full_unit_file_is_read(tmp_path):
    (tmp_path / "unit.toml").write_text(FULL, encoding="utf-8-sig")
    unit = load_unit(tmp_path / "unit.toml")
    assert unit is not None and unit.name == "云河市水务局" and unit.predecessors == ("云河市水利局",)
    assert load_unit(None) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('别名 = ["甲"]\n', "没有填写单位名称"),
        ('单位名称 = "甲"\n简称 = "乙"\n', "第2行：不认识“简称”"),
        ('单位名称 = "甲"\n别名 = 3\n', "第2行：“别名”应是名称的列表"),
        ("单位名称 = 甲\n", "第1行：写法有误"),
        ('单位名称 = "甲"\n别名 = ["乙"\n', "写法有误"),
    ],
)
def test_a_wrong_unit_file_is_told_by_its_line(tmp_path, text, message):
    (tmp_path / "unit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnitError, match=message):
        load_unit(tmp_path / "unit.toml")


def test_a_unit_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "unit.toml").write_bytes('# 注\n单位名称 = "甲"\n'.encode("gb18030"))
    with pytest.raises(UnitError, match="UTF-8"):
        load_unit(tmp_path / "unit.toml")


@pytest.mark.parametrize(
    ("issuers", "number", "expected"),
    [
        (["云河市住房和城乡建设局"], "", Scope.OWN),
        (["市住建局"], "", Scope.OWN),
        (["云河市住房和城乡建设局办公室"], "", Scope.OWN),
        (["云河市建设委员会"], "", Scope.OWN),
        ([], "", Scope.OWN),
        (["不认识的名称"], "云住建发〔2018〕1号", Scope.OWN),
        (["云河市房产交易中心"], "", Scope.SUBORDINATE),
        (["云河市人民政府"], "", Scope.ON_BEHALF),
        (["云河市人民政府办公室"], "", Scope.ON_BEHALF),
        (["中共云河市委员会"], "", Scope.ON_BEHALF),
        (["中共云河市委办公室"], "", Scope.ON_BEHALF),
        (["云河市人民政府外事办公室"], "", Scope.OUTSIDE),
        (["北岭省住房和城乡建设厅"], "", Scope.OUTSIDE),
        (["云河市发展和改革委员会", "云河市住房和城乡建设局"], "", Scope.OUTSIDE),
        (["云河市住房和城乡建设局", "云河市发展和改革委员会"], "", Scope.OWN),
    ],
)
def test_whose_a_document_is(issuers, number, expected):
    assert scope(Metadata(issuers=issuers, number=number), UNIT) is expected


def test_without_a_unit_nothing_is_told_apart():
    assert scope(Metadata(issuers=["甲局"]), None) is Scope.NO_UNIT


@pytest.mark.parametrize(
    ("issuers", "words"),
    [
        (["云河市人民政府"], "需向党委/政府提出清理建议"),
        ([], "没有认出发文机关"),
        (["云河市发展和改革委员会", "市住建局"], "由牵头机关云河市发展和改革委员会填报"),
        (["云河市建设委员会"], "已撤销"),
        (["市住建局"], ""),
    ],
)
def test_what_a_person_must_check_is_said(issuers, words):
    remark = scope_remark(Metadata(issuers=issuers), UNIT)
    assert words in remark and bool(remark) == bool(words)


@pytest.mark.parametrize(
    ("issuers", "expected"),
    [
        (["云河市人民政府"], "是"),
        (["中共南山县委办公室"], "是"),
        (["云河市教育局"], "否"),
        (["云河市发展和改革委员会"], "否"),
        ([], "待核"),
    ],
)
def test_in_name_of_party_or_government(issuers, expected):
    assert in_name_of_party_or_government(Metadata(issuers=issuers), None) == expected


def test_drafter_of_a_document_for_the_government_is_the_unit():
    assert drafter(Metadata(issuers=["云河市人民政府"]), UNIT) == UNIT.name
    assert drafter(Metadata(issuers=["云河市房产交易中心"]), UNIT) == "云河市房产交易中心"


def test_no_drafter_is_named_where_nothing_on_the_document_says_whose_it_is():
    assert drafter(Metadata(), UNIT) == ""
    assert drafter(Metadata(number="云住建发〔2018〕1号"), UNIT) == UNIT.name
