"""What becomes of the parts of a file: ``python -m benchmarks.parts [places|pictures|cost]``.

places: one sentence at each place that a format has; read, listed, or skipped without a word. pictures: how many characters
of pictures of text are read. cost: reading with parts against the same reading with them switched off, in one run.
"""

from __future__ import annotations

import contextlib
import difflib
import gc
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import docx
from PIL import Image

from benchmarks import looks
from benchmarks import reading_layouts as layouts
from benchmarks import reading_samples as samples
from pipeline.ingest import read_document
from pipeline.ingest.ocr.image import without_last_bit
from pipeline.ingest.readers import Reading
from pipeline.ingest.word.soffice import program
from pipeline.screening import screen
from tests.ingest.parts import plant
from tests.ingest.parts.formats import BINARY, FORMATS
from tests.ingest.parts.odd import ODD
from tests.ingest.parts.pdf import build_pdf

_TIMES = 9
_SANS, _SERIF = (
    next((str(path) for path in Path("/usr/share/fonts").rglob(f"Noto{name}CJK-Regular.ttc")), "") for name in ("Sans", "Serif")
)
STYLES = {
    "黑体，白底": plant.Print(_SANS),
    "宋体，白底": plant.Print(_SERIF, 36),
    "宋体小字": plant.Print(_SERIF, 24),
    "黑体大字": plant.Print(_SANS, 64),
    "灰字": plant.Print(_SERIF, 40, "#777777"),
    "白字蓝底": plant.Print(_SANS, 40, "white", "#1f4e9e"),
    "红字黄底": plant.Print(_SANS, 48, "#b01010", "#fff3c0"),
    "截图，14像素": plant.Print(_SANS, 14),  # 10.5 points on a screen of 96 dots an inch
    "截图，16像素": plant.Print(_SERIF, 16),
    "截图，白字": plant.Print(_SANS, 16, "white", "#1f4e9e"),
}
_PICTURED = ("pdf", "docx", "doc", "ofd", "xlsx", "html", "eml")
_AT = {"eml": "正文中的图片"}
_BESIDE = "pipeline.ingest.pdf.reader.pictures_beside"
_SETTLED = "pipeline.ingest.reading.with_pictures"
# What is done for parts alone, by the names under which the readers call it, and what stands for nothing done.
_SWITCHES: dict[str, object] = {
    "pipeline.ingest.reading.add_loose_parts": lambda *_: None,
    _SETTLED: lambda reading: reading,
    "pipeline.ingest.reading.embedded_parts": lambda *_: [],
    "pipeline.ingest.word.docx.Beside.add": lambda *_: None,
    "pipeline.ingest.sheets.may_be_odd": lambda _: False,
    "pipeline.ingest.pdf.reader.add_annotations": lambda *_: False,
    "pipeline.ingest.pdf.reader.add_beside_pages": lambda *_: None,
    _BESIDE: lambda *_: [],
    "pipeline.ingest.pdf.reader.object_streams": lambda _: [],
    "pipeline.ingest.pdf.reader.list_strings": lambda *_: None,
    "pipeline.ingest.pdf.reader.may_be_switched_off": lambda *_: False,
    "pipeline.ingest.pdf.reader.unseen": lambda *_: [],
    "pipeline.ingest.sheets.add_sheet_parts": lambda *_: None,
    "pipeline.ingest.fixed.ofd._Pages._add_beside": lambda *_: None,
    "pipeline.ingest.fixed.ofd._Pages._add_pictures": lambda *_: None,
    "pipeline.ingest.fixed.ofd.words_apart": lambda *_: (),
    "pipeline.ingest.web.html.aside_parts": lambda *_: [],
}


