"""PDF: pages made here with known text: paragraphs over page breaks, tables, turned pages, broken layers, scans between."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.ocr import pictures
from pipeline.ingest.pdf.text_layer import needs_ocr
from pipeline.ingest.readers import Line

FONT, SIZE = "STSong-Light", 16
WIDTH, HEIGHT, LEFT, TOP, LEADING = 595, 842, 90, 120, 28
COLUMNS = 26  # characters a line
BODY = (
    "取水单位应当在每年年底以前向水行政主管部门报送下一年度取水计划，并对所报资料的真实性负责。拒不报送的，由水行政主管部门"
    "责令限期改正；逾期不改正的，记入该单位信用档案，并在部门网站公示六个月。公示期满且已改正的，可以申请信用修复。"
)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def made(draw: Callable[[Canvas], None], **options: object) -> bytes:
    stored = io.BytesIO()
    canvas = Canvas(stored, pagesize=(WIDTH, HEIGHT), **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return stored.getvalue()


def put(canvas: Canvas, x: float, top: float, text: str, size: float = SIZE) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - top, text)


def wrapped(paragraphs: list[str]) -> list[str]:
    """Printed lines with the first of each paragraph indented by two characters."""
    lines = []
    for paragraph in paragraphs:
        indented = "　　" + paragraph
        lines += [indented[start : start + COLUMNS] for start in range(0, len(indented), COLUMNS)]
    return lines


def pages(paragraphs: list[str], per_page: int = 12, head: str = "", number: str = "— {} —") -> bytes:
    lines = wrapped(paragraphs)

    def draw(canvas: Canvas) -> None:
        for page, start in enumerate(range(0, len(lines), per_page), start=1):
            if head:
                put(canvas, 230, 60, head, 10)
            for index, line in enumerate(lines[start : start + per_page]):
                put(canvas, LEFT, TOP + LEADING * index, line)
            put(canvas, 430 if page % 2 else 90, 780, number.format(page), 12)  # odd pages right, even pages left
            canvas.showPage()

    return made(draw)


def paragraphs(count: int) -> list[str]:
    return [f"第{chr(0x7532 + index % 2)}{index + 10}款　{BODY}".replace("　", "") for index in range(count)]


def test_paragraphs_are_whole_over_lines_and_page_breaks() -> None:
    known = paragraphs(6)
    document = read_document(pages(known), "a.pdf")
    assert document.text == "\n".join(known)
    assert len(document.pages) > 2
    before_breaks = {document.text[page.start - 1] for page in document.pages[1:]}
    assert before_breaks - set("\n。")  # pages do break in mid-sentence


def test_running_heads_and_page_numbers_on_either_side_are_dropped() -> None:
    known = paragraphs(8)
    for number in ("— {} —", "- {} -", "第{}页", "{}"):
        assert read_document(pages(known, head="云州市水务局规范性文件汇编", number=number), "a.pdf").text == "\n".join(known)


def grid(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    for y in ys:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
    for x in xs:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])


def test_ruled_table_gives_a_row_a_line() -> None:
    rows = [["序号", "失信行为", "公示期限"], ["1", "虚报取水量", "六个月"], ["2", "拒不安装计量设施", "十二个月"]]

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 100, "附件：失信行为清单")
        xs, ys = [90, 150, 350, 500], [130, 170, 210, 250]
        grid(canvas, xs, ys)
        for y, row in zip(ys, rows, strict=False):
            for x, cell in zip(xs, row, strict=False):
                put(canvas, x + 6, y + 26, cell, 12)
        put(canvas, LEFT, 300, "说明文字在表格之后。")

    lines = read_document(made(draw), "a.pdf").text.split("\n")
    assert lines == ["附件：失信行为清单", *("\t".join(row) for row in rows), "说明文字在表格之后。"]


def test_merged_cells_keep_their_text_once_and_two_lines_in_a_cell_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(90, HEIGHT - 250, 410, 120)
        canvas.line(250, HEIGHT - 130, 250, HEIGHT - 250)
        canvas.line(250, HEIGHT - 190, 500, HEIGHT - 190)
        canvas.line(380, HEIGHT - 130, 380, HEIGHT - 250)
        put(canvas, 100, 195, "轻微失信行为", 12)
        put(canvas, 256, 155, "未按时报送取", 12)
        put(canvas, 256, 175, "水计划", 12)
        put(canvas, 386, 165, "三个月", 12)
        put(canvas, 256, 225, "计量设施失准", 12)
        put(canvas, 386, 225, "六个月", 12)

    text = read_document(made(draw), "a.pdf").text
    rows = [row.split("\t") for row in text.split("\n")]
    assert text.count("轻微失信行为") == 1
    assert [row[-2:] for row in rows] == [["未按时报送取水计划", "三个月"], ["计量设施失准", "六个月"]]


def test_text_that_runs_up_the_page_is_not_mixed_into_the_line_before_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 700, "甲、对失信主体，在网站公示一年。")
        canvas.rotate(90)
        canvas.drawString(100, -300, "乙、竖排的一句话，列为重点监管对象。")

    assert read_document(made(draw), "a.pdf").text.split("\n") == [
        "甲、对失信主体，在网站公示一年。",
        "乙、竖排的一句话，列为重点监管对象。",
    ]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_page_is_read_in_the_order_seen(rotation: int) -> None:
    known = paragraphs(2)

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[rotation])
        canvas.rotate(rotation)
        shift = HEIGHT - WIDTH if rotation != 180 else 0
        for index, line in enumerate(wrapped(known)):
            put(canvas, LEFT, TOP + shift + LEADING * index, line)

    assert read_document(made(draw), "a.pdf").text == "\n".join(known)


@pytest.mark.parametrize("rotation", [90, 270])
def test_turned_page_whose_letters_have_no_height_is_set_upright(monkeypatch: pytest.MonkeyPatch, rotation: int) -> None:
    """As where no font is found: pdfium drops what has no width, unless the page's objects are turned back first."""
    monkeypatch.setattr("pipeline.ingest.pdf.turned.loses_text", lambda page, every=0: True)
    test_turned_page_is_read_in_the_order_seen(rotation)


