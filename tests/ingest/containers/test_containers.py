"""Containers: every member is found, hostile ones are refused by name, and nothing is written."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import UnreadableFile
from pipeline.ingest import discover, read, read_bytes
from pipeline.ingest.containers import members as containers
from pipeline.ingest.containers.member import MAX_DEPTH

TEXT = "第一条 列入严重失信主体名单的，依法公示。".encode()


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stored = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stored, "w", method) as archive:
        warnings.simplefilter("ignore")  # two members of one name are what is tested
        for name, data in files:
            archive.writestr(name, data)
    return stored.getvalue()


def tarred(*files: tuple[str, bytes], link: str = "") -> bytes:
    stored = io.BytesIO()
    with tarfile.open(fileobj=stored, mode="w") as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if link:
            info = tarfile.TarInfo(link)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return stored.getvalue()


def listed(tmp_path: Path, data: bytes, name: str = "a.zip") -> list[tuple[str, str]]:
    """Each member's path and the kind of its problem."""
    file = tmp_path / name
    file.write_bytes(data)
    return [(found.path, found.problem.kind if found.problem else "") for found in containers.members(file, name)]


def gbk_zip(name: str) -> bytes:
    """A ZIP as Chinese programs write it: the name in GBK, no mark of UTF-8."""
    placeholder = "x" * len(name.encode("gbk"))
    return zipped((placeholder, TEXT)).replace(placeholder.encode(), name.encode("gbk"))


def test_members_are_found_and_read_by_their_address(tmp_path: Path):
    (tmp_path / "档案.zip").write_bytes(zipped(("目录/办法.txt", TEXT), ("b.txt", b"two")))
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["档案.zip!目录/办法.txt", "档案.zip!b.txt"]
    assert read_bytes(sources[0]) == TEXT
    assert read(f"{tmp_path}/档案.zip!目录/办法.txt").text == TEXT.decode()


def test_names_in_gbk_are_read(tmp_path: Path):
    assert listed(tmp_path, gbk_zip("信用办法.txt")) == [("a.zip!信用办法.txt", "")]


def test_names_in_unmarked_utf8_are_read(tmp_path: Path):
    name = "信用办法.txt"
    placeholder = "x" * len(name.encode())
    data = zipped((placeholder, TEXT)).replace(placeholder.encode(), name.encode())
    assert listed(tmp_path, data) == [("a.zip!信用办法.txt", "")]


