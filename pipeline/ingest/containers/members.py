"""Containers: files that hold files. A member is addressed as ``a.zip!folder/b.doc``, to any allowed depth.

Members are read in memory and nothing is written. Bombs, traversal, links, passwords and recursion are listed as problems.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pipeline.addresses import fetch, is_address
from pipeline.document import UnreadableFile
from pipeline.ingest.containers import mail, objects, sevenzip_rar, zip_tar  # noqa: F401 - they register their openers
from pipeline.ingest.containers.embedded import HOSTS, may_hold_files
from pipeline.ingest.containers.member import MAX_DEPTH, MAX_MEMBERS, MAX_TOTAL_BYTES, OPENERS, Member
from pipeline.ingest.problems import Unreadable, problem
from pipeline.ingest.sniff import sniff, sniff_file

# Members with these endings hold no files; any other is opened to see.
_PLAIN_ENDINGS = frozenset(
    [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".mp3", ".mp4", ".txt", ".htm", ".html", ".csv"]
)
_ODD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file as the archive's list shows it: a plain file, or a member at any depth."""

    path: str
    size: int
    problem: UnreadableFile | None = None


def is_container(file: Path) -> bool:
    """Whether a file on disk is of a container's format, or a document that may hold files."""
    format_ = sniff_file(file)
    if format_ not in HOSTS:
        return format_ in OPENERS
    with file.open("rb") as stream:
        return may_hold_files(stream, format_)


def members_in(data: bytes, name: str) -> list[Found]:
    """The same for the bytes of a file; none where it is no container and holds no files."""
    format_ = sniff(data)
    if format_ in OPENERS or (format_ in HOSTS and may_hold_files(io.BytesIO(data), format_)):
        return list(_list(data, name, depth=1, budget=[MAX_MEMBERS, MAX_TOTAL_BYTES]))
    return []


def members(file: Path, name: str) -> Iterator[Found]:
    """The members of a container, which is known as ``name``; where it has none to give, itself, mostly with a problem."""
    size = file.stat().st_size
    if size > MAX_TOTAL_BYTES:
        yield Found(name, size, problem("超出限制", name, f"{size // 1024**2} MB"))
        return
    yield from _list(file.read_bytes(), name, depth=1, budget=[MAX_MEMBERS, MAX_TOTAL_BYTES])


def read_member(file: Path, inner: str) -> bytes:
    """The bytes of a member, ``inner`` being its address below ``file``. Raises UnreadableFile."""
    stat = file.stat()
    return read_member_at(str(file), stat.st_size, stat.st_mtime_ns, inner)


def read_member_at(place: str, size: int, mtime_ns: int, inner: str) -> bytes:
    """The same for a path or an address of which size and time of change are known. Raises UnreadableFile, OSError."""
    *outer, name = inner.split("!")
    try:
        return _read_one(_opened(place, mtime_ns, size, tuple(outer)), name)
    except Unreadable as error:
        raise problem(error.kind, f"{PurePosixPath(place).name}!{inner}", error.detail) from error


def contents(place: str) -> bytes:
    """The bytes at a path or an address. Raises OSError."""
    return fetch(place) if is_address(place) else Path(place).read_bytes()


def _read_one(found: dict[str, Member], name: str) -> bytes:
    if name not in found:
        raise Unreadable("无法打开", "压缩包中没有这个文件")
    member = found[name]
    if member.problem is not None:
        raise member.problem
    return member.read()


# The last containers stay open, the outer and the inner one: their members come one after another, and a solid archive
# or a nested one would otherwise be unpacked anew for each.
@lru_cache(maxsize=2)
def _opened(path: str, mtime_ns: int, size: int, outer: tuple[str, ...]) -> dict[str, Member]:
    outside = _opened(path, mtime_ns, size, outer[:-1]) if outer else {}
    data = _read_one(outside, outer[-1]) if outer else contents(path)
    return {member.name: member for member in _open(data) or []}


def _open(data: bytes) -> list[Member] | None:
    """The members under names that address them: each once, without the ``!`` that parts container and member."""
    format_ = sniff(data)
    opener = OPENERS.get(format_) or HOSTS.get(format_)
    if opener is None:
        raise Unreadable("文件损坏", "不是可识别的压缩包")
    found = opener(data)
    if found is None:
        return None
    taken: set[str] = set()
    named = []
    for member in found:
        name = _free(_ODD.sub("_", member.name.replace("\\", "/").replace("!", "！")) or "_", taken)
        taken.add(name)
        named.append(replace(member, name=name))
    return named


def _free(name: str, taken: set[str]) -> str:
    """A name that no member before bears: a ZIP may hold two files of one name, and both are to be found."""
    path, count, free = PurePosixPath(name), 1, name
    while free in taken:
        count += 1
        free = str(path.with_name(f"{path.stem}（{count}）{path.suffix}")) if path.name else f"{name}（{count}）"
    return free


def _list(data: bytes, name: str, depth: int, budget: list[int]) -> Iterator[Found]:
    """``budget`` is what is left of [members, bytes] for the outermost container. A document that holds files is a file
    itself, before its members."""
    is_document = sniff(data) in HOSTS
    if is_document:
        yield Found(name, len(data))
    if depth > MAX_DEPTH:
        address = f"{name}!附带的文件" if is_document else name
        yield Found(address, len(data), problem("超出限制", address, f"压缩包嵌套超过 {MAX_DEPTH} 层"))
        return
    try:
        found = _open(data)
    except Unreadable as error:
        if not is_document:  # else its reader says so
            yield Found(name, len(data), problem(error.kind, name, error.detail))
        return
    if found is None:
        yield Found(name, len(data))
    elif not found and not is_document:
        yield Found(name, len(data), problem("压缩包为空", name))
    for member in found or []:
        yield from _list_member(member, f"{name}!{member.name}", depth, budget)


def _list_member(member: Member, path: str, depth: int, budget: list[int]) -> Iterator[Found]:
    budget[0] -= 1
    budget[1] -= member.size
    if member.problem is not None:
        yield Found(path, member.size, problem(member.problem.kind, path, member.problem.detail))
    elif budget[0] < 0 or budget[1] < 0:
        yield Found(path, member.size, problem("超出限制", path, "压缩包内文件过多或过大"))
    elif PurePosixPath(member.name).suffix.lower() in _PLAIN_ENDINGS:
        yield Found(path, member.size)
    else:
        yield from _list_nested(member, path, depth, budget)


def _list_nested(member: Member, path: str, depth: int, budget: list[int]) -> Iterator[Found]:
    try:
        data = member.read()
    except Unreadable as error:
        yield Found(path, member.size, problem(error.kind, path, error.detail))
        return
    format_ = sniff(data)
    if format_ in OPENERS or (format_ in HOSTS and may_hold_files(io.BytesIO(data), format_)):
        yield from _list(data, path, depth + 1, budget)
    else:
        yield Found(path, member.size)
