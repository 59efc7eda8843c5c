"""The clause tree: labels as one cites them, heading paths, parts, and nothing lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document, Span
from pipeline.structure import parse, parse_clauses
from tests.structure.texts import NOTICE, document


def labels(text: str) -> list[str]:
    return [clause.label for clause in parse_clauses(document(text))]


def by_label(text: str) -> dict[str, str]:
    return {clause.label: clause.text for clause in parse_clauses(document(text))}


def test_articles_paragraphs_and_items_are_labelled_as_one_cites_them():
    found = labels(NOTICE)
    assert found[found.index("第一条") : found.index("第四条") + 1] == [
        "第一条",
        "第二条第一款",
        "第二条第二款",
        "第三条第一款",
        "第三条第一款第（一）项",
        "第三条第一款第（二）项",
        "第三条第二款",
        "第四条",
    ]


def test_items_of_an_article_of_one_paragraph_name_no_paragraph():
    assert labels("某办法\n第一条 有下列情形的，列入名单：\n（一）甲；\n（二）乙。\n第二条 略。") == [
        "第一条",
        "第一条第（一）项",
        "第一条第（二）项",
        "第二条",
    ]


def test_notice_carried_document_and_annexes_are_told_apart():
    clauses = parse_clauses(document(NOTICE))
    assert list(dict.fromkeys(clause.part for clause in clauses)) == ["正文", "所印发文件", "附件1", "附件2"]
    first = next(clause for clause in clauses if clause.label == "第一条")
    assert (first.part, first.path) == ("所印发文件", ("第一章 总则",))


def test_annex_clauses_and_table_rows_name_their_annex():
    found = by_label(NOTICE)
    assert found["附件1二、"] == "二、如有违反，自愿接受公示。"
    assert found["附件2表1第3行"] == "2\t公示\t三十日"


def test_signature_colophon_and_list_of_annexes_are_named():
    found = by_label(NOTICE)
    assert found["落款"] == "云泽市市场监督管理局\n2022年3月9日"
    assert found["附件说明"].startswith("附件：1.商户守信承诺书")
    assert "附注" in found and any(label.endswith("版记") for label in found)


def test_headings_without_words_of_their_own_are_paths_only():
    text = "某方案\n一、总体要求\n（一）基本原则\n坚持依法依规。\n二、重点任务\n（一）健全制度。完善名单管理。\n1.开展排查。\n"
    clauses = parse_clauses(document(text))
    assert [(clause.label, clause.path) for clause in clauses] == [
        ("一、（一）第1段", ("一、总体要求", "（一）基本原则")),
        ("二、（一）", ("二、重点任务",)),
        ("二、（一）1.", ("二、重点任务", "（一）健全制度")),
    ]


def test_a_wrapped_numbered_line_is_no_heading():
    text = "某方案\n1.开展专项行动。对查实的企业列入重点监管名单，并向\n社会公布。\n2.加强宣传。\n"
    assert by_label(text)["1."] == "1.开展专项行动。对查实的企业列入重点监管名单，并向\n社会公布。"


def test_last_line_of_a_list_without_words_below_is_a_clause():
    assert labels("通知\n一、工作内容\n（一）公示名单\n（二）移交线索\n") == ["一、（一）", "一、（二）"]


def test_a_reference_at_the_start_of_a_line_opens_no_article():
    text = "某办法\n第一条 略。\n第二条 企业违反本办法\n第一条规定的，列入名单。\n第三条、第四条情形从其规定。\n第三条 略。"
    assert labels(text) == ["第一条", "第二条第一款", "第二条第二款", "第三条"]


def test_articles_quoted_by_an_amendment_open_nothing():
    text = (
        "某决定\n一、将第三条修改为：\n“第三条 企业应当守信。\n第四条 违者公示。\n（一）公示一年；\n（二）公示三年。”\n"
        "二、删去第五条。\n"
    )
    found = labels(text)
    assert found[0] == "一、" and found[-1] == "二、"
    assert not any(label.startswith("第") for label in found)
    assert len(found) == 6


def test_an_opening_quotation_mark_that_nothing_closes_swallows_nothing():
    assert labels("某办法\n第一条 所称“黑名单是指名单。\n第二条 略。\n第三条 “红名单”从优。\n") == [
        "第一条",
        "第二条",
        "第三条",
    ]


def test_table_of_contents_is_not_read_as_clauses():
    text = "某条例\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 略。\n第二章 附则\n第二条 略。\n"
    clauses = parse_clauses(document(text))
    assert [(clause.label, clause.path) for clause in clauses] == [
        ("第一条", ("第一章 总则",)),
        ("第二条", ("第二章 附则",)),
    ]


def test_articles_on_one_line_are_cut_apart():
    assert labels("某办法\n第一条 甲事。第二条 乙事，依照第一条办理。第三条 丙事。\n") == ["第一条", "第二条", "第三条"]


def test_figures_and_ranges_open_nothing():
    text = "某报告\n总体情况良好。\n3.5万户企业参与。\n一、二级市场平稳。\n（一）项情形除外。\n2021.3起实施。\n"
    assert labels(text) == ["第1段", "第2段", "第3段", "第4段", "第5段"]


def test_paragraph_after_a_list_belongs_to_the_owner_of_the_list():
    text = "某规则\n一、会议职责：\n（一）审定名单；\n（二）通报情况。\n会议每季度召开一次。\n二、略。\n"
    assert labels(text) == ["一、", "一、（一）", "一、（二）", "一、第2段", "二、"]


def test_chapter_is_named_only_where_the_rest_comes_again():
    again = "某规划\n第一章 现状\n一、成绩显著。\n第二章 目标\n一、全面提升。\n"
    running = "某规则\n第一章 总则\n一、依法办事。\n第二章 会议\n二、按时到会。\n"
    assert labels(again) == ["第一章一、", "第二章一、"]
    assert labels(running) == ["一、", "二、"]


def test_labels_are_unique_even_where_numbers_come_again():
    found = labels("某文件\n一、甲事。\n二、乙事。\n一、丙事。\n二、丁事。\n")
    assert len(found) == len(set(found)) == 4


def test_markdown_of_a_web_export_is_no_part_of_a_clause():
    found = by_label("# 某通知\n**一、严格管理。对失信者公示。**\n- 1.公示一年。\n")
    assert found == {"一、": "一、严格管理。对失信者公示。", "一、1.": "1.公示一年。"}


def test_page_of_a_clause_is_where_it_begins():
    text = "某办法\n第一条 甲。\n第二条 乙。\n"
    cut = text.index("第二条")
    paged = Document("a.txt", "txt", "", text, (Span(0, cut), Span(cut, len(text))))
    assert [clause.page for clause in parse_clauses(paged)] == [1, 2]


def test_a_file_that_is_an_annex_alone_is_named_so():
    assert labels("附件2\n某区守信清单\n一、按时纳税。\n") == ["附件2一、"]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "第一章 总则", "第一条 为了规范管理，制定本办法。", "第二条 略。", "第三条规定的情形除外。", "（一）甲；", "（二）乙。",
                "一、总体要求", "1.开展排查。", "（1）登记造册。", "①公示。", "附件1", "附件：", "目录", "序号\t事项", "“第一条 甲。",
                "乙。”", "云泽市人民政府", "2021年1月19日", "现将有关事项通知如下：", "关于某事的通知", "云政发〔2021〕3号", "", "　　",
                "**二、重点**", "抄送：市委办公室。", "某局办公室 2021年1月19日印发",
            ]
        ),
        st.text(alphabet="第一二条款章（）、。：；“”《》\t 1.附件年月日的号〔〕甲乙", max_size=30),
    ),
    max_size=40,
)  # fmt: skip


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_offsets_are_exact_and_clauses_disjoint_and_in_order(lines):
    text = "\n".join(lines)
    last = 0
    for clause in parse_clauses(document(text)):
        assert text[clause.start : clause.end] == clause.text.strip() == clause.text != ""
        assert clause.start >= last
        last = clause.end


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_every_sentence_after_the_head_is_in_a_clause(lines):
    """What falls outside of clauses is head, headings, titles of parts or 目录: never a line that ends a sentence."""
    body = [line for line in lines if "“" not in line and "目录" not in line and not line.startswith(("附件", "（", "("))]
    text = "关于某事的通知\n各单位：\n为了做好工作，现通知如下。\n" + "\n".join(body)
    clauses = parse_clauses(document(text))
    covered = "".join(clause.text for clause in clauses)
    for line in body:
        if line.endswith("。") and line.strip():
            assert line.strip(" \t") in covered or line.strip().lstrip("-* \t") in covered


@given(LINES)
@settings(max_examples=100, deadline=None)
def test_same_text_gives_the_same_structure(lines):
    text = "\n".join(lines)
    assert parse(document(text)) == parse(document(text))


def test_two_megabytes_are_read_in_linear_time():
    article = "第{}条 违反本办法规定的，由主管部门责令改正，并依法记入信用记录，向社会公布。\n"
    text = "某办法\n" + "".join(article.format(number) for number in range(1, 9999)) * 2
    started = time.perf_counter()
    clauses = parse_clauses(document(text))
    seconds = time.perf_counter() - started
    assert len(clauses) > 9_000
    assert seconds / (len(text.encode()) / 2_000_000) < 10  # a bound against quadratic time, not a measure


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [
        ("一二三五六", ["第一条", "第二条", "第三条", "第五条", "第六条"]),
        ("一二二四五", ["第一条", "第二条", "第二条（第2处）", "第四条", "第五条"]),
        ("一三三四五", ["第一条", "第三条", "第三条（第2处）", "第四条", "第五条"]),
    ],
)
def test_recognition_drops_spaces_and_misreads_a_number(numbers: str, labels: list[str]) -> None:
    words = [
        "为规范管理，制定本办法。",
        "机构应当公示标准。",
        "虚报补贴的，列入黑名单。",
        "被列入黑名单的，不得申报。",
        "可以申请修复。",
    ]
    lines = [f"第{number}条{text}" for number, text in zip(numbers, words, strict=True)]
    text = "\n".join(["云州市养老机构管理办法", *lines])
    clauses = parse(Document("", "txt", "", text, (Span(0, len(text)),)))[1]
    assert [clause.label for clause in clauses] == labels


def test_item_cut_by_a_line_break_is_one_and_a_heading_is_not() -> None:
    cut = "二、对虚报补贴的养老机构，列入黑名单，在政府网站\n公示一年，三年内不得申报项目。"
    headed = "二、提高认识，加强领导，切实增强做好工作的责任感\n各单位要把这项工作列入重要议事日程，明确责任，落实措施。"
    for item, count in ((cut, 1), (headed, 1)):
        text = f"云州市民政局关于加强管理的通知\n各区民政局：\n一、公示标准。\n{item}\n三、按期报送。"
        clauses = parse(Document("", "txt", "", text, (Span(0, len(text)),)))[1]
        assert sum(clause.label.startswith("二、") for clause in clauses) == count, clauses
