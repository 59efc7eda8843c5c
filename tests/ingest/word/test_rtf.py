"""RTF: the encodings of Chinese programs, tables, boxes, revisions."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import UnreadableFile
from pipeline.ingest import read, read_document
from tests.ingest.make_samples import EXPECTED

FILES = Path(__file__).parents[1] / "files"
HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 FangSong;}{\f1\fcharset0 Times;}}"


def text_of(body: bytes, head: bytes = HEAD) -> str:
    return read_document(head + body + b"}", "a.rtf").text


def escaped(text: str) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode("gb18030"))


def test_saved_by_a_word_processor_comes_out_as_on_the_page():
    # The program that saved the sample leaves text boxes out of RTF.
    assert read(FILES / "hard.rtf").text == EXPECTED.replace("文本框里的联系方式\n", "") + "\n隐藏的话"


def test_gbk_bytes_are_joined_into_characters():
    assert text_of(escaped("失信行为认定办法") + rb"\par") == "失信行为认定办法"


def test_second_byte_written_as_a_letter_belongs_to_the_character():
    assert "丂".encode("gbk") == b"\x81\x40"
    assert text_of(rb"\'81@" + escaped("公示") + rb"\par") == "丂公示"


def test_unicode_skips_its_replacement():
    assert text_of(rb"\uc1\u22833?\u20449?\par") == "失信"
    assert text_of(rb"{\uc2\u22833\'ca\'a7}\u20449?\par") == "失信"


def test_halves_of_a_rare_character_are_joined():
    high, low = 0xD842 - 0x10000, 0xDFB7 - 0x10000
    assert text_of(rb"\u%d?\u%d?\par" % (high, low)) == "𠮷"


def test_western_code_page_over_chinese_bytes_is_seen_through():
    head = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}"
    assert text_of(rb"\f0 " + escaped("信用修复管理") + rb"\par", head) == "信用修复管理"


def test_table_cells_are_parted_by_tabs():
    row = rb"\trowd\cellx100\cellx200\intbl " + escaped("序号") + rb"\cell " + escaped("措施") + rb"\cell\row\pard after\par"
    assert text_of(row) == "序号\t措施\nafter"


def test_text_box_comes_once_after_its_paragraph():
    shape = rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt boxed\par}}{\shprslt{\*\do{\dptxbxtext boxed\par}}}}"
    assert text_of(rb"before " + shape + rb"after\par") == "before after\nboxed"


def test_footnote_follows_its_paragraph():
    assert text_of(rb"body{\footnote \chftn note text}.\par next\par") == "body.\nnote text\nnext"


def test_deleted_text_is_dropped_and_hidden_text_stands_behind():
    document = read_document(HEAD + rb"\pard keep{\deleted gone}{\v unseen} this\par next\par}", "a.rtf")
    assert document.text == "keep this\nnext\nunseen"
    assert [part.place for part in document.parts] == ["第1页的隐藏文字"]


def test_pictures_with_binary_data_do_not_spill():
    assert text_of(rb"a{\pict\wmetafile8\bin6 }}{{\\}b\par") == "ab"


def test_mark_in_the_page_header_is_kept_and_a_running_head_is_not():
    body = rb"{\header " + escaped("机密★3年") + rb"\par}{\footer x\par}text\par"
    assert text_of(body) == "机密★3年\ntext"
    assert text_of(rb"{\header running head\par}text\par") == "text"


def test_cut_file_is_read_and_noted():
    document = read_document(HEAD + escaped("第一条 有文字") + rb"\par " + escaped("没有结尾"), "a.rtf")
    assert document.text == "第一条 有文字\n没有结尾"
    assert "不完整" in document.notes[0]


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_problem(data):
    try:
        read_document(HEAD + data, "a.rtf")
    except UnreadableFile as error:
        assert error.kind


def test_endless_nesting_is_refused_or_read():
    with pytest.raises(UnreadableFile) as raised:
        read_document(HEAD + b"{" * 20_000 + b"x", "a.rtf")
    assert raised.value.kind == "超出限制"
