"""Pictures of pages: JPG, PNG, BMP, GIF, WebP and TIFF of several pages, read by OCR."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pipeline.ingest.beside import list_beside
from pipeline.ingest.ocr import long_scans
from pipeline.ingest.ocr.lettering import SIDE
from pipeline.ingest.ocr.recognition import read_bitmap
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Look, Reading, reader

_MAX_PIXELS = 120_000_000  # an A3 page at 600 dpi is 70 million
_DESCRIPTIONS, _OF_WINDOWS = (0x010D, 0x010E), range(0x9C9B, 0x9CA0)  # EXIF: the document's name, its description; 标题 … 主题
_CAMERA, _REMARK = 0x8769, 0x9286
_SCAN = b"\xff\xda"
_LAST_BUT_ONE = re.compile(_SCAN + rb"\x00\x08\x01\x01.\x01\x3f\x21", re.S)


@reader("jpg", "png", "bmp", "gif", "tiff", "webp")
def read_image(data: bytes) -> Reading:
    """The lines of each frame, one page a frame."""
    lines: list[Line] = []
    page = 0
    try:
        with Image.open(io.BytesIO(data)) as picture:
            long_scans.ask(getattr(picture, "n_frames", 1))
            written = list(_written(picture))
            for page, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if frame.width * frame.height > _MAX_PIXELS:
                    raise Unreadable("超出限制", "图片过大")
                lines.extend(read_bitmap(pixels_of(frame), page))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("文件损坏", "图片打不开") from error
    reading = Reading(lines, max(page, 1), [f"图片共{page}页，经OCR识别"])
    list_beside(reading, "图片文件的说明", written)
    return reading


def _written(picture: Image.Image) -> Iterator[str]:
    """What is written into the file of a picture as a description, by a camera or by a person."""
    yield from (value for value in picture.info.values() if isinstance(value, str))
    exif = picture.getexif()
    for value in (*map(exif.get, (*_DESCRIPTIONS, *_OF_WINDOWS)), exif.get_ifd(_CAMERA).get(_REMARK)):
        if isinstance(value, str):
            yield value
        elif isinstance(value, bytes):
            bare = value[8:] if value.startswith((b"UNICODE\0", b"ASCII\0\0\0")) else value
            yield from (bare.decode(encoding, "replace").rstrip("\0") for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def opened(data: bytes, look: Look = "whole") -> np.ndarray:
    """The pixels of a picture inside a document, no more than the look at it needs. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(without_last_bit(data) if look == "glance" else data)) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise Unreadable("超出限制", "图片过大")
            if look == "glance" and picture.format == "JPEG":
                return np.asarray(_reduced(picture, "L").convert("L"))
            return pixels_of(picture if look == "whole" else _reduced(picture, "RGB"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("格式不支持", "图片格式不支持或已损坏") from error


def without_last_bit(data: bytes) -> bytes:
    """A progressive JPEG up to the scan that gives the brightness all but its last bit: half of the decoding (ITU-T T.81, G)."""
    scan = _LAST_BUT_ONE.search(data)
    end = data.find(_SCAN, scan.end()) if scan else -1
    return data[:end] + b"\xff\xd9" if end >= 0 else data


def _reduced(picture: Image.Image, mode: str) -> Image.Image:
    """The picture with a half, a third … of its pixels; a JPEG is not even decoded beyond that, nor in colours for grey."""
    times = max(max(picture.size) // SIDE, 1)
    picture.draft(mode, (picture.width // times, picture.height // times))
    times = max(picture.size) // SIDE
    plain = picture.mode in ("L", "RGB") and not picture.has_transparency_data
    return picture.reduce(times) if plain and times >= 2 else picture


def pixels_of(frame: Image.Image) -> np.ndarray:
    """Upright BGR pixels on white."""
    upright = ImageOps.exif_transpose(frame)
    if upright.has_transparency_data:
        opaque = upright.convert("RGBA")
        upright = Image.new("RGBA", opaque.size, "white")
        upright.alpha_composite(opaque)
    return np.asarray(upright.convert("RGB"))[:, :, ::-1]
