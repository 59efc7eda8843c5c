"""What the store's tables hold (库表), and their rows as plain data; and the refusals of a store.

``files`` has one row for each file found, with its outcome; ``documents`` the text of each distinct file that was screened, by
the SHA-256 of its bytes; ``screenings`` what the product says of it, under the version of rules, model and date that said it;
``parts`` what became of each part of a screened file; ``readers`` by which version of the
readers it was accounted for; ``leaders`` the groups of copies; ``containers`` the files on disk that
were opened and gave members, as they were then.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import Refusal

SCHEMA_VERSION = "1"
FILE_COLUMNS = "path, size, mtime_ns, sha256, kind, reason, remedy"

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '', generation INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', remedy TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS files_sha256 ON files (sha256);
CREATE INDEX IF NOT EXISTS files_size ON files (size);
CREATE TABLE IF NOT EXISTS documents (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS screenings (
    sha256 TEXT PRIMARY KEY, version TEXT NOT NULL, flagged INTEGER NOT NULL, score REAL NOT NULL,
    title TEXT NOT NULL, number TEXT NOT NULL, date TEXT NOT NULL, draft INTEGER NOT NULL,
    format TEXT NOT NULL, signature BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
    sha256 TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL,
    outcome TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (sha256, number));
CREATE TABLE IF NOT EXISTS materials (
    sha256 TEXT PRIMARY KEY, material TEXT NOT NULL, mentioned INTEGER NOT NULL, repeals INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS readers (sha256 TEXT PRIMARY KEY, version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS leaders (path TEXT PRIMARY KEY, leader TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS leaders_leader ON leaders (leader);
CREATE TABLE IF NOT EXISTS containers (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, generation INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file found. ``kind`` is empty where it was screened; else it is the problem's class."""

    path: str
    size: int
    mtime_ns: int
    sha256: str = ""
    kind: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What grouping and lists need of a screening, without its text."""

    sha256: str
    flagged: bool
    score: float
    title: str
    number: str
    date: str
    draft: bool
    format: str
    signature: bytes
    material: str = ""  # empty where it was screened before materials were told apart
    mentioned: bool = False
    repeals: bool = False


class Leading(NamedTuple):
    """A screened file that leads its group: what lists need to choose by."""

    path: str
    sha256: str
    flagged: bool
    score: float
    title: str
    material: str
    mentioned: bool
    repeals: bool
    date: str = ""


class Outcomes(NamedTuple):
    """How many files there are, how many of them lead a group of screened copies, and how many are problems."""

    found: int
    screened: int
    problems: int


class StoreInUse(Refusal):
    """Another scan is writing to the same output folder."""


class StoreDamaged(Refusal):
    """The store can't be read: the scan is made again; what people decided lies in the journal."""


class ScanUnfinished(Refusal):
    """The scan was stopped before its end: what is stored is a part, and no list may be made of a part."""


def explained(error: sqlite3.Error, path: Path | None = None) -> str:
    """A database error in words: what happened, what is safe, what to do."""
    said, what = str(error), path or "scan.sqlite"
    if "full" in said or "disk I/O" in said:
        return f"{what}：磁盘已满或写不进去。已保存的结果和决定都在；请腾出空间后再次运行同一命令。"
    if "readonly" in said or "unable to open" in said:
        return f"{what}：没有写入权限，没有改动任何文件；请检查目录权限，或换一个输出目录。"
    return (
        f"{what}：扫描结果已损坏（{said}），没有改动任何文件。人工决定另存于 决定.sqlite，不受影响；"
        "请把损坏的 scan.sqlite 移到别处，再次运行 shixin scan，决定会自动回到新结果上。"
    )