def test_two_members_of_one_name_are_both_found(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(zipped(("同名.txt", b"one"), ("同名.txt", b"two")))
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["a.zip!同名.txt", "a.zip!同名（2）.txt"]
    assert [read_bytes(source) for source in sources] == [b"one", b"two"]


def test_exclamation_mark_in_a_name_does_not_break_the_address(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(zipped(("急!.txt", TEXT)))
    (source,) = discover(tmp_path)
    assert read_bytes(source) == TEXT


def test_nested_containers_are_opened_and_addressed(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(
        zipped(("内.zip", zipped(("c/d.txt", TEXT))), ("e.tar.gz", gzip.compress(tarred(("f.txt", TEXT)))))
    )
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["a.zip!内.zip!c/d.txt", "a.zip!e.tar.gz!f.txt"]
    assert all(read_bytes(source) == TEXT for source in sources)


def test_container_with_a_document_like_no_ending_is_opened_too(tmp_path: Path):
    assert listed(tmp_path, zipped(("备份.dat", zipped(("d.txt", TEXT))))) == [("a.zip!备份.dat!d.txt", "")]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_single_streams_are_read(tmp_path: Path, compress):
    assert listed(tmp_path, compress(tarred(("f.txt", TEXT)))) == [("a.zip!f.txt", "")]
    assert listed(tmp_path, compress(TEXT)) == [("a.zip!内容", "")]


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "C:/x.txt", "..\\x.txt", "a/../../x.txt"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str):
    ((path, kind),) = listed(tmp_path, zipped((name, TEXT)))
    assert kind == "压缩包不安全" and path.startswith("a.zip!")


def test_links_in_archives_are_listed_and_never_followed(tmp_path: Path):
    info = zipfile.ZipInfo("链接")
    info.external_attr = 0o120777 << 16
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert listed(tmp_path, stored.getvalue()) == [("a.zip!链接", "链接未跟随")]
    assert listed(tmp_path, tarred(("f.txt", TEXT), link="链接")) == [("a.zip!f.txt", ""), ("a.zip!链接", "链接未跟随")]


def test_bomb_is_refused_by_its_ratio(tmp_path: Path):
    bomb = zipped(("bomb.txt", bytes(30 * 1024**2)), ("good.txt", TEXT))
    assert listed(tmp_path, bomb) == [("a.zip!bomb.txt", "压缩包不安全"), ("a.zip!good.txt", "")]
    assert listed(tmp_path, gzip.compress(bytes(50 * 1024**2))) == [("a.zip", "压缩包不安全")]


def test_size_that_lies_is_found_out_when_read(tmp_path: Path):
    data = bytearray(zipped(("bomb.txt", bytes(30 * 1024**2))))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(UnreadableFile):
        containers.read_member(tmp_path / "a.zip", "bomb.txt")


def test_too_many_members_are_listed_as_problems(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(containers, "MAX_MEMBERS", 3)
    kinds = [kind for _, kind in listed(tmp_path, zipped(*((f"{index}.txt", TEXT) for index in range(5))))]
    assert kinds == ["", "", "", "超出限制", "超出限制"]


def test_too_many_bytes_in_all_are_listed_as_problems(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(containers, "MAX_TOTAL_BYTES", 1000)
    files = [(f"{index}.txt", bytes(400)) for index in range(4)]
    assert [kind for _, kind in listed(tmp_path, zipped(*files))] == ["", "", "超出限制", "超出限制"]


def test_nesting_ends_at_the_limit_and_says_so(tmp_path: Path):
    data = zipped(("办法.txt", TEXT))
    for level in range(MAX_DEPTH + 2):
        data = zipped((f"{level}.zip", data))
    ((path, kind),) = listed(tmp_path, data)
    assert kind == "超出限制" and path.count("!") == MAX_DEPTH


def test_archive_that_holds_itself_ends(tmp_path: Path):
    """A quine can't be made here by hand; a chain of copies of one archive is what a reader would see of one."""
    inner = zipped(("r.zip", zipped(("r.zip", b"PK\x05\x06" + bytes(18)))))
    for _ in range(10):
        inner = zipped(("r.zip", inner), ("note.txt", b"x"))
    found = listed(tmp_path, inner)
    assert len(found) <= 2 * MAX_DEPTH
    assert any(kind == "超出限制" for _, kind in found)


def test_password_is_told(tmp_path: Path):
    data = bytearray(zipped(("secret.txt", TEXT)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    assert listed(tmp_path, bytes(data)) == [("a.zip!secret.txt", "加密")]


def test_empty_and_cut_containers_are_problems_of_their_own(tmp_path: Path):
    assert listed(tmp_path, zipped()) == [("a.zip", "压缩包为空")]
    whole = zipped(("a.txt", TEXT * 50), ("b.txt", TEXT))
    assert listed(tmp_path, whole[: len(whole) // 2]) == [("a.zip", "文件损坏")]


def test_cut_tar_keeps_the_members_before_the_cut(tmp_path: Path):
    whole = tarred(("a.txt", TEXT), ("b.txt", TEXT * 100))
    (tmp_path / "a.tar").write_bytes(whole[:2500])
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["a.tar!a.txt", "a.tar!b.txt"]
    assert read_bytes(sources[0]) == TEXT
    with pytest.raises(UnreadableFile):
        read_bytes(sources[1])


def test_nothing_is_written(tmp_path: Path, monkeypatch):
    (tmp_path / "a.zip").write_bytes(zipped(("目录/办法.txt", TEXT), ("内.zip", zipped(("x.txt", TEXT)))))
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    for source in discover(tmp_path):
        read_bytes(source)
    assert sorted(tmp_path.rglob("*")) == before


def test_listing_that_kills_its_process_is_one_problem(tmp_path: Path, monkeypatch):
    from pipeline.ingest.containers import listing

    class Lost:
        def schedule(self, *_, **__):
            from pebble import ProcessExpired

            raise ProcessExpired("gone")

    monkeypatch.setattr(listing, "_pool", Lost)
    (tmp_path / "a.zip").write_bytes(zipped(("b.txt", TEXT)))
    (source,) = discover(tmp_path)
    assert source.path == "a.zip" and source.problem is not None and source.problem.kind == "进程崩溃"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_archives_lose_nothing_and_raise_nothing_unknown(data):
    whole = bytearray(zipped(("a.txt", TEXT), ("目录/b.txt", TEXT * 3), ("c.zip", zipped(("d.txt", TEXT)))))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    found = list(containers._list(bytes(whole), "a.zip", 1, [100, 10**9]))
    assert found, "a container is a problem at least, and never nothing"
    assert len({each.path for each in found}) == len(found)
