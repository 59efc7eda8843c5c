"""How far a scan has come: files are counted first, members of containers as they are opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pipeline
from pipeline.archive.sources import Expected, sources


def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "档案"
    (folder / "内").mkdir(parents=True)
    for number in range(3):
        (folder / "内" / f"通知{number}.txt").write_text(f"关于第{number}次会议的通知\n各科室：\n请参加。\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "附件.zip", "w") as packed:
        for number in range(4):
            packed.writestr(f"附件{number}.txt", f"关于第{number}号附件的说明\n各科室：\n请查收。\n")
    (folder / "链接").symlink_to(folder / "内")
    (folder / "unit.toml").write_text('单位名称 = "云州市水务局"\n', encoding="utf-8")
    return folder


def test_all_files_are_counted_before_the_first_and_members_are_added_as_they_come(tmp_path):
    expected = Expected([archive(tmp_path)])
    assert expected.total == 5  # three files, a container, a link; the settings are no file of the archive
    totals = []
    for source in sources([tmp_path / "档案"]):
        expected.saw(source)
        totals.append(expected.total)
    assert totals[0] <= totals[-1] == expected.found == 8
    assert totals == sorted(totals)


def test_a_scan_says_at_every_step_how_many_there_will_be_and_ends_at_all_of_them(tmp_path):
    steps: list[tuple[int, int]] = []
    out = tmp_path / "档案" / "结果"
    result = pipeline.scan(archive(tmp_path), out, workers=1, progress=lambda *step: steps.append(step))
    assert [done for done, _ in steps] == list(range(1, result.found + 1))
    assert steps[0][1] >= 5 and steps[-1] == (result.found, result.found)
    steps.clear()  # the outputs lie in the archive now, and a changed date has everything judged anew
    pipeline.scan(tmp_path / "档案", out, workers=1, as_of="2022-06-01", progress=lambda *step: steps.append(step))
    assert steps[-1] == (result.found, result.found)
