"""Every file below an archive, in a fixed order; members of containers among them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from pipeline.addresses import is_address, walk
from pipeline.document import UnreadableFile
from pipeline.ingest.containers.listing import listed
from pipeline.ingest.containers.members import Found, contents, is_container, read_member, read_member_at
from pipeline.ingest.problems import problem

_LEFTOVERS = ("Thumbs.db", "desktop.ini", ".DS_Store")
_LOCKS = ("~$", "._")
_LABELS = "labels.csv"  # a person's labels of the sample archive: told, not screened
_SETTINGS = "unit.toml"  # the unit's own settings in the archive are no document of it

#: path, size and time of a file -> path and size of each file that it held, as far as known
Kept = Callable[[str, int, int], "list[tuple[str, int]] | None"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file found: its path below the archive (``!`` between container and member), size in bytes, and time of change.

    ``file`` is the file on disk that holds it, or its address, and ``member`` the address inside, where that is a container;
    ``problem`` is set where it is already known that it can't be read. ``closed``: nobody has looked yet whether it holds files.
    ``file_size`` is that of ``file``, of which ``mtime_ns`` is the time as well.
    """

    path: str
    size: int
    mtime_ns: int
    file: str = ""
    member: str = ""
    problem: UnreadableFile | None = None
    closed: bool = False
    file_size: int = 0


def nothing_kept(path: str, size: int, mtime_ns: int) -> None:
    """Of an archive that is seen for the first time nothing is known."""


def discover(root: Path | str, kept: Kept = nothing_kept) -> Iterator[Source]:
    """Walk ``root`` (a folder, one file, or an address) in the order of names; links are listed and never followed.

    A file of which ``kept`` says what it held, as it is now, is not opened.
    """
    if isinstance(root, str):
        yield from _remote(root, kept)
        return
    if os.name == "nt":
        root = Path(extended(str(root.absolute())))
    if root.is_dir():
        yield from _walk(str(root), "", kept)
    else:
        yield from _file(root, _as_text(root.name), kept)


def _remote(root: str, kept: Kept) -> Iterator[Source]:
    """A remote file is opened by the worker that screens it, and nowhere else."""
    for entry in walk(root):
        path = entry.path.replace("!", "！")
        name = path.rpartition("/")[2]
        if entry.error:
            yield Source(path, 0, 0, problem=problem("无法打开", path, entry.error))
        elif path == _LABELS or _is_leftover(name):
            found = problem("标注文件" if path == _LABELS else "系统文件", path)
            yield Source(path, entry.size, entry.mtime_ns, problem=found)
        elif name != _SETTINGS:
            source = Source(path, entry.size, entry.mtime_ns, entry.address, closed=True, file_size=entry.size)
            known = kept(path, entry.size, entry.mtime_ns)
            yield from [source] if known is None else opened(source, (Found(*each) for each in known))


def opened(source: Source, found: Iterable[Found]) -> Iterator[Source]:
    """The files that a file holds, each as a file found; ``source`` itself where it is among them."""
    for member in found:
        inner = member.path[len(source.path) + 1 :]
        problem_ = problem("系统文件", member.path) if inner and _is_leftover(inner) else member.problem
        yield Source(member.path, member.size, source.mtime_ns, source.file, inner, problem_, file_size=source.size)


def extended(path: str) -> str:
    """An absolute path of Windows in the form that may be longer than 260 characters; shares have a form of their own."""
    if path.startswith("\\\\?\\"):
        return path
    return f"\\\\?\\UNC\\{path[2:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def count_files(root: Path) -> int:
    """How many files and links lie below ``root``, by a glance at its folders: what is in containers is not counted."""
    if not root.is_dir():
        return 1
    counted = 0
    for folder, folders, names in os.walk(root):
        links = sum(Path(folder, name).is_symlink() for name in folders)
        counted += links + sum(name != _SETTINGS for name in names)
    return counted


def _walk(folder: str, below: str, kept: Kept) -> Iterator[Source]:
    """What lies in a folder, whose path below the archive is ``below``, with ``/`` on every system."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Source(below, 0, 0, problem=problem("无法打开", below, error.strerror or ""))
        return
    for entry in entries:
        name = f"{below}/{_as_text(entry.name)}" if below else _as_text(entry.name)
        if entry.is_symlink():
            yield Source(name, 0, 0, problem=problem("链接未跟随", name))
        elif entry.is_dir():
            yield from _walk(entry.path, name, kept)
        elif entry.name != _SETTINGS:
            yield from _file(Path(entry.path), name, kept)


def _file(path: Path, name: str, kept: Kept) -> Iterator[Source]:
    """A file and what it holds; ``name`` is its path below the archive."""
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            yield Source(name, 0, 0, problem=problem("无法打开", name, "不是普通文件"))
        elif _is_leftover(name):
            yield Source(name, stat.st_size, stat.st_mtime_ns, problem=problem("系统文件", name))
        elif name == _LABELS:
            yield Source(name, stat.st_size, stat.st_mtime_ns, problem=problem("标注文件", name))
        else:
            known = kept(name, stat.st_size, stat.st_mtime_ns)
            if known is not None:
                found = [Found(*each) for each in known]
            else:
                found = listed(path, name) if stat.st_size and is_container(path) else [Found(name, stat.st_size)]
            yield from opened(Source(name, stat.st_size, stat.st_mtime_ns, str(path)), found)
    except OSError as error:
        yield Source(name, 0, 0, problem=problem("无法打开", name, error.strerror or ""))


def _is_leftover(name: str) -> bool:
    """Whether a name, or the last part of an address, is one that systems and office programs give to files of their own."""
    last = re.split(r"[!/]", name)[-1]
    return last in _LEFTOVERS or last.startswith(_LOCKS)


def _as_text(part: str) -> str:
    """A name that any output can hold: bytes that are no UTF-8 are those of a Chinese program (GBK), or written out."""
    try:
        part.encode("utf-8")
        return part
    except UnicodeEncodeError:
        raw = os.fsencode(part)
    try:
        return raw.decode("gb18030") + "（文件名为GBK编码）"
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace") + "（文件名含无法识别的字节）"


def read_bytes(source: Source) -> bytes:
    """The bytes of a file found. Raises UnreadableFile."""
    if source.problem is not None:
        raise source.problem
    try:
        if not source.member:
            return contents(source.file)
        if is_address(source.file):
            return read_member_at(source.file, source.file_size, source.mtime_ns, source.member)
        return read_member(Path(source.file), source.member)
    except OSError as error:
        raise problem("无法打开", source.path, error.strerror or "") from error


def hash_file(source: Source) -> str:
    """The SHA-256 of a plain file's bytes; empty where it can't be opened, or lies behind a server: then a worker reads it."""
    if is_address(source.file):
        return ""
    try:
        with Path(source.file).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
