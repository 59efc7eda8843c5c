"""`shixin unit`: five questions, and the settings that the scan then finds."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.ledger import Unit, load_unit

ANSWERS = ["云州市水务局", "云州市水利局、市水务局", "", "云州市水文站；云州市供水所", "云州市人民政府"]


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_five_answers_become_the_settings(tmp_path, monkeypatch, capsys):
    answer(monkeypatch, *ANSWERS)
    assert main(["unit", str(tmp_path), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"unit": str(tmp_path / "unit.toml"), "name": "云州市水务局"}
    assert [line[:4] for line in captured.err.splitlines()] == ["1/5 ", "2/5 ", "3/5 ", "4/5 ", "5/5 "]
    assert load_unit(tmp_path / "unit.toml") == Unit(
        "云州市水务局",
        aliases=("云州市水利局", "市水务局"),
        subordinates=("云州市水文站", "云州市供水所"),
        on_behalf=("云州市人民政府",),
    )


def test_what_is_known_stays_where_nothing_is_said_and_goes_by_a_word(tmp_path, monkeypatch):
    (tmp_path / "unit.toml").write_text(
        '单位名称 = "甲局"\n别名 = ["甲"]\n下属单位 = ["乙站"]\n机关代字 = ["云甲发"]\n', encoding="utf-8"
    )
    answer(monkeypatch, "", "", "", "无", "")
    assert main(["unit", str(tmp_path)]) == 0
    assert load_unit(tmp_path / "unit.toml") == Unit("甲局", aliases=("甲",), prefixes=("云甲发",))


def test_names_with_quotes_come_back_as_they_were_given(tmp_path, monkeypatch):
    answer(monkeypatch, '云州市"双减"工作局\\办', "", "", "", "")
    assert main(["unit", str(tmp_path)]) == 0
    unit = load_unit(tmp_path / "unit.toml")
    assert unit is not None and unit.name == '云州市"双减"工作局\\办'


def test_without_a_name_nothing_is_written(tmp_path, monkeypatch):
    answer(monkeypatch, "", "", "", "", "")
    assert main(["unit", str(tmp_path)]) == 2
    assert not list(tmp_path.iterdir())


def test_settings_of_an_output_folder_are_those_that_its_scan_used(tmp_path: Path, monkeypatch):
    archive, out = tmp_path / "档案", tmp_path / "结果"
    archive.mkdir()
    (archive / "通知.txt").write_text("关于放假的通知\n各科室：\n五月一日至三日放假。\n", encoding="utf-8")
    pipeline.scan(archive, out, workers=1)
    answer(monkeypatch, *ANSWERS)
    assert main(["unit", str(out)]) == 0
    assert (out / "unit.toml").is_file()
    assert pipeline.scan(archive, out, workers=1).notes == ()  # found there, so that nothing is said of a missing one
    (archive / "unit.toml").write_text('单位名称 = "甲局"\n', encoding="utf-8")
    pipeline.scan(archive, out, workers=1)
    answer(monkeypatch, "", "甲", "", "", "")
    assert main(["unit", str(out)]) == 0
    assert load_unit(archive / "unit.toml") == Unit("甲局", aliases=("甲",))
