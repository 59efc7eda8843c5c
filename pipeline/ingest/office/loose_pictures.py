"""Pictures of the formats that keep them apart from the text (DOC, XLS, PPT, RTF, ODT), and the words of binary drawings.

OfficeArt stores a picture as it came (JPEG, PNG, DIB, TIFF) or packed (EMF, WMF, PICT) after a header of known length
([MS-ODRAW] 2.2.23).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator

import olefile

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.art_texts import add_art_texts, has_signs
from pipeline.ingest.office.drawings import loader
from pipeline.ingest.office.equations import STREAM, add_formulas
from pipeline.ingest.office.form_fields import add_form_fields
from pipeline.ingest.readers import Picture, Reading

_MOST = 500
# The head of a picture's record: version and instance, which says whether one identifier or two follow, and type.
_BLIPS = {
    (0x46A0, 0xF01D): 17, (0x46B0, 0xF01D): 33, (0x6E20, 0xF01D): 17, (0x6E30, 0xF01D): 33,  # JPEG
    (0x6E00, 0xF01E): 17, (0x6E10, 0xF01E): 33,  # PNG
    (0x7A80, 0xF01F): 17, (0x7A90, 0xF01F): 33,  # DIB
    (0x6E40, 0xF029): 17, (0x6E50, 0xF029): 33,  # TIFF
    (0x46A0, 0xF02A): 17, (0x46B0, 0xF02A): 33, (0x6E20, 0xF02A): 17, (0x6E30, 0xF02A): 33,  # JPEG in CMYK
}  # fmt: skip
_METAFILES = {
    (0x3D40, 0xF01A): 16, (0x3D50, 0xF01A): 32,  # EMF
    (0x2160, 0xF01B): 16, (0x2170, 0xF01B): 32,  # WMF
    (0x5420, 0xF01C): 16, (0x5430, 0xF01C): 32,  # PICT
}  # fmt: skip
_KINDS = re.compile(rb"[\x1a-\x1f\x29\x2a]\xf0")  # the types of both
_METAFILE_HEAD = 34  # bytes; the last but one says whether what follows is deflated
_DRAWING_GROUP, _DRAWING, _CONTINUE = 0x00EB, 0x00EC, 0x003C  # [MS-XLS] 2.4.171, 2.4.170, 2.4.58
_ABOUT = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_CODE_PAGE, _UTF_8 = 1, (65001, 65001 - 65536)
_SAID = (2, 3, 5, 6)  # title, subject, keywords, comments; category in the second set
_IN_MARGINS, _BEFORE_PICTURE = 0x0866, 14  # pictures of page headers, 2.4.138
_IN_MARGINS_SIGN = struct.pack("<H", _IN_MARGINS)
_BOOKS, _WITH_PICTURES, _WITH_DRAWINGS = (
    ("Workbook", "Book"),
    ("Data", "WordDocument", "Pictures"),
    ("Data", "0Table", "1Table", "PowerPoint Document"),
)
_STREAMS = {
    "doc": ("Data", "WordDocument", "0Table", "1Table"),
    "ppt": ("Pictures", "PowerPoint Document"),
    "xls": _BOOKS,
}
_RTF_PICTURE = re.compile(
    rb"\\(?:pngblip|jpegblip|emfblip|macpict|(?:wmetafile|pmmetafile|dibitmap|wbitmap)\d*)\b"
    rb"(?:[^{}]|\{\\\*\\blipuid[^{}]*\})*?(?:[\s}](?P<hex>(?:[0-9a-fA-F]{2}\s*){40,})|\\bin(?P<size>\d+) )"
)
# Before a picture that stands for another one, or for an object, which are there themselves.
_STAND_INS = (b"\\nonshppict", b"\\result")
_NEAR = 200  # bytes


def add_loose_parts(data: bytes, format_: str, reading: Reading) -> None:
    """Add the pictures of a document of these formats to its reading, each distinct one once, and the words of its drawings."""
    streams, properties = _streams(data, _STREAMS[format_]) if format_ in _STREAMS else ({}, [])
    add_formulas((stream for name, stream in streams.items() if name.endswith(STREAM)), reading)
    if format_ == "doc":
        add_form_fields(streams.get("Data", b""), reading)
    add_art_texts(_drawings(streams), reading)
    list_beside(reading, "文档属性", properties)
    last = reading.lines[-1] if reading.lines else None
    for number, picture in enumerate(dict.fromkeys(_pictures(data, format_, streams)), start=1):
        if number > _MOST:
            detail = f"图片超过{_MOST}张，其余没有查看"
            reading.parts.append(Part(PartKind.PICTURE, "其余图片", PartOutcome.UNREAD, detail))
            return
        page = last.page if last else 1
        reading.pictures.append(Picture(loader(picture), f"第{number}张图片", page, last, stored=picture))


def _streams(data: bytes, names: Iterable[str]) -> tuple[dict[str, bytes], list[str]]:
    """Those of the streams that are there, and the texts among the properties of the document."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {name: ole.openstream(name).read() for name in names if ole.exists(name)}
            streams |= {"/".join(path): ole.openstream(path).read() for path in ole.listdir() if path[-1] == STREAM}
            about = [ole.getproperties(name) for name in _ABOUT if ole.exists(name)]
            return streams, [text for each in about for text in _properties(each)]
    except (OSError, IndexError, KeyError, ValueError, TypeError):
        return {}, []


