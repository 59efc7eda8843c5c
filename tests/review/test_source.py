"""The source beside the text: a page's picture with its evidence boxed where it stands, and the file as it lies in the archive."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import pipeline
from pipeline.document import UnreadableFile
from pipeline.review import open_scan, served
from pipeline.review.desk.source import page_image
from tests.review.served import Client

LINES = (
    "云州市水务局文件",
    "云水发〔2018〕31号",
    "关于印发《取水企业信用管理办法》的通知",
    "第一条 取水企业伪造计量数据的，认定为严重失信企业，列入失信名单。",
    "第二条 有关部门应当限制失信企业参加水利工程投标。",
)


def draw_pdf(path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    for page in (LINES[:3], LINES[3:]):
        canvas.setFont("STSong-Light", 14)
        for number, line in enumerate(page):
            canvas.drawString(60, 780 - 30 * number, line)
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("原件")
    (folder / "档案").mkdir()
    draw_pdf(folder / "档案" / "取水.pdf")
    pipeline.scan(folder / "档案", folder / "out", workers=1, as_of="2021-01-25")
    return folder / "out"


def yellow(png: bytes) -> np.ndarray:
    """The rows (as shares of the height) that hold a box's colour."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    boxed = (pixels[..., 0] > 240) & (pixels[..., 1] > 200) & (pixels[..., 2] < 200) & (pixels[..., 2] > 100)
    return np.flatnonzero(boxed.sum(axis=1) > 20) / pixels.shape[0]


def test_the_evidence_is_boxed_where_it_stands(out: Path) -> None:
    scan = open_scan(out)
    screening = scan.screening(scan.items[0].document_id)
    rows = yellow(page_image(out, screening, 2))
    assert len(rows) and rows.min() > 50 / 842 and rows.max() < 105 / 842  # the two lines at 62 and 92 points from the top
    assert len(yellow(page_image(out, screening, 1))) == 0


def test_a_page_comes_when_asked_for_and_one_that_is_not_there_is_told(out: Path) -> None:
    with served(out).in_background() as page:
        client = Client(page)
        (id_,) = client.get("/api/order")["ids"]
        code, png = client.raw(f"/page/{id_}/2?token={client.token}")
        assert code == 200 and png.startswith(b"\x89PNG")
        assert client.refused(f"/page/{id_}/9?token={client.token}")[0] == 404
        code, data = client.raw(f"/file/{id_}?token={client.token}")
        assert data.startswith(b"%PDF")


def test_a_file_that_changed_since_is_not_shown_for_what_was_read(out: Path, tmp_path: Path) -> None:
    scan = open_scan(out)
    screening = scan.screening(scan.items[0].document_id)
    file = out.parent / "档案" / "取水.pdf"
    kept = file.read_bytes()
    try:
        file.write_bytes(kept + b"\n")
        with pytest.raises(UnreadableFile, match="变了"):
            page_image(out, screening, 1)
    finally:
        file.write_bytes(kept)


def test_of_a_scan_the_lines_with_the_evidence_are_boxed(tmp_path: Path) -> None:
    import pypdfium2

    draw_pdf(tmp_path / "取水.pdf")
    (tmp_path / "档案").mkdir()
    picture = pypdfium2.PdfDocument(tmp_path / "取水.pdf")[1].render(scale=2).to_pil()
    picture.save(tmp_path / "档案" / "扫描.png")
    pipeline.scan(tmp_path / "档案", tmp_path / "out", workers=1, as_of="2021-01-25")
    scan = open_scan(tmp_path / "out")
    screening = scan.screening(scan.items[0].document_id)
    assert screening.flagged
    rows = yellow(page_image(tmp_path / "out", screening, 1))
    assert len(rows) and rows.min() > 45 / 842 and rows.max() < 110 / 842
