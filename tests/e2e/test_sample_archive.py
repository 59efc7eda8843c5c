"""The archive that we ship is screened as its labels say."""

from __future__ import annotations

import csv
from pathlib import Path

import pipeline
from pipeline.shipped import ROOT


def test_the_sample_archive_ends_as_its_labels_say(tmp_path: Path) -> None:
    result = pipeline.scan(ROOT / "data" / "raw", tmp_path / "out", workers=2)
    found = result.documents.set_index("路径")
    with (ROOT / "data" / "raw" / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["path"]: row for row in csv.DictReader(file)}
    assert set(labels) | {"labels.csv"} == set(found.index)
    problems = {path for path, row in labels.items() if row["outcome"] == "problem"}
    assert problems | {"labels.csv"} == set(found.index[found["结果"] == "问题"])
    core = {path for path, row in labels.items() if row["tier"] == "core"}
    assert core
    assert found.loc[sorted(core), "命中"].all()
    relevant = [path for path, row in labels.items() if row["relevant"] == "1"]
    assert found.loc[relevant, "命中"].mean() >= 0.7  # some are made hard on purpose: not one word of credit in them
