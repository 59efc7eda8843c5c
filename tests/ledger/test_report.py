"""The report: self-contained, safe, and its sums tie."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from pipeline.ledger import NearMiss, build_rows, write_report
from tests.ledger.ledger_samples import FACTS, NO_TROUBLE, UNIT, entries

ROWS = build_rows(entries(), UNIT)


@pytest.fixture
def page(tmp_path) -> str:
    doubtful = [NearMiss("2012/要点.doc", "关于<b>诚信</b>的要点", 0.31)]
    write_report(ROWS, tmp_path / "report.html", UNIT, FACTS, NO_TROUBLE, doubtful)
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_nothing_is_fetched_and_only_our_own_script_runs(page):
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert not re.search(r"<(?:link|img|iframe|object)|@import|url\(|src=|href=\"(?!#)", page.replace(script, ""))
    allowed = re.findall(r"script-src 'sha256-([^']+)'", page)
    assert allowed == [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()]


def test_hostile_text_is_shown_and_not_run(page):
    assert (
        "&lt;script&gt;" in page and "<script>alert" not in page and page.count("<script") == 1 and "关于&lt;b&gt;诚信" in page
    )


def test_every_flagged_document_is_there_with_its_evidence_marked(page):
    assert page.count('<article class="document"') == len(ROWS)
    assert "<mark>失信</mark>" in page and "第十条" in page


def test_sums_tie(page):
    table = page[page.index("二、机器建议") : page.index("三、涉及环节")]
    numbers = [list(map(int, re.findall(r'class="n">(\d+)<', line))) for line in table.splitlines() if 'class="n">' in line]
    *parts, total = [line for line in numbers if len(line) == 3]
    assert total == [sum(column) for column in zip(*parts, strict=True)] and total[2] == len(ROWS)
    assert f"发现 {FACTS.found} ＝" in page


def test_problems_and_near_misses_are_listed(page):
    assert "2013/扫描件.pdf" in page and "没有文字层" in page and "2012/要点.doc" in page and "0.31" in page


def test_personal_numbers_are_not_in_the_report(page):
    assert "5551234" not in page and "zhang.xm" not in page and "张小明" not in page


def test_without_a_unit_and_without_a_document_the_report_says_so(tmp_path):
    write_report([], tmp_path / "report.html", None, FACTS, [])
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "未设置 unit.toml" in page and "打印空表" in page
