"""The check of a draft: what is listed, how it is told, and where the comments land in a copy of the DOCX."""

import json
from dataclasses import replace

import docx
import pytest
from drafts import city, screened

from pipeline.assess.check import check, comment_docx, render_dict, render_text
from pipeline.document import Level, Proposal

LINES = [
    ("第一条", "第一条 为加强管理，制定本办法。", ()),
    ("第二条", "第二条 对失信企业，取消评优资格。", ("惩戒",)),
    ("第三条", "第三条 依照《中华人民共和国政府采购法》第七十七条，三年内禁止参加政府采购活动。", ("惩戒",)),
    ("表1第2行", "爽约行为\t扣减信用积分十分", ("惩戒",)),
]


@pytest.fixture
def report():
    return check(screened(LINES, city("长治市工业企业诚信管理办法")))


@pytest.fixture
def draft(tmp_path):
    document = docx.Document()
    document.add_paragraph("长治市工业企业诚信管理办法")
    document.add_paragraph("为加强管理，制定本办法。")
    document.add_paragraph("对失信企业，取消").add_run("评优资格。")
    document.add_paragraph("依照《中华人民共和国政府采购法》第七十七条，三年内禁止参加政府采购活动。")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "爽约行为", "扣减信用积分十分"
    path = tmp_path / "草案.docx"
    document.save(str(path))
    return path


def anchored(path):
    """comment id -> text of the paragraph in which its range begins."""
    body = docx.Document(str(path)).element.body
    ns = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return {
        mark.get(f"{ns}id"): "".join(node.text or "" for node in mark.getparent().iter(f"{ns}t"))
        for mark in body.iter(f"{ns}commentRangeStart")
    }


def test_only_measures_without_a_qualified_basis_fail(report):
    assert not report.passed
    assert {item.label for item in report.failed} == {"第二条", "表1第2行"}


def test_text_names_clause_page_words_and_rule(report):
    text = render_text(report)
    assert "第二条（第1页" in text and "取消评优资格" in text and "国办发〔2020〕49号" in text


def test_clean_draft_passes():
    clean = check(screened(LINES[:1] + LINES[2:3], city("长治市采购办法")))
    assert clean.passed and "没有发现" in render_text(clean)


def test_dict_goes_through_json(report):
    plain = json.loads(json.dumps(render_dict(report), ensure_ascii=False))
    assert plain["passed"] is False and len(plain["failed"]) == len(report.failed)


def test_comments_land_on_the_paragraphs_though_numbering_and_runs_differ(report, draft, tmp_path):
    target = tmp_path / "草案（批注）.docx"
    before = draft.read_bytes()
    assert comment_docx(draft, report, target) == len(report.failed) + len(report.doubtful)
    assert draft.read_bytes() == before
    places = set(anchored(target).values())
    assert "对失信企业，取消评优资格。" in places
    assert "扣减信用积分十分" in places
    assert "长治市工业企业诚信管理办法" not in places


def test_comment_that_finds_no_paragraph_goes_to_the_title_and_says_so(report, tmp_path):
    other = docx.Document()
    other.add_paragraph("另一份文件")
    source, target = tmp_path / "a.docx", tmp_path / "b.docx"
    other.save(str(source))
    comment_docx(source, report, target)
    assert set(anchored(target).values()) == {"另一份文件"}
    assert all("未能定位" in comment.text for comment in docx.Document(str(target)).comments)


def test_the_draft_itself_is_never_written_over(report, draft):
    with pytest.raises(ValueError, match="副本"):
        comment_docx(draft, report, draft)


def test_proposals_are_shown_with_their_source(report):
    proposal = Proposal("某法", "第九条", Level.LAW, "同一领域", 1.0, "供人工核对")
    item = replace(report.failed[0], proposals=(proposal,))
    text = render_text(replace(report, failed=(item,)))
    assert "《某法》第九条（法律）" in text and "供人工核对" in text
