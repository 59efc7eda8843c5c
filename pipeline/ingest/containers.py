"""Containers: files that hold files. A member is addressed as ``a.zip!folder/b.doc``, to any allowed depth.

Members are read in memory and nothing is ever written. Each kind of container is an `Opener` in ``_OPENERS``: bytes in,
`Member`s out, bodies read lazily. What is refused (bombs, traversal, links, passwords) is listed as a problem, never lost.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pipeline.document import UnreadableFile
from pipeline.ingest.problems import Unreadable, problem
from pipeline.ingest.sniff import sniff, sniff_file

MAX_DEPTH = 5
MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 512 * 1024**2
MAX_TOTAL_BYTES = 4 * 1024**3
MAX_RATIO = 200  # a document's text compresses tenfold, seldom more; bombs a thousandfold
_RATIO_FROM = 10 * 1024**2  # below this a high ratio harms nobody


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a container: its name inside, its size, and how to read it; or the problem that forbids it."""

    name: str
    size: int
    read: Callable[[], bytes]
    problem: Unreadable | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A file as the archive's list shows it: a plain file, or a member at any depth."""

    path: str
    size: int
    problem: UnreadableFile | None = None


Opener = Callable[[bytes], list[Member]]


def members(file: Path, name: str) -> Iterator[Found]:
    """The file itself, or, where it is a container, its members; an empty or broken container is itself a problem."""
    size = file.stat().st_size
    if size == 0 or sniff_file(file) not in _OPENERS:
        yield Found(name, size)
        return
    if size > MAX_TOTAL_BYTES:
        yield Found(name, size, problem("超出限制", name, f"{size // 1024**2} MB"))
        return
    yield from _list(file.read_bytes(), name, depth=1, budget=[MAX_MEMBERS, MAX_TOTAL_BYTES])


def read_member(file: Path, inner: str) -> bytes:
    """The bytes of a member, ``inner`` being its address below ``file``. Raises UnreadableFile."""
    name, *deeper = inner.split("!")
    data = _container(str(file), file.stat().st_mtime_ns, file.stat().st_size)
    for step in (name, *deeper):
        data = _read_one(data, step, inner)
    return data


def _read_one(data: bytes, name: str, inner: str) -> bytes:
    try:
        for member in _open(data):
            if member.name == name and member.problem is None:
                return member.read()
    except Unreadable as error:
        raise problem(error.kind, inner, error.detail) from error
    raise problem("无法打开", inner, "容器中没有这个文件")


@lru_cache(maxsize=1)
def _container(path: str, mtime_ns: int, size: int) -> bytes:
    """The last container read stays in memory, so that its members do not each read it again."""
    return Path(path).read_bytes()


def _list(data: bytes, name: str, depth: int, budget: list[int]) -> Iterator[Found]:
    """``budget`` is what is left of [members, bytes] for the outermost container."""
    if depth > MAX_DEPTH:
        yield Found(name, len(data), problem("超出限制", name, f"压缩包嵌套超过 {MAX_DEPTH} 层"))
        return
    try:
        found = _open(data)
    except Unreadable as error:
        yield Found(name, len(data), problem(error.kind, name, error.detail))
        return
    if not found:
        yield Found(name, len(data), problem("压缩包为空", name))
    for member in found:
        yield from _list_member(member, f"{name}!{member.name}", depth, budget)


def _list_member(member: Member, path: str, depth: int, budget: list[int]) -> Iterator[Found]:
    budget[0] -= 1
    budget[1] -= member.size
    if member.problem is not None:
        yield Found(path, member.size, problem(member.problem.kind, path, member.problem.detail))
    elif budget[0] < 0 or budget[1] < 0:
        yield Found(path, member.size, problem("超出限制", path, "压缩包内文件过多或过大"))
    elif PurePosixPath(member.name).suffix.lower() not in _CONTAINER_ENDINGS:
        yield Found(path, member.size)
    else:
        yield from _list_nested(member, path, depth, budget)


def _list_nested(member: Member, path: str, depth: int, budget: list[int]) -> Iterator[Found]:
    try:
        data = member.read()
    except Unreadable as error:
        yield Found(path, member.size, problem(error.kind, path, error.detail))
        return
    if sniff(data) in _OPENERS:
        yield from _list(data, path, depth + 1, budget)
    else:
        yield Found(path, member.size)


