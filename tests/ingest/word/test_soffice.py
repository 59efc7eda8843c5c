"""LibreOffice as the last resort: used where it is, asked for where it is not, held to its time."""

import os
import subprocess

import pytest

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.word import soffice

WORD_XML = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    "<w:p><w:r><w:t>第一条 依法认定失信行为。</w:t></w:r></w:p></w:body></w:wordDocument>"
).encode()


def test_word_xml_without_libreoffice_is_a_problem_with_its_remedy(monkeypatch):
    monkeypatch.setattr(soffice, "program", lambda: "")
    with pytest.raises(UnreadableFile) as raised:
        read_document(WORD_XML, "a.xml")
    assert raised.value.kind == "需要 LibreOffice"


@pytest.mark.skipif(not soffice.program(), reason="LibreOffice 未安装")
def test_word_xml_is_read_by_libreoffice():
    document = read_document(WORD_XML, "a.xml")
    assert document.text == "第一条 依法认定失信行为。"
    assert document.notes == ("经 LibreOffice 转换后读取",)


@pytest.mark.skipif(os.name != "posix", reason="需要 sh")
def test_program_that_hangs_is_ended_with_all_that_it_began(monkeypatch, tmp_path):
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nsleep 61.73 &\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(soffice, "program", lambda: str(script))
    monkeypatch.setattr(soffice, "SECONDS", 0.5)
    before = _sleepers()
    with pytest.raises(Unreadable) as raised:
        soffice.convert(b"x", "doc")
    assert raised.value.kind == "超时"
    assert _sleepers() <= before


def _sleepers() -> int:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.count("sleep 61.73")


@pytest.mark.skipif(os.name != "posix", reason="需要 sh")
def test_file_that_it_cannot_read_is_damage(monkeypatch, tmp_path):
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(soffice, "program", lambda: str(script))
    with pytest.raises(Unreadable) as raised:
        soffice.convert(b"x", "doc")
    assert raised.value.kind == "文件损坏"
