"""The elements of an official document, in the forms in which archives print them."""

from __future__ import annotations

import pytest

from pipeline.structure import parse_metadata
from tests.structure.texts import NOTICE, document


def read(text: str, path: str = "样例.txt"):
    return parse_metadata(document(text, path))


BODY = "为了做好有关工作，现将有关事项通知如下。\n"


def test_a_notice_that_carries_a_document_is_read_whole():
    found = read(NOTICE)
    assert found.title == "云泽市市场监督管理局关于印发《云泽市商户守信承诺管理办法（试行）》的通知"
    assert found.number == "云市监规〔2022〕7号"
    assert found.issuers == ["云泽市市场监督管理局"]
    assert found.date == "2022-03-09"
    assert found.addressees == "各区（县）市场监督管理局，局机关各处室"
    assert (found.printed, found.printed_by) == ("2022-03-10", "云泽市市场监督管理局办公室")
    assert found.carried_title == "云泽市商户守信承诺管理办法（试行）"
    assert found.kind == "办法"
    assert found.expires == "2024-04-30"
    assert not found.draft and not found.classification


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("云发改〔2020〕9号", "云发改〔2020〕9号"),
        ("云发改[2020]9号", "云发改〔2020〕9号"),
        ("云发改（2020）9号", "云发改〔2020〕9号"),
        ("云发改【2020】9号", "云发改〔2020〕9号"),
        ("云发改﹝2020﹞9号", "云发改〔2020〕9号"),
        ("云发改［２０２０］９号", "云发改〔2020〕9号"),
        ("云 发 改 〔 2 0 2 0 〕 1 9 号", "云发改〔2020〕19号"),
        ("云发改办〔2020〕函第9号", "云发改办〔2020〕函9号"),
        ("〔1996〕云司字第82号", "〔1996〕云司字第82号"),
        ("云发改〔2020〕9号　　　签发人：甲某", "云发改〔2020〕9号"),
        ("云发改〔2020〕9号  YZGS—2020—3", "云发改〔2020〕9号"),
        ("云泽市人民政府令第53号", "云泽市人民政府令第53号"),
        ("云泽市税务局公告2021年第5号", "云泽市税务局公告2021年第5号"),
    ],
)
def test_numbers_in_all_their_forms(printed, number):
    assert read(f"{printed}\n云泽市发展改革委关于做好某项工作的通知\n各单位：\n{BODY}").number == number


def test_an_order_has_its_number_on_a_line_of_its_own():
    text = (
        "中华人民共和国国务院令\n第999号\n现公布《某事管理条例》，自2030年1月1日起施行。\n总理 某某\n2029年12月1日\n"
        "某事管理条例\n第一条 略。\n"
    )
    found = read(text)
    assert (found.number, found.issuers, found.title) == ("国务院令第999号", ["国务院"], "某事管理条例")
    assert found.date == "2029-12-01"


@pytest.mark.parametrize("number", ["云发改〔2020〕  号", "云发改〔2020〕__号", "云发改〔　　〕　号", "云发改〔2020〕X号"])
def test_a_blank_number_marks_a_draft(number):
    found = read(f"云泽市发展和改革委员会文件\n{number}\n关于做好某项工作的通知\n各单位：\n{BODY}")
    assert (found.number, found.draft) == ("", True)
    assert found.title == "关于做好某项工作的通知"


@pytest.mark.parametrize("mark", ["（征求意见稿）", "（送审稿）", "代拟稿"])
def test_a_draft_mark_marks_a_draft(mark):
    assert read(f"云泽市守信管理办法\n{mark}\n第一条 略。\n").draft


def test_title_over_lines_joins_without_a_gap_whether_above_or_below_the_number():
    title = "云泽市人民政府办公室关于开展某某领域失信问题专项治理工作的通知"
    above = f"云泽市人民政府办公室\n关于开展某某领域失信问题\n专项治理工作的通 知\n云政办发〔2019〕3号\n各区人民政府：\n{BODY}"
    below = f"云政办发〔2019〕3号\n云泽市人民政府办公室关于开展某某领域\n失信问题专项治理工作的\n通　知\n各区人民政府：\n{BODY}"
    assert read(above).title == read(below).title == title
    assert read(above).issuers == ["云泽市人民政府办公室"]


def test_a_title_that_ends_early_goes_on():
    text = f"某厅关于全面推行公示制度\n记录制度和审核制度\n有关问题的意见\n某厅发〔2019〕3号\n各单位：\n{BODY}"
    assert read(text).title == "某厅关于全面推行公示制度记录制度和审核制度有关问题的意见"


def test_party_and_government_joint_title_keeps_its_space_and_both_issuers():
    found = read("中共云泽市委 云泽市人民政府\n关于加强诚信建设的意见\n（2021年3月4日）\n为了加强诚信建设，提出如下意见。\n")
    assert found.title == "中共云泽市委 云泽市人民政府关于加强诚信建设的意见"
    assert found.issuers == ["中共云泽市委", "云泽市人民政府"]
    assert found.date == "2021-03-04"