def _open(data: bytes) -> list[Member]:
    opener = _OPENERS.get(sniff(data))
    if opener is None:
        raise Unreadable("文件损坏", "不是可识别的压缩包")
    return opener(data)


def checked(name: str, size: int, packed: int, read: Callable[[], bytes]) -> Member:
    """A member, refused where its name leads outside, or where its size is that of a bomb."""
    clean = name.replace("\\", "/")
    if clean.startswith("/") or ".." in clean.split("/") or ":" in clean.split("/")[0]:
        return Member(clean, size, read, Unreadable("压缩包不安全", "文件名指向压缩包之外"))
    if size > MAX_MEMBER_BYTES:
        return Member(clean, size, read, Unreadable("超出限制", f"解压后 {size // 1024**2} MB"))
    if size > _RATIO_FROM and size > MAX_RATIO * max(packed, 1):
        return Member(clean, size, read, Unreadable("压缩包不安全", "压缩比异常，疑似压缩炸弹"))
    return Member(clean, size, read)


def _open_zip(data: bytes) -> list[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "压缩包打不开") from error
    return [_zip_member(archive, info) for info in archive.infolist() if not info.is_dir()]


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    def read() -> bytes:
        try:
            with archive.open(info) as stream:
                # Sizes in the directory can lie: never take more than is allowed.
                data = stream.read(MAX_MEMBER_BYTES + 1)
        except Exception as error:  # zipfile and its decompressors raise many kinds on damaged members
            raise Unreadable("文件损坏", "压缩包内该文件已损坏") from error
        if len(data) > MAX_MEMBER_BYTES:
            raise Unreadable("超出限制", "解压后过大")
        return data

    name = _zip_name(info)
    if info.flag_bits & 0x1:
        return Member(name, info.file_size, read, Unreadable("加密", "压缩包有密码"))
    return checked(name, info.file_size, info.compress_size, read)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names not marked as UTF-8 were decoded as CP437 by zipfile; Chinese programs wrote them in GBK (or UTF-8)."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _open_tar(data: bytes) -> list[Member]:
    try:
        archive = tarfile.open(fileobj=io.BytesIO(data))
        infos = [info for info in archive if not info.isdir()]
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Unreadable("文件损坏", "压缩包打不开") from error
    return [_tar_member(archive, info) for info in infos]


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    def read() -> bytes:
        try:
            stream = archive.extractfile(info)
            return stream.read() if stream else b""
        except (tarfile.TarError, OSError, EOFError, KeyError) as error:
            raise Unreadable("文件损坏", "压缩包内该文件已损坏") from error

    if not info.isfile():
        return Member(info.name, 0, read, Unreadable("链接未跟随", "压缩包内的链接或设备文件"))
    return checked(info.name, info.size, info.size, read)


def _open_stream(decompress: Callable[[io.BytesIO], io.BufferedIOBase]) -> Opener:
    """A single compressed stream: a TAR inside is opened at once, as its users think of it as one file."""

    def opener(data: bytes) -> list[Member]:
        limit = min(MAX_MEMBER_BYTES, max(_RATIO_FROM, MAX_RATIO * len(data)))
        try:
            with decompress(io.BytesIO(data)) as stream:
                body = stream.read(limit + 1)
        except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
            raise Unreadable("文件损坏", "压缩包打不开") from error
        if len(body) > limit:
            raise Unreadable("压缩包不安全", "压缩比异常，疑似压缩炸弹")
        return _open_tar(body) if sniff(body) == "tar" else [Member("内容", len(body), lambda: body)]

    return opener


_OPENERS: dict[str, Opener] = {
    "zip": _open_zip,
    "tar": _open_tar,
    "gz": _open_stream(lambda raw: gzip.GzipFile(fileobj=raw)),
    "bz2": _open_stream(lambda raw: bz2.BZ2File(raw)),
    "xz": _open_stream(lambda raw: lzma.LZMAFile(raw)),
}
_CONTAINER_ENDINGS = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".rar", ".7z", ".eml", ".msg"})
