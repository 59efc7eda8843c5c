"""What a container holds, the limits that it must keep, and the register of the kinds of container.

A new kind of container is a function decorated with `@opener` in a module of this room: bytes in, members out, bodies
read lazily. What is refused (bombs, traversal, links, passwords) is listed with its problem, never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.ingest.problems import Unreadable

MAX_DEPTH = 5
MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 512 * 1024**2
MAX_TOTAL_BYTES = 4 * 1024**3
MAX_RATIO = 200  # a document's text compresses tenfold, seldom more; bombs a thousandfold
_CHINESE, _SENTENCE = re.compile("[㐀-鿿]"), 10
RATIO_FROM = 10 * 1024**2  # below this a high ratio harms nobody


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a container: its name inside, its size, and how to read it; or the problem that forbids it."""

    name: str
    size: int
    read: Callable[[], bytes]
    problem: Unreadable | None = None


# None says that the file, though of a container's format, is a document itself (a mail without attachments).
Opener = Callable[[bytes], list[Member] | None]

OPENERS: dict[str, Opener] = {}


def opener(*formats: str) -> Callable[[Opener], Opener]:
    """Register a function as the opener of these formats (names as `sniff` gives them)."""

    def register(function: Opener) -> Opener:
        for format_ in formats:
            OPENERS[format_] = function
        return function

    return register


def checked(name: str, size: int, packed: int, read: Callable[[], bytes]) -> Member:
    """A member, refused where its name leads outside, or where its size is that of a bomb."""
    clean = name.replace("\\", "/")
    if clean.startswith("/") or ".." in clean.split("/") or ":" in clean.split("/")[0]:
        return Member(clean, size, read, Unreadable("压缩包不安全", "文件名指向压缩包之外"))
    if size > MAX_MEMBER_BYTES:
        return Member(clean, size, read, Unreadable("超出限制", f"解压后 {size // 1024**2} MB"))
    if size > RATIO_FROM and size > MAX_RATIO * max(packed, 1):
        return Member(clean, size, read, Unreadable("压缩包不安全", "压缩比异常，疑似压缩炸弹"))
    return Member(clean, size, read)


def told_beside(name: str, texts: Iterable[str]) -> list[Member]:
    """What a container says beside its files (注释、邮件头), as a text among them; none where it says no sentence."""
    told = [text for text in dict.fromkeys(texts) if len(_CHINESE.findall(text)) >= _SENTENCE]
    data = "\n".join(told).encode()
    return [Member(name, len(data), lambda: data)] if told else []


def limited(blocks: Iterator[bytes], expected: int) -> bytes:
    """All blocks of a member's body. Sizes in a directory can lie: never more than is allowed.

    Raises Unreadable where there is more than was announced and more than harms nobody.
    """
    allowed = min(MAX_MEMBER_BYTES, max(expected, RATIO_FROM))
    parts, size = [], 0
    for block in blocks:
        size += len(block)
        if size > allowed:
            raise Unreadable("压缩包不安全", "解压后大于压缩包所称的大小")
        parts.append(block)
    return b"".join(parts)


def decoded_name(raw: bytes) -> str:
    """A name of which the archive does not say the encoding: UTF-8, or the GBK of Chinese programs."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
