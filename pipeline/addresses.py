"""Archives at an address (远程档案: s3://, smb://, webdav:// …): listed, and read by whoever screens them, through fsspec.

Keys and servers come from where fsspec and the store's own client look for them (environment, ``~/.config/fsspec``), never from
us. Nothing is fetched unless the user named the address. ``file://`` is a path like any other.
"""

from __future__ import annotations

import datetime
import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.errors import Refusal

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_SECOND = 1_000_000_000
# Where the file systems of fsspec say when a file was changed, and what stands for its content.
_TIMES = ("LastModified", "mtime", "last_write_time", "modified", "updated", "created")
_TAGS = ("ETag", "etag", "md5", "content_hash")


class RemoteUnavailable(Refusal):
    """An address that can't be reached or used: what is missing, and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file at an address: its path below the archive, size, and a number that changes with it: the time of change in
    nanoseconds, of which the part below a second stands for the ETag where there is one. ``error`` where it can't be listed."""

    address: str
    path: str
    size: int = 0
    mtime_ns: int = 0
    error: str = ""


def archive_at(given: str | Path) -> Path | str:
    """What a user named, as a path on this machine, resolved, or as an address. Raises RemoteUnavailable."""
    text = str(given)
    if isinstance(given, Path) or not is_address(text):
        return Path(given).resolve()
    parts = urlsplit(text)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).resolve()
    if parts.password is not None:
        raise RemoteUnavailable(
            "档案地址里不能写密码（会被记录下来），没有改动任何文件；请把账号写进 fsspec 的配置文件或环境变量。"
        )
    return text.rstrip("/")


def is_address(text: str) -> bool:
    """Whether a text names a place behind a server, and no path."""
    return bool(_ADDRESS.match(text))


def is_there(address: str) -> bool:
    """Whether something lies at an address. Raises RemoteUnavailable where nobody can say."""
    system, root = _opened(address)
    try:
        return system.exists(root)
    except Exception as error:  # each store's client has errors of its own
        raise RemoteUnavailable(f"连不上 {address}（{_said(error)}），没有改动任何文件；请检查地址、账号和网络。") from error


def walk(address: str) -> Iterator[Entry]:
    """Every file below an address, folder by folder in the order of names; nothing is opened."""
    system, root = _opened(address)
    root = root.rstrip("/")
    for path, entry in _walk(system, root, root):
        name = path[len(root) :].strip("/")
        found = f"{address}/{name}" if name else address
        name = name or posixpath.basename(address)
        if isinstance(entry, str):
            yield Entry(found, name, error=entry)
        else:
            yield Entry(found, name, int(entry["size"] or 0), _changed(entry))


def _walk(system: Any, folder: str, root: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Each file's path with what the listing says of it; a folder's, with the error that kept it from being listed."""
    try:
        listed = system.ls(folder, detail=True, refresh=True)
    except TypeError:  # a file system without listings to refresh
        listed = system.ls(folder, detail=True)
    except Exception as error:
        yield folder, _said(error)
        return
    for entry in sorted(listed, key=lambda entry: entry["name"]):
        name = entry["name"].rstrip("/")
        if entry["type"] == "directory":
            if name != folder:
                yield from _walk(system, name, root)
        elif name != folder or entry["size"]:  # an object that stands for its folder is no file
            yield name, entry


def fetch(address: str) -> bytes:
    """The bytes of a file. Raises OSError."""
    system, path = _opened(address)
    try:
        return system.cat_file(path)
    except Exception as error:
        raise OSError(0, _said(error)) from error


def _opened(address: str) -> tuple[Any, str]:
    """The file system (fsspec keeps one a server and process) and the path in it."""
    parts = urlsplit(address)
    try:
        import fsspec

        return fsspec.core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise RemoteUnavailable(
            f"读取 {parts.scheme}:// 还需要安装组件（{error}），没有改动任何文件；s3:// 用 pip install shixin[remote]，"
            "smb:// 另装 smbprotocol，webdav:// 另装 webdav4。"
        ) from error
    except Exception as error:
        raise RemoteUnavailable(f"不认识的档案地址 {address}（{_said(error)}），没有改动任何文件。") from error


def _changed(entry: dict[str, Any]) -> int:
    time = next((entry[key] for key in _TIMES if entry.get(key)), 0)
    if isinstance(time, str):
        time = datetime.datetime.fromisoformat(time.replace("Z", "+00:00"))
    if isinstance(time, datetime.datetime):
        time = time.timestamp()
    tag = next((str(entry[key]) for key in _TAGS if entry.get(key)), "")
    if not tag:
        return int(time * _SECOND)
    return int(time) * _SECOND + int.from_bytes(hashlib.sha256(tag.encode()).digest()[:8], "big") % _SECOND


def _said(error: Exception) -> str:
    return (getattr(error, "strerror", "") or f"{type(error).__name__}: {error}")[:200]
