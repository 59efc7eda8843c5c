"""problems.csv: for a person in Chinese, for programs by names that stay, with what costs most first."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.archive.problem_list import write_problem_list
from pipeline.ingest import problem, problem_kinds

KINDS = ("系统文件", "部分未读", "加密", "空文件", "需要文字识别")


def written(tmp_path: Path, *kinds: str) -> list[list[str]]:
    found = [problem(kind, f"{number}.doc", "详情") for number, kind in enumerate(kinds)]
    write_problem_list([(each.path, each.kind, each.reason, each.remedy) for each in found], tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_person_reads_chinese_headings_and_finds_the_costliest_first(tmp_path):
    heading, *rows = written(tmp_path, *KINDS)
    assert heading[:4] == ["文件位置", "类别", "原因", "办法"]
    assert [row[1] for row in rows] == ["加密", "需要文字识别", "部分未读", "空文件", "系统文件"]


def test_programs_find_the_four_names_and_places_that_were_always_theirs_and_a_key(tmp_path):
    heading, *rows = written(tmp_path, *KINDS)
    by_name = [dict(zip(heading, row, strict=True)) for row in rows]
    assert all(
        [row["path"], row["kind"], row["reason"], row["remedy"]] == cells[:4] for row, cells in zip(by_name, rows, strict=True)
    )
    assert [row["key"] for row in by_name] == ["encrypted", "needs_recognition", "partly_read", "empty_file", "system_file"]


def test_every_kind_has_a_key_of_its_own_in_plain_letters():
    keys = [kind.key for kind in problem_kinds().values()]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and key.replace("_", "").isalpha() for key in keys)


def test_a_kind_that_another_version_knew_is_listed_and_taken_for_costly(tmp_path):
    write_problem_list([("a", "空文件", "空", "办"), ("b", "旧类别", "因", "办")], tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["path"], row["key"]) for row in csv.DictReader(file)] == [("b", "other"), ("a", "empty_file")]


def test_no_cell_begins_as_a_formula_would(tmp_path):
    write_problem_list([("=1+1.doc", "加密", "因", "办")], tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["path"] == "'=1+1.doc"
