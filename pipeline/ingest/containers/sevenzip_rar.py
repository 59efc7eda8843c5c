"""7Z and RAR through libarchive: the system's own where there is one, else the one that a wheel brings along.

A RAR that libarchive can't read goes to rarfile with unar or unrar where one is installed. Members of a solid archive
can only be read in order, so one open pass is kept and goes on from where it stands.
"""

from __future__ import annotations

import importlib.util
import io
import os
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import Any

import rarfile

from pipeline.ingest.containers.member import MAX_MEMBERS, Member, checked, decoded_name, limited, opener
from pipeline.ingest.problems import Unreadable

_RAR4, _RAR5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"


@opener("7z", "rar")
def open_packed(data: bytes) -> list[Member]:
    """The files of a 7Z or RAR archive. Raises Unreadable for passwords, volumes, damage."""
    is_rar = data.startswith((_RAR4, _RAR5))
    if is_rar and _is_volume(data):
        raise Unreadable("分卷压缩")
    try:
        return _by_libarchive(data)
    except Unreadable as error:
        if not is_rar or error.kind == "加密":
            raise
        return _by_rarfile(data)


@cache
def _libarchive() -> Any:
    """The binding, None where no library can be loaded. The system's library gets security updates; a wheel's does not."""
    if not os.environ.get("LIBARCHIVE") and not find_library("archive"):
        bundled = importlib.util.find_spec("extractcode_libarchive")  # found without running its own imports
        for folder in bundled.submodule_search_locations or [] if bundled else []:
            for name in ("libarchive.so", "libarchive.dylib", "libarchive.dll"):
                if (Path(folder) / "lib" / name).is_file():
                    os.environ["LIBARCHIVE"] = str(Path(folder) / "lib" / name)
    try:
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError):
        return None
    return libarchive


class _Pass:
    """One pass over an archive's entries, that is begun anew only for an entry that it has gone by."""

    def __init__(self, data: bytes):
        self._data = data
        self._entries: Iterator[tuple[int, Any]] = iter(())
        self._next = -1

    def entries(self) -> Iterator[tuple[int, Any]]:
        library = _libarchive()
        if library is None:
            raise Unreadable("需要解压程序", "缺少 libarchive")
        try:
            with library.memory_reader(self._data) as archive:
                yield from enumerate(archive)
        except library.ArchiveError as error:
            raise _told(str(error)) from error

    def read(self, index: int, size: int) -> bytes:
        if self._next < 0 or index < self._next:
            self._entries, self._next = self.entries(), 0
        try:
            for position, entry in self._entries:
                self._next = position + 1
                if position == index:
                    return limited(entry.get_blocks(), size)
        except _libarchive().ArchiveError as error:
            self._next = -1
            raise _told(str(error)) from error
        except Unreadable:
            self._next = -1
            raise
        raise Unreadable("文件损坏", "压缩包内该文件已损坏")


def _told(message: str) -> Unreadable:
    """libarchive's complaint as a problem; its words are the only sign of a password."""
    if "ncrypt" in message or "passphrase" in message.lower():
        return Unreadable("加密", "压缩包有密码")
    return Unreadable("文件损坏", "压缩包打不开或已损坏")


def _by_libarchive(data: bytes) -> list[Member]:
    walk, reading = _Pass(data), _Pass(data)
    found: list[Member] = []
    for index, entry in walk.entries():
        if entry.isdir:
            continue
        name = entry.pathname if isinstance(entry.pathname, str) else decoded_name(entry.pathname or b"")
        size = entry.size or 0
        if entry.filetype and not entry.isfile:  # archives of old programs may state no type
            found.append(Member(name, 0, bytes, Unreadable("链接未跟随", "压缩包内的链接或设备文件")))
        elif _is_encrypted(entry):
            found.append(Member(name, size, bytes, Unreadable("加密", "压缩包有密码")))
        else:
            found.append(_member(reading, data, index, name, size))
        if len(found) > 2 * MAX_MEMBERS:
            break
    return found


def _member(reading: _Pass, data: bytes, index: int, name: str, size: int) -> Member:
    def read() -> bytes:
        try:
            return reading.read(index, size)
        except Unreadable:
            if data.startswith((_RAR4, _RAR5)):
                return _rarfile_bytes(data, name)
            raise

    # Of a solid archive no member has a packed size of its own: the whole is what can be held against it.
    return checked(name, size, len(data), read)


def _is_encrypted(entry: Any) -> bool:
    asked = getattr(_libarchive().ffi.libarchive, "archive_entry_is_data_encrypted", None)
    if asked is None:
        return False
    asked.argtypes = [_libarchive().ffi.c_archive_entry_p]
    return asked(entry._entry_p) == 1


# RAR without libarchive


def _is_volume(data: bytes) -> bool:
    """Whether the archive is one part of several, from the flags of its main header."""
    if data.startswith(_RAR5):
        position, numbers = len(_RAR5) + 4, []
        for _ in range(5):  # header size, type, flags, (size of extra area,) archive flags: numbers of 7 bits a byte
            value, shift = 0, 0
            while position < len(data) and shift < 64:
                byte = data[position]
                position += 1
                value |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
            numbers.append(value)
        _, kind, flags, first, second = numbers
        return kind == 1 and bool((second if flags & 1 else first) & 1)
    return len(data) > 12 and data[9] == 0x73 and bool(data[10] & 1)


def _by_rarfile(data: bytes) -> list[Member]:
    try:
        archive = rarfile.RarFile(io.BytesIO(data))
        if archive.needs_password() and not archive.namelist():
            raise Unreadable("加密", "压缩包有密码")
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except (rarfile.Error, OSError, ValueError, IndexError) as error:
        raise Unreadable("文件损坏", "压缩包打不开或已损坏") from error
    return [_rarfile_member(data, info) for info in infos]


def _rarfile_member(data: bytes, info: Any) -> Member:
    if info.is_symlink() or not info.is_file():
        return Member(info.filename, 0, bytes, Unreadable("链接未跟随", "压缩包内的链接"))
    if info.needs_password():
        return Member(info.filename, info.file_size, bytes, Unreadable("加密", "压缩包有密码"))
    return checked(info.filename, info.file_size, info.compress_size, lambda: _rarfile_bytes(data, info.filename))


def _rarfile_bytes(data: bytes, name: str) -> bytes:
    try:
        with rarfile.RarFile(io.BytesIO(data)) as archive:
            return archive.read(name)
    except rarfile.RarCannotExec as error:
        raise Unreadable("需要解压程序", "这种 RAR 需要 unar 或 unrar") from error
    except rarfile.PasswordRequired as error:
        raise Unreadable("加密", "压缩包有密码") from error
    except (rarfile.Error, OSError, ValueError, IndexError) as error:
        raise Unreadable("文件损坏", "压缩包内该文件已损坏") from error