def places() -> Counter[str]:
    """Print a line a format, and the sum; each place in a file of its own, in the binary Office formats with others."""
    total: Counter[str] = Counter()
    print(f"{'格式':<8}{'位置':>6}{'已读':>6}{'已列出':>7}{'略过':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name in dict.fromkeys((*FORMATS, *(BINARY if program() else ()), *ODD)):
            fates = [plant.fates(data, f"甲.{name}", planted, Path(folder)) for planted, data in _planted(name)]
            found = Counter(fate for each in fates for fate in each.by_place.values())
            total += found
            print(f"{name:<8}{sum(found.values()):>8}{found[plant.FOUND]:>8}{found[plant.LISTED]:>8}{found[plant.SKIPPED]:>8}")
            if skipped := [place for each in fates for place in each.skipped]:
                print(f"  略过：{'、'.join(skipped)}")
    print(f"{'合计':<8}{total.total():>6}{total[plant.FOUND]:>8}{total[plant.LISTED]:>8}{total[plant.SKIPPED]:>8}")
    return total


def _planted(name: str) -> Iterator[tuple[plant.Planted, bytes]]:
    """The files of a format with what is planted in them."""
    format_ = (FORMATS | BINARY).get(name)
    places = format_.places if format_ else ()
    alone = [((place, plant.sentence(index)),) for index, place in enumerate(places)]
    for planted in plant.groups(places) if name in BINARY else alone:
        yield planted, format_.build(planted) if format_ else b""
    words = plant.sentence(3)
    for place, data in ODD[name](words).items() if name in ODD else ():
        yield ((place, words),), data


def pictures() -> None:
    """Print the share of characters read, by format and by print."""
    by_format, by_style = Counter[str](), Counter[str]()
    whole_format, whole_style = Counter[str](), Counter[str]()
    for position, (style, printed) in enumerate(STYLES.items()):
        plant.STYLE[0] = printed
        words = "".join(plant.sentence(position + step) for step in range(8 if printed.size < 20 else 4))
        for name in _PICTURED:
            if name == "doc" and (not program() or position % 3):
                continue  # a conversion takes seconds
            format_ = (FORMATS | BINARY)[name]
            text = _text(format_.build(((_AT.get(name, "图片"), words),)), name)
            read = _characters(text, words)
            for counter, whole, key in ((by_format, whole_format, name), (by_style, whole_style, style)):
                counter[key] += read
                whole[key] += len(words)
    plant.STYLE[0] = plant.Print()
    for read_, whole in ((by_format, whole_format), (by_style, whole_style)):
        print("　".join(f"{key} {read_[key] / whole[key]:.1%}" for key in whole))
    print(f"图片文字 {by_format.total()}/{whole_format.total()} 字，{by_format.total() / whole_format.total():.2%}")


def _text(data: bytes, name: str) -> str:
    return read_document(data, f"甲.{name}").text


def _characters(text: str, words: str) -> int:
    bare = "".join(text.split())
    return sum(block.size for block in difflib.SequenceMatcher(None, bare, words, autojunk=False).get_matching_blocks())


def _born_digital() -> Iterator[tuple[str, bytes]]:
    docx = layouts.booklet(9)
    yield "DOCX", docx
    if program():
        yield "PDF", samples.converted(docx, "pdf")
        yield "DOC", samples.converted(docx, "doc:MS Word 97")
        yield "RTF", samples.converted(docx, "rtf")
    yield "OFD", samples.ofd()
    yield "XLSX", _workbook()
    page = "".join(f"<p>{line}</p>" for line in layouts.booklet_text(9).split("\n"))
    yield "HTML", f"<html><body>{page}</body></html>".encode()


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for number in range(3000):
        book.active.append([number, plant.sentence(number), "青禾县水务局", number * 1.5])
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def _photographs() -> Iterator[tuple[str, bytes]]:
    """Photographs as cameras store them: one beside a line or two, and three in a document of nine pages."""
    stored = io.BytesIO()
    looks.landscape(7).save(stored, "JPEG", quality=88)
    photograph = stored.getvalue()
    with mock.patch.object(plant, "picture", lambda *_: photograph):
        yield "PDF，一行字一张", build_pdf((("正文", plant.sentence(1)), ("图片", "")))
        yield "DOCX，一行字一张", FORMATS["docx"].build((("正文", plant.sentence(1)), ("图片", "")))
    document = docx.Document(io.BytesIO(layouts.booklet(9)))
    for seed in (7, 8, 9):
        stored = io.BytesIO()
        looks.landscape(seed).save(stored, "JPEG", quality=88)
        document.add_picture(stored, docx.shared.Cm(14))
    whole = io.BytesIO()
    document.save(whole)
    yield "DOCX，九页三张", whole.getvalue()
    if program():
        yield "PDF，九页三张", samples.converted(whole.getvalue(), "pdf")


def cost() -> None:
    """Print what parts cost, by file: against reading alone, and against all that is done with a file, from bytes to findings;
    and against reading alone what it would cost to do no more than decode the pictures, an eighth of their width in grey."""
    for what, files in (("没有图片的电子文件", list(_born_digital())), ("只有照片的页", list(_photographs()))):
        sums = [0.0, 0.0, 0.0, 0.0]
        for name, data in files:
            times = *_timed(data, name), _judging(data, name)
            sums = [one + other for one, other in zip(sums, times, strict=True)]
            print(f"{name:<14}有 {times[0] * 1000:7.1f} 毫秒　无 {times[1] * 1000:7.1f} 毫秒　{_shares(times)}")
        print(f"{what}：{_shares(sums)}")


def _shares(times: Sequence[float]) -> str:
    with_, without, decoding, judging = times
    spent = with_ - without
    return f"{spent / without:+.1%}　其中只解开图片 {decoding / without - 1:+.1%}　连同判断 {spent / (without + judging):+.1%}"


def _judging(data: bytes, name: str) -> float:
    """Seconds for what follows reading."""
    document = read_document(data, name)
    best = float("inf")
    for _ in range(_TIMES // 3):
        start = time.process_time()
        screen(document)
        best = min(best, time.process_time() - start)
    return best


def _timed(data: bytes, name: str) -> tuple[float, float, float]:
    """Seconds of reading with parts, without, and without but with the pictures decoded; pictures are never known from before."""
    read: Callable[[], object] = lambda: read_document(data, name)  # noqa: E731 - timed thrice
    decoding = {target: nothing for target, nothing in _SWITCHES.items() if target != _BESIDE} | {_SETTLED: _decoded}
    switched: tuple[dict[str, object], ...] = ({}, _SWITCHES, decoding)
    best = [float("inf")] * 3
    for _ in range(_TIMES):
        for index, switches in enumerate(switched):
            with contextlib.ExitStack() as stack:
                for target, nothing in (switches | {"pipeline.ingest.ocr.pictures._KNOWN": {}}).items():
                    stack.enter_context(mock.patch(target, nothing))
                gc.collect()
                start = time.process_time()
                read()
                best[index] = min(best[index], time.process_time() - start)
    return best[0], best[1], best[2]


def _decoded(reading: Reading) -> Reading:
    """No more than the least decoding of the pictures."""
    for picture in reading.pictures:
        with Image.open(io.BytesIO(without_last_bit(picture.stored))) as stored:
            stored.draft("L", (1, 1))
            stored.load()
    return reading


def main() -> None:
    """All three, or those named on the command line."""
    for part in sys.argv[1:] or ("places", "pictures", "cost"):
        {"places": places, "pictures": pictures, "cost": cost}[part]()


if __name__ == "__main__":
    main()
