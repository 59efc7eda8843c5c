"""DOC from the piece table: what other readers lose, and what must not come through."""

import io
import struct
from pathlib import Path

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import UnreadableFile
from pipeline.ingest import read, read_document
from pipeline.ingest.word import doc_binary
from pipeline.ingest.word.soffice import program
from tests.ingest.make_samples import EXPECTED

FILES = Path(__file__).parents[1] / "files"
DOC = (FILES / "hard.doc").read_bytes()


def with_word_bytes(changes: dict[int, bytes]) -> bytes:
    """The sample with bytes of its WordDocument stream overwritten."""
    stored = io.BytesIO(DOC)
    with olefile.OleFileIO(stored, write_mode=True) as ole:
        data = bytearray(ole.openstream("WordDocument").read())
        for place, new in changes.items():
            data[place : place + len(new)] = new
        ole.write_stream("WordDocument", bytes(data))
    return stored.getvalue()


def test_numbers_tables_notes_boxes_and_fields_come_out_as_on_the_page():
    assert read(FILES / "hard.doc").text == EXPECTED + "\n隐藏的话"


def test_page_break_begins_a_page():
    document = read(FILES / "hard.doc")
    assert [document.text[page.start : page.end][:4] for page in document.pages] == ["秘密★1", "第二页的"]


def test_deleted_and_field_code_text_stays_out_and_hidden_text_is_said_to_be_hidden():
    document = read(FILES / "hard.doc")
    assert not any(word in document.text for word in ("旧词", "HYPERLINK", "页脚不要"))
    assert [part.detail for part in document.parts if "隐藏" in part.place] == ["隐藏的话"]


def test_password_is_a_problem_of_its_own_kind():
    with pytest.raises(UnreadableFile) as raised:
        read_document(with_word_bytes({10: struct.pack("<H", 0x0100 | 0x0200)}), "a.doc")
    assert raised.value.kind == "加密"


def test_word_95_needs_libreoffice_and_says_so(monkeypatch):
    monkeypatch.setattr("pipeline.ingest.word.soffice.program", lambda: "")
    with pytest.raises(UnreadableFile) as raised:
        read_document(with_word_bytes({2: struct.pack("<H", 104)}), "a.doc")
    assert raised.value.kind == "需要 LibreOffice"
    assert "LibreOffice" in raised.value.remedy


@pytest.mark.skipif(not program(), reason="LibreOffice 未安装")
def test_libreoffice_reads_as_last_resort():
    from pipeline.ingest.word.soffice import convert

    reading = convert(DOC, "doc")
    assert "第一条 为规范失信行为认定，制定本办法。" in [line.text for line in reading.lines]
    assert reading.notes == ["经 LibreOffice 转换后读取"]


def test_broken_piece_table_is_damage_and_no_guess():
    with pytest.raises(UnreadableFile) as raised:
        read_document(with_word_bytes({0x9A + 33 * 8: struct.pack("<II", 2**31, 40)}), "a.doc")
    assert raised.value.kind == "文件损坏"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DOC) - 1), st.binary(min_size=1, max_size=8))
def test_flipped_bytes_give_text_or_a_problem_and_nothing_else(place, new):
    damaged = DOC[:place] + new + DOC[place + len(new) :]
    try:
        assert read_document(damaged, "a.doc").text.strip()
    except UnreadableFile as error:
        assert error.kind and error.remedy


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(DOC) - 1))
def test_truncated_file_gives_text_or_a_problem(length):
    try:
        assert read_document(DOC[:length], "a.doc").text.strip()
    except UnreadableFile as error:
        assert error.kind and error.remedy


def test_piece_table_that_claims_more_than_the_stream_holds_is_refused():
    clx = b"\x02" + struct.pack("<I", 16) + struct.pack("<ii", 0, 2**30) + struct.pack("<HIH", 0, 0, 0)
    with pytest.raises(IndexError):
        doc_binary.pieces(clx, 10_000)


def test_one_character_a_position_even_beyond_the_basic_plane():
    word = "甲𠮷乙".encode("utf-16-le")
    piece = doc_binary.Piece(0, 4, 0, 2)
    assert len(piece.text(word)) == 4