def _properties(found: dict[int, object]) -> Iterator[str]:
    """Texts in UTF-16, in UTF-8 where the set says so, or in the code page of Chinese programs."""
    encoding = "utf-8" if found.get(_CODE_PAGE) in _UTF_8 else "gb18030"
    for value in map(found.get, _SAID):
        if isinstance(value, bytes):
            yield value.rstrip(b"\0").decode(encoding, "replace")
        elif isinstance(value, str):
            yield value


def _pictures(data: bytes, format_: str, streams: dict[str, bytes]) -> Iterator[bytes]:
    if format_ in _FINDERS:
        return _FINDERS[format_](data)
    book = next((stream for name, stream in streams.items() if name in _BOOKS), b"")
    kept_in = [_records(book, _DRAWING_GROUP)]
    kept_in += [_records(book, _IN_MARGINS, _BEFORE_PICTURE)] if _IN_MARGINS_SIGN in book else []
    kept_in += [stream for name, stream in streams.items() if name in _WITH_PICTURES]
    return (picture for stream in kept_in for picture in _blips(stream))


def _drawings(streams: dict[str, bytes]) -> list[bytes]:
    """Where the records of drawings lie."""
    whole = [stream for name, stream in streams.items() if name in _WITH_DRAWINGS]
    books = [stream for name, stream in streams.items() if name in _BOOKS and has_signs(stream)]
    return whole + [_records(stream, _DRAWING) for stream in books[:1]]


def _records(stream: bytes, wanted: int, head: int = 0) -> bytes:
    """The bodies of an XLS's records of a kind, without their heads, with those that continue them, joined."""
    pieces, at, inside = [], 0, False
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        inside = kind == wanted or (inside and kind == _CONTINUE)
        if inside:
            pieces.append(stream[at + 4 + (head if kind == wanted else 0) : at + 4 + size])
        at += 4 + size
    return b"".join(pieces)


def _blips(stream: bytes) -> Iterator[bytes]:
    end = 0
    for match in _KINDS.finditer(stream):
        start = match.start() - 2
        if start < end or start + 8 > len(stream):
            continue
        version, kind, size = struct.unpack_from("<HHI", stream, start)
        whole, packed = _BLIPS.get((version, kind)), _METAFILES.get((version, kind))
        head = whole or (packed + _METAFILE_HEAD if packed else 0)
        if 0 < head < size <= len(stream) - start - 8:
            end = start + 8 + size
            body = stream[start + 8 + head : end]
            yield body if whole else _unpacked(body, stream[start + 8 + head - 2])


def _unpacked(body: bytes, packing: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, 64 * 1024**2) if packing == 0 else body
    except zlib.error:
        return body


def _in_rtf(data: bytes) -> Iterator[bytes]:
    for match in _RTF_PICTURE.finditer(data) if b"\\pict" in data else ():
        begin = data.rfind(b"\\pict", 0, match.start())
        if any(mark in data[max(begin - _NEAR, 0) : begin].rpartition(b"}")[2] for mark in _STAND_INS):
            continue
        if match["size"]:
            yield data[match.end() : match.end() + int(match["size"])]
        else:
            yield bytes.fromhex(b"".join(match["hex"].split()).decode("ascii"))


def _in_odf(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                if info.filename.startswith("Pictures/") and not info.is_dir() and info.file_size < 64 * 1024**2:
                    yield package.read(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


_FINDERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "rtf": _in_rtf,
    "odt": _in_odf,
    "ods": _in_odf,
    "odp": _in_odf,
}
