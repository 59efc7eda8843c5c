"""Rows from screenings: lines, evidence, ids, privacy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Clause, Disposition, Measure, Span, Verdict
from pipeline.ledger import Entry, build_rows
from pipeline.ledger.mask import mask
from pipeline.ledger.quotation import ELLIPSIS, quotation
from tests.ledger.ledger_samples import UNIT, document, entries


def _rows():
    return {row.title: row for row in build_rows(entries(), UNIT)}


def test_only_flagged_documents_become_rows():
    entry = entries()[0]
    unflagged = Entry(replace(entry.screening, flagged=False), entry.places)
    assert build_rows([unflagged], UNIT) == []


def test_a_document_is_a_row_and_its_measures_are_lines_in_text_order():
    row = next(row for title, row in _rows().items() if "建筑市场主体" in title)
    assert [line.functions for line in row.details] == ["认定", "惩戒", "公开", "修复"]
    assert [line.measure for line in row.details] == ["", "限制市场或行业准入", "共享公示失信信息", ""]
    assert row.details[1].content.startswith("第九条（第1页）\n“列入失信名单")
    assert row.details[3].content.startswith("第十一条（第2页）")
    assert row.details[1].bases == "《中华人民共和国政府采购法》第七十七条［法律；现行有效］（引于本条）"
    assert [line.verdict for line in row.details] == ["不符合", "符合", "不符合", "符合"]


def test_the_general_reason_stands_on_the_first_line_only_and_each_line_has_its_own():
    row = next(row for title, row in _rows().items() if "建筑市场主体" in title)
    assert row.details[0].reason.startswith("4项中有2项")
    assert not any("4项中有2项" in line.reason for line in row.details[1:])
    assert "国办发〔2020〕49号（九）" in row.details[2].reason
    assert "可核对能否作为依据：《中华人民共和国建筑法》第七十六条" in row.details[2].reason


def test_places_of_duplicates_are_kept_beside_the_remark_which_is_reported():
    row = next(row for title, row in _rows().items() if "建筑市场主体" in title)
    assert {"备份/旧硬盘.zip!2018/27号（终稿）.doc", "备份/27号复印.pdf"} < set(row.places)
    assert not any(place in row.remark for place in row.places)


def test_phone_name_and_mail_of_a_contact_are_hidden_and_the_rest_is_exact():
    row = next(row for title, row in _rows().items() if "建筑市场主体" in title)
    quoted = row.details[2].content
    assert "张小明" not in quoted and "5551234" not in quoted and "zhang.xm" not in quoted
    assert "公开期限为两年，包括企业名称、法定代表人姓名和失信事由。" in quoted


def test_files_without_fixed_pages_are_said_to_have_none():
    row = next(row for title, row in _rows().items() if "物业服务" in title)
    assert row.details[0].content.startswith("三、（一）（未分页）")


def test_a_missing_title_is_the_file_name_and_is_told():
    screening = entries()[3].screening
    bare = replace(screening, metadata=replace(screening.metadata, title=""))
    row = build_rows([Entry(bare, ["甲/乙.zip!丙/关于某事的通知.doc"])], None)[0]
    assert row.title == "关于某事的通知" and "暂用文件名" in row.remark


def test_a_flag_without_a_clause_has_a_line_that_asks_a_person_to_read():
    screening = entries()[3].screening
    bare = replace(screening, findings=(), clauses=tuple(replace(c, functions={}) for c in screening.clauses))
    row = build_rows([Entry(bare, ["x.pdf"])], None)[0]
    assert [line.verdict for line in row.details] == ["需人工判断"] and "人工通读" in row.details[0].content


def test_row_ids_do_not_move_when_another_clause_is_found_before():
    def screened(lines):
        paragraphs = ["第一条　对失信企业公开曝光。", "第二条　对失信企业禁止投标的处理。"]
        reason = ("惩戒", "限制任职", Verdict.FAILS, Disposition.REPEAL, (), "没有依据")
        return build_rows([Entry(document("甲", paragraphs, flagged_lines=dict.fromkeys(lines, reason)), ["x"])], None)[0]

    assert screened([1]).details[0].row_id == screened([0, 1]).details[1].row_id


def test_row_ids_are_unique():
    ids = [line.row_id for row in build_rows(entries(), UNIT) for line in row.details]
    assert len(ids) == len(set(ids))


# Quotation


def test_a_long_clause_is_quoted_by_its_sentence_with_marks_of_omission():
    text = "第二条　" + "前面的话说了很多。" * 30 + "对失信者取消资格。" + "后面的话也不少。" * 30
    at = text.index("取消资格")
    clause = Clause("第二条", text, 100, 100 + len(text), measures=(Measure("甲", "取消资格", 100 + at, 104 + at),))
    quoted = quotation(clause, Span(100 + at, 104 + at))
    assert quoted.text == f"{ELLIPSIS}对失信者取消资格。"
    start, end = quoted.marks[0]
    assert quoted.text[start:end] == "取消资格"
    assert text[quoted.source.start - 100 : quoted.source.end - 100] == "对失信者取消资格。"


@given(st.text(alphabet="甲乙。；\n \t，", max_size=700), st.integers(0, 700), st.integers(0, 30))
def test_a_quotation_is_always_the_clauses_own_words(text, start, length):
    start = min(start, len(text))
    end = min(start + length, len(text))
    quoted = quotation(Clause("", text, 50, 50 + len(text)), Span(50 + start, 50 + end))
    assert quoted.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS) == text[quoted.source.start - 50 : quoted.source.end - 50]


# Masking


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("手机13912345678。", "手机***********。"),
        ("电话：0399-5551234转801", "电话：****-***********"),
        ("联系电话：5551234。", "联系电话：*******。"),
        ("身份证号140411199001011234。", "身份证号******************。"),
        ("邮箱 a.b@c-d.com 投诉", "邮箱 *.*@*-*.*** 投诉"),
        ("账号：6222020200012345678", "账号：*******************"),
        ("联系人：王小二，地址", "联系人：***，地址"),
    ],
)
def test_numbers_and_names_of_persons_are_hidden(text, masked):
    assert mask(text).replace("*", "").translate({ord(c): None for c in "@-.转"}) == masked.replace("*", "").translate(
        {ord(c): None for c in "@-."}
    )
    assert len(mask(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2020〕49号第十二条",
        "统一社会信用代码91140400MA0ABCDE1X",
        "2021年1月19日印发20份",
        "负责人：承担全部责任",
        "罚款10000000元以上的",
        "第1234567号公告",
    ],
)
def test_numbers_of_documents_dates_and_sums_are_left(text):
    assert mask(text) == text


@given(st.text(max_size=200))
def test_masking_keeps_length_and_is_done_once(text):
    assert len(mask(text)) == len(text)
    assert mask(mask(text)) == mask(text)
