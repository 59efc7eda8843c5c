"""Bytes -> Document: told by content, read by the format's reader, cleaned up by the layout step."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.addresses import fetch
from pipeline.document import Document, UnreadableFile
from pipeline.ingest.containers.embedded import embedded_parts
from pipeline.ingest.containers.members import read_member, read_member_at
from pipeline.ingest.layout import assemble
from pipeline.ingest.ocr.installed import MISSING
from pipeline.ingest.ocr.long_scans import MoreTimeNeeded
from pipeline.ingest.ocr.pictures import with_pictures
from pipeline.ingest.office.loose_pictures import add_loose_parts
from pipeline.ingest.problems import Unreadable, problem
from pipeline.ingest.readers import Reading, reader_for
from pipeline.ingest.sniff import sniff

MAX_BYTES = 512 * 1024**2
# Formats without a reader that are named with their own remedy.
_NAMED = {
    "unknown": ("格式不支持", "无法识别的格式"),
    "ceb": ("需要专用阅读器", "方正 CEB 文件"),
    "caj": ("需要专用阅读器", "知网 CAJ 文件"),
}
_ENDINGS = [
    ".pdf",
    ".docx",
    ".doc",
    ".wps",
    ".ofd",
    ".rtf",
    ".odt",
    ".odp",
    ".ods",
    ".xps",
    ".pptx",
    ".ppt",
    ".xlsx",
    ".xls",
    ".txt",
    ".html",
    ".htm",
    ".mht",
    ".eml",
    ".msg",
    ".jpg",
    ".jpeg",
    ".png",
    ".tif",
    ".tiff",
]


def read(path: str | Path, *, name: str | None = None) -> Document:
    """Read one file, or one member of a container (``a.zip!b.docx``); ``name`` is the path to report.

    Raises UnreadableFile with the reason and the remedy in Chinese.
    """
    file, member = _split(str(path))
    reported = name or str(path)
    try:
        data = read_member(file, member) if member else file.read_bytes()
    except FileNotFoundError as error:
        raise problem("无法打开", reported, "找不到这个文件") from error
    except OSError as error:
        raise problem("无法打开", reported, error.strerror or "") from error
    return read_document(data, reported)


def bytes_at(archive: Path | str, path: str) -> bytes:
    """The bytes of a file below an archive, or of a member of a container there, by the path that the scan lists it under.

    Raises FileNotFoundError where it is not there (any more), UnreadableFile where the container does not give it.
    """
    if isinstance(archive, str):
        return _bytes_behind(archive, path)
    root = archive if archive.is_dir() else archive.parent
    file, member = _split(str(root / path))
    if not file.resolve().is_relative_to(root.resolve()) or not file.is_file():
        raise FileNotFoundError(2, "no such file", str(file))
    return read_member(file, member) if member else file.read_bytes()


def _bytes_behind(archive: str, path: str) -> bytes:
    """The same behind a server."""
    name, _, member = path.partition("!")
    address = f"{archive}/{name}"
    try:
        return read_member_at(address, 0, 0, member) if member else fetch(address)
    except OSError as error:
        raise FileNotFoundError(2, "no such file", address) from error


def read_document(data: bytes, path: str) -> Document:
    """The document in these bytes, reported under ``path``. Raises UnreadableFile."""
    if not data:
        raise problem("空文件", path)
    if len(data) > MAX_BYTES:
        raise problem("超出限制", path, f"文件 {len(data) // 1024**2} MB")
    format_ = sniff(data)
    if format_ == "encrypted":
        raise problem("加密", path)
    reader = reader_for(format_)
    if reader is None:
        kind, detail = _NAMED.get(format_, ("格式不支持", format_))
        raise problem(kind, path, detail)
    try:
        reading = reader(data)
        add_loose_parts(data, format_, reading)
        reading = with_pictures(reading)
    except Unreadable as error:
        raise problem(error.kind, path, error.detail) from error
    except (MemoryError, UnreadableFile, MoreTimeNeeded):
        raise
    except Exception as error:  # a reader's library may raise anything on a damaged file; the scan must go on
        raise problem("文件损坏", path, f"{format_}：{type(error).__name__}") from error
    reading.parts.extend(embedded_parts(data, format_))
    text, pages = assemble(reading)
    if not text.strip():
        raise problem(*_why_empty(reading, path))
    digest = hashlib.sha256(data).hexdigest()
    return Document(path, format_, digest, text, pages, tuple(reading.notes), tuple(reading.facts), tuple(reading.parts))


def _why_empty(reading: Reading, path: str) -> tuple[str, str, str]:
    """A scan without text is no empty document where nothing here could read it."""
    unread = any(part.detail == MISSING for part in reading.parts)
    return ("需要文字识别", path, MISSING) if unread else ("无文字", path, "")


def is_address(text: str) -> bool:
    """Whether a string is meant as a path: it names a file, or has the look of a document's name."""
    if len(text) > 1024 or "\n" in text:
        return False
    return text.lower().endswith(tuple(_ENDINGS)) or _is_file(_split(text)[0])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a sentence can be too long for a name, or hold what no name may
        return False


def _split(path: str) -> tuple[Path, str]:
    """The file on disk and the address inside it; names may hold a ``!`` of their own."""
    parts = path.split("!")
    for count in range(len(parts), 0, -1):
        file = Path("!".join(parts[:count]))
        if _is_file(file):
            return file, "!".join(parts[count:])
    return Path(path), ""
