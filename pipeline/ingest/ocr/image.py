"""Pictures of pages: JPG, PNG, BMP, GIF, WebP and TIFF of several pages, read by OCR."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pipeline.ingest.ocr import long_scans
from pipeline.ingest.ocr.recognition import read_bitmap
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader

_MAX_PIXELS = 120_000_000  # an A3 page at 600 dpi is 70 million
_GLANCE = 800  # pixels on either side that suffice to see whether there is text


@reader("jpg", "png", "bmp", "gif", "tiff", "webp")
def read_image(data: bytes) -> Reading:
    """The lines of each frame, one page a frame."""
    lines: list[Line] = []
    page = 0
    try:
        with Image.open(io.BytesIO(data)) as picture:
            long_scans.ask(getattr(picture, "n_frames", 1))
            for page, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if frame.width * frame.height > _MAX_PIXELS:
                    raise Unreadable("超出限制", "图片过大")
                lines.extend(read_bitmap(pixels_of(frame), page))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("文件损坏", "图片打不开") from error
    return Reading(lines, max(page, 1), [f"图片共{page}页，经OCR识别"])


def opened(data: bytes, *, small: bool = False) -> np.ndarray:
    """The pixels of a picture inside a document; ``small`` may give fewer of them. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise Unreadable("超出限制", "图片过大")
            if small:
                picture.draft("RGB", (_GLANCE, _GLANCE))  # a JPEG is decoded at a half, a quarter or an eighth
            return pixels_of(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("格式不支持", "图片格式不支持或已损坏") from error


def pixels_of(frame: Image.Image) -> np.ndarray:
    """Upright BGR pixels on white."""
    upright = ImageOps.exif_transpose(frame).convert("RGBA")
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright)
    return np.asarray(white.convert("RGB"))[:, :, ::-1]
