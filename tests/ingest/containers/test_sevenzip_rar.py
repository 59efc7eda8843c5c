"""7Z through libarchive; RAR from archives that these tests build by hand (stored, not packed)."""

import io
import struct
import zlib

import pytest

from pipeline.ingest.containers import sevenzip_rar
from pipeline.ingest.containers.sevenzip_rar import open_packed
from pipeline.ingest.problems import Unreadable

libarchive = sevenzip_rar._libarchive()
needs_libarchive = pytest.mark.skipif(libarchive is None, reason="没有 libarchive")
TEXT = "失信行为认定依据".encode()


def sevenzip(*files: tuple[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with libarchive.custom_writer(lambda data: stored.write(data) and len(data), "7zip") as archive:
        for name, data in files:
            archive.add_file_from_memory(name, len(data), data)
    return stored.getvalue()


def rar4(*files: tuple[bytes, bytes], flags: int = 0, file_flags: int = 0) -> bytes:
    """A RAR 1.5-4 archive of stored files."""

    def block(kind: int, block_flags: int, body: bytes) -> bytes:
        head = struct.pack("<BHH", kind, block_flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head

    data = b"Rar!\x1a\x07\x00" + block(0x73, flags, bytes(6))
    for name, content in files:
        sizes = struct.pack("<II", len(content), len(content))
        rest = struct.pack("<BIIBBHI", 2, zlib.crc32(content), 0, 29, 0x30, len(name), 0x20)
        data += block(0x74, 0x8000 | file_flags, sizes + rest + name) + content
    return data + block(0x7B, 0x4000, b"")


def rar5(*files: tuple[str, bytes], flags: int = 0) -> bytes:
    """A RAR 5 archive of stored files."""

    def number(value: int) -> bytes:
        out = b""
        while value > 0x7F:
            out += bytes([value & 0x7F | 0x80])
            value >>= 7
        return out + bytes([value])

    def block(body: bytes) -> bytes:
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    data = b"Rar!\x1a\x07\x01\x00" + block(number(1) + number(0) + number(flags))
    for name, content in files:
        raw = name.encode()
        body = number(2) + number(2) + number(len(content)) + number(4) + number(len(content)) + number(0x20)
        body += struct.pack("<I", zlib.crc32(content)) + number(0) + number(1) + number(len(raw)) + raw
        data += block(body) + content
    return data + block(number(5) + number(0) + number(0))


@needs_libarchive
def test_sevenzip_members_are_read_in_any_order():
    files = [(f"目录/{index}.txt", TEXT * (index + 1)) for index in range(5)]
    members = open_packed(sevenzip(*files))
    assert [member.name for member in members] == [name for name, _ in files]
    for index in (4, 0, 2, 1, 3):
        assert members[index].read() == files[index][1]


@needs_libarchive
def test_solid_archive_is_unpacked_once_when_read_in_order(monkeypatch):
    begun = []
    entries = sevenzip_rar._Pass.entries
    monkeypatch.setattr(sevenzip_rar._Pass, "entries", lambda self: begun.append(1) or entries(self))
    members = open_packed(sevenzip(*((f"{index}.txt", TEXT) for index in range(20))))
    assert all(member.read() == TEXT for member in members)
    assert len(begun) == 2  # once to list, once to read


@pytest.mark.parametrize("make", [rar4, rar5])
def test_rar_members_are_read(make):
    name = b"a.txt" if make is rar4 else "目录/办法.txt"
    (member,) = open_packed(make((name, TEXT)))
    assert member.read() == TEXT


@needs_libarchive
def test_rar_names_in_gbk_are_read():
    (member,) = open_packed(rar4(("信用办法.txt".encode("gbk"), TEXT)))
    assert member.name == "信用办法.txt"


@pytest.mark.parametrize("data", [rar4((b"a.txt", TEXT), flags=1), rar5(("a.txt", TEXT), flags=1)])
def test_volume_of_several_is_told(data):
    with pytest.raises(Unreadable) as raised:
        open_packed(data)
    assert raised.value.kind == "分卷压缩"


def test_rar_traversal_is_refused():
    (member,) = open_packed(rar5(("../../x.txt", TEXT)))
    assert member.problem is not None and member.problem.kind == "压缩包不安全"


def test_rar_password_is_told():
    (member,) = open_packed(rar4((b"a.txt", TEXT), file_flags=0x04))
    assert member.problem is not None and member.problem.kind == "加密"


@needs_libarchive
@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
def test_cut_archives_are_damage(share):
    data = sevenzip(*((f"{index}.txt", TEXT * 50) for index in range(5)))
    with pytest.raises(Unreadable) as raised:
        open_packed(data[: int(len(data) * share)])
    assert raised.value.kind == "文件损坏"


def test_without_libarchive_the_remedy_is_told(monkeypatch):
    monkeypatch.setattr(sevenzip_rar, "_libarchive", lambda: None)
    with pytest.raises(Unreadable) as raised:
        open_packed(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    assert raised.value.kind == "需要解压程序"
    (member,) = open_packed(rar4((b"a.txt", TEXT)))  # RAR is still listed, and stored files are read, by rarfile
    assert member.read() == TEXT
