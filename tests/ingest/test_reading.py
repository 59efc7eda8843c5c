"""The way from a path to a document: addresses, problems, and where each character stands."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.work import Outcome, ReadTask, perform
from pipeline.document import UnreadableFile
from pipeline.ingest import Source, problem, read, read_document, reading
from pipeline.ingest import readers as registry
from pipeline.ingest.problems import remedies
from pipeline.ingest.readers import Line, Reading
from pipeline.ingest.reading import is_address

BODY = "取水单位应当如实申报，虚报的记入信用档案。"


def test_document_carries_path_format_digest_and_text(tmp_path: Path) -> None:
    file = tmp_path / "通知.doc"  # its ending lies
    file.write_text(BODY, encoding="utf-8")
    document = read(file, name="2023/通知.doc")
    assert (document.path, document.format, document.text) == ("2023/通知.doc", "txt", BODY)
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_member_is_read_by_its_address(tmp_path: Path) -> None:
    inner = tmp_path / "内.zip"
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("通知.txt", BODY)
    with zipfile.ZipFile(tmp_path / "外!.zip", "w") as package:
        package.write(inner, "材料/内.zip")
    assert read(f"{tmp_path}/外!.zip!材料/内.zip!通知.txt").text == BODY


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "空文件"),
        (b"\x7fELF" + bytes(range(256)) * 4, "格式不支持"),
        (b"\n \n", "无文字"),
        (b"%PDF-1.4 nothing", "文件损坏"),
    ],
)
def test_what_gives_no_text_says_why_and_what_to_do(data: bytes, kind: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_document(data, "某/文件.doc")
    assert raised.value.kind == kind
    assert raised.value.path == "某/文件.doc"
    assert raised.value.remedy == remedies()[kind]


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(tmp_path / "没有.docx")
    assert raised.value.kind == "无法打开"


def test_huge_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile) as raised:
        read_document(b"x" * 11, "a.txt")
    assert raised.value.kind == "超出限制"


def test_whatever_a_reader_raises_is_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(data: bytes) -> Reading:
        raise RecursionError

    monkeypatch.setitem(registry._READERS, "txt", reader)
    with pytest.raises(UnreadableFile) as raised:
        read_document(BODY.encode(), "a.txt")
    assert raised.value.kind == "文件损坏"
    assert "RecursionError" in raised.value.reason


def test_lack_of_memory_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(data: bytes) -> Reading:
        raise MemoryError

    monkeypatch.setitem(registry._READERS, "txt", reader)
    with pytest.raises(MemoryError):
        read_document(BODY.encode(), "a.txt")


def test_every_kind_of_problem_has_a_remedy_and_an_unknown_kind_is_a_mistake_of_ours() -> None:
    assert all(remedies().values())
    with pytest.raises(KeyError):
        problem("没有这一类", "a.txt")


@pytest.mark.parametrize("mark", ["绝密★长期", "机密★5年", "秘密★1年"])
def test_of_a_classified_text_nothing_is_handed_on(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        f"{mark}\n云州市水务局文件\n云水发〔2023〕17号\n关于失信名单的通知\n各区县水务局：\n{BODY}", encoding="utf-8"
    )
    outcome = perform(ReadTask(Source("a.txt", 1, 1, str(file)), "2026-01-01"))
    assert isinstance(outcome, Outcome)
    assert outcome.problem is not None
    assert outcome.problem.kind == "涉密"
    assert outcome.screening is None
    assert not outcome.sha256
    assert "失信" not in repr(outcome)
    assert "17号" not in repr(outcome)


# Where each character stands: pages made of characters that tell their page.

_marks = [chr(code) for code in range(0x5000, 0x5000 + 30)]


@given(st.lists(st.lists(st.integers(1, 60), max_size=5), min_size=1, max_size=30))
def test_every_character_is_on_the_page_on_which_it_stood(layout: list[list[int]]) -> None:
    marks = _marks[: len(layout)]
    lines = [
        Line(marks[page - 1] * length + "，", page, "line")
        for page, lengths in enumerate(layout, start=1)
        for length in lengths
    ]
    if not lines:
        return
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setitem(registry._READERS, "txt", lambda data: Reading(lines, len(layout)))
        try:
            document = read_document(b"any", "a.txt")
        except UnreadableFile as nothing:  # lines that repeat on all pages are running heads
            assert nothing.kind == "无文字"
            return
    assert document.pages[0].start == 0
    assert document.pages[-1].end == len(document.text)
    for offset, character in enumerate(document.text):
        if character in marks:
            page = marks.index(character) + 1
            assert document.page_of(offset) == page
            assert document.pages[page - 1].start <= offset < document.pages[page - 1].end


@given(st.text(max_size=60))
def test_any_string_is_an_address_or_none(text: str) -> None:
    assert is_address(text) in (True, False)


def test_a_sentence_is_no_address_and_a_name_is() -> None:
    assert not is_address("各单位应当如实申报。")
    assert is_address("2023/通知.docx")
    assert is_address("a.zip!b/c.pdf")
    assert not is_address("第一行\n第二行.txt")
