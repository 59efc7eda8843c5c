"""Pictures of the formats that keep them apart from the text (DOC, XLS, PPT, RTF, ODT): read behind the text.

OfficeArt stores a picture as it came (JPEG, PNG, DIB) after a header of known length ([MS-ODRAW] 2.2.23).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator

import olefile

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.office.drawings import loader
from pipeline.ingest.readers import Picture, Reading

_MOST = 500
_SIGNATURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n")
_BLIPS = frozenset({0xF01D, 0xF01E, 0xF02A})  # JPEG, PNG, JPEG in CMYK
_HEADS = (25, 41)  # bytes from a record's head to the picture: one identifier, or two
_DRAWING_GROUP, _CONTINUE = 0x00EB, 0x003C  # [MS-XLS] 2.4.171, 2.4.58
_RTF_PICTURE = re.compile(rb"\\(?:pngblip|jpegblip)\b[^{}]*?[\s}]((?:[0-9a-fA-F]{2}\s*){40,})")


def add_loose_pictures(data: bytes, format_: str, reading: Reading) -> None:
    """Add the pictures of a document of these formats to its reading, each distinct one once."""
    find = _FINDERS.get(format_)
    if find is None:
        return
    last = reading.lines[-1] if reading.lines else None
    for number, picture in enumerate(dict.fromkeys(find(data)), start=1):
        if number > _MOST:
            detail = f"图片超过{_MOST}张，其余没有查看"
            reading.parts.append(Part(PartKind.PICTURE, "其余图片", PartOutcome.UNREAD, detail))
            return
        page = last.page if last else 1
        reading.pictures.append(Picture(loader(picture), f"第{number}张图片", page, last))


def _in_doc(data: bytes) -> Iterator[bytes]:
    return (picture for name in ("Data", "WordDocument") for picture in _blips(_stream(data, name)))


def _in_ppt(data: bytes) -> Iterator[bytes]:
    return _blips(_stream(data, "Pictures"))


def _in_xls(data: bytes) -> Iterator[bytes]:
    return _blips(_drawing_groups(_stream(data, "Workbook") or _stream(data, "Book")))


def _stream(data: bytes, name: str) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return ole.openstream(name).read() if ole.exists(name) else b""
    except (OSError, IndexError, KeyError, ValueError, TypeError):
        return b""


def _drawing_groups(stream: bytes) -> bytes:
    """The bodies of the drawing group's records with those that continue them, joined."""
    pieces, at, inside = [], 0, False
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        inside = kind == _DRAWING_GROUP or (inside and kind == _CONTINUE)
        if inside:
            pieces.append(stream[at + 4 : at + 4 + size])
        at += 4 + size
    return b"".join(pieces)


def _blips(stream: bytes) -> Iterator[bytes]:
    end = 0
    for match in _SIGNATURES.finditer(stream):
        start = match.start()
        for head in _HEADS if start >= end else ():
            if start < head:
                continue
            _, kind, size = struct.unpack_from("<HHI", stream, start - head)
            if kind in _BLIPS and size >= head - 8:
                end = start - head + 8 + size
                yield stream[start:end]
                break


def _in_rtf(data: bytes) -> Iterator[bytes]:
    for match in _RTF_PICTURE.finditer(data):
        yield bytes.fromhex(b"".join(match[1].split()).decode("ascii"))


def _in_odf(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                if info.filename.startswith("Pictures/") and not info.is_dir() and info.file_size < 64 * 1024**2:
                    yield package.read(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


_FINDERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "doc": _in_doc,
    "ppt": _in_ppt,
    "xls": _in_xls,
    "rtf": _in_rtf,
    "odt": _in_odf,
    "ods": _in_odf,
}
