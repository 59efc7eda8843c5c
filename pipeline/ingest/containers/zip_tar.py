"""The containers that the standard library reads: ZIP, TAR, and single streams compressed by gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from pipeline.ingest.containers.member import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    RATIO_FROM,
    Member,
    Opener,
    checked,
    decoded_name,
    limited,
    opener,
    told_beside,
)
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.sniff import sniff

_BLOCK = 1024**2


@opener("zip")
def open_zip(data: bytes) -> list[Member]:
    """The files of a ZIP; names not marked as UTF-8 are taken for GBK unless they are UTF-8 after all."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "压缩包打不开") from error
    infos = archive.infolist()
    found = [_zip_member(archive, info) for info in infos if not info.is_dir()]
    remarks = [decoded_name(raw).strip() for raw in (archive.comment, *(info.comment for info in infos)) if raw]
    return found + told_beside("压缩包注释.txt", remarks)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    def read() -> bytes:
        try:
            with archive.open(info) as stream:
                return limited(_blocks(stream), info.file_size)
        except Unreadable:
            raise
        except NotImplementedError as error:
            raise Unreadable("需要解压程序", "压缩方法不支持") from error
        except Exception as error:  # zipfile and its decompressors raise many kinds on damaged members
            raise Unreadable("文件损坏", "压缩包内该文件已损坏") from error

    name = info.filename if info.flag_bits & 0x800 else decoded_name(info.filename.encode("cp437", "replace"))
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(name, 0, read, Unreadable("链接未跟随", "压缩包内的链接"))
    if info.flag_bits & 0x1:
        return Member(name, info.file_size, read, Unreadable("加密", "压缩包有密码"))
    return checked(name, info.file_size, info.compress_size, read)


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


@opener("tar")
def open_tar(data: bytes) -> list[Member]:
    """The files of a TAR; a cut end loses no member that stands before it."""
    infos: list[tarfile.TarInfo] = []
    try:
        archive = tarfile.open(fileobj=io.BytesIO(data), encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        for info in archive:
            infos.append(info)
            if len(infos) > 2 * MAX_MEMBERS:
                break
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        if not infos:
            raise Unreadable("文件损坏", "压缩包打不开") from error
    return [_tar_member(archive, info, len(data)) for info in infos if not info.isdir()]


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, packed: int) -> Member:
    def read() -> bytes:
        try:
            stream = archive.extractfile(info)
            body = stream.read(MAX_MEMBER_BYTES) if stream else b""
        except (tarfile.TarError, OSError, EOFError, KeyError) as error:
            raise Unreadable("文件损坏", "压缩包内该文件已损坏") from error
        if len(body) < info.size:
            raise Unreadable("文件损坏", "压缩包不完整")
        return body

    name = decoded_name(info.name.encode("utf-8", "surrogateescape"))
    if not info.isfile():
        return Member(name, 0, read, Unreadable("链接未跟随", "压缩包内的链接或设备文件"))
    return checked(name, info.size, packed, read)


def _stream_opener(decompress: Callable[[io.BytesIO], gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]) -> Opener:
    """A single compressed stream: a TAR inside is opened at once, as its users think of the two as one file."""

    def open_stream(data: bytes) -> list[Member] | None:
        limit = min(MAX_MEMBER_BYTES, max(RATIO_FROM, MAX_RATIO * len(data)))
        try:
            with decompress(io.BytesIO(data)) as stream:
                body = stream.read(limit + 1)
        except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
            raise Unreadable("文件损坏", "压缩包打不开") from error
        if len(body) > limit:
            raise Unreadable("压缩包不安全", "压缩比异常，疑似压缩炸弹")
        return open_tar(body) if sniff(body) == "tar" else [Member("内容", len(body), lambda: body)]

    return open_stream


opener("gz")(_stream_opener(lambda raw: gzip.GzipFile(fileobj=raw)))
opener("bz2")(_stream_opener(lambda raw: bz2.BZ2File(raw)))
opener("xz")(_stream_opener(lambda raw: lzma.LZMAFile(raw)))  # noqa: SIM115 - open_stream closes it