def test_locked_file_is_a_problem_with_a_remedy_and_an_owner_password_is_none() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "取水单位信用管理办法")

    with pytest.raises(UnreadableFile) as raised:
        read_document(made(draw, encrypt=StandardEncryption("user", "owner")), "a.pdf")
    assert raised.value.kind == "加密"
    assert raised.value.remedy
    free = StandardEncryption("", "owner", canCopy=0, canPrint=0)
    assert read_document(made(draw, encrypt=free), "a.pdf").text == "取水单位信用管理办法"


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that went to the recogniser, which is a stand-in here."""
    sent: list[int] = []

    def read_bitmap(pixels: object, page: int) -> list[Line]:
        sent.append(page)
        return [Line("认出的文字。", page, "line")]

    monkeypatch.setattr(pictures, "read_bitmap", read_bitmap)
    return sent


def test_garbled_text_layer_goes_to_recognition(recognised: list[int]) -> None:
    garbled = "".join(chr(0x4E00 + 97 * index % 20000) for index in range(200))

    def draw(canvas: Canvas) -> None:
        for index in range(8):
            put(canvas, LEFT, TOP + LEADING * index, garbled[25 * index : 25 * index + 25])

    document = read_document(made(draw), "a.pdf")
    assert recognised == [1]
    assert document.text == "认出的文字。"


def test_good_text_is_not_sent_to_recognition_though_a_picture_lies_under_it(recognised: list[int]) -> None:
    white = ImageReader(Image.new("L", (60, 85), 250))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(white, 0, 0, WIDTH, HEIGHT)
        for index, line in enumerate(wrapped(paragraphs(2))):
            put(canvas, LEFT, TOP + LEADING * index, line)

    assert read_document(made(draw), "a.pdf").text == "\n".join(paragraphs(2))
    assert recognised == []


def test_only_the_scanned_pages_of_a_mixed_file_are_recognised(recognised: list[int]) -> None:
    white = ImageReader(Image.new("L", (60, 85), 250))

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "甲、有文字层的一页。")
        canvas.showPage()
        canvas.drawImage(white, 0, 0, WIDTH, HEIGHT)
        put(canvas, 400, 800, "第2页", 9)  # a stamp or page number over the scan
        canvas.showPage()
        put(canvas, LEFT, TOP, "乙、又有文字层的一页。")

    document = read_document(made(draw), "a.pdf")
    assert recognised == [2]
    assert document.text.split("\n") == ["甲、有文字层的一页。", "认出的文字。", "乙、又有文字层的一页。"]
    assert document.notes == ("第2页经OCR识别",)
    assert [document.page_of(document.text.index(mark)) for mark in ("甲", "认", "乙")] == [1, 2, 3]


@pytest.mark.parametrize(("shows_letters", "outcome"), [(True, "未读"), (False, "无文字")])
def test_page_of_which_nothing_could_be_recognised_is_listed(
    monkeypatch: pytest.MonkeyPatch, shows_letters: bool, outcome: str
) -> None:
    monkeypatch.setattr(pictures, "read_bitmap", lambda pixels, page: [])
    monkeypatch.setattr(pictures, "may_hold_text", lambda pixels: shows_letters)
    white = ImageReader(Image.new("L", (60, 85), 250))

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "有文字层的一页。")
        canvas.showPage()
        canvas.drawImage(white, 0, 0, WIDTH, HEIGHT)

    (part,) = read_document(made(draw), "a.pdf").parts
    assert (part.place, part.outcome) == ("第2页", outcome)


def test_white_page_is_no_scan(recognised: list[int]) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "只有这一页有字。")
        canvas.showPage()
        canvas.showPage()

    document = read_document(made(draw), "a.pdf")
    assert recognised == []
    assert document.text == "只有这一页有字。"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_cut_file_is_read_or_listed(share: float) -> None:
    data = pages(paragraphs(4))
    try:
        assert read_document(data[: int(len(data) * share)], "a.pdf").text
    except UnreadableFile as problem:
        assert problem.kind in {"文件损坏", "无文字"}


def test_letters_spaced_by_the_typesetter_are_closed_up() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 250, TOP, "通 知", 22)
        put(canvas, 200, TOP + 60, "云水发〔2023〕 17 号")

    assert read_document(made(draw), "a.pdf").text == "通知\n云水发〔2023〕17号"


def test_a_page_of_jobs_and_places_is_text_and_a_shuffled_map_is_not() -> None:
    """Lists of jobs hold hardly a 的 or 应当; reading them again from their picture cost more than all the rest."""
    jobs = "四、西岭科牵头清扫积雪，21日前完成。五、沙浦科牵头核对账目，7日前完成。六、沙湖科牵头修剪树木，16日前完成。七、宁江科牵头汛前检查，24日前完成。"
    shuffled = "".join(chr(0x4E00 + ord(sign) * 7919 % 20000) for sign in jobs * 2)
    assert not needs_ocr(jobs * 2, 0.0)
    assert needs_ocr(shuffled, 0.0)
