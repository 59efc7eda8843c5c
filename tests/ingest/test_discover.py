"""Every file below an archive is found once, in one order; what is no document is found too and says so."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import UnreadableFile
from pipeline.ingest import discover, hash_file, read_bytes
from pipeline.ingest.discover import extended

posix = pytest.mark.skipif(sys.platform == "win32", reason="这类文件名只在 POSIX 系统上有")


def kinds(root: Path) -> dict[str, str]:
    return {source.path: source.problem.kind if source.problem else "" for source in discover(root)}


def test_files_come_in_the_order_of_names_folder_by_folder(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲.txt", "2019/b.txt", "2019/a.txt", "2018/z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("通知", encoding="utf-8")
    found = [source.path for source in discover(tmp_path)]
    assert found == ["2018/z.txt", "2019/a.txt", "2019/b.txt", "乙.txt", "甲.txt"]


def test_size_and_time_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("通知".encode())
    (source,) = discover(tmp_path)
    assert (source.size, source.mtime_ns) == (6, file.stat().st_mtime_ns)
    assert read_bytes(source) == "通知".encode()
    assert len(hash_file(source)) == 64


def test_a_single_file_is_an_archive_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("通知", encoding="utf-8")
    assert [source.path for source in discover(tmp_path / "a.txt")] == ["a.txt"]


@pytest.mark.parametrize("name", ["~$通知.docx", "Thumbs.db", ".DS_Store", "desktop.ini", "._通知.docx"])
def test_what_systems_and_programs_leave_behind_is_listed_as_such_and_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert kinds(tmp_path) == {name: "系统文件"}


def test_leftovers_in_a_container_are_listed_as_such(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        for name in ("通知.txt", "__MACOSX/._通知.txt", "Thumbs.db", "材料/~$表.docx"):
            package.writestr(name, "通知")
    found = kinds(tmp_path)
    assert {path: kind for path, kind in found.items() if kind} == {
        "a.zip!__MACOSX/._通知.txt": "系统文件",
        "a.zip!Thumbs.db": "系统文件",
        "a.zip!材料/~$表.docx": "系统文件",
    }
    assert found["a.zip!通知.txt"] == ""


def test_hidden_files_are_files(tmp_path: Path) -> None:
    (tmp_path / ".存档").mkdir()
    (tmp_path / ".存档" / ".通知.txt").write_text("通知", encoding="utf-8")
    assert kinds(tmp_path) == {".存档/.通知.txt": ""}


def test_own_settings_are_no_document_and_labels_say_what_they_are(tmp_path: Path) -> None:
    for name in ("unit.toml", "labels.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert kinds(tmp_path) == {"labels.csv": "标注文件"}


@posix
def test_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "秘密.txt").write_text("不应读到", encoding="utf-8")
    root = tmp_path / "root"
    root.mkdir()
    (root / "链接").symlink_to(outside, target_is_directory=True)
    (root / "文件.txt").symlink_to(outside / "秘密.txt")
    (root / "自己").symlink_to(root, target_is_directory=True)
    (root / "断的").symlink_to(root / "没有")
    assert kinds(root) == dict.fromkeys(["文件.txt", "断的", "自己", "链接"], "链接未跟随")


@posix
@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("关于信用的函.txt".encode("gb18030"), "关于信用的函.txt（文件名为GBK编码）"),
        (b"\xff\xff.txt", "\\xff\\xff.txt（文件名含无法识别的字节）"),
    ],
)
def test_names_that_are_no_utf8_are_written_out_and_their_files_read(tmp_path: Path, raw: bytes, shown: str) -> None:
    try:
        with open(os.fsencode(tmp_path) + b"/" + raw, "wb") as file:  # noqa: PTH123 - such a name can't be a Path of its own
            file.write("通知".encode())
    except OSError:
        pytest.skip("这个文件系统不收此类文件名")
    (source,) = discover(tmp_path)
    assert source.path == shown
    assert read_bytes(source) == "通知".encode()


@posix
def test_a_pipe_is_listed_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    assert kinds(tmp_path) == {"管道": "无法打开"}


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="管理员不受权限限制")
def test_a_locked_folder_is_one_problem(tmp_path: Path) -> None:
    locked = tmp_path / "锁"
    locked.mkdir()
    locked.chmod(0)
    try:
        assert kinds(tmp_path) == {"锁": "无法打开"}
    finally:
        locked.chmod(0o700)


def test_a_file_that_vanished_is_a_problem_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("通知", encoding="utf-8")
    (source,) = discover(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UnreadableFile) as raised:
        read_bytes(source)
    assert raised.value.kind == "无法打开"
    assert hash_file(source) == ""


names = st.sets(
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x9FFF, exclude_characters='/\\:*?"<>|!'), min_size=1, max_size=12),
    max_size=8,
)


@given(names)
def test_every_file_is_found_exactly_once_and_in_order(tmp_path_factory: pytest.TempPathFactory, wanted: set[str]) -> None:
    root = tmp_path_factory.mktemp("archive")
    made = set()
    for name in wanted - {".", "..", "unit.toml"}:
        try:
            (root / name).write_bytes(b"x")
            made.add(name)
        except OSError:  # a name that this file system refuses
            continue
    found = [source.path for source in discover(root)]
    assert len(found) == len(made)
    assert found == [source.path for source in discover(root)]


@pytest.mark.parametrize(
    ("path", "long"),
    [
        ("D:\\档案\\一.doc", "\\\\?\\D:\\档案\\一.doc"),
        ("\\\\服务器\\共享\\一.doc", "\\\\?\\UNC\\服务器\\共享\\一.doc"),
        ("\\\\?\\D:\\档案", "\\\\?\\D:\\档案"),
    ],
)
def test_paths_of_windows_may_be_longer_than_260_characters(path, long):
    assert extended(path) == long


def test_names_of_255_bytes_in_deep_folders_are_found(tmp_path):
    folder = tmp_path
    for _ in range(6):
        folder = folder / ("层" * 80)
        folder.mkdir()
    (folder / ("文" * 80 + ".txt")).write_text("甲", encoding="utf-8")
    assert len(str(folder)) > 260
    assert [source.size for source in discover(tmp_path)] == [3]