def test_joint_signatures_name_all_issuers():
    text = (
        f"云民发〔2020〕8号\n关于做好某项工作的通知\n各单位：\n{BODY}云泽市民政局　云泽市财政局\n云泽市公安局\n2020年5月6日\n"
    )
    assert read(text).issuers == ["云泽市民政局", "云泽市财政局", "云泽市公安局"]


def test_some_and_so_many_departments_are_named_by_the_signatures():
    text = f"云泽市民政局等三部门关于做好某项工作的通知\n云民发〔2020〕8号\n各单位：\n{BODY}云泽市民政局\n云泽市财政局\n云泽市公安局\n2020年5月6日\n"
    assert read(text).issuers == ["云泽市民政局", "云泽市财政局", "云泽市公安局"]


def test_joint_red_header_names_all_issuers():
    text = f"云泽市民政局\n云泽市财政局\n文件\n云民发〔2020〕8号\n关于做好某项工作的通知\n各单位：\n{BODY}"
    assert read(text).issuers == ["云泽市民政局", "云泽市财政局"]


def test_an_office_that_prints_does_not_issue_and_the_print_date_stands_in():
    text = f"云泽市教育局文件\n云教发〔2020〕8号\n关于做好某项工作的通知\n各单位：\n{BODY}云泽市教育局办公室\n2020 年 5 月 6 日印发\n"
    found = read(text)
    assert found.issuers == ["云泽市教育局"]
    assert (found.date, found.printed, found.printed_by) == ("2020-05-06", "2020-05-06", "云泽市教育局办公室")


def test_an_office_over_the_seal_does_not_issue_for_its_body():
    text = f"云泽市教育局文件\n云教发〔2020〕8号\n关于某事的批复\n市一中：\n{BODY}云泽市教育局办公室\n2020年5月6日\n"
    assert read(text).issuers == ["云泽市教育局"]


@pytest.mark.parametrize(
    "day",
    [
        "2021年1月19日",
        "二〇二一年一月十九日",
        "二○二一年一月十九日",
        "二ＯＯ九年一月十九日",
        "２０２１年１月１９日",
        "2021 年 1 月 19 日",
    ],
)
def test_dates_in_arabic_and_chinese(day):
    year = "2009" if "Ｏ" in day else "2021"
    assert read(f"关于某事的通知\n各单位：\n{BODY}云泽市民政局\n{day}\n").date == f"{year}-01-19"


def test_a_date_in_the_running_text_is_not_the_date_of_the_document():
    text = "云泽市民政局关于某事的函\n某区民政局：\n2004年8月5日至8日，调研组赴你区调研，形成如下意见。\n云泽市民政局\n2004年10月15日\n"
    assert read(text).date == "2004-10-15"


def test_the_signature_of_a_carried_document_is_not_that_of_the_carrier():
    text = (
        "云泽市人民政府办公室转发市民政局关于做好救助工作意见的通知\n云政办发〔2001〕2号\n各区人民政府：\n市民政局《关于做好救助工作的意见》"
        "已经市政府同意，现转发给你们。\n云泽市人民政府办公室\n二〇〇一年二月五日\n关于做好救助工作的意见\n市政府：\n一、略。\n"
        "云泽市民政局\n二〇〇一年一月二十五日\n"
    )
    found = read(text)
    assert (found.date, found.issuers) == ("2001-02-05", ["云泽市人民政府办公室"])
    assert found.carried_title == "市民政局关于做好救助工作意见"


def test_law_by_its_note_maker_not_approver_latest_revision_not_entry_into_force():
    text = (
        "云泽市物业管理条例\n2019年12月20日 云泽市第五届人民代表大会常务委员会第三次会议通过\n"
        "2020年3月26日 江右省第十三届人民代表大会常务委员会第八次会议批准\n2020年7月1日 施行\n第一章 总则\n第一条 略。\n"
    )
    found = read(text)
    assert found.issuers == ["云泽市人民代表大会常务委员会"]
    assert found.date == "2020-03-26"


def test_law_of_the_national_congress_and_regulation_by_its_latest_order():
    law = read("中华人民共和国某法\n2001年6月1日 第九届全国人民代表大会常务委员会第二十次会议通过\n第一条 略。\n")
    rule = read(
        "某事条例\n2001年6月1日 中华人民共和国国务院令第801号公布\n2011年6月1日 中华人民共和国国务院令第901号修订\n第一条 略。\n"
    )
    assert law.issuers == ["全国人民代表大会常务委员会"]
    assert (rule.number, rule.issuers, rule.date) == ("中华人民共和国国务院令第901号", ["国务院"], "2011-06-01")


def test_addressees_that_run_over_lines_are_one():
    text = f"关于某事的通知\n云民发〔2020〕8号\n各区民政局、财政局、教育局、公安局、司法局、人社局，\n市直各单位，各人民团体：\n{BODY}"
    assert read(text).addressees == "各区民政局、财政局、教育局、公安局、司法局、人社局，市直各单位，各人民团体"


