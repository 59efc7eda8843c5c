"""Files inside documents (嵌入对象、附件): each is a member of its document, ``a.docx!附件1.xlsx``, screened as a file.

What can't be taken out is a member with its problem. Formulas and pictures that stand for nothing but themselves are none.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

import ofdkit
import olefile
import pypdfium2 as pdfium
from lxml import etree
from ofdkit.package import Package as OfdPackage

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.containers.compound import ole_file
from pipeline.ingest.containers.letter import clean_name
from pipeline.ingest.containers.member import MAX_MEMBER_BYTES, MAX_MEMBERS, Member, Opener, checked, decoded_name
from pipeline.ingest.containers.zip_tar import open_zip
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.sniff import sniff

_EMBEDDINGS = "/embeddings/"
_NATIVE = {"WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt"}
_ENDINGS = {"unknown": ".bin", "jpg": ".jpg", "encrypted": ".docx"}
_PACKED, _PACKAGE, _CONTENTS = "\x01Ole10Native", "Package", "CONTENTS"
_SLIDES, _OBJECT = "PowerPoint Document", re.compile(rb"(?P<packed>[\x00\x10])\x00\x11\x10.{4}", re.S)
_FORMULA = "Equation Native"
_MARKS = {"pdf": (b"EmbeddedFile", b"/ObjStm"), "rtf": (b"\\objdata",)}  # without one of these it carries no file

HOSTS: dict[str, Opener] = {}


def host(*formats: str) -> Callable[[Opener], Opener]:
    """Register a function as the one that takes the files out of documents of these formats."""

    def register(function: Opener) -> Opener:
        for format_ in formats:
            HOSTS[format_] = function
        return function

    return register


def may_hold_files(stream: BinaryIO, format_: str) -> bool:
    """Whether a document may hold files, told from its directory alone; False too for a damaged one, which its reader names."""
    stream.seek(0)
    try:
        if format_ in ("docx", "xlsx", "pptx"):
            with zipfile.ZipFile(stream) as package:
                return any(_EMBEDDINGS in name for name in package.namelist())
        if format_ == "ofd":
            with zipfile.ZipFile(stream) as package:
                return any(name.endswith("Attachments.xml") for name in package.namelist())
        if format_ in ("doc", "xls", "ppt"):
            with olefile.OleFileIO(stream) as ole:
                return bool(_storages(ole)) or (ole.exists(_SLIDES) and _OBJECT.search(_stream(ole, _SLIDES)) is not None)
        if format_ in ("odt", "ods", "odp"):
            with zipfile.ZipFile(stream) as package:
                return any(name.startswith("Object ") for name in package.namelist())
        data = stream.read() if format_ in _MARKS else b""
        return any(mark in data for mark in _MARKS.get(format_, ()))
    except Exception:  # olefile and zipfile raise many kinds on damaged files
        return False


def embedded_parts(data: bytes, format_: str) -> list[Part]:
    """The files inside a document as parts of it: they are screened as files of their own."""
    if format_ not in HOSTS or not may_hold_files(io.BytesIO(data), format_):
        return []
    try:
        members = HOSTS[format_](data) or []
    except Unreadable as error:
        return [Part(PartKind.OBJECT, "附带的文件", PartOutcome.UNREAD, error.detail or error.kind)]
    return [Part(PartKind.OBJECT, member.name, PartOutcome.LISTED, "附带文件，另行列出") for member in members]


# Office packages


@host("docx", "xlsx", "pptx")
def open_package(data: bytes) -> list[Member]:
    """The files embedded in an Office package: as packages, or wrapped in an OLE object."""
    members = []
    for member in open_zip(data) or ():
        if _EMBEDDINGS not in f"/{member.name}":
            continue
        name = posixpath.basename(member.name)
        if member.problem is not None or not name.endswith(".bin"):
            members.append(Member(name, member.size, member.read, member.problem))
        else:
            members.extend(_unwrapped(member, name.removesuffix(".bin")))
    return members


def _unwrapped(member: Member, stem: str) -> Iterator[Member]:
    try:
        data = member.read()
    except Unreadable as error:
        yield Member(stem, member.size, member.read, error)
        return
    if not data.startswith(olefile.MAGIC):
        yield plain_file(stem, data)
        return
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            yield from ole_files(ole, [], stem, data)
    except (OSError, IndexError, KeyError, ValueError, TypeError):
        yield Member(stem, len(data), member.read, Unreadable("文件损坏", "嵌入的对象打不开"))


# Compound files (Word, Excel and PowerPoint 97-2003)


@host("doc", "xls", "ppt")
def open_compound(data: bytes) -> list[Member]:
    """The objects in the storages of a compound file ([MS-DOC] ObjectPool, [MS-XLS] MBD...)."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            found = [
                member for number, path in enumerate(_storages(ole), 1) for member in ole_files(ole, path, f"对象{number}")
            ]
            return found + (list(_in_slides(_stream(ole, _SLIDES))) if ole.exists(_SLIDES) else [])
    except (OSError, IndexError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("文件损坏", "嵌入的对象打不开") from error


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    return ole.openstream(name).read()


def _in_slides(stream: bytes) -> Iterator[Member]:
    """The objects of a presentation, each a compound file in a record of its own, mostly packed ([MS-PPT] 2.10.34)."""
    for number, match in enumerate(_OBJECT.finditer(stream), 1):
        (size,) = struct.unpack_from("<I", stream, match.end() - 4)
        body, stem = stream[match.end() : match.end() + size], f"对象{number}"
        if len(body) < size:
            continue  # bytes that look like such a record
        try:
            data = zlib.decompressobj().decompress(body[4:], MAX_MEMBER_BYTES) if match["packed"] == b"\x10" else body
        except zlib.error:
            data = b""
        if not data.startswith(olefile.MAGIC):
            yield Member(stem, len(body), bytes, Unreadable("文件损坏", "嵌入的对象打不开"))
            continue
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            yield from ole_files(ole, [], stem, data)


def _storages(ole: olefile.OleFileIO) -> list[list[str]]:
    entries = ole.listdir(streams=False, storages=True)
    return [
        path
        for path in entries
        if (len(path) == 2 and path[0] == "ObjectPool") or (len(path) == 1 and path[0].startswith("MBD"))
    ]


def ole_files(ole: olefile.OleFileIO, path: list[str], stem: str, whole: bytes = b"") -> list[Member]:
    """The file in an OLE object, none for a formula; ``whole`` are the bytes where the object is a file of its own."""
    names = {entry[len(path)] for entry in ole.listdir() if entry[: len(path)] == path}

    def stream(name: str) -> bytes:
        return ole.openstream([*path, name]).read()

    if _PACKED in names:
        return [packed_file(stream(_PACKED), stem)]
    for name in (_PACKAGE, _CONTENTS):
        if name in names and sniff(stream(name)) != "unknown":
            return [plain_file(stem, stream(name))]
    for name, ending in _NATIVE.items():
        if name in names:
            below = [entry for entry in ole.listdir() if entry[: len(path)] == path]
            data = whole or ole_file({"/".join(entry[len(path) :]): ole.openstream(entry).read() for entry in below})
            return [plain_file(stem, data, ending)]
    if _FORMULA in names:
        return []
    return [Member(stem, 0, bytes, Unreadable("格式不支持", "嵌入的对象不是可识别的文件"))]


def packed_file(data: bytes, stem: str) -> Member:
    """A file put in as a package ([MS-OLEDS] 2.3.6, and what Windows writes after it): label, path, bytes."""
    try:
        at = 6
        label, at = _string(data, at)
        _, at = _string(data, at)
        (size,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + size
        (size,) = struct.unpack_from("<I", data, at)
        body = data[at + 4 : at + 4 + size]
    except (struct.error, ValueError):
        return Member(stem, len(data), bytes, Unreadable("文件损坏", "嵌入的对象不完整"))
    if len(body) < size:
        return Member(label or stem, size, bytes, Unreadable("文件损坏", "嵌入的对象不完整"))
    return checked(label or stem, len(body), len(body), lambda: body)


def _string(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return clean_name(posixpath.basename(decoded_name(data[at:end]).replace("\\", "/"))), end + 1


def plain_file(stem: str, data: bytes, ending: str = "") -> Member:
    format_ = sniff(data)
    return checked(stem + (ending or _ENDINGS.get(format_, f".{format_}")), len(data), len(data), lambda: data)


# PDF and OFD


@host("pdf")
def open_pdf(data: bytes) -> list[Member]:
    """The files attached to a PDF; those of a portfolio."""
    try:
        document = pdfium.PdfDocument(data)
        attached = [document.get_attachment(index) for index in range(min(document.count_attachments(), MAX_MEMBERS))]
        return [_attached(each) for each in attached]
    except pdfium.PdfiumError:
        return []  # a locked or damaged PDF, which its reader names


def _attached(attachment: pdfium.PdfAttachment) -> Member:
    name = clean_name(attachment.get_name()) or "附件"
    try:
        body = bytes(attachment.get_data())
    except pdfium.PdfiumError:
        return Member(name, 0, bytes, Unreadable("文件损坏", "PDF 附件打不开"))
    return checked(name, len(body), len(body), lambda: body)


@host("ofd")
def open_ofd(data: bytes) -> list[Member]:
    """The attachments of an OFD (GB/T 33190, 16)."""
    try:
        with OfdPackage(data) as package:
            lists = [name for name in package.names if name.endswith("Attachments.xml")]
            return [member for name in lists for member in _ofd_attachments(package, name)]
    except (ofdkit.OFDError, etree.XMLSyntaxError):
        return []


def _ofd_attachments(package: OfdPackage, listed_in: str) -> Iterator[Member]:
    for each in package.read_xml(listed_in).iter():
        if each.tag.rpartition("}")[2] != "Attachment":
            continue
        location = next((child.text for child in each if child.tag.rpartition("}")[2] == "FileLoc"), "") or ""
        file = package.resolve(listed_in, location.strip())
        name = clean_name(each.get("Name") or posixpath.basename(location)) or "附件"
        ending = each.get("Format") or ""
        name += f".{ending.lower()}" if ending and not name.lower().endswith(f".{ending.lower()}") else ""
        if file is None:
            yield Member(name, 0, bytes, Unreadable("文件损坏", "OFD 中没有这个附件"))
        else:
            body = package.read(file)
            yield checked(name, len(body), len(body), partial(bytes, body))
