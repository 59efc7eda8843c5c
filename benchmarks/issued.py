"""Files as offices issue them, for the benchmarks: one document a file. `build`: in the type of GB/T 9704 (三号仿宋, about 600 characters a
page), half DOCX, half PDF as LibreOffice writes it with its fonts packed in. `exported`: PDF with fonts that are the reader's."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from benchmarks.archives import document, docx_of, pdf
from pipeline.ingest.word.soffice import program

_CLAUSES = 14  # to 28, of our own, which are short: three to five pages
_RUN = '<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>'
_PARAGRAPH = '<w:pPr><w:spacing w:line="570" w:lineRule="exact"/></w:pPr>'
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
_SECONDS = 900
_NOT_PACKED = "STSong-Light"


def invented(count: int, seed: int = 0) -> list[list[str]]:
    """The lines of what an archive is made of: ordinary documents of some pages, and among ten one that sets out measures."""
    draw = random.Random(seed)
    return [document(draw, "云州", 2019, "住建", number, others_at_least=_CLAUSES).lines for number in range(count)]


def build(folder: Path, documents: Iterable[Sequence[str]]) -> None:
    """A file a document, every other a PDF (without LibreOffice one whose font is the reader's)."""
    with tempfile.TemporaryDirectory() as scratch:
        for number, lines in enumerate(documents):
            if number % 2 and not program():
                (folder / f"{number:03}.pdf").write_bytes(pdf(list(lines)))
            else:
                ((Path(scratch) if number % 2 else folder) / f"{number:03}.docx").write_bytes(_laid_out(lines))
        if sources := sorted(Path(scratch).glob("*.docx")):
            profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
            command = [program(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def exported(folder: Path, documents: Iterable[Sequence[str]]) -> None:
    """A PDF a document as many office systems export it: 40 lines of 38 characters a page in a Chinese font that is not packed in, so
    that the reader must find one of its own."""
    pdfmetrics.registerFont(UnicodeCIDFont(_NOT_PACKED))
    for number, lines in enumerate(documents):
        rows = [line[at : at + 38] for line in lines for at in range(0, len(line), 38)]
        page = canvas.Canvas(str(folder / f"{number:03}.pdf"))
        for begin in range(0, len(rows), 40):
            page.setFont(_NOT_PACKED, 12)
            for place, row in enumerate(rows[begin : begin + 40]):
                page.drawString(70, 780 - place * 18, row)
            page.showPage()
        page.save()


def _laid_out(lines: Sequence[str]) -> bytes:
    body = "".join(f'<w:p>{_PARAGRAPH}<w:r>{_RUN}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    return docx_of(body + _PAGE)
