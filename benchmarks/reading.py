"""How truly each format is read: ``python -m benchmarks.reading`` prints characters wrong and seconds a page.

The samples are made on the spot (``reading_samples``). Rows that need LibreOffice or a Chinese font are left out where
there is none, with the reason. CER is the edit distance to the known text without white space, in percent of its length.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from benchmarks import reading_layouts as layouts
from benchmarks import reading_samples as samples
from pipeline.ingest import read_document
from pipeline.ingest.word.soffice import program

BORN_DIGITAL_BAR = 0.5
SCAN_BAR = 3.0


def edit_distance(first: str, second: str) -> int:
    """Levenshtein's distance, a row of the table at a time."""
    a, b = np.array([ord(each) for each in first]), np.array([ord(each) for each in second])
    steps = np.arange(len(b) + 1)
    row = steps.copy()
    for index, character in enumerate(a, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (b != character))
        # Insertions run along the row: a running minimum of the cost less its position.
        row = np.minimum.accumulate(np.concatenate([[index], best]) - steps) + steps
    return int(row[-1])


def error_rate(text: str, known: str) -> float:
    """Percent of the known characters that are wrong, missing or too many; white space does not count."""
    text, known = "".join(text.split()), "".join(known.split())
    return 100 * edit_distance(known, text) / len(known)


Row = tuple[str, Callable[[], bytes], str]


def born_digital() -> Iterator[Row]:
    """Every format that holds characters, as (name, bytes when called, known text)."""
    text, docx = samples.expected(), samples.docx()
    for encoding in ("UTF-8", "GB18030", "UTF-16-LE", "UTF-16-BE"):
        yield f"TXT {encoding}", lambda encoding=encoding: text.encode(encoding), text
    yield "DOCX", lambda: docx, text
    yield "DOCX 汇编（页眉、左右页码、合并单元格）", layouts.booklet, layouts.booklet_text()
    yield "DOCX 双栏", layouts.columns, layouts.columns_text()
    yield "OFD", samples.ofd, text
    yield "XLSX", layouts.sheet, layouts.sheet_text()
    yield "HTML 网页", lambda: layouts.html().encode("gb18030"), layouts.html_text()
    yield "MHT", layouts.mht, layouts.html_text()
    yield "EML", layouts.mail, layouts.mail_text()
    if program():
        yield "DOC（Word 97）", lambda: samples.converted(docx, "doc:MS Word 97"), text
        # WPS writes the format of Word 97 under an ending of its own; the ending is not looked at.
        yield "WPS 汇编（Word 97 格式）", lambda: samples.converted(layouts.booklet(), "doc:MS Word 97"), layouts.booklet_text()
        yield "RTF", lambda: samples.converted(docx, "rtf"), text
        yield "ODT", lambda: samples.converted(docx, "odt"), text
        yield "HTML（LibreOffice 导出）", lambda: samples.converted(samples.docx(numbered=False), "html"), text
        yield "XLS", lambda: samples.converted(layouts.sheet(), "xls:MS Excel 97", "xlsx"), layouts.sheet_text()
        yield "PDF", lambda: samples.converted(docx, "pdf"), text
        yield (
            "PDF 汇编（页眉、左右页码、跨页段落）",
            lambda: samples.converted(layouts.booklet(), "pdf"),
            layouts.booklet_text(),
        )
        yield "PDF 双栏", lambda: samples.converted(layouts.columns(), "pdf"), layouts.columns_text()


SEALED = {"seal": True, "noise": 12, "skew": 1.5}
SCANS: list[tuple[str, int, dict[str, float]]] = [
    ("清晰", 150, {}),
    ("清晰", 200, {}),
    ("清晰", 300, {}),
    ("噪点", 150, {"noise": 12}),
    ("红章", 150, {"seal": True}),
    ("红章", 200, {"seal": True}),
    ("倾斜1°", 200, {"skew": 1.0}),
    ("倾斜-3°", 200, {"skew": -3.0}),
    ("倾斜5°", 200, {"skew": 5.0}),
    ("红章、JPEG质量30", 200, {"seal": True, "jpeg": 30}),
    ("淡墨、阴影", 200, {"faint": 0.55, "shade": 0.35, "noise": 6}),
    ("红章、噪点、倾斜1.5°", 150, SEALED),
    ("红章、噪点、倾斜1.5°", 200, SEALED),
    ("红章、噪点、倾斜1.5°", 300, SEALED),
    ("红章、重噪点、倾斜-3°、JPEG质量40", 200, {"seal": True, "noise": 25, "skew": -3.0, "jpeg": 40}),
    ("横放", 200, {"skew": 90}),
    ("倒放", 200, {"skew": 180}),
]
# Other layouts, as (name, document, known text, settings), at 200 dpi.
LAYOUTS: list[tuple[str, Callable[[], bytes], Callable[[], str], dict[str, float]]] = [
    ("双栏、红章", layouts.columns, layouts.columns_text, {"seal": True, "noise": 6}),
    (
        "汇编（黑体、页眉、左右页码）、倾斜1°",
        lambda: layouts.booklet(2),
        lambda: layouts.booklet_text(2),
        {"skew": 1.0, "noise": 6},
    ),
]


