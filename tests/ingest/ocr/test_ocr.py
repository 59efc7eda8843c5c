"""OCR on pages drawn here: skew, seals, tables, orientation. Skipped where there is no Chinese font to draw with."""

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.reading import edit_distance
from benchmarks.reading_samples import cjk_font, scanned
from pipeline.ingest import read_document
from pipeline.ingest.ocr import recognition as ocr
from pipeline.ingest.ocr.detection import engine
from pipeline.ingest.ocr.geometry import skew
from pipeline.ingest.ocr.recognition import read_bitmap, with_wide_brackets
from pipeline.ingest.ocr.seals import without_seals
from pipeline.ingest.ocr.tables import find_tables

needs_font = pytest.mark.skipif(not cjk_font(), reason="本机没有中文字体")
SIZE = (1240, 1754)  # A4 at 150 dpi
LINES = [
    "关于加强失信行为信用惩戒管理工作的通知",
    "各县区人民政府，市政府各部门：为规范失信行为",
    "认定和失信信息公示，现就有关事项通知如下。",
    "一、严格依法认定失信行为，不得擅自扩大范围。",
    "二、列入严重失信主体名单前应当告知当事人。",
]
CELLS = [["序号", "失信行为", "公示期限"], ["1", "拖欠农民工工资", "十二个月"], ["2", "骗取财政补贴资金", "三十六个月"]]


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(cjk_font(), size)


def page(*, table: bool = False) -> Image.Image:
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    for index, text in enumerate(LINES):
        draw.text((150, 150 + 80 * index), text, fill="black", font=font(38))
    if table:
        for row, texts in enumerate(CELLS):
            for column, text in enumerate(texts):
                left, top = 150 + 310 * column, 700 + 80 * row
                draw.rectangle([left, top, left + 310, top + 80], outline="black", width=3)
                draw.text((left + 12, top + 18), text, fill="black", font=font(32))
    return picture


def alike(read_lines: list[str], known: list[str]) -> bool:
    """The same lines, a character of each left to the font of the machine."""
    pairs = zip(read_lines, known, strict=False)
    return len(read_lines) == len(known) and all(edit_distance(one, other) <= 1 for one, other in pairs)


def read(picture: Image.Image) -> list[str]:
    return [line.text.replace(" ", "") for line in read_bitmap(np.asarray(picture.convert("RGB"))[:, :, ::-1], 1)]


@needs_font
def test_lines_come_out_in_order():
    assert alike(read(page()), LINES)


@needs_font
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_that_lies_wrong_is_turned(turn):
    assert alike(read(page().rotate(turn, expand=True)), LINES)


@needs_font
@pytest.mark.parametrize("angle", [-5.0, 2.0])
def test_skewed_page_is_straightened(angle):
    assert alike(read(scanned(page(), skew=angle)), LINES)


@needs_font
@pytest.mark.parametrize("angle", [-4.0, -1.0, 0.0, 1.5, 6.0])
def test_skew_is_measured_to_a_third_of_a_degree(angle):
    grey = np.asarray(scanned(page(), skew=angle).convert("L"))
    assert skew(grey) == pytest.approx(-angle, abs=0.3)


@needs_font
def test_seal_is_not_read_and_hides_nothing():
    picture = page()
    draw = ImageDraw.Draw(picture)
    draw.text((500, 1300), "临川市信用管理局", fill="black", font=font(38))
    draw.text((500, 1380), "2023年8月17日", fill="black", font=font(38))
    layer = Image.new("RGB", SIZE, "white")
    ink = ImageDraw.Draw(layer)
    ink.ellipse([530, 1210, 780, 1460], outline=(220, 40, 40), width=10)
    ink.text((600, 1260), "临川局", fill=(220, 40, 40), font=font(36))
    from PIL import ImageChops

    texts = read(ImageChops.multiply(picture, layer))
    assert alike(texts[-2:], ["临川市信用管理局", "2023年8月17日"])
    assert not any(text in ("临川局", "临", "局") for text in texts)


@needs_font
def test_red_headline_stays():
    picture = page()
    ImageDraw.Draw(picture).text((150, 40), "临川市人民政府办公室文件", fill=(225, 20, 20), font=font(70))
    assert alike(read(picture)[:1], ["临川市人民政府办公室文件"])


@needs_font
def test_table_is_read_row_by_row_with_cells_parted():
    texts = read(page(table=True))
    assert alike(texts, LINES + ["\t".join(row) for row in CELLS])


@needs_font
def test_picture_file_of_two_pages_is_a_document_with_a_note():
    stored = io.BytesIO()
    page().save(stored, "TIFF", save_all=True, append_images=[page(table=True)])
    document = read_document(stored.getvalue(), "扫描件.tif")
    assert len(document.pages) == 2
    assert alike(document.text.split("\n")[:1], LINES[:1])
    assert "OCR" in document.notes[0]


@needs_font
def test_nothing_is_printed(capfd):
    read(page())
    out, err = capfd.readouterr()
    assert out == "" and err == ""


