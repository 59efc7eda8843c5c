"""What a person sees the first time: what an empty ledger means, what to do next, lines that can be pasted."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.archive import ScanResult
from pipeline.cli.console import next_steps, warnings
from pipeline.command_line import pasted, quoted


def result(**numbers) -> ScanResult:
    known = {"found": 9, "screened": 7, "duplicates": 1, "problems": 1, "flagged": 2, "seconds": 1.0, "out": Path("结果")}
    return ScanResult(**(known | numbers))


def test_an_empty_folder_and_an_archive_of_problems_are_no_clean_archive():
    assert warnings(result()) == []
    assert "不等于没有失信约束文件" in warnings(result(found=0, screened=0, duplicates=0, problems=0, flagged=0))[0]
    assert "什么也没有筛查" in warnings(result(screened=0, duplicates=0, problems=9, flagged=0))[0]


def test_an_empty_folder_is_told_aloud_and_is_no_success(tmp_path):
    (tmp_path / "空").mkdir()
    command = [sys.executable, "-m", "pipeline", "scan", str(tmp_path / "空"), "--out", str(tmp_path / "结果")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=600)
    assert done.returncode == 1
    assert "！！一个文件也没有发现" in done.stdout
    assert "未设置 unit.toml" in done.stdout
    assert "发现 0 = 已筛查 0 + 重复 0 + 问题 0" in done.stdout.splitlines()[-1]


def test_three_lines_say_what_to_do_next_with_commands_for_this_folder():
    steps = next_steps(result(out=Path("我的 结果")))
    assert len(steps) == 3
    assert "没有读到的 1 处" in steps[0]
    assert pasted("confirm", Path("我的 结果"), Path("我的 结果/ledger.xlsx")) in steps[1]
    assert pasted("audit", Path("我的 结果")) in steps[2]
    assert "没有读不了的文件" in next_steps(result(problems=0))[0]


@pytest.mark.parametrize("path", ["结果", "我的 结果", "a'b", "$HOME", "（一）；二", "x&y"])
def test_a_line_for_a_posix_shell_is_read_as_it_was_meant(path):
    assert shlex.split(quoted(["shixin", "audit", path], windows=False)) == ["shixin", "audit", path]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("D:\\结果", "D:\\结果"),
        ("D:\\我的 结果", '"D:\\我的 结果"'),
        ("D:\\甲&乙", '"D:\\甲&乙"'),
        ("\\\\服务器\\共享\\结果", "\\\\服务器\\共享\\结果"),
    ],
)
def test_a_line_for_cmd_quotes_what_cmd_would_split(path, line):
    assert quoted(["shixin", path], windows=True) == f"shixin {line}"


def test_the_line_runs_this_program(tmp_path):
    done = subprocess.run(
        pasted("--version"), shell=True, capture_output=True, text=True, encoding="utf-8", timeout=600, cwd=tmp_path
    )
    assert done.stdout.startswith("shixin ")


@pytest.mark.parametrize("code", ["ascii", "gbk"])
def test_a_console_that_knows_few_signs_stops_nothing(tmp_path, code):
    command = [sys.executable, "-m", "pipeline", "scan", str(tmp_path / "没有𠮷"), "--out", str(tmp_path / "结果")]
    done = subprocess.run(command, capture_output=True, timeout=600, env=os.environ | {"PYTHONIOENCODING": code})
    assert done.returncode == 2
    assert "Traceback" not in done.stderr.decode(code)


def test_json_is_utf_8_whatever_the_console_knows(tmp_path):
    (tmp_path / "空").mkdir()
    command = [sys.executable, "-m", "pipeline", "scan", str(tmp_path / "空"), "--out", str(tmp_path / "结果"), "--json"]
    done = subprocess.run(command, capture_output=True, timeout=600, env=os.environ | {"PYTHONIOENCODING": "gbk"})
    numbers = json.loads(done.stdout.decode("utf-8"))
    assert numbers["out"].endswith("结果") and "一个文件也没有发现" in numbers["notes"][0]
