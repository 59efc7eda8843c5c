"""Objects in RTF (OLE 1, written in hexadecimal) and in OpenDocument packages (folders of the package)."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

import olefile

from pipeline.ingest.containers.embedded import host, ole_files, packed_file, plain_file
from pipeline.ingest.containers.member import MAX_MEMBERS, Member
from pipeline.ingest.problems import Unreadable

_OBJECT = re.compile(rb"\\objdata\b[^{}\\0-9a-fA-F]*(?P<hex>[0-9a-fA-F\s]*)")
_LINKED, _EMBEDDED = 1, 2
_PACKAGE = b"Package"
_FOLDER = re.compile(r"(Object [^/]*)(/content\.xml)?$")
_KINDS = {b"office:text": "text", b"office:spreadsheet": "spreadsheet", b"office:presentation": "presentation"}
_ENDINGS = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}


@host("rtf")
def open_rtf(data: bytes) -> list[Member]:
    """The files embedded in an RTF ([MS-OLEDS] 2.2.5)."""
    found = list(_OBJECT.finditer(data))[:MAX_MEMBERS]
    return [member for number, match in enumerate(found, 1) for member in _old_object(_bytes(match["hex"]), f"对象{number}")]


def _bytes(digits: bytes) -> bytes:
    joined = b"".join(digits.split())
    return bytes.fromhex(joined[: len(joined) // 2 * 2].decode("ascii"))


def _old_object(data: bytes, stem: str) -> Iterator[Member]:
    """The file in an object of OLE 1: its class and its native data, which is mostly an OLE 2 file."""
    try:
        kind, at = struct.unpack_from("<I", data, 4)[0], 8
        texts = []
        for _ in range(3):
            (size,) = struct.unpack_from("<I", data, at)
            texts.append(data[at + 4 : at + 4 + size].rstrip(b"\0"))
            at += 4 + size
        (size,) = struct.unpack_from("<I", data, at)
        body = data[at + 4 : at + 4 + size]
    except struct.error:
        kind, texts, body = 0, [b""], b""
    if kind != _EMBEDDED or not body:
        reason = "只有链接，文件不在其中" if kind == _LINKED else "嵌入的对象打不开"
        yield Member(stem, len(data), bytes, Unreadable("文件损坏", reason))
    elif texts[0] == _PACKAGE and not body.startswith(olefile.MAGIC):
        yield packed_file(struct.pack("<I", len(body)) + body, stem)
    else:
        yield from _file(body, stem)


def _file(data: bytes, stem: str) -> Iterator[Member]:
    if not data.startswith(olefile.MAGIC):
        yield plain_file(stem, data)
        return
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            yield from ole_files(ole, [], stem, data)
    except (OSError, IndexError, KeyError, ValueError, TypeError):
        yield Member(stem, len(data), bytes, Unreadable("文件损坏", "嵌入的对象打不开"))


@host("odt", "ods", "odp")
def open_odf(data: bytes) -> list[Member]:
    """The documents and OLE objects in a package of OpenDocument; charts and formulas are texts of the document itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = [match for name in package.namelist() if (match := _FOLDER.match(name))]
            return [member for match in found[:MAX_MEMBERS] for member in _odf_object(package, match[1], bool(match[2]))]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return []  # a damaged package, which its reader names


def _odf_object(package: zipfile.ZipFile, name: str, is_folder: bool) -> Iterator[Member]:
    if not is_folder:
        yield from _file(package.read(name), name)
        return
    content = package.read(f"{name}/content.xml")
    kind = next((kind for tag, kind in _KINDS.items() if b"<" + tag in content), None)
    if kind is not None:
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as inner:
            inner.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
            for part in package.namelist():
                if part.startswith(f"{name}/") and not part.endswith(("/", "/mimetype")):
                    inner.writestr(part.removeprefix(f"{name}/"), package.read(part))
            inner.writestr("META-INF/manifest.xml", _MANIFEST.format(kind))
        yield plain_file(name, stored.getvalue(), _ENDINGS[kind])


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{}"/></manifest:manifest>'
)