def test_blank_page_gives_nothing():
    assert read_bitmap(np.full((1754, 1240, 3), 255, np.uint8), 1) == []


def test_merged_cells_are_one():
    picture = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle([100, 100, 1000, 400], outline=0, width=3)
    draw.line([100, 200, 1000, 200], fill=0, width=3)
    draw.line([100, 300, 1000, 300], fill=0, width=3)
    draw.line([400, 200, 400, 400], fill=0, width=3)
    (table,), _ = find_tables(np.asarray(picture))
    assert table.rows == 3
    assert [cell.row for cell in table.cells] == [0, 1, 1, 2, 2]


def test_round_red_figure_is_wiped_and_a_wide_one_is_not():
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse([500, 900, 750, 1150], outline=(220, 40, 40), width=12)
    draw.rectangle([150, 100, 1000, 160], fill=(220, 40, 40))
    grey = without_seals(np.asarray(picture)[:, :, ::-1])
    assert grey[900:1150, 500:750].min() == 255
    assert grey[130, 500] < 255


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff" + bytes(200), b"II*\x00" + bytes(100)])
def test_damaged_picture_is_a_problem(data):
    from pipeline.document import UnreadableFile

    with pytest.raises(UnreadableFile) as raised:
        read_document(data, "a.png")
    assert raised.value.kind == "文件损坏"


def columns(*, title: str = "", foot: str = "") -> Image.Image:
    """Two columns of eight lines, each line with a sign of its own place."""
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    if title:
        draw.text((330, 100), title, fill="black", font=font(44))
    for side, left in enumerate((120, 650)):
        for index in range(8):
            draw.text((left, 240 + 60 * index), COLUMN_LINES[side][index], fill="black", font=font(32))
    if foot:
        draw.text((200, 900), foot, fill="black", font=font(36))
    return picture


COLUMN_LINES = [[f"{first}{second}取水单位应当如实申报" for second in "甲乙丙丁戊己庚辛"] for first in ("左", "右")]


@needs_font
@pytest.mark.parametrize(
    ("title", "foot"), [("", ""), ("信用信息管理工作公报目录", "本期公报由市水务局办公室编印并向社会发放")]
)
def test_columns_are_read_one_after_the_other_and_what_spans_them_before_and_after(title: str, foot: str) -> None:
    known = [text for text in (title, *COLUMN_LINES[0], *COLUMN_LINES[1], foot) if text]
    assert alike(read(columns(title=title, foot=foot)), known)


@needs_font
def test_table_under_text_keeps_its_place_before_what_follows_it() -> None:
    picture = page(table=True)
    ImageDraw.Draw(picture).text((150, 1100), "特此通知，请遵照执行。", fill="black", font=font(38))
    assert alike(read(picture), [*LINES, *("\t".join(row) for row in CELLS), "特此通知，请遵照执行。"])


@pytest.mark.parametrize(
    ("recognised", "printed"),
    [
        ("(国办发〔2020〕49号)", "（国办发〔2020〕49号）"),
        ("(以下简称", "（以下简称"),
        ("的通知》)要求", "的通知》）要求"),
        ("（2021年)", "（2021年）"),
        ("f(x) 与 (1)", "f(x) 与 (1)"),
    ],
)
def test_brackets_round_chinese_are_wide(recognised: str, printed: str) -> None:
    assert with_wide_brackets(recognised) == printed


@needs_font
def test_recogniser_is_loaded_anew_now_and_then_and_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_PAGES_A_LOAD", 2)
    kept: dict[int, object] = {}  # so that no two have one address
    engines = set()
    for _ in range(4):
        assert alike(read(page()), LINES)
        engines.add(id(kept.setdefault(len(kept), engine())))
    assert len(engines) >= 2


@needs_font
@pytest.mark.parametrize("size", [12, 16, 21])
def test_lines_of_small_print_whose_strokes_run_together_are_no_table(size: int) -> None:
    picture = Image.new("RGB", (38 * size, 10 * size), "white")
    for row in range(4):
        text = "统筹协调建设诚信体系的监督指导工作机制，营商环境法治化"
        ImageDraw.Draw(picture).text((size, (1 + 2 * row) * size), text, fill="black", font=font(size))
    enlarged = picture.resize((900, 900 * picture.height // picture.width), Image.Resampling.BICUBIC)
    tables, rules = find_tables(np.asarray(enlarged.convert("L")))
    assert not tables and not rules.any()


@needs_font
def test_two_columns_of_a_few_lines_are_read_one_after_the_other() -> None:
    picture = Image.new("RGB", (1240, 400), "white")
    words = "为规范失信行为认定和失信信息公示，现就有关事项通知如下：严格依法认定失信行为，不得擅自扩大范围；列入名单前应当告知当事人。"
    lines = [words[start : start + 15] for start in range(0, 60, 15)]
    for number, line in enumerate([*lines, *lines[::-1]]):
        ImageDraw.Draw(picture).text((60 + number // 4 * 600, 40 + 80 * (number % 4)), line, fill="black", font=font(34))
    assert alike(read(picture), [*lines, *lines[::-1]])
