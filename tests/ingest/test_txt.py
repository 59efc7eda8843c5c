"""Plain text: every encoding that offices have used, every line end, and no paragraph lost or run together."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.txt import decode, guess, read_txt

TEXT = (
    "云州市水务局关于印发《取水单位信用管理办法》的通知\n各区县水务局：\n"
    "为规范取水单位信用管理，根据有关规定，制定本办法，请认真贯彻执行。\n二〇二三年八月十七日"
)
TRADITIONAL = "關於加強企業信用管理的通知\n各縣市政府應當依照規定，對於失信的企業不得給予補助。"
ENCODINGS = ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-16", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_is_read_in_every_encoding(encoding: str) -> None:
    assert read_document(TEXT.encode(encoding), "通知.txt").text == TEXT


def test_traditional_text_in_big5_is_read() -> None:
    assert read_document(TRADITIONAL.encode("big5"), "通知.txt").text == TRADITIONAL


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("word", ["通知", "联通", "信用", "公告", "批复"])
def test_a_single_word_in_gb18030_is_read_though_it_may_be_good_utf8(word: str) -> None:
    assert decode(word.encode("gb18030")) == word


def test_characters_outside_gbk_are_read() -> None:
    text = "关于𬬻、㑇、䶮三字入名单的通知，请各有关单位遵照执行。"
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_part_paragraphs(end: str) -> None:
    assert read_document(TEXT.replace("\n", end).encode(), "通知.txt").text == TEXT


def test_mixed_line_ends_part_paragraphs_once() -> None:
    lines = [line.text for line in read_txt("甲：\r\n乙。\n丙。\r丁。".encode()).lines]
    assert lines == ["甲：", "乙。", "丙。", "丁。"]


def test_form_feed_begins_a_page() -> None:
    document = read_document("第一页的内容。\n\f第二页的内容。".encode(), "通知.txt")
    assert [document.text[span.start : span.end].strip() for span in document.pages] == ["第一页的内容。", "第二页的内容。"]


def test_a_few_damaged_bytes_do_not_lose_the_text() -> None:
    data = (TEXT * 20).encode()
    damaged = data[:300] + b"\xff" + data[301:]
    assert "信用管理办法" in decode(damaged)
    assert guess(damaged) == "utf-8"


def test_hard_wrapped_lines_are_joined_to_their_paragraph() -> None:
    sentence = "取水单位应当如实申报取水量，对虚报、瞒报、拒不申报的，水行政主管部门按照本办法记入信用档案，并依法向社会公布。"
    paragraph = sentence * 3
    wrapped = "\n".join(paragraph[start : start + 30] for start in range(0, len(paragraph), 30))
    assert read_document(wrapped.encode(), "办法.txt").text == paragraph


def test_noise_is_a_problem_and_no_text() -> None:
    with pytest.raises(UnreadableFile):
        read_document(bytes(range(1, 9)) * 400, "乱码.txt")


# The share of common characters tells encodings apart, so the property holds for sentences, not for any sequence of signs.
sentences = st.lists(
    st.sampled_from(
        ["各有关单位应当按照规定执行", "不得擅自公布名单", "企业信用信息由市政府部门管理", "自发布之日起施行"]
    ).flatmap(
        lambda stem: st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=6).map(lambda own: stem + own)
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "，".join(parts) + "。")


@given(sentences, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]))
def test_any_chinese_text_survives_the_round_trip(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=40, max_size=300))
def test_any_long_run_of_characters_survives_in_utf8(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.binary(max_size=500))
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    try:
        document = read_document(data, "a.txt")
    except UnreadableFile as problem:
        assert problem.remedy
    else:
        assert document.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("stray", [b"\xff", b"\x80", b"\xff\x80\xfe"])
@pytest.mark.parametrize("every", [20, 40])
def test_a_few_bad_bytes_cost_those_characters_and_a_note(encoding: str, stray: bytes, every: int) -> None:
    parts = [TEXT[start : start + every].encode(encoding) for start in range(0, len(TEXT), every)]
    document = read_document((stray + b"\n").join(parts), "通知.txt")
    assert "".join(document.text.split()) == "".join(TEXT.split())
    assert any("字符损坏" in note for note in document.notes)


def test_half_a_surrogate_costs_itself() -> None:
    halves = b"\xed\xa0\x80".join([TEXT[:30].encode(), TEXT[30:60].encode(), TEXT[60:].encode()])
    assert "".join(read_document(halves, "通知.txt").text.split()) == "".join(TEXT.split())


@pytest.mark.parametrize("control", ["\x07", "\x1f", "\x00", "\x01"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("every", [5, 20])
def test_control_characters_cost_themselves_and_a_note(control: str, encoding: str, every: int) -> None:
    strewn = "".join(sign + control * (place % every == 0) for place, sign in enumerate(TEXT))
    document = read_document(strewn.encode(encoding), "通知.txt")
    assert document.text == TEXT
    assert len(document.notes) == 1


def test_vertical_tab_is_the_line_break_of_a_word_processor() -> None:
    assert read_document(TEXT.replace("\n", "\v").encode(), "通知.txt").text == TEXT


@pytest.mark.parametrize("encoding", ["hz", "utf-7"])
def test_chinese_in_seven_bits(encoding: str) -> None:
    text = "云州市民政局关于加强养老服务管理的通知\n虚报补贴的，列入黑名单。\n"
    assert read_document(text.encode(encoding), "a.txt").text == text.strip()


def test_chinese_that_was_stored_in_western_letters() -> None:
    text = "云州市民政局关于加强养老服务管理的通知\n虚报补贴的，列入黑名单。\n"
    assert read_document(text.encode().decode("latin-1").encode(), "a.txt").text == text.strip()
    assert read_document("Café, naïve résumé; Größe.".encode(), "a.txt").text == "Café, naïve résumé; Größe."
