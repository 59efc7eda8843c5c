"""Pictures of pages: every frame is a page, and pictures in any mode come to the recogniser upright on white."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.ocr import image
from pipeline.ingest.ocr.image import pixels_of
from pipeline.ingest.readers import Line

SEEN = ["甲页说明取水许可。", "乙页说明信用修复。", "丙页说明名单公示。"]


@pytest.fixture
def shapes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shapes of the pictures that went to the recogniser, which is a stand-in here."""
    sent: list[tuple[int, ...]] = []

    def read_bitmap(pixels: np.ndarray, page: int) -> list[Line]:
        sent.append(pixels.shape)
        return [Line(SEEN[page - 1], page, "line")]

    monkeypatch.setattr(image, "read_bitmap", read_bitmap)
    return sent


def stored(picture: Image.Image, format_: str, **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, format_, **options)  # type: ignore[arg-type]
    return data.getvalue()


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "group4", "jpeg"])
def test_every_page_of_a_tiff_is_read_and_known_by_its_number(shapes: list[tuple[int, ...]], compression: str) -> None:
    mode = {"group4": "1", "jpeg": "RGB"}.get(compression, "L")
    frames = [Image.new(mode, size, "white") for size in ((60, 80), (80, 60), (64, 64))]
    data = stored(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression=compression)
    document = read_document(data, "扫描.tif")
    assert shapes == [(80, 60, 3), (60, 80, 3), (64, 64, 3)]
    assert document.text.split("\n") == SEEN
    assert [document.page_of(document.text.index(text)) for text in SEEN] == [1, 2, 3]
    assert document.notes == ("图片共3页，经OCR识别",)


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "BMP", "GIF"])
def test_single_picture_is_one_page(shapes: list[tuple[int, ...]], format_: str) -> None:
    document = read_document(stored(Image.new("L", (60, 80), 255), format_), "照片.dat")
    assert len(shapes) == len(document.pages) == 1


def test_photograph_is_turned_as_its_camera_says(shapes: list[tuple[int, ...]]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    read_document(stored(Image.new("RGB", (80, 60), "white"), "JPEG", exif=exif), "照片.jpg")
    assert shapes == [(80, 60, 3)]


def test_what_is_transparent_is_white_and_colours_are_in_the_order_of_the_recogniser() -> None:
    clear = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    clear.putpixel((1, 0), (200, 30, 10, 255))
    assert pixels_of(clear).tolist() == [[[255, 255, 255], [10, 30, 200]]]


def test_enormous_picture_is_a_problem_and_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch, shapes: list[tuple[int, ...]]
) -> None:
    monkeypatch.setattr(image, "_MAX_PIXELS", 1000)
    with pytest.raises(UnreadableFile) as raised:
        read_document(stored(Image.new("1", (100, 100), 1), "PNG"), "大.png")
    assert raised.value.kind == "超出限制"
    assert shapes == []


def test_cut_picture_is_a_problem() -> None:
    data = stored(Image.effect_noise((200, 200), 50), "PNG")
    with pytest.raises(UnreadableFile) as raised:
        read_document(data[: len(data) // 2], "断.png")
    assert raised.value.kind == "文件损坏"
