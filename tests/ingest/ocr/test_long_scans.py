"""Long scans are read whole: the reader counts before it recognises, and asks for time to match."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.archive.executor import Again, LocalEngine, WorkerLost, run
from pipeline.archive.work import Outcome, ReadTask, perform
from pipeline.document import UnreadableFile
from pipeline.ingest import Source, read_document
from pipeline.ingest.ocr import image, long_scans, pictures
from pipeline.ingest.ocr.long_scans import MAX_PAGES, PAGES_AT_ONCE, SECONDS_A_PAGE, MoreTimeNeeded, ask, granted
from pipeline.ingest.readers import Line


def scanned_pdf(pages: int) -> bytes:
    """A PDF whose pages are a picture each and hold no text."""
    stored = io.BytesIO()
    page = Image.new("L", (60, 85), 255)
    page.save(stored, "PDF", save_all=True, append_images=[page] * (pages - 1))
    return stored.getvalue()


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that went to the recogniser, which is a stand-in here."""
    pages: list[int] = []

    def read_bitmap(pixels: object, page: int) -> list[Line]:
        pages.append(page)
        return [Line(f"认出{chr(0x4E00 + page)}{chr(0x5E00 + page)}的正文。", page, "line")]

    monkeypatch.setattr(pictures, "read_bitmap", read_bitmap)
    monkeypatch.setattr(image, "read_bitmap", read_bitmap)
    return pages


def test_long_scan_asks_for_time_before_anything_is_recognised(recognised: list[int]) -> None:
    with granted(PAGES_AT_ONCE), pytest.raises(MoreTimeNeeded) as raised:
        read_document(scanned_pdf(PAGES_AT_ONCE + 30), "长.pdf")
    assert raised.value.pages == PAGES_AT_ONCE + 30
    assert recognised == []


def test_with_the_time_granted_every_page_is_read(recognised: list[int]) -> None:
    with granted(200):
        document = read_document(scanned_pdf(200), "长.pdf")
    assert recognised == list(range(1, 201))
    assert len(document.pages) == 200
    assert document.text.count("认出") == 200
    assert document.notes == ("第1-200页经OCR识别",)


def test_a_picture_of_many_pages_asks_too(recognised: list[int]) -> None:
    stored, page = io.BytesIO(), Image.new("1", (20, 30), 1)
    page.save(stored, "TIFF", save_all=True, append_images=[page] * PAGES_AT_ONCE)
    with granted(PAGES_AT_ONCE), pytest.raises(MoreTimeNeeded):
        read_document(stored.getvalue(), "长.tif")
    assert recognised == []


def test_past_the_limit_the_file_is_a_problem_and_not_half_read(monkeypatch: pytest.MonkeyPatch, recognised: list[int]) -> None:
    monkeypatch.setattr(long_scans, "MAX_PAGES", 5)
    with pytest.raises(UnreadableFile) as raised:
        read_document(scanned_pdf(6), "太长.pdf")
    assert raised.value.kind == "超出限制"
    assert "拆分" in raised.value.remedy
    assert recognised == []


@given(st.integers(0, MAX_PAGES), st.none() | st.integers(0, MAX_PAGES))
def test_what_was_asked_for_is_enough_the_second_time(pages: int, allowed: int | None) -> None:
    with granted(allowed):
        try:
            ask(pages)
        except MoreTimeNeeded as need:
            with granted(need.pages):
                ask(pages)


def test_the_grant_ends_with_its_block() -> None:
    with granted(0), pytest.raises(MoreTimeNeeded):
        ask(1)
    ask(MAX_PAGES)


def test_the_work_on_a_long_scan_gives_the_same_task_with_more_time(tmp_path, recognised: list[int]) -> None:
    file = tmp_path / "长.pdf"
    file.write_bytes(scanned_pdf(PAGES_AT_ONCE + 5))
    task = ReadTask(Source("长.pdf", 1, 1, str(file)), "2026-01-01")
    again = perform(task)
    assert isinstance(again, Again)
    assert again.task.source == task.source
    assert again.task.extra_seconds == 5 * SECONDS_A_PAGE
    outcome = perform(again.task)
    assert isinstance(outcome, Outcome)
    assert outcome.screening is not None
    assert len(recognised) == PAGES_AT_ONCE + 5


class _Slow:
    """A task that takes a second and says after the first try how long it needs."""

    def __init__(self, name: str, extra_seconds: float = 0.0):
        self.name = name
        self.extra_seconds = extra_seconds


def _work(task: _Slow) -> str | Again:
    import time

    if task.name == "hangs":
        time.sleep(30)
    if not task.extra_seconds:
        return Again(_Slow(task.name, 20.0))
    time.sleep(1.5)
    return task.name


def test_a_task_that_asks_for_time_outlives_the_usual_limit_and_a_hanging_one_does_not() -> None:
    with LocalEngine(2, seconds=1.0) as engine:
        results = {task.name: outcome for task, outcome in run(engine, _work, [_Slow("long"), _Slow("hangs")], 4)}
    assert results["long"] == "long"
    assert isinstance(results["hangs"], WorkerLost)
    assert results["hangs"].kind == "超时"


def test_a_page_that_calls_itself_enormous_is_recognised_small(recognised: list[int]) -> None:
    document = pdfium.PdfDocument.new()
    page = document.new_page(14_000, 14_000)
    picture = pdfium.PdfImage.new(document)
    picture.set_bitmap(pdfium.PdfBitmap.from_pil(Image.new("RGB", (8, 8), "white")))
    picture.set_matrix(pdfium.PdfMatrix().scale(14_000, 14_000))
    page.insert_obj(picture)
    page.gen_content()
    stored = io.BytesIO()
    document.save(stored)
    assert "认出" in read_document(stored.getvalue(), "大.pdf").text
