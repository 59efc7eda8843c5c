"""Repair needs no basis, but only what speaks of repair is repair."""

import pytest
from drafts import city, screened

from pipeline.document import Verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("纠正失信行为满六个月的，可以申请信用修复。", Verdict.CONFORMS),
        ("信用修复后，停止公示有关信息。", Verdict.CONFORMS),
        ("对失信的投标人，在评标中给予相应扣分。", Verdict.PERSON),
    ],
)
def test_only_words_of_repair_conform_without_a_basis(text, verdict):
    found = screened([("第九条", text, ("修复",))], city("长治市信用管理办法"))
    assert {finding.verdict for finding in found.findings} == {verdict}