def scan(pdf: bytes, dpi: int, settings: dict[str, float], format_: str = "TIFF") -> tuple[bytes, int]:
    """A TIFF (or PDF, packed as JPEG) of the pages of a PDF as scanned so, and their number."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    turn = settings.get("skew", 0.0)
    if turn in (90, 180):
        pages = [page.rotate(turn, expand=True) for page in pages]
    else:
        pages = [samples.scanned(page, **settings) for page in pages]  # type: ignore[arg-type]
    stored = io.BytesIO()
    packing: dict[str, Any] = {"compression": "tiff_lzw", "dpi": (dpi, dpi)} if format_ == "TIFF" else {"resolution": dpi}
    pages[0].save(stored, format_, save_all=True, append_images=pages[1:], **packing)
    return stored.getvalue(), len(pages)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was read, too")
    parser.add_argument("--only", default="", help="only the rows whose name contains this")
    options = parser.parse_args()
    return report(options.only, show=options.show)


def report(only: str = "", *, show: bool = False) -> int:
    """Print the table; 1 where a row misses its bar."""
    table = _Table(only, show)
    for name, make, known in born_digital():
        table.row(name, lambda make=make: (make(), 1), known, BORN_DIGITAL_BAR)
    table.memory("读版式文件时")
    if not (program() and samples.cjk_font()):
        print("本机没有 LibreOffice 或中文字体：DOC、WPS、RTF、ODT、XLS、PDF 和扫描件略过")
        return int(table.failed)
    read_document(_blank(), "warm-up")
    pdf = samples.converted(samples.docx(), "pdf")
    for name, dpi, settings in SCANS:
        bar = SCAN_BAR if dpi == 200 and settings.get("skew") not in (90, 180) else None
        table.row(
            f"扫描 {dpi} dpi {name}", lambda dpi=dpi, settings=settings: scan(pdf, dpi, settings), samples.expected(), bar
        )
    for name, make, known, settings in LAYOUTS:
        table.row(
            f"扫描 200 dpi {name}",
            lambda make=make, settings=settings: scan(samples.converted(make(), "pdf"), 200, settings),
            known(),
            SCAN_BAR,
        )
    table.row(
        "扫描 PDF 200 dpi 红章、噪点", lambda: scan(pdf, 200, {"seal": True, "noise": 6}, "PDF"), samples.expected(), SCAN_BAR
    )
    table.memory("识别扫描件时，含识别模型")
    return int(table.failed)


class _Table:
    """Prints row by row, and remembers whether one missed its bar."""

    def __init__(self, only: str, show: bool):
        self.failed = False
        self._peak = 0.0
        self._only = only
        self._show = show
        print("错字率（编辑距离占原文字数，%，不计空白）\t要求\t每页秒\t样本")

    def row(self, name: str, make: Callable[[], tuple[bytes, int]], known: str, bar: float | None) -> None:
        if self._only not in name:
            return
        data, pages = make()
        _forget_peak()
        began = time.perf_counter()
        text = read_document(data, name).text
        self._peak = max(self._peak, _peak_megabytes())
        seconds = (time.perf_counter() - began) / pages
        rate = error_rate(text, known)
        self.failed |= bar is not None and rate > bar
        wanted = "" if bar is None else f"≤{bar}"
        print(
            f"{rate:.2f}\t{wanted}\t{seconds:.3f}\t{name}{'（未达到）' if bar is not None and rate > bar else ''}", flush=True
        )
        if self._show:
            print(text)

    def memory(self, when: str) -> None:
        """The most memory that the process held while it read the rows so far; making the samples does not count."""
        print(f"内存峰值（{when}）\t{self._peak:.0f} MB")


def _forget_peak() -> None:
    """Count the peak of memory from here, where the system can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak_megabytes() -> float:
    with contextlib.suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _blank() -> bytes:
    """A small picture with a word, so that the recogniser is loaded before the clock runs."""
    stored = io.BytesIO()
    samples.scanned(_word(), noise=1).save(stored, "PNG")
    return stored.getvalue()


def _word() -> Image.Image:
    from PIL import ImageDraw, ImageFont

    page = Image.new("RGB", (600, 200), "white")
    ImageDraw.Draw(page).text((50, 60), "信用管理办法", fill="black", font=ImageFont.truetype(samples.cjk_font(), 60))
    return page


if __name__ == "__main__":
    sys.exit(main())
