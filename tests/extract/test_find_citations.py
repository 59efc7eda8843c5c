"""find_citations: what is found, as what, and where. All sentences are invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Level, Role
from pipeline.extract import find_citations, find_vague


def only(text, **options):
    found = find_citations(text, **options)
    assert len(found) == 1, [citation.title for citation in found]
    return found[0]


@pytest.mark.parametrize(
    ("printed", "normalised"),
    [
        ("国办发〔2020〕49号", "国办发〔2020〕49号"),
        ("国办发[2020]49号", "国办发〔2020〕49号"),
        ("国办发（2020）49号", "国办发〔2020〕49号"),
        ("国办发【2020】49号", "国办发〔2020〕49号"),
        ("国办发﹝2020﹞49号", "国办发〔2020〕49号"),
        ("国办发 〔2020〕 49 号", "国办发〔2020〕49号"),
        ("国办发〔２０２０〕４９号", "国办发〔２０２０〕４９号"),
        ("国家发展改革委令第58号", "国家发展改革委令第58号"),
        ("财政部、税务总局公告2019年第39号", "财政部、税务总局公告2019年第39号"),
        ("公安部令第一百二十三号", "公安部令第一百二十三号"),
        ("市场监管总局公告2021年第5号", "市场监管总局公告2021年第5号"),
        ("〔1996〕某司字第82号", "〔1996〕某司字第82号"),
        ("国办函〔2004〕80号", "国办函〔2004〕80号"),
        ("发改农经〔2019〕12号", "发改农经〔2019〕12号"),
        ("GB/T 33190", "GB/T 33190"),
    ],
)
def test_number_in_any_form_is_read_and_its_brackets_normalised(printed, normalised):
    assert only(f"请按照《某某工作管理办法》（{printed}）办理。").number == normalised


def test_number_alone_is_a_citation_resolved_by_the_registry():
    found = only("各单位要根据国办发〔2020〕49号文件清理有关做法。")
    assert (found.title, found.number) == ("", "国办发〔2020〕49号")
    assert found.authority.title.endswith("长效机制的指导意见")
    assert found.level is Level.CENTRAL_POLICY


@pytest.mark.parametrize("number", ["国办发〔２０２０〕４９号", "国办发【2020】49号"])
def test_number_resolves_in_any_print(number):
    assert only(f"根据{number}文件清理").authority is not None


def test_short_name_by_number_is_resolved():
    found = find_citations("落实国办发〔2020〕49号文件（以下简称49号文）。对照49号文清理。", repeats=True)
    assert [(c.number, c.short_name, c.repeat) for c in found] == [
        ("国办发〔2020〕49号", "49号文", False),
        ("国办发〔2020〕49号", "49号文", True),
    ]


def test_number_after_an_unmarked_carrier_belongs_to_what_it_carries():
    found = only("按照市政府办公室关于印发《某某市诚信建设方案》的通知（长政办发〔2018〕3号）要求")
    assert (found.title, found.number) == ("某某市诚信建设方案", "长政办发〔2018〕3号")


def test_number_before_the_title_belongs_to_it():
    found = only("应当执行国务院令第743号公布的《某某优化条例》。")
    assert (found.title, found.number) == ("某某优化条例", "国务院令第743号")


@pytest.mark.parametrize("text", ["原告不服（2019）京01民初123号判决。", "见某某法院〔2021〕晋04执恢56号裁定。"])
def test_court_case_number_is_no_document_number(text):
    assert find_citations(text) == []


def test_own_number_on_a_line_of_its_own_is_no_citation():
    assert find_citations("关于做好工作的通知\n某发改〔2021〕17号\n各有关单位：") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("根据《关于印发〈某某办法〉的通知》要求", "关于印发〈某某办法〉的通知"),
        ("根据《关于印发《某某办法》的通知》要求", "关于印发《某某办法》的通知"),
        ("根据《关于印发<某某办法>的通知》要求", "关于印发<某某办法>的通知"),
        ("根据<<某某管理办法>>第三条", "某某管理办法"),
        ("根据《某某管理办法第三条规定", "某某管理办法"),
        ("根据《某某管理办法（试行）》", "某某管理办法（试行）"),
    ],
)
def test_marks_nested_half_width_or_missing(text, title):
    assert only(text).title == title


def test_carrier_keeps_its_printed_title_and_names_what_it_carries():
    found = only("转发《国务院办公厅关于印发〈某某实施方案〉的通知》。")
    assert found.carried == "某某实施方案"


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ("第十条", ["第十条"]),
        ("第十条第二款第（三）项", ["第十条第二款第（三）项"]),
        ("第十条、第十一条", ["第十条", "第十一条"]),
        ("第四十五条、第四十六条第一款和第四十七条", ["第四十五条", "第四十六条第一款", "第四十七条"]),
        ("第十条至第十二条", ["第十条", "第十一条", "第十二条"]),
        ("第十、十一条", ["第十条", "第十一条"]),
        ("第十条第一款、第二款", ["第十条第一款", "第十条第二款"]),
        ("第十条第二款第（三）、（四）项", ["第十条第二款第（三）项", "第十条第二款第（四）项"]),
        ("第10条", ["第10条"]),
        ("第一百三十三条之一", ["第一百三十三条之一"]),
        ("第九十九条至第一百零一条", ["第九十九条", "第一百条", "第一百零一条"]),
    ],
)
def test_articles_as_cited_with_ranges_expanded(articles, expected):
    assert only(f"依照《某某管理条例》{articles}的规定处理。").articles == expected


def test_each_title_of_a_list_has_its_own_articles():
    found = find_citations("依照《中华人民共和国行政处罚法》第九条、《某某管理条例》第五条、第六条的规定")
    assert [citation.articles for citation in found] == [["第九条"], ["第五条", "第六条"]]


def test_heading_of_a_clause_after_a_title_is_not_cited():
    assert only("附件：《某某管理办法》\n第一条　为了规范管理，制定本办法。").articles == []


def test_title_without_marks_is_found_through_the_registry():
    found = only("违法驾驶的，依照道路交通安全法第九十条处罚。")
    assert (found.title, found.articles, found.level) == ("道路交通安全法", ["第九十条"], Level.LAW)


def test_title_without_marks_that_the_registry_lacks_is_found_by_its_article():
    found = only("违反某某市信用信息管理办法第九条的，责令改正。")
    assert (found.title, found.articles) == ("某某市信用信息管理办法", ["第九条"])


@pytest.mark.parametrize(
    "text",
    [
        "违反本条例第十条、第十一条规定的，由主管部门处理。",
        "公司法人应当依法登记，合同法律关系清楚。",
        "企业应当取得《食品经营许可证》，填写《信用修复申请表》，签订《购房合同》。",
        "《人民日报》刊登了有关消息，读者购买《红楼梦》。",
        "第三章 征信业务规则\n第十三条 采集信息应当合法。",
        "村民遵守宪法和法律。",
        "办理信用卡业务，推进诚信建设，弘扬诚实守信的传统美德。",
    ],
)
def test_what_names_no_outside_text_is_no_citation(text):
    assert find_citations(text) == []


def test_incoming_request_without_marks_is_a_mention():
    found = only("你局关于调整某某会议制度的请示（某字〔2018〕8号）收悉。")
    assert (found.title, found.number) == ("关于调整某某会议制度的请示", "某字〔2018〕8号")
    assert (found.level, found.role) == (Level.OTHER, Role.MENTION)


@pytest.mark.parametrize(
    ("definition", "later", "short"),
    [
        ("（以下简称《办法》）", "《办法》第五条", "《办法》"),
        ("（以下简称“《信用办法》”）", "《信用办法》第五条", "《信用办法》"),
        ("（下称信用办法）", "信用办法第五条", "信用办法"),
        ("，以下称《办法》，", "《办法》第五条", "《办法》"),
    ],
)
def test_short_name_stands_for_the_full_title_later(definition, later, short):
    text = f"根据《某某市信用管理办法》{definition}制定细则。违反{later}的，予以处理。"
    first, *rest = find_citations(text, repeats=True)
    assert first.short_name == short and not first.repeat
    assert [(c.title, c.articles, c.short_name, c.repeat) for c in rest] == [("某某市信用管理办法", ["第五条"], short, True)]
    assert [c.title for c in find_citations(text)] == ["某某市信用管理办法"]


@pytest.mark.parametrize("pointer", ["该办法", "上述规定", "同办法"])
def test_words_that_point_back_resolve_only_as_repeats(pointer):
    text = f"根据《某某市信用管理办法》认定。依照{pointer}第六条处理。"
    assert find_citations(text, repeats=True)[-1].title == "某某市信用管理办法"
    assert len(find_citations(text)) == 1


def test_second_citation_in_a_sentence_adds_its_articles_to_the_first():
    found = only("依照《企业破产法》第二条提出，按照《企业破产法》第七条办理。")
    assert found.articles == ["第二条", "第七条"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("根据《中华人民共和国招标投标法》，结合实际，制定本办法。", Role.MAKING_BASIS),
        ("依照《中华人民共和国招标投标法》第五十三条处以罚款。", Role.MEASURE_BASIS),
        ("《某某暂行管理办法》同时废止。", Role.REPEALED),
        ("现将《某某实施方案》印发给你们，请执行。", Role.FORWARDED),
        ("我局编制了《某某发展规划》。", Role.MENTION),
    ],
)
def test_role_in_its_sentence(text, role):
    assert only(text).role is role


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("根据《中华人民共和国某某法》", Level.UNKNOWN),
        ("根据《中华人民共和国外交特权与豁免条例》", Level.LAW),
        ("根据《互联网信息服务管理办法》", Level.ADMINISTRATIVE_REGULATION),
        ("根据《山东省某某促进条例》", Level.LOCAL_REGULATION),
        ("根据《某某市实施〈中华人民共和国某某法〉办法》", Level.LOCAL_REGULATION),
        ("根据《国务院关于某某工作的意见》", Level.CENTRAL_POLICY),
        ("根据国务院办公厅《关于某某工作的意见》", Level.CENTRAL_POLICY),
        ("根据《最高人民法院关于某某问题的规定》", Level.JUDICIAL_INTERPRETATION),
        ("根据《某某管理办法》（住房和城乡建设部令第9号）", Level.MINISTRY_RULE),
        ("根据《某某管理办法》（山西省人民政府令第9号）", Level.LOCAL_RULE),
        ("根据《某某管理办法》（晋政办发〔2019〕9号）", Level.LOCAL_NORMATIVE),
        ("根据《某某管理办法》（人社部规〔2019〕9号）", Level.MINISTRY_NORMATIVE),
        ("根据《某某县信用修复管理办法》", Level.LOCAL_NORMATIVE),
        ("根据《城市某某设施管理办法》", Level.UNKNOWN),
        ("根据市政府办公室《关于某某工作的意见》", Level.LOCAL_NORMATIVE),
        ("某某市第九届人民代表大会常务委员会第七次会议《关于修改〈某某市某某条例〉的决定》", Level.LOCAL_REGULATION),
        ("根据《全国人大常委会关于某某问题的决定》", Level.LAW),
        ("根据《中华人民共和国国民经济和社会发展第十五个五年规划纲要》", Level.OTHER),
        ("根据国家税务总局《关于某某事项的通知》", Level.MINISTRY_NORMATIVE),
    ],
)
def test_level_by_registry_or_rule(text, level):
    assert only(text).level is level


def test_level_by_rule_says_so_and_how_sure():
    found = only("根据《山东省某某促进条例》")
    assert found.judged_by == "规则" and 0 < found.confidence < 1
    assert only("根据《中华人民共和国公司法》").judged_by == "依据库"


def test_vague_basis_is_found_apart_and_is_no_citation():
    text = "根据有关法律法规和国家有关规定，结合实际，制定本办法。"
    assert find_citations(text) == []
    (vague,) = find_vague(text)[:1]
    assert vague.vague and vague.title == "" and text[vague.start : vague.end].startswith("根据有关法律法规")


SENTENCES = [
    "各部门应当依照《某某市信用信息管理条例》（某发〔2019〕12号）第十条、第十一条第二款的规定处理，违者通报。",
    "根据国办发〔2020〕49号文件要求，并按照《关于印发〈某某办法〉的通知》精神清理。",
    "违法驾驶的，依照道路交通安全法第九十条处罚。",
    "根据《某某管理办法》（以下简称《办法》）和《中华人民共和国公司法》第五条至第七条，制定本细则。",
]


def facts(citation):
    return citation.title, citation.number, citation.articles, citation.level, citation.role, citation.short_name


@given(st.sampled_from(SENTENCES), st.data())
def test_line_breaks_inside_a_citation_change_nothing_but_offsets(sentence, data):
    plain = find_citations(sentence)
    inside = [place for c in plain for place in range(c.start + 1, c.end)]
    places = sorted(set(data.draw(st.lists(st.sampled_from(inside), max_size=5))), reverse=True)
    broken = sentence
    for place in places:
        broken = broken[:place] + "\n" + broken[place:]
    found = find_citations(broken)
    assert [facts(citation) for citation in found] == [facts(citation) for citation in plain]
    for citation, original in zip(found, plain, strict=True):
        assert broken[citation.start : citation.end].replace("\n", "") == sentence[original.start : original.end]


@given(st.text(alphabet="《》〈〉<>第一二十条款项（）〔〕2019号令法办某、，。\n 根据以下简称", max_size=200))
def test_any_text_gives_ordered_offsets_within_it(text):
    for repeats in (False, True):
        found = find_citations(text, repeats=repeats)
        assert all(0 <= citation.start < citation.end <= len(text) for citation in found)
        assert [citation.start for citation in found] == sorted(citation.start for citation in found)


@pytest.mark.parametrize("unit", ["《", "》", "第", "第一条、", "《甲法》（（", "〔2020〕", "根据有关", "以下简称", "<"])
def test_hostile_text_takes_linear_time(unit):
    find_citations(unit, repeats=True)  # loads the tables

    def seconds(length):
        text = unit * (length // len(unit))
        started = time.process_time()
        find_citations(text, repeats=True)
        find_vague(text)
        return time.process_time() - started

    short, long = seconds(40_000), seconds(320_000)
    assert long < 8 * 6 * short + 0.5  # eight times the text; quadratic work would take sixty-four times as long, and seconds


@pytest.mark.parametrize(
    ("text", "number", "level"),
    [
        ("根据《就业管理办法》（人力资源和社会保障部令第7号）", "人力资源和社会保障部令第7号", Level.MINISTRY_RULE),
        ("依照工业和信息化部令第5号", "工业和信息化部令第5号", Level.MINISTRY_RULE),
        ("按照津政令第3号执行", "津政令第3号", Level.LOCAL_RULE),
        ("依据中华人民共和国国务院令第654号", "中华人民共和国国务院令第654号", Level.ADMINISTRATIVE_REGULATION),
        ("根据国办发2020年49号文件要求", "国办发2020年49号", Level.CENTRAL_POLICY),
        ("根据国办发（2O20）49号", "国办发〔2O20〕49号", Level.CENTRAL_POLICY),
        ("签发盖章于县政府办公室鲁政办发明电〔2021〕1号", "鲁政办发明电〔2021〕1号", Level.LOCAL_NORMATIVE),
        ("根据穗建规字〔2019〕5号", "穗建规字〔2019〕5号", Level.LOCAL_NORMATIVE),
        ("根据云政办发2019年12号", "云政办发2019年12号", Level.LOCAL_NORMATIVE),
    ],
)
def test_numbers_as_people_write_them(text, number, level):
    found = only(text)
    assert (found.number, found.level) == (number, level)


@pytest.mark.parametrize(
    "text", ["合同编号：云招〔2019〕45号", "施工许可证号：云建许〔2018〕33号", "采购编号为云采〔2020〕12号的项目"]
)
def test_numbers_of_contracts_and_licences_are_no_citations(text):
    assert find_citations(text) == []


def test_a_list_whose_unit_stands_at_its_end():
    assert only("依照《食品安全法》第八十条第一、二项处理").articles == ["第八十条第一项", "第八十条第二项"]
    assert only('依照"食品安全法" 第 一百二十二 条 处理').articles == ["第一百二十二条"]


def test_two_documents_published_as_one_stay_two():
    pair = "根据《全国公共信用信息基础目录（2021年版）》和《全国失信惩戒措施基础清单（2021年版）》（发改财金规〔2021〕1827号）"
    assert len(find_citations(pair)) == 2


def test_a_text_that_the_state_council_agreed_to_is_not_its_own():
    assert not only("依照国务院同意的《某某办法》").qualified
    assert only("依据经国务院同意印发的《关于某某的意见》，限制任职。").role is Role.MEASURE_BASIS


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_title_in_quotation_marks_goes_with_the_number_after_it(marks):
    text = f"按照{marks[0]}关于加强诚信建设的通知{marks[1]}（云政发〔2016〕64号）执行"
    (found,) = find_citations(text)
    assert (found.title, found.number) == ("关于加强诚信建设的通知", "云政发〔2016〕64号")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("根据《云州学院学生手册》第五章处理", "云州学院学生手册"),
        ("依据《关于限制问题的答复》停止执行", "关于限制问题的答复"),
        ("违反反不正当竞争法规定受到处罚的", "反不正当竞争法"),
    ],
)
def test_kinds_of_text_that_are_cited_like_rules(text, title):
    assert [citation.title for citation in find_citations(text)] == [title]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("晋发改信用发〔2021〕19号要求的台账，按期报送。", "晋发改信用发〔2021〕19号"),
        ("废止本局漓旅发〔2016〕8号文件。", "漓旅发〔2016〕8号"),
        ("依据省厅浙建发〔2019〕3号文件办理。", "浙建发〔2019〕3号"),
    ],
)
def test_a_number_is_found_whole_and_without_the_words_before_it(text, number):
    assert [citation.number for citation in find_citations(text)] == [number]
