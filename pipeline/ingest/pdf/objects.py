"""What the objects of a PDF say that the library gives no way to ask for: layers that may be off, strings (ISO 32000-1, 7.3.4).

They are looked for in the bytes of the file and in its object streams. Chinese in a string is UTF-16 with a mark, so that it
can be told.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from pipeline.ingest.beside import list_beside
from pipeline.ingest.readers import Reading

# The lists of layers that are off (8.11.4), and layers that depend on others.
_OFF = re.compile(rb"/OFF\s*\[\s*\d|/OFF\s+\d+\s+\d+\s+R|/BaseState\s*/OFF|/ViewState\s*/OFF|/OCMD\b")
_PACKED = re.compile(rb"/ObjStm\b")
_BEGIN, _END = re.compile(rb"stream\r?\n"), b"endstream"
_MOST = 16 * 1024**2  # bytes of an object stream
_LITERAL, _HEXADECIMAL = (
    re.compile(rb"\(\xfe\xff((?:[^\\)]|\\.)*)(?:\)|\\?\Z)", re.S),
    re.compile(rb"<\s*[Ff][Ee][Ff][Ff]([0-9A-Fa-f\s]*)>"),
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.S)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ABOUT = re.compile(rb"<x:xmpmeta.*?(?:</x:xmpmeta>|\Z)", re.S)  # what the file says of itself in XML (XMP)
_TAG = re.compile(r"<[^<>]*>|&[#\w]+;")
_CHINESE, _FEW = re.compile("[㐀-鿿]"), 6  # with fewer it is the name of a field, a font or a person
_MOST_STRINGS = 3_000


def object_streams(data: bytes) -> list[bytes]:
    """The unpacked streams in which objects lie; an empty one for each that can't be unpacked."""
    found = []
    for match in _PACKED.finditer(data):
        begin = _BEGIN.search(data, match.end())
        end = data.find(_END, begin.end()) if begin else -1
        if begin is None or end < 0:
            break  # nor has any after it
        try:
            found.append(zlib.decompressobj().decompress(memoryview(data)[begin.end() : end], _MOST))
        except zlib.error:  # locked, or packed otherwise
            found.append(b"")
    return found


def may_be_switched_off(data: bytes, streams: Iterable[bytes]) -> bool:
    """Whether layers (图层) may be off; True too where objects can't be unpacked."""
    return any(not stream for stream in streams) or any(_OFF.search(each) for each in (data, *streams))


def list_strings(data: bytes, streams: Iterable[bytes], reading: Reading) -> None:
    """List the strings that neither the text nor its parts say: descriptions of pictures, prompts, scripts, properties."""
    told = "".join("".join(part.detail.split()) for part in reading.parts)
    found = [text for source in (data, *streams) for text in _strings(source)]
    found += [text for match in _ABOUT.finditer(data) for text in _TAG.split(match[0].decode("utf-8", "replace"))]
    said = (" ".join(_TAG.sub(" ", text).split()) for text in dict.fromkeys(found) if len(_CHINESE.findall(text)) >= _FEW)
    list_beside(reading, "属性、说明和脚本", [text for text in said if "".join(text.split()) not in told][:_MOST_STRINGS])


def _strings(source: bytes) -> Iterator[str]:
    if b"(\xfe\xff" in source:
        yield from (_decoded(_ESCAPE.sub(_unescaped, match[1])) for match in _LITERAL.finditer(source))
    for match in _HEXADECIMAL.finditer(source):
        digits = b"".join(match[1].split())
        yield _decoded(bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii")))


def _decoded(data: bytes) -> str:
    return data.decode("utf-16-be", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 0xFF])
    return b"" if match[2] else _CONTROLS.get(match[3], match[3])