def test_words_that_lead_in_to_the_text_are_no_addressees():
    assert read("关于某事的通知\n现将有关事项通知如下：\n一、略。\n").addressees == ""


@pytest.mark.parametrize("mark", ["秘密★1年", "机密★", "绝密", "机密　特急", "密级：秘密"])
def test_classification_marks_count(mark):
    level = next(word for word in ("绝密", "机密", "秘密") if word in mark)
    assert read(f"{mark}\n云泽市民政局文件\n云民发〔2020〕8号\n关于某事的通知\n各单位：\n{BODY}").classification == level


def test_a_mark_after_the_head_counts_too():
    assert read(f"关于某事的通知\n各单位：\n{BODY}附件1\n机密★3年\n名单\n").classification == "机密"


@pytest.mark.parametrize("words", ["涉及国家秘密的信息不得公开。", "不得泄露商业秘密。", "秘密事项另行规定。"])
def test_mere_mentions_of_secrets_are_no_mark(words):
    assert read(f"关于某事的通知\n各单位：\n{words}\n").classification == ""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("本办法自2021年1月1日起施行，有效期5年。", "2025-12-31"),
        ("本通知自印发之日起施行，有效期为三年。", "2023-05-05"),
        ("本办法自2021年1月1日起施行，有效期至2025年6月30日。", "2025-06-30"),
        ("许可证有效期5年，期满前换发。", ""),
    ],
)
def test_end_of_validity(words, day):
    assert read(f"关于某事的通知\n各单位：\n{BODY}{words}\n云泽市民政局\n2020年5月6日\n").expires == day


def test_title_that_stands_only_in_the_name_of_the_file():
    assert read("一、略。\n二、略。\n", "归档/云泽市守信联合激励办法.docx").title == "云泽市守信联合激励办法"


def test_title_missing_from_a_web_printout_is_given_back():
    text = (
        "云政办发〔2019〕3号\n各区人民政府：\n《云泽市守信办法》已经市政府同意，现印发给你们。\n云泽市人民政府办公室\n2019年5月6日\n"
        "云泽市守信办法\n第一条 略。\n"
    )
    assert read(text).title == "云泽市人民政府办公室关于印发《云泽市守信办法》的通知"


def test_first_letter_lost_in_copying_comes_back_from_the_signature():
    text = f"泽市人民政府办公室关于某事的通知\n云政办发〔2019〕3号\n各单位：\n{BODY}云泽市人民政府办公室\n2019年5月6日\n"
    found = read(text)
    assert (found.title, found.issuers) == ("云泽市人民政府办公室关于某事的通知", ["云泽市人民政府办公室"])


def test_fields_above_a_web_page_fill_what_the_text_lacks():
    text = (
        "索引号：12345\n标　　题：关于某事的通知\n发文机关：云泽市民政局\n发文字号：云民发〔2020〕8号\n成文日期：2020年05月06日\n"
        f"发布日期：2020年5月9日\n关于某事的通知\n各单位：\n{BODY}"
    )
    found = read(text)
    assert (found.title, found.number, found.issuers) == ("关于某事的通知", "云民发〔2020〕8号", ["云泽市民政局"])
    assert found.date == "2020-05-06"


def test_slip_of_an_office_system_names_the_document_it_registers():
    text = (
        "云泽市政府公文处理\n云府督〔2020〕24\n来文文号\t来文单位 云泽市人民政府办公室\n号\n来文日期\t阅文时限\n2020年06月15日\n"
        "收文机关 秘书股\t收文登记人 某某\n公文标题 关于某事项落实的通知\n拟办意见\n"
    )
    found = read(text)
    assert (found.title, found.number) == ("关于某事项落实的通知", "云府督〔2020〕24号")
    assert (found.issuers, found.date) == (["云泽市人民政府办公室"], "")


def test_issuer_by_the_letters_of_the_number_where_nothing_else_names_it():
    assert read(f"国办发〔2090〕49号\n关于做好某项工作的通知\n各单位：\n{BODY}").issuers == ["国务院办公厅"]


def test_text_without_any_element_gives_none():
    found = read("今天天气很好。我们去公园走了走。\n")
    assert (found.title, found.number, found.issuers, found.date) == ("", "", [], "")


def test_minutes_and_old_red_headers():
    minutes = read(
        "云泽市人民政府专题会议纪要\n第12期\n〔2020〕12号\n云泽市人民政府办公室\n2020年5月6日\n5月5日，市长主持会议，纪要如下。\n"
    )
    old = read(f"云泽市教育局（通知）\n云教字〔1999〕第6号\n关于某事的通知\n各学校：\n{BODY}")
    assert (minutes.title, minutes.number) == ("云泽市人民政府专题会议纪要", "〔2020〕12号")
    assert (old.issuers, old.number, old.title) == (["云泽市教育局"], "云教字〔1999〕6号", "关于某事的通知")
