"""How truly each format is read: ``python -m benchmarks.reading`` prints characters wrong and seconds a page.

The samples are made on the spot (``reading_samples``). Rows that need LibreOffice or a Chinese font are left out where
there is none, with the reason. CER is the edit distance to the known text without white space, in percent of its length.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from benchmarks import reading_samples as samples
from pipeline.ingest import read_document
from pipeline.ingest.soffice import program

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


def born_digital() -> Iterator[tuple[str, bytes]]:
    """Every format that holds characters, as (name, bytes)."""
    text, docx = samples.expected(), samples.docx()
    yield "TXT UTF-8", text.encode()
    yield "TXT GB18030", text.encode("gb18030")
    yield "DOCX", docx
    yield "OFD", samples.ofd()
    if program():
        yield "DOC", samples.converted(docx, "doc:MS Word 97")
        yield "RTF", samples.converted(docx, "rtf")
        yield "ODT", samples.converted(docx, "odt")
        yield "HTML", samples.converted(samples.docx(numbered=False), "html")
        yield "PDF", samples.converted(docx, "pdf")


SCANS: list[tuple[str, int, dict[str, float]]] = [
    ("clean", 150, {}),
    ("clean", 200, {}),
    ("clean", 300, {}),
    ("noise 12", 150, {"noise": 12}),
    ("seal", 150, {"seal": True}),
    ("seal", 200, {"seal": True}),
    ("skew 2°", 200, {"skew": 2.0}),
    ("skew -5°", 200, {"skew": -5.0}),
    ("seal, noise 12, skew 1.5°", 150, {"seal": True, "noise": 12, "skew": 1.5}),
    ("seal, noise 12, skew 1.5°", 200, {"seal": True, "noise": 12, "skew": 1.5}),
    ("seal, noise 25, skew -3°", 200, {"seal": True, "noise": 25, "skew": -3.0}),
    ("seal, noise 12, skew 1.5°", 300, {"seal": True, "noise": 12, "skew": 1.5}),
    ("on its side", 200, {"skew": 90}),
    ("upside down", 200, {"skew": 180}),
]


def scan(pdf: bytes, dpi: int, settings: dict[str, float]) -> tuple[bytes, int]:
    """A TIFF of the pages of a PDF as scanned so, and their number."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    turn = settings.get("skew", 0.0)
    if turn in (90, 180):
        pages = [page.rotate(turn, expand=True) for page in pages]
    else:
        pages = [samples.scanned(page, **settings) for page in pages]  # type: ignore[arg-type]
    stored = io.BytesIO()
    pages[0].save(stored, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(dpi, dpi))
    return stored.getvalue(), len(pages)


def measure(name: str, data: bytes, known: str, pages: int = 1) -> tuple[str, float, float, str]:
    """Name, CER in percent, seconds a page, and the text read."""
    began = time.perf_counter()
    document = read_document(data, name)
    seconds = time.perf_counter() - began
    return name, error_rate(document.text, known), seconds / max(pages, 1), document.text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was read, too")
    parser.add_argument("--only", default="", help="only the rows whose name contains this")
    options = parser.parse_args()
    known, failed = samples.expected(), 0
    print(f"{'sample':<38}{'CER %':>8}{'bar':>6}{'s a page':>10}")

    def row(name: str, make: Callable[[], tuple[bytes, int]], bar: float | None) -> None:
        nonlocal failed
        if options.only not in name:
            return
        data, pages = make()
        label, rate, seconds, text = measure(name, data, known, pages)
        failed += bar is not None and rate > bar
        print(f"{label:<38}{rate:>8.2f}{'' if bar is None else f'{bar:.1f}':>6}{seconds:>10.3f}", flush=True)
        if options.show:
            print(text)

    for name, data in born_digital():
        row(name, lambda data=data: (data, 1), BORN_DIGITAL_BAR)
    if not (program() and samples.cjk_font()):
        print("DOC, RTF, ODT, HTML, PDF and scans left out: they need LibreOffice and a Chinese font on this machine")
        return int(bool(failed))
    read_document(_blank(), "warm-up")
    pdf = samples.converted(samples.docx(), "pdf")
    for name, dpi, settings in SCANS:
        bar = SCAN_BAR if dpi == 200 and settings.get("skew") not in (90, 180) else None
        row(f"scan {dpi} dpi, {name}", lambda dpi=dpi, settings=settings: scan(pdf, dpi, settings), bar)
    return int(bool(failed))


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
